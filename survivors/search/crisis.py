"""Whether a query speaks of suicide, rape, violence, being followed home or a child in danger, however it is typed.

A match too many costs a line on the screen, a match too few may cost a life: one letter may be wrong, and every script
and spelling is heard. The patterns are in ``spelling/crisis.toml``. What the query says of herself and decides which
help lines fit her, that the police are a risk or that she is a child, is in ``spelling/circumstances.toml``.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import product
from typing import Any, NamedTuple

from survivors.search.hearing import chat, jawi, pinyin, tamil
from survivors.search.spelling import ROOT, is_real_word, table, word_list
from survivors.search.words import HAN, LONGEST_QUERY, empty_words, fold, forms, words

# Between two words of a pattern there may be so many others, unless its kind says fewer.
_MOST_BETWEEN = 2
POLICE_RISK, CHILD = "police-risk", "child"
_MOST_CHARACTERS = 6
_LONG, _VERY_LONG = 5, 8
# The letters of a pattern that is found without the blanks between its words too.
_JOINED = range(8, 25)
_SHORTEST = 3
_LATIN = ("en", "ms")
_NAMED = re.compile(r"@(\w+)")
_VOWELS = frozenset("aeiou")
_APOSTROPHES = re.compile("['’‘`´]")


# The words of a pattern in their order; where there is a choice, all that may stand there.
Pattern = tuple[frozenset[str], ...]
# Patterns by each word that may be their first.
ByFirst = dict[str, list[Pattern]]


class _InChinese(NamedTuple):
    """The Chinese patterns of a kind as characters and by their sound, and what is not heard in them."""

    written: re.Pattern[str]
    spoken: re.Pattern[str]
    but: tuple[str, ...]


@dataclass(frozen=True)
class Crisis:
    """One kind: the contacts that fit (``lines``), pages to read, and its patterns by language.

    ``between``: how many other words there may be between two of a pattern.
    """

    kind: str
    lines: tuple[str, ...]
    pages: tuple[str, ...]
    patterns: dict[str, tuple[Pattern, ...]]
    but: tuple[str, ...]
    between: int = _MOST_BETWEEN

    @cached_property
    def latin(self) -> ByFirst:
        return _by_first(pattern for name in _LATIN for pattern in self.patterns[name])

    @cached_property
    def tamil(self) -> ByFirst:
        return _by_first(self.patterns["ta"])

    @cached_property
    def joined(self) -> frozenset[str]:
        """The longer English and Malay patterns without blanks: killmyself."""
        several = (pattern for name in _LATIN for pattern in self.patterns[name] if len(pattern) > 1)
        whole = ("".join(chosen) for pattern in several for chosen in written_out(pattern))
        return frozenset(one for one in whole if len(one) in _JOINED)

    @cached_property
    def in_chinese(self) -> _InChinese:
        """Between two parts of a pattern stand some characters, where one too many takes no line away."""
        most = _MOST_CHARACTERS if self.lines else 0
        parts = [[[one.replace(" ", "") for one in sorted(some)] for some in it] for it in self.patterns["zh-hans"]]
        single = {one for choices in parts if len(choices) == 1 for one in choices[0]}
        written = [f".{{0,{most}}}".join(map(_either, choices)) for choices in parts]
        heard = ([[one for one in some if one not in self.but] for some in choices] for choices in parts)
        long = (choices for choices in heard if all(choices) and any(len(one) > 1 for one in choices[-1] + choices[0]))
        spoken = [rf"(?:\S+ ){{0,{most}}}".join(_either(map(_sounds, some)) for some in choices) for choices in long]
        return _InChinese(
            re.compile(_either(written or ["(?!)"])),
            re.compile(rf"(?<!\S){_either(spoken or ['(?!)'])}"),
            tuple(one for one in self.but if one not in single),
        )


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
    named = found.pop("words", {})
    return tuple(_crisis(kind, values, named) for kind, values in found.items())


def _crisis(kind: str, values: dict[str, Any], named: dict[str, str]) -> Crisis:
    patterns = {
        language: tuple(dict.fromkeys(_pattern(one, named) for one in values.get(language, ())))
        for language in ("en", "ms", "ta", "zh-hans")
    }
    but = tuple(fold(one) for one in values.get("but", ()))
    lines, pages = tuple(values.get("lines", ())), tuple(values.get("pages", ()))
    return Crisis(kind, lines, pages, patterns, but, values.get("between", _MOST_BETWEEN))


def _pattern(written: str, named: dict[str, str]) -> Pattern:
    """ "hit @kin" -> {hit}, {son, daughter}, where kin is named as "son|daughter"."""
    whole = _NAMED.sub(lambda found: named[found[1]], written)
    return tuple(frozenset(" ".join(_split(one)) for one in choice.split("|")) for choice in whole.split())


def written_out(pattern: Pattern) -> Iterator[tuple[str, ...]]:
    """A pattern once for every choice of its words."""
    return product(*map(sorted, pattern))


class Heard(NamedTuple):
    """The kinds of crisis that a query speaks of, and of herself: ``POLICE_RISK``, ``CHILD``."""

    crises: tuple[Crisis, ...] = ()
    circumstances: frozenset[str] = frozenset()


def hear(query: str) -> Heard:
    """All that a query says of a crisis and of herself. Who speaks of a child in danger needs a child's line."""
    typed = _split(query[:LONGEST_QUERY])
    hearings = (_HeardInLatin(typed), _HeardInTamil(typed), _HeardInChinese(query[:LONGEST_QUERY], typed))
    found = [one for one in _all_kinds() if any(hearing.hears(one) for hearing in hearings)]
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
        joined = "".join(word for word in typed if word.isascii())
        self._pieces = frozenset(
            joined[start : start + length] for length in _JOINED for start in range(len(joined) - length + 1)
        )

    def hears(self, crisis: Crisis) -> bool:
        """A kind without lines of its own is a circumstance: what takes a line away must leave no doubt."""
        said = self._said if crisis.lines else self._surely
        if not self._pieces.isdisjoint(crisis.joined):
            return True
        return any(_in_order(pattern, said, crisis.between) for pattern in _begun(crisis.latin, said))


class _HeardInTamil:
    """Tamil by its sound, in either script. A word of English or Malay is never heard as Tamil."""

    def __init__(self, typed: list[str]) -> None:
        heard = [word for word in typed if tamil.is_tamil(word) or _may_be_tamil(word) or word.isdecimal()]
        self._said = [(word, _sounding_like(word)) for word in heard]

    def hears(self, crisis: Crisis) -> bool:
        said = [meant for word, meant in self._said if not word.startswith(crisis.but or "-")]
        return any(_in_order(pattern, said, crisis.between) for pattern in _begun(crisis.tamil, said))


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
        self._sounds = ["".join(f"{pinyin.heard(one)} " for one in way) for way in ways]

    def hears(self, crisis: Crisis) -> bool:
        patterns, text = crisis.in_chinese, self._text
        for one in patterns.but:
            text = text.replace(one, " ")
        if patterns.written.search(text):
            return True
        if text != self._text or any(is_real_word(text[place : place + 2]) for place in range(len(text) - 1)):
            return False
        return any(patterns.spoken.search(sound) for sound in self._sounds)


def _either(choices: Iterable[str]) -> str:
    return f"(?:{'|'.join(choices)})"


def _sounds(run: str) -> str:
    return "".join(f"{pinyin.heard(one)} " for one in pinyin.readings(run))


def _split(text: str) -> list[str]:
    return words(_APOSTROPHES.sub("", text))


def _by_first(patterns: Iterable[Pattern]) -> ByFirst:
    found: ByFirst = {}
    for pattern in patterns:
        for word in pattern[0]:
            found.setdefault(word, []).append(pattern)
    return found


def _begun(patterns: ByFirst, said: _Said) -> Iterator[Pattern]:
    """The patterns of which everything may be said, in whatever order."""
    all_said = frozenset[str]().union(*said)
    for pattern in dict.fromkeys(one for word in all_said for one in patterns.get(word, ())):
        if not any(choice.isdisjoint(all_said) for choice in pattern[1:]):
            yield pattern


def _in_order(pattern: Pattern, said: _Said, between: int) -> bool:
    """Whether the words of a pattern are said in their order, with at most so many others between two."""
    ends = {place for place, meant in enumerate(said) if not meant.isdisjoint(pattern[0])}
    for wanted in pattern[1:]:
        near = {place for end in ends for place in range(end + 1, min(len(said), end + 2 + between))}
        ends = {place for place in near if not wanted.isdisjoint(said[place])}
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
    like = [] if _is_known(word) else _spelt_like(word)
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
    for word in {word for name in _LATIN for word in _words_in(name)}:
        if len(word) >= _SHORTEST:
            found.setdefault(word[0], []).append(_Word(word, chat.key(word), chat.skeleton(word)))
    return found


def _is_known(word: str) -> bool:
    """Whether a word needs no other reading: it is a word, or a short form in the tables."""
    is_empty = word in empty_words() and not _VOWELS.isdisjoint(word)
    return is_empty or _is_real(word) or any(word in table(f"{name}/chat") for name in _LATIN)


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
        or (one.skeleton == bones and len(one.word) <= 2 * len(word))
        or _is_swapped(one.word, word)
        or (len(one.word) >= _LONG and _is_near(one.word, word, 2 if len(one.word) >= _VERY_LONG else 1))
    ]


def _is_swapped(one: str, other: str) -> bool:
    """Whether only the order of the letters after the first is another: raep."""
    return one[0] == other[0] and len(one) > _SHORTEST and sorted(one) == sorted(other)


def _is_near(one: str, other: str, most: int) -> bool:
    """Whether at most so many letters are wrong, missing, too many, or two changed places."""
    # Each such change takes away one letter at most, and brings one: most words are known not to be near by that alone.
    if abs(len(one) - len(other)) > most or one[0] != other[0] or len(set(one) ^ set(other)) > 2 * most:
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
        for one in said
        for key, wanted in _tamil_words().get(one[:1], ())
        if one == key
        or (len(key) >= _SHORTEST and one.startswith(key))
        or (may_differ and len(key) > _LONG and _is_near(key, one[: len(key)], 1))
    )


@cache
def _tamil_words() -> dict[str, list[tuple[str, str]]]:
    """The keys of the words of the Tamil patterns, each with its word, by their first letter."""
    found: dict[str, list[tuple[str, str]]] = {}
    for word in _words_in("ta"):
        for key in _keys_as_spoken(word):
            found.setdefault(key[:1], []).append((key, word))
    return found


def _words_in(language: str) -> set[str]:
    patterns = (pattern for one in _all_kinds() for pattern in one.patterns[language])
    return {word for pattern in patterns for choice in pattern for word in choice}


def _keys_as_spoken(word: str) -> set[str]:
    """The keys of a word, and with an object's -ஐ as it is spoken, -அ: கையை as kaiya."""
    return tamil.keys(word) | (tamil.keys(word[:-1]) if word.endswith("ை") else set())


def _all_kinds() -> tuple[Crisis, ...]:
    return (*crises(), *circumstances())
