"""Processes that are killed, ports that are taken, and how it all ends."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading

from tests.faults.conftest import is_dead, waited_for
from tests.faults.hostile import HALF_A_FORM
from tests.ready import ROOT
from toolkit.management.commands.serve import Errand


def test_a_killed_process_is_started_again_and_nobody_is_refused_meanwhile(own_site):
    own_site.start()
    before = own_site.children()
    os.kill(before[0], signal.SIGKILL)
    # What it had begun is lost with it; what comes once it is dead must not be.
    assert waited_for(lambda: is_dead(before[0]))
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


def test_of_two_syncs_at_once_one_waits_and_neither_fails(own_site):
    shutil.rmtree(own_site.data)
    own_site.data.mkdir()
    own_site.manage("migrate", "--verbosity=0")
    both = [
        subprocess.Popen(
            [sys.executable, "manage.py", "content_sync", "--strict"],
            cwd=ROOT, env=own_site.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    said = [one.communicate(timeout=120) for one in both]
    assert [one.returncode for one in both] == [0, 0], said
    assert sorted(out for out, _ in said) == [
        "0 texts taken over, 20 as they were, 0 problems\n",
        "20 texts taken over, 0 as they were, 0 problems\n",
    ]


def test_the_site_serves_whatever_stands_in_the_folder_of_content(own_site):
    root = own_site.content.root
    (root / "types/outing/page.toml").write_text("x = " + "[" * 4_000)
    (root / "types/outing/ms.md").unlink()
    os.mkfifo(root / "types/outing/ms.md")
    (root / "types/threats/en.md").unlink()
    (root / "types/threats/en.md").symlink_to("en.md")
    (root / "types" / os.fsdecode(b"caf\xe9")).mkdir()
    own_site.start()
    assert own_site.get("/en/").status == 200
    said = own_site.log.read_text()
    assert "types/outing/page.toml:1: brackets within brackets" in said
    assert "types/threats/en.md:1: a link is not followed" in said
    assert "Traceback" not in said
