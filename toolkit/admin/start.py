"""The staff's first page: what waits for her, then the pages by section."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from toolkit import roles
from toolkit.admin.showing import page_name, part_name
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
    site = live_site()
    opened = Draft.objects.filter(state__in=Draft.OPEN).select_related("page", "author")
    may_publish = roles.may_publish(user)
    return {
        "decisions": [
            {"unit": one, "name": _name(one), "is_rollback": one.hold == "rollback"}
            for one in (conflicts.waiting() if may_publish else ())
        ],
        "reviews": [_row(one) for one in opened if may_publish and one.state == Draft.REVIEW],
        "mine": [_row(one) for one in opened if one.author_id == user.pk],
        "counts": due.counts(user, timezone.localdate()),
        "outdated": _outdated(site, user),
        "sections": _sections(Guide.of(site)),
    }


def _row(draft: Draft) -> dict[str, Any]:
    return {"draft": draft, "name": _name(draft), "remarks": remarks.waiting().filter(draft=draft).count()}


def _name(one: Any) -> str:
    return f"{page_name(one.page)}, {part_name(one.part)}"


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
