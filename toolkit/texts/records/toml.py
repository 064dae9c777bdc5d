"""TOML as it is read here: with its nesting and its numbers limited, and every fault on its line."""

import re
import tomllib
from collections.abc import Iterator
from itertools import chain
from typing import Any

import tomli_w

from toolkit.texts.canonical import first_line, hidden_in
from toolkit.texts.problem import Fault, TextError

DEEPEST = 20


def read_toml(text: str) -> dict[str, Any]:
    """Raises TextError naming the line."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at line (\d+)", str(error))
        message = re.sub(r" \(at .*\)$", "", str(error))
        line = int(place[1]) if place else text.count("\n") + 1
        raise TextError(Fault("not-toml", detail=message), line) from None
    except RecursionError:
        raise TextError(Fault("nested-toml", most=DEEPEST), first_line(text, r".*\[\[\[")) from None
    except ValueError:
        # Python turns no number of over 4,300 digits into one.
        raise TextError(Fault("long-number"), first_line(text, r".*\d{1000}")) from None
    if _is_deeper(table, DEEPEST):
        raise TextError(Fault("nested-toml", most=DEEPEST), first_line(text, r".*\[\[\["))
    # What a file may not hold, TOML can still write by its number: "\\u202e".
    for words in _strings(table):
        if hidden := hidden_in(words):
            sign, _place = hidden
            raise TextError(Fault("hidden-character", sign=sign), first_line(text, rf"(?i).*\\[uU]0*{sign[2:]}"))
    return table


def _is_deeper(value: Any, levels: int) -> bool:
    """Whether tables and lists stand in each other more than so many levels deep."""
    row = [value]
    for _ in range(levels):
        row = [one for held in row for one in _within(held)]
    return bool(row)


def _within(value: Any) -> list[Any]:
    held = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [one for one in held if isinstance(one, dict | list)]


def _strings(value: Any) -> Iterator[str]:
    """Every string in a value, names of keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in chain(value, value.values() if isinstance(value, dict) else ()):
            yield from _strings(one)


def write_value(value: Any) -> str:
    """A string, number or day as TOML has it behind the sign of equality."""
    return tomli_w.dumps({"a": value})[4:].rstrip("\n")
