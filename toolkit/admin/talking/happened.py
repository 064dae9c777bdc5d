"""What happened: everything that was done to the texts and said of them, by day, for all staff."""

from contextlib import suppress
from datetime import date
from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext

from toolkit.admin.addresses import HOME
from toolkit.admin.room import Room
from toolkit.admin.showing import asked_again, language_of, page_name, part_name, show, text_name
from toolkit.admin.talking.remarks import VERDICTS, said
from toolkit.models import AuditEntry, Event, Page, Remark
from toolkit.rendering.words import day
from toolkit.talking.happened import Happening, as_happenings, happened, people
from toolkit.texts.languages import ALL_PARTS

SHOWN = 15


def happened_page(request: HttpRequest) -> TemplateResponse:
    """GET ``who``, ``part`` and ``page`` (its path, HOME for home) narrow it; ``p`` is the sheet."""
    chosen = {name: request.GET.get(name, "") for name in ("who", "part", "page")}
    path = {"": None, HOME: ""}.get(chosen["page"], chosen["page"])
    rows = Paginator(happened(who=chosen["who"], part=chosen["part"], path=path), SHOWN).get_page(request.GET.get("p"))
    days = groupby(as_happenings(list(rows)), key=lambda one: localdate(one.at))
    return show(
        request,
        "happened",
        gettext("What happened"),
        days=[(day, [_row(one) for one in some]) for day, some in days],
        sheet=rows,
        query=asked_again(chosen),
        chosen=chosen,
        people=people(),
        parts=[(part, part_name(part)) for part in ALL_PARTS],
        pages=[(page.path or HOME, page_name(page)) for page in Page.objects.order_by("path")],
    )


def _row(one: Happening) -> dict[str, Any]:
    of = one.done or one.said
    page, part = (of.page, of.part) if of else (None, "")
    found: dict[str, Any] = {
        "at": localtime(one.at),
        "name": _text_name(page, part),
        "href": _address(page, part),
        "language": language_of(part),
    }
    return found | (_done(one.done) if one.done else _said(one.said) if one.said else {})


def _done(entry: AuditEntry) -> dict[str, Any]:
    about = entry.about
    if entry.page and entry.event != Event.ADDRESS_CHANGED:
        # After the page stands its text, which has a name of its own here, or the fact that was confirmed.
        about = about.partition(" ")[2].removeprefix(entry.part).strip()
    if entry.event == Event.SET_FOR_A_DAY:
        with suppress(ValueError):
            about = day(date.fromisoformat(about))
    return {"who": entry.who, "what": Event(entry.event).label, "about": about}


def _said(remark: Remark) -> dict[str, Any]:
    first = remark.answers
    what = gettext("answered %(name)s") % {"name": first.by or gettext("a colleague")} if first else gettext("said")
    return {
        "who": remark.by or gettext("A colleague"),
        "what": what,
        "sentence": "" if first else said(remark.part, remark.sentence),
        "words": " ".join(one for one in (str(VERDICTS[remark.verdict]), remark.words) if one),
        "wording": remark.wording,
        "href": reverse("admin:remark", args=[first.pk if first else remark.pk]),
    }


def _text_name(page: Page | None, part: str) -> str:
    if page is None:
        return ""
    return text_name(page, part) if part else page_name(page)


def _address(page: Page | None, part: str) -> str:
    if page is None:
        return ""
    return (
        reverse("admin:history", args=[page.path, part])
        if part in ALL_PARTS
        else reverse("admin:page", args=[page.path])
    )


ROOMS: list[Room] = [("happened/", happened_page, "happened", None)]
