"""The reader's pages. A view validates its path before it touches anything."""

import re
from contextlib import suppress

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_safe

from survivors import answers, edition
from survivors.reading import addresses, help_lines, short_links
from survivors.reading.language import language_of, negotiated
from toolkit.rendering.answers import DATA, Answer, content_type, headers_at
from toolkit.rendering.directives import address
from toolkit.rendering.guide import Guide
from toolkit.texts.check import judge
from toolkit.texts.edition_folder import NoEditionError
from toolkit.texts.folder import read_folder
from toolkit.texts.languages import SOURCE


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """To the reader's language, by her browser's wishes, without remembering."""
    response = HttpResponseRedirect(address(negotiated(request), ""))
    patch_vary_headers(response, ["Accept-Language"])
    return response


def page(request: HttpRequest, language: str, path: str) -> HttpResponseBase:
    """A page or where it has moved to; asked by any other method than GET and HEAD, the guide's own 405."""
    if request.method not in ("GET", "HEAD"):
        response = _failure(request, 405)
        response.headers["Allow"] = "GET, HEAD"
        return response
    found = edition.current().answer(address(language, path))
    if found is None:
        raise Http404
    if found.location:
        return HttpResponsePermanentRedirect(found.location)
    return _finished(request, found)


@require_safe
def data_file(request: HttpRequest) -> HttpResponseBase:
    """An answer of the edition that is no page; data may be asked for again with the tag that they had."""
    place = request.path_info
    found = edition.current().answer(place)
    if found is None:
        return _failure(request, 404)
    response = _finished(request, found)
    response.headers["Content-Type"] = content_type(place)
    if place.startswith(DATA):
        for name, value in headers_at(place, {}).items():
            response.headers[name] = value
        response.headers["ETag"] = found.tag
        return get_conditional_response(request, etag=found.tag, response=response) or response
    return response


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Whether this process can serve the guide: 200 with content, 503 without."""
    try:
        has_pages = edition.current().answer(address(SOURCE, "")) is not None
    except NoEditionError:
        has_pages = False
    return HttpResponse(
        "ok" if has_pages else "no content", content_type="text/plain", status=200 if has_pages else 503
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _failure(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _failure(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """What a mistyped address means, or the guide's 404 with the pages that come nearest to it."""
    if request.method in ("GET", "HEAD"):
        with suppress(NoEditionError):
            return _meant(request) or _failure(request, 404)
    return _failure(request, 404)


def _meant(request: HttpRequest) -> HttpResponseBase | None:
    live, wished = edition.for_questions(), negotiated(request)
    if target := short_links.mended(live, request.path_info) or addresses.mended(live, request.path_info, wished):
        response = HttpResponsePermanentRedirect(target)
        patch_vary_headers(response, ["Accept-Language"])
        return response
    near = addresses.nearest(live.guide, request.path_info, wished)
    if not near:
        return None
    language = language_of(request)
    doors = help_lines.doors(live.guide, language, near)
    return HttpResponse(answers.error(live.guide, language, answers.ERRORS[404], {"nearest": doors}), status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return _failure(request, 500)


def _finished(request: HttpRequest, found: Answer) -> HttpResponse:
    encoding = best_encoding(request.META.get("HTTP_ACCEPT_ENCODING", ""))
    response = HttpResponse(found.bodies[encoding], status=found.status)
    if encoding:
        response.headers["Content-Encoding"] = encoding
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _failure(request: HttpRequest, status: int) -> HttpResponse:
    """A page that carries help whatever has failed: from the edition, else from the files of the guide."""
    language = language_of(request)
    try:
        if found := edition.current().answer(f"{status} {language}"):
            return _finished(request, found)
    except Exception:  # noqa: S110 (the page that reports a failure must not fail)
        pass
    guide = Guide.of(judge(read_folder(settings.CONTENT_DIR), {}).site)
    return HttpResponse(answers.error(guide, language, answers.ERRORS[status]), status=status)


def best_encoding(accepted: str) -> str:
    """The best encoding that a browser takes: br, gzip or none."""
    accepted = accepted.lower()
    refused = set(re.findall(r"([a-z]+)\s*;\s*q=0(?:\.0*)?(?=\s*(?:,|$))", accepted))
    offered = set(re.findall(r"[a-z]+", accepted)) - refused
    return next((encoding for encoding in ("br", "gzip") if encoding in offered), "")
