"""The same paragraph or heading in every language of a page, and a text in which it is another one.

A paragraph is counted from the heading above it, which has the same name of a place in every language. Where a language
has more paragraphs below that heading than the English, or fewer, the whole of what stands below it is one piece.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.finding.places import BODY, words_of
from toolkit.finding.replacing import with_words
from toolkit.texts.canonical import tidy_block
from toolkit.texts.languages import SOURCE
from toolkit.texts.page import PageTexts
from toolkit.texts.words.prose import Prose

_BLOCK = re.compile(r"\S(?:.*\S)?(?:\n[^\S\n]*\S.*)*")
_PLACE = re.compile(r"#{1,6} .*\{#([a-z0-9-]+)\}\s*$")


@dataclass(frozen=True, slots=True)
class Piece:
    """``key``: ``body.<place>.<number>``, or the name of a field; ``start`` and ``end`` in the body."""

    key: str
    words: str
    start: int = 0
    end: int = 0

    @property
    def section(self) -> str:
        """The name of the place that it stands below; "" above the first."""
        return self.key.split(".")[1] if self.key.startswith(f"{BODY}.") else ""


def pieces(prose: Prose) -> list[Piece]:
    """All pieces of a text, the fields first."""
    return [Piece(key, words) for key, words in words_of(prose) if key != BODY] + _of_body(prose.body)


def piece_in(page: PageTexts, language: str, key: str) -> Piece | None:
    """The piece of a language that a key of the English names; None where the page has no such text or piece."""
    prose, source = page.prose.get(language), page.prose.get(SOURCE)
    if prose is None or source is None:
        return None
    found = {one.key: one for one in pieces(prose)}
    if not key.startswith(f"{BODY}."):
        is_somewhere = any(key == place for one in page.prose.values() for place, _words in words_of(one))
        return found.get(key) or (Piece(key, "") if is_somewhere else None)
    section = Piece(key, "").section
    own = [one for one in _of_body(prose.body) if one.section == section]
    english = [one for one in _of_body(source.body) if one.section == section]
    if len(own) == len(english):
        return found.get(key)
    return Piece(key, prose.body[own[0].start : own[-1].end], own[0].start, own[-1].end) if own else None


def with_piece(prose: Prose, piece: Piece, words: str) -> Prose:
    """A text in which the piece says something else."""
    if not piece.key.startswith(f"{BODY}."):
        return with_words(prose, {piece.key: words})
    return with_words(
        prose, {BODY: prose.body[: piece.start] + tidy_block(words).rstrip("\n") + prose.body[piece.end :]}
    )


def key_at(body: str, line: int) -> str:
    """The key of the paragraph that a line of a body stands in; "" between two."""
    at = len("\n".join(body.split("\n")[: line - 1])) + (line > 1)
    return next((one.key for one in _of_body(body) if one.start <= at <= one.end), "")


def changed(page: PageTexts, key: str, said: Mapping[str, str]) -> dict[str, Prose]:
    """The texts of a page that say something else at a key: language -> text."""
    found = {}
    for language, words in said.items():
        piece = piece_in(page, language, key)
        if piece and (new := with_piece(page.prose[language], piece, words)) != page.prose[language]:
            found[language] = new
    return found


def _of_body(body: str) -> list[Piece]:
    found, section, number = [], "", 0
    for one in _BLOCK.finditer(body):
        start = body.rfind("\n", 0, one.start()) + 1
        if place := _PLACE.match(one[0].split("\n")[0]):
            section, number = place[1], 0
        found.append(Piece(f"{BODY}.{section}.{number}", body[start : one.end()], start, one.end()))
        number += 1
    return found
