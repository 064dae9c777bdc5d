"""Addresses that are not quite right: what is meant is found and led to, or the nearest pages are offered."""

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
    "bahasa-malaysia": "ms", "my": "ms", "tamil": "ta", "தமிழ்": "ta", "chinese": "zh-hans", "mandarin": "zh-hans",
    "cn": "zh-hans", "zhcn": "zh-hans", "zhhans": "zh-hans", "zhtw": "zh-hans", "zhhant": "zh-hans", "中文": "zh-hans",
    "华语": "zh-hans", "華語": "zh-hans", "华文": "zh-hans", "華文": "zh-hans", "简体中文": "zh-hans",
}  # fmt: skip
_LONGEST = 300
# No name of a page: what a server calls one, and what the earlier toolkit stood below.
_NEEDLESS = {"index", "resourcetoolkit"}
_MOST_SEGMENTS = 4
_NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_ENDINGS = re.compile(r"\.(?:html?|md|php|aspx?)$")
# Between two parts of a name: "fake images", "fake- images".
_BLANK = re.compile(r"(?<=[a-z0-9])[-_]*\s[-_\s]*(?=[a-z0-9])")
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
    plain = _plain(pasted)
    for text in dict.fromkeys((_BLANK.sub("-", plain), plain, plain.partition("/ ")[0])):
        language, names = _parts(text, wished)
        for guess in (names, _with_section(live, names), names[-2:]):
            there = address(language, "/".join(guess))
            if there != path and (found := live.answer(there)):
                return found.location or there
    return ""


def nearest(guide: Guide, path: str, wished: str) -> list[str]:
    """The pages whose addresses are most like one that is not there, best first."""
    _, names = _parts(_BLANK.sub("-", _plain(path)), wished)
    by_name = {one.rpartition("/")[2]: one for one in guide.site if one}
    if len(by_name) > _ALL_COMPARED:
        words = set("-".join(names).split("-"))
        by_name = {name: one for name, one in by_name.items() if not words.isdisjoint(name.split("-"))}
    close = [one for name in reversed(names) for one in get_close_matches(name, by_name, 3, _LIKE_ENOUGH)]
    sections = [name for name in names if name in guide.site]
    return list(dict.fromkeys([*(by_name[one] for one in close), *sections]))[:_MOST_NEAREST]


def _plain(path: str) -> str:
    """An address in small letters of usual width, without what is not seen, every dash a hyphen."""
    text = unicodedata.normalize("NFKC", path[:_LONGEST]).casefold()
    kinds = ((one, unicodedata.category(one)) for one in text)
    return "".join("-" if kind == "Pd" else one for one, kind in kinds if kind != "Cf")


def _parts(path: str, wished: str) -> tuple[str, list[str]]:
    """The language and the names of an address, without what does not belong to them; the last language counts."""
    language = wished
    segments = list(takewhile(_may_belong, path.split("/")))
    names = [name for name in map(_tidy, segments) if name and name not in _NEEDLESS][: _MOST_SEGMENTS + 2]
    while names and (meant := _LANGUAGES_BY_NAME.get(names[0].replace("_", "-")) or meant_by(names[0])):
        language, names = meant, names[1:]
    return language, [name.replace("_", "-") for name in names]


def _may_belong(segment: str) -> bool:
    """Whether a segment may be of the address, and is not the end of a link that someone wrote: "](…", ")…"."""
    return unicodedata.category(segment[:1] or "/") not in ("Pe", "Pf")


def _tidy(segment: str) -> str:
    """The name in a segment: up to the first character that no name has, whatever stands before it."""
    plain = segment.strip()
    if plain in _LANGUAGES_BY_NAME:
        return plain
    found = _NAME.search(_ENDINGS.sub("", plain))
    return found[0] if found else ""


def _with_section(live: Edition, names: list[str]) -> list[str]:
    """The path of the one page that is called like the last name, where it stands in another section or in none."""
    found = (
        [] if len(names) > 2 else [path for path in live.guide.site if names and path.rpartition("/")[2] == names[-1]]
    )
    return found[0].split("/") if len(found) == 1 else names
