from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import brotli
import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client, override_settings

from tests.folders import Folder, empty_the_database, small_guide
from tests.longest import first_the_longest
from tests.ready import brought_up, copied
from toolkit import edition
from toolkit.admin.entering import guessing
from toolkit.edition import live
from toolkit.files import sync
from toolkit.live import live_site
from toolkit.texts.languages import LANGUAGES

# Playwright keeps an event loop running in a process that has had a browser test; Django then takes every later test
# for asynchronous code and refuses it the database. These tests are not.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.hookimpl(trylast=True)  # after pytest-randomly has had its turn
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The longest files first; and on another database than SQLite only what asks a database, the rest has run there."""
    if settings.DATABASES["default"]["ENGINE"] != "django.db.backends.sqlite3":
        others = [item for item in items if not _asks_a_database(item)]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if _asks_a_database(item)]
    first_the_longest(items)


def _asks_a_database(item: pytest.Item) -> bool:
    """pytest-django lets no other test ask one."""
    return "django_db_setup" in item.fixturenames or item.get_closest_marker("django_db") is not None


class Reading(NamedTuple):
    answer: HttpResponse
    html: str
    compressed: int


@pytest.fixture(scope="session", autouse=True)
def _data_of_its_own(tmp_path_factory) -> Iterator[None]:
    """Each process of a run has data of its own, as it has a database: no sync of one waits for another's."""
    with override_settings(DATA_DIR=tmp_path_factory.mktemp("data")):
        yield


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """No edition and no wrong password of one test reaches another: each has its own database, and versions repeat."""
    guessing.forget()
    yield
    # After the test, not before: what is made once for a whole run comes before anything of the next test's own.
    live.forget()


@pytest.fixture
def folder(tmp_path: Path, settings, db) -> Folder:
    """A small guide on disk, set as CONTENT_DIR, and a database without any page (for this test only)."""
    empty_the_database()
    made = small_guide(tmp_path / "content")
    settings.CONTENT_DIR = made.root
    return made


@pytest.fixture(scope="session")
def ready_guide(pytestconfig: pytest.Config) -> Path:
    """A data folder with the guide's own content, for all processes of a run. To be copied, never changed."""
    return brought_up(pytestconfig.cache.mkdir("ready"))


@pytest.fixture(scope="session")
def real_content(request: pytest.FixtureRequest, django_db_setup, django_db_blocker) -> None:
    """The guide's own content in the test database, once for a process."""
    with django_db_blocker.unblock():
        if connection.vendor != "sqlite":
            sync.import_files(settings.CONTENT_DIR)
            with connection.cursor() as cursor:
                # Rows of tests before, rolled back, lie in its tables still. If it counted rows when only those were
                # there, it takes the tables for empty and joins them row by row: the texts alone took over 5 seconds.
                cursor.execute("ANALYZE")
            return
        ready: Path = request.getfixturevalue("ready_guide")
        connection.ensure_connection()
        with closing(sqlite3.connect(ready / "toolkit.sqlite3")) as made:
            made.backup(connection.connection)
        shutil.rmtree(settings.DATA_DIR / "edition", ignore_errors=True)
        copied(ready / "edition", settings.DATA_DIR / "edition")
        edition.forget()


@pytest.fixture(scope="session")
def reading(real_content, django_db_blocker) -> dict[tuple[str, str], Reading]:
    """Every page in every language as a browser gets it: (language, path) -> answer."""
    found = {}
    with django_db_blocker.unblock():
        for path in live_site():
            for language in LANGUAGES:
                address = f"/{language}/{path}/" if path else f"/{language}/"
                answer = Client().get(address, headers={"accept-encoding": "br"})
                html = brotli.decompress(answer.content).decode() if answer.status_code == 200 else ""
                found[language, path] = Reading(answer, html, len(answer.content))
    live.forget()
    return found


@pytest.fixture
def guide(real_content, db) -> None:
    """The guide as it is published: all of content/ live."""


@pytest.fixture
def plain_static(settings) -> None:
    """Static files by their plain names, for tests of staff pages that do not look at them: nothing is collected."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}


@pytest.fixture
def quick_passwords(settings) -> None:
    """A hasher for tests that check many passwords: a real one takes a third of a second."""
    settings.PASSWORD_HASHERS = ["tests.staff.QuickHasher"]


@pytest.fixture
def staff_static(ready_guide: Path, settings) -> None:
    """Staff pages name their static files by hashed names, which are known only when the files are collected."""
    settings.STATIC_ROOT = ready_guide / "static"
