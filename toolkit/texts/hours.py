"""Opening hours as written in facts: ``24/7``, or ``Mo-Fr 09:30-17:30; Sa 09:00-13:00``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from toolkit.texts.problem import Fault, FaultError

ALWAYS = "24/7"
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
# Malaysia has one time and no summer time.
MALAYSIA = timezone(timedelta(hours=8))

_SPAN = re.compile(r"(Mo|Tu|We|Th|Fr|Sa|Su)(?:-(Mo|Tu|We|Th|Fr|Sa|Su))? (\d\d:\d\d)-(\d\d:\d\d)")


@dataclass(frozen=True, slots=True)
class Span:
    """From the first day to the last (0 is Monday), from one time to another; times as ``HH:MM``, up to 24:00."""

    first_day: int
    last_day: int
    opens: str
    closes: str


def read_hours(text: str) -> tuple[Span, ...]:
    """Opening hours -> spans; none when open always. Raises FaultError."""
    if text == ALWAYS:
        return ()
    return tuple(_read_span(part.strip()) for part in text.split(";"))


def is_open(hours: str, moment: datetime) -> bool:
    """Whether it is within the hours, in Malaysia, at a moment (with its time zone). Unknown hours are not open."""
    if not hours:
        return False
    local = moment.astimezone(MALAYSIA)
    time = f"{local:%H:%M}"
    return hours == ALWAYS or any(
        span.first_day <= local.weekday() <= span.last_day and span.opens <= time < span.closes
        for span in read_hours(hours)
    )


def _read_span(text: str) -> Span:
    match = _SPAN.fullmatch(text)
    if not match or not all(_is_time(time) for time in match.groups()[2:]):
        raise FaultError(Fault("not-hours", hours=text))
    first, last, opens, closes = match.groups()
    first_day, last_day = DAYS.index(first), DAYS.index(last or first)
    if last_day < first_day or closes <= opens:
        raise FaultError(Fault("hours-backwards", hours=text))
    return Span(first_day, last_day, opens, closes)


def _is_time(text: str) -> bool:
    hour, minute = map(int, text.split(":"))
    return minute < 60 and (hour < 24 or (hour == 24 and minute == 0))
