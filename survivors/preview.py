"""A draft as a reader would get it, by a link that ends (toolkit/drafting/previews.py): the page, under a notice."""

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from survivors.answers import taken_down
from survivors.leaving import headers, inline
from survivors.plan import pages
from survivors.reading import layout
from toolkit.drafting import previews
from toolkit.rendering.guide import Guide
from toolkit.texts.languages import LANGUAGES, OF_HOME, SELF_NAMES

SCHEMES = ("light", "dark")


@require_safe
def preview(request: HttpRequest, token: str, language: str, scheme: str = "") -> HttpResponse:
    if scheme not in ("", *SCHEMES):
        raise Http404
    found = _preview_of(token)
    guide = Guide.of(found.site)
    path = found.path
    if path not in guide.site and path not in guide.gone:
        raise Http404
    rest = [scheme] if scheme else []
    languages = [
        {"code": one, "name": SELF_NAMES[one], "address": reverse("preview", args=[token, one, *rest])}
        for one in LANGUAGES
    ]
    style = inline.style_in(scheme)
    notice = {"ends": found.ends} if found.draft.pk else None
    shown = {"preview": notice, "style": style, "scheme": scheme, "languages": languages}
    with guide.speaking(language):
        if path in guide.gone:
            return _answer(taken_down(guide, language, path), style)
        return _answer(layout.page(guide, language, path, shown), style)


# No cookie and nothing stored, as in the plan itself: a form elsewhere can do nothing in anyone's name.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def plan_preview(request: HttpRequest, token: str, language: str) -> HttpResponse:
    """The questions and plans that a draft of the plan's rules would make, for any answers."""
    found = _preview_of(token)
    if found.draft.part not in OF_HOME:
        raise Http404
    guide = Guide.of(found.site)
    with guide.speaking(language):
        html = pages.next_screen(guide, language, request.POST)
        notice = render_to_string("preview_notice.html", {"preview": {"ends": found.ends}})
    for one in LANGUAGES:
        html = html.replace(f'"{reverse("plan", args=[one])}"', f'"{reverse("preview_plan", args=[token, one])}"')
    return _answer(html.replace("</header>", f"</header>{notice}", 1), inline.style())


def _preview_of(token: str) -> previews.Preview:
    try:
        return previews.preview_of(token)
    except previews.NoPreviewError:
        raise Http404 from None


def _answer(html: str, style: str) -> HttpResponse:
    response = HttpResponse(html)
    # The staff's own pages show it in frames, as a phone would.
    response.headers["Content-Security-Policy"] = headers.policy(headers.preview_csp(style))
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
