"""Who has read a draft, and what its author is told of what others made of it."""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from toolkit.models import AuditEntry, Draft, Event, Revision


def find_right(draft: Draft, user: User, seen: int) -> bool:
    """A colleague has read ``seen``, a version of a draft that waits, and it is right.

    False, and nothing is noted, when it is another version by now.
    """
    with transaction.atomic():
        draft = Draft.objects.select_for_update().get(pk=draft.pk)
        if draft.version != seen or draft.state != Draft.REVIEW:
            return False
        draft.reviewer = user
        draft.save(update_fields=["reviewer"])
        AuditEntry.of_text(user, Event.READ, draft.page, draft.part)
        return True


def read_by_publisher(draft: Draft, user: User) -> None:
    """Who publishes a colleague's draft has read it, where nobody else has said so."""
    if draft.author_id != user.pk and draft.reviewer_id is None:
        draft.reviewer = user


def keep_published(draft: Draft, user: User, revision: Revision) -> None:
    """The draft is the live text now; whoever writes another of the same text is told.

    The wordings from outside that it was made of ask for nothing more.
    """
    tell(draft, user, Draft.PUBLISHED)
    draft.revision = revision
    draft.save()
    draft.remarks.exclude(reader=None).filter(settled=None).update(settled=timezone.now(), settled_by=user)
    others = Draft.objects.filter(page=draft.page, part=draft.part, state__in=Draft.OPEN)
    others.exclude(author=user).update(is_known=False)


def tell(draft: Draft, user: User, state: str) -> None:
    """What another than its author made of a draft, she is told on her first page."""
    draft.state, draft.is_known = state, draft.author_id == user.pk


def know(draft: Draft, user: User) -> None:
    """Its author has seen what became of it."""
    if draft.author_id == user.pk and not draft.is_known:
        know_all([draft.pk], user)


def know_all(keys: Iterable[int], user: User) -> None:
    """The author has seen what became of these drafts of hers."""
    Draft.objects.filter(pk__in=keys, author=user).update(is_known=True)
