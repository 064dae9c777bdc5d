"""A database that an earlier version left, brought up to this one by ``migrate`` as an NGO would."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from toolkit.models import Event

DUMP = Path(__file__).parent / "databases" / "154ed95.sql"
PUBLISHED = dict(re.findall(r"^-- live: (\S+) ([0-9a-f]{12})$", DUMP.read_text(), re.MULTILINE))

REVISIONS = (
    "select id, page_id, part, digest, text, origin, reason, note, was_live, author_id, created from toolkit_revision"
)
DRAFTS = (
    "select id, page_id, part, author_id, state, base, follows, typed, text, version, answers, revision_id, "
    "created, updated from toolkit_draft order by id"
)
# The Tamil draft was sent back twice, the second time with a remark that stood in the draft.
SENT_BACK = """
update toolkit_draft set remark = 'Name the office.' where part = 'ta';
insert into toolkit_auditentry values (6, '2026-11-29 07:00:00', 'translator', 'sent back', '/types/ ta');
insert into toolkit_auditentry values (7, '2026-11-29 08:00:00', 'editor', 'sent back', '/types/ ta');
insert into toolkit_auditentry values (8, '2026-11-29 09:00:00', 'editor', 'account changed', 'translator: roles');
"""
PEOPLE = "select p.path, o.username, d.username from toolkit_page p join auth_user o on o.id = owner_id join auth_user d on d.id = deputy_id"
WAITING = "select page_id, part, agreed, hold, held from toolkit_unitstate order by id"
LIVE = (
    "select p.path || '|' || u.part, r.digest from toolkit_unitstate u "
    "join toolkit_revision r on r.id = u.live_id join toolkit_page p on p.id = u.page_id"
)


@pytest.fixture(scope="module")
def databases(tmp_path_factory):
    """The same database before and after."""
    folder = tmp_path_factory.mktemp("var")
    before = sqlite3.connect(":memory:")
    before.executescript(DUMP.read_text())
    before.executescript(SENT_BACK)
    after = sqlite3.connect(folder / "toolkit.sqlite3")
    before.backup(after)
    after.close()
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "-v0"],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATA_DIR": str(folder), "DATABASE_URL": f"sqlite:///{folder / 'toolkit.sqlite3'}"},
        check=True,
    )
    return before, sqlite3.connect(folder / "toolkit.sqlite3")


@pytest.mark.parametrize("rows", [REVISIONS, DRAFTS, PEOPLE, WAITING], ids=["versions", "drafts", "owners", "held"])
def test_every_version_draft_author_owner_and_held_text_is_kept(databases, rows):
    before, after = (database.execute(rows).fetchall() for database in databases)
    assert before and after == before


def test_readers_get_the_same_text_of_every_unit(databases):
    assert dict(databases[1].execute(LIVE)) == PUBLISHED
    assert len(PUBLISHED) == 20


def test_pages_are_named_by_what_readers_see_in_each_language(databases):
    names = databases[1].execute("select path, heading_en, heading_ta, summary_zh_hans from toolkit_page")
    assert {path: tuple(words) for path, *words in names} == {
        "": ("Page home", "ta home", "Summary in zh-hans."),
        "types": ("Page types", "ta types", "Summary in zh-hans."),
        "types/outing": ("Page types/outing", "ta types/outing", "Summary in zh-hans."),
        "types/threats": ("Threats to share", "ta types/threats", "Summary in zh-hans."),
    }


def test_the_second_copy_of_the_texts_is_gone(databases):
    tables = {name for (name,) in databases[1].execute("select name from sqlite_master where type = 'table'")}
    assert not tables & {"toolkit_contact", "toolkit_channel", "toolkit_provision", "toolkit_source"}
    assert "body_en" not in {column[1] for column in databases[1].execute("pragma table_info(toolkit_page)")}


def test_what_was_done_is_a_code_that_the_list_has_words_for(databases):
    before, after = (database.execute("select event from toolkit_auditentry order by id") for database in databases)
    events = [event for (event,) in after]
    assert events and [event.replace("-", " ") for event in events] == [event for (event,) in before]
    assert all(Event(event).label for event in events)


def test_a_reviewers_remark_is_kept_with_her_name_and_the_text_that_she_read(databases):
    rows = databases[1].execute(
        "select r.words, r.part, u.username, p.path, d.part, substr(r.written, 1, 19) from toolkit_remark r "
        "join auth_user u on u.id = r.author_id join toolkit_page p on p.id = r.page_id join toolkit_draft d on d.id = r.draft_id"
    )
    assert rows.fetchall() == [("Name the office.", "ta", "editor", "types", "ta", "2026-11-29 08:00:00")]


def test_what_was_done_to_a_text_is_known_by_its_page(databases):
    rows = databases[1].execute(
        "select a.about, p.path, a.part from toolkit_auditentry a left join toolkit_page p on p.id = a.page_id"
    )
    named = {about: (path, part) for about, path, part in rows}
    assert named["/types/outing/ ms"] == ("types/outing", "ms") and named["translator: roles"] == (None, "")
