"""The rules of the plan in the words of the screens: what steps do, when they come, and what may be answered."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from toolkit.texts.languages import SOURCE
from toolkit.texts.page import Site
from toolkit.texts.plans.plan import CHOICES, SECTIONS, SKIPPED, Plan

WHENS = {"now": _("Now"), "today": _("Today"), "week": _("This week")}
NOTICED = {"no": _("No"), "maybe": _("Perhaps"), "yes": _("Yes")}
ACTS: dict[str, Any] = {
    "rescue": _("Calls rescue"),
    "safer-place": _("Leads to a safer place"),
    "hide": _("Keeps it from them: another phone, another account"),
    "talk": _("Someone to talk to"),
    "tell-adult": _("Tells an adult"),
    "care": _("Care of the body"),
    "person": _("Someone who helps her case"),
    "money": _("Money"),
    "note-links": _("Notes links and names"),
    "evidence": _("Keeps copies as proof (adults only)"),
    "order": _("An order that keeps someone away"),
    "report-work": _("Reports at work"),
    "report-platform": _("Reports to a platform"),
    "report-mcmc": _("Reports to the MCMC"),
    "report-police": _("Reports to the police"),
    "accounts": _("Makes accounts safe"),
    "block": _("Blocks someone"),
    "law": _("What the law says"),
    "recover": _("Getting better"),
    "rest": _("Rest"),
}
QUESTIONS: dict[str, Any] = {
    "danger": _("In danger"), "selfharm": _("Feels like dying"), "who": _("Whom it is about"),
    "body": _("Body hurt or touched"), "age": _("Under 18"), "types": _("What happens"), "platforms": _("Where"),
    "known": _("Who does it"), "home": _("Lives with them, or they reach the phone"),
    "police": _("Police are a risk"), "you": _("About her"), "priority": _("What matters most"),
    "state": _("State"), "language": _("Language"),
}  # fmt: skip
# What words of a question or step are for.
GROUPS: dict[str, Any] = {
    "text": _("Words"), "hint": _("Hint under the question"), "note": _("Note under the step"),
    "why": _("Why, above the contacts, routes or laws"),
}  # fmt: skip


def answers_of(plan: Plan, site: Site) -> dict[str, list[tuple[str, str]]]:
    """Of each question what a condition can name, in the plan's own English, pages by their title."""
    found = {}
    for question in plan.questions:
        known = CHOICES[question.id] or _pages(question.id, site)
        if question.id == "age":
            # Who is not sure counts as under 18.
            known = tuple(one for one in known if one != "unsure")
        named = [(one, _answer(question.choices.get(one, {}), one, question.id, site)) for one in known]
        found[question.id] = [*named, (SKIPPED, gettext("(not answered)"))]
    return found


def pages_of(section: str, site: Site) -> list[tuple[str, str]]:
    return [(one, _title(section, one, site)) for one in _pages(section, site)]


def _pages(section: str, site: Site) -> tuple[str, ...]:
    if section not in SECTIONS:
        return ()
    return tuple(sorted(path.partition("/")[2] for path in site if path.startswith(f"{section}/")))


def _answer(words: Any, answer: str, question: str, site: Site) -> str:
    if question in SECTIONS:
        return _title(question, answer, site)
    return str(words.get(SOURCE) or answer)


def _title(section: str, slug: str, site: Site) -> str:
    page = site.get(f"{section}/{slug}")
    return page.prose[SOURCE].title if page and SOURCE in page.prose else slug
