"""docs/operating.md, step by step: its commands are run as they stand there, on a machine made of folders."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deploy.units import LittleSystemd, Readers
from tests.faults.conftest import Site, waited_for
from tests.ready import ROOT, copied

DOCUMENT = (ROOT / "docs" / "operating.md").read_text()
# What is the system's own, or is typed in an editor.
OF_THE_SYSTEM = ("apt", "useradd", "chown", "sudoedit", "nginx")
MIGRATION = """
from django.db import migrations
class Migration(migrations.Migration):
    dependencies = [("toolkit", "%s")]
    operations = [migrations.RunSQL("CREATE TABLE of_the_new_code (id integer)")]
"""


def commands(section: str) -> list[str]:
    (text,) = re.findall(rf"(?ms)^## {section}\n(.*?)(?=^## |\Z)", DOCUMENT)
    blocks = re.findall(r"(?ms)^ *```sh\n(.*?)^ *```", text)
    return [line.strip() for block in blocks for line in block.splitlines()]


class Machine:
    """Folders in the place of /srv, /var and /etc; services by the little systemd."""

    def __init__(self, folder: Path, origin: Path, ready: Path) -> None:
        folder.mkdir(exist_ok=True)
        self.site, self.folder, self.origin = Site(folder), folder, origin
        copied(ready / "static", self.site.data / "static")  # collecting them takes longer than all the rest
        self.code = folder / "srv"
        self.site.env["ALLOWED_HOSTS"] = "127.0.0.1,localhost"
        (folder / "guide.env").write_text("ALLOWED_HOSTS=127.0.0.1,localhost\n")
        self.systemd: LittleSystemd | None = None
        self.places = {
            "https://code.example.org/guide": str(origin), "/srv/guide": str(self.code), "/var/lib/guide": str(self.site.data),
            "/var/backups/guide": str(folder / "backups"), "/etc/guide.env": str(folder / "guide.env"),
            "/etc/systemd/system": str(folder / "units"), "/etc/nginx/nginx.conf": str(folder / "nginx.conf"),
            "-o guide": "", "NAME": "mei",
        }  # fmt: skip
        (folder / "units").mkdir(exist_ok=True)

    def follow(self, lines: list[str], **names: str) -> None:
        for line in lines:
            words = re.sub(r"^sudo (-u guide )?", "", line).split()
            if words[0] == "systemctl":
                self._systemctl(*words[1:])
            elif words[0] not in OF_THE_SYSTEM:
                self._run(re.sub(r"^sudo (-u guide )?", "", line), names)

    def _systemctl(self, verb: str, *units: str) -> None:
        names = [one for one in units if one in ("guide-staff", "guide-readers")]
        act = {"enable": "start", "daemon-reload": ""}.get(verb, verb)
        self.systemd = self.systemd or LittleSystemd(self.site, self.code)
        for name in names:
            getattr(self.systemd, act)(name)

    def _run(self, line: str, names: dict[str, str]) -> None:
        for place, here in {**self.places, **names}.items():
            line = line.replace(place, here)
        # The first command of the code's own needs what `make install` has installed: that is here already.
        if self.code.exists() and not (self.code / ".venv").exists():
            self._install()
        done = subprocess.run(line, shell=True, env=self.site.env, cwd=self.folder, capture_output=True, text=True)
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"

    def _install(self) -> None:
        bin_ = self.code / ".venv" / "bin"
        bin_.mkdir(parents=True)
        for name in ("python", "pybabel"):
            (bin_ / name).write_text(f'#!/bin/sh\nexec {Path(sys.executable).parent / name} "$@"\n')
            (bin_ / name).chmod(0o755)
        (self.code / ".venv" / "runtime").touch()
        manage = self.code / "deploy" / "manage"
        text = manage.read_text()
        for place in ("/etc/guide.env", "/var/lib/guide", "/srv/guide"):
            text = text.replace(place, self.places[place])
        (self.folder / "manage").write_text(text)
        (self.folder / "manage").chmod(0o755)
        self.places = {"/srv/guide/deploy/manage": str(self.folder / "manage"), **self.places}

    def newest_backup(self) -> str:
        return max((self.folder / "backups").glob("backup-*.tar.gz")).name

    def rows(self) -> dict[str, int]:
        with sqlite3.connect(self.site.data / "toolkit.sqlite3") as database:
            names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return {name: database.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0] for name in names}

    def nowhere(self) -> str:
        return self.site.get("/en/nowhere/", timeout=60).body.decode()


def git(folder: Path, *command: str) -> str:
    who = ["-c", "user.name=Someone", "-c", "user.email=someone@example.org"]
    return subprocess.run(
        ["git", *who, *command], cwd=folder, check=True, capture_output=True, text=True
    ).stdout.strip()


@pytest.fixture
def origin(tmp_path: Path) -> Path:
    """The code as it is here, with the small guide of the tests in it."""
    made = tmp_path / "origin"
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True)
    for name in listed.stdout.splitlines():
        if not name.startswith(("content/", "tests/", "docs/images/")) and (ROOT / name).exists():
            (made / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, made / name)
    Site(tmp_path / "small").content.root.rename(made / "content")
    git(made, "init", "-q", "-b", "main")
    git(made, "add", "-A", "--force")
    git(made, "commit", "-qm", "What runs")
    return made


@pytest.fixture
def machine(tmp_path: Path, origin: Path, ready_guide: Path) -> Iterator[Machine]:
    made = Machine(tmp_path / "machine", origin, ready_guide)
    try:
        yield made
    finally:
        if made.systemd:
            made.systemd.end()


def new_code(origin: Path) -> None:
    """Another page of an error, and a table more."""
    page = origin / "templates" / "404.html"
    page.write_text(page.read_text().replace("</h1>", " (new)</h1>"))
    latest = max((origin / "toolkit" / "migrations").glob("0*.py")).stem
    (origin / "toolkit" / "migrations" / "0999_new.py").write_text(MIGRATION % latest)
    git(origin, "add", "-A")
    git(origin, "commit", "-qm", "New code")


def test_a_site_is_put_up_upgraded_and_rolled_back_as_it_is_written(machine: Machine, origin: Path):
    machine.follow(commands("Put it up")[:-1])
    assert machine.site.answers() and machine.site.get("/staff/login/", port=machine.site.staff).status == 200
    assert "(new)" not in machine.nowhere()
    machine.follow(commands("Every day"))
    before, ran = machine.rows(), git(machine.code, "rev-parse", "HEAD")
    new_code(origin)
    with Readers(machine.site) as readers:
        machine.follow(commands("Upgrade"))
        assert "of_the_new_code" in machine.rows()
        assert waited_for(lambda: "(new)" in machine.nowhere() or bool(readers.failed), 180)
    assert readers.failed == []
    machine.follow(commands("Roll back"), COMMIT=ran, BACKUP=machine.newest_backup())
    assert "(new)" not in machine.nowhere()
    assert machine.rows() == before


def test_when_database_and_machine_are_gone_everything_comes_back_as_it_is_written(
    machine: Machine, origin, ready_guide, tmp_path
):
    machine.follow(commands("Put it up")[:-1])
    machine.follow(commands("Every day")[:1])
    before = machine.rows()
    assert before["auth_user"] == 1
    for file in machine.site.data.glob("toolkit.sqlite3*"):
        file.unlink()
    machine.follow(commands("The database is gone"), BACKUP=machine.newest_backup())
    assert machine.rows()["auth_user"] == 1 and machine.site.answers()
    assert machine.systemd
    machine.systemd.end()
    machine.systemd = None
    other = Machine(tmp_path / "other", origin, ready_guide)
    (other.folder / "backups").mkdir()
    shutil.copy(machine.folder / "backups" / machine.newest_backup(), other.folder / "backups")
    while machine.folder.exists():  # what ends just then takes a file of its own away between two looks
        shutil.rmtree(machine.folder, ignore_errors=True)
    put_up = commands("Put it up")
    services = next(at for at, line in enumerate(put_up) if "systemd/system" in line)
    try:
        other.follow(put_up[:services])
        other.follow(commands("The machine is gone"), BACKUP=other.newest_backup())
        other.follow([line for line in put_up[services:] if "create_staff" not in line and "doctor" not in line])
        assert other.site.answers() and other.rows() == before
        other.follow(commands("Every day"))
    finally:
        if other.systemd:
            other.systemd.end()
