"""Which contacts fit a reader: her age, her risk with the police, her papers, and the groups that she is part of."""

from collections.abc import Iterable, Mapping

from toolkit.texts.plans.plan import ADULT, UNDER_18, Answers, Step, age_of
from toolkit.texts.records.facts import Contact

# Whom a contact must serve to be offered to anyone of that age.
SERVED = {UNDER_18: {"everyone", "children"}, ADULT: {"everyone", "women", "men"}}
# Whom community organisations serve, by what she said of herself.
GROUPS: Mapping[str, str] = {
    "lgbtq": "lgbtq",
    "muslim": "muslim-women",
    "migrant": "migrants",
    "refugee": "refugees",
    "oku": "disabilities",
}
NOT_CITIZENS = {"migrant", "refugee"}


def groups_of(answers: Answers) -> set[str]:
    return {GROUPS[one] for one in answers.get("you", ()) if one in GROUPS}


def chosen(contacts: Iterable[Contact], step: Step, answers: Answers) -> list[Contact]:
    """Whom a step shows of some contacts: those who fit, her own community first, and one who can be called."""
    fitting = sorted(
        (contact for contact in contacts if suits(contact, step, answers)), key=lambda one: _place(one, step, answers)
    )
    shown = fitting[: step.most]
    called = [contact for contact in fitting if contact.phones]
    if called and called[0] not in shown:
        shown[-1] = called[0]
    return shown


def _place(contact: Contact, step: Step, answers: Answers) -> tuple[bool, bool]:
    """Her community's organisation first, who tells the police last; rescue and a child's line are never moved."""
    groups = set() if "rescue" in step.does or age_of(answers) == UNDER_18 else groups_of(answers)
    return groups.isdisjoint(contact.serves), bool(groups) and contact.tells_police == "yes"


def suits(contact: Contact, step: Step, answers: Answers) -> bool:
    """Whether a step may name a contact to this reader. A child always keeps a child line; rescue counts above risk."""
    if "rescue" in step.does:
        return True
    if is_child_line(contact) and "talk" in step.does and age_of(answers) == UNDER_18:
        return True
    is_risky = answers.get("police") == ("yes",)
    if is_risky and "yes" in (contact.tells_police, contact.asks_for_id):
        return False
    if contact.asks_for_id == "yes" and not NOT_CITIZENS.isdisjoint(answers.get("you", ())):
        return False
    return _serves(contact, answers)


def is_child_line(contact: Contact) -> bool:
    return {"talk", "children"} <= set(contact.needs) and "children" in contact.serves and bool(contact.phones)


def _serves(contact: Contact, answers: Answers) -> bool:
    age = age_of(answers)
    if age != UNDER_18 and not groups_of(answers).isdisjoint(contact.serves):
        return True
    # Who skipped the question may be of any age: only those who serve both.
    wanted = [SERVED[age]] if age in SERVED else list(SERVED.values())
    return all(not one.isdisjoint(contact.serves) for one in wanted)
