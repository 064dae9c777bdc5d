"""The forms of a mirror: they are answered in the browser, by the guide's own rules as data (mirror/ask.js)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.template.loader import render_to_string
from django.utils import translation

from survivors.edition import WrittenEdition
from survivors.mirror.writing import File
from survivors.reading import layout
from toolkit.rendering.guide import Guide

# Where to read on without any script: the first, then all sections.
FIRST = "first-response/right-now"
SCRIPT = "mirror/ask.js"
# The forms whose answers are in the mirror.
ANSWERED: tuple[str, ...] = ()
_FORM = re.compile(r'<form\b[^>]* action="/([a-z-]+)/([a-z-]+)/"[^>]*>.*?</form>', re.DOTALL)
_OTHER_LANGUAGE = re.compile(r'<button form="answers" formaction="([^"]*)" [^>]*lang="([^"]*)">([^<]*)</button>')
_ENTER = re.compile(r'<button form="answers" name="go" value="enter" hidden>[^<]*</button>\n?')


def without_a_server(guide: Guide, html: str, file: str) -> str:
    """A page whose forms need no server; each stands behind what can be read without it until its script is there."""
    if "<form" not in html:
        return html
    html = _ENTER.sub("", _OTHER_LANGUAGE.sub(r'<a lang="\2" hreflang="\2" href="\1">\3</a>', html))
    html = _FORM.sub(lambda found: _form(found, guide, file), html)
    if "data-asked" not in html:
        return html
    return html.replace("</head>", f'<script src="/{SCRIPT}" defer></script>\n</head>', 1)


def answering(edition: WrittenEdition) -> Iterator[File]:
    """The script that answers, and what it answers from."""
    yield from ()


def _form(found: re.Match[str], guide: Guide, file: str) -> str:
    language, name = found[1], found[2]
    form = found[0].replace("<form", f'<form hidden data-asked="{name}"', 1) if name in ANSWERED else ""
    return form if file.count("/") == 1 else _without(guide, language) + form


def _without(guide: Guide, language: str) -> str:
    pages = [*([guide.site[FIRST]] if FIRST in guide.site else []), *guide.sections]
    with translation.override(language):
        return render_to_string("mirror/without.html", {"pages": [layout.link(page, language) for page in pages]})
