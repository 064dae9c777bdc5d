"""The hard rules of the plan, for every combination of answers that its conditions can tell apart.

Two kinds. What a *step* must never be (evidence for a child, an employer who is the one) is judged by the conditions
of that step alone, which is exact. What a *plan* must have (a person, a child line, rescue first) is judged on every
plan that can come of the answers: answers that no condition tells apart count as one, so that this ends within
seconds. Order among later steps follows from ``order.py`` and from the places that the steps are given.
"""

from collections.abc import Iterable, Iterator, Mapping
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
_HELPING = frozenset(("talk", "person"))
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
    judge = _Judge(plan, contacts)
    found: dict[Fault, Answers] = {}
    for answers, steps in every_plan(plan, tuple(harms)):
        for fault in judge.lacks(steps, answers):
            found.setdefault(fault, answers)
    return found


def every_plan(plan: Plan, harms: tuple[str, ...]) -> Iterator[tuple[Answers, tuple[Step, ...]]]:
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
        self._of_bit = {1 << place: step for place, (_, step) in enumerate(self._conditions)}
        self._known: dict[int, tuple[Step, ...]] = {}
        self._lists: dict[tuple[str, ...], tuple[Step, ...]] = {}

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

    def steps(self, bits: int) -> tuple[Step, ...]:
        """Each step once, in the order of the file."""
        if bits not in self._known:
            found, left = {}, bits
            while left:
                lowest = left & -left
                step = self._of_bit[lowest]
                found[step.id] = step
                left ^= lowest
            self._known[bits] = self._lists.setdefault(tuple(found), tuple(found.values()))
        return self._known[bits]


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


_SITUATION = ("danger", "selfharm", "body", "home")


@dataclass(frozen=True, slots=True)
class _Reached:
    """The ids of the steps by which a reader reaches someone, and of those by which she reaches a child line."""

    anyone: frozenset[str]
    child_line: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Done:
    """The steps of a plan in the order in which they are done, and what it lacks whoever reads it.

    ``helping``: the ids of those that lead to a person. ``planned``: the one by which what they will notice is planned.
    """

    first: Step
    ids: frozenset[str]
    helping: frozenset[str]
    faults: list[Fault]
    of_herself: list[Fault]
    planned: str


class _Judge:
    """What a plan lacks. What its steps and her situation decide is found once, and so is whom a reader reaches."""

    def __init__(self, plan: Plan, contacts: Iterable[Contact]) -> None:
        self._steps, self._people = plan.steps, {contact.id: contact for contact in contacts}
        self._judged: set[tuple[object, ...]] = set()
        self._reached: dict[tuple[object, ...], _Reached] = {}
        self._done: dict[tuple[object, ...], _Done | None] = {}

    def lacks(self, steps: tuple[Step, ...], answers: Answers) -> Iterable[Fault]:
        reader = (answers.get("age"), answers.get("police"), answers.get("you"))
        situation = tuple([answers.get(name) == ("yes",) for name in _SITUATION])
        key = (id(steps), situation, reader, answers.get("who") == (SENT,))
        if key in self._judged:
            return ()
        self._judged.add(key)
        if key[:2] not in self._done:
            self._done[key[:2]] = _done(in_order(steps, answers), answers)
        if reader not in self._reached:
            self._reached[reader] = self._who_is_reached(answers)
        return _lacks(self._done[key[:2]], answers, self._reached[reader])

    def _who_is_reached(self, answers: Answers) -> _Reached:
        """Those whom a step names by itself, who fit this reader and can be called or written to."""
        reached = {}
        for step in self._steps:
            named = [self._people[name] for name in step.contacts if name in self._people]
            reached[step.id] = [one for one in chosen(named, step, answers) if one.phones]
        return _Reached(
            frozenset(name for name, people in reached.items() if people),
            frozenset(name for name, people in reached.items() if any(map(is_child_line, people))),
        )


def _done(parts: Parts, answers: Answers) -> _Done | None:
    order = [step for when in WHENS for step in parts[when]]
    if not order:
        return None
    said = {name: answers.get(name) == ("yes",) for name in _SITUATION}
    helping = frozenset(step.id for step in order if not _HELPING.isdisjoint(step.does))
    planned, noticed = _noticed(order) if said["danger"] or said["home"] else ("", [])
    careless = said["body"] and not any("care" in step.does for when in WHENS[:2] for step in parts[when])
    faults, of_herself = (
        list(_first_faults(order[0], parts, said)),
        [*([Fault("no-care")] if careless else []), *noticed],
    )
    return _Done(order[0], frozenset(step.id for step in order), helping, faults, of_herself, planned)


def _first_faults(first: Step, parts: Parts, said: Mapping[str, bool]) -> Iterator[Fault]:
    if said["danger"] and "rescue" not in first.does:
        yield Fault("danger-not-first", step=first.id)
    if said["selfharm"] and "talk" not in first.does:
        yield Fault("talk-not-first", step=first.id)
    if said["selfharm"] and (proof := _proof_now(parts)):
        yield Fault("proof-too-early", step=proof)


def _lacks(done: _Done | None, answers: Answers, reached: _Reached) -> Iterator[Fault]:
    if not done:
        yield Fault("no-step")
        return
    if done.first.id not in reached.anyone:
        yield Fault("first-reaches-nobody", step=done.first.id)
    if done.helping.isdisjoint(reached.anyone):
        yield Fault("no-help")
    yield from done.faults
    if age_of(answers) == UNDER_18 and done.ids.isdisjoint(reached.child_line):
        yield Fault("no-child-line")
    if answers.get("who") != (SENT,):
        # What concerns the one to whom it happens; whoever was only sent a picture has no such person beside them.
        yield from done.of_herself
        if done.planned and done.planned not in reached.anyone:
            yield Fault("planned-with-nobody", step=done.planned)


def _proof_now(parts: Parts) -> str:
    return next((step.id for step in parts[NOW] if not set(PROOF).isdisjoint(step.does)), "")


def _noticed(order: list[Step]) -> tuple[str, list[Fault]]:
    """The step by which it is planned what they will notice, or what they notice before."""
    for step in order:
        if step.is_plan_first:
            return step.id, []
        if step.noticed_by_them == "yes":
            return "", [Fault("noticed-unplanned", step=step.id)]
    return "", []
