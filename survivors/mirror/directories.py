"""The directories without a server: of laws and routes every answer there is, of contacts the rules as tables.

An answer is lines of one table, since most of them are in many answers. The form is not part of it: her own is kept.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

from babel.dates import get_day_names
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext

from survivors.directories import fields, matching, open_now, pages
from survivors.directories.matching import Wish
from toolkit.rendering import marks, words
from toolkit.rendering.guide import TYPES, Guide, Placed
from toolkit.rendering.lines import set_lines
from toolkit.texts.plans.plan import ADULT, UNDER_18
from toolkit.texts.records.facts import NEEDS, SERVES, SPOKEN, STATES, Contact
from toolkit.texts.records.hours import knows_holidays, spans_on, week_of
from toolkit.texts.records.public_holidays import is_public_holiday

# Where her form goes.
FORM = "<div data-form></div>"
_FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)
_NOW = re.compile(r'<p class="now">.*?</p>\n', re.DOTALL)
_STATES = ("", *STATES[1:])
_EPOCH = date(1970, 1, 1)
_A_MOMENT = datetime(2026, 1, 5, tzinfo=UTC)
Data = dict[str, Any]


class Lines:
    """Lines of HTML, each once, by number."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, line: str) -> int:
        return self._numbers.setdefault(line, len(self._numbers))

    def of(self, html: str) -> str:
        return " ".join(str(self.number(line)) for line in html.split("\n"))

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)


def text_of(html: str) -> str:
    """What an answer puts in the place of a page's text."""
    return html[html.index(">", html.index("<main")) + 1 : html.index("</main>")]


def main_of(html: str) -> str:
    """The same with a mark where her form goes."""
    return _FORM.sub(FORM, text_of(html), count=1)


def rendered(template: str, shown: Mapping[str, Any]) -> str:
    """A piece of a page as it stands in the whole: its lines end where they do there."""
    return set_lines(render_to_string(template, dict(shown)), get_language() or "")


def find_law(guide: Guide, language: str) -> Data:
    types = [page.slug for page in guide.children(TYPES)]
    asked = {"type": types, "age": [ADULT, UNDER_18], "when": [one.key for one in matching.periods(guide)]}

    def found(case: matching.Case) -> object:
        laws = matching.laws(guide, case) if case.type else matching.Found([], [])
        return case.type, case.is_under_18, case.excluded_age, _ids(laws.first), _ids(laws.then)

    return _table(guide, language, asked, pages.law_directory, found)


def find_route(guide: Guide, language: str) -> Data:
    types = [page.slug for page in guide.children(TYPES)]
    platforms = [page.slug for page in matching.platforms(guide)]
    asked = {"platform": platforms, "type": types, "age": [ADULT, UNDER_18]}

    def found(case: matching.Case) -> object:
        routes = matching.routes(guide, case)
        elsewhere = matching.platforms_with_a_route(guide, case) if case.type and not case.platform else []
        named = [page.path for page in elsewhere]
        return (case.platform, bool(case.type), case.is_under_18, case.excluded_age, str(named), _ids(routes.first),
                _ids(routes.then))  # fmt: skip

    return _table(guide, language, asked, pages.route_directory, found)


def _table(
    guide: Guide,
    language: str,
    asked: Mapping[str, list[str]],
    directory: Callable[[Guide, str, QueryDict | None], str],
    found: Callable[[matching.Case], object],
) -> Data:
    """The answer to all that can be chosen; what finds the same (``found``) is written once."""
    lines, known, answers = Lines(), {}, {}
    for chosen in product(*(["", *choices] for choices in asked.values())):
        form = QueryDict(mutable=True)
        form.update(dict(zip(asked, chosen, strict=True)))
        key = found(fields.case(form, guide))
        if key not in known:
            known[key] = lines.of(main_of(directory(guide, language, form)))
        answers["|".join(chosen)] = known[key]
    return {"fields": list(asked), "answers": answers, "lines": list(lines), "marks": _marks(lines)}


def _ids(found: list[Placed]) -> str:
    return " ".join(placed.record.id for placed in found)


def _marks(lines: Lines) -> str:
    return str(marks.sprite("\n".join(lines)))


def find_help(guide: Guide, language: str) -> Data:
    lines = Lines()
    everyone = list(guide.every(Contact))
    hours = {hours for _, contact in everyone for _, hours in open_now.lines(contact) if hours}
    found = {
        "rule": "find-help",
        "contacts": [_contact(n, placed, one, guide, language, lines) for n, (placed, one) in enumerate(everyone)],
        "pages": _pages(guide, language),
        "hours": {text: _hours(text) for text in sorted(hours)},
        "holidays": {state: [_day(day) for day in _days() if is_public_holiday(day, [state])] for state in STATES[1:]},
        "words": _words(),
        "now": _rows_of_now(everyone[0][0], guide, language) if everyone else [],
    }
    return found | {"lines": list(lines), "marks": _marks(lines)}


def _contact(at: int, placed: Placed, contact: Contact, guide: Guide, language: str, lines: Lines) -> Data:
    emergency, always, _, _, _, silent = matching.distance(contact, Wish())
    return {
        "at": at,
        "phones": len(contact.phones),
        "fits": {name: _fitting(contact, name, choices) for name, choices in _CHOICES.items()},
        "exposure": {one: matching.exposure(guide, contact, Wish(serves=one)) for one in ("", *SERVES[1:])},
        "far": [int(emergency), int(always), int(silent)],
        "states": contact.states, "languages": contact.languages, "serves": contact.serves,
        "holidays": {state: open_now.holiday_states(contact, state) for state in _STATES},
        "lines": [[words.number(one) if one else "", hours] for one, hours in open_now.lines(contact)],
        "li": _list_items(placed, guide, language, lines),
    }  # fmt: skip


_CHOICES: Mapping[str, tuple[Any, ...]] = {
    "need": NEEDS, "state": STATES[1:], "language": SPOKEN, "serves": SERVES[1:], "free": ("yes",),
}  # fmt: skip


def _fitting(contact: Contact, name: str, choices: tuple[Any, ...]) -> list[str]:
    """The choices of one field that leave a contact in."""
    return [one for one in choices if matching.suits(contact, replace(Wish(), **{name: one}), _A_MOMENT)]


def _list_items(placed: Placed, guide: Guide, language: str, lines: Lines) -> dict[str, int]:
    """A contact as it is shown: to anyone, and to whoever gets other lines where it has no number."""
    groups = [""] if getattr(placed.record, "phones", ()) else ["", *SERVES[1:]]
    found: dict[str, int] = {}
    for group in groups:
        html = _hit(placed, guide, language, group)
        number = lines.number(_NOW.sub("", html.replace(_NOW.findall(html)[0], "@now@", 1)))
        if number != found.get(""):
            found[group] = number
    return found


def _hit(placed: Placed, guide: Guide, language: str, group: str) -> str:
    place = pages.place_of_help(guide, language, group)
    now = [("@number@", "@sentence@"), ("", "@sentence@")]
    return rendered("find_hit.html", {"hit": pages.hit(placed, place, now)})


def _rows_of_now(placed: Placed, guide: Guide, language: str) -> list[str]:
    """What is said of one number, and of all."""
    return _NOW.findall(_hit(placed, guide, language, ""))


def _pages(guide: Guide, language: str) -> dict[str, tuple[str, str]]:
    """What stands before and after the contacts: of everyone, of some, and where none fits."""
    place = pages.place_of_help(guide, language, "")
    named = [one for one in matching.contacts(guide, Wish(), _A_MOMENT) if not getattr(one.record, "phones", ())]
    shown = {"all": ("@number@", ["@hit@"], named), "some": ("@number@", ["@hit@"], []), "none": ("0", [], [])}
    found = {}
    for name, (number, hits, others) in shown.items():
        main = main_of(pages.help_page(place, Wish(), number, [{"card": one} for one in hits], others))
        before, _, rest = main.partition("<li>@hit@")
        found[name] = (before, rest.partition("</li>\n")[2])
    return found


def _hours(text: str) -> Data:
    """Spans of minutes on ordinary days and on holidays: of a week, or of each day where weeks differ."""
    days = [date(2026, 1, 5) + timedelta(days=n) for n in range(7)] if week_of(text) else list(_days())
    rows = {
        name: [[_minutes(day, span) for span in spans_on(text, day, is_holiday)] for day in days]
        for name, is_holiday in (("days", False), ("holidays", True))
    }
    return rows | {"weekly": week_of(text) is not None, "from": _day(days[0]), "knows": knows_holidays(text)}


def _minutes(day: date, span: tuple[datetime, datetime]) -> list[int]:
    midnight = datetime.combine(day, datetime.min.time())
    return [int((one - midnight).total_seconds() // 60) for one in span]


def _days() -> Iterator[date]:
    """From the first of this year to the end of the next: a mirror is not written every day."""
    first = date(localdate().year, 1, 1)
    yield from (first + timedelta(days=n) for n in range((date(first.year + 2, 1, 1) - first).days))


def _day(day: date) -> int:
    return (day - _EPOCH).days


def _words() -> Data:
    names = get_day_names("wide", locale=words.locale())
    stands = {"day": "@day@", "date": "@date@", "time": "@time@"}
    return open_now.words_of_a_moment() | {
        "days": [names[n] for n in range(7)],
        "dates": {_day(one): words.day(one) for one in _days()},
        "near": gettext("%(day)s %(time)s") % stands,
        "far": gettext("%(day)s, %(date)s, %(time)s") % stands,
    }
