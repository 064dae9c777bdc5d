"""Files <-> site: read the folder, judge every text, decide for each unit, do it in a transaction of its own."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from toolkit import models
from toolkit.live import agree, hold, live_site, live_text, publish
from toolkit.texts.canonical import TextError, decode, digest
from toolkit.texts.check import Judgement, Problem, ReadFile, alias_targets, judge, vanished_pages
from toolkit.texts.decide import Decision, decide
from toolkit.texts.folder import ContentFile, file_name, read_folder, strangers
from toolkit.texts.languages import ALL_PARTS, FACTS, PLAN
from toolkit.texts.page import Site, canonical_part, write_part


@dataclass(slots=True)
class Report:
    """What became of each unit, by file name, and what is wrong."""

    decisions: dict[str, Decision] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if not problem.is_warning]

    def named(self, *wanted: Decision) -> list[str]:
        return sorted(name for name, decision in self.decisions.items() if decision in wanted)


def import_files(root: Path, take: Collection[str] = ()) -> Report:
    """Brings the site up to the files below ``root``. Units named in ``take`` follow the file in any case.

    Raises FileNotFoundError when there is no such folder.
    """
    files = read_folder(root)
    _bring_back({file.page for file in files})
    live = live_site()
    agreed = _agreed()
    judgement = judge(files, live)
    report = Report(problems=judgement.problems)
    # Facts first and the plan last, so that nothing ever names a record that is not live yet.
    for read in sorted(judgement.good, key=lambda read: (read.file.part != FACTS, read.file.part == PLAN)):
        report.decisions[read.file.name] = _import_unit(read, live, agreed, take=read.file.name in take)
    _let_go(report)
    found = {(file.page, file.part) for file in files}
    for page, part in _live_units(live) - found:
        report.decisions[file_name(page, part)] = decide(agreed.get((page, part), []), None, "live")
    _follow_aliases({page for page, _ in found})
    return report


def export_texts(root: Path, out: Path, take: Collection[str] = ()) -> Report:
    """Writes live texts to files below ``out``, and only those that differ from what is there.

    Into the content folder itself (``root``) only what staff changed is written, and then both sides agree; a file
    that changed too is left alone unless named in ``take``. Anywhere else, every live text is written.
    """
    live = live_site()
    agreed = _agreed()
    report = Report()
    for page, part in sorted(_live_units(live)):
        name = file_name(page, part)
        text = live_text(live, page, part) or ""
        path = out / name
        in_place = out.resolve() == root.resolve()
        decision = decide(agreed.get((page, part), []), _digest_of(path, part), digest(text))
        if decision is Decision.IN_SYNC or (in_place and name not in take and decision is not Decision.EXPORT):
            report.decisions[name] = decision
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        report.decisions[name] = Decision.EXPORT
        if in_place:
            agree(page, part, digest(text))
    return report


def look(root: Path) -> Report:
    """What ``import_files`` would find below ``root``, and everything that is wrong there; changes nothing.

    Raises FileNotFoundError when there is no such folder.
    """
    files = read_folder(root)
    live = live_site()
    agreed = _agreed()
    judgement = judge(files, live)
    report = Report(problems=_problems_of_folder(root, files, judgement, live))
    for read in judgement.good:
        report.decisions[read.file.name] = _decision(read, live, agreed)[0]
    found = {(file.page, file.part) for file in files}
    moving = alias_targets(judgement.site).keys() - {page for page, _ in found}
    for page, part in _live_units(live) - found:
        if page not in moving:
            report.decisions[file_name(page, part)] = decide(agreed.get((page, part), []), None, "live")
    return report


def check_files(root: Path) -> list[Problem]:
    """Everything that is wrong with the files below ``root``, also against what is published here, if anything is."""
    live = live_site() if _has_database() else {}
    files = read_folder(root)
    return _problems_of_folder(root, files, judge(files, live), live)


def _has_database() -> bool:
    """Whether the site's database is there, and as this code needs it."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def format_files(root: Path) -> list[str]:
    """Rewrites every readable file in its canonical form; returns the names of those that changed."""
    changed = []
    for file in read_folder(root):
        try:
            wanted = canonical_part(file.part, decode(file.raw)).encode()
        except TextError:
            continue
        if wanted != file.raw:
            (root / file.name).write_bytes(wanted)
            changed.append(file.name)
    return changed


def _problems_of_folder(root: Path, files: list[ContentFile], judgement: Judgement, live: Site) -> list[Problem]:
    paths = {file.page for file in files}
    from_files = {path: page for path, page in judgement.site.items() if path in paths}
    problems = judgement.problems + vanished_pages(paths, live, alias_targets(from_files))
    problems += [
        Problem(name, 1, "not a text of a page: page.toml or one of the languages", True) for name in strangers(root)
    ]
    return sorted(problems)


def _decision(read: ReadFile, live: Site, agreed: dict[tuple[str, str], list[str]]) -> tuple[Decision, str, str | None]:
    """What to do with a file's text; the canonical text; the digest of the live text."""
    page, part = read.file.page, read.file.part
    text = write_part(read.part)
    before = live_text(live, page, part)
    expected = digest(before) if before is not None else None
    return decide(agreed.get((page, part), []), digest(text), expected), text, expected


def _import_unit(read: ReadFile, live: Site, agreed: dict[tuple[str, str], list[str]], *, take: bool) -> Decision:
    page, part = read.file.page, read.file.part
    decision, text, expected = _decision(read, live, agreed)
    history_of_unit = agreed.get((page, part), [])
    if take and decision is not Decision.IN_SYNC:
        decision = Decision.IMPORT
    if decision is Decision.IMPORT:
        publish(page, part, read.part, origin="files", expected=expected)
    if decision in (Decision.IMPORT, Decision.IN_SYNC):
        if not history_of_unit or history_of_unit[-1] != digest(text):
            agree(page, part, digest(text))
    elif decision in (Decision.CONFLICT, Decision.ROLLBACK):
        hold(page, part, "conflict" if decision is Decision.CONFLICT else "rollback", text)
    return decision


def _let_go(report: Report) -> None:
    """Nothing waits for a decision any more where the file was put right: what it held then is not in the files."""
    undecided = report.named(Decision.CONFLICT, Decision.ROLLBACK)
    for state in models.UnitState.objects.exclude(hold="").select_related("page"):
        name = file_name(state.page.path, state.part)
        if name in report.decisions and name not in undecided:
            models.UnitState.objects.filter(pk=state.pk).update(hold="", held="")


def _agreed() -> dict[tuple[str, str], list[str]]:
    states = models.UnitState.objects.values_list("page__path", "part", "agreed")
    return {(path, part): agreed for path, part, agreed in states}


def _live_units(live: Site) -> set[tuple[str, str]]:
    return {(path, part) for path, page in live.items() for part in ALL_PARTS if page.part(part)}


def _digest_of(path: Path, part: str) -> str | None:
    """The digest of a file's canonical text; of its bytes as they are where they cannot be read, so that it differs."""
    if not path.exists():
        return None
    try:
        return digest(canonical_part(part, decode(path.read_bytes())))
    except TextError:
        return "unreadable"


def _bring_back(paths_of_files: set[str]) -> None:
    """A page that had given way to another and has a folder again."""
    if models.Page.objects.filter(path__in=paths_of_files, is_retired=True).update(is_retired=False):
        models.ContentVersion.advance()


def _follow_aliases(paths_of_files: set[str]) -> None:
    """A page whose folder is gone and whose path another page names as its old one gives way to that page."""
    moved = alias_targets(live_site()).keys() - paths_of_files
    if models.Page.objects.filter(path__in=moved, is_retired=False).update(is_retired=True):
        models.ContentVersion.advance()
