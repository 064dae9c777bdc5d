"""Opening hours as a form: rows of days, from and to, a break, public holidays. Nobody types their syntax.

Plain fields, so that it works without script. What the rows cannot express is shown and stays as it is.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from toolkit.rendering import words
from toolkit.texts.records.hours import ALWAYS, DAYS, HOLIDAYS, Times, Week, days_alike, week_of, write_week

UNKNOWN, ALL_HOURS, AT_TIMES, AS_WRITTEN = "", "always", "week", "written"
TIMES = ("opens", "closes", "pause", "again")
MOST_ROWS = 8
_DAY_WORDS = {
    "Mo": _("Monday"), "Tu": _("Tuesday"), "We": _("Wednesday"), "Th": _("Thursday"), "Fr": _("Friday"),
    "Sa": _("Saturday"), "Su": _("Sunday"), HOLIDAYS: _("Public holidays"),
}  # fmt: skip


@dataclass(slots=True)
class Row:
    """Days with the same hours, and the hours as typed; ``pause`` to ``again`` is the break."""

    days: list[str] = field(default_factory=list)
    opens: str = ""
    closes: str = ""
    pause: str = ""
    again: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.days or any(getattr(self, name) for name in TIMES))


@dataclass(slots=True)
class TypedHours:
    """What a form holds: the hours before (``text``), what was chosen, and the rows."""

    text: str
    kind: str
    rows: list[Row]
    is_closed_on_holidays: bool


def typed_from(text: str) -> TypedHours:
    """Opening hours as rows; where rows cannot express them, to be kept as written."""
    week = week_of(text) if text and text != ALWAYS else None
    if week is None:
        return TypedHours(text, {"": UNKNOWN, ALWAYS: ALL_HOURS}.get(text, AS_WRITTEN), [], False)
    rows = [Row(_names(runs), *_fields(times)) for runs, times in days_alike(week) if 0 < len(times) < 3]
    if week.holidays:
        _add_holidays(rows, week.holidays)
    typed = TypedHours(text, AT_TIMES, rows, week.holidays == ())
    if _week_typed(typed) != week:
        return TypedHours(text, AS_WRITTEN, [], False)
    return typed


def read_typed(data: Mapping[str, Any], name: str) -> TypedHours:
    """What was posted; the hours alone where the form was never shown, as in an older draft."""
    text = data.get(name, "")
    if f"{name}-kind" not in data:
        return typed_from(text)
    rows = [_row(data, f"{name}-{number}") for number in range(MOST_ROWS)]
    return TypedHours(
        text, data[f"{name}-kind"], [row for row in rows if not row.is_empty], bool(data.get(f"{name}-closed"))
    )


class HoursWidget(forms.Widget):
    input_type = "hours"

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> TypedHours:
        return read_typed(data, name)

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        typed = value if isinstance(value, TypedHours) else typed_from(value or "")
        context = {
            "name": name,
            "typed": typed,
            "kinds": [
                (UNKNOWN, _("Not known")),
                (ALL_HOURS, _("24 hours, every day, public holidays too")),
                (AT_TIMES, _("At the times below")),
                *([(AS_WRITTEN, _("As they are now"))] if typed_from(typed.text).kind == AS_WRITTEN else []),
            ],
            "days": _DAY_WORDS.items(),
            "rows": [*typed.rows, Row(), Row()][:MOST_ROWS],
        }
        return render_to_string("staff/hours.html", context)


class HoursField(forms.Field):
    """Its value is the hours' text, "" where not known."""

    widget = HoursWidget

    def clean(self, value: TypedHours) -> str:
        if value.kind == ALL_HOURS:
            return ALWAYS
        if value.kind == AS_WRITTEN:
            return value.text
        if value.kind != AT_TIMES:
            if value.rows or value.is_closed_on_holidays:
                raise ValidationError(gettext("choose “At the times below”, or empty the rows"))
            return ""
        return _text_of(value)


def said_of(text: str) -> str:
    """Opening hours in words; as they are written where they are not the same every week."""
    return words.hours(text) if week_of(text) else text


def _text_of(typed: TypedHours) -> str:
    if faults := list(_faults(typed)):
        raise ValidationError(faults)
    if typed.text and week_of(typed.text) == _week_typed(typed):
        return typed.text
    text = write_week(_week_typed(typed))
    if not text:
        raise ValidationError(gettext("tick the days and say from when to when"))
    return text


def _faults(typed: TypedHours) -> Iterator[str]:
    ticked = [day for row in typed.rows for day in row.days]
    for day in dict.fromkeys(ticked):
        if ticked.count(day) > 1:
            yield gettext("ticked in two rows: %(day)s") % {"day": _DAY_WORDS[day]}
    if HOLIDAYS in ticked and typed.is_closed_on_holidays:
        yield gettext("public holidays cannot be both open and closed")
    for number, row in enumerate(typed.rows, 1):
        if fault := _row_fault(row):
            yield gettext("row %(number)s: %(fault)s") % {"number": number, "fault": fault}


def _row_fault(row: Row) -> str:
    if not row.days:
        return gettext("tick the days")
    if not (row.opens and row.closes):
        return gettext("say from when to when")
    if bool(row.pause) != bool(row.again):
        return gettext("a break needs a beginning and an end")
    typed = filter(None, (getattr(row, name) for name in TIMES))
    if not all(re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d|24:00", time) for time in typed):
        return gettext("times are written like 09:00")
    if not _runs_forward(row):
        return gettext("the times must follow one another")
    return ""


def _runs_forward(row: Row) -> bool:
    """Opening, break and closing in this order, over midnight or not, within 24 hours."""
    minutes = [_minutes(time) for time in (row.opens, row.pause, row.again, row.closes) if time]
    after = [(one - minutes[0]) % 1440 for one in minutes[1:]]
    after[-1] = after[-1] or (1440 if row.opens in ("00:00", "24:00") else 0)
    return all(before < later for before, later in zip([0, *after], after, strict=False))


def _week_typed(typed: TypedHours) -> Week:
    by_day = {day: _times(row) for row in typed.rows for day in row.days}
    closed: Times | None = () if typed.is_closed_on_holidays else None
    return Week(tuple(by_day.get(day, ()) for day in DAYS), by_day.get(HOLIDAYS, closed))


def _times(row: Row) -> Times:
    closes = "24:00" if row.closes == "00:00" else row.closes
    return ((row.opens, row.pause), (row.again, closes)) if row.pause else ((row.opens, closes),)


def _fields(times: Times) -> tuple[str, str, str, str]:
    """Times -> what the fields of a row show; a browser's field for a time knows no 24:00."""
    closes = "00:00" if times[-1][1] == "24:00" else times[-1][1]
    pause, again = (times[0][1], times[1][0]) if len(times) == 2 else ("", "")
    return times[0][0], closes, pause, again


def _add_holidays(rows: list[Row], holidays: Times) -> None:
    for row in rows:
        if _times(row) == holidays:
            row.days.append(HOLIDAYS)
            return
    rows.append(Row([HOLIDAYS], *_fields(holidays)))


def _names(runs: list[tuple[int, int]]) -> list[str]:
    return [day for number, day in enumerate(DAYS) if any(_is_within(number, *run) for run in runs)]


def _is_within(day: int, first: int, last: int) -> bool:
    return first <= day <= last if first <= last else day >= first or day <= last


def _row(data: Mapping[str, Any], prefix: str) -> Row:
    posted = data.getlist(f"{prefix}-days") if hasattr(data, "getlist") else data.get(f"{prefix}-days", [])
    days = [day for day in _DAY_WORDS if day in posted]
    return Row(days, *(str(data.get(f"{prefix}-{name}", "")).strip() for name in TIMES))


def _minutes(time: str) -> int:
    hour, minute = map(int, time.split(":"))
    return hour * 60 + minute
