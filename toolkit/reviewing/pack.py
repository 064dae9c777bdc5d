"""The sentences of the guide in a language, numbered, each with its English beside."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest

from django.utils.translation import gettext, override

from toolkit.rendering import buttons
from toolkit.rendering.directives import Place, plain_words
from toolkit.rendering.guide import Guide, facts_of
from toolkit.reviewing.risk import by_risk
from toolkit.texts.canonical import digest
from toolkit.texts.languages import SOURCE
from toolkit.texts.page import PageTexts
from toolkit.texts.plans.plan import Plan
from toolkit.texts.words.markup import MARKED, Mention, parsed
from toolkit.texts.words.pins import pin_of
from toolkit.texts.words.prose import Prose
from toolkit.texts.words.sentences import sentences

PLAN_SHEET = "plan"
HOME_SHEET = "home"


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence to be read.

    ``what``: the line of the front matter, or the part of the page, in which it stands. ``english``: what it follows;
    "" where it is English itself, or where the sentence above has the English of both. ``basis``: for a lawyer, the
    sources that it stands on and the day as at which; ``is_fact``: what a record says, not the words of the page. Its
    name is the path of its page and its number there.
    """

    path: str
    number: int
    what: str
    text: str
    english: str = ""
    basis: str = ""
    is_fact: bool = False

    @property
    def name(self) -> str:
        return f"{self.path} {self.number}"

    @property
    def beside(self) -> str:
        return self.basis or self.english


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page to be read. ``version`` names the text that was printed; ``sources`` are for a lawyer, in words."""

    path: str
    name: str
    version: str
    checked: date | None
    statements: tuple[Statement, ...]
    sources: tuple[str, ...] = ()


# (what it is, English, text)
Piece = tuple[str, str, str]


def pack_in(guide: Guide, language: str) -> list[Sheet]:
    """The plan and every page that a language has, in the order of risk."""
    pages = [page for page in by_risk(guide) if language in page.prose]
    sheets = [page_sheet(page, guide, language) for page in pages]
    return [plan_sheet(guide.plan, language), *sheets] if guide.plan else sheets


def page_sheet(page: PageTexts, guide: Guide, language: str) -> Sheet:
    prose = page.prose[language]
    path, statements = page.path or HOME_SHEET, tuple(statements_of(page, guide, language))
    return Sheet(path, prose.h1, pin_of(prose), facts_of(page).checked, statements)


def statements_of(page: PageTexts, guide: Guide, language: str) -> list[Statement]:
    """The sentences of a page in a language. Where it has no English yet, nothing stands beside them."""
    prose = page.prose[language]
    if SOURCE not in page.prose:
        own = statements_of(page.with_part(SOURCE, prose), guide, language)
        return [replace(one, english="") for one in own]
    with buttons.in_force(lambda: guide.buttons):
        pieces = [*_front(prose, page.prose[SOURCE]), *_body(page, guide, language)]
    return list(_numbered(page.path or HOME_SHEET, pieces, language))


def _front(prose: Prose, english: Prose) -> Iterator[Piece]:
    """The lines of the front matter that a reader reads."""
    for key in ("title", "heading", "called", "summary"):
        if text := getattr(prose, key):
            yield key, getattr(english, key), text
    said = english.words_of_records()
    for key, words in prose.words_of_records().items():
        for record, text in words.items():
            yield f"{key}.{record}", said.get(key, {}).get(record, ""), text


def _body(page: PageTexts, guide: Guide, language: str) -> Iterator[Piece]:
    """Block by block: a translation has as many as its English, under the same anchors."""
    blocks = blocks_of(page, guide, language)
    for english, said in zip_longest(blocks_of(page, guide, SOURCE), blocks):
        part = (said or english)[0]
        yield part, english[1] if english else "", said[1] if said else ""


def blocks_of(page: PageTexts, guide: Guide, language: str) -> list[tuple[str, str]]:
    """(anchor of the part, words) of each block, as it is read; cards are read on the page that has their record."""
    place = Place(guide, language, page)
    return [(part, plain_words(block.value, place)) for part, block in marked_blocks(page.prose[language].body)]


def marked_blocks(body: str) -> Iterator[tuple[str, Mention]]:
    """(anchor of the part, block with its directives MARKED), without those that are nothing but a card."""
    found = parsed(body)
    headings = list(found.headings)
    part = ""
    for block in found.words:
        while headings and headings[0].line <= block.line:
            part = f"#{headings.pop(0).anchor}"
        if not MARKED.fullmatch(block.value.strip()):
            yield part, block


def plan_sheet(plan: Plan, language: str) -> Sheet:
    """The rules of the plan have words of their own: the first that someone in danger reads."""
    pieces = [
        (f"{at.partition('/')[2]} {which}".removesuffix(" text"), words.get(SOURCE, ""), words.get(language, ""))
        for at, which, words in plan.said()
        if words
    ]
    text = "\n".join(text for _, _, text in pieces)
    with override(language):
        name = gettext("What do I do now?")
    return Sheet(PLAN_SHEET, name, digest(text), None, tuple(_numbered(PLAN_SHEET, pieces, language)))


def _numbered(path: str, pieces: Iterable[Piece], language: str) -> Iterator[Statement]:
    number = 0
    for what, english, text in pieces:
        for beside, said in _side_by_side(english, text, language):
            number += 1
            yield Statement(path, number, what, said, beside)


def _side_by_side(english: str, text: str, language: str) -> Iterator[tuple[str, str]]:
    """Sentence by sentence where there are as many; else all the English stands beside the first."""
    said, theirs = sentences(text, language), sentences(english, SOURCE)
    if language == SOURCE:
        theirs = []
    elif len(said) != len(theirs):
        theirs = [english] if english else []
    yield from zip_longest(theirs, said, fillvalue="")
