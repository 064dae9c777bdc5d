"""The shape of a section: what a new page of it begins with, as most of its pages have it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from toolkit.texts.languages import LANGUAGES, SOURCE
from toolkit.texts.page import PageTexts, Site
from toolkit.texts.words.markup import MARKED, headings
from toolkit.texts.words.prose import Prose

# A fact of its own is shown in a text by this directive.
_SHOWN_BY = {"contacts": "contact", "routes": "route", "provisions": "provision"}
# What is to be written; a text in which one of these is left is not published (texts.mentions).
_TITLE = {
    "en": "[[A title that gives nothing away]]",
    "ms": "[[Tajuk yang tidak mendedahkan apa-apa]]",
    "ta": "[[எதையும் வெளிப்படுத்தாத தலைப்பு]]",
    "zh-hans": "[[不透露内容的标题]]",
}
_HEADING = {
    "en": "[[The heading, said as a reader would say it]]",
    "ms": "[[Tajuk pada halaman, seperti pembaca akan menyebutnya]]",
    "ta": "[[பக்கத்தின் தலைப்பு, படிப்பவர் சொல்வது போல]]",
    "zh-hans": "[[页面标题，用读者自己的说法]]",
}
_SUMMARY = {
    "en": "[[One sentence: what this page is for]]",
    "ms": "[[Satu ayat: untuk apa halaman ini]]",
    "ta": "[[ஒரு வாக்கியம்: இந்தப் பக்கம் எதற்காக]]",
    "zh-hans": "[[一句话：这一页讲什么]]",
}
_FIRST = {
    "en": "[[First: what to know or do before anything else]]",
    "ms": "[[Mula-mula: apa yang perlu diketahui atau dilakukan dahulu]]",
    "ta": "[[முதலில்: எல்லாவற்றுக்கும் முன் தெரிந்துகொள்ள அல்லது செய்ய வேண்டியது]]",
    "zh-hans": "[[首先：最先要知道或要做的事]]",
}
_PART = {
    "en": "[[Write this part]]",
    "ms": "[[Tulis bahagian ini]]",
    "ta": "[[இந்தப் பகுதியை எழுதவும்]]",
    "zh-hans": "[[请写这一部分]]",
}


@dataclass(frozen=True, slots=True)
class Shape:
    """``kinds`` of facts that a page of the section has of its own, and its parts: (anchor, language -> heading)."""

    kinds: tuple[str, ...]
    parts: tuple[tuple[str, Mapping[str, str]], ...]
    position: int


def shape_of(section: str, site: Site) -> Shape:
    pages = [page for page in site.values() if page.parent == section and page.facts and SOURCE in page.prose]
    kinds = [kind for kind in _SHOWN_BY if 2 * sum(bool(getattr(page.facts, kind)) for page in pages) > len(pages)]
    positions = [page.facts.position for page in pages if page.facts]
    parts = tuple((anchor, _headings_of(anchor, pages)) for anchor in _shared_anchors(pages))
    return Shape(tuple(kinds), parts, max(positions, default=0) + 1)


def begun_words(shape: Shape, language: str, *, record: str, heading: str = "", follows: str = "") -> Prose:
    """The words of a new page, to be filled in. ``record``: the id of its own facts; ``follows``: of a translation."""
    shown = [f"{{{{ {_SHOWN_BY[kind]} {record} }}}}" for kind in shape.kinds]
    named = [(anchor, said.get(language) or said[SOURCE]) for anchor, said in shape.parts]
    parts = [f"## {said} {{#{anchor}}}\n\n{_PART[language]}" for anchor, said in named]
    return Prose(
        title=_TITLE[language],
        heading=heading or _HEADING[language],
        summary=_SUMMARY[language],
        translated_from=follows,
        review="unreviewed" if follows else "",
        body="\n\n".join([_FIRST[language], *shown, *parts]) + "\n",
    )


def _shared_anchors(pages: Sequence[PageTexts]) -> list[str]:
    """The anchors of more than half of the pages, in the order that they have there."""
    found = [[one.anchor for one in headings(page.prose[SOURCE].body) if one.anchor] for page in pages]
    number = Counter(anchor for own in found for anchor in own)
    places = {
        anchor: sum(own.index(anchor) / len(own) for own in found if anchor in own) / n for anchor, n in number.items()
    }
    return sorted((one for one, n in number.items() if 2 * n > len(pages)), key=lambda one: places[one])


def _headings_of(anchor: str, pages: Sequence[PageTexts]) -> dict[str, str]:
    """What most pages call a part, in each language."""
    said = {}
    for language in LANGUAGES:
        words = Counter(
            one.text
            for page in pages
            if language in page.prose
            for one in headings(page.prose[language].body)
            if one.anchor == anchor and not MARKED.search(one.text)
        )
        if words:
            said[language] = words.most_common(1)[0][0]
    return {SOURCE: anchor.replace("-", " ").capitalize()} | said
