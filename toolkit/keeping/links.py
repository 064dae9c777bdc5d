"""The addresses outside the guide that its records name: which they are, and which work.

An address is broken when it says so (404, 410, a failure of its server) or cannot be reached, in both cases twice.
One that refuses to be asked by a machine (403, 429) may work for a person: someone has to look.
"""

import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from django.db.models import F
from django.utils import timezone

from toolkit.keeping.asking import INTO_APP, NO_ADDRESS, TOO_MANY, UNREACHED, Reply, Request, send
from toolkit.live import live_site
from toolkit.models import Link
from toolkit.texts.page import Site
from toolkit.texts.records.facts import RECORD_TYPES

WORKS, BROKEN, REFUSED, NEVER_ASKED, IGNORED = "works", "broken", "refused", "never-asked", "ignored"

_REDIRECTS = (301, 302, 303, 307, 308)
_MOST_REDIRECTS = 5
_NOT_AGAIN = (401, 429)
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
    ask = request or send
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
        host, reply = talk.request.host, ask(talk.request, pace.timeout)
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
            link.is_broken = reply.status in (404, 410) or reply.status >= 500 or reply.fault in UNREACHED
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
