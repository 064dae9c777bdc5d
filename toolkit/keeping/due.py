"""What has to be compared with its sources again, the worst first, and saying that it is still correct."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from toolkit import models
from toolkit.judging import Change
from toolkit.keeping import links
from toolkit.live import StaleTextError, live_site, publish
from toolkit.models import AuditEntry, Cause, Doubt, Event
from toolkit.rendering import words
from toolkit.texts.canonical import digest
from toolkit.texts.languages import FACTS, SOURCE
from toolkit.texts.page import PageTexts, Site, write_part
from toolkit.texts.records.facts import RECORD_TYPES, Contact, Counter, Facts, Figure, Provision, Route, Source
from toolkit.texts.records.picture import Picture

PROSE = "prose"
SOON = timedelta(days=14)
# Each failure means that someone else has just published: more people than this do not press at the same moment.
_TRIES = 4


class GoneError(LookupError):
    """The record, or its page, is not part of the guide any more."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that was checked on a day: a record of a page or, of kind "prose" and without an id, its words.

    ``says`` is what to compare, in short; ``addresses`` is where.
    """

    path: str
    kind: str
    record: str
    name: str
    says: str
    addresses: tuple[str, ...]
    checked: date

    @property
    def due(self) -> date:
        return self.checked + timedelta(days=settings.REVIEW_DAYS[self.kind])

    def lateness(self, today: date) -> float:
        """How far over its interval it is, in proportion to it: 1.0 is twice as old as it may get."""
        return (today - self.due).days / settings.REVIEW_DAYS[self.kind]


@dataclass(frozen=True, slots=True)
class Due:
    """What is due by today, and what will be within 14 days; both the worst first."""

    overdue: list[Fact]
    soon: list[Fact]


@dataclass(frozen=True, slots=True)
class Counts:
    """For the start page."""

    overdue: int
    mine: int
    soon: int
    broken_links: int
    doubts: int


def due(site: Site, today: date, paths: Iterable[str] | None = None) -> Due:
    """What is due in ``site``, or on the pages at ``paths`` only."""
    pages = site.values() if paths is None else [site[path] for path in paths if path in site]
    found = sorted((fact for page in pages for fact in facts_of(page)), key=lambda fact: _worst_first(fact, today))
    return Due(
        [fact for fact in found if fact.due <= today],
        [fact for fact in found if today < fact.due <= today + SOON],
    )


def facts_of(page: PageTexts) -> Iterator[Fact]:
    """Everything of a page that has a day on which it was checked."""
    if page.facts is None:
        return
    english = page.prose.get(SOURCE)
    yield Fact(page.path, PROSE, "", english.h1 if english else address(page.path), "", (), page.facts.checked)
    sources = {source.id: source.url for source in page.facts.sources}
    labels = english.labels if english else {}
    for kind in RECORD_TYPES:
        for record in getattr(page.facts, kind):
            told = (sources.get(source, "") for source in getattr(record, "sources", ()))
            own = (getattr(record, "website", ""), getattr(record, "url", ""))
            addresses = dict.fromkeys(url for url in (*own, *told) if url.startswith(("https://", "http://")))
            name = record_name(record, labels.get(record.id, ""))
            yield Fact(page.path, kind, record.id, name, _says(record), tuple(addresses), record.checked)


def record_name(record: Any, label: str = "") -> str:
    """What staff call a record. ``label`` is its name in the words of the page, if they give it one."""
    match record:
        case Source():
            return record.title
        case Contact():
            return record.name
        case Route():
            return label or record.platform
        case Provision():
            return f"{record.act}, {record.section}" if record.section else record.act
        case Figure():
            return f"{label} ({record.value})" if label else record.value
        case Counter():
            return record.says
        case Picture():
            return label or record.id
    raise TypeError(type(record).__name__)


def address(path: str) -> str:
    """A page's address without the language."""
    return f"/{path}/" if path else "/"


def pages_of(whose: str, user: User) -> dict[str, models.Page]:
    """Path -> page: "mine" are those that ``user`` sees to, "nobodys" those without an owner, else all.

    A page whose owner has left the staff has none.
    """
    pages = models.Page.objects.filter(is_retired=False).select_related("owner", "deputy")
    if whose == "mine":
        pages = pages.filter(Q(owner=user) | Q(deputy=user))
    elif whose == "nobodys":
        pages = pages.filter(Q(owner=None) | Q(owner__is_active=False))
    return {page.path: page for page in pages}


def counts(user: User, today: date) -> Counts:
    site = live_site()
    everything = due(site, today)
    mine = pages_of("mine", user)
    return Counts(
        overdue=len(everything.overdue),
        mine=sum(fact.path in mine for fact in everything.overdue),
        soon=len(everything.soon),
        broken_links=len(links.broken(site)),
        doubts=Doubt.objects.values("path").distinct().count(),
    )


def confirm(path: str, kind: str, record_id: str, user: User, today: date) -> Fact:
    """Says that a record, or with "prose" the words of a page, was compared with its sources today and is correct.

    Only its day of checking changes. Returns the fact with its new day; raises GoneError.
    """
    for left in reversed(range(_TRIES)):
        facts, fact = _find(path, kind, record_id)
        if fact.checked == today:
            return fact
        try:
            with transaction.atomic():
                checked = _with_day(facts, kind, record_id, today)
                change = Change.of(path, FACTS, checked, digest(write_part(facts)))
                publish([change], origin="staff", author=user, cause=Cause.CHECKED, today=today)
                AuditEntry.add(
                    user, Event.STILL_CORRECT, f"{address(path)} {record_id}".strip(),
                    page=models.Page.objects.get(path=path), part=FACTS,
                )  # fmt: skip
            return replace(fact, checked=today)
        except StaleTextError:
            # A colleague has confirmed or published something of the same page since it was read: both count.
            if not left:
                raise
    raise AssertionError("unreachable")


def _find(path: str, kind: str, record_id: str) -> tuple[Facts, Fact]:
    page = live_site().get(path)
    if page and page.facts:
        for fact in facts_of(page):
            if (fact.kind, fact.record) == (kind, record_id):
                return page.facts, fact
    raise GoneError(f"{address(path)} {kind} {record_id}")


def _with_day(facts: Facts, kind: str, record_id: str, today: date) -> Facts:
    if kind == PROSE:
        return replace(facts, checked=today)
    records = tuple(replace(one, checked=today) if one.id == record_id else one for one in getattr(facts, kind))
    changed: dict[str, Any] = {kind: records}
    return replace(facts, **changed)


def _worst_first(fact: Fact, today: date) -> tuple[float, date, str, str, str]:
    return (-fact.lateness(today), fact.due, fact.path, fact.kind, fact.record)


def _says(record: Any) -> str:
    match record:
        case Source():
            return record.publisher
        case Contact():
            return "; ".join(channel.shown for channel in record.channels)
        case Route():
            return " > ".join(record.menu)
        case Provision():
            return words.penalty(record)
        case Figure():
            return record.period
    return ""
