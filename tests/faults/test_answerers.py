"""Who answers search, plan and directories: killed, too slow, or replaced while being asked."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Pipe
from typing import Any

import pytest

from survivors.serving import answering
from survivors.serving.answering import Answering
from survivors.serving.process import MOST_ANSWERERS
from survivors.serving.questions import Question
from tests.faults.conftest import Site, is_dead, waited_for
from tests.ready import ROOT

HEAD = {"REQUEST_METHOD": "POST", "PATH_INFO": "/en/search/", "REQUEST_SCHEME": "http"}


def asked(site: Site, words: bytes = b"q=outing") -> int:
    return site.get("/en/search/", data=words, timeout=30).status


def answerers(site: Site) -> list[int]:
    """The process that gets editions ready, then those that were forked from it."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True).stdout.splitlines()
    parents = {int(pid): int(parent) for pid, parent, *_ in map(str.split, listed)}
    ours = [int(one.split()[0]) for one in listed if "survivors.serving.answering" in one]

    def is_of_this_site(pid: int) -> bool:
        while pid in parents and pid not in site.children():
            pid = parents[pid]
        return pid in site.children()

    return sorted((one for one in ours if is_of_this_site(one)), key=lambda one: parents[one] in ours)


def test_whoever_answers_may_be_killed_and_pages_are_served_on_and_questions_answered_again(own_site):
    own_site.start()
    assert asked(own_site) == 200
    first, *others = answerers(own_site)
    assert len(others) == min(os.cpu_count() or 1, MOST_ANSWERERS)
    for one in others:
        os.kill(one, signal.SIGKILL)
    assert asked(own_site) == 200 and own_site.answers()
    os.kill(first, signal.SIGKILL)
    assert own_site.answers()
    assert waited_for(lambda: asked(own_site) == 200, 20)
    assert first not in answerers(own_site) and own_site.stop() < 10


def test_no_question_is_lost_while_a_publication_replaces_who_answers(own_site):
    own_site.start()
    before = set(answerers(own_site))
    failed, stopping = [], threading.Event()

    def ask() -> None:
        while not stopping.is_set():
            if asked(own_site) != 200:
                failed.append(1)

    asking = [threading.Thread(target=ask) for _ in range(4)]
    for one in asking:
        one.start()
    own_site.content.english("types/threats", "Zebras are mentioned now.\n")
    own_site.manage("content_sync")
    found = waited_for(lambda: b"<mark>Zebras</mark>" in own_site.get("/en/search/", data=b"q=zebras").body, 20)
    stopping.set()
    for one in asking:
        one.join()
    assert found and failed == [] and len(set(answerers(own_site)) & before) == 1


def test_none_of_them_outlives_a_site_that_was_killed_not_even_one_that_was_just_begun(own_site):
    own_site.start()
    ours = answerers(own_site)
    own_site.process.kill()
    own_site.process.wait()
    assert len(ours) > 1 and waited_for(lambda: all(map(is_dead, ours)), 10)
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    begun = [sys.executable, "-m", "survivors.serving.answering", str(gone.pid)]
    assert subprocess.run(begun, cwd=ROOT, env=own_site.env, timeout=60).returncode == 0


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Any]]:
    """Asks a process that sleeps where it is asked to, and may take a second; its answer, or None."""
    monkeypatch.setattr(answering, "ANSWER_SECONDS", 1)

    def application(environ: dict[str, Any], start_response: Callable[..., None]) -> list[bytes]:
        if environ["wsgi.input"].read() == b"slow":
            time.sleep(60)
        start_response("200 OK", [("Content-Type", "text/html")])
        return [b"answered"]

    ours, theirs = Pipe()
    answering_here = Answering(application, [theirs])

    def ask(body: str) -> Any:
        answering_here.look_after()
        ours.send((body, Question(HEAD, body.encode(), "")))
        return ours.recv() if ours.poll(1.5) else None

    yield ask
    ours.close()
    answering_here.begin_anew()


def test_work_that_takes_too_long_is_ended_and_the_next_question_answered(line):
    assert line("slow") is None
    number, reply, counts = line("quick")
    assert (number, reply.status, reply.body, counts) == ("quick", 200, b"answered", [])
