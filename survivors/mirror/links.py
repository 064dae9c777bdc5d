"""Addresses of the guide as links between the files of a mirror, which may lie anywhere: below a path, on a stick."""

import posixpath
import re
from functools import lru_cache

from toolkit.rendering.answers import FILE_TYPES

INDEX = "index.html"
# Of a short link, what stands after a dot is a language.
_FILE = re.compile(r"\.(?:html|js|svg|png|pdf|" + "|".join(ending.lstrip(".") for ending in FILE_TYPES) + ")$")
# Below the page for partners there are only sheets, codes and the whole guide on paper (survivors/partners).
_SHEET = re.compile(r'<a([^>]* )href="(/[a-z-]+/partners/[^"v][^"]*)">(.*?)</a>', re.DOTALL)
# Style and script stay as they are: the policy names their digests.
_LINK = re.compile(
    r'(<(?:script|style)>.*?</(?:script|style)>)|(\b(?:href|src|action|formaction)="|\bcontent="0; url=)(/(?!/)[^"]*)"',
    re.DOTALL,
)


def file_of(address: str) -> str:
    """The file with what is answered at an address: ``/en/types/`` -> ``en/types/index.html``."""
    path = address.strip("/")
    return path if _FILE.search(path) and not address.endswith("/") else posixpath.join(path, INDEX)


def linked(html: str, file: str) -> str:
    """A page whose links lead from its own file to the files of others."""
    folder = posixpath.dirname(file)
    return _LINK.sub(lambda found: found[1] or f'{found[2]}{relative(found[3], folder)}"', html)


def sheets_elsewhere(html: str, public: str) -> str:
    """A page whose links to what partners print lead to the site that makes it; without one they are words."""
    if public:
        return _SHEET.sub(rf'<a\1href="{public}\2" rel="noreferrer">\3</a>', html)
    return _SHEET.sub(r"<span>\3</span>", html)


def based(html: str, base: str) -> str:
    """A page that may be answered at any address, with links from the path that the mirror is served below."""
    return _LINK.sub(lambda found: found[1] or f'{found[2]}{base}{found[3][1:]}"', html)


@lru_cache(maxsize=20_000)
def relative(address: str, folder: str) -> str:
    path, mark, rest = re.fullmatch(r"([^?#]*)([?#]?)(.*)", address, re.DOTALL).groups()  # type: ignore[union-attr]
    return posixpath.relpath(file_of(path), folder or ".") + mark + rest
