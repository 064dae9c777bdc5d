from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.folders import Folder, small_guide
from tests.ready import ROOT, copied

if TYPE_CHECKING:
    from tests.faults.postgres import Postgres


class Got(NamedTuple):
    status: int
    body: bytes
    headers: dict[str, str]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def waited_for(condition: Callable[[], bool], seconds: float = 60) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.1)
    return False


def is_dead(pid: int) -> bool:
    found = subprocess.run(["ps", "-o", "state=", "-p", str(pid)], capture_output=True, text=True).stdout.strip()
    return found in ("", "Z")


class Site:
    """A site as `make run` serves it, with its own data folder and ports."""

    def __init__(self, folder: Path, ready: Path | None = None) -> None:
        """``ready``: the data folder of a site with the same texts, to begin with a copy of it."""
        self.content: Folder = small_guide(folder / "content")
        self.data = folder / "data"
        self.readers, self.staff = free_port(), free_port()
        self.log = folder / "log"
        self.process: subprocess.Popen[bytes] | None = None
        if ready:
            shutil.copytree(ready, self.data, symlinks=True)
        self.env = {
            **os.environ, "DATA_DIR": str(self.data), "CONTENT_DIR": str(self.content.root), "DATABASE_URL": "",
            "PORT": str(self.readers), "STAFF_PORT": str(self.staff), "DJANGO_SETTINGS_MODULE": "toolkit.settings",
        }  # fmt: skip

    def manage(self, *command: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "manage.py", *command], cwd=ROOT, env=self.env, check=check, capture_output=True, text=True
        )

    def start(self, *, staff: bool = True) -> Site:
        """Until readers are served, and staff too unless they cannot be."""
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "serve"], cwd=ROOT, env=self.env, stdout=log, stderr=log
            )
        is_up = waited_for(lambda: self.answers("/healthz"), 180)
        if staff:
            is_up = is_up and waited_for(lambda: b"Staff:" in self.log.read_bytes(), 180)
        assert is_up, self.log.read_text()
        return self

    def stop(self) -> float:
        """How long it took."""
        if not self.process or self.process.poll() is not None:
            return 0.0
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)
        return time.monotonic() - began

    def get(self, path: str, *, port: int = 0, data: bytes | None = None, timeout: float = 10, **headers: str) -> Got:
        request = urllib.request.Request(f"http://127.0.0.1:{port or self.readers}{path}", data=data, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=timeout) as answer:
                return Got(answer.status, answer.read(), dict(answer.headers))
        except urllib.error.HTTPError as error:
            return Got(error.code, error.read(), dict(error.headers))

    def answers(self, path: str = "/en/") -> bool:
        try:
            return self.get(path, timeout=5).status == 200
        except OSError:
            return False

    def answers_staff(self, status: int) -> bool:
        """Whether someone with a session gets this from the rooms."""
        try:
            return self.get("/staff/", port=self.staff, timeout=20, Cookie=f"session={'a' * 32}").status == status
        except OSError:
            return False

    def connection(self, sent: bytes, *, port: int = 0) -> socket.socket:
        made = socket.create_connection(("127.0.0.1", port or self.readers), timeout=15)
        made.sendall(sent)
        return made

    def children(self) -> list[int]:
        assert self.process
        listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(self.process.pid)], capture_output=True, text=True)
        return [int(pid) for pid in listed.stdout.split()]


@pytest.fixture(scope="session")
def ready(ready_guide: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a site that was brought up once for a whole run."""
    made = Site(tmp_path_factory.mktemp("ready"))
    copied(ready_guide / "static", made.data / "static")
    made.manage("prepare")
    return made.data


@pytest.fixture(scope="module")
def site(ready: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A running site that the tests of a file share."""
    made = Site(tmp_path_factory.mktemp("site"), ready)
    try:
        yield made.start()
    finally:
        made.stop()


@pytest.fixture
def own_site(ready: Path, tmp_path: Path) -> Iterator[Site]:
    """A site that a test may break."""
    made = Site(tmp_path, ready)
    try:
        yield made
    finally:
        made.stop()
        with suppress(AttributeError, ProcessLookupError):
            made.process.kill()  # type: ignore[union-attr]


@pytest.fixture(scope="session")
def ready_on_postgres(ready: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path]]:
    """Of a site that was brought up once and has never had another database: the data of its PostgreSQL, and its own."""
    from tests.faults.postgres import programs, running_postgres  # it stands on what is above

    if not programs():
        pytest.skip("PostgreSQL is not installed")
    made = Site(tmp_path_factory.mktemp("on-postgres"), ready)
    shutil.rmtree(made.data / "edition")
    (made.data / "toolkit.sqlite3").unlink()
    with running_postgres() as server:
        made.env["DATABASE_URL"] = server.url
        made.manage("prepare")
        server.stop("fast")
        yield server.data, made.data


@pytest.fixture
def postgres(ready_on_postgres: tuple[Path, Path]) -> Iterator[Postgres]:
    from tests.faults.postgres import running_postgres

    with running_postgres(ready_on_postgres[0]) as server:
        yield server


@pytest.fixture
def on_postgres(own_site: Site, postgres: Postgres, ready_on_postgres: tuple[Path, Path]) -> Site:
    """A site that is ready and has never had another database."""
    shutil.rmtree(own_site.data)
    shutil.copytree(ready_on_postgres[1], own_site.data, symlinks=True)
    own_site.env["DATABASE_URL"] = postgres.url
    return own_site


@pytest.fixture(params=["own_site", "on_postgres"])
def on_each(request: pytest.FixtureRequest) -> Site:
    """A site that a test may break, on each kind of database."""
    site: Site = request.getfixturevalue(request.param)
    return site
