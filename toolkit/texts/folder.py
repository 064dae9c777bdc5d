"""The folder of content as a list of files: which page and part each one is."""

import os
import stat
from dataclasses import dataclass, field
from glob import escape
from pathlib import Path

from toolkit.texts.canonical import LONGEST_FILE
from toolkit.texts.languages import ALL_PARTS, FILE_NAMES, PLAN
from toolkit.texts.lasting.recorded import PLACES_FILE
from toolkit.texts.problem import Fault
from toolkit.texts.words.markup import SLUG

PLAN_FILE = FILE_NAMES[PLAN]
DEEPEST_FOLDER = 20

_PART_OF = {name: part for part, name in FILE_NAMES.items()}


@dataclass(frozen=True, slots=True)
class ContentFile:
    """One file of content; ``name`` is its path inside the content folder, with slashes.

    ``fault``: why it could not be read, if it could not.
    """

    page: str
    part: str
    name: str
    raw: bytes
    fault: Fault | None = None


@dataclass(slots=True)
class Found:
    """What stands below a content folder.

    ``faults``: name -> why it was not looked into, of folders and links; ``strangers``: files that are no text of the
    guide.
    """

    files: list[ContentFile] = field(default_factory=list)
    faults: dict[str, Fault] = field(default_factory=dict)
    strangers: list[str] = field(default_factory=list)

    def hides(self, name: str) -> bool:
        """Whether a file of this name may be there, but out of sight."""
        return any(not fault or name == fault or name.startswith(f"{fault}/") for fault in self.faults)


def file_name(page: str, part: str) -> str:
    return f"{page}/{FILE_NAMES[part]}" if page else FILE_NAMES[part]


def unit_of(name: str) -> tuple[str, str] | None:
    """(path, part) of the text that a file holds, by its name; None for no text of the guide."""
    path, _slash, last = name.rpartition("/")
    return (path, _PART_OF[last]) if last in _PART_OF else None


def read_folder(root: Path) -> list[ContentFile]:
    """Every text below ``root``, in the order of their names. Raises FileNotFoundError when there is no such folder."""
    return look_through(root).files


def look_through(root: Path) -> Found:
    """Everything below ``root``, whatever it is: what cannot be read is named with its reason, and stops nothing.

    Links are not followed, and nothing but a plain file is opened. Raises FileNotFoundError when there is no such
    folder.
    """
    if not root.is_dir():
        raise FileNotFoundError(f"no content folder at {root}")
    found = Found()
    left = [(root, "", 0)]
    while left:
        folder, name, depth = left.pop()
        if depth > DEEPEST_FOLDER:
            found.faults[name] = Fault("deep-folder", most=DEEPEST_FOLDER)
            continue
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            found.faults[name] = Fault("unreadable", why=error.strerror)
            continue
        for entry in entries:
            shown = f"{name}/{_shown(entry.name)}" if name else _shown(entry.name)
            if not entry.is_dir(follow_symlinks=False) or entry.name in _PART_OF:
                _take(found, entry, shown)
            elif not entry.name.startswith("."):
                left.append((Path(entry.path), shown, depth + 1))
    found.files.sort(key=lambda file: file.name.split("/"))
    found.strangers.sort()
    return found


def _take(found: Found, entry: os.DirEntry[str], name: str) -> None:
    if entry.name in _PART_OF:
        raw, fault = _read(Path(entry.path))
        found.files.append(ContentFile(name.rpartition("/")[0], _PART_OF[entry.name], name, raw, fault))
    elif entry.name.startswith(".") or name == PLACES_FILE:
        return
    elif entry.is_symlink():
        found.faults[name] = Fault("link-not-followed")
    else:
        found.strangers.append(name)


def _read(path: Path) -> tuple[bytes, Fault | None]:
    """A file's bytes, or why it cannot be read."""
    try:
        kind = path.lstat().st_mode
        if stat.S_ISLNK(kind):
            return b"", Fault("link-not-followed")
        if not stat.S_ISREG(kind):
            return b"", Fault("not-a-file")
        # Should it have become something else meanwhile: never wait for a pipe, never follow a link.
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
            raw = file.read(LONGEST_FILE + 1)
    except OSError as error:
        return b"", Fault("unreadable", why=error.strerror)
    return (b"", Fault("long-file")) if len(raw) > LONGEST_FILE else (raw, None)


def _shown(name: str) -> str:
    """A name that can be written anywhere: bytes that are no UTF-8, and what cannot be seen, by their codes."""
    return "".join(one if one.isprintable() else _code(one) for one in name)


def _code(character: str) -> str:
    code = ord(character)
    return f"\\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else f"\\u{code:04x}"


def write_file(path: Path, raw: bytes) -> None:
    """Whole or not at all: a process that is killed meanwhile leaves the file as it was."""
    _clear_left(path)
    write_at_once(path, raw, flush=True)


def write_at_once(path: Path, raw: bytes, *, flush: bool = False) -> None:
    """The same in a folder that nobody looks through for what was left; ``flush``: even if the power goes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("wb") as file:
            file.write(raw)
            if flush:
                file.flush()
                os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _clear_left(path: Path) -> None:
    """What a process left beside a file that was killed while it wrote."""
    for left in path.parent.glob(f".{escape(path.name)}.*"):
        number = left.name.rpartition(".")[2]
        if number.isascii() and number.isdigit() and not _is_alive(int(number)):
            left.unlink(missing_ok=True)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        pass
    return True


def strangers(root: Path) -> list[str]:
    """Names of files below ``root`` that are no text of the guide: misspelt, or there by mistake."""
    return look_through(root).strangers


def is_page_path(page: str) -> bool:
    """A name like that of a text, or a number, would be another thing in the staff's addresses."""
    steps = page.split("/") if page else []
    is_else = any(step.isdecimal() or step in (*ALL_PARTS, "address") for step in steps)
    return len(steps) <= 2 and all(SLUG.match(step) for step in steps) and not is_else
