"""The schema of a page's facts: typed records without language (docs/content.md has the table a writer reads).

Each field carries the reader that turns a TOML value into the field's value or says what is wrong with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from toolkit.texts.canonical import tidy_line
from toolkit.texts.hours import read_hours
from toolkit.texts.markup import SLUG

Reader = Callable[[Any], Any]

NEEDS = (
    "danger", "talk", "counselling", "shelter", "legal", "police", "medical", "takedown", "money", "children",
    "technical", "tribunal", "welfare", "casework",
)  # fmt: skip
SERVES = ("everyone", "women", "men", "children", "lgbtq", "migrants", "muslim-women", "disabilities")
STATES = (
    "all", "johor", "kedah", "kelantan", "kuala-lumpur", "labuan", "melaka", "negeri-sembilan", "pahang", "penang",
    "perak", "perlis", "putrajaya", "sabah", "sarawak", "selangor", "terengganu",
)  # fmt: skip
SPOKEN = ("ms", "en", "ta", "zh")
COSTS = ("free", "charged", "means-tested", "low-cost")
CHANNEL_KINDS = ("tel", "whatsapp", "sms", "email", "web", "app", "walk-in")
CHANNEL_STATUSES = ("confirmed", "unconfirmed")
AGES = ("any", "adult", "under-18")
YES_NO = ("yes", "no")
YES_NO_UNKNOWN = (*YES_NO, "unknown")
COVERAGE = ("covered", "not-covered", "private-messages-not-covered", "unclear")
PROVISION_STATUSES = ("in-force", "not-commenced", "bill")
FORUMS = ("police", "mcmc", "tribunal", "court", "employer", "platform", "welfare")
COMBINE = ("either", "both")


def read_text(value: Any) -> str:
    if not isinstance(value, str) or not tidy_line(value):
        raise ValueError("must be some text")
    return tidy_line(value)


def read_slug(value: Any) -> str:
    if not isinstance(value, str) or not SLUG.match(value):
        raise ValueError("must be small letters, digits and single hyphens")
    return value


def read_day(value: Any) -> date:
    if type(value) is not date:
        raise ValueError("must be a date such as 2026-11-22, without quotes")
    return value


def read_whole(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise ValueError("must be a whole number")
    return value


def read_flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def _address(*schemes: str) -> Reader:
    def read(value: Any) -> str:
        parts = urlsplit(read_text(value))
        if parts.scheme not in schemes or not (parts.netloc or parts.scheme == "mailto") or " " in value.strip():
            raise ValueError(f"must be a whole {' or '.join(schemes)} address")
        return read_text(value)

    return read


@dataclass(frozen=True, slots=True)
class OneOf:
    """Reads one of fixed values."""

    choices: tuple[str, ...]

    def __call__(self, value: Any) -> str:
        if value not in self.choices:
            raise ValueError(f"must be one of: {', '.join(self.choices)}")
        return str(value)


@dataclass(frozen=True, slots=True)
class ListOf:
    """Reads a list of what ``read_one`` reads."""

    read_one: Reader

    def __call__(self, value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise ValueError("must be a list")
        return tuple(self.read_one(one) for one in value)


def _hours(value: Any) -> str:
    read_hours(read_text(value))
    return read_text(value)


def _period(value: Any) -> str:
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}(/\d{4}(-\d\d){0,2})?", str(value)):
        raise ValueError('must be a year, month or day, or two with a slash: "2021-01/2025-11"')
    return str(value)


def _of(read: Reader, default: Any = None, **more: Any) -> Any:
    metadata = {"read": read, **more}
    return field(metadata=metadata) if default is None else field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    id: str = _of(read_slug)
    title: str = _of(read_text)
    publisher: str = _of(read_text)
    url: str = _of(_address("https", "http"))
    published: date | None = field(default=None, metadata={"read": read_day})
    language: str = _of(read_slug, "en")
    checked: date = _of(read_day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    kind: str = _of(OneOf(CHANNEL_KINDS))
    value: str = _of(read_text)
    display: str = _of(read_text, "")
    hours: str = _of(_hours, "")
    status: str = _of(OneOf(CHANNEL_STATUSES))

    def __post_init__(self) -> None:
        if self.kind in ("tel", "whatsapp", "sms"):
            wanted = r"\+[1-9]\d{7,14}" if self.kind == "whatsapp" else r"\+[1-9]\d{7,14}|\d{3,6}|1[38]00\d{6}"
            if not re.fullmatch(wanted, self.value):
                raise ValueError(f"{self.kind}: {self.value!r} must be +60… without spaces, or a short code")
        elif self.kind == "email" and not re.fullmatch(r"[^\s@<>]+@[^\s@<>]+\.[a-z]+", self.value):
            raise ValueError(f"email: {self.value!r} is not an e-mail address")
        elif self.kind == "web":
            _address("https")(self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    id: str = _of(read_slug)
    name: str = _of(read_text)
    website: str = _of(_address("https", "http"), "")
    needs: tuple[str, ...] = _of(ListOf(OneOf(NEEDS)), ())
    serves: tuple[str, ...] = _of(ListOf(OneOf(SERVES)), ())
    states: tuple[str, ...] = _of(ListOf(OneOf(STATES)), ())
    languages: tuple[str, ...] = _of(ListOf(OneOf(SPOKEN)), ())
    types: tuple[str, ...] = _of(ListOf(read_slug), ())
    hours: str = _of(_hours, "")
    cost: str = _of(OneOf(COSTS), "")
    asks_for_id: str = _of(OneOf(YES_NO), "")
    tells_police: str = _of(OneOf(YES_NO), "")
    sources: tuple[str, ...] = _of(ListOf(read_slug))
    checked: date = _of(read_day)
    channels: tuple[Channel, ...] = _of(ListOf(lambda value: read_record(Channel, value)), ())

    @property
    def confirmed(self) -> tuple[Channel, ...]:
        """The channels that may be shown to a reader."""
        return tuple(channel for channel in self.channels if channel.status == "confirmed")

    @property
    def phones(self) -> tuple[Channel, ...]:
        return tuple(channel for channel in self.confirmed if channel.kind in ("tel", "whatsapp", "sms"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A report route: where and how one reports something to a platform or service."""

    id: str = _of(read_slug)
    platform: str = _of(read_text)
    url: str = _of(_address("https", "mailto"), "")
    menu: tuple[str, ...] = _of(ListOf(read_text), ())
    types: tuple[str, ...] = _of(ListOf(read_slug), ())
    age: str = _of(OneOf(AGES), "any")
    no_account_ok: str = _of(OneOf(YES_NO_UNKNOWN), "unknown")
    reveals_reporter: str = _of(OneOf(YES_NO_UNKNOWN), "unknown")
    alerts_reported_person: str = _of(OneOf(YES_NO_UNKNOWN), "unknown")
    report_may_delete_evidence: str = _of(OneOf(YES_NO_UNKNOWN), "unknown")
    online_safety_act: str = _of(OneOf(COVERAGE), "unclear")
    sources: tuple[str, ...] = _of(ListOf(read_slug))
    checked: date = _of(read_day)

    def __post_init__(self) -> None:
        if not (self.url or self.menu):
            raise ValueError("a route needs a url or a menu")


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """A section of a law that a survivor can use, or that binds someone for her."""

    id: str = _of(read_slug)
    act: str = _of(read_text)
    act_ms: str = _of(read_text, "")
    act_number: str = _of(read_text, "")
    section: str = _of(read_text, "")
    types: tuple[str, ...] = _of(ListOf(read_slug), ())
    may_fit: tuple[str, ...] = _of(ListOf(read_slug), ())
    age: str = _of(OneOf(AGES), "any")
    status: str = _of(OneOf(PROVISION_STATUSES))
    in_force_from: date | None = field(default=None, metadata={"read": read_day})
    acts_from: date | None = field(default=None, metadata={"read": read_day})
    acts_until: date | None = field(default=None, metadata={"read": read_day})
    forum: tuple[str, ...] = _of(ListOf(OneOf(FORUMS)), ())
    prison_years: int = _of(read_whole, 0)
    prison_months: int = _of(read_whole, 0)
    fine_rm: int = _of(read_whole, 0)
    daily_fine_rm: int = _of(read_whole, 0)
    strokes_min: int = _of(read_whole, 0)
    compensation_rm: int = _of(read_whole, 0)
    fine: bool = _of(read_flag, False)
    whipping: bool = _of(read_flag, False)
    combine: str = _of(OneOf(COMBINE), "either")
    sources: tuple[str, ...] = _of(ListOf(read_slug))
    checked: date = _of(read_day)

    @property
    def since(self) -> date | None:
        """The day from which acts fall under it."""
        return self.acts_from or self.in_force_from


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    id: str = _of(read_slug)
    value: str = _of(read_text)
    period: str = _of(_period, "")
    sources: tuple[str, ...] = _of(ListOf(read_slug))
    checked: date = _of(read_day)


Record = Source | Contact | Route | Provision | Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What ``page.toml`` says."""

    position: int = _of(read_whole)
    checked: date = _of(read_day)
    aliases: tuple[str, ...] = _of(ListOf(read_text), ())
    help_lines: tuple[str, ...] = _of(ListOf(read_slug), ())
    anchor_aliases: dict[str, str] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    contacts: tuple[Contact, ...] = ()
    routes: tuple[Route, ...] = ()
    provisions: tuple[Provision, ...] = ()
    figures: tuple[Figure, ...] = ()

    def records(self) -> tuple[Contact | Route | Provision | Figure, ...]:
        """The records that other pages may name."""
        return (*self.contacts, *self.routes, *self.provisions, *self.figures)


RECORD_TYPES: dict[str, type[Record]] = {
    "sources": Source,
    "contacts": Contact,
    "routes": Route,
    "provisions": Provision,
    "figures": Figure,
}


def read_record(kind: type[Any], table: Any) -> Any:
    """A TOML table -> a record of ``kind``. Raises ValueError that names the field."""
    if not isinstance(table, dict):
        raise ValueError("must be a table")
    known = {one.name: one for one in fields(kind)}
    if unknown := sorted(table.keys() - known.keys()):
        raise ValueError(f"unknown field: {', '.join(unknown)}")
    values = {}
    for name, one in known.items():
        if name in table:
            try:
                values[name] = one.metadata["read"](table[name])
            except ValueError as error:
                raise ValueError(f"{name} {error}") from None
    try:
        return kind(**values)
    except TypeError:
        missing = [name for name, one in known.items() if name not in values and is_required(one)]
        raise ValueError(f"missing: {', '.join(missing)}") from None


def is_required(one: Any) -> bool:
    return one.default is MISSING and one.default_factory is MISSING
