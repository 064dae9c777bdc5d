"""A life as ``tests/content/lives.toml`` tells it; the head of that file says what each field means."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

FILE = Path(settings.BASE_DIR, "tests", "content", "lives.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """``before``: pairs of deeds. ``words``: language -> ``says`` and ``never``. ``signed``: by, on, plan."""

    id: str
    who: str
    answers: Mapping[str, tuple[str, ...]]
    first: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    before: tuple[tuple[str, str], ...] = ()
    words: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    signed: Mapping[str, Any] = field(default_factory=dict)


@cache
def all_lives() -> tuple[Life, ...]:
    """The lives in the order of their file; none where the tests were left behind."""
    if not FILE.exists():
        return ()
    return tuple(read_life(table) for table in tomllib.loads(FILE.read_text())["lives"])


def read_life(table: Mapping[str, Any]) -> Life:
    """A table of the file -> a life. Raises TypeError for a field that no life has."""
    return Life(
        **{
            **{name: _lists(value) for name, value in table.items()},
            "answers": {name: _several(value) for name, value in table["answers"].items()},
        }
    )


def _lists(value: Any) -> Any:
    """Lists as tuples, however deep."""
    if isinstance(value, list):
        return tuple(_lists(one) for one in value)
    return {name: _lists(one) for name, one in value.items()} if isinstance(value, dict) else value


def _several(value: Any) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, list) else (value,)
