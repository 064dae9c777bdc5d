"""Two texts side by side: what was taken away and what was added, so that a person can read it.

Lines are compared first, then the pieces of a line that changed. A piece is never smaller than what a reader takes for
one letter: a Tamil letter with its vowel sign or dot, a Chinese character, a whole word in Latin letters.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

import regex  # type: ignore[import-untyped]

_LATIN = r"[\p{Latin}\p{Nd}][\p{Latin}\p{Nd}\p{Mn}]*(?:['’][\p{Latin}\p{Nd}]+)*"
_TOKEN = regex.compile(rf"{_LATIN}|\p{{Tamil}}[\p{{Tamil}}\p{{M}}]*|\s+|\X")
_GRAPHEME = regex.compile(r"\X")
_TAMIL = regex.compile(r"\p{Tamil}")
_LETTER = regex.compile(r"[\p{L}\p{N}]")
# A Chinese character counts as a word, as translators count.
_WORD = regex.compile(r"(?V1)\p{Han}|[[\p{L}\p{N}]--\p{Han}][[\p{L}\p{M}\p{N}'’-]--\p{Han}]*")

# Less alike than this, two lines are two lines and not one that changed; two Tamil words likewise.
_ALIKE_LINES = 0.4
_ALIKE_WORDS = 0.5
# How many pairs of lines are weighed in one changed stretch, so that a text written anew is compared at once too.
_MOST_PAIRS = 3000
# Above it, a stretch is shown as taken away and added, whole.
_MOST_CELLS = 500_000
_SHORTEST_GAP = 3
# Pairs of places at which the same thing stands before and after.
_MOST_WORK = 50_000


@dataclass(frozen=True, slots=True)
class Piece:
    """``out`` stands in the text before only, ``in`` in the text after only."""

    kind: Literal["same", "in", "out"]
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a comparison; a ``gap`` stands for ``skipped`` lines that are the same and has no pieces."""

    kind: Literal["same", "changed", "added", "removed", "gap"]
    pieces: tuple[Piece, ...] = ()
    skipped: int = 0


def compare(before: str, after: str, context: int = 2, head: Callable[[str], str] | None = None) -> list[Row]:
    """The rows of a comparison with ``context`` unchanged lines around each change; [] when nothing changed.

    ``head`` names what a line is about, for texts of which each line is about something: only lines with the same head
    are then shown as one line that changed.
    """
    if before == after:
        return []
    rows = list(_rows(_lines(before), _lines(after), head))
    return _with_gaps(rows, context) if any(row.kind != "same" for row in rows) else []


def words(text: str) -> int:
    """How many words a text has; Chinese is counted by its characters."""
    return len(_WORD.findall(text))


# A line: whether an empty line stands before it, and its text.
_Line = tuple[bool, str]


def _lines(text: str) -> list[_Line]:
    """Empty lines are kept beside the line they precede: they are all alike and would lead the comparison astray."""
    rows = text.split("\n")
    return [(number > 0 and not rows[number - 1].strip(), row) for number, row in enumerate(rows) if row.strip()]


def _rows(before: list[_Line], after: list[_Line], head: Callable[[str], str] | None) -> Iterator[Row]:
    olds, news = [text for _, text in before], [text for _, text in after]
    for tag, i, j, k, m in _matcher(olds, news).get_opcodes():
        if tag == "equal":
            pairs: list[tuple[int | None, int | None]] = list(zip(range(i, j), range(k, m), strict=True))
        else:
            pairs = _in_order(_paired_lines(olds[i:j], news[k:m], head), (i, j), (k, m))
        for old, new in pairs:
            yield from _empty_line(old is not None and before[old][0], new is not None and after[new][0], old, new)
            if old is None and new is not None:
                yield Row("added", (Piece("in", news[new]),))
            elif new is None and old is not None:
                yield Row("removed", (Piece("out", olds[old]),))
            elif old is not None and new is not None:
                yield _compared(olds[old], news[new])


def _empty_line(was: bool, now: bool, old: int | None, new: int | None) -> Iterator[Row]:
    """The empty line before a line that both texts have, where only one of them has it, or both."""
    if old is None or new is None or (was and now):
        if was or now:
            yield Row("same")
    elif was or now:
        yield Row("added" if now else "removed", (Piece("in" if now else "out", ""),))


def _compared(old: str, new: str) -> Row:
    if old == new:
        return Row("same", (Piece("same", new),))
    return Row("changed", tuple(_pieces(_tokens(old), _tokens(new))))


def _paired_lines(olds: list[str], news: list[str], head: Callable[[str], str] | None) -> list[tuple[int, int]]:
    if head is None and len(olds) == len(news) == 1:
        return [(0, 0)]
    bags = {text: Counter(_letters_and_words(text)) for text in {*olds, *news}}

    def alike(old: str, new: str) -> float:
        shared = _share(bags[old], bags[new])
        if head is None:
            return shared
        return (1 + shared) / 2 if head(old) == head(new) else 0.0

    return _pairs(olds, news, alike, _ALIKE_LINES)


def _letters_and_words(line: str) -> Iterator[str]:
    for token in _tokens(line):
        if _TAMIL.match(token):
            yield from _GRAPHEME.findall(token)
        elif not token.isspace():
            yield token


def _share(one: Counter[str], other: Counter[str]) -> float:
    """From 0 (nothing in common) to 1."""
    small, large = sorted((one, other), key=len)
    common = sum(min(count, large[token]) for token, count in small.items() if token in large)
    return 2 * common / ((one.total() + other.total()) or 1)


def _pairs(
    olds: Sequence[str], news: Sequence[str], alike: Callable[[str, str], float], least: float
) -> list[tuple[int, int]]:
    """Which old item became which new one, in order on both sides, so that the pairs are most alike as a whole."""
    if len(olds) * len(news) > _MOST_CELLS:
        return []
    reach = max(1, _MOST_PAIRS // (len(olds) or 1))
    best = [[0.0] * (len(news) + 1) for _ in range(len(olds) + 1)]
    weight: dict[tuple[int, int], float] = {}
    for i, old in enumerate(olds):
        middle = i * len(news) // len(olds)
        for j, new in enumerate(news):
            score = alike(old, new) if abs(j - middle) <= reach else 0.0
            paired = 0.0
            if score >= least:
                weight[i, j] = score
                paired = best[i][j] + score
            best[i + 1][j + 1] = max(best[i][j + 1], best[i + 1][j], paired)
    found = []
    i, j = len(olds), len(news)
    while i and j:
        if (i - 1, j - 1) in weight and best[i][j] == best[i - 1][j - 1] + weight[i - 1, j - 1]:
            i, j = i - 1, j - 1
            found.append((i, j))
        elif best[i][j] == best[i - 1][j]:
            i -= 1
        else:
            j -= 1
    return found[::-1]


def _in_order(
    pairs: list[tuple[int, int]], olds: tuple[int, int], news: tuple[int, int]
) -> list[tuple[int | None, int | None]]:
    """Pairs within a stretch -> every line of it: those without a counterpart between the pairs they stand between."""
    found: list[tuple[int | None, int | None]] = []
    i, j = olds[0], news[0]
    for old, new in [(olds[0] + a, news[0] + b) for a, b in pairs] + [(olds[1], news[1])]:
        found += [(one, None) for one in range(i, old)]
        found += [(None, one) for one in range(j, new)]
        if old < olds[1]:
            found.append((old, new))
        i, j = old + 1, new + 1
    return found


@lru_cache(maxsize=4096)
def _tokens(line: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(line))


def _pieces(old: Sequence[str], new: Sequence[str], *, whole: bool = False) -> list[Piece]:
    """Two token lists -> pieces. ``whole`` keeps changed tokens whole; else Tamil words are looked into."""
    found: list[Piece] = []
    for is_same, out, into in _stretches(old, new):
        if is_same:
            found.append(Piece("same", "".join(into)))
        elif whole:
            found += [Piece("out", "".join(out)), Piece("in", "".join(into))]
        else:
            found += _inside_words(out, into)
    return _joined(found)


def _stretches(old: Sequence[str], new: Sequence[str]) -> list[tuple[bool, Sequence[str], Sequence[str]]]:
    """(is it the same?, tokens before, tokens after); a lone token between two changes is part of the change."""
    codes = [(tag == "equal", old[i:j], new[k:m]) for tag, i, j, k, m in _matcher(old, new).get_opcodes()]
    found: list[tuple[bool, Sequence[str], Sequence[str]]] = []
    for number, code in enumerate(codes):
        is_island = code[0] and 0 < number < len(codes) - 1 and _is_slight(code[2])
        if is_island and not _same_direction(codes[number - 1], codes[number + 1]):
            code = (False, code[1], code[2])
        if found and not code[0] and not found[-1][0]:
            found[-1] = (False, [*found[-1][1], *code[1]], [*found[-1][2], *code[2]])
        else:
            found.append(code)
    return found


def _matcher(old: Sequence[str], new: Sequence[str]) -> SequenceMatcher[str]:
    """Where the same things stand very often, they are left out of the search, or it would take minutes."""
    was, now = Counter(old), Counter(new)
    work = sum(count * now[one] for one, count in was.items() if one in now)
    return SequenceMatcher(None, old, new, autojunk=work > _MOST_WORK)


def _is_slight(tokens: Sequence[str]) -> bool:
    return len(tokens) == 1 or not _LETTER.search("".join(tokens))


def _same_direction(
    one: tuple[bool, Sequence[str], Sequence[str]], other: tuple[bool, Sequence[str], Sequence[str]]
) -> bool:
    """Both only add or both only take away: what stands between them did not change hands."""
    return not (one[1] or other[1]) or not (one[2] or other[2])


def _inside_words(out: Sequence[str], into: Sequence[str]) -> list[Piece]:
    """A change, with Tamil words that kept at least half of their letters compared letter by letter."""
    changed = [Piece("out", "".join(out)), Piece("in", "".join(into))]
    if not any(map(_TAMIL.match, out)) or not any(map(_TAMIL.match, into)):
        return changed
    pairs = _in_order(_pairs(out, into, _alike_words, _ALIKE_WORDS), (0, len(out)), (0, len(into)))
    if not any(old is not None and new is not None and _TAMIL.match(out[old]) for old, new in pairs):
        return changed
    found: list[Piece] = []
    for old, new in pairs:
        if old is not None and new is not None:
            found += _pieces(_GRAPHEME.findall(out[old]), _GRAPHEME.findall(into[new]), whole=True)
        elif old is not None:
            found.append(Piece("out", out[old]))
        elif new is not None:
            found.append(Piece("in", into[new]))
    return found


def _alike_words(old: str, new: str) -> float:
    if old == new or not (_TAMIL.match(old) and _TAMIL.match(new)):
        return float(old == new)
    return _matcher(_GRAPHEME.findall(old), _GRAPHEME.findall(new)).ratio()


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Neighbours of one kind as one piece; within a change, what was taken away stands first."""
    found: list[Piece] = []
    change = {"out": "", "in": ""}
    for piece in [*pieces, Piece("same", "")]:
        if piece.kind != "same":
            change[piece.kind] += piece.text
            continue
        found += [Piece(kind, change[kind]) for kind in ("out", "in") if change[kind]]
        change = {"out": "", "in": ""}
        if piece.text:
            found.append(piece)
    return found


def _with_gaps(rows: list[Row], context: int) -> list[Row]:
    """Long stretches of rows that are the same become a gap, but for ``context`` lines with text beside a change."""
    near = [False] * len(rows)
    for order in (range(len(rows)), range(len(rows) - 1, -1, -1)):
        left = 0
        for number in order:
            if rows[number].kind != "same":
                left = context
            elif left:
                near[number] = True
                left -= bool(rows[number].pieces)
    found: list[Row] = []
    far: list[Row] = []
    for row, is_near in [*zip(rows, near, strict=True), (None, True)]:
        if row and row.kind == "same" and not is_near:
            far.append(row)
            continue
        skipped = sum(bool(one.pieces) for one in far)
        found += far if skipped < _SHORTEST_GAP else [Row("gap", skipped=skipped)]
        far = []
        if row:
            found.append(row)
    return found
