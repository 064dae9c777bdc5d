"""The addresses outside the guide that do not answer as they should, and where they are used."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from toolkit import models, roles
from toolkit.admin.keeping.due import KIND_NAMES
from toolkit.admin.room import Room
from toolkit.admin.showing import page_name, show, who, whole
from toolkit.keeping import asking, due, links
from toolkit.live import live_site
from toolkit.models import AuditEntry, Event, Link

ANSWERS: dict[str, Any] = {
    "": _("not asked yet"),
    "401": _("401: asks for a log-in"),
    "403": _("403: refuses to be asked by a machine"),
    "404": _("404: there is no such page"),
    "410": _("410: the page was taken away"),
    "429": _("429: asked too often"),
    asking.NO_HOST: _("there is no such site"),
    asking.TIMED_OUT: _("it did not answer in time"),
    asking.NO_CONNECTION: _("no connection to the site"),
    asking.BAD_CERTIFICATE: _("its certificate is not valid"),
    asking.NOT_SAFE: _("no safe connection to the site"),
    asking.PRIVATE: _("it leads into a private network"),
    asking.NO_ADDRESS: _("it is not a web address"),
    asking.TOO_MANY: _("it sends from one address to the next and does not end"),
    asking.INTO_APP: _("it leads into an app"),
}
# State -> heading, what it means, colour. In the order of the page.
STATES: dict[str, tuple[Any, Any, str]] = {
    links.BROKEN: (_("Broken"), _("Readers who follow these links arrive nowhere."), "bad"),
    links.REFUSED: (
        _("Look yourself"),
        _("These sites refuse to be asked by a machine. Open the link: if it works, say so."),
        "work",
    ),
    links.NEVER_ASKED: (_("Not asked yet"), _("The next run asks these first."), "quiet"),
    links.IGNORED: (_("Works, as a colleague said"), _("These are not asked any more."), "good"),
}
# Each stands below the other on a phone, with every place where it is used.
ROWS_AT_ONCE = 5


@dataclass(frozen=True, slots=True)
class Place:
    """Where an address is used, in words."""

    page: models.Page
    page_name: str
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Row:
    link: Link
    answer: str
    places: list[Place]


def answer_in_words(link: Link) -> str:
    if link.answer in ANSWERS:
        return str(ANSWERS[link.answer])
    if link.answer.startswith("5"):
        return gettext("%(code)s: the site has a fault") % {"code": link.answer}
    return link.answer


@require_safe
def links_page(request: HttpRequest) -> HttpResponse:
    site = live_site()
    found = links.findings(site)
    pages = due.pages_of("all", who(request))
    names = {(fact.path, fact.kind, fact.record): fact.name for page in site.values() for fact in due.facts_of(page)}

    def row(finding: links.Finding) -> Row:
        places = [
            Place(
                pages[use.path],
                page_name(pages[use.path]),
                str(KIND_NAMES[use.kind]),
                names[use.path, use.kind, use.record],
            )
            for use in finding.uses
        ]
        return Row(finding.link, answer_in_words(finding.link), places)

    chosen = request.GET.get("state") if request.GET.get("state") in STATES else ""
    number = request.GET.get("page") if chosen else 1
    groups = [
        {
            "state": state,
            "heading": heading,
            "meaning": meaning,
            "colour": colour,
            "number": len(found[state]),
            "sheet": (sheet := Paginator(found[state], ROWS_AT_ONCE).get_page(number)),
            "rows": [row(one) for one in sheet],
            "again": urlencode({"state": state}),
        }
        for state, (heading, meaning, colour) in STATES.items()
        if not chosen or state == chosen
    ]
    opened = next((one["state"] for one in groups if one["number"]), links.BROKEN)
    last = Link.objects.exclude(asked=None).order_by("-asked").first()
    return show(
        request,
        "links",
        _("Links to other sites"),
        groups=groups,
        opened=opened,
        chosen=chosen,
        works=len(found[links.WORKS]),
        last_run=last.asked if last else None,
    )


@require_POST
def say(request: HttpRequest) -> HttpResponse:
    """A person has looked: "ignore", it works; "ask", the next run is to ask it again."""
    says = "ignore" if "ignore" in request.POST else "ask"
    link = get_object_or_404(Link, pk=whole(request.POST.get(says, "")))
    if says == "ignore":
        Link.objects.filter(pk=link.pk).update(is_ignored=True)
        AuditEntry.add(request.user, Event.STILL_CORRECT, link.url)
        messages.success(request, gettext("It works: %(url)s is not asked any more.") % {"url": link.url})
    else:
        Link.objects.filter(pk=link.pk).update(is_ignored=False, asked=None)
        messages.success(request, gettext("%(url)s is asked first in the next run.") % {"url": link.url})
    return HttpResponseRedirect(reverse("admin:links"))


ROOMS: list[Room] = [
    ("links/", links_page, "links", None),
    ("links/say/", say, "links_say", roles.may_confirm),
]
