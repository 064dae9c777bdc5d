"""Chinese by its sound: pinyin, with or without spaces, to pairs of characters; and characters typed by their sound.

pypinyin says how a phrase is read, characters with several readings included. Toneless; ü is u, and what southern
speech does not tell apart (zh z, ch c, sh s, -ng -n) is one sound.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise

from survivors.search.words import HAN, fold

HAN_RUN = re.compile(f"{HAN.pattern}+")
_MOST_WAYS = 12
_LONGEST_SYLLABLE = 6
_LONGEST_PHRASE = 4  # characters
_LONGEST_RUN = 60  # letters
_MOST_CHARACTERS = 3
_MIXED_UP = ((re.compile("^([zcs])h"), r"\1"), (re.compile("(?<=[aei])ng$"), "n"), (re.compile("^([nl])ue?$"), r"\1u"))


@cache
def _phrases() -> dict[str, list[list[str]]]:
    # It takes as long to load as half of all else that a command begins with, and most commands need none of it.
    from pypinyin.constants import PHRASES_DICT

    return PHRASES_DICT


@cache
def _characters() -> dict[int, str]:
    from pypinyin.constants import PINYIN_DICT

    return PINYIN_DICT


def readings(run: str) -> list[str]:
    """How each character of a run of Han characters is read there: 银行 -> yin, hang."""
    read: list[str] = []
    while len(read) < len(run):
        rest = run[len(read) : len(read) + _LONGEST_PHRASE]
        phrases = (rest[:length] for length in range(len(rest), 1, -1))
        phrase = next((one for one in phrases if one in _phrases()), "")
        read += [_without_tone(every[0]) for every in _phrases()[phrase]] if phrase else [usual(rest[0])]
    return read


@cache
def usual(character: str) -> str:
    """How a character is read by itself."""
    return _without_tone(_characters().get(ord(character), "").partition(",")[0])


@cache
def ways(character: str) -> frozenset[str]:
    """All readings of a character."""
    return frozenset(_without_tone(one) for one in _characters().get(ord(character), "").split(",") if one)


@cache
def heard(syllable: str) -> str:
    """A syllable with what is often mixed up made one."""
    for written, sound in _MIXED_UP:
        syllable = written.sub(sound, syllable)
    return syllable


def splits(letters: str) -> Iterator[list[str]]:
    """The ways to read Latin letters as whole syllables, those with the fewest first: xian -> [xian], [xi, an]."""
    ways = _ways(letters) if len(letters) <= _LONGEST_RUN else []
    yield from sorted(ways, key=len)[:_MOST_WAYS]


def is_syllable(word: str) -> bool:
    return word in syllables()


def _ways(letters: str) -> list[list[str]]:
    found: list[list[list[str]]] = [[[]], *([] for _ in letters)]
    for end in range(1, len(letters) + 1):
        for start in range(max(0, end - _LONGEST_SYLLABLE), end):
            if found[start] and letters[start:end] in syllables():
                found[end] += [[*way, letters[start:end]] for way in found[start]]
        found[end] = sorted(found[end], key=len)[:_MOST_WAYS]
    return found[-1]


@cache
def syllables() -> frozenset[str]:
    marked = (one for every in _characters().values() for one in every.split(","))
    plain = {_without_tone(one) for one in marked}
    return frozenset(one for one in plain if one.isascii() and one.isalpha() and any(v in one for v in "aeiou"))


@cache
def _without_tone(syllable: str) -> str:
    letters = unicodedata.normalize("NFD", syllable).replace("u\u0308", "u")
    return "".join(one for one in letters if not unicodedata.combining(one))


class Sounds:
    """Pairs of neighbouring characters in some phrases, by how they are read."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self.by_sound: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        runs = Counter(run for phrase in phrases for run in HAN_RUN.findall(phrase))
        # Folded in one go, to be fast.
        for (run, times), folded in zip(runs.items(), fold("\n".join(runs)).splitlines(), strict=True):
            self._add(run, folded, times)

    def pairs(self, first: str, second: str) -> list[str]:
        """The pairs that sound like two syllables, as "裸 照", the most frequent first."""
        found = self.by_sound.get((heard(first), heard(second)), Counter())
        exactly = [pair for pair in found if first in ways(pair[0]) and second in ways(pair[-1])]
        return sorted(exactly or found, key=lambda pair: -found[pair])[:_MOST_CHARACTERS]

    def like(self, pair: str) -> list[str]:
        """The pairs that sound exactly like a pair of characters, as it is read in a phrase or each by itself."""
        read = dict.fromkeys([tuple(readings(pair[0] + pair[-1])), (usual(pair[0]), usual(pair[-1]))])
        found = dict.fromkeys(near for sounds in read for near in self.pairs(*sounds))
        return [near for near in found if any(one in ways(near[0]) and other in ways(near[-1]) for one, other in read)]

    def _add(self, run: str, folded: str, times: int) -> None:
        """Pairs of the folded run, by how it is read and by how what is written is: 影片 is folded to 视频."""
        if len(run) != len(folded):  # 部落格 is folded to 博客
            for one, other in pairwise(readings(run)):
                self.by_sound[heard(one), heard(other)][" ".join(folded[:2])] += times
        for written in dict.fromkeys([run, folded] if len(run) == len(folded) else [folded]):
            for place, (sound, next_sound) in enumerate(pairwise(readings(written))):
                ways = dict.fromkeys([(sound, next_sound), (usual(written[place]), usual(written[place + 1]))])
                for one, other in ways:
                    self.by_sound[heard(one), heard(other)][" ".join(folded[place : place + 2])] += times
