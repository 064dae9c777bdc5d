"""``page.toml`` <-> Facts, with one canonical way to write it."""

import re
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from typing import Any

import tomli_w

from toolkit.texts.canonical import first_line
from toolkit.texts.problem import NAMELESS, Fault, FaultError, TextError
from toolkit.texts.records.facts import (
    MOST_RECORDS,
    RECORD_TYPES,
    Counter,
    Facts,
    cited_sources,
    is_required,
    read_record,
)
from toolkit.texts.records.picture import MOST_ON_A_PAGE, Picture
from toolkit.texts.records.toml import read_toml
from toolkit.texts.words.markup import SLUG


def read_facts(text: str) -> Facts:
    """A decoded ``page.toml`` -> Facts. Raises TextError naming the line."""
    table = read_toml(text)
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key in RECORD_TYPES:
            values[key] = _read_records(key, value, text)
        else:
            values[key] = _read_value(key, value, text)
    for one in fields(Facts):
        if is_required(one) and one.name not in values:
            raise TextError(Fault("missing", fields=(one.name,)))
    facts = Facts(**values)
    _check_sources(facts, text)
    if sum(len(picture.image) for picture in facts.pictures) > MOST_ON_A_PAGE:
        raise TextError(Fault("pictures-heavy", most=MOST_ON_A_PAGE), line_of(text, facts.pictures[-1].id))
    return facts


def write_facts(facts: Facts) -> str:
    """Facts -> the canonical ``page.toml``. ``read_facts`` of it gives the same Facts back."""
    return tomli_w.dumps(_as_table(facts))


def line_of(text: str, value: str) -> int:
    """The line on which a quoted value first stands, or 1."""
    place = text.find(f'"{value}"')
    return text.count("\n", 0, place) + 1 if place >= 0 else 1


def line_of_day(text: str, day: date) -> int:
    """The line on which something was first checked on a day, or 1."""
    return first_line(text, f"checked = {day}")


def _read_value(key: str, value: Any, text: str) -> Any:
    line = first_line(text, rf"\[?{re.escape(key)}\b")
    if key == "anchor_aliases":
        if not isinstance(value, dict) or not all(
            isinstance(one, str) and SLUG.match(one) for one in (*value, *value.values())
        ):
            raise TextError(Fault("alias-shape"), line)
        return value
    known = {one.name: one for one in fields(Facts)}
    if key not in known:
        raise TextError(Fault("no-such-key", keys=(key,)), line)
    try:
        return known[key].metadata["read"](value)
    except FaultError as error:
        raise TextError(Fault("in-field", field=key, fault=error.fault), line) from None


def _read_records(key: str, value: Any, text: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise TextError(Fault("not-tables", key=key))
    if len(value) > MOST_RECORDS:
        raise TextError(Fault("too-many", most=MOST_RECORDS))
    records = []
    for table in value:
        name = table.get("id") if isinstance(table, dict) else None
        line = line_of(text, name) if isinstance(name, str) else 1
        try:
            records.append(read_record(RECORD_TYPES[key], table))
        except FaultError as error:
            fault = Fault("in-record", kind=key, record=str(name or NAMELESS), fault=error.fault)
            raise TextError(fault, line) from None
    return tuple(records)


def _check_sources(facts: Facts, text: str) -> None:
    known = {source.id for source in facts.sources}
    seen = set()
    for record in (*facts.sources, *facts.records()):
        if (type(record), record.id) in seen:
            raise TextError(Fault("id-twice", record=record.id), line_of(text, record.id))
        seen.add((type(record), record.id))
    for record in facts.records():
        if not record.sources and not isinstance(record, Counter | Picture):
            raise TextError(Fault("no-source", record=record.id), line_of(text, record.id))
        for source in cited_sources(record):
            if source not in known:
                fault = Fault("no-source-here", record=record.id, source=source)
                raise TextError(fault, line_of(text, record.id))


def _as_table(record: Any) -> dict[str, Any]:
    table = {}
    for one in fields(record):
        value = getattr(record, one.name)
        if value == (one.default if one.default_factory is MISSING else one.default_factory()):
            continue
        if isinstance(value, tuple):
            value = [_as_table(item) if is_dataclass(item) else item for item in value]
        elif is_dataclass(value):
            value = _as_table(value)
        table[one.name] = value
    return table
