"""Calls: a second person dials a number before readers do, and says what answered."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from toolkit import roles
from toolkit.admin.addresses import page_or_404
from toolkit.admin.room import Room
from toolkit.admin.showing import came_from, page_name, require, who
from toolkit.models import Call, Draft
from toolkit.rendering.directives import dial
from toolkit.talking import calls
from toolkit.texts.languages import FACTS
from toolkit.texts.page import Site
from toolkit.texts.records.numbers import DIALLABLE, written


def of_draft(draft: Draft, user: User, site: Site) -> dict[str, Any]:
    """For ``staff/draft_calls.html``: the numbers to call, and what is not called yet."""
    asked = calls.asked_of(draft, site) if draft.is_open else []
    is_writer = draft.author_id == user.pk
    return {
        "calls": [
            {
                "name": one.name, "contact": one.contact, "number": one.number, "shown": one.shown, "call": one.call,
                "dial": dial("tel", one.number), "is_right": one.is_right, "path": draft.page.path,
                "may_call": roles.may_call(user) and not is_writer,
            }
            for one in asked
        ],
        "is_uncalled": any(not one.is_right for one in asked),
    }  # fmt: skip


def skipped(user: User, site: Site) -> list[dict[str, Any]]:
    """The same of the numbers that went live without a call."""
    return [
        {
            "name": page_name(one.page), "contact": one.contact, "number": one.number, "shown": written(one.number),
            "dial": dial("tel", one.number), "path": one.page.path, "skipped": one, "is_right": False, "call": None,
            "may_call": roles.may_call(user) and one.writer_id != user.pk,
        }
        for one in calls.still_skipped(site)
    ]  # fmt: skip


def waiting(user: User, site: Site) -> list[dict[str, str]]:
    """For the start page: the numbers that she can call, and where."""
    drafts = Draft.objects.filter(part=FACTS, state=Draft.REVIEW).exclude(author=user).select_related("page")
    found = [
        {"name": row["name"], "shown": row["shown"], "address": reverse("admin:draft", args=[draft.pk]) + "#calls"}
        for draft in drafts
        for row in of_draft(draft, user, site)["calls"]
        if row["may_call"] and not row["is_right"]
    ]
    due = reverse("admin:due") + "#calls"
    return found + [{"name": row["name"], "shown": row["shown"], "address": due} for row in skipped(user, site)]


@require_POST
def call(request: HttpRequest) -> HttpResponseRedirect:
    """She has called a number; POST ``path``, ``contact``, ``number``, ``answered``: right or wrong, ``remark``."""
    require(roles.may_call(who(request)))
    said = {name: request.POST.get(name, "").strip() for name in ("path", "contact", "number", "answered", "remark")}
    if said["answered"] not in ("right", "wrong") or not DIALLABLE.fullmatch(said["number"]):
        raise Http404
    was_right = said["answered"] == "right"
    Call.objects.create(
        page=page_or_404(said["path"]), contact=said["contact"][:100], number=said["number"],
        was_right=was_right, remark=said["remark"][:300], caller=who(request),
    )  # fmt: skip
    messages.success(
        request,
        gettext("Thank you. It is kept that you called and that the number is right.")
        if was_right
        else gettext("Thank you. It is kept that something else answered; the number does not go live like this."),
    )
    return HttpResponseRedirect(came_from(request, reverse("admin:due")))


ROOMS: list[Room] = [("calls/", call, "call", None)]
