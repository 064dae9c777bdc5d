"""What happened to the texts, newest first: what was done, and what was said. Never log-ins, never accounts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, Q, QuerySet, Value

from toolkit.models import AuditEntry, Event, Remark

# What Administrators alone read, in their own list.
OF_ACCOUNTS = frozenset(
    {
        Event.LOGGED_IN,
        Event.LOGGED_OUT,
        Event.WRONG_PASSWORD,
        Event.WRONG_CODE,
        Event.LOCKED_OUT,
        Event.SECOND_FACTOR_SET_UP,
        Event.BACKUP_CODE_USED,
        Event.SECOND_FACTOR_RESET,
        Event.ACCOUNT_MADE,
        Event.ACCOUNT_CHANGED,
    }
)
OF_TEXTS = frozenset(Event) - OF_ACCOUNTS
_DONE, _SAID = "done", "said"


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that was done, or a remark that was written."""

    at: datetime
    done: AuditEntry | None = None
    said: Remark | None = None


def happened(*, who: str = "", part: str = "", path: str | None = None) -> QuerySet[Any, Any]:
    """Everything that happened, as rows for ``as_happenings``, narrowed by person, text or page ("" is home)."""
    done, said = AuditEntry.objects.filter(event__in=OF_TEXTS), Remark.objects.all()
    if who:
        done = done.filter(who=who)
        said = said.filter(Q(author__username=who) | Q(reader__name=who))
    if part:
        done, said = done.filter(part=part), said.filter(part=part)
    if path is not None:
        done, said = done.filter(page__path=path), said.filter(page__path=path)
    rows = done.order_by().annotate(kind=Value(_DONE, CharField())).values_list("at", "pk", "kind")
    more = said.order_by().annotate(kind=Value(_SAID, CharField())).values_list("written", "pk", "kind")
    together: QuerySet[Any, Any] = rows.union(more, all=True).order_by("-at", "-pk")
    return together


def as_happenings(rows: list[tuple[datetime, int, str]]) -> list[Happening]:
    """Some rows of ``happened``, with what they are about."""
    done = AuditEntry.objects.select_related("page").in_bulk([pk for _at, pk, kind in rows if kind == _DONE])
    said = Remark.objects.select_related("page", "author", "reader", "answers__author", "answers__reader").in_bulk(
        [pk for _at, pk, kind in rows if kind == _SAID]
    )
    return [Happening(at, done=done[pk]) if kind == _DONE else Happening(at, said=said[pk]) for at, pk, kind in rows]


def people() -> list[str]:
    """Who did or said something of the texts, by name."""
    done = AuditEntry.objects.filter(event__in=OF_TEXTS).order_by().values_list("who", flat=True).distinct()
    said = Remark.objects.order_by().values_list("author__username", "reader__name").distinct()
    return sorted({*done, *(author or reader or "" for author, reader in said)} - {""})
