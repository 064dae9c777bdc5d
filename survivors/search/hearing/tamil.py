"""Tamil by its sound: the script, and any way of typing it in Latin letters, come to one key.

The tables are in ``spelling/ta/``. What people mix up is one sound: th t d, zh l, k g h, p b f, s ch j, long and short
vowels, e and i, o and u, single and doubled letters.
"""

import re
from functools import cache

from survivors.search.spelling import table

_SCRIPT = re.compile("[\u0b80-\u0bff]")
# A consonant without a sign of its own is followed by a.
_BARE = re.compile("([\u0b95-\u0bb9])(?![\u0bbe-\u0bcd])")
# Joint sounds that are written in more than one way: ற்ற tr or tt, ன்ற ndr or nr, மாய் maay or maai, ங் ng, ங்க் ngk,
# வ்ஹ wh, which is also how English words write வ.
_JOINT = (
    (re.compile("tr|rr"), "t"),
    (re.compile("nr"), "nt"),
    (re.compile("y(?![aiu])"), "i"),
    (re.compile("nk+(?![aiuk])"), "n"),
    (re.compile("vk"), "v"),
)
_SOFT_C = re.compile("c(?![hk])")
_HARD_R = re.compile("ற்(?=[கசதப])")
_DOUBLED = re.compile(r"(.)\1+")
_VOWELS = re.compile("(?<=.)[aiu]+")
_SHORTEST_ROOT = 5


def key(word: str) -> str:
    """The sound of a folded word in either script; empty where there is none."""
    sounds = _of_script(word) if _SCRIPT.search(word) else _of_latin(word)
    for found, sound in _JOINT:
        sounds = found.sub(sound, sounds)
    return re.sub("^yi", "i", _DOUBLED.sub(r"\1", sounds))


def keys(word: str) -> set[str]:
    """All keys of a word: தற்கொலை is heard as thatkolai and as tharkolai, c is typed for both k and ச."""
    if _SCRIPT.search(word):
        return {key(word), key(_HARD_R.sub("ட்", word))} if "ற்" in word else {key(word)}
    return {key(word), key(_SOFT_C.sub("s", word))} if "c" in word else {key(word)}


def roots(sounds: str) -> list[str]:
    """The beginnings of a key that endings may leave alone, the longest first."""
    longest, shortest = -(-len(sounds) * 3 // 5), -(-len(sounds) * 9 // 20)
    return [sounds[:length] for length in range(max(_SHORTEST_ROOT, longest), max(_SHORTEST_ROOT, shortest) - 1, -1)]


def skeleton(sounds: str) -> str:
    """A key without its vowels but the first letter, for what is heard differently."""
    return _VOWELS.sub("", sounds)


def is_tamil(word: str) -> bool:
    return bool(_SCRIPT.search(word))


def _of_script(word: str) -> str:
    return _of_latin(_BARE.sub("\\1அ", word).translate(_letters()))


@cache
def _letters() -> dict[int, str]:
    return {ord(letter): sound for letter, sound in table("ta/script").items()}


def _of_latin(word: str) -> str:
    sounds, letters = table("ta/romanised"), "".join(one for one in word if "a" <= one <= "z")
    return _latin().sub(lambda found: sounds[found[0]], letters)


@cache
def _latin() -> re.Pattern[str]:
    return re.compile("|".join(sorted(table("ta/romanised"), key=len, reverse=True)))
