"""A guide that remembers what was read of it while a page was made, so that a page is made anew only when that changes.

What is read is a *need*: a tuple such as ``("page", "types/outing")``. ``Needs.value`` gives the digest of what a need
shows in a language; two guides in which all needs of a page have the same values give the same page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from datetime import date
from functools import cached_property
from typing import Any

from toolkit.rendering.guide import HOME, Guide, Placed
from toolkit.texts.canonical import digest
from toolkit.texts.languages import LANGUAGES, SOURCE
from toolkit.texts.page import ChangeNote, PageTexts, Version
from toolkit.texts.plans.plan import Plan
from toolkit.texts.records.facts import Contact, dates_that_matter
from toolkit.texts.records.owner import Owner
from toolkit.texts.words import markup

Need = tuple[str, ...]
EVERYTHING: Need = ("everything",)
EVERY_VERSION: Need = ("every-version",)
# Words of buttons may stand anywhere: everything that is made needs them.
BUTTONS: Need = ("buttons",)
# The help lines at the top of a page, which are renewed without making the page.
ON_TOP: Need = ("on-top",)
# A page's path, the digests of its texts and a language -> the digest of what other pages show of it.
FaceKey = tuple[str, ...]
Faces = dict[FaceKey, str]
# What history says, which moves on with every publication.
_OF_HISTORY = ("notes", "versions", EVERY_VERSION[0], "changes")
# Parts of pages -> the values of what each stood on when it was made, and the part.
Parts = dict[tuple[Any, ...], tuple[dict[Need, str], str]]
PARTS_KEPT = 10_000


class WatchedGuide(Guide):
    """``seen`` collects the needs of whatever is being made; whoever makes a page empties it before."""

    @classmethod
    def around(cls, needs: Needs) -> WatchedGuide:
        guide, seen = needs.guide, set[Need]()
        watched = cls(
            _Watched(guide.site, seen, lambda path: ("page", path)),
            _Watched(guide.records, seen, lambda key: ("record", *key)),
            _Watched(guide.changes, seen, lambda path: ("notes", path)),
            _Watched(guide.versions, seen, lambda path: ("versions", path), EVERY_VERSION),
        )
        object.__setattr__(watched, "seen", seen)
        object.__setattr__(watched, "whole", guide)
        object.__setattr__(watched, "needs", needs)
        return watched

    seen: set[Need]
    whole: Guide
    needs: Needs

    @property
    def aliases(self) -> dict[str, str]:
        return self.whole.aliases

    @property
    def gone(self) -> list[str]:
        return self.whole.gone

    @property
    def plan(self) -> Plan | None:
        self.seen.add(("plan",))
        return self.whole.plan

    @property
    def buttons(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        return self.whole.buttons

    @property
    def home(self) -> PageTexts | None:
        self.seen.add(("page", HOME))
        return self.whole.home

    @property
    def month(self) -> tuple[int, int]:
        self.seen.add(("month",))
        return self.whole.month

    @property
    def owner(self) -> Owner:
        self.seen.add(("owner",))
        return self.whole.owner

    def children(self, path: str) -> list[PageTexts]:
        self.seen.add(("children", path))
        return self.whole.children(path)

    @property
    def sections(self) -> list[PageTexts]:
        self.seen.add(("sections",))
        return self.whole.sections

    def neighbours(self, page: PageTexts) -> tuple[PageTexts | None, PageTexts | None]:
        self.seen.add(("neighbours", page.path))
        return self.whole.neighbours(page)

    def major_changes(self, path: str) -> list[tuple[str, Version]]:
        self.seen.add(("changes", path))
        return self.whole.major_changes(path)

    @property
    def help_lines(self) -> list[Contact]:
        self.seen.add(("help",))
        return self.whole.help_lines

    @property
    def ngo_lines(self) -> list[Contact]:
        self.seen.add(("help",))
        return self.whole.ngo_lines

    @property
    def lines_on_top(self) -> list[Placed]:
        self.seen.add(ON_TOP)
        return self.whole.lines_on_top

    def part(self, key: tuple[Any, ...], language: str, path: str, make: Callable[[], str]) -> str:
        """As it was made before, of this guide or an earlier one, where its needs have the same values."""
        known = self.needs.parts.get((key, language))
        if known is None or any(self.needs.value(need, language) != value for need, value in known[0].items()):
            around = {*self.seen}
            self.seen.clear()
            self.seen.update((BUTTONS, ("page", path)))
            html = make()
            known = {need: self.needs.value(need, language) for need in self.seen}, html
            if len(self.needs.parts) >= PARTS_KEPT:
                self.needs.parts.clear()
            self.needs.parts[key, language] = known
            self.seen.update(around)
        self.seen.update(known[0])
        return known[1]

    @property
    def kept(self) -> dict[str, Any]:
        """Nothing is kept: a card from before would name no need of the page that it stands on."""
        return {}

    def matching(self, kind: str, type_slug: str) -> Iterator[Placed]:
        self.seen.add(("matching", kind, type_slug))
        return self.whole.matching(kind, type_slug)


class _Watched(Mapping[Any, Any]):
    """A mapping that notes which keys are asked for; going through it needs all of it."""

    def __init__(self, within: Mapping[Any, Any], seen: set[Need], need: Any, all_of_it: Need = EVERYTHING) -> None:
        self._within, self._seen, self._need, self._all = within, seen, need, all_of_it

    def __getitem__(self, key: Any) -> Any:
        self._seen.add(self._need(key))
        return self._within[key]

    def __contains__(self, key: object) -> bool:
        self._seen.add(self._need(key))
        return key in self._within

    def __iter__(self) -> Iterator[Any]:
        self._seen.add(self._all)
        return iter(self._within)

    def __len__(self) -> int:
        self._seen.add(self._all)
        return len(self._within)


class Needs:
    """The values of needs in one state of the guide. ``digests``: "path|part" -> digest of the live text.

    ``faces`` and ``parts`` are kept from one state to the next; so are, of the state ``before`` this one, the values
    of what words changed within pages do not touch.
    """

    def __init__(
        self,
        guide: Guide,
        digests: Mapping[str, str],
        today: date,
        faces: Faces,
        parts: Parts,
        before: Needs | None = None,
    ) -> None:
        self.guide, self.digests, self.today, self.parts = guide, digests, today, parts
        self._faces = faces
        self._values: dict[tuple[Need, str], str] = {}
        self._reworded = self._reworded_since(before) if before else None
        self._known = before._values if before and self._reworded is not None else {}

    def value(self, need: Need, language: str) -> str:
        key = (need, language)
        if key not in self._values:
            known = self._known.get(key) if self._stays(need) else None
            self._values[key] = self._find(need, language) if known is None else known
        return self._values[key]

    def _stays(self, need: Need) -> bool:
        return need[0] not in _OF_HISTORY and (need[0] != "own" or need[1] not in (self._reworded or ()))

    def _reworded_since(self, before: Needs) -> set[str] | None:
        """The pages whose words are others, where nothing is that other pages show; else None."""
        units = [unit.rpartition("|") for unit, _ in self.digests.items() ^ before.digests.items()]
        paths = {path for path, _, _ in units}
        is_words_alone = HOME not in paths and all(part in LANGUAGES for _, _, part in units)
        if not is_words_alone or self.today != before.today or [*self.guide.site] != [*before.guide.site]:
            return None
        faces = ((path, language) for path in paths for language in LANGUAGES)
        return paths if all(self._face(*one) == before._face(*one) for one in faces) else None

    def _find(self, need: Need, language: str) -> str:
        kind, *rest = need
        if kind in ("versions", "every-version", "changes"):
            return self._of_versions(kind, rest)
        if not language:  # of data, which are in all
            return digest(" ".join(self.value(need, one) for one in LANGUAGES))
        if kind == "own":
            return self._own(rest[0], language)
        if kind == "page":
            return self._face(rest[0], language)
        if kind == "record":
            placed = self.guide.records.get((rest[0], rest[1]))
            return self._face(placed.page.path, language) if placed else ""
        if kind == "notes":
            return repr(self.guide.changes.get(rest[0]))
        if kind == "month":
            return f"{self.today:%Y-%m}"
        if kind == "owner":
            return repr(self.guide.owner)
        if need == BUTTONS:
            return digest(repr(sorted(self.guide.buttons.get(language, {}).items())))
        if kind == "plan":
            return self.digests.get("|plan", "")
        return self._of_many(self._pages(kind, rest), language)

    def _of_versions(self, kind: str, rest: list[str]) -> str:
        """Versions never change: the last one stands for all before it, a change for itself."""
        if kind == "versions":
            return repr([one.id for one in self.guide.versions.get(rest[0], ())[-1:]])
        if kind == "changes":
            return digest(repr([(path, one.id, one.number) for path, one in self.guide.major_changes(rest[0])]))
        return digest(repr([(path, versions[-1].id) for path, versions in self.guide.versions.items() if versions]))

    def _pages(self, kind: str, rest: list[str]) -> list[PageTexts | None]:
        if kind == "children":
            return [*self.guide.children(rest[0])]
        if kind == "sections":
            return [*self.guide.sections]
        if kind == "neighbours":
            return [*self.guide.neighbours(self.guide.site[rest[0]])] if rest[0] in self.guide.site else []
        if kind in ("help", *ON_TOP):
            lines = (*self.guide.help_lines, *self.guide.ngo_lines)
            return [self.guide.home, *(self.guide.records["contacts", one.id].page for one in lines)]
        if kind == "matching":
            return [placed.page for placed in self.guide.matching(rest[0], rest[1])]
        return [*self.guide.site.values()]

    def _of_many(self, pages: list[PageTexts | None], language: str) -> str:
        return digest("".join(self._face(page.path, language) + page.path if page else "-" for page in pages))

    def _own(self, path: str, language: str) -> str:
        """All of a page in a language: its facts, its text, the English where it stands in or has moved on."""
        texts = [self.digests.get(f"{path}|{part}", "") for part in ("facts", language, SOURCE)]
        return digest(" ".join([*texts, str(self._days_gone(path))]))

    def _face(self, path: str, language: str) -> str:
        """What other pages show of a page: names, summary, records, anchors; not its text, not its day of checking."""
        page = self.guide.site.get(path)
        if page is None:
            return ""
        key = self._face_key(path, language)
        if key not in self._faces:
            self._faces[key] = digest(_face(page, language))
        return f"{self._faces[key]}{self._days_gone(path)}"

    def _face_key(self, path: str, language: str) -> FaceKey:
        return (path, *(self.digests.get(f"{path}|{part}", "") for part in ("facts", language, SOURCE)), language)

    def faces(self) -> Faces:
        """Those of this state that were asked for."""
        keys = (self._face_key(path, language) for path in self.guide.site for language in LANGUAGES)
        return {key: self._faces[key] for key in keys if key in self._faces}

    def _days_gone(self, path: str) -> int:
        """How many of the days that change what its facts say have come."""
        return sum(day <= self.today for day in self._days.get(path, ()))

    @cached_property
    def _days(self) -> dict[str, list[date]]:
        found = {path: dates_that_matter(page.facts) for path, page in self.guide.site.items() if page.facts}
        return {path: days for path, days in found.items() if days}

    def next_day(self) -> date | None:
        """The next day on which the guide says something else by itself."""
        return min((day for days in self._days.values() for day in days if day > self.today), default=None)


def _face(page: PageTexts, language: str) -> str:
    shown: list[Any] = []
    if page.facts:
        facts = page.facts
        shown += [facts.position, facts.aliases, facts.help_lines, facts.ngo_lines, facts.sources, facts.records()]
    for one in (language, SOURCE):
        if prose := page.prose.get(one):
            values = (getattr(prose, one.name) for one in fields(prose))
            labels = [sorted(value.items()) for value in values if isinstance(value, dict)]
            shown += [one, prose.title, prose.h1, prose.summary, prose.keywords, labels, markup.anchors(prose.body)]
    return repr(shown)


def changes_of(notes: Mapping[str, list[ChangeNote]]) -> dict[str, list[dict[str, str]]]:
    """Change notes as a manifest keeps them."""
    return {
        path: [{"part": one.part, "day": one.day.isoformat(), "note": one.note} for one in found]
        for path, found in notes.items()
    }
