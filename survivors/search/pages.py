"""The search page. What is typed arrives in the body of a form and is forgotten with the answer."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from survivors import edition
from survivors.reading import help_lines, layout
from survivors.search.crisis import POLICE_RISK, circumstances, crises
from survivors.search.index import Answer, Hit, index_of
from survivors.search.words import LONGEST_QUERY
from toolkit.rendering.directives import address
from toolkit.rendering.guide import Guide, Wording
from toolkit.texts.languages import SELF_NAMES

PATH = "search"
# Of several kinds of crisis in one query, so many are answered at once.
_MOST = 2


# No cookie and nothing stored, so there is nothing that a form from elsewhere could do in a reader's name.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def search_page(request: HttpRequest, language: str) -> HttpResponse:
    live = edition.for_questions()
    query = _tidy(request.POST.get("q", ""))
    as_typed = request.POST.get("as-typed") == "yes"
    answer = index_of(live).find(query, language, as_typed) if query else Answer()
    return HttpResponse(hits_page(live.guide, language, query, answer))


def hits_page(guide: Guide, language: str, query: str = "", answer: Answer | None = None) -> str:
    """The search form, and below it what answers a query."""
    answer = answer or Answer()
    heard, replaced = answer.crises, answer.replaced
    found_in = answer.language or language
    frame = layout.frame(guide, language, PATH)
    context = frame | {
        "action": address(language, PATH),
        "query": query,
        "longest": LONGEST_QUERY,
        "hits": [_link(hit, found_in) for hit in answer.hits],
        "instead": answer.instead,
        "crisis": gettext(help_lines.HEADINGS[heard[0].kind]) if heard else "",
        "crisis_lines": _lines(guide, language, answer),
        "crisis_doors": help_lines.doors(guide, language, _pages(answer)),
        "talk_lines": _talk_lines(guide, language, answer) or frame["help_strip"],
        "replaced": help_lines.doors(guide, language, (guide.records["contacts", one].page.path for one in replaced)),
        "replaced_lines": help_lines.lines(guide, language, replaced),
        "other_language": Wording(SELF_NAMES[found_in], found_in, True) if found_in != language else None,
    }
    return render_to_string("search.html", context)


def _lines(guide: Guide, language: str, answer: Answer) -> list[dict[str, Any]]:
    """The help lines of her crises that fit her."""
    named = [line for one in answer.crises[:_MOST] for line in one.lines]
    fitting = help_lines.fitting(guide, named, answer.circumstances) if named else ()
    return help_lines.lines(guide, language, fitting)


def _pages(answer: Answer) -> list[str]:
    """What to read in her crises, after what holds where the police are a risk to her."""
    kinds = [*(one for one in circumstances() if one.kind in answer.circumstances), *answer.crises[:_MOST]]
    return [path for one in kinds for path in one.pages] if answer.crises else []


def _talk_lines(guide: Guide, language: str, answer: Answer) -> list[dict[str, Any]]:
    """Where the police are a risk to her, those to talk to who do not tell them; else nothing."""
    if POLICE_RISK not in answer.circumstances:
        return []
    return help_lines.lines(guide, language, help_lines.fitting(guide, crises()[0].lines, answer.circumstances))


def _tidy(query: str) -> str:
    """What can be shown of a query: one line, as long as a query may be."""
    return " ".join("".join(one if one.isprintable() else " " for one in query[:LONGEST_QUERY]).split())


def _link(hit: Hit, language: str) -> dict[str, Any]:
    return {
        "address": address(language, hit.path) + (f"#{hit.anchor}" if hit.anchor else ""),
        "title": f"{hit.page_title}: {hit.title}" if hit.anchor else hit.title,
        "language": hit.language,
        "snippet": hit.snippet,
    }
