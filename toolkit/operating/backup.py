"""A backup of a running site in one file, and the way back: nothing is replaced before all of it has been verified.

backup-2026-11-29-0700.tar.gz
  manifest.json       when, which code's migrations, which database, and the SHA-256 of every file
  toolkit.sqlite3     or toolkit.dump (pg_dump's own format)
  secret_key          without which sessions, links and second factors end
  edition/ content/   what readers got, and every live text as a file that can be read without this program
"""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
from collections.abc import Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone

from toolkit.files import sync
from toolkit.operating.database import database_name, is_sqlite

SQLITE, DUMP, KEY, MANIFEST = "toolkit.sqlite3", "toolkit.dump", "secret_key", "manifest.json"
NAMED = "backup-*.tar.gz"
PAGES_AT_ONCE = 256


def back_up(folder: Path, keep: int) -> Path:
    """Writes a backup into ``folder``, verifies it, and only then lets go of all but the last ``keep``."""
    folder.mkdir(parents=True, exist_ok=True)
    now = timezone.localtime()
    target = folder / f"backup-{now:%Y-%m-%d-%H%M%S}.tar.gz"
    beside = folder / f".{target.name}"
    try:
        with TemporaryDirectory(dir=folder, prefix=".backup-") as made:
            _collect(Path(made), now)
            beside.touch(mode=0o600)
            with tarfile.open(beside, "w:gz") as archive:
                archive.add(made, arcname=".")
        verify(beside)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    for old in sorted(folder.glob(NAMED))[:-keep]:
        old.unlink()
    return target


def verify(file: Path) -> dict[str, Any]:
    """The manifest of a backup that is whole. Raises CommandError."""
    with TemporaryDirectory(dir=file.parent, prefix=".verify-") as made:
        return _unpacked(file, Path(made))


def restore(file: Path) -> dict[str, Any]:
    """Puts a backup in the place of what is there, which is kept beside it; a bad one is a CommandError before that."""
    data = settings.DATA_DIR
    data.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=data, prefix=".restore-") as made:
        folder = Path(made)
        manifest = _unpacked(file, folder)
        if (manifest["database"] == SQLITE) != is_sqlite():
            raise CommandError(
                f"This backup is of {manifest['database']}; DATABASE_URL names another kind of database."
            )
        before = data / f"before-restore-{timezone.localtime():%Y-%m-%d-%H%M%S}"
        before.mkdir(mode=0o700)
        if is_sqlite():
            _put_sqlite(folder / SQLITE, before)
        else:
            _put_dump(folder / DUMP)
        for name in (KEY, "edition"):
            _swap(folder / name, data / name, before)
    return manifest


def _collect(folder: Path, now: datetime) -> None:
    name = SQLITE if is_sqlite() else DUMP
    if is_sqlite():
        _copy_sqlite(folder / SQLITE)
    else:
        _run("pg_dump", "--format=custom", f"--file={folder / DUMP}")
    (folder / KEY).write_text(settings.SECRET_KEY)
    (folder / KEY).chmod(0o600)
    edition = settings.DATA_DIR / "edition"
    if edition.is_dir():
        shutil.copytree(edition, folder / "edition", ignore=shutil.ignore_patterns("www", "laid", "web", "lock", ".*"))
    sync.export_texts(settings.CONTENT_DIR, folder / "content")
    files = {path.relative_to(folder).as_posix(): sha256(path) for path in sorted(folder.rglob("*")) if path.is_file()}
    manifest = {"made": now.isoformat(timespec="seconds"), "database": name, "files": files}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1))


def _unpacked(file: Path, folder: Path) -> dict[str, Any]:
    try:
        with tarfile.open(file) as archive:
            archive.extractall(folder, filter="data")
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_bytes())
        _compare(folder, manifest["files"])
        if manifest["database"] == SQLITE:
            _check_sqlite(folder / SQLITE)
    except (OSError, EOFError, tarfile.TarError, ValueError, KeyError, sqlite3.Error) as error:
        raise CommandError(f"{file} is no whole backup: {error}. Nothing was changed.") from None
    return manifest


def _compare(folder: Path, files: Mapping[str, str]) -> None:
    for name, digest in files.items():
        if sha256(folder / name) != digest:
            raise ValueError(f"{name} is not what was written")


def _copy_sqlite(target: Path) -> None:
    """Through SQLite's own backup, which takes the write-ahead log along while others write."""
    source = database_name()
    with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy, pages=PAGES_AT_ONCE)
    _check_sqlite(target)


def _check_sqlite(file: Path) -> None:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
        said = database.execute("PRAGMA integrity_check").fetchone()[0]
    if said != "ok":
        raise ValueError(f"the database is damaged: {said}")


def _put_sqlite(source: Path, before: Path) -> None:
    """The log of the old database must not be taken for the new one's."""
    connection.close()
    live = Path(database_name())
    for suffix in ("-wal", "-shm", ""):
        old = live.with_name(live.name + suffix)
        if old.exists():
            shutil.move(old, before / old.name)
    live.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(source, live)


def _put_dump(source: Path) -> None:
    connection.close()
    name = database_name()
    _run("pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", "--dbname", name, str(source))


def _swap(source: Path, live: Path, before: Path) -> None:
    if not source.exists():
        return
    if live.exists():
        shutil.move(live, before / live.name)
    shutil.move(source, live)


def _run(program: str, *arguments: str) -> None:
    """One of PostgreSQL's programs. The password goes by the environment, where other users cannot see it."""
    database = settings.DATABASES["default"]
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    environment = os.environ | {name: str(database[key]) for name, key in names.items() if database.get(key)}
    if not shutil.which(program):
        raise CommandError(f"{program} is not installed (Debian: apt install postgresql-client).")
    done = subprocess.run([program, *arguments], env=environment, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        raise CommandError(f"{program} failed: {done.stderr.strip()}")


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
