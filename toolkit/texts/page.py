"""A page as its five parsed texts, and what can be said of it without a database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import Enum

from toolkit.texts.buttons.text import Buttons, read_buttons, write_buttons
from toolkit.texts.canonical import decode
from toolkit.texts.languages import BUTTONS, FACTS, PLAN, SOURCE
from toolkit.texts.plans.plan import PlanText, read_plan_text
from toolkit.texts.problem import Fault, TextError
from toolkit.texts.records.facts import Contact, Facts
from toolkit.texts.records.page_toml import read_facts, write_facts
from toolkit.texts.words.pins import pin_of, pins_of
from toolkit.texts.words.prose import Prose, read_prose, split, write_prose

# Characters of the words of a page, below the front matter.
LONGEST_BODY = 60_000

Part = Facts | Prose | PlanText | Buttons


class TranslationState(Enum):
    MISSING = "missing"
    OUTDATED = "outdated"
    UNREVIEWED = "unreviewed"
    CURRENT = "current"


@dataclass(frozen=True, slots=True)
class PageTexts:
    """The texts of one page; ``path`` is its address without the language, "" for the home page."""

    path: str
    facts: Facts | None = None
    prose: Mapping[str, Prose] = field(default_factory=dict)
    plan: PlanText | None = None
    buttons: Buttons | None = None

    @property
    def section(self) -> str:
        """The first step of the path: the section it belongs to, or "" for the home page."""
        return self.path.partition("/")[0]

    @property
    def parent(self) -> str | None:
        """The path of the page above; None for the home page."""
        return self.path.rpartition("/")[0] if self.path else None

    @property
    def slug(self) -> str:
        """The last step of the path: its name within its section."""
        return self.path.rpartition("/")[2]

    @property
    def addresses(self) -> tuple[str, ...]:
        """Its path, and those that lead to it. Code that names a page names one of these: it can be moved."""
        return (self.path, *(self.facts.aliases if self.facts else ()))

    def part(self, name: str) -> Part | None:
        if name == PLAN:
            return self.plan
        if name == BUTTONS:
            return self.buttons
        return self.facts if name == FACTS else self.prose.get(name)

    def with_part(self, name: str, part: Part) -> PageTexts:
        if isinstance(part, Facts):
            return replace(self, facts=part)
        if isinstance(part, PlanText):
            return replace(self, plan=part)
        if isinstance(part, Buttons):
            return replace(self, buttons=part)
        return replace(self, prose={**self.prose, name: part})

    @property
    def source_digest(self) -> str:
        """What a translation of today's English pins; "" where there is no English."""
        return pin_of(self.prose[SOURCE]) if SOURCE in self.prose else ""

    def state(self, language: str) -> TranslationState:
        """Computed from digests; the source language is always current when it is there."""
        prose = self.prose.get(language)
        if prose is None:
            return TranslationState.MISSING
        if language == SOURCE:
            return TranslationState.CURRENT
        if SOURCE not in self.prose or prose.translated_from not in pins_of(self.prose[SOURCE]):
            return TranslationState.OUTDATED
        return TranslationState.UNREVIEWED if prose.review == "unreviewed" else TranslationState.CURRENT


Site = Mapping[str, PageTexts]


def contacts_of(site: Site) -> Iterator[Contact]:
    """Every contact of the guide, page by page."""
    return (contact for page in site.values() if page.facts for contact in page.facts.contacts)


@dataclass(frozen=True, slots=True)
class ChangeNote:
    """What readers are told of a major change of one text, and when it was published."""

    part: str
    day: date
    note: str


@dataclass(frozen=True, slots=True)
class Version:
    """A page as it was published once: its texts by digest, and what readers were told of the change.

    ``texts``: part -> digest; ``notes``: part -> note, in the language of the part (English for facts); ``id``: a URN.
    """

    number: int
    at: datetime
    texts: Mapping[str, str]
    notes: Mapping[str, str]
    id: str


def read_part(name: str, text: str) -> Part:
    """A decoded text -> its parsed form. Raises TextError."""
    if name == PLAN:
        return read_plan_text(text)
    if name == BUTTONS:
        return read_buttons(text)
    return read_facts(text) if name == FACTS else read_prose(text)


def part_or_none(name: str, text: str) -> Part | None:
    """The same, but None where it cannot be read."""
    try:
        return read_part(name, text)
    except TextError:
        return None


def take_in(name: str, raw: bytes) -> tuple[str, Part]:
    """Bytes from outside -> their text and its parsed form, both within the limits. Raises TextError."""
    text = decode(raw)
    part = read_part(name, text)
    if isinstance(part, Prose) and len(part.body) > LONGEST_BODY:
        raise TextError(Fault("long-body", most=LONGEST_BODY), split(text)[2])
    return text, part


def write_part(part: Part) -> str:
    """A parsed text -> its canonical text."""
    if isinstance(part, PlanText):
        return part.text
    if isinstance(part, Buttons):
        return write_buttons(part)
    return write_facts(part) if isinstance(part, Facts) else write_prose(part)


def canonical_part(name: str, text: str) -> str:
    return write_part(read_part(name, text))
