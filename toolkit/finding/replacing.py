"""Words that are replaced by others in many texts: the places where they stand, and a text with some of them changed.

What machines read is left alone, unless it is asked for: double braces, names of places, addresses of links, and the
words with which a box begins. Of facts, only names and titles are words that people read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

import regex  # type: ignore[import-untyped]

from toolkit.finding.places import BODY, KEYWORDS, words_of
from toolkit.texts.canonical import digest, tidy_block, tidy_line
from toolkit.texts.languages import FACTS
from toolkit.texts.page import Site, write_part
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


def spots(wanted: Wanted, site: Site, parts: Collection[str], section: str | None = None) -> Iterator[Spot]:
    """Every place in the texts on the site, text by text."""
    pattern = wanted.pattern
    for path, page in sorted(site.items()):
        if section not in (None, page.section):
            continue
        for part in parts:
            value = page.facts if part == FACTS else page.prose.get(part)
            if not isinstance(value, Prose | Facts) or not pattern.search(text := write_part(value)):
                continue
            number, named = 0, digest(text)
            for field, words in _fields(value):
                for found in _found(pattern, words, field, wanted):
                    new = _as_it_stands(wanted, found[0])
                    yield Spot(path, part, number, field, _around(words, found), new, named)
                    number += 1


def replaced(wanted: Wanted, value: Prose | Facts, chosen: Collection[int]) -> Prose | Facts:
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
    return with_words(value, changed) if isinstance(value, Prose) else _facts_with(value, changed)


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


def _fields(value: Prose | Facts) -> Iterator[tuple[str, str]]:
    if isinstance(value, Prose):
        yield from words_of(value)
        return
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
