"""Remarks on a text or a sentence of it, by colleagues and outside readers: said, answered, settled, never erased."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from toolkit.models import AuditEntry, Draft, Event, Page, Remark
from toolkit.texts.languages import FACTS, PLAN


@dataclass(frozen=True, slots=True)
class Thread:
    """A remark and its answers, oldest first. ``stands``: whether the text still has its sentence; None: not known."""

    remark: Remark
    answers: tuple[Remark, ...]
    stands: bool | None = None


def answer(to: Remark, author: User, words: str) -> Remark:
    """An answer to a remark; one to an answer stands below the same remark."""
    first = to.answers or to
    return Remark.objects.create(
        page=first.page, part=first.part, digest=first.digest, sentence=first.sentence, draft=first.draft,
        author=author, words=words, answers=first,
    )  # fmt: skip


def settle(one: Remark, user: User) -> None:
    """There is nothing left to do about a remark. It stays."""
    with transaction.atomic():
        if Remark.objects.filter(pk=one.pk, settled=None).update(settled=timezone.now(), settled_by=user):
            AuditEntry.of_text(user, Event.SETTLED, one.page, one.part)


def open_again(one: Remark) -> None:
    Remark.objects.filter(pk=one.pk).update(settled=None, settled_by=None)


def waiting(among: QuerySet[Remark] | None = None) -> QuerySet[Remark]:
    """The remarks that somebody has to do something about. That a sentence is right asks for nothing."""
    found = Remark.objects.all() if among is None else among
    return found.filter(answers=None, settled=None).exclude(verdict=Remark.RIGHT)


def of_text(page: Page, part: str, draft: Draft | None = None) -> QuerySet[Remark]:
    """What was said of the live text, on drafts that are drafts no more too, and of an open ``draft``."""
    is_of_it = Q(draft=None) | ~Q(draft__state__in=Draft.OPEN)
    return Remark.objects.filter(is_of_it | Q(draft=draft) if draft else is_of_it, page=page, part=part)


def threads(found: QuerySet[Remark], now: Iterable[str] | None = None) -> list[Thread]:
    """Remarks with their answers, oldest first. ``now``: the sentences that the text has today.

    Of facts and the plan an outside reader judges what readers are told, which is none of their pieces.
    """
    standing = None if now is None else set(now)
    chosen = found.filter(answers=None).select_related("page", "author", "reader", "settled_by", "draft")
    return [
        Thread(
            one,
            tuple(one.replies.all()),
            None
            if standing is None or not one.sentence or (one.reader and one.part in (FACTS, PLAN))
            else one.sentence in standing,
        )
        for one in chosen.order_by("pk").prefetch_related("replies__author")
    ]
