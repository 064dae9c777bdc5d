"""The staff's first page: what waits for her, then the pages by section."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from toolkit import roles
from toolkit.admin.keeping import calls
from toolkit.admin.making.scheduling import failed_for
from toolkit.admin.showing import text_name
from toolkit.admin.talking.became import became, may_read
from toolkit.admin.talking.remarks import waiting_for
from toolkit.admin.talking.unread import queues
from toolkit.drafting import making
from toolkit.files import conflicts
from toolkit.keeping import doubts, due
from toolkit.live import live_site
from toolkit.models import Draft
from toolkit.rendering.guide import Guide
from toolkit.talking import remarks
from toolkit.texts.languages import SELF_NAMES, SOURCE, TRANSLATIONS
from toolkit.texts.page import Site, TranslationState


def work(user: User) -> dict[str, Any]:
    """What the first page shows to ``user``."""
    doubts.collect()
    return _found(user)


def waits_for(user: User) -> bool:
    """Whether there is something that only she, or few besides her, can do: what she is told of by e-mail."""
    found = _found(user)
    hers = ("news", "decisions", "set_drafts", "reviews", "to_read", "remarks")
    return any(found[name] for name in hers) or bool(found["counts"].mine)


def _found(user: User) -> dict[str, Any]:
    site = live_site()
    opened = Draft.objects.filter(state__in=Draft.OPEN).select_related("page", "author", "reviewer", "batch")
    waiting = [one for one in opened if one.state == Draft.REVIEW]
    may_publish = roles.may_publish(user)
    said = waiting_for(user)
    found = {
        "news": became(user, site),
        "decisions": [
            {"unit": one, "name": text_name(one.page, one.part), "is_rollback": one.hold == "rollback"}
            for one in (conflicts.waiting() if may_publish else ())
        ],
        "set_drafts": failed_for(user),
        "reviews": _piles((one for one in waiting if may_publish and not one.goes_live), site),
        "to_read": [
            {"draft": one, "name": text_name(one.page, one.part)}
            for one in waiting
            if not may_publish and may_read(user, one) and not one.reviewer
        ],
        "remarks": len(said),
        "from_outside": sum(one.reader_id is not None for one in said),
        "to_call": calls.waiting(user, site),
        "mine": _piles((one for one in opened if one.author_id == user.pk), site, is_hers=True),
        "counts": due.counts(user, timezone.localdate()),
        "outdated": _outdated(site, user),
        "unread": queues(site, user),
        "sections": _sections(Guide.of(site)),
    }
    return found | {"is_all_well": _is_all_well(found, site)}


def _is_all_well(found: dict[str, Any], site: Site) -> bool:
    """Whether nothing waits for anyone: then, and only then, everything is checked and current."""
    lists = ("news", "decisions", "set_drafts", "reviews", "to_read", "mine", "remarks", "to_call", "unread")
    counts = found["counts"]
    if any(found[name] for name in lists) or counts.overdue or counts.broken_links or counts.doubts:
        return False
    if remarks.waiting().exists() or Draft.objects.filter(state=Draft.REVIEW).exists() or conflicts.waiting():
        return False
    states = {page.state(language) for page in site.values() for language in TRANSLATIONS}
    return states <= {TranslationState.CURRENT}


def _piles(found: Iterable[Draft], site: Site, *, is_hers: bool = False) -> list[dict[str, Any]]:
    """A line for each piece of work: a batch is one, and so are the texts of a page that is being made."""
    piles: dict[tuple[str, int], list[Draft]] = {}
    for one in found:
        is_new = one.part != Draft.ADDRESS and one.page.path not in site and not one.page.is_retired
        kind = ("batch", one.batch_id) if one.batch_id else ("page", one.page_id) if is_new else ("draft", one.pk)
        piles.setdefault(kind, []).append(one)
    return [_pile(kind, some, site, is_hers=is_hers) for (kind, _key), some in piles.items()]


def _pile(kind: str, some: list[Draft], site: Site, *, is_hers: bool) -> dict[str, Any]:
    """``number``: how many texts are one piece of work, 0 for a single draft. She goes on writing where it is hers."""
    first = some[0]
    page, name = first.page, text_name(first.page, first.part)
    if kind == "batch" and first.batch:
        href, name = reverse("admin:batch", args=[first.batch.pk]), first.batch.reason or name
    elif kind == "page":
        href, name = reverse("admin:make", args=[page.path]), making.heading_of(page.path, site) or str(page)
    elif is_hers and first.part != Draft.ADDRESS:
        href = reverse("admin:unit", args=[page.path, first.part])
    else:
        href = reverse("admin:draft", args=[first.pk])
    return {
        "draft": first, "href": href, "name": name, "number": 0 if kind == "draft" else len(some),
        "remarks": remarks.waiting().filter(draft__in=some).count(),
        "waits": all(one.state == Draft.REVIEW for one in some),
    }  # fmt: skip


def _outdated(site: Site, user: User) -> list[tuple[str, str, int]]:
    """(language, its name, number of texts older than the English) of the languages that she writes."""
    found = []
    for language in TRANSLATIONS:
        n = sum(page.state(language) is TranslationState.OUTDATED for page in site.values())
        if n and roles.may_draft(user, language):
            found.append((language, SELF_NAMES[language], n))
    return found


def _sections(guide: Guide) -> list[dict[str, Any]]:
    return [
        {"path": one.path, "title": one.prose[SOURCE].h1, "number": len(guide.children(one.path))}
        for one in guide.sections
    ]
