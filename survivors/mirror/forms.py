"""The forms of a mirror: they are answered in the browser, by the guide's own rules as data (mirror/ask.js)."""

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

import rjsmin
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.timezone import localdate

from survivors.edition import WrittenEdition
from survivors.mirror import directories, plan, search, spelling
from survivors.mirror.writing import File
from survivors.reading import layout
from survivors.search.spelling import ROOT
from toolkit.rendering.guide import Guide
from toolkit.texts.languages import LANGUAGES

# Where to read on without any script: the first, then all sections.
FIRST = "first-response/right-now"
SCRIPT = "mirror/ask.js"
# The forms whose answers are in the mirror, and what they are answered from.
ANSWERED: dict[str, Callable[[Guide, str], dict[str, Any]]] = {
    "find-help": directories.find_help,
    "find-route": directories.find_route,
    "find-law": directories.find_law,
    "plan": plan.plan,
    "search": search.search,
}
# What of it is a script of its own, loaded when it is asked.
RULES = ("find-help", "plan", *search.NEEDS[1:], "search")
# What a search needs in every language, or only where Tamil or Chinese letters are typed.
SPELLING: dict[str, Callable[[], dict[str, Any]]] = {
    "spelling": spelling.spelling,
    "spelling-ta": spelling.spelling_of_tamil,
    "spelling-zh": spelling.spelling_of_chinese,
}
_FORM = re.compile(r'<form\b[^>]* action="/([a-z-]+)/([a-z-]+)/"[^>]*>.*?</form>', re.DOTALL)
_OTHER_LANGUAGE = re.compile(r'<button form="answers" formaction="([^"]*)" [^>]*lang="([^"]*)">([^<]*)</button>')
# What only a server can take: "Is something wrong here?"
_SERVED = re.compile(r'\s*<a href="/[a-z-]+/wrong/[^"]*">[^<]*</a>')
_ENTER = re.compile(r'<button form="answers" name="go" value="enter" hidden>[^<]*</button>\n?')


def without_a_server(guide: Guide, html: str, file: str) -> str:
    """A page whose forms need no server; each stands behind what can be read without it until its script is there."""
    html = _SERVED.sub("", html)
    if "<form" not in html:
        return html
    html = _ENTER.sub("", _OTHER_LANGUAGE.sub(r'<a lang="\2" hreflang="\2" href="\1">\3</a>', html))
    html = _FORM.sub(lambda found: _form(found, guide, file), html)
    if "data-asked" not in html:
        return html
    return html.replace("</head>", f'<script src="/{SCRIPT}" defer></script>\n</head>', 1)


def answering(edition: WrittenEdition) -> Iterator[File]:
    """The scripts that answer, and what they answer from."""
    code, known = edition.manifest.code, _spelling_files()
    for name in ("ask", *RULES):
        yield File(f"mirror/{name}.js", code, partial(_script, name))
    for name, make in SPELLING.items():
        yield File(f"mirror/{name}.js", f"{code} {known}", partial(_known, name, make))
    # Public holidays and dates are told for this year and the next.
    texts = hashlib.sha256(repr(sorted(edition.manifest.texts.items())).encode()).hexdigest()
    made_of = f"{code} {known} {texts} {edition.manifest.until} {localdate().year}"
    for name, language in product(ANSWERED, LANGUAGES):
        yield File(f"mirror/{name}.{language}.js", made_of, partial(_data, edition, name, language))


def _spelling_files() -> str:
    """Names the language data of the search, which are no code and no text of the guide."""
    found = hashlib.sha256()
    for path in sorted(ROOT.rglob("*.*")):
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


def _script(name: str) -> bytes:
    text = Path(settings.BASE_DIR, "templates", "mirror", f"{name}.js").read_text()
    return str(rjsmin.jsmin(text)).encode()


def _data(edition: WrittenEdition, name: str, language: str) -> bytes:
    with translation.override(language):
        return _known(f"{name}.{language}", partial(ANSWERED[name], edition.guide, language))


def _known(name: str, make: Callable[[], dict[str, Any]]) -> bytes:
    return f'mirror.data["{name}"]={json.dumps(make(), ensure_ascii=False, separators=(",", ":"))}'.encode()


def _form(found: re.Match[str], guide: Guide, file: str) -> str:
    language, name = found[1], found[2]
    form = found[0].replace("<form", f'<form hidden data-asked="{name}"', 1) if name in ANSWERED else ""
    return form if file.count("/") == 1 else _without(guide, language, has_heading="<h1" in found[0]) + form


def _without(guide: Guide, language: str, *, has_heading: bool) -> str:
    first = guide.page_at(FIRST)
    pages = [*([first] if first else []), *guide.sections]
    with translation.override(language):
        links = [layout.link(page, language) for page in pages]
        return render_to_string("mirror/without.html", {"pages": links, "has_heading": has_heading})
