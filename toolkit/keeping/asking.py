"""One request to an address outside the guide: what is sent, what comes back, and what is wrong where nothing does."""

import ipaddress
import queue
import socket
import ssl
import threading
from dataclasses import dataclass
from functools import cache
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import quote, urlsplit

from django.conf import settings

# What is wrong where no HTTP status says so: no such host, no answer in time, a network behind this machine, and so on.
# The words for it stand in toolkit/admin/keeping/links.py.
NO_HOST, TIMED_OUT, NO_CONNECTION = "no-host", "timed-out", "no-connection"
BAD_CERTIFICATE, NOT_SAFE, PRIVATE = "bad-certificate", "not-safe", "private"
NO_ADDRESS, TOO_MANY, INTO_APP = "no-address", "too-many", "into-app"
UNREACHED = (NO_HOST, TIMED_OUT, NO_CONNECTION, BAD_CERTIFICATE, NOT_SAFE, PRIVATE, NO_ADDRESS)

# What stays as it is in an address, beside letters and digits.
_IN_PATH = "/%:@!$&'()*+,;=~"
_IN_QUERY = _IN_PATH + "?[]"


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    url: str

    @property
    def host(self) -> str:
        try:
            return urlsplit(self.url).hostname or ""
        except ValueError:
            return ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: an HTTP status, or a fault in its place."""

    status: int = 0
    location: str = ""
    fault: str = ""

    @property
    def answer(self) -> str:
        return self.fault or str(self.status)


def send(request: Request, timeout: float) -> Reply:
    """One request within ``timeout`` seconds in all.

    In a thread that is left behind when the time is up: looking up a name, and a host that answers a byte at a time,
    know no time limit of their own.
    """
    done: queue.SimpleQueue[Reply] = queue.SimpleQueue()
    threading.Thread(target=lambda: done.put(_exchange(request, timeout)), daemon=True).start()
    try:
        return done.get(timeout=timeout)
    except queue.Empty:
        return Reply(fault=TIMED_OUT)


def _exchange(request: Request, timeout: float) -> Reply:
    try:
        parts = urlsplit(request.url)
        host = (parts.hostname or "").encode("idna").decode()
        kind = _Safe if parts.scheme == "https" else _Plain
        connection = kind(host, parts.port or kind.default_port, timeout=timeout)
    except (ValueError, HTTPException):
        return Reply(fault=NO_ADDRESS)
    if not host:
        return Reply(fault=NO_ADDRESS)
    target = quote(parts.path or "/", safe=_IN_PATH)
    target += "?" + quote(parts.query, safe=_IN_QUERY) if parts.query else ""
    try:
        headers = {"User-Agent": settings.CHECK_LINKS_AGENT, "Accept": "*/*", "Connection": "close"}
        connection.request(request.method, target, headers=headers)
        response = connection.getresponse()
        # The status is enough: of what the page says nothing is read beyond what came along with it.
        location = (response.headers.get("Location") or "").encode("latin-1", "replace")
        return Reply(response.status, quote(location, safe=_IN_QUERY + "#"))
    except Exception as error:  # whatever a stranger's server does, the run goes on
        return Reply(fault=_fault(error))
    finally:
        connection.close()


def _fault(error: Exception) -> str:
    match error:
        case PrivateAddressError():
            return PRIVATE
        case socket.gaierror():
            return NO_HOST
        case TimeoutError():
            return TIMED_OUT
        case ssl.SSLCertVerificationError():
            return BAD_CERTIFICATE
        case ssl.SSLError():
            return NOT_SAFE
    return NO_CONNECTION


class PrivateAddressError(Exception):
    """The name leads to this machine, or to a network behind it."""


class _Plain(HTTPConnection):
    def connect(self) -> None:
        self.sock = _connect(self.host, self.port, self.timeout)


class _Safe(HTTPSConnection):
    def connect(self) -> None:
        self.sock = _trusted().wrap_socket(_connect(self.host, self.port, self.timeout), server_hostname=self.host)


@cache
def _trusted() -> ssl.SSLContext:
    return ssl.create_default_context()


def _connect(host: str, port: int, timeout: float | None) -> socket.socket:
    """Connects to the very address that was looked at: looked up twice, a name can lead to two."""
    found = [info[4][:2] for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    allowed = [one for one in found if settings.CHECK_LINKS_ALLOW_LOCAL or is_public(str(one[0]))]
    if not allowed:
        raise PrivateAddressError(host)
    for number, one in enumerate(allowed, start=1):
        try:
            return socket.create_connection(one, timeout)  # type: ignore[arg-type]
        except OSError:
            if number == len(allowed):
                raise
    raise AssertionError("unreachable")


def is_public(text: str) -> bool:
    address = ipaddress.ip_address(text.partition("%")[0])
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None) or address
    return bool(inner.is_global and not inner.is_multicast)
