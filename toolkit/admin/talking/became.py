"""What became of a draft, as its author is told on her first page; and who may read it before it goes live."""

from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext

from toolkit import roles
from toolkit.admin.showing import text_name
from toolkit.admin.words.comparing import in_lines
from toolkit.drafting import drafts
from toolkit.models import AuditEntry, Draft, Event, Revision
from toolkit.talking import remarks
from toolkit.texts.canonical import digest
from toolkit.texts.page import Site


def may_read(user: User, draft: Draft) -> bool:
    """Whether her word that a draft is right is asked for: it waits, and is of a text that she could have written."""
    waits = draft.state == Draft.REVIEW and draft.author_id != user.pk and draft.reviewer_id != user.pk
    return waits and roles.may_draft(user, draft.part)


def became(user: User, site: Site) -> list[dict[str, Any]]:
    """Her drafts of which others have made something that she has not seen yet, the newest first."""
    news = Draft.objects.filter(author=user, is_known=False).select_related("page", "revision__author")
    return [{"draft": one, "name": text_name(one.page, one.part), "says": _says(one, site)} for one in news]


def _reads_otherwise(draft: Draft, revision: Revision) -> bool:
    """Which English a translation follows is noted when it is published: that is no other word."""
    if revision.digest == digest(draft.text):
        return False
    return in_lines(draft.part, revision.text) != in_lines(draft.part, draft.text)


def _says(draft: Draft, site: Site) -> list[str]:
    if draft.state == Draft.PUBLISHED and draft.revision:
        said = [gettext("Published by %(name)s. Readers see it.") % {"name": draft.revision.author}]
        if draft.part != Draft.ADDRESS and _reads_otherwise(draft, draft.revision):
            said.append(gettext("It is not word for word your draft: look at the version."))
        return said
    if draft.state == Draft.SET_ASIDE:
        done = AuditEntry.objects.filter(page=draft.page, part=draft.part, event=Event.SET_ASIDE).first()
        return [gettext("Discarded by %(name)s. It is kept in the history.") % {"name": done.who if done else "?"}]
    said = []
    back = AuditEntry.objects.filter(page=draft.page, part=draft.part, event=Event.SENT_BACK, at__gte=draft.updated)
    if draft.state == Draft.WRITING and (sent := back.last()):
        said.append(gettext("Sent back to you by %(name)s.") % {"name": sent.who})
    if remarks.waiting().filter(draft=draft).exists():
        said.append(gettext("There are remarks on it."))
    if draft.part != Draft.ADDRESS and drafts.is_overtaken(draft, site):
        newest = Revision.objects.filter(page=draft.page, part=draft.part, was_live=True).first()
        by = newest.author if newest and newest.author else gettext("The files")
        said.append(gettext("%(name)s: published another version of this text. Yours is kept.") % {"name": by})
    return said or [gettext("The text on the site has changed.")]
