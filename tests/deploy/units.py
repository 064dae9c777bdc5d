"""A very little systemd: it holds the sockets of deploy/systemd, and starts, ends and restarts services as they say."""

from __future__ import annotations

import os
import shlex
import signal
import socket
import subprocess
import sys
import threading
import time
from configparser import ConfigParser
from pathlib import Path

from tests.faults.conftest import Site, waited_for
from tests.ready import ROOT

UNITS = ROOT / "deploy" / "systemd"
# systemd tells a process its own number.
AS_ITSELF = ["/bin/sh", "-c", 'LISTEN_PID=$$ exec "$@"', "sh"]
FIRST = 3


def unit(name: str) -> ConfigParser:
    read = ConfigParser(strict=False, interpolation=None)
    read.optionxform = str  # type: ignore[assignment, method-assign]
    read.read(UNITS / name)
    return read


def settings_of(name: str) -> list[tuple[str, str]]:
    """Every line of a unit, those too that stand there several times."""
    rows = (row.partition("=") for row in (UNITS / name).read_text().splitlines() if row[:1] not in ("#", "[", ""))
    return [(key, value) for key, _, value in rows]


class LittleSystemd:
    """The services of a site whose code is at ``root`` and whose data and ports are those of ``site``."""

    def __init__(self, site: Site, root: Path = ROOT) -> None:
        self.site, self.root = site, root
        self.sockets = {"guide-readers": self._listen(site.readers), "guide-staff": self._listen(site.staff)}
        self.wrapped: list[str] = []  # a command in which services run
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self._wanted: set[str] = set()
        self._changing = threading.RLock()
        self._ending = threading.Event()
        self._watch = threading.Thread(target=self._start_again, daemon=True)
        self._watch.start()

    @staticmethod
    def _listen(port: int) -> socket.socket:
        made = socket.create_server(("127.0.0.1", port), backlog=2048)
        made.set_inheritable(True)
        return made

    def start(self, name: str) -> None:
        """Until it says that it is ready."""
        with self._changing:
            self._wanted.add(name)
            self._begin(name)

    def _begin(self, name: str) -> None:
        told = self.site.data.parent / f"{name}.notify"
        told.unlink(missing_ok=True)
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard:
            heard.bind(str(told))
            self.running[name] = self._process(name, str(told))
            heard.settimeout(300)
            assert heard.recv(64) == b"READY=1"

    def _process(self, name: str, told: str) -> subprocess.Popen[bytes]:
        said = unit(f"{name}.service")["Service"]
        lines = settings_of(f"{name}.service")
        named = dict(value.partition("=")[::2] for key, value in lines if key == "Environment")
        without = [one for key, value in lines if key == "UnsetEnvironment" for one in value.split()]
        descriptor = unit(f"{name}.socket")["Socket"]["FileDescriptorName"]
        env = {
            **self.site.env, **named, "DATA_DIR": str(self.site.data), "LISTEN_FDS": "1", "LISTEN_FDNAMES": descriptor,
            "NOTIFY_SOCKET": told, "CONTENT_DIR": str(self.root / "content"),
        }  # fmt: skip
        if self.root == ROOT:
            env["CONTENT_DIR"] = str(self.site.content.root)
        command = said["ExecStart"].replace("/srv/guide/.venv/bin/python", sys.executable)
        held = self.sockets[name].fileno()
        with (self.site.data.parent / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                [*self.wrapped, *AS_ITSELF, *shlex.split(command)], cwd=self.root, stdout=log, stderr=log, pass_fds=(FIRST,),
                env={key: value for key, value in env.items() if key not in without},
                preexec_fn=lambda: os.dup2(held, FIRST, inheritable=True) if held != FIRST else None,
            )  # fmt: skip

    def stop(self, name: str) -> None:
        with self._changing:
            self._wanted.discard(name)
            if process := self.running.pop(name, None):
                process.terminate()
                process.wait(int(unit(f"{name}.service")["Service"]["TimeoutStopSec"]))

    def restart(self, name: str) -> None:
        with self._changing:
            self.stop(name)
            self.start(name)

    def reload(self, name: str) -> None:
        """As ExecReload says."""
        number, _ = unit(f"{name}.service")["Service"]["ExecReload"].split()[1:]
        self.running[name].send_signal(getattr(signal, f"SIG{number[1:]}"))

    def _start_again(self) -> None:
        """Restart=always."""
        while not self._ending.wait(0.2):
            with self._changing:
                for name in self._wanted:
                    if (
                        self.running[name].poll() is not None
                        and unit(f"{name}.service")["Service"]["Restart"] == "always"
                    ):
                        time.sleep(1)
                        self._begin(name)

    def end(self) -> None:
        self._ending.set()
        self._watch.join()
        for name in list(self.running):
            self.stop(name)
        for held in self.sockets.values():
            held.close()


class Readers:
    """``count`` of them, who go on asking for a page; what went wrong, and how long the longest had to wait."""

    def __init__(self, site: Site, count: int = 4) -> None:
        self.failed: list[str] = []
        self.answered, self.longest = 0, 0.0
        self._site, self._ending = site, threading.Event()
        self._threads = [threading.Thread(target=self._read) for _ in range(count)]

    def _read(self) -> None:
        while not self._ending.is_set():
            began = time.monotonic()
            try:
                status = self._site.get("/en/", timeout=60).status
                if status != 200:
                    self.failed.append(str(status))
            except OSError as error:
                self.failed.append(repr(error))
            self.answered += 1
            self.longest = max(self.longest, time.monotonic() - began)
            time.sleep(0.02)

    def __enter__(self) -> Readers:
        for one in self._threads:
            one.start()
        assert waited_for(lambda: self.answered > 8)
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.set()
        for one in self._threads:
            one.join()
