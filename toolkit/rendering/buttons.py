"""The words of buttons, menus and notices that are in force while something is rendered, in Django's own catalogues.

Templates and code ask Django for words as ever. What a guide says instead (``Guide.buttons``) answers where it was put
in force, and nowhere else: the staff's rooms keep the program's (docs/decisions/0028-words-in-a-wrapped-catalogue.md).
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import cached_property

from django.utils.translation import trans_real

# Language -> the program's English -> the forms in its place.
Buttons = Mapping[str, Mapping[str, tuple[str, ...]]]


class _Asked:
    """What is looked for when the first words are asked for. Where that fails, the program's words are right."""

    def __init__(self, find: Callable[[], Buttons]) -> None:
        self._find = find

    @cached_property
    def buttons(self) -> Buttons:
        with suppress(Exception), in_force(dict):
            return self._find()
        return {}


_in_force: ContextVar[_Asked | None] = ContextVar("buttons", default=None)


@contextmanager
def in_force(find: Callable[[], Buttons]) -> Iterator[None]:
    """Within, the words that ``find`` gives stand in the place of the program's; ``dict`` gives none."""
    before = _in_force.set(None if find is dict else _Asked(find))
    try:
        yield
    finally:
        _in_force.reset(before)


class Catalogue(trans_real.DjangoTranslation):
    """Django's words of a language, with those in their place that are in force."""

    def gettext(self, message: str) -> str:
        said: str = super().gettext(message)
        return self._instead(message, said, 0)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        said: str = super().ngettext(msgid1, msgid2, n)
        return self._instead(msgid1, said, int(n != 1))

    def _instead(self, message: str, said: str, form: int) -> str:
        asked = _in_force.get()
        forms = asked.buttons.get(self.language(), {}).get(message) if asked else None
        if not forms:
            return said
        # What joins two words keeps the spaces around it.
        start, end = len(said) - len(said.lstrip()), len(said.rstrip())
        return f"{said[:start]}{forms[min(form, len(forms) - 1)]}{said[end:]}"


def wrap_catalogues() -> None:
    """From now on Django's catalogues are these. Once, as a process starts."""
    trans_real.DjangoTranslation = Catalogue  # type: ignore[misc]
    trans_real._translations.clear()  # type: ignore[attr-defined]
    trans_real._default = None  # type: ignore[attr-defined]
