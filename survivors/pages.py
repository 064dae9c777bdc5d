"""The reader's pages. A view validates its path before it touches anything."""

from __future__ import annotations

import re

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from survivors import edition, layout
from survivors.language import language_of, negotiated
from toolkit.rendering.directives import address
from toolkit.rendering.guide import Guide


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """To the reader's language, by her browser's wishes, without remembering."""
    response = HttpResponseRedirect(address(negotiated(request), ""))
    patch_vary_headers(response, ["Accept-Language"])
    return response


@require_safe
def page(request: HttpRequest, language: str, section: str = "", name: str = "") -> HttpResponseBase:
    path = "/".join(filter(None, (section, name)))
    live = edition.current()
    if path not in live.guide.site:
        return _moved(live.guide, language, path)
    encodings = live.finished(layout.page, language, path)
    encoding = _encoding(request)
    response = HttpResponse(encodings[encoding])
    if encoding:
        response.headers["Content-Encoding"] = encoding
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Whether this process can serve the guide: 200 with content, 503 without."""
    has_pages = bool(edition.current().guide.site)
    return HttpResponse(
        "ok" if has_pages else "no content", content_type="text/plain", status=200 if has_pages else 503
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _failure(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _failure(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _failure(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    return _failure(request, 500)


def _moved(guide: Guide, language: str, path: str) -> HttpResponse:
    """301 from a page's old address to the one it has now."""
    if path not in guide.aliases:
        raise Http404
    return HttpResponsePermanentRedirect(address(language, guide.aliases[path]))


def _failure(request: HttpRequest, status: int) -> HttpResponse:
    if request.path_info.startswith(f"/{settings.ADMIN_PATH}/"):
        return HttpResponse(render_to_string("staff/failure.html", {"status": status}), status=status)
    context = layout.frame(edition.whatever_there_is(), language_of(request), "")
    template = "404.html" if status == 404 else "500.html"
    return HttpResponse(render_to_string(template, context), status=status)


def _encoding(request: HttpRequest) -> str:
    """The best encoding that the browser takes: br, gzip or none."""
    accepted = request.META.get("HTTP_ACCEPT_ENCODING", "").lower()
    refused = set(re.findall(r"([a-z]+)\s*;\s*q=0(?:\.0*)?(?=\s*(?:,|$))", accepted))
    offered = set(re.findall(r"[a-z]+", accepted)) - refused
    return next((encoding for encoding in ("br", "gzip") if encoding in offered), "")
