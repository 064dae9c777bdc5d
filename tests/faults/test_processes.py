"""Processes that are killed, ports that are taken, and how it all ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading

from tests.faults.conftest import ROOT, waited_for
from tests.faults.test_clients import HALF_A_FORM
from toolkit.management.commands.serve import Errand


def test_a_killed_process_is_started_again_and_nobody_is_refused_meanwhile(own_site):
    own_site.start()
    before = own_site.children()
    os.kill(before[0], signal.SIGKILL)
    # What it had begun is lost with it; what comes once it is dead must not be.
    assert waited_for(lambda: _is_dead(before[0]))
    assert own_site.get("/en/").status == 200  # it waits in the queue of the socket
    assert waited_for(lambda: len(set(own_site.children()) - set(before)) == 1)


def test_replacing_the_processes_drops_no_reader(own_site):
    own_site.start()
    failed, stopping = [], threading.Event()

    def read() -> None:
        while not stopping.is_set():
            if not own_site.answers():
                failed.append(1)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for one in readers:
        one.start()
    before = set(own_site.children())
    own_site.process.send_signal(signal.SIGHUP)
    assert waited_for(lambda: len(set(own_site.children()) - before) == 2 and not before & set(own_site.children()))
    stopping.set()
    for one in readers:
        one.join()
    assert failed == []


def test_it_ends_within_ten_seconds_whatever_clients_do(own_site):
    own_site.start()
    held = [own_site.connection(HALF_A_FORM) for _ in range(50)]
    assert own_site.stop() < 10
    assert own_site.process.returncode == 0
    assert len(held) == 50 and not own_site.answers()


def test_children_do_not_outlive_a_killed_supervisor(own_site):
    own_site.start()
    own_site.process.kill()
    own_site.process.wait()
    assert waited_for(lambda: not own_site.answers(), 5)


def test_a_port_that_is_taken_is_an_error_that_names_it(own_site):
    own_site.start()
    second = subprocess.run(
        [sys.executable, "manage.py", "serve"], cwd=ROOT, env=own_site.env, capture_output=True, text=True, timeout=30
    )
    assert second.returncode == 1 and f":{own_site.readers}" in second.stderr
    assert own_site.answers()


def test_an_edition_that_is_behind_is_made_anew_by_itself(own_site, monkeypatch):
    """As on the day on which a law starts, or after a fault: nobody has to publish anything."""
    own_site.start()
    own_site.stop()
    for name, value in own_site.env.items():
        monkeypatch.setenv(name, value)
    current = own_site.data / "edition" / "current"
    current.unlink()
    errand = Errand(["edition"], again=0.1)
    try:
        assert waited_for(lambda: errand.look() or current.exists())
    finally:
        errand.end()


def _is_dead(pid: int) -> bool:
    found = subprocess.run(["ps", "-o", "state=", "-p", str(pid)], capture_output=True, text=True).stdout.strip()
    return found in ("", "Z")
