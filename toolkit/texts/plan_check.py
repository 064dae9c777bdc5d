"""The judgement of ``plan.toml`` against the pages and records that it names, and of the plans that it would make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

from toolkit.texts.canonical import TextError, decode
from toolkit.texts.check import Problem, link_fault, records_of, typed_number
from toolkit.texts.folder import PLAN_FILE
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

SECTIONS = ("types", "platforms")
# The questions on which help, danger and the police depend; with each type of harm by itself.
_DECIDING = ("danger", "age", "known", "police")


def check_plan(raw: bytes, site: Site) -> list[Problem]:
    """Everything that is wrong with a ``plan.toml``."""
    try:
        text = decode(raw)
        plan = read_plan_text(text).rules
    except TextError as error:
        return [Problem(PLAN_FILE, error.line, error.message)]
    problems = [
        Problem(PLAN_FILE, line_of_step(text, step.id), f"step {step.id}: {fault}")
        for step in plan.steps
        for fault in _step_faults(step, site)
    ]
    problems += [Problem(PLAN_FILE, line, fault) for line, fault in _other_faults(plan, text, site)]
    problems += [Problem(PLAN_FILE, 1, gap) for gap in gaps(plan, site)]
    return sorted(set(problems))


def gaps(plan: Plan, site: Site) -> list[str]:
    """What some reader would miss, each with the first answers that show it."""
    found: dict[str, str] = {}
    phones = _phones(site)
    for answers in _combinations(site):
        for gap in _missing(steps_for(plan, answers), answers, phones):
            found.setdefault(gap, f"{gap}, with these answers: {_told(answers)}")
    return list(found.values())


def _missing(steps: list[Step], answers: Answers, phones: set[str]) -> Iterator[str]:
    kinds = [step.kind for step in steps]
    if phones.isdisjoint(contact for step in steps if step.kind == "help" for contact in step.contacts):
        yield "no step of kind help names a contact with a number"
    if answers.get("danger") == ("yes",) and kinds[:1] != ["danger"]:
        yield "the first step in danger is not of kind danger"
    if answers.get("police") == ("yes",) and "police" in kinds:
        before = kinds[: kinds.index("police")]
        if "help" not in before or len(before) + 1 < len(kinds):
            yield "contact with the police is risky, and a step of kind police comes before help, or not last"


def _combinations(site: Site) -> Iterator[Answers]:
    choices = [[(), *((choice,) for choice in CHOICES[name])] for name in _DECIDING]
    for *chosen, harm in product(*choices, [(), *((slug,) for slug in _slugs(site, "types"))]):
        answers = dict(zip((*_DECIDING, "types"), (*chosen, harm), strict=True))
        yield {name: given for name, given in answers.items() if given}


def _told(answers: Answers) -> str:
    return ", ".join(f"{name} {' '.join(given)}" for name, given in answers.items()) or "none"


def _step_faults(step: Step, site: Site) -> Iterator[str]:
    known = records_of(site)
    for kind in ("contacts", "routes", "provisions"):
        yield from (f"no {kind[:-1]} {name}" for name in getattr(step, kind) if name not in known[kind])
    yield from (f"without: no contact {name}" for name in step.without if name not in known["contacts"])
    for link in step.links:
        if fault := link_fault(link, PageTexts(""), site):
            yield fault
    for condition in step.conditions:
        for section in SECTIONS:
            slugs = {*_slugs(site, section), SKIPPED}
            yield from (f"no page {section}/{slug}" for slug in condition.get(section, ()) if slug not in slugs)
    yield from _typed_numbers((*step.text.values(), *step.note.values(), *step.why.values()))


def _other_faults(plan: Plan, text: str, site: Site) -> Iterator[tuple[int, str]]:
    for question in plan.questions:
        line = line_of_question(text, question.id)
        for slug in question.leave_out:
            if question.id not in SECTIONS or slug not in _slugs(site, question.id):
                yield line, f"leave_out: no page {question.id}/{slug}"
        for fault in _typed_numbers((*question.text.values(), *question.hint.values())):
            yield line, fault
    routes = records_of(site)["routes"]
    for platform, shared in plan.platform_routes.items():
        line = next((number for number, row in enumerate(text.split("\n"), 1) if row.startswith(f"{platform} =")), 1)
        if platform not in _slugs(site, "platforms"):
            yield line, f"platform_routes: no page platforms/{platform}"
        yield from ((line, f"platform_routes: no route {route}") for route in shared if route not in routes)


def _typed_numbers(words: Iterable[str]) -> Iterator[str]:
    for text in words:
        if found := typed_number(text):
            yield f"numbers come from records, not words: {found}"


def _slugs(site: Site, section: str) -> list[str]:
    return [path.rpartition("/")[2] for path, page in site.items() if page.parent == section]


def _phones(site: Site) -> set[str]:
    return {contact.id for page in site.values() if page.facts for contact in page.facts.contacts if contact.phones}
