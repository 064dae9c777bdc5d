"""What readers say is wrong, page by page, until someone has seen it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from toolkit import models, roles
from toolkit.admin.room import Room
from toolkit.admin.showing import page_name
from toolkit.live import live_site
from toolkit.models import Doubt
from toolkit.rendering import words
from toolkit.texts.check import alias_targets

REASON_NAMES = {
    "number": _("a number does not answer"),
    "link": _("a link leads nowhere"),
    "law": _("the law has changed"),
    "hard": _("it is hard to understand"),
    "language": _("there is a mistake in the language"),
    "else": _("something else"),
}
MOST_IDS = 500


@dataclass(frozen=True, slots=True)
class Row:
    """What readers said of a page. ``value`` is what its button posts: what was seen, and nothing newer."""

    page: models.Page
    doubts: list[Doubt]

    @property
    def page_name(self) -> str:
        return page_name(self.page)

    @property
    def lines(self) -> list[str]:
        return [_line(one) for one in self.doubts]

    @property
    def value(self) -> str:
        return " ".join(f"{one.pk}-{one.number}" for one in self.doubts[:MOST_IDS])


def rows(pages: Mapping[str, models.Page]) -> list[Row]:
    """The pages that most readers doubt first; what was said of a page at an earlier address counts for it too."""
    old = {path: now for path, now in alias_targets(live_site()).items() if now in pages}
    at = old | {path: path for path in pages}
    found: dict[str, list[Doubt]] = defaultdict(list)
    for doubt in Doubt.objects.filter(path__in=at, number__gt=0):
        found[at[doubt.path]].append(doubt)
    return sorted((Row(pages[path], doubts) for path, doubts in found.items()), key=_most_first)


@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """Takes away what was shown; what was said since then stays."""
    for one in request.POST.get("seen", "").split()[:MOST_IDS]:
        pk, _dash, number = one.partition("-")
        if pk.isdecimal() and number.isdecimal() and len(one) < 20:
            Doubt.objects.filter(pk=int(pk), number__lte=int(number)).delete()
    messages.success(request, gettext("Seen: it is off the list."))
    return HttpResponseRedirect(reverse("admin:due"))


def _line(doubt: Doubt) -> str:
    said = ngettext("%(n)s reader: %(reason)s (%(day)s)", "%(n)s readers: %(reason)s (%(day)s)", doubt.number)
    return said % {"n": doubt.number, "reason": REASON_NAMES[doubt.reason], "day": words.day(doubt.day)}


def _most_first(row: Row) -> tuple[int, str]:
    return (-sum(one.number for one in row.doubts), row.page.path)


ROOMS: list[Room] = [("due/seen/", seen, "doubts_seen", roles.may_confirm)]
