"""Opening hours as facts have them: OpenStreetMap's syntax, ``Mo-Fr 09:00-13:00,14:00-17:00; PH off``.

The library opening-hours-py reads them. Two things it does not do are done here. It knows no public holidays of
Malaysia: whether the day that is asked for is one, its caller says. And it ends a night at twelve when another rule is
for the next day: so rules are read one day at a time.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from enum import Enum
from functools import lru_cache

from opening_hours import OpeningHours, ParserError, State  # type: ignore[attr-defined]  # left out of its stub

from toolkit.texts.problem import Fault, FaultError

ALWAYS = "24/7"
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
HOLIDAYS = "PH"
# Malaysia has one time and no summer time.
MALAYSIA = timezone(timedelta(hours=8))
# How far ahead an opening is looked for: longer than any row of holidays.
HORIZON = 15

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ONE_DAY = timedelta(days=1)
_A_MONDAY = date(2026, 1, 5)
# What has no meaning here: school holidays, the sun, Easter, an open end, words in one language, "perhaps".
_NOT_HERE = re.compile(r'["+]|\|\||SH|easter|sun|dawn|dusk|unknown')
# A month, a year, a week or "the first Monday": hours that are not the same every week.
_DATED = re.compile(r"\b\d{4}\b|\b[A-Z][a-z]{2}\b|week|\[")

_DAYS_FIRST = re.compile(r"((?:(?:Mo|Tu|We|Th|Fr|Sa|Su|PH)[-,]?)+)(?: (.*))?")

Span = tuple[datetime, datetime]
# What parts a rule from the one before, its days ("" for all), and the rest.
Rule = tuple[str, str, str]
# From and to as ``HH:MM``, up to 24:00; what ends before it begins ends on the next day.
Times = tuple[tuple[str, str], ...]
IsHoliday = Callable[[date], bool]


class Answers(Enum):
    """Whether someone answers. UNSURE: on a public holiday, when the hours say nothing of those."""

    OPEN = "open"
    CLOSED = "closed"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Week:
    """The times of the seven days, Monday first, and of public holidays: () is closed, None not known."""

    days: tuple[Times, ...]
    holidays: Times | None


def read_hours(text: str) -> str:
    """Opening hours as they are written best. Raises FaultError."""
    try:
        found = text if text == ALWAYS else str(OpeningHours(text)).replace(" closed", " off")
    except ParserError:
        raise FaultError(Fault("not-hours", hours=text)) from None
    if _NOT_HERE.search(text):
        raise FaultError(Fault("hours-not-here", hours=text))
    if any(HOLIDAYS in rest for _, _, rest in _rules(found)):
        raise FaultError(Fault("hours-holidays", hours=text))
    return found


def answers_at(text: str, moment: datetime, is_holiday: IsHoliday) -> Answers:
    """Whether it is within the hours, in Malaysia, at a moment (with its time zone)."""
    now = _local(moment)
    days = (now.date() - _ONE_DAY, now.date())
    spans = [(day, span) for day in days for span in spans_on(text, day, is_holiday(day))]
    found = [day for day, (start, end) in spans if start <= now < end]
    if not found:
        return Answers.CLOSED
    is_unsure = not knows_holidays(text) and all(is_holiday(day) for day in found)
    return Answers.UNSURE if is_unsure else Answers.OPEN


def next_opening(text: str, moment: datetime, is_holiday: IsHoliday) -> datetime | None:
    """The next time, in Malaysia, at which it surely opens; None where that is not within HORIZON days."""
    now = _local(moment)
    for day in (now.date() + timedelta(days=ahead) for ahead in range(HORIZON)):
        if is_holiday(day) and not knows_holidays(text):
            continue
        for start, _ in spans_on(text, day, is_holiday(day)):
            if start > now:
                return start.replace(tzinfo=MALAYSIA)
    return None


@lru_cache(maxsize=4096)
def spans_on(text: str, day: date, is_holiday: bool) -> tuple[Span, ...]:
    """The times that begin on a day; a night ends on the next."""
    midnight = datetime.combine(day, time())
    rules = _resolved(text, is_holiday)
    if _DATED.search(text):
        end, asked = midnight + _ONE_DAY, _joined(rules)
    else:
        date_alone = f"{day.year} {_MONTHS[day.month - 1]} {day.day:02}"
        end, asked = midnight + 2 * _ONE_DAY, ", ".join(f"{date_alone} {rest}" for rest in _of_day(rules, midnight))
    if not asked:
        return ()
    found = OpeningHours(asked).intervals(midnight, end)
    return tuple((first, last) for first, last, state, _ in found if state == State.OPEN and first.date() == day)


@lru_cache(maxsize=512)
def week_of(text: str) -> Week | None:
    """The hours as a week; None where weeks differ."""
    if text == ALWAYS:
        return Week((WHOLE_DAY,) * 7, WHOLE_DAY)
    week = [_A_MONDAY + timedelta(days=ahead) for ahead in range(7)]
    if _DATED.search(text):
        return None
    on_holidays = {_times(spans_on(text, day, True)) for day in week} if knows_holidays(text) else {None}
    if len(on_holidays) > 1:
        return None
    return Week(tuple(_times(spans_on(text, day, False)) for day in week), on_holidays.pop())


def write_week(week: Week) -> str:
    """A week -> opening hours; "" where nothing is open or known."""
    if week == week_of(ALWAYS):
        return ALWAYS
    parts = [f"{_selector(days)} {_written(times)}" for days, times in days_alike(week) if times]
    if week.holidays or (parts and week.holidays is not None):
        parts.append(f"{HOLIDAYS} {_written(week.holidays) or 'off'}")
    return read_hours("; ".join(parts)) if parts else ""


def days_alike(week: Week) -> list[tuple[list[tuple[int, int]], Times]]:
    """Runs of days with the same times: [([(0, 4)], times)]; a run may go over Sunday, (6, 3)."""
    found = []
    for times in dict.fromkeys(week.days):
        alike = {day for day in range(7) if week.days[day] == times}
        starts = [day for day in sorted(alike) if (day - 1) % 7 not in alike] or [0]
        found.append(([(start, _end_of_run(start, alike)) for start in starts], times))
    return found


WHOLE_DAY: Times = (("00:00", "24:00"),)


def _rules(text: str) -> list[Rule]:
    whole = "00:00-24:00" + text[len(ALWAYS) :] if text.startswith(ALWAYS) else text
    parts = ["; ", *re.split(r"(; |, )", whole)]
    return [_rule(parting, rule) for parting, rule in zip(parts[::2], parts[1::2], strict=True)]


def _rule(parting: str, rule: str) -> Rule:
    found = _DAYS_FIRST.fullmatch(rule)
    return (parting, found[1], found[2] or "") if found else (parting, "", rule)


def _resolved(text: str, is_holiday: bool) -> list[Rule]:
    """The rules of a holiday, where PH is every day, or of another day, where it is none."""
    found = []
    for parting, days, rest in _rules(text):
        names = days.split(",")
        if HOLIDAYS not in names:
            found.append((parting, days, rest))
        elif is_holiday:
            found.append((parting, "", rest))
        elif others := ",".join(name for name in names if name != HOLIDAYS):
            found.append((parting, others, rest))
    return found


def _of_day(rules: list[Rule], midnight: datetime) -> list[str]:
    """The times of one day: a rule after a semicolon takes the place of those before it."""
    said: list[str] = []
    for parting, days, rest in rules:
        if days and not OpeningHours(days).is_open(midnight):
            continue
        if parting == "; " or rest == "off":
            said = []
        if rest != "off":
            said.append(rest or "00:00-24:00")
    return said


def _joined(rules: list[Rule]) -> str:
    return "".join(parting + f"{days} {rest}".strip() for parting, days, rest in rules).lstrip(";, ")


def knows_holidays(text: str) -> bool:
    return text == ALWAYS or HOLIDAYS in text


def _local(moment: datetime) -> datetime:
    return moment.astimezone(MALAYSIA).replace(tzinfo=None)


def _times(spans: tuple[Span, ...]) -> Times:
    return tuple((f"{start:%H:%M}", _closing(start, end)) for start, end in spans)


def _closing(start: datetime, end: datetime) -> str:
    return "24:00" if end == datetime.combine(start.date() + _ONE_DAY, time()) else f"{end:%H:%M}"


def _written(times: Times) -> str:
    return ",".join(f"{opens}-{closes}" for opens, closes in times)


def _selector(runs: list[tuple[int, int]]) -> str:
    return ",".join(DAYS[first] if first == last else f"{DAYS[first]}-{DAYS[last]}" for first, last in runs)


def _end_of_run(start: int, days: set[int]) -> int:
    end = start
    while (end + 1) % 7 in days and (end + 1) % 7 != start:
        end = (end + 1) % 7
    return end
