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


def _text(value: Any) -> str:
    if not isinstance(value, str) or not tidy_line(value):
        raise ValueError("must be some text")
    return tidy_line(value)


def _slug(value: Any) -> str:
    if not isinstance(value, str) or not SLUG.match(value):
        raise ValueError("must be small letters, digits and single hyphens")
    return value


def _day(value: Any) -> date:
    if type(value) is not date:
        raise ValueError("must be a date such as 2026-11-22, without quotes")
    return value


def _whole(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise ValueError("must be a whole number")
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def _address(*schemes: str) -> Reader:
    def read(value: Any) -> str:
        parts = urlsplit(_text(value))
        if parts.scheme not in schemes or not (parts.netloc or parts.scheme == "mailto") or " " in value.strip():
            raise ValueError(f"must be a whole {' or '.join(schemes)} address")
        return _text(value)

    return read


def _one_of(*choices: str) -> Reader:
    def read(value: Any) -> str:
        if value not in choices:
            raise ValueError(f"must be one of: {', '.join(choices)}")
        return str(value)

    return read


def _list_of(read_one: Reader) -> Reader:
    def read(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise ValueError("must be a list")
        return tuple(read_one(one) for one in value)

    return read


def _hours(value: Any) -> str:
    read_hours(_text(value))
    return _text(value)


def _period(value: Any) -> str:
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}(/\d{4}(-\d\d){0,2})?", str(value)):
        raise ValueError('must be a year, month or day, or two with a slash: "2021-01/2025-11"')
    return str(value)


def _of(read: Reader, default: Any = None, **more: Any) -> Any:
    metadata = {"read": read, **more}
    return field(metadata=metadata) if default is None else field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    id: str = _of(_slug)
    title: str = _of(_text)
    publisher: str = _of(_text)
    url: str = _of(_address("https", "http"))
    published: date | None = field(default=None, metadata={"read": _day})
    language: str = _of(_slug, "en")
    checked: date = _of(_day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    kind: str = _of(_one_of(*CHANNEL_KINDS))
    value: str = _of(_text)
    display: str = _of(_text, "")
    hours: str = _of(_hours, "")
    status: str = _of(_one_of(*CHANNEL_STATUSES))

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
    id: str = _of(_slug)
    name: str = _of(_text)
    website: str = _of(_address("https", "http"), "")
    needs: tuple[str, ...] = _of(_list_of(_one_of(*NEEDS)), ())
    serves: tuple[str, ...] = _of(_list_of(_one_of(*SERVES)), ())
    states: tuple[str, ...] = _of(_list_of(_one_of(*STATES)), ())
    languages: tuple[str, ...] = _of(_list_of(_one_of(*SPOKEN)), ())
    types: tuple[str, ...] = _of(_list_of(_slug), ())
    hours: str = _of(_hours, "")
    cost: str = _of(_one_of(*COSTS), "")
    asks_for_id: str = _of(_one_of(*YES_NO), "")
    tells_police: str = _of(_one_of(*YES_NO), "")
    sources: tuple[str, ...] = _of(_list_of(_slug))
    checked: date = _of(_day)
    channels: tuple[Channel, ...] = _of(_list_of(lambda value: read_record(Channel, value)), ())

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

    id: str = _of(_slug)
    platform: str = _of(_text)
    url: str = _of(_address("https", "mailto"), "")
    menu: tuple[str, ...] = _of(_list_of(_text), ())
    types: tuple[str, ...] = _of(_list_of(_slug), ())
    age: str = _of(_one_of(*AGES), "any")
    no_account_ok: str = _of(_one_of(*YES_NO_UNKNOWN), "unknown")
    reveals_reporter: str = _of(_one_of(*YES_NO_UNKNOWN), "unknown")
    alerts_reported_person: str = _of(_one_of(*YES_NO_UNKNOWN), "unknown")
    report_may_delete_evidence: str = _of(_one_of(*YES_NO_UNKNOWN), "unknown")
    online_safety_act: str = _of(_one_of(*COVERAGE), "unclear")
    sources: tuple[str, ...] = _of(_list_of(_slug))
    checked: date = _of(_day)

    def __post_init__(self) -> None:
        if not (self.url or self.menu):
            raise ValueError("a route needs a url or a menu")


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """A section of a law that a survivor can use, or that binds someone for her."""

    id: str = _of(_slug)
    act: str = _of(_text)
    act_ms: str = _of(_text, "")
    act_number: str = _of(_text, "")
    section: str = _of(_text, "")
    types: tuple[str, ...] = _of(_list_of(_slug), ())
    may_fit: tuple[str, ...] = _of(_list_of(_slug), ())
    age: str = _of(_one_of(*AGES), "any")
    status: str = _of(_one_of(*PROVISION_STATUSES))
    in_force_from: date | None = field(default=None, metadata={"read": _day})
    acts_from: date | None = field(default=None, metadata={"read": _day})
    acts_until: date | None = field(default=None, metadata={"read": _day})
    forum: tuple[str, ...] = _of(_list_of(_one_of(*FORUMS)), ())
    prison_years: int = _of(_whole, 0)
    prison_months: int = _of(_whole, 0)
    fine_rm: int = _of(_whole, 0)
    daily_fine_rm: int = _of(_whole, 0)
    strokes_min: int = _of(_whole, 0)
    compensation_rm: int = _of(_whole, 0)
    fine: bool = _of(_flag, False)
    whipping: bool = _of(_flag, False)
    combine: str = _of(_one_of(*COMBINE), "either")
    sources: tuple[str, ...] = _of(_list_of(_slug))
    checked: date = _of(_day)

    @property
    def since(self) -> date | None:
        """The day from which acts fall under it."""
        return self.acts_from or self.in_force_from


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    id: str = _of(_slug)
    value: str = _of(_text)
    period: str = _of(_period, "")
    sources: tuple[str, ...] = _of(_list_of(_slug))
    checked: date = _of(_day)


Record = Source | Contact | Route | Provision | Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What ``page.toml`` says."""

    position: int = _of(_whole)
    checked: date = _of(_day)
    aliases: tuple[str, ...] = _of(_list_of(_text), ())
    help_lines: tuple[str, ...] = _of(_list_of(_slug), ())
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
