"""The style, script and icon that every reader page carries in itself, and their hashes for the CSP."""

import base64
import hashlib
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

import rcssmin
import rjsmin
from django.conf import settings

# Of every page; and besides, of pages that have a form; a drawing, a table or a grid; a picture of their own; of sheets
# and the guide on paper.
STYLES = ("page", "forms", "parts", "pictures", "paper")
# Of every page, both; and besides, of pages that have a form, or words to copy: the plan's, and those with replies.
SCRIPTS = ("leave", "read", "forms", "copy")

# Files do not change under a serving site; under `make dev` they do.
_kept = lru_cache(maxsize=0 if settings.DEBUG else None)


@_kept
def style(name: str = "page") -> str:
    """One of STYLES: that of every page, or what goes beside it."""
    return str(rcssmin.cssmin(_read(f"{name}.css")))


def style_in(scheme: str) -> str:
    """The style as it is in ``light`` or ``dark``, whatever the browser prefers; "" leaves it to the browser."""
    query = "@media (prefers-color-scheme:dark)"
    if not scheme:
        return style()
    return style().replace(query, "@media all" if scheme == "dark" else "@media not all")


@_kept
def script(name: str = "leave") -> str:
    """One of SCRIPTS: that of every page, or what goes beside it."""
    return str(rjsmin.jsmin(_read(f"{name}.js")))


@_kept
def icon() -> str:
    """The address of the icon: a plain dot that names nothing, as data, so that it costs no request."""
    return "data:image/svg+xml," + quote(" ".join(_read("icon.svg").split()), safe=" =:/'")


@_kept
def style_hashes() -> list[str]:
    return [hash_of(style(name)) for name in STYLES]


@_kept
def script_hashes() -> list[str]:
    return [hash_of(script(name)) for name in SCRIPTS]


def hash_of(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _read(name: str) -> str:
    return Path(settings.BASE_DIR, "templates", "inline", name).read_text()
