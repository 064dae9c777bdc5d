"""Files <-> site: read the folder, decide for each text by its digest, publish what is to be published together."""

import fcntl
import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import monotonic, sleep
from typing import IO

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from toolkit import live, models
from toolkit.files.left_behind import LeftBehind, clear, followed, is_behind
from toolkit.judging import Change, Unit, weigh
from toolkit.texts.canonical import DIGEST_LENGTH, decode, digest
from toolkit.texts.check import judge, old_paths, vanished_pages
from toolkit.texts.decide import Decision, decide
from toolkit.texts.folder import ContentFile, Found, file_name, look_through, read_folder, write_file
from toolkit.texts.languages import ALL_PARTS, FACTS
from toolkit.texts.lasting import recorded
from toolkit.texts.page import Site, canonical_part, read_part
from toolkit.texts.problem import Fault, Problem, TextError
from toolkit.texts.words.tidied import tidied

# Seconds that a person, and a deployment, wait for another process.
_WAIT, _WAIT_LONG = 5, 900


@dataclass(slots=True)
class Report:
    """What became of each unit, by file name, and what is wrong."""

    decisions: dict[str, Decision] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    # Files at addresses that their page has left on the site.
    left_behind: list[str] = field(default_factory=list)

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if not problem.is_warning]

    def named(self, *wanted: Decision) -> list[str]:
        return sorted(name for name, decision in self.decisions.items() if decision in wanted)


class BusyError(Exception):
    """Another process is taking files over, and did not end in time."""


def import_files(root: Path, take: Collection[str] = (), waiting: Callable[[], None] | None = None) -> Report:
    """Brings the site up to the files below ``root``. Units named in ``take`` follow the file in any case.

    What changed is published together. A text that is not fit, or would break another, is named and left out. While
    another process is at it, this one waits: for long if ``waiting`` is given, which is then called once.
    Raises FileNotFoundError when there is no such folder, BusyError when it waited in vain.
    """
    with _turn(waiting), transaction.atomic():
        live.one_at_a_time()
        plan = _plan(look_through(root), take)
        done = live.publish(plan.changes, origin="files", moves=plan.moves, partly=True)
        left_out = {change.file.name for change in done.left_out}
        report = Report({name: one for name, one in plan.decisions.items() if name not in left_out}, done.problems)
        report.problems, report.left_behind = report.problems + plan.problems, plan.left_behind
        live.agree({(done.moves.get(path, path), part): named for (path, part), named in plan.agreed.items()})
        for unit, (why, text) in plan.held.items():
            live.hold(*unit, why, text)
        _let_go(report, plan)
    return report


@dataclass(slots=True)
class _Plan:
    """What a sync is to do. Decided by digest: only texts that are not live are looked into."""

    decisions: dict[str, Decision] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    moves: dict[str, str] = field(default_factory=dict)
    agreed: dict[Unit, str] = field(default_factory=dict)
    # Unit -> which decision it waits for, and the file's text.
    held: dict[Unit, tuple[str, str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    left_behind: list[str] = field(default_factory=list)


def _plan(found: Found, take: Collection[str] = ()) -> _Plan:
    plan, digests, agreed = _Plan(), live.live_digests(), _agreed()
    # Where every folder is a page's own, there is none to follow.
    is_known = {file.page for file in found.files} <= {path for path, _ in digests}
    left = followed(found.files, {} if is_known else live.live_site(), agreed)
    files = left.files
    plan.left_behind = [*left.over, *left.moved.values()]
    plan.problems = [Problem.of(name, 1, fault) for name, fault in found.faults.items()]
    hidden = {unit for unit in digests if found.hides(file_name(*unit))}
    plan.moves = _moves(files, {path for path, _ in digests.keys() - hidden})
    renamed = {new: old for old, new in live.renames(plan.moves).items()}
    read = [(file, _text_of(file, digests.get(_unit(file, renamed)))) for file in files]
    for file, text in read:
        _decide(plan, file, text, _unit(file, renamed), digests, agreed, is_taken=file.name in take)
    plan.decisions |= dict.fromkeys(left.over, Decision.EXPORT)
    for name in left.moved:
        if plan.decisions[name] is Decision.IN_SYNC:
            plan.decisions[name] = Decision.EXPORT
    _stay_where_undecided(plan, renamed)
    for old, new in live.renames(plan.moves).items():
        _keep_the_old_address(plan, old, new, digests)
    known = {_unit(file, renamed) for file in files} | {(file.page, file.part) for file in files}
    for page, part in digests.keys() - known - hidden:
        if page not in plan.moves:
            plan.decisions[file_name(page, part)] = decide(agreed.get((page, part), []), None, "live")
    return plan


def _unit(file: ContentFile, renamed: Mapping[str, str]) -> Unit:
    """Where the text of a file stands on the site today."""
    return renamed.get(file.page, file.page), file.part


def _text_of(file: ContentFile, live_digest: str | None) -> str | None:
    """The canonical text of a file, None where it cannot be read. What is live word for word is not looked into."""
    if file.fault:
        return None
    if hashlib.sha256(file.raw).hexdigest()[:DIGEST_LENGTH] == live_digest:
        return file.raw.decode()
    try:
        return canonical_part(file.part, decode(file.raw))
    except TextError:
        return None


def _decide(
    plan: _Plan, file: ContentFile, text: str | None, unit: Unit,
    digests: Mapping[Unit, str], agreed: Mapping[Unit, list[str]], *, is_taken: bool,
) -> None:  # fmt: skip
    expected, history = digests.get(unit), agreed.get(unit, [])
    named = digest(text) if text is not None else "unreadable"
    decision = decide(history, named, expected) if text is not None else Decision.IMPORT
    if is_taken and decision is not Decision.IN_SYNC:
        decision = Decision.IMPORT
    plan.decisions[file.name] = decision
    if decision is Decision.IMPORT:
        plan.changes.append(Change(file.page, file.part, file.raw, expected, agreed=named, fault=file.fault))
    elif decision is Decision.IN_SYNC and (not history or history[-1] != named):
        plan.agreed[unit] = named
    elif decision in (Decision.CONFLICT, Decision.ROLLBACK):
        plan.held[unit] = ("conflict" if decision is Decision.CONFLICT else "rollback", text or "")


def _moves(files: list[ContentFile], live_paths: set[str]) -> dict[str, str]:
    """Pages whose folder is gone and whose path another page names as its old one: old path -> new path.

    A page that was taken down gives way to the one that says so.
    """
    folders = {file.page for file in files}
    gone = live_paths - folders
    if not gone:
        return {}
    found: dict[str, str] = {}
    for file in files:
        if file.part == FACTS:
            with suppress(TextError):
                facts = read_part(FACTS, decode(file.raw))
                named = facts.old_paths if file.page in live_paths else facts.aliases  # type: ignore[union-attr]
                found |= {old: file.page for old in named if old in gone}
    return found


def _stay_where_undecided(plan: _Plan, renamed: Mapping[str, str]) -> None:
    """A page on which file and site differ moves once a person has decided: until then all of it waits."""
    for old, new in list(plan.moves.items()):
        if (new, FACTS) in plan.held:
            del plan.moves[old]
    for new, old in renamed.items():
        if any(path == old for path, _ in plan.held):
            del plan.moves[old]
            plan.changes = [change for change in plan.changes if change.path != new]
            plan.agreed = {unit: named for unit, named in plan.agreed.items() if unit[0] != old}


def _keep_the_old_address(plan: _Plan, old: str, new: str, digests: Mapping[Unit, str]) -> None:
    """Where the site's own facts move with a page, they have to name the address that it had."""
    if any(change.unit == (new, FACTS) for change in plan.changes):
        return
    facts = live.live_site()[old].facts
    if facts:
        value = replace(facts, aliases=tuple(dict.fromkeys([*facts.aliases, old])))
        plan.changes.append(Change.of(new, FACTS, value, digests[old, FACTS]))


def export_texts(root: Path, out: Path, take: Collection[str] = ()) -> Report:
    """Writes live texts to files below ``out``, and only those that differ from what is there.

    Into the content folder itself (``root``) only what staff changed is written, and then both sides agree; a file
    that changed too is left alone unless named in ``take``. Anywhere else, every live text is written.
    """
    site, agreed, report = live.live_site(), _agreed(), Report()
    in_place = out.resolve() == root.resolve()
    left = followed(read_folder(root), site, agreed) if in_place else LeftBehind()
    for page, part in sorted(_live_units(site)):
        name = file_name(page, part)
        text = live.live_text(site, page, part) or ""
        path, found = out / name, out / left.moved.get(name, name)
        decision = decide(agreed.get((page, part), []), _digest_of(found, part), digest(text))
        is_moved = name in left.moved and decision in (Decision.IN_SYNC, Decision.EXPORT)
        # Nobody empties a text on purpose: a full disk or an editor that was killed does, and what was there is live.
        is_emptied = found.is_file() and found.stat().st_size == 0
        is_ours = not in_place or is_moved or name in take or is_emptied or decision is Decision.EXPORT
        if (decision is Decision.IN_SYNC and not is_moved) or not is_ours:
            report.decisions[name] = decision
            continue
        write_file(path, text.encode())
        report.decisions[name] = Decision.EXPORT
        if in_place:
            live.agree({(page, part): digest(text)})
            report.left_behind += [left.moved[name]] if name in left.moved else []
    report.left_behind += left.over
    clear(root, report.left_behind)
    return report


def look(root: Path) -> Report:
    """What ``import_files`` would find below ``root``, and everything that is wrong there; changes nothing.

    Raises FileNotFoundError when there is no such folder.
    """
    found = look_through(root)
    plan = _plan(found)
    verdict = weigh(plan.changes, live.live_site(), plan.moves)
    good = {change.file.name for change, _ in verdict.good}
    unfit = {change.file.name for change in plan.changes} - good
    report = Report({name: one for name, one in plan.decisions.items() if name not in unfit})
    report.problems = sorted({*verdict.problems, *_problems_of_folder(root, found)})
    report.left_behind = plan.left_behind
    return report


def check_files(root: Path) -> list[Problem]:
    """Everything that is wrong with the files below ``root``, also against what is published here, if anything is."""
    return _problems_of_folder(root, look_through(root))


def _has_database() -> bool:
    """Whether the site's database is there, and as this code needs it."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def format_files(root: Path) -> list[str]:
    """Rewrites every readable file in its canonical form; returns the names of those that changed."""
    changed = []
    for file in read_folder(root):
        if file.fault:
            continue
        try:
            wanted = canonical_part(file.part, decode(tidied(file.part, file.raw.decode()).encode())).encode()
        except (TextError, UnicodeDecodeError):
            continue
        if wanted != file.raw:
            write_file(root / file.name, wanted)
            changed.append(file.name)
    return changed


def record_places(root: Path) -> list[str]:
    """Adds what stands now to the folder's list of places; gives those that were not on it."""
    return recorded.record(root, judge(read_folder(root), {}).site)


def _problems_of_folder(root: Path, found: Found) -> list[Problem]:
    site = live.live_site() if _has_database() else {}
    agreed, digests = (_agreed(), live.live_digests()) if site else ({}, {})
    left = followed(found.files, site, agreed)
    # Where only the site has gone on, it is not for the facts in the files to say which addresses there were.
    files = [
        one
        for one in left.files
        if not (one.part == FACTS and is_behind(one, agreed, digests.get((one.page, one.part))))
    ]
    judgement = judge(files, site)
    paths = {file.page for file in left.files} | {path for path in site if found.hides(path)}
    from_files = {path: page for path, page in judgement.site.items() if path in paths}
    problems = judgement.problems + vanished_pages(paths, site, old_paths(from_files))
    problems += [Problem.of(name, 1, fault) for name, fault in found.faults.items()]
    for place, line in recorded.lost(root, from_files).items():
        problems.append(Problem.of(recorded.PLACES_FILE, line, Fault("place-vanishes", place=place)))
    problems += [Problem.of(name, 1, Fault("not-a-text"), is_warning=True) for name in found.strangers]
    return sorted(problems)


def _let_go(report: Report, plan: _Plan) -> None:
    """Nothing waits for a decision any more where the file was put right: what it held then is not in the files."""
    for state in models.UnitState.objects.exclude(hold="").select_related("page"):
        name = file_name(state.page.path, state.part)
        if name in report.decisions and (state.page.path, state.part) not in plan.held:
            models.UnitState.objects.filter(pk=state.pk).update(hold="", held="")


@contextmanager
def _turn(waiting: Callable[[], None] | None) -> Iterator[None]:
    """Only one process takes files over at a time: what it decides rests on what it found. The next one waits."""
    name = str(connection.settings_dict["NAME"])
    if "memory" in name:  # no other process has this database
        yield
        return
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.DATA_DIR / f"sync-{digest(name)}.lock").open("w") as lock:
        end = monotonic() + (_WAIT_LONG if waiting else _WAIT)
        while not _has_locked(lock):
            if waiting:
                waiting()
                waiting = None
            if monotonic() > end:
                raise BusyError
            sleep(0.1)
        yield


def _has_locked(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _agreed() -> dict[tuple[str, str], list[str]]:
    states = models.UnitState.objects.values_list("page__path", "part", "agreed")
    return {(path, part): agreed for path, part, agreed in states}


def _live_units(site: Site) -> set[tuple[str, str]]:
    return {(path, part) for path, page in site.items() for part in ALL_PARTS if page.part(part)}


def _digest_of(path: Path, part: str) -> str | None:
    """The digest of a file's canonical text; of its bytes as they are where they cannot be read, so that it differs."""
    if not path.exists() and not path.is_symlink():
        return None
    try:
        return digest(canonical_part(part, decode(path.read_bytes() if path.is_file() else b"")))
    except (TextError, OSError):
        return "unreadable"
