"""The edition: what is published, finished and written to a folder that readers are served from.

``write`` brings the folder up to the live texts. ``rehearse`` makes what would change before it is published; what it
made lies in the folder for the ``write`` that follows. Both cost what has changed, not what there is.
"""

import hashlib
import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import date
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from toolkit.edition import remembered, versions, web_servers
from toolkit.edition.making import Made, MadeBefore, answers, answers_of, can_be_made, values_of
from toolkit.live import change_notes, live_site
from toolkit.rendering.answers import compressed
from toolkit.rendering.guide import Guide
from toolkit.rendering.watching import Faces, Needs, Parts, changes_of
from toolkit.texts.canonical import digest
from toolkit.texts.edition_folder import EditionFolder, Manifest, NoEditionError, body_name
from toolkit.texts.languages import ALL_PARTS
from toolkit.texts.page import ChangeNote, Part, Site, write_part

FACES_KEPT = 200_000
# Every so many editions, what the latest do not stand on is taken away.
CLEARED_EVERY = 20
# Threads that compress, and how many bodies wait for them: a processor each, and little memory.
COMPRESSING, TOGETHER = 2, 100

Answers = Mapping[str, Mapping[str, Any]]

_LOG = logging.getLogger(__name__)
_lock = threading.RLock()
_before: MadeBefore | None = None
_faces: Faces = {}
_parts: Parts = {}
_needs_before: Needs | None = None
_texts_known: dict[int, tuple[Part, tuple[str, str]]] = {}


def forget() -> None:
    """As a new process is: what was made before is known from the folder alone."""
    global _before, _needs_before
    _before = _needs_before = None
    _parts.clear()


def folder() -> EditionFolder:
    return EditionFolder(settings.DATA_DIR / "edition")


def write() -> Manifest:
    """Brings the folder up to what is live, if it is behind; returns the edition that is current then.

    Raises NoEditionError where nothing is live: an empty database, whoever made it, takes nothing from readers.
    """
    target = folder()
    with _lock, target.locked():
        site, notes = live_site(), change_notes()
        if not site:
            raise NoEditionError("nothing is published in this database; readers keep what they have")
        texts = _texts(site)
        current = _current(target)
        if current and not _is_behind(current, _digests(texts), notes):
            if not target.is_laid_out(current):  # as after ``restore``
                target.lay_out(current, None)
            web_servers.tell(target, current)  # the folder may have been moved
            return current
        history = versions.published()
        needs = _needs(site, _digests(texts), notes, history)
        made, failed = _make(target, needs)
        there = target.texts()
        for name, text in texts.values():
            if name not in there:
                target.keep_text(name, text)
        _keep_versions(target, history, there)
        # One page that fails holds up no other: it stays as it was, and is tried again each time.
        stay = {address: current.answers[address] for address in failed if current and address in current.answers}
        found = {address: _entry(one) for address, one in made.items()} | stay
        manifest = _manifest(current, needs, found, notes)
        target.make_current(manifest)
        target.lay_out(manifest, current)
        web_servers.tell(target, manifest)
        _remember(target, MadeBefore(code(), made, values_of(made, needs), needs.faces()))
        if manifest.version % CLEARED_EVERY == 0:
            target.clear_away()
        return manifest


def rehearse(site: Site) -> None:
    """Makes every answer that would change if ``site`` were live: what cannot be served cannot be published.

    Raises CannotBeMadeError. What cannot be made of the live texts either holds up nothing.
    """
    global _before
    with _lock:
        before = _made_before(folder())
        needs = _needs(site, _digests(_texts(site)), change_notes(), {})
        made: dict[str, Made] = {}
        # A body that could not be written is missing when the edition is, and made again.
        with suppress(OSError), _keeping(folder()) as keep:
            for address, one in answers(needs, before, folder(), keep, is_rehearsal=True):
                if isinstance(one, Made):
                    made[address] = one
                elif not _fails_already(address):
                    raise one
        # Data stay as they were made before: what they stand on has no language, and so keys of its own.
        data = {address: one for address, one in before.made.items() if not one.language}
        stood_on = {key: value for key, value in before.values.items() if not key[1]}
        _before = MadeBefore(code(), made | data, values_of(made, needs) | stood_on)


def _fails_already(address: str) -> bool:
    """Whether there is an answer that cannot be made of the live texts either, as after a fault in new code."""
    site, notes = live_site(), change_notes()
    needs = _needs(site, _digests(_texts(site)), notes, {})
    return address in dict(answers_of(needs.guide)) and not can_be_made(needs, address)


@lru_cache(maxsize=1)
def code() -> str:
    """Names the code, templates and words that answers are made with: other code makes everything anew."""
    found = hashlib.sha256()
    for name, pattern in (("toolkit", "*.py"), ("survivors", "*.py"), ("templates", "*"), ("locale", "*.mo")):
        for path in sorted((settings.BASE_DIR / name).rglob(pattern)):
            if path.is_file() and not {"staff", "admin"} & set(path.parts):
                found.update(path.read_bytes())
    found.update(repr((settings.EXIT_URLS, settings.PUBLIC_URL, settings.ONE_ENTRY_NAVIGATION)).encode())
    return found.hexdigest()[:16]


def is_behind() -> bool:
    """Whether the folder holds something else than what is live."""
    current = _current(folder())
    if current is None:
        return True
    return _is_behind(current, _digests(_texts(live_site())), change_notes())


def _is_behind(current: Manifest, digests: Mapping[str, str], notes: Mapping[str, list[ChangeNote]]) -> bool:
    day_has_come = bool(current.until) and date.fromisoformat(current.until) <= timezone.localdate()
    same = (current.code, current.texts, current.notes) == (code(), digests, changes_of(notes))
    return day_has_come or not same


def _needs(
    site: Site, digests: Mapping[str, str], notes: Mapping[str, list[ChangeNote]], history: versions.Versions
) -> Needs:
    global _needs_before
    if len(_faces) > FACES_KEPT:
        _faces.clear()
    guide = Guide.of(site, notes, history)
    _needs_before = Needs(guide, digests, timezone.localdate(), _faces, _parts, _needs_before)
    return _needs_before


def _make(target: EditionFolder, needs: Needs) -> tuple[dict[str, Made], set[str]]:
    """The answers that could be made, with their bodies in the folder, and the addresses of those that could not."""
    made: dict[str, Made] = {}
    failed: set[str] = set()
    with _keeping(target) as keep:
        for address, one in answers(needs, _made_before(target), target, keep):
            if isinstance(one, Made):
                made[address] = one
            else:
                failed.add(address)
                _LOG.error("%s cannot be made and stays as it was: %s", address, type(one.__cause__).__name__)
    return made, failed


def _manifest(
    current: Manifest | None, needs: Needs, found: Answers, notes: Mapping[str, list[ChangeNote]]
) -> Manifest:
    until = needs.next_day()
    return Manifest(
        version=(current.version if current else 0) + 1,
        made=timezone.now().isoformat(timespec="seconds"),
        code=code(),
        texts=needs.digests,
        answers=found,
        notes=changes_of(notes),
        headers=import_string(settings.READER_HEADERS)(),
        until=until.isoformat() if until else "",
    )


def _keep_versions(target: EditionFolder, history: versions.Versions, there: set[str]) -> None:
    """The texts of older versions, which readers can ask for too. ``there``: those that the folder had."""
    named = {name for all_of_page in history.values() for one in all_of_page for name in one.texts.values()}
    for name, text in versions.texts_of(sorted(named - there)).items():
        target.keep_text(name, text)


def _entry(made: Made) -> dict[str, Any]:
    found = {"status": made.status, "location": made.location, "body": made.body}
    return {name: value for name, value in found.items() if value}


def _made_before(target: EditionFolder) -> MadeBefore:
    """What is known of what was made, by this process or an earlier one; nothing where the code was another."""
    global _before
    if _before is None:
        found = remembered.read(target.root)
        _before = found if found.code == code() else MadeBefore(code())
        _faces.update(_before.faces)
    return _before


def _remember(target: EditionFolder, made: MadeBefore) -> None:
    global _before
    _before = made
    remembered.write(target.root, made)


@contextmanager
def _keeping(target: EditionFolder) -> Iterator[Callable[[str], str]]:
    """Gives what keeps a body and says its name. All are in the folder when this ends, or it raises OSError.

    Making, compressing and writing take turns: at once, they would wait for each other at every step.
    """
    new: dict[str, bytes] = {}

    def keep(html: str) -> str:
        raw = html.encode()
        name = body_name(raw)
        if name not in new and not target.has_body(name):
            new[name] = raw
            if len(new) >= TOGETHER:
                keep_new()
        return name

    def keep_new() -> None:
        for bodies in [*writers.map(compressed, new.values())]:
            target.keep_body(bodies)
        new.clear()

    with ThreadPoolExecutor(COMPRESSING) as writers:
        yield keep
        keep_new()


def _current(target: EditionFolder) -> Manifest | None:
    try:
        return target.manifest()
    except NoEditionError:
        return None


def _texts(site: Site) -> dict[str, tuple[str, str]]:
    """Unit -> digest and text."""
    return {
        f"{path}|{part}": _written(value)
        for path, page in site.items()
        for part in ALL_PARTS
        if (value := page.part(part))
    }


def _written(value: Part) -> tuple[str, str]:
    """A text and its digest; remembered by the object, since most of a site is the same objects as before."""
    known = _texts_known.get(id(value))
    if known is None or known[0] is not value:
        text = write_part(value)
        if len(_texts_known) > FACES_KEPT:
            _texts_known.clear()
        known = _texts_known[id(value)] = (value, (digest(text), text))
    return known[1]


def _digests(texts: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    return {unit: name for unit, (name, _) in texts.items()}
