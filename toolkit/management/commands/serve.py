import os
import signal
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable
from socket import socket
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from toolkit import env
from toolkit.edition import folder
from toolkit.serving.sockets import PortTakenError, listening, passed_on, tell_ready
from toolkit.serving.supervisor import Child, Supervisor
from toolkit.texts.edition_folder import NoEditionError

READERS, STAFF = "survivors.serving.process:application", "toolkit.serving.staff:application"
TRIED_AGAIN_AFTER = 15  # seconds
# How soon an edition is made anew that a fault has left behind, or a day that has come (a law that starts, a draft that
# was set for it).
LOOKED_AFTER_EVERY = 10 * 60  # seconds


class Command(BaseCommand):
    help = "Serves the guide to readers (PORT) and the rooms to staff (STAFF_PORT) until it is told to end."
    requires_system_checks: list[str] = []  # readers are served whatever the database is like

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "whom", nargs="?", choices=("readers", "staff"), help="only these, where each has a service of its own"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        held, wanted = passed_on(), options["whom"] or "both"
        readers = self._child("readers", READERS, "PORT", 8000, held) if wanted != "staff" else None
        staff = self._child("staff", STAFF, "STAFF_PORT", 8001, held) if wanted != "readers" else None
        self._serve(readers, staff)

    def _child(self, name: str, target: str, variable: str, default: int, held: dict[str, socket]) -> Child:
        host, port = os.environ.get("HOST") or "127.0.0.1", env.port(variable, default)
        try:
            return Child(name, target, held.get(name) or listening(host, port), f"http://{host}:{port}/")
        except PortTakenError as error:
            raise CommandError(
                f"Another program answers at {error}. End it, or choose other ports: PORT=… STAFF_PORT=… make run"
            ) from None

    def _serve(self, readers: Child | None, staff: Child | None) -> None:
        """Readers first, from the edition that is there; staff when their database and texts are brought up."""
        supervisor = Supervisor([one for one in (readers, staff) if one])
        if readers and _has_edition():
            readers.start()
            self.stdout.write(f"  The guide:            {readers.address}   (what was published last)")
            self.stdout.flush()
        if not staff:
            self._serve_readers(supervisor, readers)
            return
        work = Preparing(self._begin(supervisor, readers, staff))
        supervisor.run(work.look)
        work.end()

    def _serve_readers(self, supervisor: Supervisor, readers: Child | None) -> None:
        if not readers or not readers.process:
            raise CommandError(
                "There is nothing to serve yet: no edition was ever written here. Staff's service does it."
            )
        tell_ready()
        supervisor.run(lambda: None)

    def _begin(self, supervisor: Supervisor, readers: Child | None, staff: Child) -> Callable[[bool], None]:
        """What is done each time that the site has been brought up, or could not be."""

        def begin(is_done: bool) -> None:
            if not _has_edition():
                supervisor.end()
                raise CommandError("There is nothing to serve: no edition was ever written here.")
            for child in (readers, staff):
                if child and not child.process:
                    child.start()
            tell_ready()
            if is_done:
                self._tell(readers, staff)

        return begin

    def _tell(self, readers: Child | None, staff: Child) -> None:
        if readers:
            self.stdout.write(f"\n  The guide:            {readers.address}")
        self.stdout.write(f"  Staff:                {staff.address}{settings.ADMIN_PATH}/")
        self.stdout.write("  First staff account:  .venv/bin/python manage.py create_staff NAME\n")
        self.stdout.flush()


class Preparing:
    """Brings the site up, again and again until it works; from then on looks after the edition."""

    def __init__(self, begin: Callable[[bool], None]) -> None:
        self._begin = begin
        self._is_told = False
        self._preparing = Errand(["prepare"], TRIED_AGAIN_AFTER)
        self._preparing.start()
        self._edition = Errand(["publish_due"], LOOKED_AFTER_EVERY)

    def look(self) -> None:
        """To be called now and then."""
        if self._is_told:
            self._edition.look()
            return
        self._preparing.look()
        if not self._preparing.is_running:
            self._is_told = self._preparing.is_done
            self._begin(self._is_told)

    def end(self) -> None:
        self._preparing.end()
        self._edition.end()


class Errand:
    """A command of manage.py in a process of its own, run again ``again`` seconds after it has ended."""

    def __init__(self, command: list[str], again: float) -> None:
        self.is_done = False  # whether it has worked, the last time
        self._command, self._again = command, again
        self._ended = time.monotonic()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def is_running(self) -> bool:
        return self._process is not None

    def start(self) -> None:
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), *self._command]
        self._process = subprocess.Popen(  # noqa: S603 (our own)
            command, process_group=0, stdin=subprocess.DEVNULL
        )

    def look(self) -> None:
        """To be called now and then: notes that it has ended, and starts it when it is time."""
        if self._process and self._process.poll() is not None:
            self.is_done = self._process.returncode == 0
            self._process, self._ended = None, time.monotonic()
        elif not self._process and time.monotonic() - self._ended > self._again:
            self.start()

    def end(self) -> None:
        if self._process:
            os.killpg(self._process.pid, signal.SIGKILL)


def _has_edition() -> bool:
    try:
        folder().manifest()
    except NoEditionError:
        return False
    return True
