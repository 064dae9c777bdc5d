"""The guide as it stands now, in memory: built from the live texts, replaced whole when they change.

A page costs one query, for the number that grows with every change of content. Finished pages are kept compressed.
"""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable
from functools import lru_cache

import brotli
from django.conf import settings
from django.db import DatabaseError

from toolkit import history
from toolkit.models import ContentVersion
from toolkit.rendering.guide import Guide
from toolkit.texts.check import judge
from toolkit.texts.folder import read_folder

PAGES_KEPT = 2000


class Edition:
    """One state of the guide: version, pages and records, and the finished pages made from it so far."""

    def __init__(self, version: int, guide: Guide) -> None:
        self.version = version
        self.guide = guide
        self.finished = lru_cache(maxsize=0 if settings.DEBUG else PAGES_KEPT)(self._finish)

    def _finish(self, make: Callable[[Guide, str, str], str], language: str, path: str) -> dict[str, bytes]:
        """A page in every encoding a browser may ask for ("" is none)."""
        html = make(self.guide, language, path).encode()
        return {"br": brotli.compress(html), "gzip": gzip.compress(html, mtime=0), "": html}


_lock = threading.Lock()
_edition: Edition | None = None


def current() -> Edition:
    """The edition that is live. While the database is away, the last one goes on serving."""
    global _edition
    try:
        version = ContentVersion.current()
        with _lock:
            if _edition is None or _edition.version != version:
                _edition = Edition(version, Guide.of(history.live_site(), history.change_notes()))
            return _edition
    except DatabaseError:
        if _edition is None:
            raise
        return _edition


def whatever_there_is() -> Guide:
    """A guide for error pages, which must carry help whatever has failed: from memory, database or files."""
    try:
        return current().guide
    except Exception:  # the page that reports a failure must not fail
        return Guide.of(judge(read_folder(settings.CONTENT_DIR), {}).site)
