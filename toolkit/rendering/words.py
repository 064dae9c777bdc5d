"""Typed facts -> words in the language that is active: dates, penalties, opening hours."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from babel.dates import format_date, get_day_names
from django.utils.html import format_html
from django.utils.translation import get_language, gettext, ngettext

from toolkit.texts.languages import SOURCE
from toolkit.texts.records.facts import DIALLED, Channel, Provision
from toolkit.texts.records.hours import ALWAYS, WHOLE_DAY, Times, days_alike, week_of

# Django's own Tamil month names are missing; CLDR's are complete.
_LOCALES = {"en": "en_GB", "ms": "ms_MY", "ta": "ta_MY", "zh-hans": "zh_Hans"}


def day(value: date) -> str:
    """22 November 2026, in the active language; in Malaysian Tamil without CLDR's comma."""
    return format_date(value, "long", locale=locale()).replace(",", "")


def penalty(provision: Provision) -> str:
    """The most a court can give, as a phrase; "" where none is known."""
    parts = _penalty_parts(provision)
    if not parts:
        return ""
    if provision.combine == "both" or len(parts) == 1:
        words = gettext(" and ").join(parts)
    elif len(parts) == 2:
        words = gettext("%(first)s, %(second)s, or both") % {"first": parts[0], "second": parts[1]}
    else:
        words = gettext("%(penalties)s, or any two of these") % {"penalties": gettext(", ").join(parts)}
    if provision.daily_fine_rm:
        words += gettext(", and %(amount)s for each day it goes on") % {"amount": ringgit(provision.daily_fine_rm)}
    return words


def hours(text: str) -> str:
    """Opening hours in words."""
    if text == ALWAYS:
        return gettext("24 hours, every day")
    week = week_of(text)
    if week is None:
        return gettext("not the same every week; ask them")
    parts = [(_days(runs), times) for runs, times in days_alike(week) if times]
    if week.holidays:
        parts = _with_holidays(parts, week.holidays)
    said = [gettext("%(days)s, %(times)s") % {"days": days, "times": _times(times)} for days, times in parts]
    if week.holidays == ():
        said.append(gettext("closed on public holidays"))
    return gettext("; ").join(said)


def moment(value: datetime, now: datetime) -> str:
    """ "Monday 09:00" in the active language; with its date where that is not within a week of now."""
    names = get_day_names("wide", locale=locale())
    named = {"day": names[value.weekday()], "date": day(value.date()), "time": f"{value:%H:%M}"}
    if value.date() - now.date() < timedelta(days=7):
        return gettext("%(day)s %(time)s") % named
    return gettext("%(day)s, %(date)s, %(time)s") % named


def span(text: str) -> str:
    """ "14 working days" in the active language."""
    number, _, unit = text.partition(" ")
    n = int(number)
    said = {
        "hours": lambda: ngettext("%(n)d hour", "%(n)d hours", n),
        "days": lambda: ngettext("%(n)d day", "%(n)d days", n),
        "working days": lambda: ngettext("%(n)d working day", "%(n)d working days", n),
        "weeks": lambda: ngettext("%(n)d week", "%(n)d weeks", n),
        "months": lambda: ngettext("%(n)d month", "%(n)d months", n),
        "years": lambda: ngettext("%(n)d year", "%(n)d years", n),
    }
    return said[unit]() % {"n": n}


def served(groups: Iterable[str]) -> str:
    """Whom a service is for, as a list in words."""
    known = serves_words()
    return gettext(", ").join(known[one] for one in groups)


def serves_words() -> dict[str, str]:
    return {
        "women": gettext("Women"),
        "men": gettext("Men"),
        "children": gettext("People under 18"),
        "lgbtq": gettext("LGBTQ+ people"),
        "migrants": gettext("Migrants"),
        "refugees": gettext("Refugees and asylum-seekers"),
        "muslim-women": gettext("Muslim women"),
        "disabilities": gettext("Persons with disabilities"),
    }


def number(channel: Channel) -> str:
    """How a channel is shown; a telephone number never breaks over two lines, or it is dialled wrong."""
    return format_html('<span class="number">{}</span>', channel.shown) if channel.kind in DIALLED else channel.shown


def ringgit(amount: int) -> str:
    return f"RM{amount:,}"


def _penalty_parts(provision: Provision) -> list[str]:
    parts = []
    if years := provision.prison_years:
        parts.append(ngettext("up to %(n)d year in prison", "up to %(n)d years in prison", years) % {"n": years})
    if months := provision.prison_months:
        parts.append(ngettext("up to %(n)d month in prison", "up to %(n)d months in prison", months) % {"n": months})
    if provision.fine_rm:
        parts.append(gettext("a fine of up to %(amount)s") % {"amount": ringgit(provision.fine_rm)})
    elif provision.fine:
        parts.append(gettext("a fine"))
    if strokes := provision.strokes_min:
        parts.append(
            ngettext("at least %(n)d stroke of the cane", "at least %(n)d strokes of the cane", strokes)
            % {"n": strokes}
        )
    elif provision.whipping:
        parts.append(gettext("whipping"))
    return parts


def _with_holidays(parts: list[tuple[str, Times]], holidays: Times) -> list[tuple[str, Times]]:
    """Public holidays beside the days that have the same times, or after them."""
    for place, (days, times) in enumerate(parts):
        if times == holidays:
            both = gettext("%(days)s and public holidays") % {"days": days}
            return [*parts[:place], (both, times), *parts[place + 1 :]]
    return [*parts, (gettext("public holidays"), holidays)]


def _days(runs: list[tuple[int, int]]) -> str:
    if runs == [(0, 6)]:
        return gettext("every day")
    names = get_day_names("wide", locale=locale())
    return gettext(", ").join(
        names[first]
        if first == last
        else gettext("%(first)s to %(last)s") % {"first": names[first], "last": names[last]}
        for first, last in runs
    )


def _times(times: Times) -> str:
    if times == WHOLE_DAY:
        return gettext("24 hours")
    return gettext(", ").join(f"{opens}–{closes}" for opens, closes in times)


def locale() -> str:
    return _LOCALES[get_language() or SOURCE]
