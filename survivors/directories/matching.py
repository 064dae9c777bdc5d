"""The three directories: which contacts, report routes and provisions fit what a reader chose. Pure functions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from survivors.directories.open_now import is_open, lines
from toolkit.rendering.guide import PLATFORMS, Guide, Placed, facts_of
from toolkit.texts.page import PageTexts
from toolkit.texts.plans.plan import ADULT, UNDER_18
from toolkit.texts.records.facts import AT_RISK, Contact, Provision, Route
from toolkit.texts.records.hours import ALWAYS

# Routes that work wherever the image is; no platform of their own.
ANYWHERE = ("take-it-down", "iwf-malaysia", "stopncii")
COMPLAINT = "mcmc-complaint"
ONE_DAY = timedelta(days=1)
# Who is no state: its services come after these for those at risk.
OWN = ("community", "ngo", "un", "embassy")
# Who is also one of whom: a Muslim woman is served where women are.
_ALSO = {"muslim-women": ("women",)}


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader looks for in a contact; "" and False where she left it open."""

    need: str = ""
    state: str = ""
    language: str = ""
    serves: str = ""
    free: bool = False
    open: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """What happened, where and when, and the age of the person harmed or shown; "" where left open."""

    type: str = ""
    age: str = ""
    platform: str = ""
    period: Period | None = None

    @property
    def is_under_18(self) -> bool:
        return UNDER_18 in (self.age, self.type)

    @property
    def excluded_age(self) -> str:
        """The age whose routes and provisions are never for this case."""
        return ADULT if self.is_under_18 else UNDER_18 if self.age == ADULT else ""


@dataclass(frozen=True, slots=True)
class Period:
    """A time in which the law did not change, from its first to its last day; None is open."""

    first: date | None
    last: date | None

    @property
    def key(self) -> str:
        return self.first.isoformat() if self.first else "before"


@dataclass(frozen=True, slots=True)
class Found:
    """What fits best, then what may fit or works beside it."""

    first: list[Placed]
    then: list[Placed]


# Contacts


def contacts(guide: Guide, wish: Wish, moment: datetime) -> list[Placed]:
    """The contacts that fit, first those that are surest to help, and safest for whom they are."""
    fitting = [(placed, contact) for placed, contact in guide.every(Contact) if suits(contact, wish, moment)]
    ranked = sorted(fitting, key=lambda pair: (exposure(guide, pair[1], wish), *distance(pair[1], wish)))
    return [placed for placed, _ in ranked]


def suits(contact: Contact, wish: Wish, moment: datetime) -> bool:
    """Languages and states nobody could confirm rule nothing out; for whom a contact is must be known."""
    groups = {wish.serves, "everyone", *_ALSO.get(wish.serves, ())}
    return (
        (not wish.need or wish.need in contact.needs)
        and (not wish.state or not contact.states or not {wish.state, "all"}.isdisjoint(contact.states))
        and (not wish.language or not contact.languages or wish.language in contact.languages)
        and (not wish.serves or not groups.isdisjoint(contact.serves))
        and (not wish.free or contact.cost == "free")
        and (not wish.open or is_open(contact, wish.state, moment))
    )


def exposure(guide: Guide, contact: Contact, wish: Wish) -> int:
    """For a child the child lines come first. For those at risk with the police: whoever is there for them, the lines
    of NGOs, other organisations, the state's services, and last who tells the police or asks for papers.
    """
    if "children" in (wish.serves, wish.need):
        return not {"children", "talk"} <= {*contact.needs} or "children" not in contact.serves
    if wish.serves not in AT_RISK:
        return 0
    if contact.is_exposing:
        return 4
    if wish.serves in contact.serves and contact.run_by in OWN:
        return 0
    return 1 if contact in guide.ngo_lines else 2 if contact.run_by in OWN else 3


def distance(contact: Contact, wish: Wish) -> tuple[bool, ...]:
    """Emergency first, then numbers that answer at any hour, her state, her language, and those for her group."""
    return (
        "danger" not in contact.needs,
        not contact.phones or ALWAYS not in [hours for _, hours in lines(contact)],
        wish.state not in contact.states,
        wish.language not in contact.languages,
        wish.serves not in contact.serves,
        not contact.phones,
    )


def offered(guide: Guide, field: str, choices: tuple[str, ...]) -> list[str]:
    """The choices that lead to a contact, in their order."""
    known = {value for _, contact in guide.every(Contact) for value in getattr(contact, field)}
    return [one for one in choices if one in known]


# Report routes


def platforms(guide: Guide) -> list[PageTexts]:
    """The pages of platforms, without the services that work on all of them."""
    beside = {
        guide.records["routes", one].page.path for one in (*ANYWHERE, COMPLAINT) if ("routes", one) in guide.records
    }
    return [page for page in guide.children(PLATFORMS) if facts_of(page).routes and page.path not in beside]


def routes(guide: Guide, case: Case) -> Found:
    """The platform's own routes, most specific first; and those that work anywhere, the complaint always."""
    on_platform = [placed for placed in _routes_of(guide, case.platform) if _reaches(guide, placed, case)]
    anywhere = [guide.records["routes", one] for one in ANYWHERE if ("routes", one) in guide.records]
    complaint = [guide.records["routes", COMPLAINT]] if ("routes", COMPLAINT) in guide.records else []
    return Found(
        sorted(on_platform, key=lambda placed: _looseness(guide, placed, case)),
        [placed for placed in anywhere if _reaches(guide, placed, case)] + complaint,
    )


def platforms_with_a_route(guide: Guide, case: Case) -> list[PageTexts]:
    """For a reader who named no platform: those whose routes fit."""
    return [
        page
        for page in platforms(guide)
        if any(_reaches(guide, Placed(route, page), case) for route in facts_of(page).routes)
    ]


def _routes_of(guide: Guide, platform: str) -> Iterator[Placed]:
    """The routes on a platform's page, and those of others that name the platform: one form of Meta serves four."""
    page = guide.site.get(f"{PLATFORMS}/{platform}") if platform else None
    if page is None:
        return
    names = {route.platform for route in facts_of(page).routes}
    for placed, route in guide.every(Route):
        if placed.page.path == page.path or _names(route.platform, names):
            yield placed


def _names(text: str, names: set[str]) -> bool:
    """Whether one of the names stands in a list such as ``Meta (Facebook, Instagram)``."""
    listed = text.partition("(")[2].rstrip(")").split(", ")
    return not names.isdisjoint(listed)


def _reaches(guide: Guide, placed: Placed, case: Case) -> bool:
    route = placed.record
    assert isinstance(route, Route)  # noqa: S101 (its callers)
    if route.age == case.excluded_age:
        return False
    return not case.type or not _wanted(case).isdisjoint(route.types)


def _looseness(guide: Guide, placed: Placed, case: Case) -> tuple[bool, bool, bool, int]:
    """How far a route is from being made for this very case."""
    route = placed.record
    assert isinstance(route, Route)  # noqa: S101 (routes)
    is_for_children = route.age == UNDER_18 and case.type in _depends_on_age(guide)
    return (
        case.type not in route.types and not (case.is_under_18 and is_for_children),
        route.age != (UNDER_18 if case.is_under_18 else case.age),
        placed.page.path != f"{PLATFORMS}/{case.platform}",
        len(route.types),
    )


def _wanted(case: Case) -> set[str]:
    return {case.type, UNDER_18} if case.is_under_18 else {case.type}


def _depends_on_age(guide: Guide) -> set[str]:
    """The types with an image in them: those for which some route asks how old the person in it is."""
    return {slug for _, route in guide.every(Route) if route.age != "any" for slug in route.types}


# Laws


def periods(guide: Guide) -> list[Period]:
    """The times between the days on which a provision starts or ends, the latest first."""
    days: set[date] = set()
    for _, provision in guide.every(Provision):
        days |= {day for day in (provision.acts_from, provision.in_force_from) if day}
        if provision.acts_until:
            days.add(provision.acts_until + ONE_DAY)
    starts: list[date | None] = [None, *sorted(days)]
    ends = [day - ONE_DAY for day in sorted(days)]
    return [Period(*one) for one in zip(starts, [*ends, None], strict=True)][::-1]


def laws(guide: Guide, case: Case) -> Found:
    """The provisions that fit well, and those that may; what is no law yet comes last in each."""
    fits, may_fit = [], []
    for placed, provision in guide.every(Provision):
        if provision.age == case.excluded_age or not _reaches_back(provision, case.period):
            continue
        if case.type in provision.types and not _began_after(provision, case.period):
            fits.append(placed)
        elif _may_fit(provision, case):
            may_fit.append(placed)
    today = localdate()
    return Found(*(sorted(found, key=lambda placed: _reserve(placed, case, today)) for found in (fits, may_fit)))


def _may_fit(provision: Provision, case: Case) -> bool:
    slugs = {*provision.types, *provision.may_fit}
    return case.type in slugs or (case.is_under_18 and UNDER_18 in slugs)


def _reaches_back(provision: Provision, period: Period | None) -> bool:
    """Whether acts of a period can fall under a provision at all."""
    if period is None:
        return True
    begins_in_time = not provision.acts_from or not period.last or provision.acts_from <= period.last
    ends_in_time = not provision.acts_until or not period.first or provision.acts_until >= period.first
    return begins_in_time and ends_in_time


def _began_after(provision: Provision, period: Period | None) -> bool:
    """In force only later, with no word on earlier acts: a report may still be possible, so it may fit."""
    return bool(period and period.last and provision.in_force_from and provision.in_force_from > period.last)


def _reserve(placed: Placed, case: Case, today: date) -> tuple[bool, bool]:
    provision = placed.record
    assert isinstance(provision, Provision)  # noqa: S101 (laws)
    return provision.status_on(today) != "in-force", case.is_under_18 and provision.age != UNDER_18
