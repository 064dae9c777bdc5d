"""The judgement of ``plan.toml`` against the pages and records that it names, and of the plans that it would make."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date

from toolkit.texts.canonical import first_line
from toolkit.texts.folder import PLAN_FILE
from toolkit.texts.mentions import all_typed_faults, link_fault, numbers_of, records_of
from toolkit.texts.page import PageTexts, Site, contacts_of
from toolkit.texts.plans.plan import (
    SECTIONS,
    SKIPPED,
    Answers,
    Plan,
    Step,
    line_of_question,
    line_of_step,
    read_plan_text,
)
from toolkit.texts.plans.rules import plan_faults, step_faults
from toolkit.texts.problem import Fault, Problem, TextError
from toolkit.texts.records.facts import Channel, Contact

# What plans lack takes seconds to find out, and depends on the steps without their words and on the contacts alone: the
# last few are kept, so that whoever writes words does not wait.
_MOST_KEPT = 8
# That there is one matters, never which.
_SOME_NUMBER = Channel(kind="tel", value="999", status="confirmed")
_kept: dict[tuple[object, ...], list[Fault]] = {}


def check_plan(text: str, site: Site) -> list[Problem]:
    """Everything that is wrong with a ``plan.toml``."""
    try:
        plan = read_plan_text(text).rules
    except TextError as error:
        return [Problem.of(PLAN_FILE, error.line, error.fault)]
    known, numbers = records_of(site), numbers_of(site)
    problems = [
        Problem.of(PLAN_FILE, line_of_step(text, step.id), Fault("in-step", step=step.id, fault=fault))
        for step in plan.steps
        for fault in _step_faults(step, site, known, numbers)
    ]
    problems += [Problem.of(PLAN_FILE, line, fault) for line, fault in _other_faults(plan, text, site)]
    problems += [Problem.of(PLAN_FILE, 1, gap) for gap in _known_gaps(plan, site)]
    return sorted(set(problems))


def gaps(plan: Plan, site: Site) -> list[Fault]:
    """What some reader would miss, each with the first answers that show it."""
    found = plan_faults(plan, _contacts(plan, site), _slugs(site, "types"))
    return [_shown(fault, answers) for fault, answers in found.items()]


def _known_gaps(plan: Plan, site: Site) -> list[Fault]:
    wordless = repr([replace(step, text={}, note={}, why={}) for step in plan.steps])
    key = (wordless, _contacts(plan, site), tuple(_slugs(site, "types")))
    if key not in _kept:
        while len(_kept) >= _MOST_KEPT:
            _kept.pop(next(iter(_kept)))
        _kept[key] = gaps(plan, site)
    return _kept[key]


def _shown(gap: Fault, answers: Answers) -> Fault:
    if not answers:
        return Fault("gap-unasked", fault=gap)
    return Fault("gap", fault=gap, answers=tuple(f"{name} {' '.join(given)}" for name, given in answers.items()))


def _step_faults(
    step: Step, site: Site, known: Mapping[str, Collection[str]], numbers: Collection[str]
) -> Iterator[Fault]:
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
    yield from step_faults(step)
    for words in (*step.text.values(), *step.note.values(), *step.why.values()):
        yield from all_typed_faults(words, numbers)


def _other_faults(plan: Plan, text: str, site: Site) -> Iterator[tuple[int, Fault]]:
    numbers, routes = numbers_of(site), records_of(site)["routes"]
    for question in plan.questions:
        line = line_of_question(text, question.id)
        strange = [one for one in question.choices if question.id in SECTIONS and one not in _slugs(site, question.id)]
        for slug in strange:
            yield line, Fault("in-key", key="choices", fault=Fault("no-page", path=f"/{question.id}/{slug}/"))
        for slug in question.leave_out:
            if question.id not in SECTIONS or slug not in _slugs(site, question.id):
                yield line, Fault("in-key", key="leave_out", fault=Fault("no-page", path=f"/{question.id}/{slug}/"))
        for words in (*question.text.values(), *question.hint.values()):
            yield from ((line, fault) for fault in all_typed_faults(words, numbers))
    for platform, shared in plan.platform_routes.items():
        line = first_line(text, rf"{re.escape(platform)} =")
        if platform not in _slugs(site, "platforms"):
            yield line, _in_routes(Fault("no-page", path=f"/platforms/{platform}/"))
        unknown = (route for route in shared if route not in routes)
        yield from ((line, _in_routes(Fault("no-record", sort="route", record=route))) for route in unknown)


def _in_routes(fault: Fault) -> Fault:
    return Fault("in-key", key="platform_routes", fault=fault)


def _slugs(site: Site, section: str) -> list[str]:
    return [page.slug for page in site.values() if page.parent == section]


def _contacts(plan: Plan, site: Site) -> tuple[Contact, ...]:
    """Those whom steps name, without what no rule reads: another number or day is no reason to judge all plans anew."""
    named = {name for step in plan.steps for name in step.contacts}
    return tuple(
        replace(
            contact, name="", website="", hours="", holidays_of="", sources=(), checked=date.min,
            channels=(_SOME_NUMBER,) if contact.phones else (),
            usual_reply=None, how_to_track=None, answer_looks_like=None, appeal=None, if_silent=None,
        )
        for contact in contacts_of(site) if contact.id in named
    )  # fmt: skip
