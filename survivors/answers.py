"""What the guide answers without being asked a question: pages, first screens of forms, errors, redirects, data.

``toolkit.edition`` makes these ahead (setting READER_ANSWERS); the readers' process hands them out as they are.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial

from django.template.loader import render_to_string

from survivors.data import files
from survivors.directories import pages as directories
from survivors.plan import pages as plan
from survivors.reading import addresses, help_lines, layout
from survivors.search import pages as search
from survivors.wrong import pages as wrong
from toolkit.rendering.answers import Maker
from toolkit.rendering.directives import address
from toolkit.rendering.guide import Guide
from toolkit.texts.languages import LANGUAGES

FORMS: dict[str, Callable[[Guide, str], str]] = {
    plan.PATH: plan.next_screen,
    search.PATH: search.hits_page,
    "find-help": directories.help_directory,
    "find-route": directories.route_directory,
    "find-law": directories.law_directory,
    layout.WRONG: wrong.reasons,
}
# The page of each error; a reader who mistyped an address is told so, everything else is our fault.
_MISTYPED, _BROKEN = "404.html", "500.html"
ERRORS = {404: _MISTYPED, 405: _MISTYPED} | dict.fromkeys((400, 403, 408, 413, 415, 500, 503), _BROKEN)


def answers(guide: Guide) -> Iterator[tuple[str, Maker]]:
    """Address -> how it is answered. An error is named ``404 en``."""
    for language in LANGUAGES:
        renew = partial(layout.renewed, cache(partial(layout.on_top, guide, language)))
        for path in guide.site:
            yield address(language, path), Maker(language, partial(layout.page, guide, language, path), renew=renew)
        for path, first_screen in FORMS.items():
            yield address(language, path), Maker(language, partial(first_screen, guide, language))
        for status, template in ERRORS.items():
            yield f"{status} {language}", Maker(language, partial(error, guide, language, template), status)
        for old, new in guide.aliases.items():
            yield address(language, old), Maker(language, status=301, location=address(language, new))
        for path in guide.gone:
            yield address(language, path), Maker(language, partial(taken_down, guide, language, path), 410)
    yield from files.answers(guide)


def taken_down(guide: Guide, language: str, path: str) -> str:
    """The page that says so, with the pages near the one that was there."""
    near = help_lines.doors(guide, language, addresses.nearest(guide, path, language))
    return render_to_string(_MISTYPED, layout.frame(guide, language, path) | {"is_gone": True, "nearest": near})


def error(guide: Guide, language: str, template: str, more: Mapping[str, object] | None = None) -> str:
    """The page of an error; ``more`` is laid over what its template gets."""
    return render_to_string(template, layout.frame(guide, language, "") | {"wrong": ""} | dict(more or {}))
