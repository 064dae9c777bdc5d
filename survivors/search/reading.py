"""What a query asks for, in the words of an index: read as it stands, by its sound, as a chat writes it, or guessed.

The first way that finds something is taken. A guess is named in the answer, so that it can be undone; the same word in
another script or a chat's spelling is no guess.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby, pairwise

from survivors.search.hearing import chat, jawi, pinyin, tamil
from survivors.search.spelling import is_real_word, table, word_list
from survivors.search.vocabulary import Vocabulary
from survivors.search.words import HAN, LONGEST_QUERY, Term, empty_words, fold, forms, pairs, telling_runs, words

NEARLY_RIGHT, LIKE = 0.85, 0.72
_SURELY_MISSPELT = 0.9
_MOST_TERMS = 40
_LEAST_TO_GROW = 5
_LEAST_TO_JOIN = 6
_MOST_MEANT = 2
# Letters of a word that is not set right by how it sounds.
_SHORT = 3
_VOWELS = frozenset("aeiou")


# How sure one is that a word means what it was read as.
_SURE, _LIKELY, _MAYBE, _GUESSED = 1.0, 0.8, 0.3, 0.4


@dataclass
class Reading:
    """``terms`` to look for; the words that were ``named`` for others; what could not be ``read``.

    ``line`` is the whole query in the guide's spelling, to see whether it stands somewhere word for word.
    """

    terms: list[Term] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    sure: float = 0
    line: str = ""

    def add(self, term: Term, sure: float, named: str = "") -> None:
        self.terms.append(term)
        self.sure += sure
        self.named += [named.replace(" ", "")] if named else []

    @property
    def share(self) -> float:
        """How much of the query was read, and how surely, 0 to 1."""
        return self.sure / max(1, len(self.terms) + len(self.unread))


class Reader:
    """Reads queries by the words of one language's index."""

    def __init__(self, vocabulary: Vocabulary, language: str) -> None:
        self._words = vocabulary
        self._language = language

    def read(self, query: str, guess: float = NEARLY_RIGHT) -> Reading:
        """``guess``: how like a misspelt word must be to a known one; above 1 nothing is guessed at all."""
        typed = words(query[:LONGEST_QUERY])
        reading = Reading(line=f" {' '.join(map(self._in_full, typed))} ")
        for _, group in groupby(typed, key=_is_latin):
            run = self._joined(list(group))
            self._read_words(run, typed, reading, guess)
        reading.terms = list({term.word: term for term in reading.terms}.values())[:_MOST_TERMS]
        return reading

    def _read_words(self, run: list[str], typed: list[str], reading: Reading, guess: float) -> None:
        """A run word by word, and what stands between plain words as pinyin where it is."""
        syllables = sum(pinyin.is_syllable(word) for word in run)
        for is_plain, group in groupby(run, key=lambda word: self._is_plain(word, syllables > 1)):
            between = list(group)
            if is_plain or not self._read_pinyin(between, reading, guess):
                for word in self._telling(between, typed):
                    self._read(word, reading, guess)

    def _joined(self, run: list[str]) -> list[str]:
        """Two words that the guide writes as one are one: tik tok, aal maaratam."""
        joined = run[:1]
        for word in run[1:]:
            if self._is_one(joined[-1], word):
                joined[-1] += word
            else:
                joined.append(word)
        return joined

    def _is_one(self, first: str, second: str) -> bool:
        together = first + second
        if HAN.match(together) or together.isdecimal() or len(together) < _LEAST_TO_JOIN:
            return False
        if together in self._words.counts:
            return not (self._words.counts[first] and self._words.counts[second])
        apart = all(self._words.stands(one) or self._words.in_tamil(one) for one in (first, second))
        return not apart and bool(self._words.in_tamil(together))

    def _telling(self, run: list[str], typed: list[str]) -> list[str]:
        """The words that say something; all of them where none does."""
        found = [word for word in run if not self._is_empty(word)]
        return found or ([] if any(not self._is_empty(word) for word in typed) else run)

    def _in_full(self, word: str) -> str:
        """A word as the guide spells it, where a chat spells it in another way."""
        stand_in = chat.stands_for(word, self._language)
        if stand_in and (word in empty_words() or word not in self._words.counts):
            return " ".join(stand_in)
        if word in self._words.counts or not _is_latin(word):
            return word
        known = [one for one in chat.undoubled(word) if one in self._words.counts]
        return next(iter(known or self._words.in_chat(word)), word)

    def _is_empty(self, word: str) -> bool:
        if word in empty_words() or self._in_full(word) in empty_words():
            return True
        stand_in = chat.stands_for(word, self._language)
        if stand_in:
            return all(one in empty_words() for one in stand_in)
        in_tamil = self._language == "ta" and not tamil.is_tamil(word) and word not in self._words.counts
        return (
            in_tamil
            and tamil.key(word) in _empty_tamil()
            and empty_tamil_words().issuperset(self._words.in_tamil(word))
        )

    def _read(self, word: str, reading: Reading, guess: float) -> None:
        if HAN.match(word):
            self._read_han(word, reading, guess)
            return
        for find, sure in ((self._same, _SURE), (self._longer, _LIKELY), (self._alike, _MAYBE)):
            if term := find(word):
                reading.add(term, sure if term.forms or any(map(tamil.is_tamil, term.exact)) else _MAYBE)
                return
        if guess <= 1 and (found := self._guess(word, guess)):
            reading.add(Term(word, (), tuple(found)), _GUESSED, found[0])
        else:
            reading.unread.append(word)

    def _same(self, word: str) -> Term | None:
        """A word as it stands, or the same word in another script or a chat's spelling."""
        stand_in = [one for one in self._stand_in(word) if one not in empty_words() and self._words.stands(one)]
        same = tuple(self._words.in_tamil(word))
        if self._words.stands(word):
            return Term(word, (*forms(word), *stand_in), same)
        if stand_in or same:
            meant = [*stand_in, *filter(tamil.is_tamil, same[:_MOST_MEANT])]
            return Term(word, tuple(dict.fromkeys(form for one in meant for form in forms(one))), same)
        for other in chat.undoubled(word):
            if self._words.stands(other) or self._words.in_tamil(other):
                return Term(word, forms(other), tuple(self._words.in_tamil(other)))
        return None

    def _longer(self, word: str) -> Term | None:
        """Words that begin like it."""
        may_grow = len(word) >= _LEAST_TO_GROW or word in word_list(f"{self._language}/words")
        return Term(word, forms(word)) if may_grow and self._words.grows(word) else None

    def _alike(self, word: str) -> Term | None:
        """Words that begin with the same Tamil sounds, unless it is nearly a known word in Latin letters."""
        if self._words.in_chat(word) or self._words.near(word, _SURELY_MISSPELT):
            return None
        found = self._words.in_tamil_by_root(word)
        return Term(word, (), tuple(found)) if found else None

    def _stand_in(self, word: str) -> list[str]:
        if self._language == "zh-hans" and word in dialect():
            return [" ".join(one) for one in dialect()[word].split()]
        return chat.stands_for(word, self._language)

    def _guess(self, word: str, least: float) -> list[str]:
        """What a word may have been meant as: by its consonants, or by its spelling."""
        if jawi.is_jawi(word):
            return self._words.without_vowels(jawi.skeleton(word))
        if _is_real(word) or word in word_list("sections") | word_list("acts"):
            return []
        is_sure = len(word) > _SHORT or _VOWELS.isdisjoint(word)
        return (
            (self._words.without_vowels(word) if chat.lacks_vowels(word) and is_sure else [])
            or (self._words.in_chat(word) if len(word) > _SHORT and not self._may_be_chinese(word) else [])
            or self._words.near(word, least)
            or self._words.in_tamil_by_skeleton(word)
            or (self._words.without_vowels(word) if len(word) >= _LEAST_TO_GROW else [])
        )

    def _may_be_chinese(self, word: str) -> bool:
        """Whether a word is pinyin to the last letter, so that its sound is no other word's: zisha is not size."""
        return self._language != "ms" and any(pinyin.splits(word))

    def _read_han(self, run: str, reading: Reading, guess: float) -> None:
        """A run of characters pair by pair; a pair that is unknown is heard, unless it is where two words meet."""
        unknown = []
        for piece in self._without_dialect(run, reading):
            for pair in pairs(piece.split()):
                if self._words.has_phrase(pair):
                    reading.add(Term(pair, (pair,)), _SURE)
                else:
                    unknown.append(pair)
        known = {one for term in reading.terms if _joining().isdisjoint(term.word) for one in term.word.split()}
        for pair in unknown:
            if not known.isdisjoint(pair.split()):
                continue
            heard = self._heard(pair) if guess <= 1 else []
            if heard:
                reading.add(Term(pair, tuple(heard)), _GUESSED, heard[0])
            else:
                reading.unread.append(pair)

    def _heard(self, pair: str) -> list[str]:
        """Known pairs that sound exactly like a pair which is no word itself."""
        if " " not in pair or not _joining().isdisjoint(pair) or is_real_word(pair.replace(" ", "")):
            return []
        return self._words.sounds.like(pair)

    def _without_dialect(self, run: str, reading: Reading) -> Iterator[str]:
        """The pieces of a run between words of dialect, which are read as what they stand for."""
        for piece in telling_runs(run) or [run]:
            last = 0
            for found in _dialect_in_han().finditer(piece):
                yield piece[last : found.start()].strip()
                last = found.end()
                stand_in = dialect()[found[0].replace(" ", "")].split()
                together = [pair for one in stand_in for pair in (pairs([*one]) if HAN.match(one) else [one])]
                reading.add(Term(found[0], (found[0], *together)), _SURE)
            yield piece[last:].strip()

    def _read_pinyin(self, run: list[str], reading: Reading, guess: float) -> bool:
        """Whether a run of Latin words was read as pinyin: where Chinese is asked for and it is not plain words."""
        if self._language != "zh-hans" or guess > 1 or not _is_latin(run[0]):
            return False
        letters = "".join(run).replace("v", "u").replace("ü", "u")
        if not (letters.isascii() and letters.isalpha()):
            return False
        read = [(way, self._pairs_in(way)) for way in _ways(run, letters)]
        best = max(read, key=lambda one: len(one[1]) / max(1, len(one[0]) - 1), default=([], []))[1]
        if len(best) * 3 < max(2, len(letters) / 4) or (_is_real(letters) and not _is_whole(read)):
            return False
        for found in best:
            reading.add(Term(found[0], tuple(found)), _LIKELY, found[0])
        return True

    def _pairs_in(self, way: list[str]) -> list[list[str]]:
        return [found for pair in pairwise(way) if (found := self._words.sounds.pairs(*pair))]

    def _is_plain(self, word: str, among_syllables: bool) -> bool:
        """Whether a Latin word is no pinyin; a syllable among others is."""
        if among_syllables and pinyin.is_syllable(word):
            return False
        return word in empty_words() or self._words.stands(word) or word in dialect() or word.isdecimal()


def _is_whole(read: list[tuple[list[str], list[list[str]]]]) -> bool:
    """Whether Chinese is heard in every syllable of a word: in mama, not in aside."""
    return any(len(found) == len(way) - 1 for way, found in read)


def _ways(run: list[str], letters: str) -> Iterable[list[str]]:
    """How letters may be split into syllables: as they are spaced, or anyhow."""
    spaced = [next(pinyin.splits(word.replace("v", "u")), []) for word in run]
    if all(spaced):
        yield [syllable for way in spaced for syllable in way]
    yield from pinyin.splits(letters)


def _is_real(word: str) -> bool:
    """Whether a word is a common one of any of the four languages, with an ending or without."""
    return any(is_real_word(one) for one in forms(word) if word.startswith(one))


def _is_latin(word: str) -> bool:
    return "a" <= word[0] <= "z" or word[0] == "ü"


@cache
def _empty_tamil() -> frozenset[str]:
    return frozenset(map(tamil.key, empty_tamil_words()))


@cache
def empty_tamil_words() -> frozenset[str]:
    return frozenset(map(fold, word_list("ta/empty")))


@cache
def _joining() -> frozenset[str]:
    return word_list("zh-hans/joining")


@cache
def dialect() -> dict[str, str]:
    return {fold(word).replace(" ", ""): fold(meant) for word, meant in table("zh-hans/dialect").items()}


@cache
def _dialect_in_han() -> re.Pattern[str]:
    said = sorted((word for word in dialect() if HAN.match(word)), key=len, reverse=True)
    return re.compile("|".join(" ".join(word) for word in said))
