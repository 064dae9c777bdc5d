"""The hard rules of the plan, for every combination of answers that its conditions can tell apart.

Two kinds. What a *step* must never be (evidence for a child, an employer who is the one) is judged by the conditions
of that step alone, which is exact. What a *plan* must have (a person, a child line, rescue first) is judged on every
plan that can come of the answers: answers that no condition tells apart count as one, so that this ends within
seconds. Order among later steps follows from ``order.py`` and from the places that the steps are given.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from itertools import product
from operator import and_, or_

from toolkit.texts.plans.order import NOW, PROOF, Parts, in_order
from toolkit.texts.plans.people import GROUPS, NOT_CITIZENS, chosen, is_child_line
from toolkit.texts.plans.plan import (
    ADULT,
    CHOICES,
    SENT,
    SKIPPED,
    UNDER_18,
    WHENS,
    Answers,
    Condition,
    Plan,
    Step,
    age_of,
)
from toolkit.texts.problem import Fault
from toolkit.texts.records.facts import Contact

DVA = ("spouse", "family")
# Orders that keep someone away stand with steps of their own, which know whom they fit; no search finds them.
ORDERS = ("dva-epo", "dva-ipo", "dva-po", "cpc-98a")
EMERGENCY = "emergency-999"
# What takes what she says to an office of the state.
_TO_THE_STATE = ("report-police", "report-mcmc", "report-work")
# The questions on which people, first steps and what is noticed depend. Priority, state and language only order.
_DECIDING = ("danger", "selfharm", "who", "body", "age", "police", "home", "known", "types", "you")


# What a step must never be.


def step_faults(step: Step) -> Iterator[Fault]:
    for condition in step.conditions:
        yield from _faults_of(step, condition)


def _faults_of(step: Step, condition: Condition) -> Iterator[Fault]:
    known = condition.get("known", (SKIPPED, *CHOICES["known"]))
    is_for_risk = "yes" in condition.get("police", ("yes",))
    if "evidence" in step.does and condition.get("age") != (ADULT,):
        yield Fault("capture-for-all", step=step.id)
    if is_for_risk and (sends := [act for act in step.does if act in _TO_THE_STATE]):
        yield Fault("state-at-risk", act=sends[0])
    if "report-work" in step.does and set(known) != {"work"}:
        yield Fault("employer-is-the-one")
    if "order" in step.does:
        yield from _order_faults(step, known, is_for_risk)
    if EMERGENCY in step.contacts and "rescue" not in step.does:
        yield Fault("emergency-elsewhere", contact=EMERGENCY)


def _order_faults(step: Step, known: Iterable[str], is_for_risk: bool) -> Iterator[Fault]:
    if any(law.startswith("dva-") for law in step.provisions) and not set(known) <= set(DVA):
        yield Fault("order-of-family", choices=DVA)
    if "cpc-98a" in step.provisions and not set(known).isdisjoint((*DVA, SKIPPED)):
        yield Fault("order-of-others", choices=DVA)
    if "cpc-98a" in step.provisions and is_for_risk:
        yield Fault("order-needs-police")


# What a plan must have.


def plan_faults(plan: Plan, contacts: Iterable[Contact], harms: Iterable[str]) -> dict[Fault, Answers]:
    """What some plan lacks, each with the first answers that show it."""
    judge = _Judge(contacts)
    found: dict[Fault, Answers] = {}
    for answers, steps in every_plan(plan, tuple(harms)):
        for fault in judge.lacks(steps, answers):
            found.setdefault(fault, answers)
    return found


def every_plan(plan: Plan, harms: tuple[str, ...]) -> Iterator[tuple[Answers, list[Step]]]:
    """One of each kind of answers that the plan and its rules can tell apart, and the steps that fit it."""
    fitting = _Fitting(plan)
    choices = {name: fitting.told_apart(name, values) for name, values in _values(harms).items()}
    *outer, last, inmost = _DECIDING
    seen: set[tuple[object, ...]] = set()
    for given in product(*(choices[name] for name in outer)):
        common = reduce(and_, (one.fits for one in given))
        answers = {name: one.answers for name, one in zip(outer, given, strict=True) if one.answers}
        for harm in choices[last]:
            left = common & harm.fits
            if left and (key := (left, *(one.meaning for one in given))) not in seen:
                seen.add(key)
                more = {**answers, last: harm.answers} if harm.answers else answers
                for you in choices[inmost]:
                    steps = fitting.steps(left & you.fits)
                    yield ({**more, inmost: you.answers} if you.answers else more), steps


@dataclass(frozen=True, slots=True)
class _Choice:
    """An answer to a question, the conditions that it fits as bits of a number, and what the rules read in it."""

    answers: tuple[str, ...]
    fits: int
    meaning: tuple[str, ...]


class _Fitting:
    """The conditions of all steps as bits, so that a million combinations are told apart in seconds."""

    def __init__(self, plan: Plan) -> None:
        self._conditions = [(condition, step) for step in plan.steps for condition in step.conditions]
        self._known: dict[int, list[Step]] = {}

    def told_apart(self, name: str, values: Iterable[tuple[str, ...]]) -> list[_Choice]:
        found: dict[tuple[int, tuple[str, ...]], _Choice] = {}
        for answers in values:
            given = answers or (SKIPPED,)
            bits = reduce(or_, (1 << place for place in self._places(name, given)), 0)
            meaning = _meaning(name, answers)
            found.setdefault((bits, meaning), _Choice(answers, bits, meaning))
        return list(found.values())

    def _places(self, name: str, given: tuple[str, ...]) -> Iterator[int]:
        for place, (condition, _) in enumerate(self._conditions):
            if name not in condition or not set(condition[name]).isdisjoint(given):
                yield place

    def steps(self, bits: int) -> list[Step]:
        if bits not in self._known:
            fitting = (step for place, (_, step) in enumerate(self._conditions) if bits >> place & 1)
            self._known[bits] = _once(fitting)
        return self._known[bits]


def _once(steps: Iterable[Step]) -> list[Step]:
    """Each step once, in the order of the file."""
    return list({step.id: step for step in steps}.values())


def _values(harms: tuple[str, ...]) -> Mapping[str, list[tuple[str, ...]]]:
    """Every answer to every deciding question; of who she is also the pairs that could pull apart."""
    values = {name: [(), *((one,) for one in CHOICES[name])] for name in _DECIDING if CHOICES[name]}
    values["age"] = [(), (UNDER_18,), (ADULT,)]
    values["types"] = [(), *((harm,) for harm in harms if harm != UNDER_18)]
    values["you"] += [("lgbtq", "migrant"), ("muslim", "migrant"), ("lgbtq", "muslim")]
    return values


def _meaning(name: str, answers: tuple[str, ...]) -> tuple[str, ...]:
    """What the rules themselves, and the choice of contacts, read in an answer."""
    if name == "you":
        groups = sorted({GROUPS[one] for one in answers if one in GROUPS})
        return (*groups, *(["not a citizen"] if not NOT_CITIZENS.isdisjoint(answers) else []))
    if name in ("known", "types"):
        return ()
    if name == "who":
        return answers if answers == (SENT,) else ()
    return answers if answers == ("yes",) or name == "age" else ()


class _Judge:
    """What a plan lacks. Plans of the same steps for the same reader are judged once, and so is each step."""

    def __init__(self, contacts: Iterable[Contact]) -> None:
        self._people = {contact.id: contact for contact in contacts}
        self._judged: set[tuple[object, ...]] = set()
        self._reached: dict[tuple[object, ...], list[Contact]] = {}
        self._parts: dict[tuple[object, ...], Parts] = {}

    def lacks(self, steps: list[Step], answers: Answers) -> Iterator[Fault]:
        reader = tuple(answers.get(name) for name in ("age", "police", "you"))
        situation = tuple(answers.get(name) == ("yes",) for name in _SITUATION)
        key = (id(steps), reader, situation, answers.get("who") == (SENT,))
        if key not in self._judged:
            self._judged.add(key)
            order = (id(steps), situation)
            if order not in self._parts:
                self._parts[order] = in_order(steps, answers)
            yield from _lacks(self._parts[order], answers, lambda step: self._who_is_reached(step, reader, answers))

    def _who_is_reached(self, step: Step, reader: tuple[object, ...], answers: Answers) -> list[Contact]:
        """Those whom a step names by itself, who fit this reader and can be called or written to."""
        key = (step.id, reader)
        if key not in self._reached:
            named = [self._people[name] for name in step.contacts if name in self._people]
            self._reached[key] = [one for one in chosen(named, step, answers) if one.phones]
        return self._reached[key]


Reached = Callable[[Step], list[Contact]]
_SITUATION = ("danger", "selfharm", "body", "home")


def _lacks(parts: Parts, answers: Answers, reached: Reached) -> Iterator[Fault]:
    order = [step for when in WHENS for step in parts[when]]
    said = {name: answers.get(name) == ("yes",) for name in _SITUATION}
    if not order:
        yield Fault("no-step")
        return
    first = order[0]
    if not reached(first):
        yield Fault("first-reaches-nobody", step=first.id)
    if not any(reached(step) for step in order if not {"talk", "person"}.isdisjoint(step.does)):
        yield Fault("no-help")
    if said["danger"] and "rescue" not in first.does:
        yield Fault("danger-not-first", step=first.id)
    if said["selfharm"] and "talk" not in first.does:
        yield Fault("talk-not-first", step=first.id)
    if said["selfharm"] and (proof := _proof_now(parts)):
        yield Fault("proof-too-early", step=proof)
    if age_of(answers) == UNDER_18 and not any(is_child_line(one) for step in order for one in reached(step)):
        yield Fault("no-child-line")
    if answers.get("who") != (SENT,):
        yield from _lacks_herself(parts, order, said, reached)


def _lacks_herself(parts: Parts, order: list[Step], said: Mapping[str, bool], reached: Reached) -> Iterator[Fault]:
    """What concerns the one to whom it happens; whoever was only sent a picture has no such person beside them."""
    if said["body"] and not any("care" in step.does for when in WHENS[:2] for step in parts[when]):
        yield Fault("no-care")
    if (said["danger"] or said["home"]) and (fault := _noticed_too_early(order, reached)):
        yield fault


def _proof_now(parts: Parts) -> str:
    return next((step.id for step in parts[NOW] if not set(PROOF).isdisjoint(step.does)), "")


def _noticed_too_early(order: list[Step], reached: Reached) -> Fault | None:
    for step in order:
        if step.is_plan_first:
            return None if reached(step) else Fault("planned-with-nobody", step=step.id)
        if step.noticed_by_them == "yes":
            return Fault("noticed-unplanned", step=step.id)
    return None
