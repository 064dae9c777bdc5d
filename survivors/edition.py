"""The edition that readers get: answers and texts from a folder, which another process writes. No database.

The folder's pointer is looked at a few times a second; whatever happens to the folder afterwards, the last edition
that could be read goes on serving.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from functools import cache, cached_property
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from toolkit.rendering.answers import Answer
from toolkit.rendering.guide import Guide
from toolkit.texts.edition_folder import SUFFIXES, EditionFolder, Manifest, NoEditionError

LOOKED_AT_EVERY = 0.2  # seconds
BODIES_KEPT = 64 * 1024 * 1024  # bytes


class Edition(Protocol):
    """One state of the guide."""

    @property
    def version(self) -> int: ...

    @property
    def guide(self) -> Guide:
        """For what is asked: search, plan, directories."""
        ...

    def answer(self, address: str) -> Answer | None:
        """What is answered at an address, or to an error (``404 en``); None where there is nothing."""
        ...

    def text(self, name: str) -> str | None:
        """A text that was published at some time, by its digest."""
        ...


def current() -> Edition:
    """The edition to serve from (setting EDITION). Raises NoEditionError where nothing was ever published."""
    found: Edition = _source(settings.EDITION)()
    return found


_source = cache(import_string)


def for_questions() -> Edition:
    """The edition that search, plan and directories answer from: the one made ready here (survivors/warming.py), else
    the newest."""
    return _warm or current()


def is_warm(edition: Edition) -> None:
    """From now on questions are answered from this edition."""
    global _warm
    _warm = edition


_warm: Edition | None = None


def forget() -> None:
    """As a new process is."""
    global _warm
    _warm = None
    _watches.clear()


class WrittenEdition:
    """An edition in its folder. Answers are read when they are first asked for, and kept within limits."""

    def __init__(self, folder: EditionFolder, manifest: Manifest, before: WrittenEdition | None = None) -> None:
        self.folder, self.manifest = folder, manifest
        self._bodies: _Bodies = before._bodies if before else _Bodies()
        self._before = before if before and "guide" in before.__dict__ else None

    @property
    def version(self) -> int:
        return self.manifest.version

    @cached_property
    def guide(self) -> Guide:
        before, self._before = self._before, None
        site = self.folder.site(
            self.manifest, before.guide.site if before else None, before.manifest.texts if before else None
        )
        return Guide.of(site, self.manifest.change_notes())

    def answer(self, address: str) -> Answer | None:
        entry = self.manifest.answers.get(address)
        if entry is None:
            return None
        if not entry.get("body"):
            return Answer(entry["status"], {}, entry.get("location", ""))
        name, status = entry["body"], entry["status"]
        if found := self._bodies.get(f"{status} {name}"):
            return found
        answer = Answer(status, {encoding: self.folder.body(name, encoding) for encoding in SUFFIXES})
        self._bodies.keep(f"{status} {name}", answer)
        return answer

    def text(self, name: str) -> str | None:
        return self.folder.text(name) if self.folder.has_text(name) else None


class _Bodies:
    """The answers that were asked for last, as many as fit in BODIES_KEPT."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._answers: OrderedDict[str, Answer] = OrderedDict()
        self._size = 0

    def get(self, key: str) -> Answer | None:
        with self._lock:
            if found := self._answers.get(key):
                self._answers.move_to_end(key)
            return found

    def keep(self, key: str, answer: Answer) -> None:
        with self._lock:
            if key in self._answers:
                return
            self._answers[key] = answer
            self._size += _size(answer)
            while self._size > BODIES_KEPT and len(self._answers) > 1:
                self._size -= _size(self._answers.popitem(last=False)[1])


def _size(answer: Answer) -> int:
    return sum(len(body) for body in answer.bodies.values())


class _Watch:
    """The current edition of a folder, looked at now and then."""

    def __init__(self, folder: EditionFolder) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._stamp = 0
        self._looked = float("-inf")
        self._edition: WrittenEdition | None = None

    def edition(self) -> WrittenEdition:
        now = time.monotonic()
        if now - self._looked >= LOOKED_AT_EVERY or self._edition is None:
            with self._lock:
                self._look(now)
        if self._edition is None:
            raise NoEditionError("nothing has been published yet")
        return self._edition

    def _look(self, now: float) -> None:
        self._looked = now
        stamp = self._folder.stamp()
        if not stamp or (stamp == self._stamp and self._edition):
            return
        try:
            self._edition = WrittenEdition(self._folder, self._folder.manifest(), self._edition)
            self._stamp = stamp
        except NoEditionError:
            if self._edition is None:
                raise


_watches: dict[object, _Watch] = {}


def from_folder() -> WrittenEdition:
    """The edition in ``DATA_DIR/edition``."""
    data = settings.DATA_DIR
    if data not in _watches:
        _watches[data] = _Watch(EditionFolder(data / "edition"))
    return _watches[data].edition()
