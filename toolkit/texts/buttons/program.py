"""The reader-side words of the program itself: English as in code and templates, the others as in ``locale/``."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.mofile import read_mo

from toolkit.texts.buttons.text import Buttons, Words
from toolkit.texts.canonical import digest
from toolkit.texts.languages import SOURCE

_LOCALE = Path(__file__).parents[3] / "locale"
_FOLDERS = {"ms": "ms", "ta": "ta", "zh-hans": "zh_Hans"}


@dataclass(frozen=True, slots=True)
class OwnWords:
    """``says`` is the English that names them, ``plural`` that for several, "" where there is none.

    ``said``: language -> their forms in it, one for words that count nothing.
    """

    says: str
    plural: str
    said: Mapping[str, tuple[str, ...]]

    @property
    def key(self) -> str:
        """Names them in an address."""
        return key_of(self.says)


def key_of(says: str) -> str:
    return digest(says)


@cache
def program() -> Mapping[str, OwnWords]:
    """All of them by their English, in its order."""
    catalogues = {language: _catalogue(folder) for language, folder in _FOLDERS.items()}
    found = []
    for ids in catalogues["ms"]:
        said = {SOURCE: ids} | {language: all_of[ids] for language, all_of in catalogues.items() if ids in all_of}
        found.append(OwnWords(ids[0], ids[1] if len(ids) > 1 else "", said))
    return {one.says: one for one in sorted(found, key=_place)}


@cache
def by_key() -> Mapping[str, OwnWords]:
    return {one.key: one for one in program().values()}


def as_shown(buttons: Buttons | None) -> Buttons:
    """All of them as readers see them: what was changed, and what the program says."""
    changed = {one.says: one.said for one in buttons.words} if buttons else {}
    own = program().values()
    return Buttons(tuple(Words(one.says, one.plural, {**one.said, **changed.get(one.says, {})}) for one in own))


def _place(own: OwnWords) -> tuple[bool, str]:
    """Those that begin with something that is put in come last."""
    says = own.says.strip()
    return not says[:1].isalnum(), says.casefold()


def _catalogue(folder: str) -> dict[tuple[str, ...], tuple[str, ...]]:
    with (_LOCALE / folder / "LC_MESSAGES" / "django.mo").open("rb") as file:
        return {_forms(one.id): _forms(one.string) for one in read_mo(file) if one.id}


def _forms(said: Any) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(said)
