"""The search page. What is typed arrives in the body of a form and is forgotten with the answer."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from survivors import edition
from survivors.reading import help_lines, layout
from survivors.search.crisis import POLICE_RISK, circumstances, crises
from survivors.search.index import Answer, Hit, index_of
from survivors.search.words import HAN, LONGEST_QUERY
from toolkit.rendering.directives import address
from toolkit.rendering.guide import Guide, Wording
from toolkit.texts.languages import SELF_NAMES

PATH = "search"
# Who writes so many words, or Chinese characters, tells what happens and does not only name it.
_WORDS_TOLD, _CHARACTERS_TOLD = 4, 6
# Of several kinds of crisis in one query, so many are answered at once.
MOST_AT_ONCE = 2


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
    frame = layout.frame_of_form(guide, language, PATH)
    return render_to_string("search.html", frame | shown(guide, language, query, answer or Answer()))


def shown(guide: Guide, language: str, query: str, answer: Answer) -> dict[str, Any]:
    """What the page shows of an answer, within its frame."""
    found_in = answer.language or language
    return {
        "query": query,
        "longest": LONGEST_QUERY,
        "hits": hits(language, (_link(hit, found_in) for hit in answer.hits)),
        "instead": answer.instead,
        "tells": not answer.crises and tells(query),
        "talk": partial(talk, guide, language, answer.circumstances),
        "replaced": who(
            guide, language, answer.replaced, (guide.records["contacts", one].page.path for one in answer.replaced)
        ),
        "other_language": Wording(SELF_NAMES[found_in], found_in, True) if found_in != language else None,
    } | in_crisis(guide, language, answer)


def in_crisis(guide: Guide, language: str, answer: Answer) -> dict[str, Any]:
    """What stands above everything else, where a crisis was heard."""
    return {
        "crisis": gettext(help_lines.HEADINGS[answer.crises[0].kind]) if answer.crises else "",
        "crisis_who": who(guide, language, _fitting(guide, answer), _pages(answer)),
    }


def hits(language: str, links: Iterable[Mapping[str, Any]]) -> SafeString:
    return _piece("search_hits.html", {"hits": links, "language": language})


def who(guide: Guide, language: str, contacts: Iterable[str], paths: Iterable[str] = ()) -> SafeString:
    """Whom to reach by a tap, and what to read."""
    lines, doors = help_lines.lines(guide, language, contacts), help_lines.doors(guide, language, paths)
    return _piece("search_who.html", {"lines": lines, "doors": doors})


def tells(query: str) -> bool:
    """Whether she tells what happens. No list hears every crisis: whom to talk to stands above the pages then."""
    return len(query.split()) >= _WORDS_TOLD or len(HAN.findall(query)) >= _CHARACTERS_TOLD


def talk(guide: Guide, language: str, circumstances: frozenset[str]) -> SafeString:
    """The help lines; where the police are a risk to her, those to talk to who do not tell them."""
    if POLICE_RISK in circumstances:
        return who(guide, language, help_lines.fitting(guide, crises()[0].lines, circumstances))
    return _piece("search_who.html", {"lines": layout.help_strip(guide, language)})


def _fitting(guide: Guide, answer: Answer) -> list[str]:
    """The help lines of her crises that fit her."""
    named = [line for one in answer.crises[:MOST_AT_ONCE] for line in one.lines]
    return help_lines.fitting(guide, named, answer.circumstances) if named else []


def _pages(answer: Answer) -> list[str]:
    """What to read in her crises, after what holds where the police are a risk to her."""
    kinds = [*(one for one in circumstances() if one.kind in answer.circumstances), *answer.crises[:MOST_AT_ONCE]]
    return [path for one in kinds for path in one.pages] if answer.crises else []


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


def _piece(template: str, shown: dict[str, Any]) -> SafeString:
    """Lines of the page, without the end of their file."""
    return SafeString(render_to_string(template, shown).removesuffix("\n"))
