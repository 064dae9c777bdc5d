"""``plan.toml``: the questions of "What do I do now?" and the steps that follow from the answers, as typed data.

Pure functions: reading the file, the age that the answers amount to, and the steps that fit them. The words stand
beside the rules, in every language (docs/content.md, "The plan").
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import Any

from toolkit.texts.canonical import first_line, tidy_block, tidy_line
from toolkit.texts.languages import LANGUAGES, TRANSLATIONS
from toolkit.texts.problem import NAMELESS, Fault, FaultError, TextError
from toolkit.texts.records.facts import FORUMS, NEEDS, SPOKEN, STATES
from toolkit.texts.records.toml import read_toml
from toolkit.texts.words.markup import SLUG

MOST_STEPS = 300
SKIPPED = "skipped"
UNDER_18, ADULT = "under-18", "adult"
# Who reads: herself, someone who helps, or someone to whom a picture of another person was sent.
ME, HELPING, SENT = "me", "helping", "sent"

# Each question and what may be answered; the empty ones are answered with pages of the section of their name.
CHOICES: Mapping[str, tuple[str, ...]] = {
    "danger": ("yes", "no"),
    "selfharm": ("yes", "no"),
    "who": (ME, HELPING, SENT),
    "body": ("yes", "no"),
    "age": (UNDER_18, ADULT, "unsure"),
    "types": (),
    "platforms": (),
    "known": ("spouse", "partner", "family", "boss", "work", "school", "known", "stranger"),
    "home": ("yes", "no"),
    "police": ("yes", "no"),
    "you": ("lgbtq", "muslim", "migrant", "refugee", "oku", "sexwork", "content"),
    "priority": ("safe", "hidden", "down", "stop", "justice", "alone"),
    "state": STATES[1:],
    "language": SPOKEN,
}
# Whoever is in danger, or thinks of dying, is asked nothing before.
ASKED_FIRST = ("danger", "selfharm")
SEVERAL = ("types", "platforms", "you")
SECTIONS = ("types", "platforms")
WHENS = ("now", "today", "week")
# What a step does, in the order in which one does it: people and safety first, then proof, then reports and accounts.
ACTS = (
    "rescue", "safer-place", "hide", "talk", "tell-adult", "care", "person", "money", "note-links", "evidence", "order",
    "report-work", "report-platform", "report-mcmc", "report-police", "accounts", "block", "law", "recover", "rest",
)  # fmt: skip
NOTICED = ("no", "maybe", "yes")
# How many records of a kind a step shows, unless it says otherwise.
MOST = 3
FINDS: Mapping[str, tuple[str, ...]] = {"routes": ("platforms",), "contacts": NEEDS, "provisions": FORUMS}

Words = Mapping[str, str]
# Question -> what was chosen; a question that was skipped is not in it.
Answers = Mapping[str, tuple[str, ...]]
Condition = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """``leave_out``: pages of the section that are no choice. It is asked when one of ``conditions`` fits."""

    id: str
    text: Words
    hint: Words = field(default_factory=dict)
    choices: Mapping[str, Words] = field(default_factory=dict)
    leave_out: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()

    @property
    def has_several(self) -> bool:
        return self.id in SEVERAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to do. It is part of a plan when one of ``conditions`` fits.

    ``does``: acts, the first of which gives it its place. ``noticed_by_them``: whether the other person may notice it.
    ``is_plan_first``: it plans what they may notice with someone, so it stands before all of that.
    """

    id: str
    when: str
    does: tuple[str, ...]
    noticed_by_them: str
    is_plan_first: bool = False
    conditions: tuple[Condition, ...] = ()
    links: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()
    provisions: tuple[str, ...] = ()
    find: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    most: int = MOST
    text: Words
    note: Words = field(default_factory=dict)
    why: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """``platform_routes``: routes that a platform shares with the page of another.

    ``translated_from``: of each language the digest of the English words that its words follow (translated.py).
    """

    questions: tuple[Question, ...]
    steps: tuple[Step, ...]
    platform_routes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    translated_from: Mapping[str, str] = field(default_factory=dict)

    def said(self) -> Iterator[tuple[str, str, Words]]:
        """Where words stand, which they are, and the words: ``questions/age``, ``hint``, by language."""
        for question in self.questions:
            at = f"questions/{question.id}"
            yield from ((at, "text", question.text), (at, "hint", question.hint))
            yield from ((at, choice, words) for choice, words in question.choices.items())
        for step in self.steps:
            at = f"steps/{step.id}"
            yield from ((at, "text", step.text), (at, "note", step.note), (at, "why", step.why))


@dataclass(frozen=True, slots=True)
class PlanText:
    """``plan.toml`` as it was written, with its comments, and what it says."""

    text: str
    rules: Plan = field(compare=False)


# The live rules are read with every look at the site, and drafts of them again and again while they are written.
@lru_cache(maxsize=16)
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
    """The steps that fit, in the order of the file."""
    given = as_given(answers)
    return [step for step in plan.steps if any(fits(condition, given) for condition in step.conditions)]


def is_asked(question: Question, answers: Answers) -> bool:
    """Whether a question is of use after what was answered."""
    given = as_given(answers)
    return not question.conditions or any(fits(condition, given) for condition in question.conditions)


def as_given(answers: Answers) -> Answers:
    """What was answered to every question, ``skipped`` where nothing was."""
    return {name: answers.get(name) or (SKIPPED,) for name in CHOICES} | {"age": (age_of(answers),)}


def fits(condition: Condition, given: Answers) -> bool:
    return all(not set(wanted).isdisjoint(given[name]) for name, wanted in condition.items())


def read_plan(text: str) -> Plan:
    """A decoded ``plan.toml`` -> Plan. Raises TextError naming the line."""
    table = read_toml(text)
    try:
        _only(table, "questions", "steps", "platform_routes", "translated_from")
        pins = _pins(table.get("translated_from", {}))
    except FaultError as error:
        raise TextError(error.fault) from None
    return Plan(
        questions=_read_questions(table.get("questions"), text),
        steps=_read_steps(table.get("steps"), text),
        platform_routes=_read_shared(table.get("platform_routes", {}), text),
        translated_from=pins,
    )


def _pins(table: Any) -> dict[str, str]:
    if not isinstance(table, dict) or not all(isinstance(pin, str) for pin in table.values()):
        raise _wrong("translated_from", Fault("not-a-table"))
    _only(table, *TRANSLATIONS)
    return table


def line_of_step(text: str, step: str) -> int:
    return first_line(text, rf'id\s*=\s*"{re.escape(step)}"')


def line_of_question(text: str, question: str) -> int:
    return first_line(text, rf"\[questions\.{re.escape(question)}\b")


def _read_questions(table: Any, text: str) -> tuple[Question, ...]:
    if not isinstance(table, dict) or table.keys() != CHOICES.keys():
        raise TextError(Fault("questions-are", choices=tuple(CHOICES)))
    if tuple(table)[: len(ASKED_FIRST)] != ASKED_FIRST:
        raise TextError(Fault("danger-first"))
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
    _only(table, "text", "hint", "choices", "leave_out", "if")
    choices = table.get("choices", {})
    if not isinstance(choices, dict) or (set(choices) != set(CHOICES[name]) and name not in SECTIONS):
        raise FaultError(Fault("choices-are", choices=CHOICES[name]))
    return Question(
        id=name,
        text=_words("text", table.get("text")),
        hint=_words("hint", table["hint"]) if "hint" in table else {},
        choices={choice: _words(choice, words) for choice, words in choices.items()},
        leave_out=_names("leave_out", table.get("leave_out", [])),
        conditions=_conditions(table["if"]) if "if" in table else (),
    )


def _read_steps(tables: Any, text: str) -> tuple[Step, ...]:
    if not isinstance(tables, list) or not tables:
        raise TextError(Fault("not-tables", key="steps"))
    if len(tables) > MOST_STEPS:
        raise TextError(Fault("many-steps", most=MOST_STEPS))
    steps: list[Step] = []
    for table in tables:
        name = table.get("id") if isinstance(table, dict) else None
        try:
            step = _read_step(table)
        except FaultError as error:
            fault = Fault("in-step", step=str(name or NAMELESS), fault=error.fault)
            raise TextError(fault, line_of_step(text, str(name))) from None
        if any(step.id == other.id for other in steps):
            raise TextError(Fault("step-twice", step=step.id), line_of_step(text, step.id))
        steps.append(step)
    _check_acts(steps, text)
    return tuple(steps)


def _read_step(table: Any) -> Step:
    _only(table, "if", "plan_first", *(one.name for one in fields(Step) if one.name not in _OTHERWISE_NAMED))
    if not SLUG.match(str(table.get("id"))):
        raise _wrong("id", Fault("not-a-name"))
    for name, known in (("when", WHENS), ("noticed_by_them", NOTICED)):
        if table.get(name) not in known:
            raise _wrong(name, Fault("not-a-choice", choices=known))
    values: dict[str, Any] = {name: table[name] for name in ("id", "when", "noticed_by_them")}
    values |= {name: _names(name, table.get(name, [])) for name in ("contacts", "routes", "provisions", "without")}
    values |= {name: _words(name, table[name]) if name in table else {} for name in ("note", "why")}
    step = Step(
        **values,
        does=_acts(table.get("does")),
        is_plan_first=table.get("plan_first") is True,
        most=table.get("most", MOST),
        links=_addresses(table.get("links", [])),
        conditions=_for_whom(_conditions(table.get("if", {}))),
        find=_lists("find", table.get("find", {}), FINDS),
        text=_words("text", table.get("text")),
    )
    if not isinstance(step.most, int) or step.most < 1:
        raise _wrong("most", Fault("not-whole"))
    if not step.why and (step.contacts or step.routes or step.provisions or step.find):
        raise FaultError(Fault("step-says-why"))
    return step


_OTHERWISE_NAMED = ("conditions", "is_plan_first")


def _acts(value: Any) -> tuple[str, ...]:
    acts = _names("does", value)
    for act in acts or ("",):
        if act not in ACTS:
            raise _wrong("does", Fault("not-among", value=act, choices=ACTS))
    return acts


def _addresses(links: Any) -> tuple[str, ...]:
    if not isinstance(links, list) or not all(isinstance(link, str) for link in links):
        raise _wrong("links", Fault("step-links"))
    return tuple(links)


def _for_whom(conditions: tuple[Condition, ...]) -> tuple[Condition, ...]:
    """A step that does not say for whom is for herself."""
    return tuple({"who": (ME, SKIPPED), **condition} for condition in conditions)


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
        raise TextError(fault, first_line(text, r"\[platform_routes\]")) from None


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


def _check_acts(steps: list[Step], text: str) -> None:
    """The two rules that no edit may break. Without them the plan is not read at all."""
    for step in steps:
        if "evidence" in step.does and any(condition.get("age") != (ADULT,) for condition in step.conditions):
            raise TextError(Fault("capture-for-all", step=step.id), line_of_step(text, step.id))
        if "report-police" in step.does and any(
            "yes" in condition.get("police", ("yes",)) for condition in step.conditions
        ):
            raise TextError(Fault("police-for-all", step=step.id), line_of_step(text, step.id))
