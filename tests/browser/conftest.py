"""A real server and a real browser: the guide as `make run` serves it, on a port of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.find_chromium import HOW, find, find_shell
from tests.browser.outside import Outside, outside_world
from tests.ready import ROOT, copied, manage
from toolkit.texts.languages import LANGUAGES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserType

    from tests.browser.staff_server import StaffServer


# Names that end in .localhost reach this machine, and each is a site of its own to a browser.
HOST = "guide.localhost"


BROWSER_ARGUMENTS = [
    "--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
    "--disable-quic", "--disable-features=MediaRouter,OptimizationHints",
    "--disable-gpu",  # where there is none it is played by the processor, which draws faster without
]  # fmt: skip


@dataclass(frozen=True)
class Server:
    """A running guide: its address, and what it has written so far."""

    url: str
    log: Path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_server(ready: Path, data: Path, **environment: str) -> tuple[Server, subprocess.Popen[bytes]]:
    """The guide that is ``ready``, in a data folder of its own, served by granian; when it answers."""
    port = free_port()
    env = {**os.environ, "DATA_DIR": str(data), "DATABASE_URL": "", **environment}
    copied(ready, data)
    if environment:
        manage(env, "content_sync")
    log = data / "server.log"
    process = subprocess.Popen(
        [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1",
         "--blocking-threads", "2", "--no-access-log", "--log-level", "warning", "toolkit.wsgi:application"],
        cwd=ROOT, env=env, stdout=log.open("wb"), stderr=subprocess.STDOUT,
    )  # fmt: skip
    for _ in range(600):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5)
            break
        except OSError:
            time.sleep(0.1)
    else:
        process.kill()
        raise RuntimeError(f"the server did not start:\n{log.read_text()}")
    # What the readers' process has made ready before its first reader (survivors/warming.py).
    for path, form in (("en/plan", b"go=plan"), *((f"{language}/search", b"q=a") for language in LANGUAGES)):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}/", form, timeout=120)
    return Server(f"http://{HOST}:{port}", log), process


@pytest.fixture(scope="session")
def server(ready_guide: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    started, process = start_server(ready_guide, tmp_path_factory.mktemp("data"))
    yield started
    process.terminate()
    process.wait(10)


@pytest.fixture(scope="session")
def _world() -> Iterator[Outside]:
    with outside_world() as world:
        yield world


@pytest.fixture
def outside(_world: Outside) -> Outside:
    """Where the reader came from and where the exit leads, with nothing asked of it yet."""
    _world.answer()
    _world.asked.clear()
    return _world


@pytest.fixture(scope="session")
def guide_server(_world: Outside, ready_guide: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The guide with its exit leading to a target of ours."""
    started, process = start_server(ready_guide, tmp_path_factory.mktemp("leaving"), EXIT_URL=_world.target)
    yield started
    process.terminate()
    process.wait(10)


Held = Callable[[str, str], None]


@pytest.fixture(scope="session")
def held() -> Held:
    """Notes what held where. With FIELD_LAB=file it becomes a table, as it goes: a row for each kind of page or form."""
    found: dict[str, list[str]] = {}
    path = os.environ.get("FIELD_LAB")

    def note(row: str, column: str) -> None:
        found.setdefault(row, []).append(column)
        if path:
            Path(path).write_text("\n\n".join(_table(rows) for rows in _alike(found)) + "\n")

    return note


def _alike(found: dict[str, list[str]]) -> list[dict[str, list[str]]]:
    """Pages and forms meet different faults: a table for each."""
    is_form = [{row: one for row, one in found.items() if row.startswith("form: ") is kind} for kind in (False, True)]
    return [rows for rows in is_form if rows]


def _table(rows: dict[str, list[str]]) -> str:
    columns = list(dict.fromkeys(column for one in rows.values() for column in one))
    lines = [["", *columns], ["---"] * (len(columns) + 1)]
    lines += [
        [row.removeprefix("form: "), *("held" if column in one else "" for column in columns)]
        for row, one in rows.items()
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


@pytest.fixture(scope="session")
def rooms(ready_guide: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[StaffServer]:
    """The guide with staff who may change it, and a folder of files of its own."""
    from tests.browser.staff_server import open_rooms  # it starts its server by what stands above

    with open_rooms(ready_guide, tmp_path_factory.mktemp("rooms")) as opened:
        yield opened


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    found = find()
    if not found:
        pytest.fail(HOW)
    return {
        **browser_type_launch_args,
        "executable_path": found,
        "args": BROWSER_ARGUMENTS,
        # Playwright switches the back/forward cache off, which would hide the worst failure of a quick exit.
        "ignore_default_args": ["--disable-back-forward-cache"],
    }


@pytest.fixture(scope="session")
def _whole_browser(browser_type: BrowserType, browser_type_launch_args: dict[str, object]) -> Iterator[Browser]:
    with browser_type.launch(**browser_type_launch_args) as launched:
        yield launched


@pytest.fixture(scope="session")
def _shell(browser_type: BrowserType, browser_type_launch_args: dict[str, object]) -> Iterator[Browser]:
    """Chromium's engine without the program around it, in two thirds of the time. It keeps no page that was left."""
    found = find_shell() or browser_type_launch_args["executable_path"]
    with browser_type.launch(**{**browser_type_launch_args, "executable_path": found}) as launched:
        yield launched


@pytest.fixture(scope="module")
def browser(request: pytest.FixtureRequest) -> Browser:
    """A file about leaving says so (``pytestmark = pytest.mark.leaving``), and gets all that a reader's browser is."""
    found: Browser = request.getfixturevalue(
        "_whole_browser" if request.node.get_closest_marker("leaving") else "_shell"
    )
    return found
