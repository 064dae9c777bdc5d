"""The guide's own content, brought up once: whoever needs it begins with a copy."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MADE_OF = ("content", "locale", "spelling", "static", "survivors", "templates", "toolkit")
KEPT = 2


def brought_up(folder: Path) -> Path:
    """The data folder after everything `make run` does before it serves. Nobody may change it.

    In ``folder`` the last ones are kept from run to run, each for one state of the code and the texts. Which process
    asks first makes it; the others wait.
    """
    data = folder / _named()
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not data.exists():
            making = folder / "making"
            for old in sorted(folder.glob("*/"), key=lambda one: one.stat().st_mtime, reverse=True)[KEPT - 1 :]:
                shutil.rmtree(old)
            shutil.rmtree(making, ignore_errors=True)
            manage({**os.environ, "DATA_DIR": str(making), "DATABASE_URL": "", "CONTENT_DIR": ""}, "prepare")
            making.rename(data)
    return data


def _named() -> str:
    """What is made on one day of one state of everything that it is made of."""
    found = hashlib.sha256(str(date.today()).encode())  # another day may show other texts
    for name in MADE_OF:
        for path in sorted((ROOT / name).rglob("*")):
            if path.is_file() and path.suffix not in (".po", ".pyc"):
                found.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return found.hexdigest()[:16]


def copied(data: Path, to: Path) -> None:
    shutil.copytree(data, to, symlinks=True, dirs_exist_ok=True)


def manage(env: dict[str, str], *command: str) -> None:
    subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)
