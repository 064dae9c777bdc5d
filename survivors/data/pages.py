"""Pages as data: what each says in every language, what it stands on, and what it said before."""

from typing import Any

from django.utils import translation

from survivors.data import records
from survivors.data.addresses import feed_address, page_address, version_address, whole
from toolkit.rendering.directives import Place, address, prose_html
from toolkit.rendering.guide import Guide, facts_of
from toolkit.rendering.owner import licence
from toolkit.texts.languages import LANGUAGES, SOURCE
from toolkit.texts.lasting.short_links import code_of
from toolkit.texts.page import PageTexts, Version
from toolkit.texts.words import markup


def every_page(guide: Guide) -> dict[str, Any]:
    """All pages without their texts."""
    with translation.override(SOURCE):
        name, terms = licence(guide.owner)
    pages = [_about(guide, page, guide.versions.get(path, ())[-1:]) for path, page in sorted(guide.site.items())]
    return {"publisher": guide.owner.name, "licence": name, "licence_url": terms, "pages": pages}


def whole_page(guide: Guide, path: str) -> dict[str, Any]:
    """A page with its texts in all languages, its facts and its versions."""
    page, versions = guide.site[path], guide.versions.get(path, ())
    return _about(guide, page, versions[-1:]) | {
        "anchors": [
            {"anchor": anchor, "short": whole(guide, f"/p/{code_of(path, anchor)}")}
            for anchor in markup.anchors(page.prose[SOURCE].body)
        ],
        "anchor_aliases": dict(facts_of(page).anchor_aliases),
        "texts": {language: _text(guide, page, language) for language in LANGUAGES if language in page.prose},
        "facts": records.of_page(page),
        "versions": [_version(guide, path, one) for one in versions],
    }


def _about(guide: Guide, page: PageTexts, latest: tuple[Version, ...]) -> dict[str, Any]:
    facts, path = facts_of(page), page.path
    return {
        "path": path,
        "section": page.section,
        "position": facts.position,
        "checked": facts.checked.isoformat(),
        "version": latest[0].number if latest else 0,
        "published": latest[0].at.isoformat() if latest else "",
        "short": whole(guide, f"/p/{code_of(path)}"),
        "data": whole(guide, page_address(path)),
        "aliases": list(facts.aliases),
        "languages": {language: _in_language(guide, page, language) for language in LANGUAGES},
    }


def _in_language(guide: Guide, page: PageTexts, language: str) -> dict[str, str]:
    found = {
        "url": whole(guide, address(language, page.path)),
        "feed": whole(guide, feed_address(language, page.path)),
        "state": page.state(language).value,
    }
    if prose := page.prose.get(language):
        found |= {"title": prose.title, "heading": prose.h1, "summary": prose.summary}
        found["review"] = prose.review
    return found


def _text(guide: Guide, page: PageTexts, language: str) -> dict[str, str]:
    body = page.prose[language].body
    with translation.override(language):
        return {"markdown": body, "html": str(prose_html(body, Place(guide, language, page)))}


def _version(guide: Guide, path: str, version: Version) -> dict[str, Any]:
    return {
        "number": version.number,
        "id": version.id,
        "published": version.at.isoformat(),
        "urls": {one: whole(guide, version_address(one, path, version.number)) for one in LANGUAGES},
        "texts": dict(version.texts),
        "notes": dict(version.notes),
    }
