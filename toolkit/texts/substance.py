"""What a text says, without the marks of its upkeep: pins of translations, and the days on which facts were checked."""

from dataclasses import replace
from datetime import date
from typing import Any

from toolkit.texts.buttons.text import Buttons
from toolkit.texts.page import part_or_none, write_part
from toolkit.texts.plans.plan import PlanText
from toolkit.texts.plans.written import PINS, Written
from toolkit.texts.records.facts import RECORD_TYPES, Facts
from toolkit.texts.words.prose import Prose

_NEVER = date(1, 1, 1)


def substance(part: str, text: str) -> str:
    """A canonical text -> the same with the marks of upkeep made equal, to compare what two texts say."""
    value = part_or_none(part, text)
    if value is None or isinstance(value, Buttons):
        return text
    if isinstance(value, PlanText):
        return Written.of(text).without(PINS).text
    if isinstance(value, Prose):
        return write_part(replace(value, translated_from="", review=""))
    unchecked: dict[str, Any] = {kind: _unchecked(getattr(value, kind)) for kind in RECORD_TYPES}
    return write_part(replace(value, checked=_NEVER, **unchecked))


def keep_latest_checks(facts: Facts, live: Facts) -> Facts:
    """``facts`` with the later of its own and the live day of checking, for the page and for each record."""
    days: dict[str, Any] = {}
    for kind in RECORD_TYPES:
        known = {record.id: record for record in getattr(live, kind)}
        mine = getattr(facts, kind)
        # Only for a record that says the same: a day vouches for what was compared on it.
        same = {one.id: known[one.id].checked for one in mine if one.id in known and _says_the_same(one, known[one.id])}
        days[kind] = tuple(
            replace(one, checked=max(one.checked, same[one.id])) if one.id in same else one for one in mine
        )
    return replace(facts, checked=max(facts.checked, live.checked), **days)


def _says_the_same(one: Any, other: Any) -> bool:
    return bool(replace(one, checked=_NEVER) == replace(other, checked=_NEVER))


def _unchecked(records: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(replace(record, checked=_NEVER) for record in records)
