"""Gets each new edition ready for questions beside the serving, so that no reader's search waits for an index."""

from __future__ import annotations

import threading
import time
from contextlib import suppress

from survivors import edition
from survivors.search.index import index_of
from toolkit.rendering import buttons
from toolkit.texts.edition_folder import NoEditionError
from toolkit.texts.languages import LANGUAGES

LOOKED_AT_EVERY = 0.2  # seconds
FIRST_QUERY = "misspeltt jingcha 999"


def keep_warm() -> threading.Thread:
    """Starts the thread that does it, as long as the process lives."""
    thread = threading.Thread(target=_watch, name="warming", daemon=True)
    thread.start()
    return thread


def warm(one: edition.Edition) -> None:
    """Reads an edition's texts and builds its indexes; then questions are answered from it."""
    with buttons.in_force(lambda: one.guide.buttons):
        index = index_of(one)
        for language in LANGUAGES:
            index.prepare(language)
            index.find(FIRST_QUERY, language)  # reads the language data
    edition.is_warm(one)


def _watch() -> None:
    last: edition.Edition | None = None
    while True:
        with suppress(NoEditionError, OSError):
            now = edition.current()
            if now is not last:
                warm(now)
                last = now
        time.sleep(LOOKED_AT_EVERY)
