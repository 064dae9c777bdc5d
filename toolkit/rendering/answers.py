"""A finished answer to a reader: made once, kept in every encoding that a browser may ask for."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import brotli

# Brotli's best takes 60 ms a page, which a publication that stands on forty pages cannot wait for; this takes 3 ms and
# is still smaller than gzip's best.
BROTLI_QUALITY = 6


class CannotBeMadeError(Exception):
    """What is answered at an address cannot be made of the texts: of the page at ``path`` in ``language``."""

    def __init__(self, path: str, language: str) -> None:
        super().__init__(f"{language} {path}")
        self.path, self.language = path, language


@dataclass(frozen=True, slots=True)
class Answer:
    """``bodies``: by content encoding, "" is none. A redirect has a ``location`` and no body."""

    status: int = 200
    bodies: Mapping[str, bytes] = field(default_factory=dict)
    location: str = ""


@dataclass(frozen=True, slots=True)
class Maker:
    """How one address is answered: ``make`` gives the HTML, in ``language`` (which is active while it runs)."""

    language: str
    make: Callable[[], str] | None = None
    status: int = 200
    location: str = ""


def compressed(html: bytes) -> dict[str, bytes]:
    return {"br": brotli.compress(html, quality=BROTLI_QUALITY), "gzip": gzip.compress(html, mtime=0), "": html}
