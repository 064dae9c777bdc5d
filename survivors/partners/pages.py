"""What partners open: made when it is first asked for, and kept as long as the edition it is made from."""

import threading
from collections.abc import Callable
from weakref import WeakKeyDictionary

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

from survivors import edition
from survivors.edition import Edition
from survivors.partners import sheets
from survivors.partners.book import book
from survivors.partners.links import LARGEST_PNG, qr_png, qr_svg, short_link
from toolkit.rendering.guide import Guide
from toolkit.rendering.owner import public_url

MOST_KEPT = 64
_kept: WeakKeyDictionary[Edition, dict[str, str]] = WeakKeyDictionary()
_making = threading.Lock()


@require_safe
def book_page(request: HttpRequest, language: str) -> HttpResponse:
    return _made(request, lambda guide, public: book(guide, language, public))


@require_safe
def sheet_page(request: HttpRequest, language: str, kind: str, path: str) -> HttpResponseBase:
    guide = edition.for_questions().guide
    if kind in sheets.KINDS and path in guide.aliases:
        return HttpResponsePermanentRedirect(sheets.paper_address(language, kind, guide.aliases[path]))
    if kind not in sheets.KINDS or path not in guide.site:
        raise Http404
    return _made(request, lambda guide, public: sheets.KINDS[kind](guide, language, path, public))


@require_safe
def qr_file(request: HttpRequest, language: str, path: str, pixels: int = 0) -> HttpResponse:
    """The QR code of a page's link in a language: SVG, or PNG of about so many pixels."""
    guide = edition.for_questions().guide
    if path not in guide.site or pixels > LARGEST_PNG:
        raise Http404
    link = short_link(_public(request, guide), path, language)
    if pixels:
        return HttpResponse(qr_png(link, pixels), content_type="image/png")
    return HttpResponse(qr_svg(link, whole=True), content_type="image/svg+xml")


def _public(request: HttpRequest, guide: Guide) -> str:
    """The address that readers know; where none is set, the one that this was asked by."""
    return public_url(guide) or f"{request.scheme}://{request.get_host()}"


def _made(request: HttpRequest, make: Callable[[Guide, str], str]) -> HttpResponse:
    live = edition.for_questions()
    public = _public(request, live.guide)
    key = f"{public}{request.path}"
    with _making:
        kept = _kept.setdefault(live, {})
        if key not in kept or settings.DEBUG:
            if len(kept) >= MOST_KEPT:
                kept.clear()
            kept[key] = make(live.guide, public)
    return HttpResponse(kept[key])
