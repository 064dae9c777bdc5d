"""A plan for one reader: the steps that fit her answers, and with each the records that fit. Nothing here is kept.

Pure functions. Which steps there are is data: content/plan.toml (toolkit/texts/plan.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.utils.timezone import localdate

from toolkit.rendering.guide import Guide, Placed, facts_of
from toolkit.texts.page import PageTexts
from toolkit.texts.plan import ADULT, UNDER_18, Answers, Plan, Question, Step, age_of, steps_for
from toolkit.texts.records.facts import Contact, Provision, Record, Route

# The kind of step that calls for rescue, whatever else is at risk (toolkit/texts/plan.py).
RESCUE = "danger"
RECORD_KINDS = ("contacts", "routes", "provisions")
# Whom a contact must serve to be offered to anyone of that age. Those for one group only are linked, never guessed at.
_SERVED = {UNDER_18: {"everyone", "children"}, ADULT: {"everyone", "women", "men"}}


@dataclass(frozen=True, slots=True)
class Shown:
    """A record in a plan; ``types`` and ``platforms`` are the chosen pages because of which it is there."""

    kind: str
    placed: Placed
    types: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedStep:
    step: Step
    shown: tuple[Shown, ...]
    links: tuple[str, ...]


def choices(question: Question, guide: Guide) -> list[str]:
    """What may be answered, in order: fixed choices, or the pages of the section of that name."""
    if not question.has_several:
        return list(question.choices)
    slugs = [page.path.rpartition("/")[2] for page in guide.children(question.id)]
    return [slug for slug in slugs if slug not in question.leave_out]


def made(plan: Plan, answers: Answers, guide: Guide) -> list[PlannedStep]:
    """The plan: every record stands in it once, with the first step that brings it."""
    seen: set[tuple[str, str]] = set()
    planned = []
    for step in steps_for(plan, answers):
        shown = []
        for one in _records(step, plan, answers, guide):
            key = (one.kind, one.placed.record.id)
            if key not in seen and _may_be_shown(one.placed.record, answers, step.kind):
                seen.add(key)
                shown.append(one)
        links = _links(step, shown, answers)
        # A step that only looks for records is nothing without any.
        if shown or links or not step.find:
            planned.append(PlannedStep(step, tuple(shown), links))
    return planned


def safe_record(record: Record, answers: Answers) -> Record:
    """A route without its line "Save it first", unless everyone shown is an adult: its step says what to note."""
    if isinstance(record, Route) and age_of(answers) != ADULT:
        return replace(record, report_may_delete_evidence="unknown")
    return record


def _records(step: Step, plan: Plan, answers: Answers, guide: Guide) -> Iterator[Shown]:
    chosen = answers.get("types", ())
    for kind in RECORD_KINDS:
        for name in getattr(step, kind):
            if placed := guide.records.get((kind, name)):
                yield Shown(kind, placed, _common(placed.record, chosen))
    if "contacts" in step.find:
        yield from (one for one in _contacts(step, answers, guide) if one.placed.record.id not in step.without)
    if "routes" in step.find:
        yield from _routes(plan, answers, guide)
    if "provisions" in step.find:
        yield from _provisions(step.find["provisions"], answers, guide)


def _contacts(step: Step, answers: Answers, guide: Guide) -> list[Shown]:
    """Those with one of the needs, where she is: nearest first, then who speaks her language, then who answers."""
    state, spoken = answers.get("state", ("",))[0], answers.get("language", ("",))[0]
    found = []
    for (kind, _), placed in guide.records.items():
        contact = placed.record
        if (
            kind == "contacts"
            and isinstance(contact, Contact)
            and not set(step.find["contacts"]).isdisjoint(contact.needs)
            and ("all" in contact.states or state in contact.states)
        ):
            rank = (state not in contact.states, spoken not in contact.languages, not contact.phones)
            found.append((rank, Shown(kind, placed, _common(contact, answers.get("types", ())))))
    return [shown for _, shown in sorted(found, key=lambda pair: pair[0])]


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
    """Laws in force for acts of today that fit what is happening, and that one takes to one of the forums."""
    types = answers.get("types") or ((UNDER_18,) if age_of(answers) == UNDER_18 else ())
    for (kind, _), placed in guide.records.items():
        law = placed.record
        if (
            isinstance(law, Provision)
            and law.status_on(localdate()) == "in-force"
            and not law.acts_until
            and not set(forums).isdisjoint(law.forum)
            and (fitting := _common(law, types))
        ):
            yield Shown(kind, placed, fitting)


def _may_be_shown(record: Record, answers: Answers, kind: str) -> bool:
    """Whether a record fits the reader's age, and her risk with the police, which counts less than rescue."""
    age = age_of(answers)
    if isinstance(record, Contact):
        # Who skipped the question may be of any age: only those who serve both.
        served = [_SERVED[age]] if age in _SERVED else list(_SERVED.values())
        is_safe = kind == RESCUE or answers.get("police") != ("yes",) or record.tells_police != "yes"
        return is_safe and all(not one.isdisjoint(record.serves) for one in served)
    return getattr(record, "age", "any") in ("any", age)


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
