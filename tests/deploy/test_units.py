"""The units of deploy/systemd: systemd finds them right and tight, and restarting them drops no reader."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deploy.units import UNITS, LittleSystemd, Readers, settings_of, unit
from tests.faults.conftest import Site, is_dead, waited_for
from tests.machine import program

SERVICES = ("guide-readers.service", "guide-staff.service", "guide-backup.service", "guide-nudge.service")


@pytest.fixture(scope="module")
def fitted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The units as they stand, with a program that this machine has."""
    folder = tmp_path_factory.mktemp("units")
    for file in UNITS.iterdir():
        text = file.read_text().replace("/srv/guide/.venv/bin/python", sys.executable)
        (folder / file.name).write_text(text.replace("/bin/systemctl", program("systemctl") or "/bin/true"))
    return folder


def test_systemd_finds_every_unit_right(fitted):
    units = [str(one) for one in sorted(fitted.iterdir())]
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("name", "most"), [(SERVICES[0], 1.0), (SERVICES[1], 2.5), (SERVICES[2], 2.5), (SERVICES[3], 2.5)]
)
def test_systemd_calls_each_service_well_sandboxed(fitted, name, most):
    """Its own measure of exposure, from 0 to 10."""
    command = ["systemd-analyze", "security", "--offline=true", f"--threshold={int(most * 10)}", "--no-pager"]
    done = subprocess.run([*command, str(fitted / name)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_path_and_unit_that_a_unit_names_is_there():
    for file in UNITS.iterdir():
        for key, value in settings_of(file.name):
            if key in ("Unit", "Requires", "After"):
                ours = [one for one in value.split() if one.startswith("guide")]
                assert all((UNITS / one).exists() for one in ours), (file.name, value)
            if key == "ExecStart" and "manage.py" in value:
                assert value.startswith("/srv/guide/.venv/bin/python manage.py ")


def test_readers_and_staff_start_again_whatever_ends_them():
    for name in SERVICES[:2]:
        service = unit(name)["Service"]
        assert (service["Restart"], unit(name)["Unit"]["StartLimitIntervalSec"]) == ("always", "0")
        assert (service["LimitCORE"], service["MemorySwapMax"]) == ("0", "0")


@pytest.fixture
def services(prepared: Site) -> Iterator[LittleSystemd]:
    made = LittleSystemd(prepared)
    try:
        yield made
    finally:
        made.end()


def test_no_reader_is_refused_while_her_service_is_restarted_or_reloaded(services: LittleSystemd):
    services.start("guide-readers")
    with Readers(services.site) as readers:
        for act in (services.restart, services.reload, services.restart):
            before = workers(services)
            act("guide-readers")
            assert waited_for(lambda before=before: not before & workers(services))
            asked = readers.answered
            assert waited_for(lambda asked=asked: readers.answered > asked + 8)
    assert readers.failed == []
    assert readers.longest < 55  # she waits for what is starting, and is answered


def test_what_is_killed_is_started_again_and_who_comes_meanwhile_waits(services: LittleSystemd):
    services.start("guide-readers")
    killed, before = services.running["guide-readers"], workers(services)
    killed.send_signal(signal.SIGKILL)
    # What its workers had begun is lost with them; what comes once they are dead must not be.
    assert waited_for(lambda: all(is_dead(int(one)) for one in before))
    assert services.site.get("/ta/", timeout=60).status == 200
    assert services.running["guide-readers"].pid != killed.pid


def test_staff_are_restarted_without_readers_noticing_and_find_their_rooms_again(services: LittleSystemd):
    services.start("guide-readers")
    services.start("guide-staff")
    with Readers(services.site) as readers:
        services.restart("guide-staff")
        assert services.site.get("/staff/login/", port=services.site.staff, timeout=60).status == 200
    assert readers.failed == []


def test_readers_need_nothing_but_the_edition_and_no_network(prepared: Site, tmp_path):
    """As guide-readers.service has it: an empty data folder with the edition in it, nothing of staff, no network."""
    bare = tmp_path / "bare"
    shutil.copytree(prepared.data / "edition", bare / "edition", symlinks=True)
    prepared.data = bare
    prepared.env["DATABASE_URL"] = "postgres://nobody@192.0.2.1/none"
    services = LittleSystemd(prepared)
    if os.geteuid() == 0 and program("unshare"):
        services.wrapped = ["unshare", "--net"]
    try:
        services.start("guide-readers")
        assert prepared.get("/ms/types/outing/").status == 200
        assert prepared.get("/ms/search/", data=b"q=words").status == 200
    finally:
        services.end()
    assert sorted(one.name for one in bare.iterdir()) == ["edition", "secret_key"]


def workers(services: LittleSystemd) -> set[str]:
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(services.running["guide-readers"].pid)], capture_output=True, text=True
    )
    return set(listed.stdout.split())
