"""The folder of content as a list of files: which page and part each one is."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from toolkit.texts.languages import FILE_NAMES, PLAN
from toolkit.texts.markup import SLUG

PLAN_FILE = FILE_NAMES[PLAN]

_PART_OF = {name: part for part, name in FILE_NAMES.items()}


@dataclass(frozen=True, slots=True)
class ContentFile:
    """One file of content; ``name`` is its path inside the content folder, with slashes."""

    page: str
    part: str
    name: str
    raw: bytes


def file_name(page: str, part: str) -> str:
    return f"{page}/{FILE_NAMES[part]}" if page else FILE_NAMES[part]


def read_folder(root: Path) -> list[ContentFile]:
    """Every text below ``root``, in the order of their names. Raises FileNotFoundError when there is no such folder."""
    if not root.is_dir():
        raise FileNotFoundError(f"no content folder at {root}")
    files = []
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_file() and path.name in _PART_OF and not any(step.startswith(".") for step in name.split("/")):
            page = name.rpartition("/")[0]
            files.append(ContentFile(page, _PART_OF[path.name], name, path.read_bytes()))
    return files


def write_file(path: Path, raw: bytes) -> None:
    """Whole or not at all: a process that is killed meanwhile leaves the file as it was."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def strangers(root: Path) -> list[str]:
    """Names of files below ``root`` that are no text of the guide: misspelt, or there by mistake."""
    names = (path for path in sorted(root.rglob("*")) if path.is_file() and path.name not in _PART_OF)
    named = (path.relative_to(root).as_posix() for path in names)
    return [name for name in named if not name.startswith(".")]


def is_page_path(page: str) -> bool:
    return page == "" or (all(SLUG.match(step) for step in page.split("/")) and page.count("/") <= 1)
