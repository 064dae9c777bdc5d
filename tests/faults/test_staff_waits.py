"""A database that keeps staff waiting: within five seconds they get a page that says so, and lose nothing."""

from __future__ import annotations

import sqlite3

from tests.faults.conftest import Site
from tests.faults.staff_visitor import Answered, Visitor

# What is promised, and what a machine that others use too may add to it.
SECONDS, BUSY = 5, 4


def is_told(answered: Answered) -> bool:
    """A page (or, to the page's script, an answer) that says to try again, in time."""
    status, body, headers = answered.got
    assert status == 503 and headers.get("Retry-After", headers.get("retry-after")) and b"Traceback" not in body
    return answered.seconds < SECONDS + BUSY


def test_a_write_lock_is_said_within_five_seconds_and_the_draft_is_there_afterwards(own_site: Site):
    own_site.start()
    mei = Visitor(own_site)
    locked = sqlite3.connect(own_site.data / "toolkit.sqlite3", isolation_level=None)
    locked.execute("BEGIN IMMEDIATE")
    assert is_told(mei.open())
    assert is_told(mei.save("Words that must not be lost.\n"))
    assert all(own_site.get("/en/", timeout=2).status == 200 for _ in range(20))
    locked.rollback()
    assert mei.save_at_last("Words that must not be lost.\n").status == 200
    assert mei.open().got.status == 200
    assert mei.drafts() == ["Words that must not be lost.\n"]
    log = own_site.log.read_text()
    assert "OperationalError" in log and "must not be lost" not in log
