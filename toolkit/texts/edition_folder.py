"""The folder that readers are served from: how it is laid out, written and read. No Django, no database.

    current             the number of the manifest that is live, replaced at once
    manifests/7.json    everything that the guide answers, and the digest of every text
    texts/<digest>      the canonical text of a unit, of every version that was published
    bodies/<digest>     a finished page, and beside it .br and .gz
    www/en/types/…      the same bodies by address, for a web server or a content network to serve as they are
    laid/<digest>/      where ``www`` leads: a page and the headers that let its script run belong together, so other
                        headers (of other code) get a tree of their own, and the one before stays until the next
    web/                that tree and those headers, as web servers take them (toolkit/edition/web_servers.py)

A text or a body never changes once written, so an edition is whole before ``current`` names it.
"""

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any

from toolkit.texts.folder import write_at_once
from toolkit.texts.languages import ALL_PARTS
from toolkit.texts.page import ChangeNote, PageTexts, Site, read_part

SUFFIXES = {"": "", "br": ".br", "gzip": ".gz"}
MANIFESTS_KEPT = 3
INDEX = "index.html"


class NoEditionError(Exception):
    """Nothing has been published to this folder yet, or it cannot be read."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """One edition. ``texts``: "path|part" -> digest; ``answers``: address -> {"body", "status", "location"}.

    ``until``: the day on which it says something else by itself, as a law starts; "" for none."""

    version: int
    made: str
    code: str
    texts: Mapping[str, str]
    answers: Mapping[str, Mapping[str, Any]]
    notes: Mapping[str, list[dict[str, str]]] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    until: str = ""

    def change_notes(self) -> dict[str, list[ChangeNote]]:
        return {
            path: [ChangeNote(one["part"], date.fromisoformat(one["day"]), one["note"]) for one in notes]
            for path, notes in self.notes.items()
        }


class EditionFolder:
    """The editions below ``root``."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def stamp(self) -> int:
        """Changes whenever another edition becomes the current one; 0 where there is none."""
        try:
            return (self.root / "current").stat().st_mtime_ns
        except OSError:
            return 0

    def manifest(self) -> Manifest:
        """The current edition. Raises NoEditionError."""
        try:
            number = int((self.root / "current").read_text())
            return Manifest(**json.loads((self.root / "manifests" / f"{number}.json").read_bytes()))
        except (OSError, ValueError, TypeError) as error:
            raise NoEditionError(str(error)) from None

    def body(self, name: str, encoding: str = "") -> bytes:
        """A finished page. Raises OSError."""
        return (self._body(name, encoding)).read_bytes()

    def keep_body(self, bodies: Mapping[str, bytes]) -> str:
        """Writes a finished page in its encodings; returns its name, the same for the same page."""
        name = body_name(bodies[""])
        # The plain one last: where it is, the others are.
        for encoding in ("br", "gzip", ""):
            _write_once(self._body(name, encoding), bodies[encoding])
        return name

    def has_body(self, name: str) -> bool:
        return self._body(name, "").exists()

    def bodies(self) -> set[str]:
        """The names of all finished pages that are there."""
        return {one.name for one in _below(self.root / "bodies") if "." not in one.name}

    def texts(self) -> set[str]:
        """The names of all texts that are there; not of one that a power cut emptied."""
        return {one.name for one in _below(self.root / "texts") if one.stat().st_size}

    def keep_text(self, name: str, text: str) -> None:
        _write_once(self._text(name), text.encode())

    def has_text(self, name: str) -> bool:
        return self._text(name).exists()

    def text(self, name: str) -> str:
        """A text that was published at some time. Raises OSError."""
        return self._text(name).read_text()

    def site(self, manifest: Manifest, known: Site | None = None, known_texts: Mapping[str, str] | None = None) -> Site:
        """The texts of an edition, parsed; a page whose digests are those of ``known_texts`` comes from ``known``."""
        wanted: dict[str, dict[str, str]] = {}
        for unit, name in manifest.texts.items():
            path, _, part = unit.rpartition("|")
            wanted.setdefault(path, {})[part] = name
        known, before = known or {}, known_texts or {}
        return {path: self._page(path, parts, known.get(path), before) for path, parts in wanted.items()}

    def make_current(self, manifest: Manifest) -> None:
        """The edition that readers get from now on. Its texts and bodies must be there."""
        path = self.root / "manifests" / f"{manifest.version}.json"
        told = {one.name: getattr(manifest, one.name) for one in fields(manifest)}
        write_at_once(path, json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode(), flush=True)
        write_at_once(self.root / "current", f"{manifest.version}\n".encode(), flush=True)

    def tree(self, manifest: Manifest) -> Path:
        """Where the pages that go with these headers lie by address."""
        headers = json.dumps(dict(manifest.headers), sort_keys=True).encode()
        return self.root / "laid" / hashlib.sha256(headers).hexdigest()[:12]

    def is_laid_out(self, manifest: Manifest) -> bool:
        return (self.root / "www").resolve() == self.tree(manifest).resolve() and self.tree(manifest).is_dir()

    def lay_out(self, manifest: Manifest, before: Manifest | None) -> None:
        """Brings ``www`` from the edition before up to this one; only what differs is touched, each file at once."""
        tree = self.tree(manifest)
        is_same = bool(before) and self.is_laid_out(manifest)
        old = before.answers if before and is_same else {}
        pages = {address for address, answer in manifest.answers.items() if _is_page(address, answer)}
        for address in pages:
            answer, file = manifest.answers[address], _file(tree, address)
            if old.get(address) != answer or not file.exists():
                for encoding, suffix in SUFFIXES.items():
                    _link(self._body(answer["body"], encoding), Path(f"{file}{suffix}"))
        if is_same:
            gone = {_file(tree, address) for address in old.keys() - pages}
        else:
            there = {file for file in tree.rglob("*") if file.is_file() and file.suffix not in SUFFIXES.values()}
            gone = there - {_file(tree, address) for address in pages}
        for file in gone:
            for suffix in SUFFIXES.values():
                Path(f"{file}{suffix}").unlink(missing_ok=True)
        if not is_same:
            self._lead_to(tree)

    def _lead_to(self, tree: Path) -> None:
        """From now on ``www`` is this tree; the one before stays for a web server that has not heard of it yet."""
        www = self.root / "www"
        if www.is_dir() and not www.is_symlink():  # as it was before there were trees
            www.rename(tree.with_name("before"))
        kept = {tree.resolve(), www.resolve()}
        beside = self.root / f".www.{os.getpid()}"
        beside.unlink(missing_ok=True)
        beside.symlink_to(tree.relative_to(self.root))
        beside.replace(www)
        for other in tree.parent.iterdir():
            if other.resolve() not in kept:
                shutil.rmtree(other, ignore_errors=True)

    def clear_away(self) -> None:
        """Takes away what none of the latest editions answers. Texts stay: a reader may ask for any version."""
        manifests = sorted((self.root / "manifests").glob("*.json"), key=lambda path: int(path.stem))
        for path in manifests[:-MANIFESTS_KEPT]:
            path.unlink()
        kept = [Manifest(**json.loads(path.read_bytes())) for path in manifests[-MANIFESTS_KEPT:]]
        bodies = {answer.get("body") for one in kept for answer in one.answers.values()}
        for path in (self.root / "bodies").glob("*/*"):
            if path.name.partition(".")[0] not in bodies:
                path.unlink(missing_ok=True)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Only one process writes at a time; the others wait."""
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _page(
        self, path: str, parts: Mapping[str, str], known: PageTexts | None, before: Mapping[str, str]
    ) -> PageTexts:
        if known and all(before.get(f"{path}|{part}") == parts.get(part) for part in ALL_PARTS):
            return known
        page = PageTexts(path)
        for part, name in parts.items():
            page = page.with_part(part, read_part(part, self.text(name)))
        return page

    def _text(self, name: str) -> Path:
        return self.root / "texts" / name[:2] / name

    def _body(self, name: str, encoding: str) -> Path:
        return self.root / "bodies" / name[:2] / f"{name}{SUFFIXES[encoding]}"


def _file(tree: Path, address: str) -> Path:
    """Where a tree has an answer: a page by its folders, a file by its own name, an error as ``404.en.html``."""
    if address.startswith("/"):
        return tree / address.strip("/") / (INDEX if address.endswith("/") else "")
    return tree / f"{address.replace(' ', '.')}.html"


def _is_page(address: str, answer: Mapping[str, Any]) -> bool:
    """Whether a web server may answer with the file alone: at an address it says 200."""
    return bool(answer.get("body")) and (not address.startswith("/") or answer["status"] == 200)


def _below(root: Path) -> Iterator[os.DirEntry[str]]:
    """What stands in the folders of a folder, if there is one."""
    for folder in root.iterdir() if root.is_dir() else ():
        yield from os.scandir(folder)


def body_name(html: bytes) -> str:
    return hashlib.sha256(html).hexdigest()[:32]


def _write_once(path: Path, raw: bytes) -> None:
    # A file that a power cut emptied is written again.
    with suppress(OSError):
        if path.stat().st_size == len(raw):
            return
    write_at_once(path, raw)


def _link(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    beside.unlink(missing_ok=True)
    try:
        os.link(source, beside)
    except OSError:  # a file system without hard links
        shutil.copyfile(source, beside)
    with suppress(FileNotFoundError):
        beside.replace(target)
