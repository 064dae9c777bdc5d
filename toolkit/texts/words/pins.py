"""What a translation pins: the digest of what a reader reads in the English, however its lines are broken."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from toolkit.texts.canonical import digest
from toolkit.texts.problem import TextError
from toolkit.texts.words.prose import Prose, read_prose, write_prose

_HEADING = re.compile(r"#{1,6}\s")
_ITEM = re.compile(r"(?:[-*+]|[0-9]{1,9}\.)\s")
# What begins a line of its own in Markdown, wherever the line before it ends.
_BEGINS = re.compile(rf"{_HEADING.pattern}|{_ITEM.pattern}|[|>:]|!!!|\[[^\]]{{1,100}}\]:")

# The languages of a page ask for its English one after the other.
_last: tuple[Prose, tuple[str, str]] | None = None


def pin_of(english: Prose) -> str:
    """The digest of what a reader reads: not its keywords, its line breaks within a paragraph or its blank lines."""
    read = replace(english, keywords=(), translated_from="", review="", body=_joined(english.body))
    return digest(write_prose(read))


def pins_of(english: Prose) -> tuple[str, str]:
    """The pins of the translations that follow it: today's, and that of the whole text, which older ones have."""
    global _last
    found = _last  # another thread may put its own there meanwhile
    if found is None or found[0] is not english:
        found = _last = english, (pin_of(english), digest(write_prose(english)))
    return found[1]


def is_pinned(text: str, pin: str) -> bool:
    """Whether a translation with this pin follows a canonical English text; an old one may not be readable any more."""
    try:
        return pin in pins_of(read_prose(text))
    except TextError:
        return False


@lru_cache(maxsize=16)
def _joined(body: str) -> str:
    """The languages of a page ask for its English one after the other."""
    return "\n".join(_blocks(body))


def _blocks(body: str) -> Iterator[str]:
    """The lines of a body with those of a paragraph joined; a blank line stays where it parts two of a kind."""
    block, is_apart = "", False
    for line in (row.rstrip() for row in body.split("\n")):
        if not line:
            is_apart = True
        elif block and not is_apart and not _ends(block) and not _BEGINS.match(line.lstrip()):
            block += f" {line.lstrip()}"
        else:
            yield from (block,) if block else ()
            yield from ("",) if block and is_apart and not _is_apart_anyway(block, line) else ()
            block, is_apart = line, False
    yield from (block,) if block else ()


def _ends(block: str) -> bool:
    return bool(_HEADING.match(block)) or block.lstrip().startswith(("!!!", "|"))


def _is_apart_anyway(block: str, line: str) -> bool:
    """Around a heading, and between items of a list, a blank line changes nothing that is read."""
    if _HEADING.match(block) or _HEADING.match(line):
        return True
    return bool(_ITEM.match(block.lstrip()) and _ITEM.match(line.lstrip()))
