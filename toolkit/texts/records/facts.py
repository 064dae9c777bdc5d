"""The schema of a page's facts: typed records without language (docs/content.md has the table a writer reads).

Each field carries the reader that turns a TOML value into the field's value or says what is wrong with it.
"""

from collections.abc import Iterator
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from typing import Any

from toolkit.texts.problem import Fault, FaultError
from toolkit.texts.records.numbers import DIALLABLE, written
from toolkit.texts.records.owner import Owner
from toolkit.texts.records.picture import Picture
from toolkit.texts.records.values import (
    ListOf,
    OneOf,
    Reader,
    Whole,
    address,
    read_day,
    read_email,
    read_flag,
    read_opening_hours,
    read_period,
    read_slug,
    read_span,
    read_text,
)

NEEDS = (
    "danger", "talk", "counselling", "shelter", "legal", "police", "medical", "takedown", "money", "children",
    "technical", "tribunal", "welfare", "casework",
)  # fmt: skip
SERVES = ("everyone", "women", "men", "children", "lgbtq", "migrants", "refugees", "muslim-women", "disabilities")
# Those whom the police, or being asked for papers, may put at risk.
AT_RISK = ("lgbtq", "migrants", "refugees")
# A community organisation is run by those whom it serves.
RUN_BY = ("community", "ngo", "un", "embassy", "government")
STATES = (
    "all", "johor", "kedah", "kelantan", "kuala-lumpur", "labuan", "melaka", "negeri-sembilan", "pahang", "penang",
    "perak", "perlis", "putrajaya", "sabah", "sarawak", "selangor", "terengganu",
)  # fmt: skip
SPOKEN = ("ms", "en", "ta", "zh")
COSTS = ("free", "charged", "means-tested", "low-cost")
# Reached by a telephone number.
DIALLED = ("tel", "whatsapp", "sms")
CHANNEL_KINDS = (*DIALLED, "email", "web", "app", "walk-in")
CHANNEL_STATUSES = ("confirmed", "unconfirmed", "superseded")
AGES = ("any", "adult", "under-18")
YES_NO = ("yes", "no")
YES_NO_UNKNOWN = (*YES_NO, "unknown")
COVERAGE = ("covered", "not-covered", "private-messages-not-covered", "unclear")
# A bill is before Parliament; passed: by both Houses, not assented to; not-commenced: assented to, not begun.
PROVISION_STATUSES = ("in-force", "not-commenced", "passed", "bill")
# What happens after a report, in the order in which a reader meets it.
AFTER = ("usual_reply", "how_to_track", "answer_looks_like", "appeal", "if_silent")
FORUMS = ("police", "mcmc", "tribunal", "court", "employer", "platform", "welfare")
COMBINE = ("either", "both")
# What no law of ours comes near: above it, a figure slipped on the keyboard.
MOST_RINGGIT = 1_000_000_000
# Of one kind on one page.
MOST_RECORDS = 200


def _of(read: Reader, default: Any = None, **more: Any) -> Any:
    metadata = {"read": read, **more}
    return field(metadata=metadata) if default is None else field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    id: str = _of(read_slug)
    title: str = _of(read_text)
    publisher: str = _of(read_text)
    url: str = _of(address("https", "http"))
    published: date | None = field(default=None, metadata={"read": read_day})
    language: str = _of(read_slug, "en")
    checked: date = _of(read_day)


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterReport:
    """The typed half of one fact about what happens after a report; its words stand in the front matter.

    ``menu`` are words exactly as a screen shows them. Without ``sources`` and ``checked`` those of its record count.
    """

    within: str = _of(read_span, "")
    url: str = _of(address("https", "mailto"), "")
    menu: tuple[str, ...] = _of(ListOf(read_text), ())
    sources: tuple[str, ...] = _of(ListOf(read_slug), ())
    checked: date | None = field(default=None, metadata={"read": read_day})


@dataclass(frozen=True, slots=True, kw_only=True)
class ActText:
    """The text of the law that a page relies on, as it stood on a day."""

    source: str = _of(read_slug)
    section: str = _of(read_text, "")
    as_at: date = _of(read_day)


def _after() -> Any:
    return field(default=None, metadata={"read": lambda value: read_record(AfterReport, value), "kind": AfterReport})


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    kind: str = _of(OneOf(CHANNEL_KINDS))
    value: str = _of(read_text)
    # Of older texts: how the number is written follows from the number.
    display: str = _of(read_text, "", is_old=True)
    hours: str = _of(read_opening_hours, "")
    status: str = _of(OneOf(CHANNEL_STATUSES))
    superseded_by: str = _of(read_text, "")

    def __post_init__(self) -> None:
        if (self.status == "superseded") != bool(self.superseded_by):
            raise FaultError(Fault("superseded-half", number=self.value))
        if self.kind in DIALLED:
            if not DIALLABLE.fullmatch(self.value) or (self.kind == "whatsapp" and self.value[0] != "+"):
                raise FaultError(Fault("not-a-number", channel=self.kind, number=self.value))
        elif self.kind == "email":
            read_email(self.value)
        elif self.kind == "web":
            address("https")(self.value)

    @property
    def shown(self) -> str:
        """What a reader sees: of a number, what is dialled, as it is written locally."""
        return written(self.value) if self.kind in DIALLED else self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    id: str = _of(read_slug)
    name: str = _of(read_text)
    website: str = _of(address("https", "http"), "")
    needs: tuple[str, ...] = _of(ListOf(OneOf(NEEDS)), ())
    serves: tuple[str, ...] = _of(ListOf(OneOf(SERVES)), ())
    states: tuple[str, ...] = _of(ListOf(OneOf(STATES)), ())
    languages: tuple[str, ...] = _of(ListOf(OneOf(SPOKEN)), ())
    types: tuple[str, ...] = _of(ListOf(read_slug), ())
    hours: str = _of(read_opening_hours, "")
    holidays_of: str = _of(OneOf(STATES[1:]), "")
    cost: str = _of(OneOf(COSTS), "")
    run_by: str = _of(OneOf(RUN_BY), "")
    # "unknown": looked for in the sources and not found. "" is a record that nobody has looked at for this yet.
    asks_for_id: str = _of(OneOf(YES_NO_UNKNOWN), "")
    tells_police: str = _of(OneOf(YES_NO_UNKNOWN), "")
    sources: tuple[str, ...] = _of(ListOf(read_slug))
    checked: date = _of(read_day)
    channels: tuple[Channel, ...] = _of(ListOf(lambda value: read_record(Channel, value)), (), kind=Channel)
    usual_reply: AfterReport | None = _after()
    how_to_track: AfterReport | None = _after()
    answer_looks_like: AfterReport | None = _after()
    appeal: AfterReport | None = _after()
    if_silent: AfterReport | None = _after()

    @property
    def confirmed(self) -> tuple[Channel, ...]:
        """The channels that may be shown to a reader."""
        return tuple(channel for channel in self.channels if channel.status == "confirmed")

    @property
    def is_exposing(self) -> bool:
        """Whether what it hears goes on to the police, or it asks who she is."""
        return "yes" in (self.tells_police, self.asks_for_id)

    @property
    def phones(self) -> tuple[Channel, ...]:
        return tuple(channel for channel in self.confirmed if channel.kind in DIALLED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A report route: where and how one reports something to a platform or service."""

    id: str = _of(read_slug)
    platform: str = _of(read_text)
    url: str = _of(address("https", "mailto"), "")
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
    usual_reply: AfterReport | None = _after()
    how_to_track: AfterReport | None = _after()
    answer_looks_like: AfterReport | None = _after()
    appeal: AfterReport | None = _after()
    if_silent: AfterReport | None = _after()

    def __post_init__(self) -> None:
        if not (self.url or self.menu):
            raise FaultError(Fault("no-way-to-report"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """A section of a law that a survivor can use, or that binds someone for her.

    ``status`` is only for what dates cannot say (an old law whose first day nobody needs); dates go before it.
    """

    id: str = _of(read_slug)
    act: str = _of(read_text)
    act_ms: str = _of(read_text, "")
    act_number: str = _of(read_text, "")
    section: str = _of(read_text, "")
    types: tuple[str, ...] = _of(ListOf(read_slug), ())
    may_fit: tuple[str, ...] = _of(ListOf(read_slug), ())
    age: str = _of(OneOf(AGES), "any")
    status: str = _of(OneOf(PROVISION_STATUSES), "")
    passed: date | None = field(default=None, metadata={"read": read_day})
    assented: date | None = field(default=None, metadata={"read": read_day})
    in_force_from: date | None = field(default=None, metadata={"read": read_day})
    acts_from: date | None = field(default=None, metadata={"read": read_day})
    acts_until: date | None = field(default=None, metadata={"read": read_day})
    forum: tuple[str, ...] = _of(ListOf(OneOf(FORUMS)), ())
    prison_years: int = _of(Whole(100), 0)
    prison_months: int = _of(Whole(1_200), 0)
    fine_rm: int = _of(Whole(MOST_RINGGIT), 0)
    daily_fine_rm: int = _of(Whole(MOST_RINGGIT), 0)
    strokes_min: int = _of(Whole(100), 0)
    compensation_rm: int = _of(Whole(MOST_RINGGIT), 0)
    fine: bool = _of(read_flag, False)
    whipping: bool = _of(read_flag, False)
    combine: str = _of(OneOf(COMBINE), "either")
    act_text: ActText | None = field(
        default=None, metadata={"read": lambda value: read_record(ActText, value), "kind": ActText}
    )
    sources: tuple[str, ...] = _of(ListOf(read_slug))
    checked: date = _of(read_day)
    usual_reply: AfterReport | None = _after()
    how_to_track: AfterReport | None = _after()
    answer_looks_like: AfterReport | None = _after()
    appeal: AfterReport | None = _after()
    if_silent: AfterReport | None = _after()

    def __post_init__(self) -> None:
        if not (self.status or self.passed or self.assented or self.in_force_from):
            raise FaultError(Fault("no-status"))
        if self.passed and self.assented and self.assented < self.passed:
            raise FaultError(Fault("assented-early"))

    @property
    def since(self) -> date | None:
        """The day from which acts fall under it."""
        return self.acts_from or self.in_force_from

    @property
    def turning_days(self) -> tuple[date, ...]:
        """The days on which its status turns."""
        return tuple(day for day in (self.passed, self.assented, self.in_force_from) if day)

    def status_on(self, day: date) -> str:
        """One of PROVISION_STATUSES, as of a day."""
        if self.in_force_from:
            return "in-force" if self.in_force_from <= day else "not-commenced"
        if self.status == "in-force":
            return self.status
        if self.assented and self.assented <= day:
            return "not-commenced"
        if self.passed and self.passed <= day:
            return "passed"
        return self.status or "bill"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    id: str = _of(read_slug)
    value: str = _of(read_text)
    period: str = _of(read_period, "")
    sources: tuple[str, ...] = _of(ListOf(read_slug))
    checked: date = _of(read_day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """A Malay sentence to hold up at a counter; how it sounds and what it means stand in the front matter."""

    id: str = _of(read_slug)
    says: str = _of(read_text)
    sources: tuple[str, ...] = _of(ListOf(read_slug), ())
    checked: date = _of(read_day)


Record = Source | Contact | Route | Provision | Figure | Counter | Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What ``page.toml`` says."""

    position: int = _of(Whole(1_000_000))
    checked: date = _of(read_day)
    aliases: tuple[str, ...] = _of(ListOf(read_text), ())
    # Pages that were taken down, and that no other has taken the place of; with "#", the parts that they had.
    gone: tuple[str, ...] = _of(ListOf(read_text), ())
    help_lines: tuple[str, ...] = _of(ListOf(read_slug), ())
    ngo_lines: tuple[str, ...] = _of(ListOf(read_slug), ())
    anchor_aliases: dict[str, str] = field(default_factory=dict)
    # Of the home page: who publishes the guide.
    owner: Owner | None = field(default=None, metadata={"read": lambda value: read_record(Owner, value)})
    sources: tuple[Source, ...] = ()
    contacts: tuple[Contact, ...] = ()
    routes: tuple[Route, ...] = ()
    provisions: tuple[Provision, ...] = ()
    figures: tuple[Figure, ...] = ()
    counters: tuple[Counter, ...] = ()
    pictures: tuple[Picture, ...] = ()

    @property
    def old_paths(self) -> tuple[str, ...]:
        """The addresses that there were, which no page may have while they stand here."""
        return (*self.aliases, *self.gone_pages)

    @property
    def gone_pages(self) -> tuple[str, ...]:
        """The pages that were taken down, without their parts."""
        return tuple(dict.fromkeys(one.partition("#")[0] for one in self.gone))

    def records(self) -> tuple[Contact | Route | Provision | Figure | Counter | Picture, ...]:
        """What the words of the page may have a label for. All but pictures other pages may name, too."""
        return (*self.contacts, *self.routes, *self.provisions, *self.figures, *self.counters, *self.pictures)


RECORD_TYPES: dict[str, type[Record]] = {
    "sources": Source,
    "contacts": Contact,
    "routes": Route,
    "provisions": Provision,
    "figures": Figure,
    "counters": Counter,
    "pictures": Picture,
}


def cited_sources(record: Record) -> tuple[str, ...]:
    """The ids of the sources that a record and what it holds name."""
    after = (getattr(record, name, None) for name in AFTER)
    nested = (source for one in after if one for source in one.sources)
    text = getattr(record, "act_text", None)
    return (*getattr(record, "sources", ()), *nested, *((text.source,) if text else ()))


def days_checked(facts: Facts) -> Iterator[date]:
    """Every day on which something of a page was compared with its source."""
    yield facts.checked
    for record in (*facts.sources, *facts.records()):
        yield record.checked
        after = (getattr(record, name, None) for name in AFTER)
        yield from (one.checked for one in after if one and one.checked)


def dates_that_matter(facts: Facts) -> list[date]:
    """The days on which what readers are shown of a page changes by itself, in order."""
    return sorted({day for provision in facts.provisions for day in provision.turning_days})


def read_record(kind: type[Any], table: Any) -> Any:
    """A TOML table -> a record of ``kind``. Raises FaultError that names the field."""
    if not isinstance(table, dict):
        raise FaultError(Fault("not-a-table"))
    known = {one.name: one for one in fields(kind)}
    if unknown := sorted(table.keys() - known.keys()):
        raise FaultError(Fault("no-such-field", fields=tuple(unknown)))
    values = {}
    for name, one in known.items():
        if name in table:
            try:
                values[name] = one.metadata["read"](table[name])
            except FaultError as error:
                raise FaultError(Fault("in-field", field=name, fault=error.fault)) from None
    try:
        return kind(**values)
    except TypeError:
        missing = tuple(name for name, one in known.items() if name not in values and is_required(one))
        raise FaultError(Fault("missing", fields=missing)) from None


def is_required(one: Any) -> bool:
    return one.default is MISSING and one.default_factory is MISSING
