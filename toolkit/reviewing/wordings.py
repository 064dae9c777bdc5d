"""Someone's wordings put into a text where the sentences stand that they are of.

She reads plain words; the text has marks. A sentence is found by its plain words, and the marks in it (bold, a link, a
fact) stay where her wording has the same words; where it has not, a person puts it in.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from toolkit.rendering.directives import Place, plain_words
from toolkit.texts.words.grammar import DIRECTIVE, MARK_END, MARK_START
from toolkit.texts.words.markup import parsed
from toolkit.texts.words.prose import FURTHER_KEYS, Prose
from toolkit.texts.words.sentences import sentences

_FRONT = ("title", "heading", "called", "summary")
# Marks that are not read, a space of any kind, or one sign.
_PIECE = re.compile(
    rf"(?P<fact>{DIRECTIVE.pattern})|(?P<mark>\*\*|\*|\[|\]\([^()\s]*\))|(?P<space>\s+)|\\(?P<escaped>[^\w\s])|(?P<sign>.)",
    re.DOTALL,
)
_SPAN = re.compile(
    r"(?P<stars>\*{1,2})(?P<strong>[^*\[\]{}]+)(?P=stars)|\[(?P<link>[^*\[\]{}]+)\]\([^()\s]*\)"
    rf"|(?P<fact>{DIRECTIVE.pattern})"
)
_LINK_END = re.compile(r"\]\([^()\s]*\)")
_MARKUP = re.compile(r"[\\*\[\]`<|]")


@dataclass(frozen=True, slots=True)
class Wording:
    """``what`` is where in the page the ``sentence`` stands, as a Statement says it."""

    what: str
    sentence: str
    wording: str


def taken_in(prose: Prose, place: Place, wanted: Sequence[Wording]) -> tuple[Prose, list[Wording]]:
    """The prose with her wordings, and those that a person has to put in."""
    left = []
    for one in wanted:
        if after := _in_front(prose, one) or _in_body(prose, place, one):
            prose = after
        else:
            left.append(one)
    return prose, left


def _in_front(prose: Prose, one: Wording) -> Prose | None:
    key, _dot, record = one.what.partition(".")
    if not record:
        line = getattr(prose, key) if key in _FRONT else ""
        changed: dict[str, Any] = {key: line.replace(one.sentence, one.wording)}
        return replace(prose, **changed) if one.sentence in line else None
    words = prose.words_of_records().get(key, {})
    if one.sentence not in words.get(record, ""):
        return None
    said = {**words, record: words[record].replace(one.sentence, one.wording)}
    if key in FURTHER_KEYS:
        return replace(prose, further={**prose.further, key: said})
    return replace(prose, labels=said) if key == "label" else replace(prose, notes=said)


def _in_body(prose: Prose, place: Place, one: Wording) -> Prose | None:
    """Wherever the sentence stands by itself, as often as the page says it."""
    spots = list(_spots(prose.body, place, one.sentence))
    read = [sentence for block in _blocks(prose.body, place) for sentence in sentences(block, place.language)]
    if not spots or len(spots) != read.count(one.sentence):
        return None
    body = prose.body
    for start, end in reversed(spots):
        row = body[body.rfind("\n", 0, start) + 1 : start]
        marked = _marked(one.wording, body[start:end], place)
        if marked is None or ('"' in one.wording and row.lstrip().startswith("!!!")):
            return None
        body = body[:start] + marked + body[end:]
    is_as_written = " ".join(one.wording.split()) in " ".join(" ".join(_blocks(body, place)).split())
    return replace(prose, body=body) if is_as_written else None


def _blocks(body: str, place: Place) -> Iterator[str]:
    return (plain_words(block.value, place) for block in parsed(body).words)


def _spots(body: str, place: Place, sentence: str) -> Iterator[tuple[int, int]]:
    """Where in the body the plain words of a sentence begin and end."""
    signs: list[str] = []
    at: list[tuple[int, int]] = []
    for piece in _PIECE.finditer(body):
        if piece["mark"]:
            continue
        said = _said(piece, place) if piece["fact"] else " " if piece["space"] else piece["escaped"] or piece["sign"]
        signs += said
        at += [piece.span()] * len(said)
    plain, wanted = "".join(signs), " ".join(sentence.split())
    found = plain.find(wanted) if wanted else -1
    while found >= 0:
        yield _whole(body, at[found][0], at[found + len(wanted) - 1][1])
        found = plain.find(wanted, found + len(wanted))


def _whole(body: str, start: int, end: int) -> tuple[int, int]:
    """With the mark right before or behind that belongs to one within."""
    within, before = body[start:end], body[max(body.rfind("\n\n", 0, start), 0) : start]
    if within.count("**") % 2:
        if before.count("**") % 2:
            start -= 2 if before.endswith("**") else 0
        elif body.startswith("**", end):
            end += 2
    if within.count("[") < within.count("](") and before.endswith("["):
        start -= 1
    elif within.count("[") > within.count("](") and (link := _LINK_END.match(body, end)):
        end = link.end()
    return start, end


def _said(fact: re.Match[str], place: Place) -> str:
    kind, record = DIRECTIVE.fullmatch(fact["fact"]).groups()  # type: ignore[union-attr]
    return " ".join(plain_words(f"{MARK_START}{kind} {record}{MARK_END}", place).split())


def _marked(wording: str, before: str, place: Place) -> str | None:
    """Her wording with the marks of the sentence before; None where one of them has lost its words."""
    kept = []
    for number, span in enumerate(_SPAN.finditer(before)):
        said = span["strong"] or span["link"] or _said(span, place)
        if not said or wording.count(said) != 1:
            return None
        wording = wording.replace(said, f"{MARK_START}{number}{MARK_END}")
        kept.append(span.group())
    if _MARKUP.search(_SPAN.sub("", before).replace("\\", "")):
        return None
    wording = _MARKUP.sub(r"\\\g<0>", wording)
    for number, marked in enumerate(kept):
        wording = wording.replace(f"{MARK_START}{number}{MARK_END}", marked)
    return wording
