"""Which types of harm a record helps with, and which records help with a type: one relation, read from both ends."""

from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.rendering.directives import Place
from toolkit.rendering.guide import TYPES, Guide, Placed, Wording, facts_of, label, wording
from toolkit.texts.page import PageTexts
from toolkit.texts.words import markup
from toolkit.texts.words.prose import Prose

KINDS = {"provisions": "provision", "routes": "route", "contacts": "contact"}
REPORT = "report"


@dataclass(frozen=True, slots=True)
class Related:
    """A link to a page of the guide, in words."""

    address: str
    name: Wording


def types_helped(guide: Guide, page: PageTexts) -> list[PageTexts]:
    """The pages of the types that the records of a page are for, in their order."""
    records = [record for kind in KINDS for record in getattr(facts_of(page), kind)]
    slugs = {slug for record in records for slug in record.types}
    rows = guide.children(TYPES) if slugs else ()
    return [one for one in rows if one.slug in slugs and one.path != page.path]


def helping(guide: Guide, page: PageTexts, kind: str) -> Iterator[Placed]:
    """The records of a kind that are for the type of a page; none for a page that is no type."""
    if page.parent == TYPES:
        yield from guide.matching(kind, page.slug)


def related(place: Place, prose: Prose) -> dict[str, list[Related]]:
    """What a page links to beyond its prose: a type its records by kind, a page with records its types."""
    shown = {mention.value for mention in markup.directives(prose.body)}
    found = {
        kind: [
            Related(place.address(placed.page.path, _anchor(placed, kind)), label(placed, place.language))
            for placed in helping(place.guide, place.page, kind)
            if f"{directive} {placed.record.id}" not in shown and placed.page.path != place.page.path
        ]
        for kind, directive in KINDS.items()
    }
    found["types"] = [
        Related(place.address(one.path), wording(one, place.language, "h1"))
        for one in types_helped(place.guide, place.page)
    ]
    return {kind: links for kind, links in found.items() if links}


def _anchor(placed: Placed, kind: str) -> str:
    """A route is read at the steps that lead to it."""
    anchors = {one for prose in placed.page.prose.values() for one in markup.anchors(prose.body)}
    return REPORT if kind == "routes" and REPORT in anchors else ""
