"""The search without a server: the guide's texts in one language as data, and the page for each kind of answer.

``templates/mirror/search.js`` finds and ranks as survivors/search does; ``@name@`` marks what it fills in.
"""

import unicodedata
from collections.abc import Iterator
from itertools import chain, combinations, product
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from survivors.mirror.directories import Data, Lines, text_of
from survivors.mirror.spelling import numbers_of
from survivors.reading import layout
from survivors.search import crisis, pages
from survivors.search.documents import Document, documents
from survivors.search.hearing.pinyin import HAN_RUN, Sounds, ways
from survivors.search.index import Answer, factor, han_phrases
from survivors.search.pages import who
from survivors.search.words import LONGEST_QUERY, fold
from toolkit.rendering.guide import Guide, Wording
from toolkit.rendering.lines import set_lines
from toolkit.texts.languages import LANGUAGES, SELF_NAMES

# What the search is besides its rule, in the order in which it is loaded.
NEEDS = ("spelling", "search-words", "search-vocabulary", "search-reading", "search-crisis", "search-page")


def search(guide: Guide, language: str) -> Data:
    whole, lines = list(documents(guide, language)), Lines()
    found = {
        "rule": "search",
        "needs": [f"{name}.js" for name in NEEDS],
        "language": language,
        "languages": LANGUAGES,
        "pages": [_page(one, guide) for one in whole],
        "simplified": _simplified(whole),
        "numbers": numbers_of(guide),
        "hit": [_hit(language, language), _hit(language, "@language@")],
        "talk": [set_lines(pages.talk(guide, language, heard), language) for heard in _heard()[::2]],
        "crises": dict(_crises(guide, language, lines)),
        "replaced": _replaced(guide, language),
        "screens": dict(_screens(guide, language, lines)),
    }
    return found | _sounds(whole) | {"lines": list(lines), "marks": ""}


def _page(page: Document, guide: Guide) -> list[Any]:
    sections = [[one.anchor, one.heading, one.text, one.asked] for one in page.sections]
    return [page.path, page.language, page.title, page.short_title, page.summary, page.keywords, page.names, page.text,
            page.english, sections, factor(guide, page.path)]  # fmt: skip


def _simplified(whole: list[Document]) -> dict[str, str]:
    """The runs of characters that the guide's own texts are folded to, where that is not as they stand."""
    text = unicodedata.normalize("NFKC", "\n".join(map(_words_of, whole)))
    runs = sorted(set(HAN_RUN.findall(text)))
    folded = fold("\n".join(runs)).splitlines()
    return {run: meant for run, meant in zip(runs, folded, strict=True) if run != meant}


def _words_of(page: Document) -> str:
    sections = chain.from_iterable((one.heading, one.text, one.asked) for one in page.sections)
    short = (page.title, page.short_title, page.summary, *page.keywords, *page.names, *page.english)
    return "\n".join([*short, page.text, *sections])


def _sounds(whole: list[Document]) -> Data:
    """Pairs of characters by their sound, and all readings of each character in them."""
    sounds = Sounds(phrase for one in whole for phrase in han_phrases(one)).by_sound
    characters = sorted({one for pairs in sounds.values() for pair in pairs for one in pair.split()})
    return {
        "sounds": {" ".join(heard): dict(pairs) for heard, pairs in sounds.items()},
        "ways": {one: " ".join(sorted(ways(one))) for one in characters},
    }


def _hit(language: str, written_in: str) -> str:
    hit = {"address": "@address@", "title": "@title@", "language": written_in, "snippet": "@snippet@"}
    return pages.hits(language, [hit])


def _heard() -> list[frozenset[str]]:
    """All that a query may say of herself, in the order of the circumstances."""
    kinds = [one.kind for one in crisis.circumstances()]
    return [frozenset(kinds[:0]), frozenset(kinds[1:2]), frozenset(kinds[:1]), frozenset(kinds)]


def _crises(guide: Guide, language: str, lines: Lines) -> Iterator[tuple[str, list[str]]]:
    """What stands above everything else, by the kinds of crisis and what she says of herself."""
    every = crisis.crises()
    several = chain.from_iterable(combinations(every, n) for n in range(1, pages.MOST_AT_ONCE + 1))
    names = [one.kind for one in crisis.circumstances()]
    for kinds, heard in product(several, _heard()):
        shown = pages.in_crisis(guide, language, Answer(crises=kinds, circumstances=heard))
        key = "|".join([" ".join(one.kind for one in kinds), *(name for name in names if name in heard)])
        yield key, [str(shown["crisis"]), lines.of(set_lines(shown["crisis_who"], language))]


def _replaced(guide: Guide, language: str) -> dict[str, list[str]]:
    """How the contacts are reached now whose old numbers may be typed."""
    found = {by: guide.records["contacts", by].page.path for _, by, _ in numbers_of(guide)["old"]}
    return {
        by: [set_lines(html, language) for html in (who(guide, language, [by]), who(guide, language, [], [path]))]
        for by, path in found.items()
    }


def _screens(guide: Guide, language: str, lines: Lines) -> Iterator[tuple[str, str]]:
    """The page of each kind of answer: of a crisis, of an old number, and of what was found."""
    around = layout.frame(guide, language, pages.PATH) | {
        "longest": LONGEST_QUERY,
        "query": "@query@",
        "talk": SafeString("@talk@"),
    }
    hits: dict[str, Any] = {"hits": SafeString("@hits@")}
    guessed = hits | {"instead": ["@instead@"]}
    bodies = {language: hits, f"{language} instead": guessed, "nothing": {}, "empty": {"query": ""}}
    for one in LANGUAGES:
        if one != language:
            other = {"other_language": Wording(SELF_NAMES[one], one, True)}
            bodies |= {one: hits | other, f"{one} instead": guessed | other}
    crises: dict[str, Data] = {
        "": {},
        "tells": {"tells": True},
        "crisis": {"crisis": "@crisis@", "crisis_who": SafeString("@who@")},
    }
    numbers = {"": {}, "replaced": {"replaced": SafeString("@replaced@")}}
    for a, b, body in product(crises, numbers, bodies):
        main = text_of(render_to_string("search.html", around | bodies[body] | crises[a] | numbers[b]))
        yield f"{a} {b} {body}", lines.of(main.replace("<b>@instead@</b>", "@instead@"))
