"""Short links: from ``/p/<code>`` to the page or part, in the reader's language or in a fixed one."""

import re

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from survivors import edition
from survivors.edition import Edition
from survivors.reading.language import meant_by, negotiated
from toolkit.rendering.directives import address
from toolkit.texts.lasting.short_links import ALPHABET, LENGTH

CODE = f"[{ALPHABET}]{{{LENGTH}}}"
# In another case, with stray punctuation, another spelling of the language.
_MISTYPED = re.compile(rf"/+p/[\W_]*(?P<code>{CODE})(?:\.(?P<language>[a-z]+(?:[-_][a-z]+)*))?[\W_]*", re.IGNORECASE)


@require_safe
def short_link(request: HttpRequest, code: str, language: str = "") -> HttpResponse:
    """To the page or part, without remembering; nothing lists the link."""
    live = edition.for_questions()
    if code not in live.guide.short_links:
        raise Http404
    path, anchor = live.guide.short_links[code]
    response = HttpResponseRedirect(address(language or negotiated(request), path) + (f"#{anchor}" if anchor else ""))
    response.headers["X-Robots-Tag"] = "noindex"
    if not language:
        patch_vary_headers(response, ["Accept-Language"])
    return response


def mended(live: Edition, path: str) -> str:
    """The short link that a mistyped one means; empty where there is none, or it is right as it is."""
    found = _MISTYPED.fullmatch(path)
    if not found or (code := found["code"].lower()) not in live.guide.short_links:
        return ""
    language = meant_by(found["language"] or "")
    there = f"/p/{code}" + (f".{language}" if language else "")
    return there if there != path else ""
