"""A finished answer to a reader: made once, kept in every encoding that a browser may ask for."""

import gzip
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath

import brotli

# Brotli's best takes 60 ms a page, which a publication that stands on forty pages cannot wait for; this takes 3 ms and
# is still smaller than gzip's best.
BROTLI_QUALITY = 6


# What an answer is, by the end of its address; without one of these it is a page.
FILE_TYPES = {
    ".json": "application/json",
    ".atom": "application/atom+xml",
    ".xml": "application/xml",
    ".txt": "text/plain; charset=utf-8",
}
PAGE_TYPE = "text/html; charset=utf-8"
# Data may be read by other sites' pages and be kept a while, which no page may.
DATA = "/api/"
_DATA_HEADERS = {
    "Cache-Control": "public, max-age=300",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


class CannotBeMadeError(Exception):
    """What is answered at an address cannot be made of the texts: of the page at ``path`` in ``language``."""

    def __init__(self, path: str, language: str) -> None:
        super().__init__(f"{language} {path}")
        self.path, self.language = path, language


@dataclass(frozen=True)
class Answer:
    """``bodies``: by content encoding, "" is none. A redirect has a ``location`` and no body."""

    status: int = 200
    bodies: Mapping[str, bytes] = field(default_factory=dict)
    location: str = ""

    @cached_property
    def tag(self) -> str:
        """Names the body, for whoever asks again (ETag)."""
        return f'W/"{hashlib.sha256(self.bodies[""]).hexdigest()[:32]}"' if self.bodies else ""


@dataclass(frozen=True, slots=True)
class Maker:
    """How one address is answered: ``make`` gives the page, in ``language`` (which is active while it runs).

    Without a language it is a file of data: what it stands on counts in all languages, and a publication does not
    wait for it before it is sure.

    ``renew`` gives the page of which only the help lines at the top have changed since, from what it was; "" where it
    has no place for them.
    """

    language: str
    make: Callable[[], str] | None = None
    status: int = 200
    location: str = ""
    renew: Callable[[str], str] | None = None


def content_type(address: str) -> str:
    return FILE_TYPES.get(PurePosixPath(address).suffix, PAGE_TYPE) if is_file(address) else PAGE_TYPE


def is_file(address: str) -> bool:
    """Whether it is an answer of another kind than a page (``/en/types/``, ``404 en``)."""
    return address.startswith("/") and not address.endswith("/")


def headers_at(address: str, headers: Mapping[str, str]) -> dict[str, str]:
    """What goes with a good answer at an address, where ``headers`` go with a page."""
    return {**headers, **(_DATA_HEADERS if address.startswith(DATA) else {})}


def compressed(html: bytes) -> dict[str, bytes]:
    return {"br": brotli.compress(html, quality=BROTLI_QUALITY), "gzip": gzip.compress(html, mtime=0), "": html}
