"""What the search knows of languages, as data for a mirror: the tables of ``spelling/``, and what a query can meet of
OpenCC's and pypinyin's. ``templates/mirror/search-words.js`` reads them.

Three files: what every query needs, and what only Tamil or Chinese letters call for.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

from opencc import OpenCC
from pypinyin.constants import PHRASES_DICT

from survivors.search import crisis, reading, words
from survivors.search.hearing import pinyin
from survivors.search.numbers import Numbers
from survivors.search.spelling import table, word_list
from survivors.search.words import HAN, LONGEST_QUERY, MARKS, fold
from toolkit.rendering.guide import Guide

Data = dict[str, Any]
_MOST_SHARED = 25  # letters, A to Z
_LONGEST_PHRASE = 4  # characters


@cache
def spelling() -> Data:
    return {
        "longest": LONGEST_QUERY,
        "letters": _ranges(lambda one: (one.isalnum() or one in MARKS) and not HAN.match(one)),
        "marks": _ranges(MARKS.__contains__),
        "unseen": words.UNSEEN.pattern,
        "unprintable": _ranges(lambda one: not one.isprintable() and not "\ud800" <= one <= "\udfff"),
        "digits": {one: unicodedata.digit(one) for one in _characters() if one > "9" and one.isdigit()},
        "words": {name: shortened(word_list(f"{name}/words")) for name in ("en", "ms")},
        "empty": sorted(words.empty_words()),
        "emptyMalay": sorted(word_list("ms/empty")),
        "emptyTamil": sorted(reading.empty_tamil_words()),
        "emptyHan": words.empty_han().pattern,
        "suffixes": words.SUFFIXES, "prefixes": words.PREFIXES, "mEndings": words.M_ENDINGS,
        "chat": {name: table(f"{name}/chat") for name in ("en", "ms")},
        "jawi": table("ms/jawi"),
        "script": table("ta/script"), "romanised": table("ta/romanised"),
        "dialect": reading.dialect(),
        "joining": "".join(sorted(word_list("zh-hans/joining"))),
        "sections": sorted(word_list("sections")), "acts": sorted(word_list("acts")),
        "numerals": table("numerals"),
        "syllables": " ".join(sorted(pinyin.syllables())),
        "crises": [_crisis(one) for one in crisis.crises()],
        "circumstances": [_crisis(one) for one in crisis.circumstances()],
    }  # fmt: skip


@cache
def spelling_of_tamil() -> Data:
    return {"words": shortened(word_list("ta/words"))}


@cache
def spelling_of_chinese() -> Data:
    simplified = dict(_simplified())
    return {
        "words": shortened(word_list("zh-hans/words")),
        "characters": "".join(one for one in simplified if len(one) == len(simplified[one]) == 1),
        "simplified": "".join(meant for one, meant in simplified.items() if len(one) == len(meant) == 1),
        "phrases": {one: meant for one, meant in simplified.items() if not len(one) == len(meant) == 1},
        "usual": _usual(),
    } | _readings()


def _crisis(one: crisis.Crisis) -> Data:
    """A kind of crisis with its patterns; the Chinese ones are expressions already."""
    return {
        "kind": one.kind, "pages": one.pages, "between": one.between, "hasLines": bool(one.lines),
        "latin": [[sorted(choice) for choice in it] for name in ("en", "ms") for it in one.patterns[name]],
        "ta": [[sorted(choice) for choice in it] for it in one.patterns["ta"]],
        "but": one.but,
        "written": one.in_chinese.written.pattern,
        # A sound begins a line, or stands after a blank.
        "spoken": one.in_chinese.spoken.pattern.replace(r"(?<!\S)", r"(?:^|\s)"),
        "butInChinese": one.in_chinese.but,
    }  # fmt: skip


def shortened(listed: Iterable[str]) -> str:
    """A sorted list of words, each as how many letters it shares with the one before (A: none) and the rest of it."""
    found, last = [], ""
    for word in sorted(listed):
        shared = next(
            (n for n, (one, other) in enumerate(zip(word, last, strict=False)) if one != other),
            min(len(word), len(last)),
        )
        shared = min(shared, _MOST_SHARED)
        found.append(chr(ord("A") + shared) + word[shared:])
        last = word
    return "".join(found)


def _characters() -> Iterator[str]:
    return map(chr, range(0x10000))


def _ranges(wanted: Callable[[str], bool]) -> str:
    """What stands between the brackets of an expression for all characters that are wanted: browsers know no \\p{L}."""
    found: list[list[int]] = []
    for character in filter(wanted, _characters()):
        if found and found[-1][1] == ord(character) - 1:
            found[-1][1] += 1
        else:
            found.append([ord(character)] * 2)
    return "".join(f"\\u{first:04x}" + (f"-\\u{last:04x}" if last > first else "") for first, last in found)


# Chinese


def _simplified() -> Iterator[tuple[str, str]]:
    """Characters, and words of Taiwan and Hong Kong, that are folded to others than themselves.

    A word stands here where its characters alone would be folded in another way: 網路 and 网路 -> 网络.
    """
    characters = [one for one in _characters() if HAN.match(one)]
    alone = dict(zip(characters, fold("\n".join(characters)).split("\n"), strict=True))
    yield from ((one, meant) for one, meant in alone.items() if one != meant and max(meant) <= "\uffff")
    lines = "\n".join(
        one
        for one in {*word_list("zh-hans/words"), *PHRASES_DICT}
        if len(one) <= _LONGEST_PHRASE and all(map(HAN.match, one))
    )
    written = "\n".join([lines, *(OpenCC(way).convert(lines) for way in ("s2t", "s2twp", "s2hkp"))])
    both = {*written.split("\n"), *OpenCC("t2s").convert(written).split("\n")}
    ways = sorted(both, key=lambda one: (len(one), one))
    folded = dict(zip(ways, fold("\n".join(ways)).split("\n"), strict=True))
    by_characters = "\n".join(ways).translate({ord(one): meant for one, meant in alone.items()}).split("\n")
    found: dict[str, str] = {}
    for one, other in zip(ways, by_characters, strict=True):
        if folded[one] != other and folded[one] != _by_parts(one, found, alone):
            found[one] = folded[one]
    # What holds one of these words by chance stands for itself.
    chance = re.compile("|".join(found))
    found |= {one: folded[one] for one in filter(chance.search, ways) if folded[one] != _by_parts(one, found, alone)}
    yield from found.items()


def _by_parts(word: str, found: dict[str, str], alone: dict[str, str]) -> str:
    """A word as it is folded by what is known of its parts, the longest first from its beginning."""
    meant, place = "", 0
    while place < len(word):
        length = next((n for n in range(len(word) - place, 1, -1) if word[place : place + n] in found), 1)
        part = word[place : place + length]
        meant += found.get(part) or alone.get(part, part)
        place += length
    return meant


def _usual() -> dict[str, str]:
    """The characters of GB 2312 by how each is read by itself."""
    found: defaultdict[str, str] = defaultdict(str)
    for one in _characters():
        if HAN.match(one) and _is_common(one) and pinyin.usual(one):
            found[pinyin.usual(one)] += one
    return found


def _readings() -> Data:
    """Phrases whose characters are read in another way together, and those that end within one of them.

    Only what holds no common word of two characters is ever heard by its sound.
    """
    read = {
        one: pinyin.readings(one)
        for one in PHRASES_DICT
        if len(one) <= _LONGEST_PHRASE and not _has_word(one) and all(map(_is_common, one))
    }
    together = {one: " ".join(sounds) for one, sounds in read.items() if sounds != [*map(pinyin.usual, one)]}
    beginnings = {one[:length] for one in together for length in range(1, len(one) + 1)}
    before = {one for one in read if any(one[place:] in beginnings for place in range(1, len(one)))}
    return {"readings": together, "asUsual": shortened(before - together.keys())}


def _has_word(phrase: str) -> bool:
    known = word_list("zh-hans/words")
    return any(phrase[place : place + 2] in known for place in range(len(phrase) - 1))


@cache
def _is_common(character: str) -> bool:
    try:
        return bool(character.encode("gb2312"))
    except UnicodeEncodeError:
        return False


# Numbers


def numbers_of(guide: Guide) -> Data:
    """The numbers of a guide: who answers them, what took the place of old ones, which laws are cited by them."""
    known = Numbers(guide)
    old = ((number, by) for number, by in known.old.items() if ("contacts", by) in guide.records)
    return {
        "phones": [[number, known.in_order(number)] for number in known.phones],
        "old": [[number, by, guide.records["contacts", by].page.path] for number, by in old],
        "sections": dict(known.sections),
        "acts": dict(known.acts),
    }
