"""The guide's own content, brought up once for all processes of a run: whoever needs it begins with a copy."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def brought_up(shared: Path) -> Path:
    """The data folder after everything `make run` does before it serves, in a folder that all processes know.

    Nobody may change it. Whoever asks first makes it; the others wait.
    """
    data = shared / "ready"
    with (shared / "ready.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not data.exists():
            making = shared / "not-yet-ready"
            env = {**os.environ, "DATA_DIR": str(making), "DATABASE_URL": "", "CONTENT_DIR": ""}
            manage(env, "prepare")
            making.rename(data)
    return data


def copied(data: Path, to: Path) -> None:
    shutil.copytree(data, to, symlinks=True, dirs_exist_ok=True)


def manage(env: dict[str, str], *command: str) -> None:
    subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)
