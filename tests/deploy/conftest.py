"""What stands in deploy/, run for real as far as this machine can."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deploy.web import NAME, Web, running
from tests.faults.conftest import Site
from tests.ready import copied


def public_site(folder: Path, ready: Path) -> Site:
    """A site that answers to a public name, not yet started; a page of it has moved. ``ready``: the guide's data."""
    made = Site(folder)
    copied(ready / "static", made.data / "static")
    made.env["ALLOWED_HOSTS"] = f"{NAME},127.0.0.1,localhost"
    made.env["PUBLIC_URL"] = f"https://{NAME}"
    made.content.facts("types/outing", top='aliases = ["types/old-name"]')
    return made


@pytest.fixture(scope="module")
def public(ready_guide: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    made = public_site(tmp_path_factory.mktemp("public"), ready_guide)
    try:
        yield made.start()
    finally:
        made.stop()


@pytest.fixture(scope="session")
def silent(ready_guide: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site whose processes do not run; what it has published is there."""
    made = public_site(tmp_path_factory.mktemp("silent"), ready_guide)
    made.manage("prepare")
    return made


@pytest.fixture
def prepared(silent: Site, ready_guide: Path, tmp_path: Path) -> Site:
    """A site of one's own, made ready and not started."""
    made = public_site(tmp_path, ready_guide)
    copied(silent.data, made.data)
    made.manage("edition")
    return made


@pytest.fixture(scope="module", params=["nginx", "caddy"])
def fronted(request: pytest.FixtureRequest, public: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    """A web server in front of a running site."""
    with running(request.param, Web(tmp_path_factory.mktemp(request.param), public)) as web:
        yield web
