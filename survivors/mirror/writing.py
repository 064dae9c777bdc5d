"""Writes a mirror, and writes it again: what did not change is left alone, what is gone vanishes.

What each file was made of is kept beside them in ``.mirror.json``, so that a second run costs what has changed.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from toolkit.texts.folder import write_at_once

SUMS = "SHA256SUMS"
_MADE_OF = ".mirror.json"


class NotAMirrorError(Exception):
    """A folder that holds something else, which is not to be written over."""


class File(NamedTuple):
    """One file of a mirror: its name, what names all that it is made of, and how it is made."""

    name: str
    made_of: str
    make: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Written:
    """Which files were written, and which taken away."""

    files: tuple[str, ...]
    gone: tuple[str, ...]
    total: int


def write(target: Path, files: Iterator[File]) -> Written:
    """Brings a folder up to ``files``. Raises NotAMirrorError."""
    before, now, written = _known(target), {}, []
    for file in files:
        known, path = before.get(file.name), target / file.name
        if known and known[0] == file.made_of and path.exists():
            now[file.name] = known
            continue
        raw = file.make()
        now[file.name] = [file.made_of, hashlib.sha256(raw).hexdigest()]
        if not path.exists() or path.read_bytes() != raw:
            write_at_once(path, raw)
            written.append(file.name)
    gone = sorted(before.keys() - now.keys())
    for name in gone:
        _take_away(target, name)
    _note(target / SUMS, "".join(f"{digest}  {name}\n" for name, (_, digest) in sorted(now.items())))
    _note(target / _MADE_OF, json.dumps(now, sort_keys=True, separators=(",", ":")))
    return Written(tuple(written), tuple(gone), len(now))


def _known(target: Path) -> dict[str, Any]:
    """File -> what it was made of, and its SHA-256."""
    try:
        found: dict[str, Any] = json.loads((target / _MADE_OF).read_bytes())
        return found
    except (OSError, ValueError):
        if target.exists() and any(target.iterdir()):
            raise NotAMirrorError(target) from None
        return {}


def _note(path: Path, text: str) -> None:
    if not path.exists() or path.read_text() != text:
        write_at_once(path, text.encode())


def _take_away(target: Path, name: str) -> None:
    (target / name).unlink(missing_ok=True)
    for folder in (target / name).parents:
        if folder == target:
            return
        with suppress(OSError):  # something else is in it
            folder.rmdir()
