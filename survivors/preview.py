"""A draft as a reader would get it, by a link that ends (toolkit/previews.py): the page itself, under a notice."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from survivors import headers, inline, layout
from toolkit import previews
from toolkit.rendering.guide import Guide
from toolkit.texts.languages import LANGUAGES, SELF_NAMES

SCHEMES = ("light", "dark")


@require_safe
def preview(request: HttpRequest, token: str, language: str, scheme: str = "") -> HttpResponse:
    if scheme not in ("", *SCHEMES):
        raise Http404
    try:
        found = previews.preview_of(token)
    except previews.NoPreviewError:
        raise Http404 from None
    guide = Guide.of(found.site)
    path = found.draft.page.path
    if path not in guide.site:
        raise Http404
    rest = [scheme] if scheme else []
    notice = {
        "ends": found.ends,
        "languages": [
            {"code": one, "name": SELF_NAMES[one], "address": reverse("preview", args=[token, one, *rest])}
            for one in LANGUAGES
        ],
    }
    style = inline.style_in(scheme)
    with translation.override(language):
        html = layout.page(
            guide,
            language,
            path,
            {"preview": notice, "style": style, "scheme": scheme} | {"languages": notice["languages"]},
        )
    response = HttpResponse(html)
    # The staff's own pages show it in frames, as a phone would.
    response.headers["Content-Security-Policy"] = headers.policy(headers.preview_csp(style))
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
