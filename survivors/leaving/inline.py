"""The style, script and icon that every reader page carries in itself, and their hashes for the CSP."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

import rcssmin
import rjsmin
from django.conf import settings

# Files do not change under a serving site; under `make dev` they do.
_kept = lru_cache(maxsize=0 if settings.DEBUG else None)


@_kept
def style() -> str:
    return str(rcssmin.cssmin(_read("page.css")))


def style_in(scheme: str) -> str:
    """The style as it is in ``light`` or ``dark``, whatever the browser prefers; "" leaves it to the browser."""
    query = "@media (prefers-color-scheme:dark)"
    if not scheme:
        return style()
    return style().replace(query, "@media all" if scheme == "dark" else "@media not all")


@_kept
def script() -> str:
    return str(rjsmin.jsmin(_read("leave.js")))


@_kept
def reading() -> str:
    return str(rjsmin.jsmin(_read("read.js")))


@_kept
def forms() -> str:
    """The script of pages that have a form; others do not carry it."""
    return str(rjsmin.jsmin(_read("forms.js")))


@_kept
def copying() -> str:
    """The script of pages with words to copy: the plan's, and those with replies."""
    return str(rjsmin.jsmin(_read("copy.js")))


@_kept
def icon() -> str:
    """The address of the icon: a plain dot that names nothing, as data, so that it costs no request."""
    return "data:image/svg+xml," + quote(" ".join(_read("icon.svg").split()), safe=" =:/'")


@_kept
def forms_style() -> str:
    """The style of pages that have a form, besides that of every page."""
    return str(rcssmin.cssmin(_read("forms.css")))


@_kept
def parts_style() -> str:
    """The style of pages that have a drawing, a table or a grid, besides that of every page."""
    return str(rcssmin.cssmin(_read("parts.css")))


@_kept
def paper_style() -> str:
    """The style of sheets and of the whole guide on paper, besides that of every page."""
    return str(rcssmin.cssmin(_read("paper.css")))


@_kept
def style_hashes() -> list[str]:
    return [hash_of(style()), hash_of(forms_style()), hash_of(parts_style()), hash_of(paper_style())]


@_kept
def script_hashes() -> list[str]:
    return [hash_of(script()), hash_of(reading()), hash_of(forms()), hash_of(copying())]


def hash_of(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _read(name: str) -> str:
    return Path(settings.BASE_DIR, "templates", "inline", name).read_text()
