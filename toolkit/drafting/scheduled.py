"""Drafts that go live by themselves on a day that a Publisher has set, checked again on that day."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate

from toolkit import roles
from toolkit.drafting.changing import Said
from toolkit.drafting.drafts import OtherWindowError, OvertakenError, no_day
from toolkit.drafting.making import is_whole
from toolkit.drafting.together import TwiceError, publish_together
from toolkit.live import NotFitError, StaleTextError, live_site, one_at_a_time
from toolkit.models import AuditEntry, Draft, Event, UnitState
from toolkit.texts.languages import LANGUAGES, SOURCE

# Why a draft was not published on its day. The words for it stand in toolkit/admin/drafting/scheduling.py.
OVERTAKEN, NOT_FIT, CONFLICT, TWICE, NOBODY = REFUSED = "overtaken", "not-fit", "conflict", "twice", "nobody"


class NoFutureDayError(Exception):
    """The day is today, or was before."""


def set_for(draft: Draft, user: User, day: date, *, reason: str, note: str = "", is_minor: bool = False) -> None:
    """It goes live on a day (Malaysian). Raises NoFutureDayError, OtherWindowError when the draft has changed."""
    if day <= localdate():
        raise NoFutureDayError(str(day))
    with transaction.atomic():
        seen, draft = draft.version, Draft.objects.select_for_update().get(pk=draft.pk)
        if draft.version != seen or not draft.is_open:
            raise OtherWindowError(draft)
        draft.goes_live, draft.set_by, draft.refused = day, user, ""
        draft.set_with = {"reason": reason, "note": note, "is_minor": is_minor}
        draft.save()
        AuditEntry.add(user, Event.SET_FOR_A_DAY, f"{draft.page} {draft.part} {day}", page=draft.page, part=draft.part)


def take_day_away(draft: Draft, user: User) -> None:
    with transaction.atomic():
        draft = Draft.objects.select_for_update().get(pk=draft.pk)
        if draft.is_open and draft.goes_live:
            no_day(draft)
            draft.save()
            AuditEntry.of_text(user, Event.DAY_TAKEN_AWAY, draft.page, draft.part)


def set_drafts() -> QuerySet[Draft]:
    """Those that wait for their day, and those that did not go live on it; the earliest first."""
    opened = Draft.objects.filter(state__in=Draft.OPEN, goes_live__isnull=False)
    return opened.select_related("page", "author", "set_by").order_by("goes_live", "page__path", "pk")


def publish_due(today: date | None = None) -> list[Draft]:
    """Publishes what has its day, the texts of a page together; returns the drafts of which the day has come.

    What is not fit is not published, nor tried again: a Publisher decides (``refused`` says why). A process that was
    not there at midnight makes up for it; two at once do not publish twice.
    """
    today = today or localdate()
    waiting = set_drafts().filter(goes_live__lte=today, refused="")
    found: list[Draft] = []
    for _day_and_page, some in groupby(waiting, key=lambda one: (one.goes_live, one.page_id)):
        found += _publish(list(some), today)
    return found


def _publish(some: Sequence[Draft], today: date) -> list[Draft]:
    """One page's drafts of a day. They are looked at again, as another process may have been quicker."""
    with transaction.atomic():
        one_at_a_time()
        still = set_drafts().filter(pk__in=[one.pk for one in some], goes_live__lte=today, refused="")
        together = list(still)
        if not together:
            return []
        why = _why_not(together)
        if not why:
            user = together[0].set_by
            assert user is not None  # noqa: S101 (_why_not)
            try:
                with transaction.atomic():
                    publish_together(together, user, said_of(together))
            except (OvertakenError, OtherWindowError, StaleTextError):
                why = OVERTAKEN
            except NotFitError:
                why = NOT_FIT
            except TwiceError:
                why = TWICE
        for draft in together if why else ():
            Draft.objects.filter(pk=draft.pk).update(refused=why)
            AuditEntry.of_text(draft.set_by, Event.NOT_PUBLISHED, draft.page, draft.part)
        return together


def _why_not(together: Sequence[Draft]) -> str:
    setters = [one.set_by for one in together]
    if not all(one and one.is_active and roles.may_publish(one) for one in setters):
        return NOBODY
    if together[0].page.path not in live_site() and not is_whole(list(together)):
        return NOT_FIT
    parts = [one.part for one in together if not one.answers]
    held = UnitState.objects.filter(page=together[0].page, part__in=parts).exclude(hold="")
    return CONFLICT if held.exists() else ""


def said_of(together: Iterable[Draft]) -> Said:
    """What the Publisher said of the drafts when she set them; the publication is minor if all of them are."""
    with_them = [(one.part if one.part in LANGUAGES else SOURCE, one.set_with) for one in together]
    return Said(
        reason="; ".join(dict.fromkeys(said.get("reason", "") for _part, said in with_them))[:300],
        notes={part: said["note"] for part, said in with_them if said.get("note")},
        is_minor=all(said.get("is_minor") for _part, said in with_them),
    )
