"""The guide as a whole: pages in order, records by id, and every word with the language it is really in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from django.utils import translation
from django.utils.timezone import localdate

from toolkit.rendering.buttons import in_force
from toolkit.texts.check import alias_targets
from toolkit.texts.languages import SOURCE
from toolkit.texts.lasting import short_links
from toolkit.texts.page import ChangeNote, PageTexts, Site, TranslationState, Version
from toolkit.texts.plans.plan import SECTIONS, Plan
from toolkit.texts.records.facts import AT_RISK, Contact, Facts, Record
from toolkit.texts.records.owner import Owner
from toolkit.texts.words.prose import Prose

HOME = ""
TYPES, PLATFORMS = SECTIONS
Kind = TypeVar("Kind", bound=Record)


@dataclass(frozen=True, slots=True)
class Wording:
    """Some words and the language they are in; ``is_fallback`` when that is not the language asked for."""

    text: str
    language: str
    is_fallback: bool = False

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, slots=True)
class Placed:
    """A record and the page it stands on."""

    record: Record
    page: PageTexts


@dataclass(frozen=True)
class Guide:
    """A site to be read. Pages without facts or English text are not part of it."""

    site: Site
    records: Mapping[tuple[str, str], Placed] = field(default_factory=dict)
    changes: Mapping[str, list[ChangeNote]] = field(default_factory=dict)
    versions: Mapping[str, tuple[Version, ...]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        site: Site,
        changes: Mapping[str, list[ChangeNote]] | None = None,
        versions: Mapping[str, tuple[Version, ...]] | None = None,
    ) -> Guide:
        whole = {path: page for path, page in site.items() if page.facts and SOURCE in page.prose}
        records = {
            (kind, record.id): Placed(record, page)
            for page in whole.values()
            for kind in ("contacts", "routes", "provisions", "figures", "counters")
            for record in getattr(page.facts, kind)
        }
        return cls(whole, records, changes or {}, versions or {})

    @cached_property
    def aliases(self) -> dict[str, str]:
        return alias_targets(self.site)

    def page_at(self, path: str) -> PageTexts | None:
        """The page at an address, or the one to which it leads."""
        return self.site.get(path) or self.site.get(self.aliases.get(path, path))

    def name_now(self, section: str, name: str) -> str:
        """The short name of a page of a section, by one that it had: whoever answered before it moved has answered."""
        page = self.page_at(f"{section}/{name}")
        return page.slug if page and page.parent == section else name

    @cached_property
    def gone(self) -> list[str]:
        """The pages that were taken down without another in their place."""
        return sorted({old for page in self.site.values() for old in facts_of(page).gone_pages})

    @cached_property
    def short_links(self) -> dict[str, short_links.Place]:
        return short_links.short_links(self.site)

    @cached_property
    def _children(self) -> dict[str | None, list[PageTexts]]:
        found: dict[str | None, list[PageTexts]] = {}
        for page in sorted(self.site.values(), key=lambda page: (facts_of(page).position, page.path)):
            found.setdefault(page.parent, []).append(page)
        return found

    @cached_property
    def _place(self) -> dict[str, int]:
        """Path -> which of its row a page is."""
        return {page.path: place for row in self._children.values() for place, page in enumerate(row)}

    @property
    def plan(self) -> Plan | None:
        """The rules of "What do I do now?"."""
        return self.home.plan.rules if self.home and self.home.plan else None

    @cached_property
    def buttons(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """Words of buttons, menus and notices: language -> the program's English -> the forms in its place."""
        return self.home.buttons.by_language() if self.home and self.home.buttons else {}

    @contextmanager
    def speaking(self, language: str) -> Iterator[None]:
        """Within, the interface speaks a language, with this guide's words of buttons in the program's place."""
        with translation.override(language), in_force(lambda: self.buttons):
            yield

    @property
    def home(self) -> PageTexts | None:
        return self.site.get(HOME)

    @property
    def month(self) -> tuple[int, int]:
        """Year and month of today: for what must be made anew now and then."""
        return localdate().year, localdate().month

    @property
    def owner(self) -> Owner:
        """Who publishes the guide; each thing that is not set is "", and pages then say nothing of it."""
        return (facts_of(self.home).owner if self.home else None) or Owner()

    def children(self, path: str) -> list[PageTexts]:
        """The pages below one, in their order."""
        return self._children.get(path, [])

    @property
    def sections(self) -> list[PageTexts]:
        """The pages right below home that have pages of their own."""
        return [page for page in self.children(HOME) if self.children(page.path)]

    def neighbours(self, page: PageTexts) -> tuple[PageTexts | None, PageTexts | None]:
        """The previous and the next page of the same section."""
        if page.parent is None:
            return None, None
        row, place = self.children(page.parent), self._place[page.path]
        return (row[place - 1] if place else None), (row[place + 1] if place + 1 < len(row) else None)

    def major_changes(self, path: str) -> list[tuple[str, Version]]:
        """What readers were told of at a page and below it: its path and the version, newest first."""
        return self._major_changes.get(path, [])

    @cached_property
    def _major_changes(self) -> dict[str, list[tuple[str, Version]]]:
        noted = [(path, one) for path, versions in self.versions.items() for one in versions if one.notes]
        found: dict[str, list[tuple[str, Version]]] = {}
        for path, one in sorted(noted, key=lambda change: change[1].at, reverse=True):
            steps = path.split("/")
            above = ["/".join(steps[:many]) for many in range(1, len(steps))]
            for place in {HOME, *above, path}:
                found.setdefault(place, []).append((path, one))
        return found

    @cached_property
    def help_lines(self) -> list[Contact]:
        """The lines at the top of every page, and wherever a contact has no number that is confirmed."""
        return self._lines(facts_of(self.home).help_lines if self.home else ())

    @cached_property
    def ngo_lines(self) -> list[Contact]:
        """The same for those whom the police, or being asked for papers, may put at risk."""
        return self._lines(facts_of(self.home).ngo_lines if self.home else ())

    @property
    def lines_on_top(self) -> list[Placed]:
        """The help lines for the top of a page, and for no other place in it (Maker.renew)."""
        return [self.records["contacts", line.id] for line in self.help_lines]

    def lines_for(self, groups: Iterable[str]) -> list[Contact]:
        """The lines that answer where a contact has no number, for the groups (of SERVES) it or the reader is of.

        Whoever is at risk is never sent to the police or a ministry by a fall-back; a child meets the child line first.
        """
        groups = set(groups)
        if at_risk := groups.intersection(AT_RISK):
            lines = self.ngo_lines or self.help_lines
            return sorted(lines, key=lambda line: {*at_risk, "everyone"}.isdisjoint(line.serves))
        return sorted(self.help_lines, key=lambda line: groups == {"children"} and "children" not in line.needs)

    def _lines(self, names: Iterable[str]) -> list[Contact]:
        found = (self.records.get(("contacts", name)) for name in names)
        return [placed.record for placed in found if placed and isinstance(placed.record, Contact)]

    def part(self, key: tuple[Any, ...], language: str, path: str, make: Callable[[], str]) -> str:
        """A part that several pages have, made of what the page at ``path`` shows of itself (and of what it reads)."""
        return make()

    @cached_property
    def kept(self) -> dict[str, Any]:
        """What was made of the guide for who asks (cards, the index of search), and lives as long as it does."""
        return {}

    def every(self, kind: type[Kind]) -> Iterator[tuple[Placed, Kind]]:
        """The records of a kind, in the order of their pages."""
        for placed in self.records.values():
            if isinstance(placed.record, kind):
                yield placed, placed.record

    def matching(self, kind: str, type_slug: str) -> Iterator[Placed]:
        """The records of a kind whose ``types`` name a type of harm, in the order of their pages."""
        for (record_kind, _), placed in self.records.items():
            if record_kind == kind and type_slug in getattr(placed.record, "types", ()):
                yield placed


def facts_of(page: PageTexts) -> Facts:
    """The facts of a page of a Guide, which always has them."""
    assert page.facts is not None  # noqa: S101 (Guide.of)
    return page.facts


def prose_in(page: PageTexts, language: str) -> tuple[Prose, str, TranslationState]:
    """A page's words in a language, or in English where there are none; the language they are in; their state."""
    state = page.state(language)
    found = SOURCE if state is TranslationState.MISSING else language
    return page.prose[found], found, state


def wording(page: PageTexts, language: str, name: str) -> Wording:
    """``title``, ``h1`` or ``summary`` of a page."""
    found = language if language in page.prose else SOURCE
    return Wording(getattr(page.prose[found], name), found, found != language)


def label(placed: Placed, language: str) -> Wording:
    """A record's name: in this language, else in English, else its proper name."""
    proper = getattr(placed.record, "name", "") or getattr(placed.record, "platform", "") or placed.record.id
    return said_of(placed, language, "label") or Wording(proper, SOURCE, language != SOURCE)


def note(placed: Placed, language: str) -> Wording:
    return said_of(placed, language, "note")


def said_of(placed: Placed, language: str, key: str) -> Wording:
    """What a page's front matter says of a record under one of RECORD_KEYS."""
    for tried in (language, SOURCE):
        prose = placed.page.prose.get(tried)
        if prose and (text := prose.words_of_records().get(key, {}).get(placed.record.id)):
            return Wording(text, tried, tried != language)
    return Wording("", language)
