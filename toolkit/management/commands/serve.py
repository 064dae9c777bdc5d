from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from toolkit import env
from toolkit.edition import folder
from toolkit.serving.sockets import PortTakenError, listening, passed_on
from toolkit.serving.supervisor import Child, Supervisor
from toolkit.texts.edition_folder import NoEditionError

READERS, STAFF = "survivors.serving.process:application", "toolkit.serving.staff:application"
TRIED_AGAIN_AFTER = 15  # seconds
# How soon an edition is made anew that a fault has left behind, or a day that has come (a law that starts).
LOOKED_AFTER_EVERY = 10 * 60  # seconds


class Command(BaseCommand):
    help = "Serves the guide to readers (PORT) and the rooms to staff (STAFF_PORT) until it is told to end."
    requires_system_checks: list[str] = []  # readers are served whatever the database is like

    def handle(self, *args: Any, **options: Any) -> None:
        host, port, staff_port = (
            os.environ.get("HOST") or "127.0.0.1",
            env.port("PORT", 8000),
            env.port("STAFF_PORT", 8001),
        )
        held = passed_on()
        try:
            readers = Child("readers", READERS, held.get("readers") or listening(host, port))
            staff = Child("staff", STAFF, held.get("staff") or listening(host, staff_port))
        except PortTakenError as error:
            raise CommandError(
                f"Another program answers at {error}. End it, or choose other ports: PORT=… STAFF_PORT=… make run"
            ) from None
        self._serve(
            Supervisor([readers, staff]), readers, staff, (f"http://{host}:{port}/", f"http://{host}:{staff_port}")
        )

    def _serve(self, supervisor: Supervisor, readers: Child, staff: Child, addresses: tuple[str, str]) -> None:
        """Readers first, from the edition that is there; staff when their database and texts are brought up."""
        if _has_edition():
            readers.start()
            self.stdout.write(f"  The guide:            {addresses[0]}   (what was published last)")
        preparing = Errand(["prepare"], TRIED_AGAIN_AFTER)
        preparing.start()
        edition = Errand(["edition", "--verbosity", "0"], LOOKED_AFTER_EVERY)
        told = False

        def every() -> None:
            nonlocal told
            if told:
                edition.look()
                return
            preparing.look()
            if preparing.is_running:
                return
            if not _has_edition():
                supervisor.end()
                raise CommandError("There is nothing to serve: no edition was ever written here.")
            if not readers.process:
                readers.start()
            if not staff.process:
                staff.start()
            if preparing.is_done:
                told = True
                self._tell(addresses)

        supervisor.run(every)
        preparing.end()
        edition.end()

    def _tell(self, addresses: tuple[str, str]) -> None:
        admin = f"{addresses[1]}/{settings.ADMIN_PATH}/"
        self.stdout.write(f"\n  The guide:            {addresses[0]}\n  Staff:                {admin}")
        self.stdout.write("  First staff account:  .venv/bin/python manage.py create_staff NAME\n")
        self.stdout.flush()


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
