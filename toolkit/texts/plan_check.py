"""The judgement of ``plan.toml`` against the pages and records that it names, and of the plans that it would make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

from toolkit.texts.canonical import decode
from toolkit.texts.folder import PLAN_FILE
from toolkit.texts.mentions import link_fault, records_of, typed_number
from toolkit.texts.page import PageTexts, Site
from toolkit.texts.plan import (
    CHOICES,
    SKIPPED,
    Answers,
    Plan,
    Step,
    line_of_question,
    line_of_step,
    read_plan_text,
    steps_for,
)
from toolkit.texts.problem import Fault, Problem, TextError

SECTIONS = ("types", "platforms")
# The questions on which help, danger and the police depend; with each type of harm by itself.
_DECIDING = ("danger", "age", "known", "police")


def check_plan(raw: bytes, site: Site) -> list[Problem]:
    """Everything that is wrong with a ``plan.toml``."""
    try:
        text = decode(raw)
        plan = read_plan_text(text).rules
    except TextError as error:
        return [Problem.of(PLAN_FILE, error.line, error.fault)]
    problems = [
        Problem.of(PLAN_FILE, line_of_step(text, step.id), Fault("in-step", step=step.id, fault=fault))
        for step in plan.steps
        for fault in _step_faults(step, site)
    ]
    problems += [Problem.of(PLAN_FILE, line, fault) for line, fault in _other_faults(plan, text, site)]
    problems += [Problem.of(PLAN_FILE, 1, gap) for gap in gaps(plan, site)]
    return sorted(set(problems))


def gaps(plan: Plan, site: Site) -> list[Fault]:
    """What some reader would miss, each with the first answers that show it."""
    found: dict[Fault, Fault] = {}
    phones = _phones(site)
    for answers in _combinations(site):
        for gap in _missing(steps_for(plan, answers), answers, phones):
            found.setdefault(gap, _shown(gap, answers))
    return list(found.values())


def _missing(steps: list[Step], answers: Answers, phones: set[str]) -> Iterator[Fault]:
    kinds = [step.kind for step in steps]
    if phones.isdisjoint(contact for step in steps if step.kind == "help" for contact in step.contacts):
        yield Fault("no-help")
    if answers.get("danger") == ("yes",) and kinds[:1] != ["danger"]:
        yield Fault("danger-not-first")
    if answers.get("police") == ("yes",) and "police" in kinds:
        before = kinds[: kinds.index("police")]
        if "help" not in before or len(before) + 1 < len(kinds):
            yield Fault("police-early")


def _combinations(site: Site) -> Iterator[Answers]:
    choices = [[(), *((choice,) for choice in CHOICES[name])] for name in _DECIDING]
    for *chosen, harm in product(*choices, [(), *((slug,) for slug in _slugs(site, "types"))]):
        answers = dict(zip((*_DECIDING, "types"), (*chosen, harm), strict=True))
        yield {name: given for name, given in answers.items() if given}


def _shown(gap: Fault, answers: Answers) -> Fault:
    if not answers:
        return Fault("gap-unasked", fault=gap)
    return Fault("gap", fault=gap, answers=tuple(f"{name} {' '.join(given)}" for name, given in answers.items()))


def _step_faults(step: Step, site: Site) -> Iterator[Fault]:
    known = records_of(site)
    for kind in ("contacts", "routes", "provisions"):
        unknown = (name for name in getattr(step, kind) if name not in known[kind])
        yield from (Fault("no-record", sort=kind[:-1], record=name) for name in unknown)
    for name in step.without:
        if name not in known["contacts"]:
            yield Fault("in-key", key="without", fault=Fault("no-record", sort="contact", record=name))
    for link in step.links:
        if fault := link_fault(link, PageTexts(""), site):
            yield fault
    for condition in step.conditions:
        for section in SECTIONS:
            strange = set(condition.get(section, ())) - {*_slugs(site, section), SKIPPED}
            yield from (Fault("no-page", path=f"/{section}/{slug}/") for slug in sorted(strange))
    yield from _typed_numbers((*step.text.values(), *step.note.values(), *step.why.values()))


def _other_faults(plan: Plan, text: str, site: Site) -> Iterator[tuple[int, Fault]]:
    for question in plan.questions:
        line = line_of_question(text, question.id)
        for slug in question.leave_out:
            if question.id not in SECTIONS or slug not in _slugs(site, question.id):
                yield line, Fault("in-key", key="leave_out", fault=Fault("no-page", path=f"/{question.id}/{slug}/"))
        for fault in _typed_numbers((*question.text.values(), *question.hint.values())):
            yield line, fault
    routes = records_of(site)["routes"]
    for platform, shared in plan.platform_routes.items():
        line = next((number for number, row in enumerate(text.split("\n"), 1) if row.startswith(f"{platform} =")), 1)
        if platform not in _slugs(site, "platforms"):
            yield line, _in_routes(Fault("no-page", path=f"/platforms/{platform}/"))
        unknown = (route for route in shared if route not in routes)
        yield from ((line, _in_routes(Fault("no-record", sort="route", record=route))) for route in unknown)


def _in_routes(fault: Fault) -> Fault:
    return Fault("in-key", key="platform_routes", fault=fault)


def _typed_numbers(words: Iterable[str]) -> Iterator[Fault]:
    for text in words:
        if found := typed_number(text):
            yield Fault("typed-number", number=found)


def _slugs(site: Site, section: str) -> list[str]:
    return [path.rpartition("/")[2] for path, page in site.items() if page.parent == section]


def _phones(site: Site) -> set[str]:
    return {contact.id for page in site.values() if page.facts for contact in page.facts.contacts if contact.phones}
