"""A screen that nobody looks at but the tests: what a window shows while its browser answers no question."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Screen:
    """``display`` as programs take it; ``picture`` is what is on it, in X's own format."""

    display: str
    picture: Path

    def colours(self, left: int, top: int, right: int, bottom: int) -> set[bytes]:
        """The colours within a box of pixels (the format: header of 25 numbers, palette of 12-byte rows, pixels)."""
        raw = self.picture.read_bytes()
        header = struct.unpack(">25I", raw[:100])
        start, stride = header[0] + 12 * header[19], header[12]
        rows = (raw[start + y * stride + 4 * left : start + y * stride + 4 * right] for y in range(top, bottom))
        return {row[i : i + 3] for row in rows for i in range(0, len(row), 4)}


@contextmanager
def opened_screen(folder: Path) -> Iterator[Screen]:
    for program in ("Xvfb", "xdotool"):
        assert shutil.which(program), (
            f"{program} is missing: install xvfb and xdotool with the system's package manager"
        )
    read, write = os.pipe()
    process = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x900x24", "-nolisten", "tcp", "-fbdir", str(folder)],
        pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(write)
    with os.fdopen(read) as number:
        yield Screen(f":{number.readline().strip()}", folder / "Xvfb_screen0")
    process.terminate()
    process.wait(10)
