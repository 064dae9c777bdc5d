"""Django behind a pool of threads of its own: so many at work, so many waiting, and whoever waits too long is told."""

import asyncio
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import unquote_to_bytes

from toolkit.serving.bodies import Scope


class BusyError(Exception):
    """The queue is full, or the answer is not there in time."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What Django answered."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


class Pool:
    """``threads`` at work and ``waiting`` requests behind them; each is answered in ``seconds`` or not at all."""

    def __init__(self, name: str, threads: int, waiting: int, seconds: float) -> None:
        self._free = threads + waiting
        self._seconds = seconds
        self._lock = threading.Lock()
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix=name)

    async def run(self, work: Callable[[], Reply]) -> Reply:
        """Raises BusyError. Work that is overdue goes on, and its place stays taken until it ends."""
        with self._lock:
            if not self._free:
                raise BusyError
            self._free -= 1
        future = self._executor.submit(work)
        future.add_done_callback(lambda _: self._give_back())
        try:
            return await asyncio.wait_for(asyncio.wrap_future(future), self._seconds)
        except (TimeoutError, asyncio.CancelledError):
            raise BusyError from None

    def _give_back(self) -> None:
        with self._lock:
            self._free += 1


def ask(application: Callable[..., Iterable[bytes]], head: Mapping[str, str], body: bytes) -> Reply:
    """Runs a WSGI application for a request whose body is already there, to the end of its answer."""
    environ = {
        **head,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": head["REQUEST_SCHEME"],
        "wsgi.input": BytesIO(body),
        "wsgi.errors": _Nowhere(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    started: list[tuple[str, list[tuple[str, str]]]] = []

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
        started.append((status, headers))

    answer = application(environ, start_response)
    try:
        whole = b"".join(answer)
    finally:
        if close := getattr(answer, "close", None):
            close()
    status, headers = started[-1]
    return Reply(int(status.partition(" ")[0]), headers, whole)


def head_of(scope: Scope) -> dict[str, str]:
    """A request's head in the words of WSGI. A header sent twice is joined; names with underscores are left out."""
    host, _, port = scope.server.rpartition(":")
    found = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        # WSGI wants the bytes of the path as latin-1.
        "PATH_INFO": unquote_to_bytes(scope.path).decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": host or "localhost",
        "SERVER_PORT": port or "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "REQUEST_SCHEME": scope.scheme,
    }
    for name in set(scope.headers.keys()):
        if "_" not in name and name not in ("content-length", "transfer-encoding"):
            key = name.upper().replace("-", "_")
            joined = _joined(name, scope.headers.get_all(name))
            found["CONTENT_TYPE" if key == "CONTENT_TYPE" else f"HTTP_{key}"] = joined
    return found


def _joined(name: str, values: Sequence[str]) -> str:
    return ("; " if name == "cookie" else ",").join(values)


class _Nowhere:
    """Django reports through logging; nothing of a request is written past it."""

    def write(self, text: str) -> int:
        return len(text)

    def flush(self) -> None: ...
