"""One search over all texts, facts, drafts and earlier versions; each place that is found leads there."""

import re
from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from toolkit import roles
from toolkit.admin.buttons import screen as buttons
from toolkit.admin.room import Room
from toolkit.admin.showing import asked_again, language_of, page_name, part_name, show, title_of, who
from toolkit.admin.words.fields import FURTHER_WORDS, KINDS
from toolkit.finding import phrase
from toolkit.finding.pieces import key_at
from toolkit.finding.places import BODY, KEYWORDS
from toolkit.finding.search import DRAFT, EARLIER, LIVE, MOST, Found, Hit, Within, search
from toolkit.live import live_site
from toolkit.models import Draft, Page, Revision, UnitState
from toolkit.texts.buttons.text import Buttons
from toolkit.texts.languages import ALL_PARTS, BUTTONS, LANGUAGES, PLAN
from toolkit.texts.page import Site

AT_ONCE = 15
# Characters of a line that are shown around the first place in it.
_BEFORE, _AFTER = 60, 160
WHERE = {LIVE: _("On the site"), DRAFT: _("In drafts"), EARLIER: _("In earlier versions")}
_PLACES = {
    "title": _("Title"), "heading": _("Heading"), "called": _("Also called"),
    "summary": _("One sentence under the heading"), KEYWORDS: _("Words people search for"),
    "label": _("Name of a fact"), "note": _("Note on a fact"), **FURTHER_WORDS,
    "help_lines": _("Contacts at the top of every page"), "ngo_lines": _("Lines for those at risk with the police"),
    "questions": _("Question of the plan"), "steps": _("Step of the plan"), **KINDS,
}  # fmt: skip


@require_safe
def find_page(request: HttpRequest) -> TemplateResponse:
    """GET ``q``: the words; ``text``, ``where``, ``section`` narrow it; ``older``: all drafts and versions."""
    asked, site = request.GET.get("q", "").strip()[: phrase.LONGEST], live_site()
    text, where, section = (request.GET.get(one, "") for one in ("text", "where", "section"))
    within = Within(
        parts=(text,) if text in ALL_PARTS else (),
        where=where if where in WHERE else "",
        section=None if not section else section.strip("/"),
        older="older" in request.GET,
    )
    pattern = phrase.pattern(asked)
    live = site[""].buttons if "" in site else None
    found = search(pattern, within) if pattern else Found()
    shown = Paginator(found.hits, AT_ONCE).get_page(request.GET.get("page"))
    chosen = {"q": asked, "text": text, "where": where, "section": section}
    return show(
        request,
        "find",
        gettext("Search: %(words)s") % {"words": asked} if asked else gettext("Search"),
        asked=asked,
        chosen=chosen,
        texts=[(one, part_name(one), language_of(one)) for one in ALL_PARTS],
        places=WHERE,
        sections=sections(site),
        found=found,
        most=MOST,
        shown=shown,
        rows=_rows(request, shown.object_list, site),
        buttons=len(buttons.rows_with(asked, live or Buttons(), live)) if asked else 0,
        buttons_at=buttons.asking(asked),
        again=asked_again(chosen),
    )


def sections(site: Site) -> list[tuple[str, str]]:
    """(first step of the path with its slash, title) of the sections, the first page among them."""
    return [(f"{path}/", title_of(path, site)) for path in sorted(site) if "/" not in path]


def _piece(hit: Hit, site: Site) -> str:
    """The piece of the page that can be changed in several languages at once; "" where there is none."""
    if hit.where != LIVE or hit.part not in LANGUAGES:
        return ""
    return hit.place if hit.place != BODY else key_at(site[hit.path].prose[hit.part].body, hit.line)


def _rows(request: HttpRequest, hits: Iterable[Hit], site: Site) -> list[dict[str, Any]]:
    hits = list(hits)
    pages = {page.path: page for page in Page.objects.filter(path__in={one.path for one in hits})}
    drafts = Draft.objects.select_related("author").in_bulk([one.key for one in hits if one.where == DRAFT])
    versions = Revision.objects.in_bulk([one.key for one in hits if one.where == EARLIER])
    units = UnitState.objects.filter(page__path__in=pages).values_list("page__path", "part", "live")
    live = {(path, part): key for path, part, key in units}
    return [
        {
            "hit": hit,
            "name": page_name(pages[hit.path]),
            "part": part_name(hit.part),
            "language": language_of(hit.part),
            "place": place_name(hit.place, hit.line),
            "pieces": _pieces(hit),
            "draft": drafts.get(hit.key) if hit.where == DRAFT else None,
            "version": versions.get(hit.key) if hit.where == EARLIER else None,
            "href": _address(request, hit, drafts, live),
            "at": _piece(hit, site),
        }
        for hit in hits
    ]


def place_name(place: str, line: int) -> str:
    if place == BODY:
        return gettext("line %(n)d") % {"n": line}
    return str(_PLACES.get(re.split(r"[./-]", place)[0], ""))


def _pieces(hit: Hit) -> list[tuple[bool, str]]:
    """The line around the first place in it: (whether it is what was asked for, words)."""
    start = max(0, hit.spans[0][0] - _BEFORE)
    end = min(len(hit.text), hit.spans[0][1] + _AFTER)
    pieces, at = [(False, "… ")] if start else [], start
    for first, last in hit.spans:
        if last <= end:
            pieces += [(False, hit.text[at:first]), (True, hit.text[first:last])]
            at = last
    return [*pieces, (False, hit.text[at:end] + (" …" if end < len(hit.text) else ""))]


def _address(request: HttpRequest, hit: Hit, drafts: dict[int, Draft], live: dict[tuple[str, str], int]) -> str:
    if hit.where == EARLIER:
        return reverse("admin:revision", args=[hit.key])
    may_write = roles.may_draft(who(request), hit.part)
    if hit.where == LIVE and hit.part == BUTTONS and (may_write or (hit.path, hit.part) not in live):
        return buttons.address(hit.place) if may_write else reverse("admin:history", args=[hit.path, hit.part])
    if hit.where == DRAFT and (not may_write or not drafts[hit.key].is_open or drafts[hit.key].author != who(request)):
        return reverse("admin:draft", args=[hit.key])
    if not may_write:
        return reverse("admin:revision", args=[live[hit.path, hit.part]])
    if hit.part == PLAN:
        return reverse("admin:unit_piece", args=[hit.path, PLAN, hit.place or "whole"])
    field = f"id_{hit.place}" if hit.part in LANGUAGES else hit.place
    return reverse("admin:unit", args=[hit.path, hit.part]) + "#" + (f"line-{hit.line}" if hit.line else field)


ROOMS: list[Room] = [("find/", find_page, "find", None)]
