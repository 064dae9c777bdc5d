"""Words as the search sees them: folded to one form, split, widened to their inflections.

FTS5's tokeniser and ``words`` must agree on what a word is: letters, digits and marks (Tamil vowel signs are marks),
and each Han character by itself.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise

from opencc import OpenCC

from survivors.search.spelling import word_list

LONGEST_QUERY = 200
TOKENIZER = "unicode61 categories 'L* N* Co Mn Mc'"

UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")
MARKS = "".join(chr(code) for code in range(0x300, 0xFFFF) if unicodedata.category(chr(code)) in ("Mn", "Mc"))
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
HAN = re.compile(f"[{_HAN}]")
_HAN_RUN = re.compile(f"[{_HAN}]+")
_WORD = re.compile(f"[{_HAN}]+|(?:[^\\W_{_HAN}]+|[{MARKS}]+)+")
_TAMIL = re.compile("[\u0b80-\u0bff]")
_PULLI = "\u0bcd"
SUFFIXES = (
    "ations", "ation", "ings", "ing", "ment", "ers", "ens", "ed", "er", "es", "s",
    "kannya", "kan", "nya", "lah", "an",
)  # fmt: skip
PREFIXES = ("menge", "meng", "mem", "men", "ber", "ter", "per", "di", "me")
# How Tamil nouns in -ம் end when they are many, or the object.
M_ENDINGS = ("ங்கள", "ங்க", "த்தை", "த்தில", "த்தின", "த்துக்கு", "த்தோடு", "த்த")
_ROOT = 4


def fold(text: str) -> str:
    """One form for what looks or means the same: width, case, traditional characters, words of Taiwan and Hong Kong."""
    text = unicodedata.normalize("NFKC", UNSEEN.sub("", text)).casefold()
    return _simplified(text) if HAN.search(text) else text


def _simplified(text: str) -> str:
    """In the characters and words of the mainland, as OpenCC has them; the guide and every query alike.

    Through the traditional ones, so that a word of Taiwan is the same in either characters: 網路, 网路 -> 网络.
    """
    for standard in ("s2t", "tw2sp", "hk2s"):
        text = _opencc(standard).convert(text)
    return text


@cache
def _opencc(standard: str) -> OpenCC:
    return OpenCC(standard)


def indexed(text: str) -> str:
    """A text as it goes into the index: folded, each Han character by itself."""
    return _HAN_RUN.sub(lambda run: f" {' '.join(run[0])} ", fold(text))


def words(text: str) -> list[str]:
    """The words of a text; a run of Han characters is one, with a space between each."""
    return _split(fold(text))


def _split(folded: str) -> list[str]:
    return [" ".join(word) if HAN.match(word) else word for word in _WORD.findall(folded)]


@cache
def empty_words() -> frozenset[str]:
    """Words that say nothing about what happened. They count only where a query has no others."""
    return frozenset(fold(word) for language in ("en", "ms", "ta") for word in word_list(f"{language}/empty"))


@cache
def empty_han() -> re.Pattern[str]:
    said = sorted(word_list("zh-hans/empty"), key=lambda word: (-len(word), word))
    return re.compile("|".join(" ".join(word) for word in said))


@dataclass(frozen=True)
class Term:
    """One thing to look for: ``forms`` are what counts, the most exact first. A text with more of them fits better.

    ``exact`` are whole words of the guide that are the same thing in another script or spelling.
    """

    word: str
    forms: tuple[str, ...]
    exact: tuple[str, ...] = ()

    @property
    def match(self) -> str:
        """An FTS5 expression. Nothing but words gets between its quotes, so no query is ever syntax."""
        whole = [f'"{self.word}"'] if self.forms and self.word == self.forms[0] and self.grows(self.word) else []
        grown = (f'"{form}"*' if self.grows(form) else f'"{form}"' for form in self.forms)
        return " OR ".join([*whole, *grown, *(f'"{one}"' for one in self.exact)])

    @staticmethod
    def grows(form: str) -> bool:
        """Whether longer words that begin like this count too; a Han phrase or two letters stand for themselves."""
        return not HAN.match(form) and len(form) > 2

    @cached_property
    def sought(self) -> tuple[str, ...]:
        """What to look for in a line of spaced words."""
        grown = [f" {form}" for form in self.forms if self.grows(form)]
        whole = [f" {one} " for one in (*(form for form in self.forms if not self.grows(form)), *self.exact)]
        return tuple(one for one in (*grown, *whole) if not _begins_longer(one, grown))

    @cached_property
    def marked(self) -> tuple[tuple[str, bool, bool], ...]:
        """What to look for in a text as it stands; whether it is Han, and whether longer words that begin so count."""
        grown = [form.replace(" ", "") for form in self.forms if self.grows(form)]
        found = dict.fromkeys(form.replace(" ", "") for form in (*self.forms, *self.exact))
        return tuple((one, bool(HAN.match(one)), one in grown) for one in found if not _begins_longer(one, grown))


def _begins_longer(one: str, grown: Iterable[str]) -> bool:
    """Whether what begins with one of these, and is another, is found with it anyway."""
    return any(one != other and one.startswith(other) for other in grown)


def telling_runs(run: str) -> list[str]:
    """A spaced run of Han characters without the words in it that say nothing."""
    return [one.strip() for one in empty_han().split(run) if one.strip()]


def pairs(run: list[str]) -> list[str]:
    """Two by two, as most Chinese words are, since nothing says where a word ends."""
    return [" ".join(pair) for pair in pairwise(run)] if len(run) > 1 else run


def forms(word: str) -> tuple[str, ...]:
    """A word and what is left of it without its endings and beginnings."""
    if _TAMIL.search(word):
        return _tamil_forms(word)
    found = [word]
    if word.isascii() and len(word) > _ROOT:
        found += [word[: -len(end)] for end in SUFFIXES if word.endswith(end) and len(word) - len(end) >= _ROOT][:1]
        found += [
            found[-1][len(one) :] for one in PREFIXES if word.startswith(one) and len(found[-1]) - len(one) >= _ROOT
        ][:1]
    return tuple(found)


def _tamil_forms(word: str) -> tuple[str, ...]:
    """A Tamil word, its noun in -ம் where it may have one, and its root."""
    word = word.removesuffix(_PULLI)
    found = [word]
    if len(word) > 3 and word[-1] in "கசதப" and word[-2:-1] not in ("", _PULLI):
        found += [word[:-1]]  # a consonant that only leads over to the next word
    if word.endswith("ம") and len(word) > 2:
        found += [word[:-1] + "ங்க", word[:-1] + "த்த"]
    for ending in M_ENDINGS:
        if (place := word.find(ending, 2)) > 0:
            found += [word[:place] + "ம"]
            break
    if len(word) > 3 and word[-1] in MARKS:
        found += [word[:-1]]  # a last vowel gives way to an ending
    return tuple(dict.fromkeys([*found, _tamil_root(word)]))


def _tamil_root(word: str) -> str:
    """The beginning of a Tamil word that its endings leave alone, cut where a syllable may go on."""
    length = max(_ROOT, int(len(word) * 0.45))
    if word[length - 1 : length] == _PULLI:
        length += 1
    root = word[:length]
    return root[:-1] if len(root) > _ROOT and root[-1] in MARKS else root


def is_part_of_word(character: str) -> bool:
    return character.isalnum() or character in MARKS


def spaced(*texts: str) -> list[str]:
    """Each text as one line of words with a space on each side, for ``Term.sought``; folded in one go, to be fast."""
    return [f" {' '.join(_split(line))} " for line in fold("\n".join(texts)).split("\n")]


def size(line: str) -> int:
    """How many terms a line of spaced words would make."""
    found = [word for word in line.split() if word not in empty_words()]
    return max(1, len(found) - any(map(HAN.match, found)))
