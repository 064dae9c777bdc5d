"""One search over the texts on the site, the drafts, and what the texts once said."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from toolkit.finding.places import BODY, places
from toolkit.live import live_site
from toolkit.models import Draft, Revision
from toolkit.texts.buttons.program import as_shown
from toolkit.texts.languages import BUTTONS, OF_HOME, PARTS
from toolkit.texts.page import PageTexts, Part, Site, part_or_none

WHERE = LIVE, DRAFT, EARLIER = "live", "draft", "earlier"
# Lines that are found at most, and how many of the newest drafts and versions are looked through at first.
MOST = 1000
NEWEST = 500


@dataclass(frozen=True, slots=True)
class Hit:
    """One line with what was asked for. ``spans`` are the places in ``text``; ``line`` counts in the body, 0 elsewhere.

    ``place`` as in ``places``; ``key`` is that of the draft or version, 0 for the text on the site.
    """

    where: str
    path: str
    part: str
    place: str
    line: int
    text: str
    spans: tuple[tuple[int, int], ...]
    key: int = 0


@dataclass(slots=True)
class Found:
    """``is_cut``: there are more than MOST; ``has_older``: older drafts and versions were not looked through."""

    hits: list[Hit] = field(default_factory=list)
    is_cut: bool = False
    has_older: bool = False


@dataclass(frozen=True, slots=True)
class Within:
    """Where to look: ``parts`` and ``where`` by name, empty for all; ``section`` is a first step, None for all."""

    parts: Collection[str] = ()
    where: str = ""
    section: str | None = None
    older: bool = False

    def has(self, path: str, part: str) -> bool:
        section = path.partition("/")[0]
        return (not self.parts or part in self.parts) and self.section in (None, section)


def search(pattern: Any, within: Within) -> Found:
    """``pattern`` is made by ``phrase.pattern``. Texts on the site come first, then drafts, then earlier versions."""
    found, site = Found(), live_site()
    for hit in _everywhere(pattern, within, site, found):
        if len(found.hits) == MOST:
            found.is_cut = True
            break
        found.hits.append(hit)
    return found


def lines(pattern: Any, text: str) -> Iterator[tuple[int, str, tuple[tuple[int, int], ...]]]:
    """(number from 1, line, places in it) of every line with a match, which may go on in the next ones."""
    start = end = -1
    spans: list[tuple[int, int]] = []
    for one in pattern.finditer(text):
        if one.start() >= end and spans:
            yield text.count("\n", 0, start) + 1, text[start:end], tuple(spans)
            spans = []
        if not spans:
            start = text.rfind("\n", 0, one.start()) + 1
        last = text.find("\n", one.end())
        end = max(end, len(text) if last < 0 else last) if spans else len(text) if last < 0 else last
        spans.append((one.start() - start, one.end() - start))
    if spans:
        yield text.count("\n", 0, start) + 1, text[start:end], tuple(spans)


def in_part(pattern: Any, value: Part, path: str, part: str, where: str, key: int = 0) -> Iterator[Hit]:
    for place, words in places(value):
        if pattern.search(words):
            for number, line, spans in lines(pattern, words):
                yield Hit(where, path, part, place, number if place == BODY else 0, line, spans, key)


def _everywhere(pattern: Any, within: Within, site: Site, found: Found) -> Iterator[Hit]:
    if within.where in ("", LIVE):
        units = [(path, part, page.part(part)) for path, page in sorted(site.items()) for part in PARTS]
        of_home = [(path, part, _shown(page, part)) for path, page in site.items() for part in OF_HOME]
        for path, part, value in (*units, *of_home):
            if value and within.has(path, part):
                yield from in_part(pattern, value, path, part, LIVE)
    if within.where in ("", DRAFT):
        drafts = Draft.objects.exclude(state=Draft.PUBLISHED).exclude(part=Draft.ADDRESS)
        for draft in _newest(drafts.select_related("page"), within, found):
            value = part_or_none(draft.part, draft.text)
            if value:
                yield from in_part(pattern, value, draft.page.path, draft.part, DRAFT, draft.pk)
            else:
                typed = "\n".join(one for many in draft.typed.values() for one in many)
                for _number, line, spans in lines(pattern, typed):
                    yield Hit(DRAFT, draft.page.path, draft.part, "", 0, line, spans, draft.pk)
    if within.where in ("", EARLIER):
        yield from _earlier(pattern, within, site, found)


def _earlier(pattern: Any, within: Within, site: Site, found: Found) -> Iterator[Hit]:
    """Lines that the site says no more, each by the newest version that said it."""
    told: set[tuple[str, str, str]] = set()
    for version in _newest(Revision.objects.select_related("page"), within, found):
        path, part = version.page.path, version.part
        if not pattern.search(version.text) or not (value := part_or_none(part, version.text)):
            continue
        today = _shown(site[path], part) if path in site else None
        now = {words for _place, said in places(today) for words in said.split("\n")} if today else set()
        for hit in in_part(pattern, value, path, part, EARLIER, version.pk):
            if (path, part, hit.text) not in told and hit.text not in now:
                told.add((path, part, hit.text))
                yield hit


def _newest(rows: QuerySet[Any], within: Within, found: Found) -> Iterator[Any]:
    rows = rows.order_by("-pk")
    if within.parts:
        rows = rows.filter(part__in=within.parts)
    if not within.older:
        keys = list(rows.values_list("pk", flat=True)[: NEWEST + 1])
        found.has_older |= len(keys) > NEWEST
        rows = rows.filter(pk__gte=keys[:NEWEST][-1]) if keys else rows.none()
    yield from (row for row in rows.iterator(chunk_size=200) if within.has(row.page.path, row.part))


def _shown(page: PageTexts, part: str) -> Part | None:
    """A text on the site; of the words of buttons all that readers see, whether or not it was changed."""
    return as_shown(page.buttons) if part == BUTTONS and not page.path else page.part(part)
