"""Whether a query speaks of suicide, rape, violence, being followed home or a child in danger, however it is typed.

A match too many costs a line on the screen, a match too few may cost a life: one letter may be wrong, and every script
and spelling is heard. The patterns are in ``spelling/crisis.toml``. What the query says of herself and decides which
help lines fit her, that the police are a risk or that she is a child, is in ``spelling/circumstances.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any, NamedTuple

from survivors.search.hearing import chat, jawi, pinyin, tamil
from survivors.search.spelling import ROOT, is_real_word, table, word_list
from survivors.search.words import HAN, LONGEST_QUERY, fold, forms, words

# Between two words of a pattern there may be so many others, unless its kind says fewer.
_MOST_BETWEEN = 2
POLICE_RISK, CHILD = "police-risk", "child"
_LONG, _VERY_LONG = 5, 8
_LONGEST_JOINED = 8
_SHORTEST = 3
_LATIN = ("en", "ms")
_APOSTROPHES = re.compile("['’‘`´]")


@dataclass(frozen=True)
class Crisis:
    """One kind: the contacts that fit (``lines``), pages to read, and its patterns by language.

    ``between``: how many other words there may be between two of a pattern.
    """

    kind: str
    lines: tuple[str, ...]
    pages: tuple[str, ...]
    patterns: dict[str, tuple[tuple[str, ...], ...]]
    but: tuple[str, ...]
    between: int = _MOST_BETWEEN


@cache
def crises() -> tuple[Crisis, ...]:
    """All kinds, in the order in which they are answered."""
    return _kinds("crisis.toml")


@cache
def circumstances() -> tuple[Crisis, ...]:
    """What a query may say of herself: no crisis, but it decides which lines fit her."""
    return _kinds("circumstances.toml")


def _kinds(name: str) -> tuple[Crisis, ...]:
    found = tomllib.loads((ROOT / name).read_text())
    return tuple(_crisis(kind, values) for kind, values in found.items())


def _crisis(kind: str, values: dict[str, Any]) -> Crisis:
    patterns = {
        language: tuple(dict.fromkeys(one for pattern in values.get(language, ()) for one in _written_out(pattern)))
        for language in ("en", "ms", "ta", "zh-hans")
    }
    but = tuple(fold(one) for one in values.get("but", ()))
    lines, pages = tuple(values.get("lines", ())), tuple(values.get("pages", ()))
    return Crisis(kind, lines, pages, patterns, but, values.get("between", _MOST_BETWEEN))


def _written_out(pattern: str) -> Iterator[tuple[str, ...]]:
    """A pattern once for every choice of its words: "hit my son|daughter" -> hit my son, hit my daughter."""
    for chosen in product(*(choice.split("|") for choice in pattern.split())):
        yield tuple(_split(" ".join(chosen)))


class Heard(NamedTuple):
    """The kinds of crisis that a query speaks of, and of herself: ``POLICE_RISK``, ``CHILD``."""

    crises: tuple[Crisis, ...] = ()
    circumstances: frozenset[str] = frozenset()


def heard_in(query: str) -> list[Crisis]:
    """The kinds of crisis that a query speaks of."""
    return list(hear(query).crises)


def hear(query: str) -> Heard:
    """All that a query says of a crisis and of herself. Who speaks of a child in danger needs a child's line."""
    typed = _split(query[:LONGEST_QUERY])
    hearings = (_HeardInLatin(typed), _HeardInTamil(typed), _HeardInChinese(query[:LONGEST_QUERY], typed))
    found = [one for one in (*crises(), *circumstances()) if any(hearing.hears(one) for hearing in hearings)]
    return Heard(
        tuple(one for one in found if one in crises()),
        frozenset(one.kind for one in found if one.kind in (POLICE_RISK, CHILD)),
    )


# What each word of a query may mean, in their order.
_Said = Sequence[frozenset[str]]


class _HeardInLatin:
    """English and Malay, in chat spelling, in Jawi, and with a letter wrong."""

    def __init__(self, typed: list[str]) -> None:
        latin = [one for word in typed if not HAN.match(word) for one in _spelt_out(word)]
        self._said = [_meant(word) for word in latin]
        self._surely = [_surely_meant(word) for word in latin]
        self._joined = "".join(word for word in typed if word.isascii())

    def hears(self, crisis: Crisis) -> bool:
        """A kind without lines of its own is a circumstance: what takes a line away must leave no doubt."""
        said = self._said if crisis.lines else self._surely
        all_said = frozenset[str]().union(*said)
        patterns = (pattern for one in _LATIN for pattern in crisis.patterns[one])
        return any(self._hears(pattern, said, crisis.between, all_said) for pattern in patterns)

    def _hears(self, pattern: tuple[str, ...], said: _Said, between: int, all_said: frozenset[str]) -> bool:
        together = "".join(pattern)
        if len(pattern) > 1 and len(together) >= _LONGEST_JOINED and together in self._joined:
            return True
        return all_said.issuperset(pattern) and _in_order(pattern, said, between)


class _HeardInTamil:
    """Tamil by its sound, in either script. A word of English or Malay is never heard as Tamil."""

    def __init__(self, typed: list[str]) -> None:
        heard = [word for word in typed if tamil.is_tamil(word) or _may_be_tamil(word) or word.isdecimal()]
        self._said = [(word, _sounding_like(word)) for word in heard]

    def hears(self, crisis: Crisis) -> bool:
        said = [meant for word, meant in self._said if not word.startswith(crisis.but or "-")]
        return any(_in_order(pattern, said, crisis.between) for pattern in crisis.patterns["ta"])


class _HeardInChinese:
    """Chinese as characters or as pinyin; characters typed by their sound too, where they are no word."""

    def __init__(self, query: str, typed: list[str]) -> None:
        self._text = "".join(
            word.replace(" ", "") if HAN.match(word) or word.isdecimal() else " " for word in _split(query)
        )
        latin = [word for word in typed if word.isascii() and word.isalpha()]
        runs = [] if all(is_real_word(word) for word in latin) else ["".join(latin)]
        runs += [word for word in latin if not is_real_word(word)]
        ways = [next(pinyin.splits(run.replace("v", "u")), []) for run in dict.fromkeys(runs)]
        ways += [pinyin.readings(run) for run in pinyin.HAN_RUN.findall(self._text)]
        self._sounds = [_sound_line(way) for way in ways]

    def hears(self, crisis: Crisis) -> bool:
        text = self._text
        patterns = _runs_of(crisis.patterns["zh-hans"])
        for one in set(crisis.but).difference(patterns):
            text = text.replace(one, " ")
        if any(one in text for one in patterns):
            return True
        if text != self._text or any(is_real_word(text[place : place + 2]) for place in range(len(text) - 1)):
            return False
        lines = [_line_of(one) for one in patterns if one not in crisis.but]
        return any(line in sound for line in lines for sound in self._sounds)


def _split(text: str) -> list[str]:
    return words(_APOSTROPHES.sub("", text))


@cache
def _runs_of(patterns: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    return tuple("".join(pattern).replace(" ", "") for pattern in patterns)


def _sound_line(syllables: Iterable[str]) -> str:
    return "".join(f" {pinyin.heard(one)}" for one in syllables) + " "


@cache
def _line_of(pattern: str) -> str:
    return _sound_line(pinyin.readings(pattern))


def _in_order(pattern: Sequence[str], said: _Said, between: int) -> bool:
    """Whether the words of a pattern are said in their order, with at most so many others between two."""
    ends = {place for place, meant in enumerate(said) if pattern[0] in meant}
    if len(pattern) == 1 or not ends:
        return bool(ends)
    for wanted in pattern[1:]:
        near = {place for end in ends for place in range(end + 1, min(len(said), end + 2 + between))}
        ends = {place for place in near if wanted in said[place]}
    return bool(ends)


def _spelt_out(word: str) -> list[str]:
    """A typed word, or the words that a chat makes one of: xnak -> tak, nak."""
    stand_in = [one for name in ("ms/chat", "en/chat") for one in table(name).get(word, "").split()]
    if len(stand_in) > 1 and word.startswith("x"):
        return stand_in
    if len(word) > 3 and word.startswith("x") and (word[1:] in word_list("ms/empty") or is_real_word(word[1:])):
        return ["tak", word[1:]]
    return [word]


def _meant(word: str) -> frozenset[str]:
    """The words of the patterns that a typed word may be."""
    like = [] if _is_real(word) else _spelt_like(word)
    if jawi.is_jawi(word):
        bones = jawi.skeleton(word)
        like = [one.word for some in _latin_words().values() for one in some if one.skeleton == bones and bones[1:]]
    return _as_spelt(word) | frozenset(like)


def _surely_meant(word: str) -> frozenset[str]:
    """The same, but a short word only as it is spelt: guy is not gay."""
    return _as_spelt(word) if len(word) < _LONG else _meant(word)


def _as_spelt(word: str) -> frozenset[str]:
    stand_in = {one for name in ("en/chat", "ms/chat") for one in table(name).get(word, "").split()}
    ways = {word, *stand_in, *chat.undoubled(word)}
    return frozenset(ways | {form for one in ways for form in forms(one)})


class _Word(NamedTuple):
    """A word of a pattern, and how a chat may write it."""

    word: str
    key: str
    skeleton: str


@cache
def _latin_words() -> dict[str, list[_Word]]:
    """The words of the English and Malay patterns by their first letter."""
    found: dict[str, list[_Word]] = {}
    for word in {word for one in _all_kinds() for name in _LATIN for pattern in one.patterns[name] for word in pattern}:
        if len(word) >= _SHORTEST:
            found.setdefault(word[0], []).append(_Word(word, chat.key(word), chat.skeleton(word)))
    return found


def _is_real(word: str) -> bool:
    """Whether a word is one of the language, with an ending or without."""
    return any(is_real_word(form) for form in forms(word))


def _spelt_like(word: str) -> list[str]:
    """The words that are the same in a chat's spelling, or with a letter wrong."""
    if len(word) < _SHORTEST:
        return []
    key, bones = chat.key(word), chat.skeleton(word) if chat.lacks_vowels(word) else "-"
    return [
        one.word
        for one in _latin_words().get(word[0], ())
        if one.key == key
        or one.skeleton == bones
        or _is_swapped(one.word, word)
        or (len(one.word) >= _LONG and _is_near(one.word, word, 2 if len(one.word) >= _VERY_LONG else 1))
    ]


def _is_swapped(one: str, other: str) -> bool:
    """Whether only the order of the letters after the first is another: raep."""
    return one[0] == other[0] and len(one) > _SHORTEST and sorted(one) == sorted(other)


def _is_near(one: str, other: str, most: int) -> bool:
    """Whether at most so many letters are wrong, missing, too many, or two changed places."""
    if abs(len(one) - len(other)) > most or one[0] != other[0]:
        return False
    before, row = [], list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1] <= most


def _may_be_tamil(word: str) -> bool:
    return word.isascii() and word.isalpha() and not is_real_word(word)


def _sounding_like(word: str) -> frozenset[str]:
    """The words of the Tamil patterns whose sounds a word begins with, in Latin letters with one of them wrong."""
    if word.isdecimal():
        return frozenset({word})
    said = tamil.keys(word)
    may_differ = not tamil.is_tamil(word)
    return frozenset(
        wanted
        for key, wanted in _tamil_words()
        for one in said
        if one == key
        or (len(key) >= _SHORTEST and one.startswith(key))
        or (may_differ and len(key) > _LONG and _is_near(key, one[: len(key)], 1))
    )


@cache
def _tamil_words() -> list[tuple[str, str]]:
    """The words of the Tamil patterns with their keys."""
    found = {word for one in _all_kinds() for pattern in one.patterns["ta"] for word in pattern}
    return sorted((key, word) for word in found for key in _keys_as_spoken(word))


def _keys_as_spoken(word: str) -> set[str]:
    """The keys of a word, and with an object's -ஐ as it is spoken, -அ: கையை as kaiya."""
    return tamil.keys(word) | (tamil.keys(word[:-1]) if word.endswith("ை") else set())


def _all_kinds() -> tuple[Crisis, ...]:
    return (*crises(), *circumstances())
