"""What is wrong with this site today, each with what to do about it."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from toolkit import edition, env
from toolkit.operating import database
from toolkit.operating.backup import NAMED
from toolkit.operating.database import State, database_name, is_sqlite

LEAST_FREE = 500 * 1024 * 1024
LARGEST_LOG = 64 * 1024 * 1024
BACKUP_EVERY = timedelta(days=2)

Complaint = tuple[str, str]  # what is wrong, what to do


def complaints(backups: Path | None) -> list[Complaint]:
    """Everything that is wrong; nothing is changed."""
    found: list[Complaint] = []
    for look in (_disk, _folder, _database, _log, _edition, _addresses, _ports):
        found += look()
    return found + list(_backups(backups))


def _disk() -> Iterator[Complaint]:
    free = shutil.disk_usage(_there(settings.DATA_DIR)).free
    if free < LEAST_FREE:
        yield f"only {free // 1024**2} MB are free where {settings.DATA_DIR} is", "make room, or move DATA_DIR"


def _folder() -> Iterator[Complaint]:
    if not os.access(_there(settings.DATA_DIR), os.W_OK):
        yield f"{settings.DATA_DIR} cannot be written to", "give it to the user who runs the site: chown -R USER"
    key = settings.DATA_DIR / "secret_key"
    if key.exists() and key.stat().st_mode & 0o077:
        yield "the secret key can be read by other users of this machine", f"chmod 600 {key}"


def _database() -> Iterator[Complaint]:
    state, said = database.state()
    if state is State.VANISHED:
        yield "the database is gone or empty, but this site has been published", database.vanished()
    elif state is State.AWAY:
        yield f"the database does not answer ({said})", "start it, or put a backup in its place: manage.py restore FILE"
    elif state is State.NEW:
        yield "there is no database yet", "make run"
    elif is_sqlite() and (fault := _damage()):
        yield f"the database is damaged: {fault}", "manage.py restore FILE, with the last good backup"


def _damage() -> str:
    try:
        with closing(sqlite3.connect(f"file:{database_name()}?mode=ro", uri=True, timeout=5)) as live:
            said = str(live.execute("PRAGMA quick_check").fetchone()[0])
    except sqlite3.Error as error:
        return str(error)
    return "" if said == "ok" else said


def _log() -> Iterator[Complaint]:
    log = Path(f"{database_name()}-wal")
    if is_sqlite() and log.exists() and log.stat().st_size > LARGEST_LOG:
        yield (
            f"the database's write-ahead log has {log.stat().st_size // 1024**2} MB: something reads and never ends",
            "find who has it open (fuser), and restart the site",
        )


def _edition() -> Iterator[Complaint]:
    try:
        if database.state()[0] is State.FILLED and edition.is_behind():
            yield "readers get an older edition than what is published", "manage.py edition"
    except DatabaseError:
        pass  # said already


def _addresses() -> Iterator[Complaint]:
    if settings.DEBUG:
        yield "DEBUG is on: error pages show code and data", "unset DEBUG"
    if "*" in settings.ALLOWED_HOSTS:
        yield "ALLOWED_HOSTS lets any name through", "name the site's own: ALLOWED_HOSTS=guide.example.org"
    host = os.environ.get("HOST", "")
    if env.is_public(settings.ALLOWED_HOSTS) and host in ("0.0.0.0", "::"):  # noqa: S104
        yield (
            "the site can be reached past its proxy, and believes anyone's X-Forwarded-Proto",
            "HOST=127.0.0.1, and a proxy that sets X-Forwarded-Proto and X-Forwarded-For itself (deploy/)",
        )


def _ports() -> Iterator[Complaint]:
    """A second server, as one that was left behind by an earlier start."""
    for name, default in (("PORT", 8000), ("STAFF_PORT", 8001)):
        port = env.port(name, default)
        if len(_listeners(port)) > 1:
            yield f"more than one server answers on port {port}", f"end the older one: ss -ltnp 'sport = :{port}'"


def _listeners(port: int) -> list[str]:
    """The listening sockets at a port, from the kernel's own table; nothing where there is none."""
    table = Path("/proc/net/tcp")
    if not table.exists():
        return []
    wanted, listening = f":{port:04X}", "0A"
    rows = [row.split() for row in table.read_text().splitlines()[1:]]
    return [row[9] for row in rows if row[1].endswith(wanted) and row[3] == listening]


def _backups(folder: Path | None) -> Iterator[Complaint]:
    if folder is None:
        return
    files = sorted(folder.glob(NAMED))
    if not files:
        yield f"there is no backup in {folder}", f"manage.py backup {folder}"
        return
    age = timezone.now().timestamp() - files[-1].stat().st_mtime
    if age > BACKUP_EVERY.total_seconds():
        yield f"the last backup in {folder} is {int(age // 86400)} days old", "look at its timer: systemctl list-timers"


def _there(folder: Path) -> Path:
    return folder if folder.exists() else _there(folder.parent)
