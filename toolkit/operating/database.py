"""The state of the database, before anything is written to it."""

from enum import Enum
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from toolkit.edition import folder
from toolkit.models import Revision
from toolkit.texts.edition_folder import NoEditionError


class State(Enum):
    NEW = "new"  # nothing was ever there
    FILLED = "filled"
    VANISHED = "vanished"  # empty, but an edition was written from one that was not
    AWAY = "away"  # it does not answer, or is no database


VANISHED = """The database is gone or empty, but this site has been published from one (%s).
Nothing was made in its place: accounts, drafts and history would be lost without a word.
  - Put the database back: %s restore FILE   (docs/operating.md)
  - Or, to begin with a new one from the files on purpose: %s prepare --new-database"""


def state() -> tuple[State, str]:
    """And what the database said, where it is away."""
    try:
        if _has_texts():
            return State.FILLED, ""
    except DatabaseError as error:
        return State.AWAY, type(error).__name__
    return (State.VANISHED if _was_published() else State.NEW), ""


def vanished() -> str:
    """For whoever runs the site."""
    manage = ".venv/bin/python manage.py"
    return VANISHED % (settings.DATA_DIR / "edition", manage, manage)


def _has_texts() -> bool:
    if is_sqlite() and "memory" not in database_name() and not Path(database_name()).exists():
        return False  # connecting would make one
    if Revision._meta.db_table not in connection.introspection.table_names():
        return False
    return Revision.objects.exists()


def _was_published() -> bool:
    try:
        return bool(folder().manifest().texts)
    except NoEditionError:
        return False


def is_sqlite() -> bool:
    return str(settings.DATABASES["default"]["ENGINE"]).endswith("sqlite3")


def database_name() -> str:
    """PostgreSQL's name for it, or SQLite's file."""
    return str(settings.DATABASES["default"]["NAME"])
