"""The world outside the guide: where the reader came from, and where the exit leads. Small servers of our own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SEARCH, WEATHER, STALLED = "search.localhost", "weather.localhost", "stalled.localhost"
PAGE = "<!doctype html><title>{0}</title><link rel=icon href=data:,><h1>{0}</h1><a id=in href='{1}'>a result</a>"


@dataclass
class Outside:
    """Every name leads to the same server; it remembers who asked for what, and makes the weather wait when told to."""

    port: int = 0
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    stalled_page: bytes = b""
    stalled_headers: dict[str, str] = field(default_factory=dict)
    _open: threading.Event = field(default_factory=threading.Event)
    _waiting: threading.Event = field(default_factory=threading.Event)

    def url(self, host: str) -> str:
        return f"http://{host}:{self.port}/"

    @property
    def target(self) -> str:
        return self.url(WEATHER)

    @contextmanager
    def slow(self) -> Iterator[None]:
        """The exit's target takes requests and does not answer until this ends."""
        self._open.clear()
        self._waiting.clear()
        try:
            yield
        finally:
            self._open.set()

    def answer(self) -> None:
        self._open.set()

    def has_been_asked(self, within: float = 8) -> bool:
        """Whether a request for the slow target has come in."""
        return self._waiting.wait(within)

    def wait_if_slow(self) -> None:
        self._waiting.set()
        self._open.wait(12)

    def requests_to(self, host: str) -> list[dict[str, str]]:
        return [headers for name, path, headers in self.asked if name == host and path == "/"]


class _Answer(BaseHTTPRequestHandler):
    outside: Outside

    def do_GET(self) -> None:
        host = self.headers["Host"].partition(":")[0]
        self.outside.asked.append((host, self.path, {name.lower(): value for name, value in self.headers.items()}))
        if host == STALLED:
            self._stall()
            return
        if host == WEATHER:
            self.outside.wait_if_slow()
        self._send({"Content-Type": "text/html"})
        with suppress(BrokenPipeError):
            self.wfile.write(PAGE.format(host.partition(".")[0].title(), self.path[1:]).encode())

    def _stall(self) -> None:
        """Half a page, then nothing until the slow target may answer."""
        self._send(self.outside.stalled_headers)
        self.wfile.write(self.outside.stalled_page)
        self.wfile.flush()
        self.outside.wait_if_slow()

    def _send(self, headers: dict[str, str]) -> None:
        self.send_response(200)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Says nothing."""


@contextmanager
def outside_world() -> Iterator[Outside]:
    outside = Outside()
    outside.answer()
    http = ThreadingHTTPServer(("127.0.0.1", 0), type("Answer", (_Answer,), {"outside": outside}))
    http.daemon_threads = True
    outside.port = http.server_port
    threading.Thread(target=http.serve_forever, daemon=True).start()
    try:
        yield outside
    finally:
        outside.answer()
        http.shutdown()
