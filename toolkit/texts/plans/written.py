"""``plan.toml`` in pieces: each question and step as the lines in which it was written, and as a plain table.

A form changes one piece and leaves every other line as it was, comments included. Pure functions.

tomlkit keeps the look of a document too, but to it a comment belongs to the table above, so that a step that is moved
takes along what was written about the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from toolkit.texts.canonical import digest, tidy_block
from toolkit.texts.languages import LANGUAGES
from toolkit.texts.records.toml import read_toml, write_value

QUESTIONS, STEPS, ROUTES, PINS = "questions", "steps", "platform_routes", "translated_from"
Table = dict[str, Any]

_HEADER = re.compile(r"\[+([a-z_]+)(?:\.([a-z0-9-]+))?")
_SIMPLE = {STEPS: ("id", "when", "does", "noticed_by_them", "plan_first", "if"), QUESTIONS: ("if", "leave_out")}
_WORDS = ("text", "hint", "choices", "note", "why")


@dataclass(frozen=True, slots=True)
class Piece:
    """``at``: ``steps/get-safe``, ``questions/danger``, ``platform_routes``; "" for comments between them."""

    at: str
    text: str

    @property
    def kind(self) -> str:
        return self.at.partition("/")[0]

    @property
    def table(self) -> Table:
        """What it says. Raises TextError."""
        found: Any = read_toml(self.text)[self.kind]
        if self.kind == STEPS:
            return dict(found[0])
        return dict(found[self.at.partition("/")[2]] if self.kind == QUESTIONS else found)

    @property
    def digest(self) -> str:
        return digest(self.text.strip())


@dataclass(frozen=True, slots=True)
class Written:
    """A plan as it is written, in its pieces."""

    pieces: tuple[Piece, ...]

    @classmethod
    @lru_cache(maxsize=16)
    def of(cls, text: str) -> Written:
        """Raises TextError. A text that is not written in pieces is written anew, without its comments."""
        table = read_toml(text)
        found = cls(tuple(_cut(text)))
        return found if found._says(table) else cls(tuple(_cut(_anew(table))))

    @property
    def text(self) -> str:
        return tidy_block("".join(piece.text for piece in self.pieces))

    def of_kind(self, kind: str) -> list[Piece]:
        return [piece for piece in self.pieces if piece.kind == kind]

    def piece(self, at: str) -> Piece | None:
        return next((piece for piece in self.pieces if piece.at == at), None)

    def with_table(self, at: str, table: Table, after: str = "") -> Written:
        """With other words for a piece; a new one stands after that at ``after``, else after the last of its kind."""
        piece, before = Piece(at, write_piece(at, table)), self.piece(at)
        if before and before.table == table:
            return self
        if before:
            return replace(self, pieces=tuple(piece if one.at == at else one for one in self.pieces))
        return self.with_piece(piece, after)

    def with_piece(self, piece: Piece, after: str = "", *, is_first: bool = False) -> Written:
        places = [n for n, one in enumerate(self.pieces) if (one.at == after if after else one.kind == piece.kind)]
        at = (places[0] if is_first else places[-1] + 1) if places else len(self.pieces)
        return replace(self, pieces=(*self.pieces[:at], piece, *self.pieces[at:]))

    def without(self, at: str) -> Written:
        return replace(self, pieces=tuple(piece for piece in self.pieces if piece.at != at))

    def moved(self, at: str, by: int) -> Written:
        """A piece in the place of its neighbour of the same kind, ``by`` -1 before or 1 after; comments stay."""
        row = [n for n, piece in enumerate(self.pieces) if piece.kind == at.partition("/")[0]]
        here = next((place for place, n in enumerate(row) if self.pieces[n].at == at), None)
        if here is None or not 0 <= here + by < len(row):
            return self
        pieces = list(self.pieces)
        one, other = row[here], row[here + by]
        pieces[one], pieces[other] = pieces[other], pieces[one]
        return replace(self, pieces=tuple(pieces))

    def _says(self, table: Table) -> bool:
        """Whether the pieces say the same as the whole, which lines that only look like headers would change."""
        try:
            steps = [piece.table for piece in self.of_kind(STEPS)]
            questions = {piece.at.partition("/")[2]: piece.table for piece in self.of_kind(QUESTIONS)}
        except (KeyError, IndexError, TypeError, ValueError):
            return False
        return bool(steps == table.get(STEPS, []) and questions == table.get(QUESTIONS, {}))


def write_piece(at: str, table: Table) -> str:
    """A piece as the file has it: plain values first, then words, each language on a line of its own."""
    kind, _, name = at.partition("/")
    if kind not in (QUESTIONS, STEPS):
        return "\n".join((f"[{kind}]", *(f"{key} = {_value(value)}" for key, value in table.items()), "\n"))
    rows = [f"[[{STEPS}]]"] if kind == STEPS else [f"[{QUESTIONS}.{name}]"]
    keys = [key for key in (*_SIMPLE[kind], *table) if key in table and key not in _WORDS]
    rows += [f"{key} = {_conditions(table[key]) if key == 'if' else _value(table[key])}" for key in dict.fromkeys(keys)]
    if kind == QUESTIONS and not keys:
        rows = []
    start = STEPS if kind == STEPS else f"{QUESTIONS}.{name}"
    for key in _WORDS:
        if key == "choices":
            for choice, words in table.get(key, {}).items():
                rows += _words(f"{start}.{key}.{choice}", words)
        elif key in table:
            rows += _words(f"{start}.{key}", table[key])
    return "\n".join(rows) + "\n\n"


def _words(header: str, words: Mapping[str, str]) -> list[str]:
    known = [language for language in LANGUAGES if language in words]
    return [f"[{header}]", *(f"{language} = {_value(words[language])}" for language in known)]


def _conditions(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(("[", *(f"    {_inline(one)}," for one in value), "]"))
    return _inline(value)


def _inline(value: Any) -> str:
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{key} = {_inline(one)}' for key, one in value.items())} }}" if value else "{}"
    return _value(value)


def _value(value: Any) -> str:
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_value, value))}]"
    return _inline(value) if isinstance(value, dict) else write_value(value)


def _anew(table: Table) -> str:
    pieces = [write_piece(key, table[key]) for key in (PINS, ROUTES) if table.get(key)]
    pieces += [write_piece(f"{QUESTIONS}/{name}", one) for name, one in table.get(QUESTIONS, {}).items()]
    pieces += [write_piece(f"{STEPS}/{one.get('id', '')}", one) for one in table.get(STEPS, [])]
    return "".join(pieces)


def _cut(text: str) -> Iterator[Piece]:
    """The pieces of a text: each begins with its header, after the comments and blank lines that stand before it."""
    at = ""
    rows: list[str] = []
    before: list[str] = []
    for row in text.split("\n"):
        if not row.strip() or row.startswith("#"):
            before.append(row)
            continue
        here = _begun(row, at)
        if here is None or (here == at and not row.startswith("[[steps]]")):
            rows += [*before, row]
        else:
            yield from _closed(at, rows, before)
            at, rows = here, [row]
        before = []
    yield from _closed(at, rows, before)


def _begun(row: str, at: str) -> str | None:
    """The piece that a line begins or belongs to by its header; None where it is no header."""
    header = _HEADER.match(row)
    if not header:
        return None
    if header[1] == STEPS:
        return "steps/?" if row.startswith("[[") else at
    return f"{header[1]}/{header[2]}" if header[1] == QUESTIONS else header[1]


def _closed(at: str, rows: list[str], before: list[str]) -> Iterator[Piece]:
    """A piece with the blank line after it, then the comments that stand before the next."""
    blank = bool(before) and not before[0].strip()
    if rows:
        text = "\n".join(rows) + "\n" + ("\n" if blank else "")
        name = re.search(r'^id\s*=\s*"([^"]*)"', text, re.MULTILINE) if at == "steps/?" else None
        yield Piece(f"steps/{name[1]}" if name else at, text)
    rest = before[1:] if rows and blank else before
    if any(row.strip() for row in rest):
        yield Piece("", "\n".join(rest) + "\n")
