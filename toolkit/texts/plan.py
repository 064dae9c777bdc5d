"""``plan.toml``: the questions of "What do I do now?" and the steps that follow from the answers, as typed data.

Pure functions: reading the file, the age that the answers amount to, and the steps that fit them. The words stand
beside the rules, in every language (docs/content.md, "The plan").
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import Any

from toolkit.texts.canonical import tidy_block, tidy_line
from toolkit.texts.languages import LANGUAGES
from toolkit.texts.problem import NAMELESS, Fault, FaultError, TextError
from toolkit.texts.records.facts import FORUMS, NEEDS, SPOKEN, STATES
from toolkit.texts.records.toml import read_toml
from toolkit.texts.words.markup import SLUG

MOST_STEPS = 300
SKIPPED = "skipped"
UNDER_18, ADULT = "under-18", "adult"

# Each question and what may be answered; the empty ones are answered with pages of the section of their name.
CHOICES: Mapping[str, tuple[str, ...]] = {
    "danger": ("yes", "no"),
    "age": (UNDER_18, ADULT, "unsure"),
    "types": (),
    "platforms": (),
    "known": ("partner", "work", "known", "no"),
    "police": ("yes", "no"),
    "state": STATES[1:],
    "language": SPOKEN,
}
WHENS = ("now", "today", "week")
# What a step does, where a rule watches over it (plan_check.py): calls for rescue, reaches someone who helps, keeps
# copies of screens or images, sends to the police. Any other step has no kind.
KINDS = ("danger", "help", "capture", "police")
FINDS: Mapping[str, tuple[str, ...]] = {"routes": ("platforms",), "contacts": NEEDS, "provisions": FORUMS}

Words = Mapping[str, str]
# Question -> what was chosen; a question that was skipped is not in it.
Answers = Mapping[str, tuple[str, ...]]
Condition = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """``leave_out``: pages of the section that are no choice."""

    id: str
    text: Words
    hint: Words = field(default_factory=dict)
    choices: Mapping[str, Words] = field(default_factory=dict)
    leave_out: tuple[str, ...] = ()

    @property
    def has_several(self) -> bool:
        return not CHOICES[self.id]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to do. It is part of a plan when one of ``conditions`` fits, or when it has none."""

    id: str
    when: str
    kind: str = ""
    conditions: tuple[Condition, ...] = ()
    links: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()
    provisions: tuple[str, ...] = ()
    find: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    text: Words
    note: Words = field(default_factory=dict)
    why: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """``platform_routes``: routes that a platform shares with the page of another."""

    questions: tuple[Question, ...]
    steps: tuple[Step, ...]
    platform_routes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PlanText:
    """``plan.toml`` as it was written, with its comments, and what it says."""

    text: str
    rules: Plan = field(compare=False)


# The live rules are read with every look at the site, and seldom change.
@lru_cache(maxsize=4)
def read_plan_text(text: str) -> PlanText:
    """Raises TextError naming the line."""
    return PlanText(tidy_block(text), read_plan(text))


def age_of(answers: Answers) -> str:
    """``under-18`` for whoever may be, ``adult`` only for who said so, else ``skipped``."""
    said = answers.get("age", (SKIPPED,))[0]
    if UNDER_18 in answers.get("types", ()) or said in (UNDER_18, "unsure"):
        return UNDER_18
    return said


def steps_for(plan: Plan, answers: Answers) -> list[Step]:
    """The steps that fit, in the order in which they are done."""
    given = {name: answers.get(name) or (SKIPPED,) for name in CHOICES} | {"age": (age_of(answers),)}
    fitting = [
        step
        for step in plan.steps
        if not step.conditions or any(_fits(condition, given) for condition in step.conditions)
    ]
    return sorted(fitting, key=lambda step: WHENS.index(step.when))


def _fits(condition: Condition, given: Answers) -> bool:
    return all(not set(wanted).isdisjoint(given[name]) for name, wanted in condition.items())


def read_plan(text: str) -> Plan:
    """A decoded ``plan.toml`` -> Plan. Raises TextError naming the line."""
    table = read_toml(text)
    try:
        _only(table, "questions", "steps", "platform_routes")
    except FaultError as error:
        raise TextError(error.fault) from None
    return Plan(
        questions=_read_questions(table.get("questions"), text),
        steps=_read_steps(table.get("steps"), text),
        platform_routes=_read_shared(table.get("platform_routes", {}), text),
    )


def line_of_step(text: str, step: str) -> int:
    return _line(text, rf'id\s*=\s*"{re.escape(step)}"')


def line_of_question(text: str, question: str) -> int:
    return _line(text, rf"\[questions\.{re.escape(question)}\b")


def _line(text: str, pattern: str) -> int:
    return next((number for number, row in enumerate(text.split("\n"), 1) if re.match(pattern, row)), 1)


def _read_questions(table: Any, text: str) -> tuple[Question, ...]:
    if not isinstance(table, dict) or table.keys() != CHOICES.keys():
        raise TextError(Fault("questions-are", choices=tuple(CHOICES)))
    questions = []
    for name, one in table.items():
        try:
            questions.append(_read_question(name, one))
        except FaultError as error:
            raise TextError(
                Fault("in-question", question=name, fault=error.fault), line_of_question(text, name)
            ) from None
    return tuple(questions)


def _read_question(name: str, table: Any) -> Question:
    _only(table, "text", "hint", "choices", "leave_out")
    choices = table.get("choices", {})
    if not isinstance(choices, dict) or set(choices) != set(CHOICES[name]):
        is_closed = bool(CHOICES[name])
        raise FaultError(Fault("choices-are", choices=CHOICES[name]) if is_closed else Fault("choices-are-pages"))
    return Question(
        id=name,
        text=_words("text", table.get("text")),
        hint=_words("hint", table["hint"]) if "hint" in table else {},
        choices={choice: _words(choice, words) for choice, words in choices.items()},
        leave_out=_names("leave_out", table.get("leave_out", [])),
    )


def _read_steps(tables: Any, text: str) -> tuple[Step, ...]:
    if not isinstance(tables, list) or not tables:
        raise TextError(Fault("not-tables", key="steps"))
    if len(tables) > MOST_STEPS:
        raise TextError(Fault("many-steps", most=MOST_STEPS))
    steps: list[Step] = []
    for table in tables:
        name = table.get("id") if isinstance(table, dict) else None
        line = line_of_step(text, str(name))
        try:
            step = _read_step(table)
        except FaultError as error:
            raise TextError(Fault("in-step", step=str(name or NAMELESS), fault=error.fault), line) from None
        if any(step.id == other.id for other in steps):
            raise TextError(Fault("step-twice", step=step.id), line)
        steps.append(step)
    _check_kinds(steps, text)
    return tuple(steps)


def _read_step(table: Any) -> Step:
    _only(table, "if", *(one.name for one in fields(Step) if one.name != "conditions"))
    values: dict[str, Any] = {"id": table.get("id"), "when": table.get("when"), "kind": table.get("kind", "")}
    if not SLUG.match(str(values["id"])):
        raise _wrong("id", Fault("not-a-name"))
    for name, known in (("when", WHENS), ("kind", ("", *KINDS))):
        if values[name] not in known:
            raise _wrong(name, Fault("not-a-choice", choices=tuple(filter(None, known))))
    for name in ("contacts", "routes", "provisions", "without"):
        values[name] = _names(name, table.get(name, []))
    links = table.get("links", [])
    if not isinstance(links, list) or not all(isinstance(link, str) for link in links):
        raise _wrong("links", Fault("step-links"))
    step = Step(
        **values,
        links=tuple(links),
        conditions=_conditions(table.get("if", [])),
        find=_lists("find", table.get("find", {}), FINDS),
        text=_words("text", table.get("text")),
        note=_words("note", table["note"]) if "note" in table else {},
        why=_words("why", table["why"]) if "why" in table else {},
    )
    if not step.why and (step.contacts or step.routes or step.provisions or step.find):
        raise FaultError(Fault("step-says-why"))
    return step


def _conditions(value: Any) -> tuple[Condition, ...]:
    """``if``: a table of answers that must all fit, or a list of such tables of which one must."""
    known = {name: (*choices, SKIPPED) for name, choices in CHOICES.items()}
    known["age"] = (UNDER_18, ADULT, SKIPPED)
    known["types"] = known["platforms"] = ()
    return tuple(_lists("if", one, known) for one in (value if isinstance(value, list) else [value]))


def _lists(name: str, value: Any, known: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        raise _wrong(name, Fault("not-lists"))
    found = {}
    for key, names in value.items():
        if key not in known:
            raise _wrong(name, Fault("not-among", value=key, choices=tuple(known)))
        found[key] = _names(f"{name}.{key}", names)
        if strange := [one for one in found[key] if known[key] and one not in known[key]]:
            raise _wrong(f"{name}.{key}", Fault("not-among", value=strange[0], choices=known[key]))
    return found


def _read_shared(table: Any, text: str) -> dict[str, tuple[str, ...]]:
    try:
        return {name: _names(name, routes) for name, routes in dict(table).items()}
    except FaultError as error:
        fault = Fault("in-key", key="platform_routes", fault=error.fault)
        raise TextError(fault, _line(text, r"\[platform_routes\]")) from None


def _names(name: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) and SLUG.match(one) for one in value):
        raise _wrong(name, Fault("not-names"))
    return tuple(value)


def _words(name: str, value: Any) -> dict[str, str]:
    """Some words in every language, in their order."""
    if not isinstance(value, dict):
        raise _wrong(name, Fault("not-in-languages", languages=LANGUAGES))
    for language in LANGUAGES:
        if not isinstance(value.get(language), str) or not tidy_line(value[language]):
            raise _wrong(name, Fault("no-words-in", language=language))
    _only(value, *LANGUAGES)
    return {language: tidy_line(value[language]) for language in LANGUAGES}


def _only(table: Any, *known: str) -> None:
    if not isinstance(table, dict):
        raise FaultError(Fault("not-a-table"))
    if unknown := sorted(table.keys() - set(known)):
        raise FaultError(Fault("no-such-key", keys=tuple(unknown)))


def _wrong(key: str, fault: Fault) -> FaultError:
    return FaultError(Fault("in-key", key=key, fault=fault))


def _check_kinds(steps: list[Step], text: str) -> None:
    """The two rules that no edit may break. Without them the plan is not read at all."""
    for step in steps:
        conditions = step.conditions or ({},)
        if step.kind == "capture" and any(condition.get("age") != (ADULT,) for condition in conditions):
            raise TextError(Fault("capture-for-all", step=step.id), line_of_step(text, step.id))
        reaches_everyone = any("yes" in condition.get("police", ("yes",)) for condition in conditions)
        if step.kind == "police" and reaches_everyone and not (step is steps[-1] and step.when == WHENS[-1]):
            raise TextError(Fault("police-for-all", step=step.id), line_of_step(text, step.id))
