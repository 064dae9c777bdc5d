"""The judgement of ``buttons.toml``: each of its words beside what the program says in its place.

Words of the interface stand in attributes, in sentences that the program goes on with, and on every page at once.
"""

import re
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path

from toolkit.texts.buttons.program import OwnWords, program
from toolkit.texts.buttons.text import Buttons, Words
from toolkit.texts.mentions import all_typed_faults
from toolkit.texts.problem import Fault
from toolkit.texts.words.terms import NeverSay, read_terms

# Characters that any words may have, and how many times those of the program.
SHORTEST_LIMIT, STRETCH = 40, 1.5

_TERMS = Path(__file__).parents[3] / "docs" / "terms.md"
_PUT_IN = re.compile(r"%\(\w+\)[a-z]|%%|%|\{\w*\}|[{}]")
_HTML = re.compile(r"""<[^<>]*>|[<>&"]""")


def button_faults(
    buttons: Buttons, before: Buttons | None, numbers: Collection[str]
) -> Iterator[tuple[str, Fault, bool]]:
    """(the words' English, what is wrong, whether that is a warning). ``numbers`` as of mentions.numbers_of.

    Words that the program has no more hold up nothing where they are live already, as after an upgrade, or where
    nothing is live yet, as in a fresh database: the others count.
    """
    for words in buttons.words:
        own = program().get(words.says)
        if own is None:
            is_old = before is None or before.of(words.says) is not None
            yield words.says, Fault("button-unknown", says=words.says), is_old
        elif own.plural != words.plural:
            yield words.says, Fault("button-plural", says=words.says), False
        else:
            for language, fault in _faults(words, own, numbers):
                yield words.says, Fault("in-button", says=words.says, language=language, fault=fault), False


def longest(own: OwnWords, language: str) -> int:
    """How many characters may stand in the place of some words of the program."""
    there = [one for some in (own.said.get(language, ()), own.said["en"]) for one in some]
    return max(SHORTEST_LIMIT, int(STRETCH * max(map(len, there))))


def _faults(words: Words, own: OwnWords, numbers: Collection[str]) -> Iterator[tuple[str, Fault]]:
    for language, forms in words.said.items():
        theirs = own.said.get(language) or own.said["en"]
        if len(forms) != len(theirs):
            yield language, Fault("button-forms", number=len(theirs))
            continue
        for said, there in zip(forms, theirs, strict=True):
            yield from ((language, fault) for fault in _form_faults(said, there, language, numbers))
            if len(said) > (most := longest(own, language)):
                yield language, Fault("button-long", most=most)


def _form_faults(said: str, there: str, language: str, numbers: Collection[str]) -> Iterator[Fault]:
    if "\n" in said:
        yield Fault("button-lines")
    found, wanted = set(_PUT_IN.findall(said)), set(_PUT_IN.findall(there))
    if lacks := tuple(sorted(wanted - found)):
        yield Fault("button-lacks", marks=lacks)
    if adds := tuple(sorted(found - wanted)):
        yield Fault("button-adds", marks=adds)
    if (html := _HTML.findall(said)) != _HTML.findall(there):
        yield Fault("button-html", code=next((one for one in html if one not in there), there))
    for term in _never():
        if term.language == language and term.pattern.search(said):
            yield Fault("button-never", form=term.form.removeprefix("-"), instead=term.say)
    known = list(all_typed_faults(there, numbers))
    yield from (fault for fault in all_typed_faults(said, numbers) if fault not in known)


@cache
def _never() -> list[NeverSay]:
    return read_terms(_TERMS.read_text()) if _TERMS.exists() else []
