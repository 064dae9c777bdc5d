"""Judging a change of one or several texts as the site that would come of it, whole.

What is wrong with the changed texts themselves is ``texts.check.judge``'s to say. Here is what they would break
elsewhere: a text that names a record, a page or an anchor that would be gone, and the plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from toolkit.texts.check import Looked, judge
from toolkit.texts.folder import ContentFile, file_name
from toolkit.texts.languages import ALL_PARTS, BUTTONS, FACTS, OF_HOME, PLAN, SOURCE
from toolkit.texts.page import PageTexts, Part, Site, read_part, take_in, write_part
from toolkit.texts.problem import Fault, Problem, TextError
from toolkit.texts.records.page_toml import line_of
from toolkit.texts.words import markup

Unit = tuple[str, str]
# Below here stand the kinds of harm.
KINDS = "types/"


@dataclass(frozen=True)
class Change:
    """A text that is to be the live text of a unit.

    ``raw`` is a file's bytes or a canonical text. ``expected`` is the digest of the live text that it was made from,
    None where there was none; ``agreed`` that of the file's text which the site agrees with from then on, "" where the
    files have no part in it. ``reason`` is a colleague's and ``cause`` the site's own (models.Cause); ``note`` is for
    readers. ``fault``: why the file could not be read.
    """

    path: str
    part: str
    raw: bytes
    expected: str | None
    agreed: str = ""
    reason: str = ""
    cause: str = ""
    note: str = ""
    fault: Fault | None = None

    @classmethod
    def of(cls, path: str, part: str, value: Part, expected: str | None, **more: Any) -> Change:
        return cls(path, part, write_part(value).encode(), expected, **more)

    @property
    def unit(self) -> Unit:
        return self.path, self.part

    @cached_property
    def file(self) -> ContentFile:
        return ContentFile(self.path, self.part, file_name(self.path, self.part), self.raw, self.fault)


@dataclass(frozen=True, slots=True)
class Verdict:
    """``good``: the changes that are fit to be published together, and what each says; ``site``: what comes of it.

    ``moves`` are the pages that move with them.
    """

    good: list[tuple[Change, Part]]
    site: Site
    moves: Mapping[str, str]
    problems: list[Problem]

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if not problem.is_warning]


def weigh(
    changes: Sequence[Change], live: Site, moves: Mapping[str, str] | None = None, today: date | None = None
) -> Verdict:
    """Judges ``changes`` of the ``live`` site. What is not fit is left out, and with it what belongs to it.

    ``moves``: old path -> new path of pages whose address changes along with it.
    """
    left = list(changes)
    asked = {one.path for one in changes}
    problems: list[Problem] = []
    looked: Looked = {}
    while True:
        stayed = asked - {one.path for one in left}
        going = {old: new for old, new in (moves or {}).items() if new not in stayed}
        before = moved(live, going)
        if taken := list(_taken_addresses(left, before)):
            # Judged with them, the page at such an address would be taken for one that gives way.
            problems += taken
            files = {problem.file for problem in taken}
            guilty = {one.path for one in left if one.file.name in files}
            left = [one for one in left if one.path not in guilty]
            continue
        # One that gives way is judged with them: what was published of it must lead on.
        giving_way = {old: live[old] for old, new in going.items() if old in live and new in live}
        judgement = judge([one.file for one in left], {**before, **giving_way}, today, looked)
        fit = {read.file.name: read for read in judgement.good}
        kept = _whole_pages(left, set(fit))
        if len(kept) == len(left):
            broken = _broken(live, judgement.site, kept)
            if not broken:
                good = [(one, fit[one.file.name].part) for one in kept]
                return Verdict(good, judgement.site, going, sorted({*problems, *judgement.problems}))
            problems += broken
            kept = _harmless(kept, live, judgement.site, broken)
        problems += judgement.errors
        left = kept


def broken_elsewhere(changes: Sequence[Change], live: Site) -> list[Problem]:
    """What the changes would break in other texts of the ``live`` site, whether they are fit themselves or not.

    One that cannot be read, which is said where it is judged, takes nothing away.
    """
    after = dict(live)
    for one in changes:
        page = after.get(one.path) or PageTexts(one.path)
        with suppress(TextError):
            after[one.path] = page.with_part(one.part, read_part(one.part, one.raw.decode()))
    return _broken(live, after, list(changes))


def moved(site: Site, moves: Mapping[str, str]) -> Site:
    """The site with pages at their new addresses; one whose new address has a page already gives way to that."""
    if not moves:
        return site
    stay = {path: page for path, page in site.items() if path not in moves}
    return {new: replace(site[old], path=new) for old, new in moves.items() if old in site} | stay


def _taken_addresses(changes: list[Change], before: Site) -> Iterator[Problem]:
    """Pages that another would name as its old address, though they stay."""
    for one in changes:
        if one.part == FACTS and (b"aliases" in one.raw or b"gone" in one.raw):
            try:
                text, facts = take_in(FACTS, one.raw)
            except TextError:
                continue  # said where it is judged
            for path in getattr(facts, "old_paths", ()):
                if path in before:
                    yield Problem.of(one.file.name, line_of(text, path), Fault("alias-is-page", path=path))


def _whole_pages(changes: list[Change], fit: set[str]) -> list[Change]:
    """The changes that are fit, without the other texts of pages whose facts or English text are not."""
    waiting = {one.path for one in changes if one.file.name not in fit and one.part in (FACTS, SOURCE)}
    return [one for one in changes if one.file.name in fit and one.path not in waiting]


def _broken(before: Site, after: Site, changes: list[Change]) -> list[Problem]:
    """The errors of other texts that are not wrong today."""
    files = list(_dependents(before, after, changes))
    if not files or not (found := judge(files, after).errors):
        return []
    return sorted(set(found) - set(judge([file for file in files if file.page in before], before).errors))


def _dependents(before: Site, after: Site, changes: list[Change]) -> Iterator[ContentFile]:
    """The texts that stay as they are and stand on something that changes."""
    changed, pages = {one.unit for one in changes}, {one.path for one in changes}
    # Without its records or the English text beside it, the rest of a page cannot be as it was.
    own = {one.path for one in changes if one.part in (FACTS, SOURCE)}
    gone = _gone(before, after, pages)
    names = re.compile(_any_of(gone)) if gone else None
    added = after.keys() - before.keys()
    for path, page in after.items():
        for part in ALL_PARTS:
            value = page.part(part)
            # Words of buttons name no record and no page.
            if value is None or (path, part) in changed or part == BUTTONS:
                continue
            if part == PLAN:
                is_touched = bool(gone or added or any(one.part == FACTS for one in changes))
            else:
                is_touched = path in own or bool(names and names.search(_body(value)))
                is_touched |= part == FACTS and not added.isdisjoint(getattr(value, "old_paths", ()))
            if is_touched:
                yield ContentFile(path, part, file_name(path, part), write_part(value).encode())


def _gone(before: Site, after: Site, pages: Iterable[str]) -> set[str]:
    """The names that can be used today and could not be used then: addresses, and records and anchors of ``pages``."""
    paths = before.keys() - after.keys()
    wanted = {name for path in {*pages, *paths} if path in before for name in _names(before[path])}
    # A record may have gone to another page.
    kept = {name for path in {*pages} if path in after for name in _names(after[path])}
    # Facts say by its short name for which kinds of harm they are.
    return (wanted - kept) | paths | {path.removeprefix(KINDS) for path in paths if path.startswith(KINDS)}


def _names(page: PageTexts) -> set[str]:
    found = {record.id for record in page.facts.records()} if page.facts else set()
    if page.facts:
        found |= set(page.facts.anchor_aliases)
    return found | (set(markup.anchors(page.prose[SOURCE].body)) if SOURCE in page.prose else set()) - {""}


def _body(value: Part) -> str:
    """Where a text may name something of another page."""
    body = getattr(value, "body", None)
    return body if body is not None else write_part(value)


def _harmless(kept: list[Change], before: Site, after: Site, broken: list[Problem]) -> list[Change]:
    """Leaves out the pages whose change breaks other texts: their own, or those that take away what is named there."""
    files = {problem.file for problem in broken}
    pages = {one.path for one in kept}
    parts = [part for part in ALL_PARTS if part not in OF_HOME]
    guilty = {path for path in pages if any(file_name(path, part) in files for part in parts)}
    missed = {name for problem in broken for name in problem.fault.named}
    for path in pages - guilty:
        facts = after[path].facts
        was = _names(before[path]) if path in before else set()
        names = (was - _names(after[path])) | (set(facts.old_paths) - after.keys() if facts else set())
        if not missed.isdisjoint(names):
            guilty.add(path)
    # A plan with a gap names nobody: nothing of facts goes, or nothing at all.
    guilty = guilty or {one.path for one in kept if one.part == FACTS} or pages
    return [one for one in kept if one.path not in guilty]


def _any_of(names: Iterable[str]) -> str:
    return rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(names)))})(?![\w-])"
