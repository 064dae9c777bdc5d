"""What is wrong on this page? A reader presses one of six reasons. No words of hers, and nothing about her."""

from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.template.loader import render_to_string
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from survivors import edition
from survivors.reading import layout
from survivors.wrong.counts import COUNTS
from toolkit.rendering.doubts import REASONS
from toolkit.rendering.guide import HOME, Guide


# No cookie exists, so no token can: a form from elsewhere is known by what the browser says of where it stood.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def wrong_page(request: HttpRequest, language: str, path: str) -> HttpResponse:
    guide = edition.for_questions().guide
    path = request.POST.get("page", "") if request.method == "POST" else path
    if path not in guide.site:
        raise Http404
    if request.method != "POST":
        return HttpResponse(reasons(guide, language, path))
    if not _is_from_here(request):
        return HttpResponse(reasons(guide, language, path), status=403)
    if (reason := request.POST.get("reason")) in REASONS:
        COUNTS.add(path, reason, localdate())
        return HttpResponse(reasons(guide, language, path, is_told=True))
    return HttpResponse(reasons(guide, language, path))


def reasons(guide: Guide, language: str, path: str = HOME, *, is_told: bool = False) -> str:
    """The reasons to choose from, or thanks; the first page's own where no page is named."""
    context = layout.frame(guide, language, layout.WRONG) | {
        "on": layout.link(guide.site[path], language) if path in guide.site else None,
        "path": path,
        "reasons": _reasons(),
        "is_told": is_told,
    }
    return render_to_string("wrong.html", context)


def _reasons() -> list[tuple[str, str]]:
    said = (
        gettext("A number does not answer"),
        gettext("A link leads nowhere"),
        gettext("The law has changed"),
        gettext("It is hard to understand"),
        gettext("There is a mistake in the language"),
        gettext("Something else"),
    )
    return list(zip(REASONS, said, strict=True))


def _is_from_here(request: HttpRequest) -> bool:
    """Whether a page of the guide sent it, as far as the browser says; an old one says nothing."""
    origin = request.headers.get("Origin", "")
    host, _ = split_domain_port(request.get_host())
    is_ours = not origin or urlsplit(origin).hostname == host.strip("[]")
    return is_ours and request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
