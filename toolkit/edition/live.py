"""The guide as it stands now, in memory, straight from the database: for developers, previews and tests.

Readers are served from the edition folder by a process without a database (survivors/edition.py).
"""

import threading
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import DatabaseError

from toolkit.edition import versions
from toolkit.edition.making import answers_of
from toolkit.live import change_notes, live_site
from toolkit.models import ContentVersion
from toolkit.rendering.answers import Answer, compressed
from toolkit.rendering.guide import Guide
from toolkit.texts.languages import SOURCE

ANSWERS_KEPT = 2000


class LiveEdition:
    """One state of the guide: its version, its pages and records, and the answers made of it so far."""

    def __init__(self, version: int, guide: Guide) -> None:
        self.version = version
        self.guide = guide
        self._makers = dict(answers_of(guide))
        self.answer = lru_cache(maxsize=0 if settings.DEBUG else ANSWERS_KEPT)(self._answer)

    def _answer(self, address: str) -> Answer | None:
        """What is answered at an address, or to an error (``404 en``); None where there is nothing."""
        maker = self._makers.get(address)
        if maker is None:
            return None
        if maker.make is None:
            return Answer(maker.status, {}, maker.location)
        with self.guide.speaking(maker.language or SOURCE):
            return Answer(maker.status, compressed(maker.make().encode()))

    def text(self, name: str) -> str | None:
        """A text that was published at some time, by its digest."""
        return versions.texts_of([name]).get(name)


_lock = threading.Lock()
_edition: LiveEdition | None = None
_made_of: tuple[Any, ...] = ()
_guide = Guide({})


def forget() -> None:
    """As a new process is."""
    global _edition
    _edition = None


def current() -> LiveEdition:
    """The edition that is live. While the database is away, the last one goes on serving."""
    global _edition
    try:
        version = ContentVersion.current()
        with _lock:
            if _edition is None or _edition.version != version:
                _edition = LiveEdition(version, _guide_now())
            return _edition
    except DatabaseError:
        if _edition is None:
            raise
        return _edition


def _guide_now() -> Guide:
    """The guide of the live texts: where none is another than before, the same one, with what was made of it."""
    global _guide, _made_of
    texts = (live_site(), change_notes(), versions.published())
    if texts != _made_of:
        _guide, _made_of = Guide.of(*texts), texts
    return _guide
