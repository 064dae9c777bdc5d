"""Every draft that is being written or waits for review, to be read alone or several together."""

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from toolkit.admin.finding.search import sections
from toolkit.admin.room import Room
from toolkit.admin.showing import asked_again, language_of, part_name, show, text_name, who
from toolkit.live import live_site
from toolkit.models import Draft
from toolkit.texts.languages import ALL_PARTS

AT_ONCE = 20
STATES = {Draft.REVIEW: _("Waits for review"), Draft.WRITING: _("Being written")}


@require_safe
def drafts_page(request: HttpRequest) -> TemplateResponse:
    """GET ``state``, ``text``, ``section`` and ``whose`` (mine) narrow it."""
    chosen = {one: request.GET.get(one, "") for one in ("state", "text", "section", "whose")}
    found = Draft.objects.filter(state__in=Draft.OPEN).defer("text", "typed").select_related("page", "author", "batch")
    if chosen["state"] in STATES:
        found = found.filter(state=chosen["state"])
    if chosen["text"] in ALL_PARTS:
        found = found.filter(part=chosen["text"])
    if chosen["whose"] == "mine":
        found = found.filter(author=who(request))
    if chosen["section"]:
        first = chosen["section"].strip("/")
        below = found.filter(page__path__startswith=f"{first}/") if first else found.none()
        found = below | found.filter(page__path=first)
    shown = Paginator(found.order_by("-updated", "-pk"), AT_ONCE).get_page(request.GET.get("page"))
    return show(
        request,
        "drafts",
        gettext("Drafts"),
        chosen=chosen,
        is_narrowed=any(chosen.values()),
        states=STATES,
        texts=[(one, part_name(one), language_of(one)) for one in ALL_PARTS],
        sections=sections(live_site()),
        shown=shown,
        rows=[(one, text_name(one.page, one.part), one.part != Draft.ADDRESS) for one in shown],
        again=asked_again(chosen),
    )


ROOMS: list[Room] = [("drafts/", drafts_page, "drafts", None)]
