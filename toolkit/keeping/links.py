"""The addresses outside the guide that its records name: which they are, and asking them politely whether they work.

An address is broken when it says so (404, 410, a failure of its server) or cannot be reached, in both cases twice.
One that refuses to be asked by a machine (403, 429) may work for a person: someone has to look.
"""

from __future__ import annotations

import ipaddress
import queue
import socket
import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from functools import cache
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import quote, urljoin, urlsplit

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from toolkit.live import live_site
from toolkit.models import Link
from toolkit.texts.page import Site
from toolkit.texts.records.facts import RECORD_TYPES

WORKS, BROKEN, REFUSED, NEVER_ASKED, IGNORED = "works", "broken", "refused", "never asked", "ignored"

# What is wrong where no HTTP status says so.
NO_HOST, TIMED_OUT, NO_CONNECTION = "no such host", "timed out", "no connection"
BAD_CERTIFICATE, NOT_SAFE, PRIVATE = "certificate not valid", "no safe connection", "not on the public internet"
NO_ADDRESS, TOO_MANY, INTO_APP = "not a web address", "redirected too often", "leads into an app"
_BROKEN = (NO_HOST, TIMED_OUT, NO_CONNECTION, BAD_CERTIFICATE, NOT_SAFE, PRIVATE, NO_ADDRESS)

_REDIRECTS = (301, 302, 303, 307, 308)
_MOST_REDIRECTS = 5
_NOT_AGAIN = (401, 429)
# What stays as it is in an address, beside letters and digits.
_IN_PATH = "/%:@!$&'()*+,;=~"
_IN_QUERY = _IN_PATH + "?[]"
# From so many hosts on, none of which answers, it is this machine that has no connection.
_SURELY_OFFLINE = 5


@dataclass(frozen=True, slots=True)
class Use:
    """Where an address stands: the path of the page, the kind of the record and its id."""

    path: str
    kind: str
    record: str


@dataclass(frozen=True, slots=True)
class Finding:
    link: Link
    uses: tuple[Use, ...]


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


@dataclass(slots=True)
class Pace:
    """How politely, in seconds; ``minutes`` is for a whole run. Tests bring their own clock."""

    minutes: float = 20
    delay: float = 1
    timeout: float = 15
    host_delay: float = 3
    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


@dataclass(slots=True)
class Summary:
    """What a run found: how many addresses are in which state, and how many it had no time for."""

    found: Counter[str] = field(default_factory=Counter)
    left: int = 0
    is_offline: bool = False


def uses(site: Site) -> dict[str, list[Use]]:
    """Every address outside the guide -> where it is used."""
    found: dict[str, list[Use]] = {}
    for path, page in site.items():
        for kind in RECORD_TYPES if page.facts else ():
            for record in getattr(page.facts, kind):
                for url in dict.fromkeys(_addresses(record)):
                    found.setdefault(url, []).append(Use(path, kind, record.id))
    return found


def refresh(site: Site) -> None:
    """A row for each address that is in use, and none for others, but what a person has said of one is kept."""
    used = uses(site)
    rows = Link.objects.all()
    gone = [link.pk for link in rows if link.url not in used and not link.is_ignored]
    rows.filter(pk__in=gone).delete()
    known = set(rows.values_list("url", flat=True))
    Link.objects.bulk_create([Link(url=url) for url in used if url not in known], ignore_conflicts=True)


def state(link: Link) -> str:
    if link.is_ignored:
        return IGNORED
    if link.is_broken:
        return BROKEN
    if not link.answer:
        return NEVER_ASKED
    return WORKS if link.answer.startswith(("2", "3")) else REFUSED


def findings(site: Site) -> dict[str, list[Finding]]:
    """State -> the addresses in it that are in use; of the broken ones, those that have been so longest come first."""
    used = uses(site)
    rows = {link.url: link for link in Link.objects.order_by(F("broken_since").asc(nulls_last=True), "url")}
    found: dict[str, list[Finding]] = {one: [] for one in (BROKEN, REFUSED, NEVER_ASKED, IGNORED, WORKS)}
    for url in [*rows, *(url for url in used if url not in rows)]:
        if url in used:
            link = rows.get(url) or Link(url=url)
            found[state(link)].append(Finding(link, tuple(used[url])))
    return found


def broken(site: Site) -> list[Finding]:
    return findings(site)[BROKEN] if Link.objects.filter(is_broken=True, is_ignored=False).exists() else []


def broken_on(path: str, site: Site | None = None) -> list[Finding]:
    """The broken addresses that a page names, each with the records of that page that name it."""
    if not Link.objects.filter(is_broken=True, is_ignored=False).exists():
        return []
    page = (site or live_site()).get(path)
    return broken({path: page}) if page else []


def check(site: Site, pace: Pace, request: Callable[[Request, float], Reply] | None = None) -> Summary:
    """Asks every address that nobody has said to ignore, the longest unasked first, as long as the time lasts.

    Many conversations go on at once, so that no host is hurried and none holds up the others.
    """
    refresh(site)
    send = request or _send
    rows = Link.objects.filter(is_ignored=False).order_by(F("asked").asc(nulls_first=True), "pk")
    talks = [_Talk(link) for link in rows]
    record = _Record()
    ends, free, free_host = pace.now() + pace.minutes * 60, pace.now(), dict[str, float]()

    while talks:
        # The first of those that may go soonest.
        talk = min(talks, key=lambda one: max(free, free_host.get(one.request.host, free)))
        start = max(pace.now(), free, free_host.get(talk.request.host, free))
        if start >= ends:
            break
        pace.sleep(max(0, start - pace.now()))
        host, reply = talk.request.host, send(talk.request, pace.timeout)
        free, free_host[host] = pace.now() + pace.delay, pace.now() + pace.host_delay
        if (answer := talk.take(reply)) is not None:
            talks.remove(talk)
            record.take(talk.link, answer)
    return record.close(left=len(talks))


class _Talk:
    """A conversation about one address, at most one request ahead: ``request`` is what it wants to ask next."""

    def __init__(self, link: Link) -> None:
        self.link = link
        self._steps = _conversation(link.url)
        self.request = next(self._steps)

    def take(self, reply: Reply) -> Reply | None:
        """Goes on; the answer once there is nothing more to ask."""
        try:
            self.request = self._steps.send(reply)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]
        return None


class _Record:
    """Writes answers down, one row at a time, as soon as it is sure that this machine has a connection."""

    def __init__(self) -> None:
        self.summary = Summary()
        self._unsure: list[tuple[Link, Reply]] = []
        self._is_online = False

    def take(self, link: Link, reply: Reply) -> None:
        self._unsure.append((link, reply))
        self._is_online = self._is_online or reply.status > 0
        if self._is_online:
            self._write()

    def close(self, left: int) -> Summary:
        if len({Request("", link.url).host for link, _ in self._unsure}) < _SURELY_OFFLINE:
            self._write()
        self.summary.is_offline = bool(self._unsure)
        self.summary.left = left + len(self._unsure)
        return self.summary

    def _write(self) -> None:
        for link, reply in self._unsure:
            link.answer = reply.answer
            link.is_broken = reply.status in (404, 410) or reply.status >= 500 or reply.fault in _BROKEN
            link.asked = timezone.now()
            link.broken_since = (link.broken_since or link.asked) if link.is_broken else None
            # Not save(): the row may be gone, and what a person has said of it meanwhile stays.
            Link.objects.filter(pk=link.pk).update(
                answer=link.answer, is_broken=link.is_broken, asked=link.asked, broken_since=link.broken_since
            )
            self.summary.found[state(link)] += 1
        self._unsure.clear()


def _addresses(record: object) -> Iterator[str]:
    candidates = [getattr(record, "url", ""), getattr(record, "website", "")]
    candidates += [channel.value for channel in getattr(record, "channels", ()) if channel.kind == "web"]
    yield from (one for one in candidates if one.startswith(("https://", "http://")))


def _conversation(url: str) -> Generator[Request, Reply, Reply]:
    """What it takes to learn whether an address works: HEAD, and GET where the answer to that was not good."""
    reply = Reply()
    for method in ("HEAD", "GET"):
        reply = yield from _follow(method, url)
        if 200 <= reply.status < 400 or reply.status in _NOT_AGAIN:
            break
    return reply


def _follow(method: str, url: str) -> Generator[Request, Reply, Reply]:
    for _ in range(_MOST_REDIRECTS + 1):
        reply = yield Request(method, url)
        if reply.status not in _REDIRECTS or not reply.location:
            return reply
        try:
            url = urljoin(url, reply.location)
            scheme = urlsplit(url).scheme
        except ValueError:
            return Reply(fault=NO_ADDRESS)
        if scheme not in ("http", "https"):
            return Reply(fault=INTO_APP)
    return Reply(fault=TOO_MANY)


def _send(request: Request, timeout: float) -> Reply:
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
