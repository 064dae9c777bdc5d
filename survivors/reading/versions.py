"""Pages as they were published once, at an address for ever: made when they are asked for, of the edition's texts.

Words and facts are those of that time, on other pages too; the help lines above and the way out are today's.
"""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponsePermanentRedirect
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from survivors import edition
from survivors.data.addresses import page_address, version_address
from survivors.reading import layout
from toolkit.rendering.directives import address
from toolkit.rendering.guide import Guide
from toolkit.texts.languages import FACTS, LANGUAGES, SOURCE
from toolkit.texts.page import PageTexts, read_part
from toolkit.texts.words import markup

_LOG = logging.getLogger(__name__)

# What the data of a page say of one of its versions (survivors/data/pages.py).
Version = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Notice:
    """What stands above a version: from when it was so, whether it still is, and where the page is."""

    day: date
    is_current: bool
    address: str


@require_safe
def version_page(request: HttpRequest, language: str, path: str, number: int) -> HttpResponseBase:
    live = edition.for_questions()
    if new := live.guide.aliases.get(path):
        return HttpResponsePermanentRedirect(version_address(language, new, number))
    versions = versions_of(live, path)
    if not 1 <= number <= len(versions):
        raise Http404
    with translation.override(language):
        return HttpResponse(html_of(live, language, path, versions, number))


def versions_of(live: edition.Edition, path: str) -> list[Version]:
    """The versions of a page that is there now, oldest first."""
    found = live.answer(page_address(path)) if path in live.guide.site else None
    versions: list[Version] = json.loads(found.bodies[""])["versions"] if found else []
    return versions


def html_of(live: edition.Edition, language: str, path: str, versions: list[Version], number: int) -> str:
    """A version as a page; its words alone where it can no longer be made into one. The language must be active."""
    version = versions[number - 1]
    day = localdate(datetime.fromisoformat(version["published"]))
    notice = Notice(day, number == len(versions), address(language, path))
    shown = layout.frame(live.guide, language, path) | {"version": notice}
    shown["languages"] = [one | {"address": version_address(one["code"], path, number)} for one in shown["languages"]]
    try:
        return layout.page(_guide_of(live, path, version), language, path, shown)
    except Exception as error:  # whatever an older version of the code took
        _LOG.warning("version %s of %s is shown as plain words: %s", number, path, type(error).__name__)
        text = live.text(version["texts"].get(language) or version["texts"][SOURCE]) or ""
        return render_to_string("version.html", shown | {"words": text.split("---\n", 2)[-1]})


def _guide_of(live: edition.Edition, path: str, version: Version) -> Guide:
    """The guide with this page as it was then, and with the facts of that time on the pages whose records it names."""
    page = PageTexts(path)
    for part, digest in version["texts"].items():
        page = page.with_part(part, read_part(part, _text(live, digest)))
    site = dict(live.guide.site) | {path: page}
    for other in _named_pages(live.guide, page) - {path}:
        then = [one for one in versions_of(live, other) if one["published"] <= version["published"]]
        if then:
            facts = read_part(FACTS, _text(live, then[-1]["texts"][FACTS]))
            site[other] = site[other].with_part(FACTS, facts)
    return Guide.of(site, live.guide.changes)


def _named_pages(guide: Guide, page: PageTexts) -> set[str]:
    """The paths of the pages whose records a page names."""
    named = {
        (markup.RECORD_DIRECTIVES.get(kind, ""), record)
        for language in LANGUAGES
        if language in page.prose
        for kind, _, record in (one.value.partition(" ") for one in markup.directives(page.prose[language].body))
    }
    return {guide.records[key].page.path for key in named if key in guide.records}


def _text(live: edition.Edition, digest: str) -> str:
    text = live.text(digest)
    if text is None:
        raise LookupError(digest)
    return text
