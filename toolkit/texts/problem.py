"""What is wrong with a text, as data: a code of ``problem_words.WORDS`` and the parts that its words name.

Developers read it in the words of ``problem_words``, staff in those of ``toolkit/admin/words/faults``. What asks what
kind of fault it is asks its code.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from toolkit.texts.problem_words import WORDS

# What stands for the id of a record or step that has none.
NAMELESS = "(no id)"


@dataclass(frozen=True, slots=True, init=False)
class Fault:
    """``parts``: name -> a word, a number, a list of words, or the fault within."""

    code: str
    parts: Mapping[str, Any] = field(hash=False)

    def __init__(self, code: str, /, **parts: Any) -> None:
        object.__setattr__(self, "code", code)
        object.__setattr__(self, "parts", parts)

    def __str__(self) -> str:
        return WORDS[self.code] % {name: _as_word(part) for name, part in self.parts.items()}

    @property
    def named(self) -> set[str]:
        """The addresses, ids and anchors that it names, without their marks."""
        return set(_named(self))


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, where; a warning does not keep a text from being published."""

    file: str
    line: int
    code: str
    parts: Mapping[str, Any] = field(default_factory=dict, hash=False)
    is_warning: bool = False

    @classmethod
    def of(cls, file: str, line: int, fault: Fault, *, is_warning: bool = False) -> Problem:
        return cls(file, line, fault.code, fault.parts, is_warning)

    @property
    def fault(self) -> Fault:
        return Fault(self.code, **self.parts)

    @property
    def message(self) -> str:
        """In developers' words."""
        return str(self.fault)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {'warning: ' if self.is_warning else ''}{self.message}"

    def __lt__(self, other: Problem) -> bool:
        return (self.file, self.line, self.message) < (other.file, other.line, other.message)


class FaultError(ValueError):
    """A value is not right."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


class TextError(FaultError):
    """A text is not right, and on which line (counted from 1)."""

    def __init__(self, fault: Fault, line: int = 1) -> None:
        super().__init__(fault)
        self.line = line


def _as_word(part: Any) -> str:
    return ", ".join(part) if isinstance(part, tuple) else str(part)


def _named(part: Any) -> Iterator[str]:
    if isinstance(part, Fault):
        for one in part.parts.values():
            yield from _named(one)
    elif isinstance(part, tuple):
        yield from (one.strip("/#") for one in part)
    else:
        yield str(part).strip("/#")
