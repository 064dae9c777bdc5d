"""A server with staff of its own: their accounts and log-ins, and a folder of files that is a repository."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page

from tests.browser.conftest import HOST, start_server
from tests.ready import ROOT
from tests.staff import PASSWORD
from toolkit.texts.languages import FILE_NAMES

# Name -> role and languages. Those at the end log in through the pages: a token is good once.
PEOPLE: dict[str, tuple[str, list[str]]] = {
    "mei": ("Editor", []),
    "aminah": ("Publisher", []),
    "farah": ("Publisher", []),
    "kavitha": ("Translator", ["ta"]),
    "lihua": ("Translator", ["zh-hans"]),
    "nurul": ("Administrator", []),
    "siti": ("Editor", []),
    "devi": ("Editor", []),
    "rosnah": ("Editor", []),
    "latha": ("Editor", []),
    "hana": ("Editor", []),
    "ain": ("Editor", []),
    "yasmin": ("Translator", ["ta"]),
    "nadia": ("Editor", []),
    "rina": ("Editor", []),
    "aina": ("Publisher", []),
}
START = "import django, json; django.setup(); from tests.staff import *; from toolkit.models import *; "
MAKE = """
for name, (role, languages) in %r.items(): make_staff(name, role, languages=languages)
make_staff("new", "Editor", second_factor=False)
"""
LOG_IN = """
people = User.objects.filter(username__in=%r)
print(json.dumps({user.username: logged_in(None, user).session.session_key for user in people}))
"""
END_SESSIONS = """
from django.contrib.sessions.models import Session
user = str(User.objects.get(username=%r).pk)
ended = [one.delete() for one in Session.objects.all() if one.get_decoded().get("_auth_user_id") == user]
print(len(ended))
"""


class StaffServer:
    """A running guide with PEOPLE; ``content`` is its folder of files, all of them committed."""

    def __init__(self, ready: Path, folder: Path) -> None:
        self.content = folder / "content"
        shutil.copytree(ROOT / "content", self.content)
        self.git("init", "-q")
        self.commit()
        data = folder / "data"
        server, self._process = start_server(ready, data, CONTENT_DIR=str(self.content))
        self.url = server.url
        self.log = server.log
        self._env = {
            **os.environ, "DATA_DIR": str(data), "CONTENT_DIR": str(self.content), "DATABASE_URL": "",
            "DJANGO_SETTINGS_MODULE": "toolkit.settings",
        }  # fmt: skip
        self._sessions = self.python(MAKE % PEOPLE + LOG_IN % [*PEOPLE])

    # ---- the machine

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(10)

    def start(self) -> None:
        """Again, at the same address, as after a deployment."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(self._process.args, cwd=ROOT, env=self._env, stdout=log, stderr=log)
        for _ in range(300):
            try:
                urllib.request.urlopen(self.url.replace(HOST, "127.0.0.1") + "/healthz", timeout=5)
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError(f"the server did not start again:\n{self.log.read_text()}")

    def python(self, script: str) -> Any:
        """What a script in the server's surroundings prints, as JSON."""
        command = [sys.executable, "-c", START + script]
        return json.loads(subprocess.run(command, cwd=ROOT, env=self._env, check=True, capture_output=True).stdout)

    def manage(self, *command: str) -> str:
        """Everything that a management command says."""
        done = subprocess.run(
            [sys.executable, "manage.py", *command], cwd=ROOT, env=self._env, check=True, capture_output=True, text=True
        )
        return done.stdout + done.stderr

    def git(self, *command: str) -> str:
        who = ["-c", "user.name=files", "-c", "user.email=files@example.org", "-c", "commit.gpgsign=false"]
        return subprocess.run(
            ["git", *who, *command], cwd=self.content, check=True, capture_output=True, text=True
        ).stdout

    def commit(self) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "content")

    def file(self, path: str, part: str) -> Path:
        return self.content / path / FILE_NAMES[part]

    # ---- the people

    def enter(self, new_context: Callable[..., BrowserContext], name: str, **how: Any) -> Page:
        """A window of a browser in which she has logged in, with both steps."""
        if not self._is_in(name):  # a test before has logged her out
            self._sessions |= self.python(LOG_IN % [name])
        context = new_context(base_url=self.url, **how)
        session = {"name": "session", "value": self._sessions[name], "domain": HOST, "path": "/staff/"}
        context.add_cookies([session])  # type: ignore[list-item]
        return context.new_page()

    def _is_in(self, name: str) -> bool:
        connection = HTTPConnection(self.url.removeprefix("http://").replace(HOST, "127.0.0.1"))
        connection.request("GET", "/staff/no-room/", headers={"Cookie": f"session={self._sessions[name]}"})
        return connection.getresponse().status == HTTPStatus.NOT_FOUND

    def reader(self, new_context: Callable[..., BrowserContext], **how: Any) -> Page:
        return new_context(base_url=self.url, **how).new_page()

    def end_sessions(self, name: str) -> None:
        """As after half an hour without a click. She then logs in through the pages."""
        assert self.python(END_SESSIONS % name) > 0

    def token(self, name: str) -> str:
        """What her phone shows; the next one where this one is used up."""
        return str(self.python(f"print(json.dumps(token_for(User.objects.get(username={name!r}))))"))

    def unit(self, path: str, part: str) -> str:
        """The address of the screen of a text."""
        return f"/staff/pages/{path or '-'}/{part}/"


@contextmanager
def open_rooms(ready: Path, folder: Path) -> Iterator[StaffServer]:
    rooms = StaffServer(ready, folder)
    try:
        yield rooms
    finally:
        rooms.stop()


# ---- what people do


def button(page: Page, name: str) -> Any:
    return page.get_by_role("button", name=name, exact=True)


def add_sentence(page: Page, sentence: str) -> str:
    """Writes a paragraph at the end of the text that is open; returns the whole."""
    text = page.locator("#id_body").input_value().rstrip() + f"\n\n{sentence}\n"
    page.locator("#id_body").fill(text)
    return text


def fill_in_publication(page: Page, *, note: str = "") -> None:
    """On the page of a draft; minor unless readers get a note."""
    page.get_by_role("radio", name="Major" if note else "Minor").check()
    page.locator("#id_note").fill(note)
    page.locator("#id_reason").fill("as agreed")


def publish(page: Page, *, note: str = "") -> None:
    fill_in_publication(page, note=note)
    button(page, "Publish now").click()
    page.get_by_text("Published. Readers see it now.").wait_for()


def write_and_publish(page: Page, address: str, sentence: str) -> None:
    page.goto(address)
    add_sentence(page, sentence)
    button(page, "Save and go to publish").click()
    publish(page)


def give_name_and_password(page: Page, name: str, password: str = PASSWORD) -> None:
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(password)
    button(page, "Log in").click()


def give_code(page: Page, code: str) -> None:
    page.get_by_label("Code").fill(code)
    button(page, "Go on").click()


def log_out(page: Page) -> None:
    page.locator(".account > summary").click()
    button(page, "Log out").click()
    page.get_by_role("link", name="Log in again").wait_for()
