"""The live texts, and the only way to change them: ``publish``."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.timezone import localdate

from toolkit import models
from toolkit.texts.canonical import TextError, digest
from toolkit.texts.page import ChangeNote, PageTexts, Part, Site, read_part, write_part
from toolkit.texts.prose import Prose
from toolkit.translation import TRANSLATED, column

_LOG = logging.getLogger(__name__)

# What a text says is known by its part and digest, in every process, for ever. None: not readable by this code.
_parsed: dict[tuple[str, str], Part | None] = {}
# How many texts that are live no more are kept beside those that are, for drafts and comparisons.
_KEPT = 5000
# Databases limit how many values a query may name.
_AT_ONCE = 900


class StaleTextError(Exception):
    """The live text is no longer the one that the change was made from."""


def live_site() -> dict[str, PageTexts]:
    """What readers are served: path -> texts. One query, and the texts that this process has not read yet."""
    units = models.UnitState.objects.filter(live__isnull=False, page__is_retired=False).order_by("page__path")
    rows = list(units.values_list("page__path", "part", "live__digest", "live"))
    _read({(part, digest): revision for _, part, digest, revision in rows})
    site: dict[str, PageTexts] = {}
    for path, part, named, _ in rows:
        if value := _parsed[part, named]:
            site[path] = (site.get(path) or PageTexts(path)).with_part(part, value)
    return site


def change_notes() -> dict[str, list[ChangeNote]]:
    """What readers are told of major changes: path -> notes, newest first."""
    found: dict[str, list[ChangeNote]] = defaultdict(list)
    rows = models.Revision.objects.exclude(note="").values_list("page__path", "part", "created", "note")
    for path, part, created, note in rows:
        found[path].append(ChangeNote(part, localdate(created), note))
    return found


def live_text(site: Site, path: str, part: str) -> str | None:
    """The canonical live text of a unit, or None."""
    page = site.get(path)
    value = page.part(part) if page else None
    return write_part(value) if value else None


def publish(
    path: str,
    part: str,
    value: Part,
    *,
    origin: str,
    expected: str | None,
    author: User | None = None,
    reason: str = "",
    note: str = "",
) -> models.Revision:
    """Makes ``value`` the live text of a unit and keeps it in history, in one transaction.

    ``expected`` is the digest of the live text that the change was made from (None: there was none). ``reason`` is for
    colleagues, ``note`` for readers. Raises StaleTextError when the live text has changed since.
    """
    text = write_part(value)
    with transaction.atomic():
        page, _ = models.Page.objects.get_or_create(path=path)
        page = models.Page.objects.select_for_update().get(pk=page.pk)
        state = _state(page, part)
        if (state.live.digest if state.live else None) != expected:
            raise StaleTextError(f"{path} {part}")
        state.live = models.Revision.objects.create(
            page=page, part=part, digest=digest(text), text=text, origin=origin, author=author, reason=reason, note=note
        )
        state.save()
        if isinstance(value, Prose):
            _name_page(page, part, value)
        models.ContentVersion.advance()
        return state.live


def agree(path: str, part: str, agreed: str) -> None:
    """Records that file and site hold the same text of a unit; nothing waits for a decision any more."""
    state = _state(models.Page.objects.get(path=path), part)
    if state.base != agreed or state.hold:
        state.agreed = [*state.agreed, agreed]
        state.hold = state.held = ""
        state.save()


def hold(path: str, part: str, why: str, text: str) -> None:
    """Keeps the file's text of a unit until a person decides; the live text goes on serving."""
    with transaction.atomic():
        page = models.Page.objects.get(path=path)
        state = _state(page, part)
        if (state.hold, state.held) == (why, text):
            return
        state.hold, state.held = why, text
        state.save()
        models.Revision.objects.create(
            page=page, part=part, digest=digest(text), text=text, origin="files", was_live=False
        )


def text_of(path: str, part: str, wanted: str) -> str | None:
    """The text that a digest names, from the history of its unit."""
    found = models.Revision.objects.filter(page__path=path, part=part, digest=wanted).first()
    return found.text if found else None


def _state(page: models.Page, part: str) -> models.UnitState:
    state, _ = models.UnitState.objects.select_related("live").get_or_create(page=page, part=part)
    return state


def _read(live: dict[tuple[str, str], int]) -> None:
    """Sees to it that every live text is in ``_parsed``. ``live``: part and digest -> revision."""
    global _parsed
    unread = {revision: unit for unit, revision in live.items() if unit not in _parsed}
    if len(_parsed) + len(unread) > len(live) + _KEPT:
        _parsed = {unit: value for unit, value in _parsed.items() if unit in live}
    for some in _in_batches(list(unread)):
        for revision, text in models.Revision.objects.filter(pk__in=some).values_list("pk", "text"):
            _parsed[unread[revision]] = _parse(unread[revision][0], text)


def _parse(part: str, text: str) -> Part | None:
    try:
        return read_part(part, text)
    except TextError as error:
        # An older version of the project took it. The page goes on without it, and content_sync says what is missing.
        _LOG.error("a live text (%s %s) cannot be read any more: %s", part, digest(text), error)
        return None


def _in_batches(keys: list[int]) -> Iterable[list[int]]:
    return (keys[start : start + _AT_ONCE] for start in range(0, len(keys), _AT_ONCE))


def _name_page(page: models.Page, language: str, prose: Prose) -> None:
    """Title, heading and summary for lists and searches."""
    for name, value in zip(TRANSLATED, (prose.title, prose.h1, prose.summary), strict=True):
        setattr(page, column(name, language), value)
    page.save(update_fields=[column(name, language) for name in TRANSLATED])
