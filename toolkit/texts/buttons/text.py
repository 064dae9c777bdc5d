"""``buttons.toml`` as typed data, read strictly and written in one way only. Pure functions.

It holds what was changed and nothing else: a language that an entry lacks says what the program says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from toolkit.texts.canonical import digest, first_line
from toolkit.texts.languages import LANGUAGES, SOURCE, TRANSLATIONS
from toolkit.texts.problem import Fault, TextError
from toolkit.texts.records.toml import read_toml, write_value

Said = Mapping[str, tuple[str, ...]]

_ENTRIES = "words"
_HEAD = "# Words of buttons, menus and notices that are others than the program's (docs/content.md, Buttons).\n"
_FOLLOWS = "follows"
_KEYS = {"says", "plural", _FOLLOWS, *LANGUAGES}


@dataclass(frozen=True, slots=True)
class Words:
    """What stands in the place of some words of the program. ``said``: language -> their forms (program.OwnWords).

    ``follows``: of each language the digest of the changed English that its words, changed or not, say too.
    """

    says: str
    plural: str = ""
    said: Said = field(default_factory=dict)
    follows: Mapping[str, str] = field(default_factory=dict)

    @property
    def outdated(self) -> tuple[str, ...]:
        """The languages that nobody has compared with the English, where that is another than the program's."""
        english = self._english
        return tuple(one for one in TRANSLATIONS if english and self.follows.get(one) != english)

    def following(self, languages: Iterable[str]) -> Words:
        """The same, compared with the English of today in some languages."""
        return replace(self, follows={**self.follows, **dict.fromkeys(languages, self._english)})

    @property
    def _english(self) -> str:
        return digest("\n".join(self.said[SOURCE])) if SOURCE in self.said else ""


@dataclass(frozen=True, slots=True)
class Buttons:
    """``words``: in the order of their English."""

    words: tuple[Words, ...] = ()

    def of(self, says: str) -> Words | None:
        return next((one for one in self.words if one.says == says), None)

    def with_words(self, words: Words) -> Buttons:
        others = [one for one in self.words if one.says != words.says]
        return Buttons(tuple(sorted([*others, *([words] if words.said else [])], key=lambda one: one.says)))

    def by_language(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """Language -> the program's English -> the forms in its place."""
        return {one: {some.says: some.said[one] for some in self.words if one in some.said} for one in LANGUAGES}


def read_buttons(text: str) -> Buttons:
    """Raises TextError naming the line."""
    table = read_toml(text)
    if strange := tuple(sorted(table.keys() - {_ENTRIES})):
        raise TextError(Fault("no-such-key", keys=strange))
    entries = table.get(_ENTRIES, [])
    if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
        raise TextError(Fault("not-tables", key=_ENTRIES))
    lines = [number for number, row in enumerate(text.split("\n"), start=1) if row.startswith(f"[[{_ENTRIES}]]")]
    found = Buttons()
    for number, entry in enumerate(entries):
        fault, words = _read(entry)
        if words and found.of(words.says):
            fault = Fault("button-twice", says=words.says)
        if fault or words is None:
            raise TextError(fault or Fault("not-tables", key=_ENTRIES), lines[number] if number < len(lines) else 1)
        found = found.with_words(words)
    return found


def write_buttons(buttons: Buttons) -> str:
    """Never an empty text: without an entry it says what it is for."""
    return "\n".join([_HEAD, *(row for one in buttons.words for row in _written(one))]).rstrip("\n") + "\n"


def line_of_says(text: str, says: str) -> int:
    """The line that names some words, or 1."""
    return first_line(text, rf"says = {re.escape(write_value(says))}\Z")


def brought_together(base: Buttons, mine: Buttons, live: Buttons) -> Buttons:
    """The live words with what a draft changed since ``base``, word by word and language by language."""
    for one in dict.fromkeys(some.says for some in (*base.words, *mine.words)):
        old, own, now = base.of(one), mine.of(one), live.of(one)
        said, follows = (dict(now.said), dict(now.follows)) if now else ({}, {})
        for language in LANGUAGES:
            before, after = (some.said.get(language) if some else None for some in (old, own))
            if after != before:
                said.pop(language, None)
                said |= {language: after} if after else {}
            if own and language in own.follows and (not old or own.follows[language] != old.follows.get(language)):
                follows[language] = own.follows[language]
        live = live.with_words(Words(one, (own or now or old or Words(one)).plural, said, follows))
    return live


def _read(entry: Mapping[str, Any]) -> tuple[Fault | None, Words | None]:
    if strange := tuple(sorted(entry.keys() - _KEYS)):
        return Fault("no-such-key", keys=strange), None
    says, plural = entry.get("says"), entry.get("plural", "")
    if not isinstance(says, str) or not says:
        return Fault("in-field", field="says", fault=Fault("no-words")), None
    if not isinstance(plural, str):
        return Fault("in-field", field="plural", fault=Fault("no-words")), None
    said = {}
    for language in LANGUAGES:
        if language not in entry:
            continue
        forms = entry[language] if plural else [entry[language]]
        if not isinstance(forms, list) or not forms or not all(isinstance(one, str) and one.strip() for one in forms):
            return Fault("in-button", says=says, language=language, fault=Fault("no-words")), None
        said[language] = tuple(one.strip() for one in forms)
    follows = entry.get(_FOLLOWS, {})
    if not isinstance(follows, dict) or not all(isinstance(pin, str) for pin in follows.values()):
        return Fault("in-field", field=_FOLLOWS, fault=Fault("not-a-table")), None
    if strange := tuple(sorted(follows.keys() - set(TRANSLATIONS))):
        return Fault("in-field", field=_FOLLOWS, fault=Fault("no-such-key", keys=strange)), None
    return None, Words(says, plural, said, follows)


def _written(words: Words) -> Iterator[str]:
    yield f"[[{_ENTRIES}]]"
    yield f"says = {write_value(words.says)}"
    if words.plural:
        yield f"plural = {write_value(words.plural)}"
    for language in LANGUAGES:
        if forms := words.said.get(language):
            value = f"[{', '.join(map(write_value, forms))}]" if words.plural else write_value(forms[0])
            yield f"{language} = {value}"
    for language in TRANSLATIONS:
        if SOURCE in words.said and words.follows.get(language):
            yield f"{_FOLLOWS}.{language} = {write_value(words.follows[language])}"
    yield ""
