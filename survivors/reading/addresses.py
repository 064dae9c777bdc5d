"""Addresses that are not quite right: what is meant is found and led to, or the nearest pages are offered."""

from __future__ import annotations

import re
import unicodedata
from difflib import get_close_matches
from itertools import takewhile

from survivors.edition import Edition
from survivors.reading.language import meant_by
from toolkit.rendering.directives import address
from toolkit.rendering.guide import Guide

# What our languages are called where they are no codes of languages.
_LANGUAGES_BY_NAME = {
    "english": "en", "bi": "en", "bm": "ms", "malay": "ms", "melayu": "ms", "bahasa": "ms", "bahasa-melayu": "ms",
    "bahasa-malaysia": "ms", "tamil": "ta", "chinese": "zh-hans", "mandarin": "zh-hans", "cn": "zh-hans",
}  # fmt: skip
_LONGEST = 300
# No name of a page: what a server calls one, and what the earlier toolkit stood below.
_NEEDLESS = {"index", "resourcetoolkit"}
_MOST_SEGMENTS = 4
_NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_ENDINGS = re.compile(r"\.(?:html?|md|php|aspx?)$")
_MOST_NEAREST = 4
_LIKE_ENOUGH = 0.6
# In a larger guide only names that share a word are compared, to be fast.
_ALL_COMPARED = 1000


def mended(live: Edition, path: str, wished: str) -> str:
    """The address that a mistyped one means; empty where nothing is there, or it is right as it is.

    In another case, with punctuation from the message it was sent in, in another spelling of the language, without
    one (``wished`` is taken) or without its section.
    """
    pasted = path.rstrip("\r\n\t")
    if any(unicodedata.category(one) == "Cc" for one in pasted):
        return ""
    language, names = _parts(pasted, wished)
    for guess in (names, _with_section(live, names)):
        there = address(language, "/".join(guess))
        if there != path and (found := live.answer(there)):
            return found.location or there
    return ""


def nearest(guide: Guide, path: str, wished: str) -> list[str]:
    """The pages whose addresses are most like one that is not there, best first."""
    _, names = _parts(path, wished)
    by_name = {one.rpartition("/")[2]: one for one in guide.site if one}
    if len(by_name) > _ALL_COMPARED:
        words = set("-".join(names).split("-"))
        by_name = {name: one for name, one in by_name.items() if not words.isdisjoint(name.split("-"))}
    close = [one for name in reversed(names) for one in get_close_matches(name, by_name, 3, _LIKE_ENOUGH)]
    sections = [name for name in names if name in guide.site]
    return list(dict.fromkeys([*(by_name[one] for one in close), *sections]))[:_MOST_NEAREST]


def _parts(path: str, wished: str) -> tuple[str, list[str]]:
    """The language and the names of an address, without what does not belong to them."""
    segments = [_tidy(segment) for segment in takewhile(_may_belong, path[:_LONGEST].split("/"))]
    names = [name for name in segments if name and name not in _NEEDLESS][: _MOST_SEGMENTS + 1]
    if names and (language := _LANGUAGES_BY_NAME.get(names[0].replace("_", "-")) or meant_by(names[0])):
        return language, [name.replace("_", "-") for name in names[1:]]
    return wished, [name.replace("_", "-") for name in names]


def _may_belong(segment: str) -> bool:
    """Whether a segment may be of the address, and is not the end of a link that someone wrote: "](…", ")…"."""
    return unicodedata.category(segment[:1] or "/") not in ("Pe", "Pf")


def _tidy(segment: str) -> str:
    """The name in a segment: up to the first character that no name has, whatever stands before it."""
    plain = unicodedata.normalize("NFKC", segment).casefold().strip()
    found = _NAME.search(_ENDINGS.sub("", plain))
    return found[0] if found else ""


def _with_section(live: Edition, names: list[str]) -> list[str]:
    """The path of the one page that is called like the last name, where it stands in another section or in none."""
    found = (
        [] if len(names) > 2 else [path for path in live.guide.site if names and path.rpartition("/")[2] == names[-1]]
    )
    return found[0].split("/") if len(found) == 1 else names
