"""Addresses of pages and texts among the staff's, by path: ``/staff/pages/types/outing/ms/``."""

from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.urls import register_converter, reverse
from django.urls.converters import StringConverter

from toolkit.live import live_site
from toolkit.models import Page
from toolkit.texts.check import alias_targets
from toolkit.texts.languages import ALL_PARTS

# Stands for the home page, whose path is empty.
HOME = "-"


class PagePath:
    """The path of a page. Digits alone are an old address, by number; no page is named like that (is_page_path)."""

    regex = rf"{HOME}|(?!\d+/)[a-z0-9][a-z0-9-]*(?:/[a-z0-9-]+)?"

    def to_python(self, value: str) -> str:
        return "" if value == HOME else value

    def to_url(self, value: str) -> str:
        return value or HOME


class TextPart(StringConverter):
    regex = "|".join(ALL_PARTS)


class TextPiece(StringConverter):
    """Where in the plan: a question, a step, the routes that platforms share, or the whole as it is written.

    Of the words of buttons, the key of one of them.
    """

    regex = r"(?:questions|steps)/[a-z0-9-]+|platform_routes|whole|[0-9a-f]{12}"


register_converter(PagePath, "page")
register_converter(TextPart, "part")
register_converter(TextPiece, "piece")


def page_or_404(path: str) -> Page:
    """The page at a path, or the one that took its place: whoever has it open when it moves goes on with it."""
    page = Page.objects.filter(path=path, is_retired=False).first()
    if page is None:
        page = Page.objects.filter(path=alias_targets(live_site()).get(path, path), is_retired=False).first()
    if page is None:
        raise Http404
    return page


def by_number(request: HttpRequest, pk: int, rest: str = "") -> HttpResponsePermanentRedirect:
    """An address from the time when they had the number of the page, with what is posted to it."""
    there = reverse("admin:page", args=[get_object_or_404(Page, pk=pk).path]) + rest
    answer = HttpResponsePermanentRedirect(f"{there}?{request.GET.urlencode()}" if request.GET else there)
    answer.status_code = 308
    return answer
