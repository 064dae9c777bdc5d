"""A file and the site that differ: the three answers a person can give."""

from dataclasses import replace

from django.contrib.auth.models import User
from django.db import transaction

from toolkit import live
from toolkit.judging import Change
from toolkit.models import AuditEntry, Cause, Draft, Event, UnitState
from toolkit.texts.canonical import digest
from toolkit.texts.page import read_part
from toolkit.texts.records.facts import Facts


class AnsweredError(Exception):
    """Someone else has decided, or the file has changed again, since the page was shown."""


def waiting() -> list[UnitState]:
    """What waits for a decision."""
    return list(UnitState.objects.exclude(hold="").select_related("page").order_by("page__path", "part"))


def keep_the_sites(state: UnitState, seen: str, user: User) -> None:
    """The live text stays, and is to be written to the files. ``seen`` is the digest of the file's text as shown."""
    with transaction.atomic():
        current = _still(state, seen)
        live.agree({(current.page.path, current.part): seen})
        AuditEntry.of_text(user, Event.KEPT_SITE, current.page, current.part)


def use_the_files(state: UnitState, seen: str, user: User, shown: str | None) -> None:
    """The file's text becomes the live text. ``shown`` is the digest of the live text as shown.

    Raises NotFitError where it would be wrong, or break another page.
    """
    with transaction.atomic():
        current = _still(state, seen)
        path, part = current.page.path, current.part
        value = read_part(part, current.held)
        if isinstance(value, Facts) and path in value.aliases:
            # The page is about to move: its address is an old one only once it has.
            value = replace(value, aliases=tuple(alias for alias in value.aliases if alias != path))
        try:
            change = Change.of(path, part, value, shown, agreed=seen)
            live.publish([change], origin="files", author=user, cause=Cause.FILES_CHOSEN)
        except live.StaleTextError:
            raise AnsweredError from None
        AuditEntry.of_text(user, Event.USED_FILES, current.page, part)


def combine(draft: Draft, state: UnitState) -> None:
    """The draft answers the conflict once it is published; until then the site's text goes on serving."""
    draft.answers = digest(state.held)
    draft.save(update_fields=["answers"])


def base_text(state: UnitState) -> str:
    """What file and site last agreed on, "" where they never did."""
    return (live.text_of(state.page.path, state.part, state.base) if state.base else None) or ""


def _still(state: UnitState, seen: str) -> UnitState:
    current: UnitState = UnitState.objects.select_for_update().select_related("page").get(pk=state.pk)
    if not current.hold or digest(current.held) != seen:
        raise AnsweredError
    return current
