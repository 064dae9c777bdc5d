"""One of the two processes: granian around an application, on a socket that was opened by whoever started it.

    python -m toolkit.serving.worker MODULE:NAME SOCKET READY

``SOCKET`` and ``READY`` are descriptors; a byte goes to the second as soon as the application is there.
"""

import ctypes
import multiprocessing
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import Any

from granian._granian import SocketHolder
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import MPServer

from toolkit.serving.sockets import BACKLOG, NO_MORE, take_no_more

# A client that has not sent its whole head by then, or keeps a connection without asking, is let go.
HEAD_SECONDS = 10
HEAD_BYTES = 32 * 1024
# A worker that has not ended by then is ended.
GRACE_SECONDS = 6
# Descriptors for everything that is no connection, and most connections even where more descriptors are allowed.
OTHER_FILES, MOST_CONNECTIONS = 128, 16384
_PR_SET_PDEATHSIG = 1


class Worker(MPServer):
    """Granian on a socket that is there already; by itself it binds its own with SO_REUSEPORT."""

    def __init__(self, target: str, listener: socket.socket) -> None:
        super().__init__(
            target,
            interface=Interfaces.RSGI,
            http=HTTPModes.http1,
            websockets=False,
            backpressure=_connections(),
            http1_settings=HTTP1Settings(max_buffer_size=HEAD_BYTES, header_read_timeout=HEAD_SECONDS * 1000),
            log_level=LogLevels.error,
            respawn_failed_workers=True,
            workers_kill_timeout=GRACE_SECONDS,
        )
        self._listener = listener

    def _init_shared_socket(self) -> None:
        self._ssp, self._sso = None, self._listener
        self._sfd = self._listener.fileno()  # type: ignore[assignment]
        self._shd = SocketHolder(self._sfd, False, BACKLOG)  # type: ignore[assignment, call-arg]


def die_with_parent() -> None:
    """Nobody is left serving what nobody looks after. Linux; elsewhere whoever kills the first kills the others."""
    if sys.platform == "linux":
        parent = os.getppid()
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it went before we asked
            os._exit(1)


def load(target: str, ready: int) -> Any:
    """The application, in the process that serves it. It says when it is ready, by calling what it is given."""
    die_with_parent()
    signal.signal(NO_MORE, lambda *_: take_no_more())
    module, _, name = target.partition(":")
    make: Callable[[], Any] = getattr(import_module(module), name)
    application = make()
    with suppress(OSError):  # nobody listens any more when a worker is replaced after a crash
        os.write(ready, b"1")
    return application


def _connections() -> int:
    """As many connections as descriptors allow."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = MOST_CONNECTIONS if hard == resource.RLIM_INFINITY else min(hard, MOST_CONNECTIONS)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    return most - OTHER_FILES


def main(target: str, listener: int, ready: int) -> None:
    die_with_parent()
    signal.signal(NO_MORE, signal.SIG_IGN)  # it is for the workers that are forked from here
    multiprocessing.set_start_method("fork")  # the socket is handed on as it is
    server = Worker(target, socket.socket(fileno=listener))
    server.serve(target_loader=lambda name: load(name, ready))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
