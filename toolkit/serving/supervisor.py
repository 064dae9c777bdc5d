"""Starts readers and staff, keeps them alive, replaces them without refusing anybody, and ends them.

    SIGTERM, SIGINT    both end, within ENDED_IN seconds whatever clients do
    SIGHUP             both are replaced by new ones with the code that is on the disk now

The sockets are opened here and outlive the processes: who comes while one is being replaced waits in the queue.
"""

import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from toolkit.serving.sockets import NO_MORE

ENDED_IN = 8  # seconds, of the ten that are promised
READY_IN = 60
LET_GO_AFTER = 0.5
# A process that dies at once is started again after this long, so that a fault does not spin.
RESTARTED_AFTER = 2


@dataclass(slots=True)
class Child:
    """One of the processes: what it runs, where it listens, what its readers or staff call it."""

    name: str
    target: str
    listener: socket.socket
    address: str = ""
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    old: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self) -> bool:
        """Starts it, and waits until its application is there; False where it died before."""
        ready, told = os.pipe()
        for descriptor in (self.listener.fileno(), told):
            os.set_inheritable(descriptor, True)
        command = [sys.executable, "-m", "toolkit.serving.worker", self.target, str(self.listener.fileno()), str(told)]
        self.process = subprocess.Popen(  # noqa: S603 (our own interpreter)
            command, pass_fds=(self.listener.fileno(), told), stdin=subprocess.DEVNULL, process_group=0
        )
        self.started = time.monotonic()
        os.close(told)
        readable, _, _ = select.select([ready], [], [], READY_IN)
        is_ready = bool(readable) and os.read(ready, 1) == b"1"
        os.close(ready)
        return is_ready

    def replace(self) -> None:
        """A new one beside it, and the old one ends what it has begun once the new one is there."""
        before = self.process
        if self.start() and before:
            _terminate(before)
            self.old.append(before)
        elif before:
            print(f"{self.name}: the new process did not start; the old one goes on", file=sys.stderr, flush=True)
            _end_now(self.process)
            self.process = before

    def look_after(self) -> None:
        """Starts it again where it has died."""
        self.old = [one for one in self.old if one.poll() is None]
        if self.process and self.process.poll() is not None and time.monotonic() - self.started > RESTARTED_AFTER:
            _end_now(self.process)
            print(f"{self.name}: ended by itself, started again", file=sys.stderr, flush=True)
            self.start()


class Supervisor:
    """Looks after its children until it is told to end."""

    def __init__(self, children: list[Child]) -> None:
        self.children = children
        self._is_ending = self._is_replacing = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._end)
        signal.signal(signal.SIGHUP, self._replace)

    def run(self, every: Callable[[], None]) -> None:
        """Until SIGTERM. ``every`` is called about twice a second."""
        while not self._is_ending:
            if self._is_replacing:
                self._is_replacing = False
                for child in self.children:
                    if child.process:
                        child.replace()
            for child in self.children:
                child.look_after()
            every()
            time.sleep(0.5)
        self.end()

    def end(self) -> None:
        """All processes: asked first, then killed with whatever they have started."""
        running = [one for child in self.children for one in (child.process, *child.old) if one]
        _terminate(*running)
        deadline = time.monotonic() + ENDED_IN
        for process in running:
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(deadline - time.monotonic(), 0.1))
            _end_now(process)

    def _end(self, *_: object) -> None:
        self._is_ending = True

    def _replace(self, *_: object) -> None:
        self._is_replacing = True


def _terminate(*processes: subprocess.Popen[bytes]) -> None:
    """Asks them to finish what they have begun. First they take nothing more, so that nothing just taken is lost."""
    for process in processes:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, NO_MORE)
    time.sleep(LET_GO_AFTER)
    for process in processes:
        process.terminate()


def _end_now(process: subprocess.Popen[bytes] | None) -> None:
    """With its whole group: a worker that hangs does not hear that its parent has gone."""
    if process:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
