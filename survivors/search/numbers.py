"""Numbers, however they are written: telephone numbers by their digits, sections of a law and acts by their number."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, takewhile

from survivors.search.spelling import table, word_list
from survivors.search.words import HAN, LONGEST_QUERY, MARKS, fold
from toolkit.rendering.guide import Guide, facts_of
from toolkit.texts.records.facts import DIALLED, Provision

# Digits with what people put between them; at least three, as in 999.
_TYPED = re.compile(r"\d(?:[\s\-.()/·–—]*\d){2,}")
_PIECE_OF_A_NUMBER = 6  # digits
_CITED = re.compile(rf"((?:[^\W\d_]|[{MARKS}])*)[\s.]*?(\d{{1,4}})\s?条?\s?([a-h])?(?![a-z\d])((?:\s?\(\d\))*)")
_LETTERS = "abcdefghij"
_TEN, _POWERS = 10, (10, 100, 1000)


@dataclass(frozen=True)
class Named:
    """What the numbers in a query name: pages, best first, and the contacts whose old numbers were typed."""

    pages: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()


class Numbers:
    """The numbers of a guide."""

    def __init__(self, guide: Guide) -> None:
        self._guide = guide
        self._help_lines = {guide.records["contacts", one.id].page.path for one in guide.help_lines}
        self.phones: defaultdict[str, list[str]] = defaultdict(list)
        self.old: dict[str, str] = {}
        self.sections: defaultdict[str, list[str]] = defaultdict(list)
        self.acts: defaultdict[str, list[str]] = defaultdict(list)
        for path, page in guide.site.items():
            for contact in facts_of(page).contacts:
                for channel in contact.channels:
                    if channel.kind in DIALLED and channel.status == "confirmed":
                        self.phones[_bare(channel.value)].append(path)
                    elif channel.kind in DIALLED and channel.status == "superseded":
                        self.old[_bare(channel.value)] = channel.superseded_by
            for provision in facts_of(page).provisions:
                self._cite(path, provision)
            for section in chain.from_iterable(map(_of_address, page.addresses)):
                self.sections[section].append(path)

    def named(self, query: str) -> Named:
        """What the numbers in a query name."""
        folded = _numerals().sub(_in_digits, fold(query[:LONGEST_QUERY]))
        text = "".join(str(unicodedata.digit(one, one)) for one in folded)
        phones = [_bare(found[0]) for found in _TYPED.finditer(text)]
        pages = [path for phone in phones for path in self._pages_of(phone)]
        old = [by for phone in phones for number, by in self.old.items() if _is_same(phone, number)]
        contacts = [by for by in old if ("contacts", by) in self._guide.records]
        pages += [self._guide.records["contacts", by].page.path for by in contacts]
        return Named(tuple(dict.fromkeys([*pages, *self._cited(text)])), tuple(dict.fromkeys(contacts)))

    def _pages_of(self, phone: str) -> Iterator[str]:
        for number in self.phones:
            if _is_same(phone, number):
                yield from self.in_order(number)

    def in_order(self, number: str) -> list[str]:
        """The pages that give a number, its own first and then the help lines'."""
        return sorted(self.phones[number], key=lambda path: (not _is_own(path, number), path not in self._help_lines))

    def _cited(self, text: str) -> Iterator[str]:
        """The pages of the sections and acts that are cited; a bare number is a section only with its letter."""
        sections, acts = word_list("sections"), word_list("acts")
        for before, number, letter, part in _CITED.findall(text):
            is_section = _says(before, sections) or bool(letter) or bool(part)
            if _says(before, acts) or f"{number}法令" in text or f"{number}号法令" in text:
                yield from self.acts[number]
            elif is_section or f"{number}条" in text:
                yield from self.sections.get(number + letter + part.replace(" ", ""), self.sections[number + letter])

    def _cite(self, path: str, provision: Provision) -> None:
        for section in _expanded(provision.section.lower()):
            for one in {section, section.partition("(")[0]} - {""}:
                self.sections[one].append(path)
        if provision.act_number:
            self.acts[provision.act_number.lower()].append(path)


def _says(before: str, named: frozenset[str]) -> bool:
    """Whether one of some words stands last before a number; in Chinese nothing parts it from others: 违反刑法."""
    return before in named or before.endswith(tuple(one for one in named if HAN.match(one)))


@cache
def _numerals() -> re.Pattern[str]:
    """Two or more words for numbers in a row, and one alone where it cites: 第八条."""
    latin = "|".join(word for word in table("numerals") if word.isascii())
    others = "|".join(sorted((word for word in table("numerals") if not word.isascii()), key=len, reverse=True))
    one = rf"(?:\b(?:{latin})\b|{others})"
    return re.compile(rf"{one}(?:\s*(?:\b(?:and|dan)\b\s*)?{one})+|(?<=第)(?:{others})(?=[a-z]?条)")


@cache
def _numeral() -> re.Pattern[str]:
    return re.compile("|".join(sorted(table("numerals"), key=len, reverse=True)))


def _in_digits(found: re.Match[str]) -> str:
    """五百零七 -> 507, five zero seven -> 507."""
    values = [int(table("numerals")[word]) for word in _numeral().findall(found[0])]
    if all(value < _TEN for value in values):
        return "".join(map(str, values))
    total = last = 0
    for value in values:
        if value in _POWERS and 0 < last < _TEN:
            total, last = total + last * value, 0
        else:
            total, last = total + last, value
    return str(total + last)


def _is_own(path: str, number: str) -> bool:
    """Whether a page is called by a number, and goes before others that give it too: emergency-999."""
    return path.endswith(f"-{number}")


def _bare(number: str) -> str:
    """The digits that tell numbers apart: without +60, 0060 or the 0 before an area."""
    digits = re.sub(r"\D", "", number)
    for prefix in ("0060", "60"):
        if digits.startswith(prefix) and len(digits) > len(prefix) + 6:
            digits = digits.removeprefix(prefix)
    return digits.lstrip("0") or digits


def _is_same(typed: str, number: str) -> bool:
    """Whether a number is the one, or is where most of it was typed."""
    return typed == number or (len(typed) >= _PIECE_OF_A_NUMBER and number.endswith(typed))


def _expanded(section: str) -> list[str]:
    """507b-507g -> 507b, 507c, …; 383-385 -> 383, 384, 385; anything else is itself."""
    first, _, last = section.replace("–", "-").partition("-")
    one, other = re.fullmatch(r"(\d+)([a-j]?)", first), re.fullmatch(r"(\d+)([a-j]?)", last)
    if not (one and other):
        return [section]
    if one[2] and one[1] == other[1]:
        letters = takewhile(lambda letter: letter <= other[2], _LETTERS[_LETTERS.index(one[2]) :])
        return [one[1] + letter for letter in letters]
    return [str(number) for number in range(int(one[1]), int(other[1]) + 1)] if not one[2] + other[2] else [section]


def _of_address(path: str) -> list[str]:
    """The sections that the address of a page about a code names: laws/penal-code-503-507."""
    found = re.fullmatch(r"laws/penal-code-(\d+[a-j]?(?:-\d+[a-j]?)?)", path)
    return _expanded(found[1]) if found else []
