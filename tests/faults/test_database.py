"""A database that is gone, corrupt, empty or locked: readers are served, staff are told, nothing is made in its place."""

from __future__ import annotations

import sqlite3

from tests.faults.conftest import Site, waited_for


def test_a_vanished_database_is_not_begun_anew_in_silence(own_site: Site):
    own_site.start().stop()
    for file in own_site.data.glob("toolkit.sqlite3*"):
        file.unlink()
    own_site.start(staff=False)
    assert waited_for(lambda: b"restore" in own_site.log.read_bytes())
    assert own_site.answers()
    assert own_site.manage("prepare", check=False).returncode == 1


def test_an_empty_database_that_somebody_made_takes_nothing_from_readers(on_each: Site):
    page = on_each.start().get("/en/types/outing/").body
    on_each.stop()
    on_each.manage("flush", "--no-input")
    for command in ("edition", "publish_due"):
        said = on_each.manage(command, check=False)
        assert said.returncode == 1 and "nothing is published in this database" in said.stderr
    on_each.start(staff=False)
    assert on_each.get("/en/types/outing/").body == page


def test_readers_are_served_when_a_corrupt_database_is_started_with(own_site: Site):
    own_site.start().stop()
    (own_site.data / "toolkit.sqlite3").write_bytes(b"nothing that was a database" * 400)
    own_site.start(staff=False)
    assert own_site.answers() and own_site.get("/en/search/", data=b"q=words").status == 200
    assert waited_for(lambda: b"does not answer" in own_site.log.read_bytes())
    logged_in = {"Cookie": f"session={'a' * 32}"}
    assert waited_for(lambda: own_site.get("/staff/", port=own_site.staff, **logged_in).status == 503)


def test_readers_do_not_notice_a_database_that_is_locked(own_site: Site):
    own_site.start()
    locked = sqlite3.connect(own_site.data / "toolkit.sqlite3", isolation_level=None)
    locked.execute("BEGIN EXCLUSIVE")
    try:
        assert all(own_site.get("/en/", timeout=1).status == 200 for _ in range(20))
        assert own_site.get("/en/search/", data=b"q=words", timeout=2).status == 200
    finally:
        locked.rollback()
