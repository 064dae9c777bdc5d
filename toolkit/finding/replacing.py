"""Words that are replaced by others in many texts: the places where they stand, and a text with some of them changed.

What machines read is left alone, unless it is asked for: double braces, names of places, addresses of links, and the
words with which a box begins. Of facts, only names and titles are words that people read; of buttons, all that readers
see, whether or not it was changed before.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

import regex  # type: ignore[import-untyped]

from toolkit.finding.places import BODY, KEYWORDS, words_of
from toolkit.texts.buttons.program import as_shown, by_key, key_of, program
from toolkit.texts.buttons.text import Buttons, Words
from toolkit.texts.canonical import digest, tidy_block, tidy_line
from toolkit.texts.languages import BUTTONS, FACTS, LANGUAGES, SOURCE
from toolkit.texts.page import PageTexts, Part, Site, write_part
from toolkit.texts.records.facts import RECORD_TYPES, Facts
from toolkit.texts.words.prose import FURTHER_KEYS, Prose

# Places that one batch changes at most: more than that nobody reviews in one sitting.
MOST = 200
_FOR_MACHINES = re.compile(r"\{\{.*?\}\}|\{#[^}]*\}|(?<=\])\([^)\s]*\)|^ *!!! ?\w+", re.MULTILINE)
# The fields of facts that are words: the name of who helps, the title of a source, what a platform calls a button.
_WORDS_OF_FACTS = {"sources": ("title", "publisher"), "contacts": ("name",), "counters": ("says",), "routes": ("menu",)}


@dataclass(frozen=True, slots=True)
class Wanted:
    """``old`` and ``new`` words. ``exactly``: capitals count; ``everything``: also what machines read."""

    old: str
    new: str
    exactly: bool = True
    everything: bool = False

    @property
    def pattern(self) -> Any:
        old = " ".join(unicodedata.normalize("NFC", self.old).split())
        blank = r"\s+".join(regex.escape(word) for word in old.split(" "))
        return regex.compile(blank, 0 if self.exactly else regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Spot:
    """One place where the words stand: the ``number``-th of its text. ``before`` are the line around it and the words.

    ``is_sure``: nothing else goes with them.
    """

    path: str
    part: str
    number: int
    field: str
    before: tuple[str, str, str]
    after: str
    text_digest: str
    is_sure: bool = True

    @property
    def name(self) -> str:
        """As a form posts it."""
        return f"{self.path}:{self.part}:{self.text_digest}:{self.number}"

    @property
    def language(self) -> str:
        """That of the words; "" for facts and the plan."""
        if self.part == BUTTONS:
            return self.field.split()[1]
        return self.part if self.part in LANGUAGES else ""


def spots(wanted: Wanted, site: Site, parts: Collection[str], section: str | None = None) -> Iterator[Spot]:
    """Every place in the texts on the site, text by text."""
    pattern = wanted.pattern
    for path, page in sorted(site.items()):
        if section not in (None, page.section):
            continue
        for part in parts:
            value = text_in(page, part)
            if value is None or (part != BUTTONS and not pattern.search(write_part(value))):
                continue
            number, named = 0, digest(write_part(value))
            for field, words in _fields(value):
                for found in _found(pattern, words, field, wanted):
                    new = _as_it_stands(wanted, found[0])
                    yield Spot(path, part, number, field, _around(words, found), new, named)
                    number += 1


def text_in(page: PageTexts, part: str) -> Prose | Facts | Buttons | None:
    """A text in which words can be replaced. Of the first page's buttons there is always one."""
    if part == BUTTONS:
        return None if page.path else page.buttons or Buttons()
    return page.facts if part == FACTS else page.prose.get(part)


def replaced(wanted: Wanted, value: Part, chosen: Collection[int]) -> Part:
    """A text with the words changed in the places that are ``chosen`` by their numbers."""
    count = iter(range(1_000_000))
    changed: dict[str, str] = {}
    for field, words in _fields(value):
        pieces, end = [], 0
        for found in _found(wanted.pattern, words, field, wanted):
            if next(count) in chosen:
                pieces += [words[end : found.start()], _as_it_stands(wanted, found[0])]
                end = found.end()
        if pieces:
            changed[field] = "".join([*pieces, words[end:]])
    if isinstance(value, Prose):
        return with_words(value, changed)
    if isinstance(value, Buttons):
        return _buttons_with(value, changed)
    return _facts_with(value, changed) if isinstance(value, Facts) else value


def with_words(prose: Prose, changed: dict[str, str]) -> Prose:
    """The words of a page with other ones in some fields, by the names of the form's fields."""
    said = {key: dict(words) for key, words in prose.words_of_records().items()}
    values: dict[str, Any] = {}
    for field, words in changed.items():
        key, _, record = field.partition(".")
        if record:
            said[key] = {**said.get(key, {}), record: tidy_line(words)}
        elif field == KEYWORDS:
            values[field] = tuple(one for word in words.split(",") if (one := tidy_line(word)))
        else:
            values[field] = tidy_block(words) if field == BODY else tidy_line(words)
    said = {key: {record: words for record, words in own.items() if words} for key, own in said.items()}
    further = {key: said[key] for key in FURTHER_KEYS if said.get(key)}
    return replace(prose, **values, labels=said.get("label", {}), notes=said.get("note", {}), further=further)


def _facts_with(facts: Facts, changed: dict[str, str]) -> Facts:
    kinds = {kind: list(getattr(facts, kind)) for kind in RECORD_TYPES}
    for place, words in changed.items():
        kind, number, name = place.split(" ")
        record = kinds[kind][int(number)]
        is_list = isinstance(getattr(record, name), tuple)
        said = tuple(map(tidy_line, words.split("\n"))) if is_list else tidy_line(words)
        kinds[kind][int(number)] = replace(record, **{name: said})
    found: dict[str, Any] = {kind: tuple(records) for kind, records in kinds.items()}
    return replace(facts, **found)


def _buttons_with(buttons: Buttons, changed: dict[str, str]) -> Buttons:
    """Words that say again what the program says are no longer changed ones."""
    for place, words in changed.items():
        key, language, number = place.split()
        own = by_key()[key]
        there, before = [one.strip() for one in own.said.get(language) or own.said[SOURCE]], buttons.of(own.says)
        said = dict(before.said) if before else {}
        forms = list(said.pop(language, there))
        forms[int(number)] = tidy_line(words) or there[int(number)]
        if forms != there:
            said[language] = tuple(forms)
        buttons = buttons.with_words(Words(own.says, own.plural, said, before.follows if before else {}))
    return Buttons(tuple(one for one in buttons.words if one.says in program()))


def _fields(value: Part) -> Iterator[tuple[str, str]]:
    if isinstance(value, Prose):
        yield from words_of(value)
    elif isinstance(value, Facts):
        yield from _fields_of_facts(value)
    elif isinstance(value, Buttons):
        for words in as_shown(value).words:
            for language, forms in words.said.items():
                for number, form in enumerate(forms):
                    yield f"{key_of(words.says)} {language} {number}", form


def _fields_of_facts(value: Facts) -> Iterator[tuple[str, str]]:
    for kind, names in _WORDS_OF_FACTS.items():
        for number, record in enumerate(getattr(value, kind)):
            for one in fields(record):
                words = getattr(record, one.name)
                if one.name in names and words:
                    yield f"{kind} {number} {one.name}", "\n".join(words) if isinstance(words, tuple) else words


def _found(pattern: Any, words: str, field: str, wanted: Wanted) -> Iterator[Any]:
    closed = [one.span() for one in _FOR_MACHINES.finditer(words)] if field == BODY and not wanted.everything else []
    for found in pattern.finditer(words):
        if not any(start < found.end() and found.start() < end for start, end in closed):
            yield found


def _as_it_stands(wanted: Wanted, found: str) -> str:
    """The new words; with a capital where the old ones began with one and capitals do not count."""
    if not wanted.exactly and found[:1].isupper() and wanted.new[:1].islower():
        return wanted.new[:1].upper() + wanted.new[1:]
    return wanted.new


def _around(words: str, found: Any) -> tuple[str, str, str]:
    start = max(words.rfind("\n", 0, found.start()) + 1, found.start() - 60)
    last = words.find("\n", found.end())
    end = min(len(words) if last < 0 else last, found.end() + 100)
    return words[start : found.start()], found[0], words[found.end() : end]
