"""A PostgreSQL of one's own, that a test may freeze and end."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.faults.conftest import free_port, waited_for


def programs() -> Path | None:
    """The newest server that is installed, where Debian keeps them or on the path."""
    if found := sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


class Postgres:
    def __init__(self, folder: Path, ready: Path | None = None) -> None:
        """``ready``: the data of one that was stopped, to begin with a copy of them."""
        self._bin, self.data = programs(), folder / "data"
        self.port = free_port()
        self.url = f"postgres://postgres@127.0.0.1:{self.port}/postgres"
        if ready:
            subprocess.run(["cp", "-a", str(ready), str(self.data)], check=True)  # with its owner
        else:
            self._as("initdb", "-D", str(self.data), "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-sync")
        options = f"-p {self.port} -k {folder} -c fsync=off -c listen_addresses=127.0.0.1"
        self._as("pg_ctl", "-D", str(self.data), "-w", "-l", str(folder / "log"), "-o", options, "start")

    def _as(self, program: str, *arguments: str) -> None:
        """The server refuses to run as root."""
        user = {"user": "postgres"} if os.geteuid() == 0 else {}
        command = [str(self._bin / program), *arguments]  # type: ignore[operator]
        subprocess.run(
            command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self.data.parent, **user
        )

    def _processes(self) -> list[int]:
        first = int((self.data / "postmaster.pid").read_text().splitlines()[0])
        listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(first)], capture_output=True, text=True)
        return [first, *map(int, listed.stdout.split())]

    def begin_anew(self) -> None:
        """Everything in it is gone, as with the machine it was on."""
        again = "DROP SCHEMA public CASCADE; CREATE SCHEMA public;"
        self._as("psql", "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", "-c", again)

    def freeze(self) -> list[int]:
        """Stops every process of it where it stands; it neither answers nor closes."""
        stopped = self._processes()
        for one in stopped:
            os.kill(one, signal.SIGSTOP)
        return stopped

    def thaw(self, stopped: list[int]) -> None:
        for one in stopped:
            with suppress(ProcessLookupError):  # its connection was cut meanwhile
                os.kill(one, signal.SIGCONT)

    def stop(self, how: str = "immediate") -> None:
        self._as("pg_ctl", "-D", str(self.data), "-w", "-m", how, "stop")


@contextmanager
def running_postgres(ready: Path | None = None) -> Iterator[Postgres]:
    # Not in a test's own folder: the server's user may not enter there.
    with tempfile.TemporaryDirectory(prefix="pg-") as name:
        folder = Path(name)
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        server = Postgres(folder, ready)
        try:
            yield server
        finally:
            with suppress(subprocess.CalledProcessError):  # stopped already
                server.stop()
            waited_for(lambda: not (folder / "data" / "postmaster.pid").exists(), 10)
