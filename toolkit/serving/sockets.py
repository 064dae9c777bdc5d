"""The sockets that clients connect to. They outlive the processes behind them, so that a restart refuses nobody."""

import os
import re
import select
import signal
import socket
from contextlib import suppress
from pathlib import Path

# Connections that wait to be taken: what comes in while a process is being replaced.
BACKLOG = 2048
_FIRST_PASSED = 3  # by systemd: sd_listen_fds(3)


# Tells a process to take no more connections, a moment before it is told to end: granian closes those that have been
# taken and have not asked yet.
NO_MORE = signal.SIGUSR1


class PortTakenError(Exception):
    """Someone else answers there already."""


def listening(host: str, port: int) -> socket.socket:
    """A socket of our own at an address. Raises PortTakenError.

    Without SO_REUSEPORT: with it two servers share a port, and readers get now the one, now the other.
    """
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    made = socket.socket(family, kind, protocol)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind(address)
        made.listen(BACKLOG)
    except OSError as error:
        made.close()
        raise PortTakenError(f"{host}:{port}: {error.strerror}") from None
    return made


def tell_ready() -> None:
    """To systemd (Type=notify): from now on whoever comes is answered."""
    if address := os.environ.pop("NOTIFY_SOCKET", ""):
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as told, suppress(OSError):
            told.connect("\0" + address[1:] if address.startswith("@") else address)
            told.send(b"READY=1")


def passed_on() -> dict[str, socket.socket]:
    """The sockets that systemd holds for us, by the names of their units' FileDescriptorName."""
    if os.environ.get("LISTEN_PID") != str(os.getpid()):
        return {}
    names = os.environ.get("LISTEN_FDNAMES", "").split(":")
    count = int(os.environ.get("LISTEN_FDS", "0"))
    return {names[at]: socket.socket(fileno=_FIRST_PASSED + at) for at in range(min(count, len(names)))}


def take_no_more() -> None:
    """Leaves what comes to whoever shares the listening socket, or to whoever comes next. Linux; elsewhere nothing.

    The server underneath cannot be asked to. But what it waits on are descriptors of this process.
    """
    for waiting in Path("/proc/self/fdinfo").glob("*"):
        with suppress(OSError):
            for listener in re.findall(r"^tfd:\s+(\d+)", waiting.read_text(), re.MULTILINE):
                if _is_listening(int(listener)):
                    select.epoll.fromfd(os.dup(int(waiting.name))).unregister(int(listener))


def _is_listening(descriptor: int) -> bool:
    try:
        with socket.socket(fileno=os.dup(descriptor)) as one:
            return bool(one.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))
    except OSError:  # no socket
        return False
