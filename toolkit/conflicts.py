"""A file and the site that differ: the three answers a person can give."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction

from toolkit import models
from toolkit.live import StaleTextError, agree, publish, text_of
from toolkit.models import AuditEntry, Draft, UnitState
from toolkit.texts.canonical import digest
from toolkit.texts.page import read_part


class AnsweredError(Exception):
    """Someone else has decided, or the file has changed again, since the page was shown."""


def waiting() -> list[UnitState]:
    """What waits for a decision."""
    return list(UnitState.objects.exclude(hold="").select_related("page").order_by("page__path", "part"))


def keep_the_sites(state: UnitState, seen: str, user: User) -> None:
    """The live text stays, and is to be written to the files. ``seen`` is the digest of the file's text as shown."""
    with transaction.atomic():
        current = _still(state, seen)
        agree(current.page.path, current.part, seen)
        AuditEntry.add(user, "kept the site's text", f"{current.page} {current.part}")


def use_the_files(state: UnitState, seen: str, user: User, live: str | None) -> None:
    """The file's text becomes the live text. ``live`` is the digest of the live text as shown."""
    with transaction.atomic():
        current = _still(state, seen)
        path, part = current.page.path, current.part
        try:
            value = read_part(part, current.held)
            publish(path, part, value, origin="files", expected=live, author=user, reason="the files' text")
        except StaleTextError:
            raise AnsweredError from None
        agree(path, part, seen)
        AuditEntry.add(user, "used the files' text", f"{current.page} {part}")


def combine(draft: Draft, state: UnitState) -> None:
    """The draft answers the conflict once it is published; until then the site's text goes on serving."""
    draft.answers = digest(state.held)
    draft.save(update_fields=["answers"])


def base_text(state: UnitState) -> str:
    """What file and site last agreed on, "" where they never did."""
    return (text_of(state.page.path, state.part, state.base) if state.base else None) or ""


def _still(state: UnitState, seen: str) -> UnitState:
    current = models.UnitState.objects.select_for_update().select_related("page").get(pk=state.pk)
    if not current.hold or digest(current.held) != seen:
        raise AnsweredError
    return current
