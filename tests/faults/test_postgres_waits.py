"""A PostgreSQL that is frozen: staff are told within five seconds and lose nothing, readers do not notice."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from tests.faults.conftest import Site
from tests.faults.postgres import Postgres, programs, running_postgres
from tests.faults.staff_visitor import Visitor
from tests.faults.test_staff_waits import is_told


@pytest.fixture
def postgres() -> Iterator[Postgres]:
    if not programs():
        pytest.skip("PostgreSQL is not installed")
    with running_postgres() as server:
        yield server


@pytest.fixture
def on_postgres(own_site: Site, postgres: Postgres) -> Site:
    """A site that has never had another database."""
    shutil.rmtree(own_site.data / "edition")
    (own_site.data / "toolkit.sqlite3").unlink()
    own_site.env["DATABASE_URL"] = postgres.url
    return own_site.start()


def test_a_frozen_postgresql_is_said_within_five_seconds_and_readers_do_not_notice(
    on_postgres: Site, postgres: Postgres
):
    mei = Visitor(on_postgres)
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
