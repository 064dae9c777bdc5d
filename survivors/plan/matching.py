"""A plan for one reader: the steps that fit her answers, and with each the records that fit. Nothing here is kept.

Pure functions. Which steps there are is data: content/plan.toml (toolkit/texts/plans/plan.py).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.utils.timezone import localdate

from toolkit.rendering.guide import Guide, Placed, facts_of
from toolkit.texts.page import PageTexts
from toolkit.texts.plans.order import arranged
from toolkit.texts.plans.people import chosen, groups_of
from toolkit.texts.plans.plan import ADULT, SECTIONS, UNDER_18, Answers, Plan, Question, Step, age_of, is_asked
from toolkit.texts.plans.rules import ORDERS
from toolkit.texts.records.facts import Contact, Provision, Record, Route


@dataclass(frozen=True, slots=True)
class Shown:
    """A record in a plan; ``types`` and ``platforms`` are the chosen pages because of which it is there."""

    kind: str
    placed: Placed
    types: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step in its part of the plan (``when``), which may be another than it has by itself."""

    when: str
    step: Step
    shown: tuple[Shown, ...]
    links: tuple[str, ...]


def choices(question: Question, guide: Guide) -> list[str]:
    """What may be answered, in order: fixed choices, or the pages of the section of that name."""
    if question.id not in SECTIONS:
        return list(question.choices)
    slugs = [page.slug for page in guide.children(question.id)]
    return [slug for slug in slugs if slug not in question.leave_out]


def asked(plan: Plan, answers: Answers) -> list[Question]:
    """The questions that are of use after what was answered."""
    return [question for question in plan.questions if is_asked(question, answers)]


def made(plan: Plan, answers: Answers, guide: Guide) -> list[PlannedStep]:
    """The plan: people may be named with any step that they help with, every other record stands in it once."""
    seen: set[tuple[str, str]] = set()
    planned = []
    for when, steps in arranged(plan, answers).items():
        for step in steps:
            shown = [*_people(step, answers, guide), *_papers(step, plan, answers, guide, seen)]
            links = _links(step, shown, answers)
            # A step that only looks for records is nothing without any.
            if shown or links or not step.find:
                planned.append(PlannedStep(when, step, tuple(shown), links))
    return planned


def safe_record(record: Record, answers: Answers) -> Record:
    """A route without its line "Save it first", unless everyone shown is an adult: its step says what to note."""
    if isinstance(record, Route) and age_of(answers) != ADULT:
        return replace(record, report_may_delete_evidence="unknown")
    return record


def _people(step: Step, answers: Answers, guide: Guide) -> list[Shown]:
    """The contacts of a step: of those it names, and those found near her."""
    placed = [one for name in step.contacts if (one := guide.records.get(("contacts", name)))]
    if "contacts" in step.find:
        placed += [one for one in _found(step, answers, guide) if one not in placed]
    by_id = {one.record.id: one for one in placed}
    shown = chosen((one.record for one in placed if isinstance(one.record, Contact)), step, answers)
    types = answers.get("types", ())
    return [Shown("contacts", by_id[contact.id], _common(contact, types)) for contact in shown]


def _papers(step: Step, plan: Plan, answers: Answers, guide: Guide, seen: set[tuple[str, str]]) -> Iterator[Shown]:
    """The report routes and the laws of a step that no step before has shown."""
    count = {"routes": 0, "provisions": 0}
    for one in _found_papers(step, plan, answers, guide):
        key = (one.kind, one.placed.record.id)
        if key not in seen and count[one.kind] < step.most and _fits_age(one.placed.record, answers):
            seen.add(key)
            count[one.kind] += 1
            yield one


def _found_papers(step: Step, plan: Plan, answers: Answers, guide: Guide) -> Iterator[Shown]:
    for kind in ("routes", "provisions"):
        for name in getattr(step, kind):
            if placed := guide.records.get((kind, name)):
                yield Shown(kind, placed, _common(placed.record, answers.get("types", ())))
    if "routes" in step.find:
        yield from _routes(plan, answers, guide)
    if "provisions" in step.find:
        yield from _provisions(step.find["provisions"], answers, guide)


def _found(step: Step, answers: Answers, guide: Guide) -> list[Placed]:
    """Contacts with one of the needs, where she is: nearest first, then who speaks her language, then who answers."""
    state, spoken = answers.get("state", ("",))[0], answers.get("language", ("",))[0]
    found = []
    for placed, contact in guide.every(Contact):
        if (
            contact.id not in step.without
            and not set(step.find["contacts"]).isdisjoint(contact.needs)
            and _is_near(contact, state, answers)
        ):
            found.append(((state not in contact.states, spoken not in contact.languages, not contact.phones), placed))
    return [placed for _, placed in sorted(found, key=lambda pair: pair[0])]


def _is_near(contact: Contact, state: str, answers: Answers) -> bool:
    """Where she did not say, her community's organisations count as near: there are few, and they know others."""
    is_hers = not state and not groups_of(answers).isdisjoint(contact.serves)
    return "all" in contact.states or state in contact.states or is_hers


def _routes(plan: Plan, answers: Answers, guide: Guide) -> Iterator[Shown]:
    """The routes of each chosen platform for what is happening; all of them when she did not say what."""
    types = answers.get("types", ())
    wanted = (*types, UNDER_18) if age_of(answers) == UNDER_18 else types
    for platform in answers.get("platforms", ()):
        for placed in _routes_of(platform, plan, guide):
            fitting = _common(placed.record, wanted)
            if fitting or not types:
                yield Shown("routes", placed, _common(placed.record, types), (platform,))


def _routes_of(platform: str, plan: Plan, guide: Guide) -> Iterator[Placed]:
    page = guide.site.get(f"platforms/{platform}")
    own = [route.id for route in facts_of(page).routes] if page else []
    for name in (*own, *plan.platform_routes.get(platform, ())):
        if placed := guide.records.get(("routes", name)):
            yield placed


def _provisions(forums: Iterable[str], answers: Answers, guide: Guide) -> Iterator[Shown]:
    """Laws in force for acts of today that fit what is happening: those for her age, and the narrowest, first."""
    types = answers.get("types") or ((UNDER_18,) if age_of(answers) == UNDER_18 else ())
    found, today = [], localdate()
    for placed, law in guide.every(Provision):
        if is_of_use(law, today) and not set(forums).isdisjoint(law.forum) and (fitting := _common(law, types)):
            found.append(((law.age == "any", len(law.types)), Shown("provisions", placed, fitting)))
    yield from (shown for _, shown in sorted(found, key=lambda pair: pair[0]))


def is_of_use(law: Provision, today: date) -> bool:
    """Whether a law is in force for acts of today, and no order, which has a step of its own."""
    return law.status_on(today) == "in-force" and not law.acts_until and law.id not in ORDERS


def _fits_age(record: Record, answers: Answers) -> bool:
    return getattr(record, "age", "any") in ("any", age_of(answers))


def _links(step: Step, shown: Iterable[Shown], answers: Answers) -> tuple[str, ...]:
    """The pages to read on. A step that reports to platforms links those of which no route fits, else all of them."""
    platforms = answers.get("platforms", ())
    if "routes" not in step.find or not platforms:
        return step.links
    covered = {platform for one in shown for platform in one.platforms}
    return tuple(f"/platforms/{platform}/" for platform in platforms if platform not in covered)


def _common(record: Record, types: Iterable[str]) -> tuple[str, ...]:
    return tuple(slug for slug in types if slug in getattr(record, "types", ()))


def page_of(link: str, guide: Guide) -> PageTexts | None:
    return guide.site.get(link.partition("#")[0].strip("/"))
