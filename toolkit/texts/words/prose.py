"""A page's words in one language: front matter and Markdown body, read strictly and written in one way only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from toolkit.texts.canonical import first_line, tidy_block, tidy_line
from toolkit.texts.problem import Fault, TextError
from toolkit.texts.records.facts import AFTER

KEYS = ("title", "heading", "called", "summary", "keywords", "translated_from", "review")
# Words about a record, besides its label and note: what happens after a report, and a counter sentence.
FURTHER_KEYS = (*AFTER, "sounds", "means")
RECORD_KEYS = ("label", "note", *FURTHER_KEYS)
REVIEWS = ("unreviewed", "reviewed")

_FENCE = "---"
_KEY = re.compile(r"^([a-z_]+)(?:\.([a-z0-9]+(?:-[a-z0-9]+)*))?:(?:\s+(.*))?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """What `en.md` or a translation says. ``labels`` and ``notes`` are keyed by record id.

    ``heading`` is said as she would say it; ``called`` is what the law, the press or helpers call it.
    ``further`` has more words about records: key of FURTHER_KEYS -> record id -> words.
    """

    title: str
    heading: str = ""
    called: str = ""
    summary: str
    keywords: tuple[str, ...] = ()
    translated_from: str = ""
    review: str = ""
    labels: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    further: dict[str, dict[str, str]] = field(default_factory=dict)
    body: str = ""

    @property
    def h1(self) -> str:
        return self.heading or self.title

    def words_of_records(self) -> dict[str, dict[str, str]]:
        """Key of RECORD_KEYS -> record id -> words, without empty ones."""
        found = {"label": self.labels, "note": self.notes, **self.further}
        return {key: found[key] for key in RECORD_KEYS if found.get(key)}

    @property
    def named_records(self) -> set[str]:
        """The ids of the records that it has words about."""
        return {record for words in self.words_of_records().values() for record in words}

    def without_words_of(self, gone: set[str], now: Mapping[str, str]) -> Prose:
        """The same without what it says about some records. ``now``: the ids that some of them have instead."""

        def left(words: dict[str, str]) -> dict[str, str]:
            renamed = {now[record]: said for record, said in words.items() if record in now}
            return renamed | {record: said for record, said in words.items() if record not in gone}

        further = {key: words for key in self.further if (words := left(self.further[key]))}
        return replace(self, labels=left(self.labels), notes=left(self.notes), further=further)


def split(text: str) -> tuple[list[str], str, int]:
    """A text -> (front matter lines, body, line number of the body's first line). Raises TextError."""
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE:
        raise TextError(Fault("no-front-matter"))
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == _FENCE:
            return lines[1:number], "\n".join(lines[number + 1 :]), number + 2
    raise TextError(Fault("front-matter-open"), len(lines))


def read_prose(text: str) -> Prose:
    """A decoded text -> Prose. Raises TextError naming the line."""
    front, body, _ = split(text)
    values: dict[str, str] = {}
    records: dict[str, dict[str, str]] = {key: {} for key in RECORD_KEYS}
    for number, line in enumerate(front, start=2):
        if not line.strip():
            continue
        key, record, value = _read_line(line, number)
        target = records[key] if record else values
        if (record or key) in target:
            raise TextError(Fault("twice", field=key), number)
        target[record or key] = value
    for key in ("title", "summary"):
        if not values.get(key):
            raise TextError(Fault("no-front-line", field=key))
    if values.get("review", "unreviewed") not in REVIEWS:
        raise TextError(Fault("in-field", field="review", fault=Fault("not-a-choice", choices=REVIEWS)))
    keywords = tuple(word for part in values.pop("keywords", "").split(",") if (word := tidy_line(part)))
    return Prose(
        **values,
        keywords=keywords,
        labels=records.pop("label"),
        notes=records.pop("note"),
        further={key: words for key, words in records.items() if words},
        body=tidy_block(body),
    )


def write_prose(prose: Prose) -> str:
    """Prose -> its canonical text. ``read_prose`` of it gives the same Prose back."""
    values = {key: getattr(prose, key) for key in KEYS} | {"keywords": ", ".join(prose.keywords)}
    lines = [f"{key}: {values[key]}" for key in KEYS if values[key]]
    words = prose.words_of_records()
    for record in sorted(prose.named_records):
        lines += [f"{key}.{record}: {words[key][record]}" for key in words if record in words[key]]
    return "\n".join([_FENCE, *lines, _FENCE, ""]) + prose.body


def _read_line(line: str, number: int) -> tuple[str, str | None, str]:
    match = _KEY.match(line.rstrip())
    if not match:
        raise TextError(Fault("not-a-front-line", row=tidy_line(line)[:40]), number)
    key, record, value = match.groups()
    if key not in (RECORD_KEYS if record else KEYS):
        named = f"{key}.{record}" if record else key
        raise TextError(Fault("no-such-front-line", key=named), number)
    if not (value := tidy_line(value or "")):
        raise TextError(Fault("no-value", field=key), number)
    return key, record, value


def line_of_words(text: str, record: str) -> int:
    """The line of the front matter that names or explains a record, or 1."""
    return first_line(text, rf"(label|note)\.{record}:")
