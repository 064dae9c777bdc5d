"""The places of a text: its fields, its records or the pieces of the plan, each with the words that stand there."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from toolkit.texts.buttons.program import key_of
from toolkit.texts.buttons.text import Buttons
from toolkit.texts.page import Part
from toolkit.texts.plans.plan import PlanText
from toolkit.texts.records.facts import RECORD_TYPES, Facts
from toolkit.texts.words.prose import Prose

BODY = "body"
LINES = ("title", "heading", "called", "summary")
KEYWORDS = "keywords"


def places(value: Part) -> Iterator[tuple[str, str]]:
    """(place, words): a field of a form, a record of facts ``contacts-0``, a piece of the plan ``steps/police``.

    Of words of buttons, the key of one of them.
    """
    if isinstance(value, Prose):
        yield from words_of(value)
    elif isinstance(value, Facts):
        yield "", "\n".join(_said([value.aliases, value.gone, value.anchor_aliases, value.help_lines, value.ngo_lines]))
        for kind in RECORD_TYPES:
            for number, record in enumerate(getattr(value, kind)):
                yield f"{kind}-{number}", "\n".join(_said(record))
    elif isinstance(value, Buttons):
        for one in value.words:
            yield key_of(one.says), "\n".join(_said(list(one.said.values())))
    elif isinstance(value, PlanText):
        rules = value.rules
        for question in rules.questions:
            yield (
                f"questions/{question.id}",
                "\n".join(_said([question.id, question.text, question.hint, question.choices])),
            )
        for step in rules.steps:
            named = [step.links, step.contacts, step.routes, step.provisions]
            yield f"steps/{step.id}", "\n".join(_said([step.id, step.text, step.note, step.why, *named]))


def words_of(prose: Prose) -> Iterator[tuple[str, str]]:
    """The fields of a page's words that have any, by the name of their form field."""
    for name in LINES:
        if words := getattr(prose, name):
            yield name, words
    if prose.keywords:
        yield KEYWORDS, ", ".join(prose.keywords)
    for key, said in prose.words_of_records().items():
        for record, words in said.items():
            yield f"{key}.{record}", words
    if prose.body:
        yield BODY, prose.body


def _said(value: Any) -> Iterator[str]:
    """Everything in a value that is written in letters or digits."""
    if isinstance(value, str):
        if value:
            yield value
    elif isinstance(value, Mapping):
        for key, words in value.items():
            yield from (f"{key}: {one}" if isinstance(words, str) else one for one in _said(words))
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _said(one)
    elif hasattr(value, "__dataclass_fields__"):
        for one in fields(value):
            yield from _said(getattr(value, one.name))
