"""Malay and English as they are typed in chats, by rules; what no rule finds stands in ``spelling/*/chat.tsv``."""

import re

from survivors.search.spelling import table

_DOUBLED = re.compile(r"(.)\1+")
# What is typed for what is written: q for k, balek for balik, tido for tidur, kene for kena, Malay sy sh th as said.
_HEARD = (
    ("q", "k"), ("ck", "k"), ("kh", "k"), ("gh", "r"), ("ph", "f"), ("dh", "d"), ("th", "t"), ("sy", "s"), ("sh", "s"),
    ("v", "f"), ("z", "s"), ("w", "u"),
)  # fmt: skip
_LOST_AT_THE_END = re.compile("(?<=[aiu])[hr]$")
_VOWELS = str.maketrans("eo", "iu")
_NASALS = (("ng", "g"), ("ny", "n"))
_NOT_SAID = re.compile("(?<=.)[aeiouwy]+")
# A word without its vowels has at most one for every three letters: gmbr, kwn, tlg, hntr, vdeo.
_SHORTEST, _LONGEST_SHORT = 3, 6


def key(word: str) -> str:
    """One form for the ways to type a word in Latin letters."""
    sounds = _DOUBLED.sub(r"\1", word)
    sounds = sounds.removesuffix("h") if len(sounds) > 4 else sounds
    if len(sounds) > 3 and sounds.endswith("e"):
        sounds = sounds[:-1] + "a"
    for typed, sound in _HEARD:
        sounds = sounds.replace(typed, sound)
    sounds = sounds.translate(_VOWELS)
    if len(sounds) > 4:
        sounds = _LOST_AT_THE_END.sub("", sounds)
    return _DOUBLED.sub(r"\1", sounds)


def skeleton(word: str) -> str:
    """A word without its vowels but the first letter: tolong, tlong, tlg -> tlg."""
    for written, sound in _NASALS:
        word = word.replace(written, sound)
    return _DOUBLED.sub(r"\1", _NOT_SAID.sub("", word))


def lacks_vowels(word: str) -> bool:
    """Whether a word looks as if its vowels were left out."""
    vowels = sum(letter in "aeiou" for letter in word)
    return _SHORTEST <= len(word) <= _LONGEST_SHORT and word.isalpha() and vowels * 3 <= len(word)


def stands_for(word: str, language: str) -> list[str]:
    """What a short form stands for, the reader's own language first; nothing where it is not in the tables."""
    others = [one for one in ("ms", "en") if one != language]
    for one in (language, *others):
        if one in ("ms", "en") and word in table(f"{one}/chat"):
            return table(f"{one}/chat")[word].split()
    return []


def undoubled(word: str) -> list[str]:
    """Other ways to read a word that is typed as in a chat: senyap2 -> senyap, xtahu -> tahu, nudesss -> nudes."""
    ways = []
    if len(word) > 3 and word.endswith("2"):
        ways.append(word[:-1])
    if len(word) > 3 and word.startswith("x"):
        ways.append(word[1:])
    if re.search(r"(.)\1\1", word):
        ways += [re.sub(r"(.)\1\1+", r"\1", word), re.sub(r"(.)\1\1+", r"\1\1", word)]
    return ways
