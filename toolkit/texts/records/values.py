"""Single values of ``page.toml``: each reader takes a TOML value and gives the typed value, or says what is wrong."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from toolkit.texts.canonical import tidy_line
from toolkit.texts.problem import Fault, FaultError
from toolkit.texts.records.hours import read_hours
from toolkit.texts.words.markup import SLUG

Reader = Callable[[Any], Any]

FIRST_YEAR, LAST_YEAR = 1900, 2100


def read_text(value: Any) -> str:
    if not isinstance(value, str) or not tidy_line(value):
        raise FaultError(Fault("no-words"))
    return tidy_line(value)


def read_slug(value: Any) -> str:
    if not isinstance(value, str) or not SLUG.match(value):
        raise FaultError(Fault("not-a-name"))
    return value


def read_day(value: Any) -> date:
    if type(value) is not date:
        raise FaultError(Fault("not-a-day"))
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise FaultError(Fault("no-such-year", first=FIRST_YEAR, last=LAST_YEAR))
    return value


@dataclass(frozen=True, slots=True)
class Whole:
    """Reads a whole number from 0 to ``most``."""

    most: int

    def __call__(self, value: Any) -> int:
        if type(value) is not int or value < 0:
            raise FaultError(Fault("not-whole"))
        if value > self.most:
            raise FaultError(Fault("too-large", most=self.most))
        return value


def read_flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise FaultError(Fault("not-a-flag"))
    return value


def address(*schemes: str) -> Reader:
    def read(value: Any) -> str:
        try:
            parts = urlsplit(read_text(value))
        except FaultError:
            raise
        except ValueError:  # an address with half a bracket
            raise FaultError(Fault("not-an-address", schemes=" or ".join(schemes))) from None
        if parts.scheme not in schemes or not (parts.netloc or parts.scheme == "mailto") or " " in value.strip():
            raise FaultError(Fault("not-an-address", schemes=" or ".join(schemes)))
        return read_text(value)

    return read


@dataclass(frozen=True, slots=True)
class OneOf:
    """Reads one of fixed values."""

    choices: tuple[str, ...]

    def __call__(self, value: Any) -> str:
        if value not in self.choices:
            raise FaultError(Fault("not-a-choice", choices=self.choices))
        return str(value)


@dataclass(frozen=True, slots=True)
class ListOf:
    """Reads a list of what ``read_one`` reads."""

    read_one: Reader

    def __call__(self, value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise FaultError(Fault("not-a-list"))
        return tuple(self.read_one(one) for one in value)


def read_email(value: Any) -> str:
    if not re.fullmatch(r"[^\s@<>]+@[^\s@<>]+\.[a-z]+", text := read_text(value)):
        raise FaultError(Fault("not-an-email", address=text))
    return text


def read_opening_hours(value: Any) -> str:
    return read_hours(read_text(value))


def read_span(value: Any) -> str:
    if not re.fullmatch(r"[1-9]\d{0,2} (hours|days|working days|weeks|months|years)", str(value)):
        raise FaultError(Fault("not-a-span"))
    return str(value)


def read_period(value: Any) -> str:
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}(/\d{4}(-\d\d){0,2})?", str(value)):
        raise FaultError(Fault("not-a-period"))
    return str(value)
