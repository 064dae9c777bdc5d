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
    crises, replaced = answer.crises, answer.replaced
    found_in = answer.language or language
    context = layout.frame(guide, language, PATH) | {
        "action": address(language, PATH),
        "query": query,
        "longest": LONGEST_QUERY,
        "hits": [_link(hit, found_in) for hit in answer.hits],
        "instead": answer.instead,
        "crisis": gettext(help_lines.HEADINGS[crises[0].kind]) if crises else "",
        "crisis_lines": help_lines.lines(guide, language, (line for one in crises[:_MOST] for line in one.lines)),
        "crisis_doors": help_lines.doors(guide, language, (path for one in crises[:_MOST] for path in one.pages)),
        "replaced": help_lines.doors(guide, language, (guide.records["contacts", one].page.path for one in replaced)),
        "replaced_lines": help_lines.lines(guide, language, replaced),
        "other_language": Wording(SELF_NAMES[found_in], found_in, True) if found_in != language else None,
    }
    return render_to_string("search.html", context)


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
