"""A PostgreSQL that is frozen: staff are told within five seconds and lose nothing, readers do not notice."""

from __future__ import annotations

from tests.faults.conftest import Site
from tests.faults.postgres import Postgres
from tests.faults.staff_visitor import Visitor
from tests.faults.test_staff_waits import is_told


def test_a_frozen_postgresql_is_said_within_five_seconds_and_readers_do_not_notice(
    on_postgres: Site, postgres: Postgres
):
    mei = Visitor(on_postgres.start())
    stopped = postgres.freeze()
    try:
        assert is_told(mei.open())
        assert is_told(mei.save("Words that must not be lost.\n"))
        assert all(on_postgres.get("/ta/", timeout=2).status == 200 for _ in range(20))
        assert on_postgres.get("/ms/search/", data=b"q=words", timeout=5).status == 200
    finally:
        postgres.thaw(stopped)
    assert mei.save_at_last("Words that must not be lost.\n").status == 200
    assert mei.drafts() == ["Words that must not be lost.\n"]
