"""Every fact of the guide as the staff's editor shows it in the place of its directive: its name, what it brings."""

from typing import NamedTuple

from toolkit.rendering.directives import Place, plain_words
from toolkit.rendering.guide import Placed, label
from toolkit.texts.words.grammar import MARK_END, MARK_START
from toolkit.texts.words.markup import DRAWING_DIRECTIVE, DRAWINGS, MATRIX_DIRECTIVE, OWNER_DIRECTIVE, RECORD_DIRECTIVES

# A directive of which the name alone says too little -> the directive whose words a reader gets with it.
_BRINGS = {"contact": "phone", "phone": "phone", "provision": "penalty", "penalty": "penalty", "since": "since"}


class Chip(NamedTuple):
    """``fact`` is "" where the name says it all; ``name`` is "" for what is no record: the rooms have a word for it."""

    name: str
    fact: str


def chips(place: Place) -> dict[str, Chip]:
    """Each directive that a text may name, as ``kind id`` -> its chip, in the language of ``place``."""
    found = {f"{DRAWING_DIRECTIVE} {name}": Chip("", name) for name in DRAWINGS}
    found |= {f"{MATRIX_DIRECTIVE} all": Chip("", ""), f"{OWNER_DIRECTIVE} all": Chip("", "")}
    own = [(kind, one) for kind in ("sources", "pictures") for one in getattr(place.page.facts, kind, ())]
    records = [*place.guide.records.items(), *(((kind, one.id), Placed(one, place.page)) for kind, one in own)]
    for (kind, record), placed in records:
        for directive in (one for one, of in RECORD_DIRECTIVES.items() if of == kind):
            found[f"{directive} {record}"] = _chip(directive, placed, place)
    return found


def _chip(directive: str, placed: Placed, place: Place) -> Chip:
    said = _said(f"{_BRINGS.get(directive, directive)} {placed.record.id}", place)
    name = said if directive in ("figure", "source", "counter") else label(placed, place.language).text
    return Chip(name, said if said != name and directive in _BRINGS else "")


def _said(directive: str, place: Place) -> str:
    """What a reader gets in the middle of a sentence, as plain words."""
    return plain_words(f"{MARK_START}{directive}{MARK_END}", place)
