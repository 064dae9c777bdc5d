"""What a reader asks (search, plan, directories) is answered in processes beside the one that hands out pages."""

import os
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from datetime import date
from itertools import count
from multiprocessing.connection import Connection
from pickle import UnpicklingError
from queue import Empty, SimpleQueue
from typing import NamedTuple

from survivors.wrong.counts import COUNTS
from toolkit.serving.behind import BusyError, Reply

ANSWER_SECONDS = 10
STARTED_AGAIN_AFTER = 1  # seconds, so that a fault does not spin


class Question(NamedTuple):
    """A request's head in the words of WSGI, its body, and the encoding (``br``, ``gzip``, none) of the answer."""

    head: dict[str, str]
    body: bytes
    encoding: str


# Answered by whoever is asked, without Django.
IS_ANYBODY_THERE = Question({}, b"", "")


class Answerers:
    """So many processes (survivors/serving/answering.py), each asked one question at a time on a line of its own."""

    def __init__(self, number: int) -> None:
        self.number = number
        self._asked = count()
        self._free: SimpleQueue[Connection] = SimpleQueue()
        self._process: subprocess.Popen[bytes] | None = None
        threading.Thread(target=self._keep_alive, name="answerers", daemon=True).start()

    def ask(self, question: Question) -> Reply:
        """Waits for the answer. Raises BusyError where it does not come within ANSWER_SECONDS."""
        number, ends = next(self._asked), time.monotonic() + ANSWER_SECONDS
        line = self._line_that_takes((number, question), ends)
        try:
            while line.poll(max(0.0, ends - time.monotonic())):
                answered, reply, counts = line.recv()
                for path, reason, day, times in counts:
                    for _ in range(times):
                        COUNTS.add(path, reason, date.fromisoformat(day))
                if answered == number:  # and not an earlier one, which came too late
                    return reply  # type: ignore[no-any-return]
        except (EOFError, OSError, UnpicklingError):
            # It died, perhaps in the midst of an answer: what comes on this line is no longer to be told apart.
            line.close()
            if self._process:
                self._process.kill()
        finally:
            if not line.closed:
                self._free.put(line)
        raise BusyError

    def _line_that_takes(self, asked: tuple[int, Question], ends: float) -> Connection:
        """The next free line on which the question could be put. Those whose process has gone are let go."""
        while True:
            try:
                line = self._free.get(timeout=max(0.0, ends - time.monotonic()))
            except Empty:
                raise BusyError from None
            try:
                line.send(asked)
            except OSError:
                line.close()
            else:
                return line

    def _keep_alive(self) -> None:
        while True:
            pairs = [socket.socketpair() for _ in range(self.number)]
            descriptors = [theirs.fileno() for _, theirs in pairs]
            numbers = map(str, (os.getpid(), *descriptors))
            command = [sys.executable, "-m", "survivors.serving.answering", *numbers]
            # A group of its own: what is told to this process and its like is not for those.
            self._process = subprocess.Popen(  # noqa: S603 (our own interpreter)
                command, pass_fds=descriptors, stdin=subprocess.DEVNULL, process_group=0
            )
            for ours, theirs in pairs:
                theirs.close()
                self._free.put(Connection(ours.detach()))
            self._process.wait()
            time.sleep(STARTED_AGAIN_AFTER)
            with suppress(Empty):
                while True:
                    self._free.get_nowait().close()
