"""The history of one text: every version that there was, each compared with another, and going back to one."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext

from toolkit import roles
from toolkit.admin.drafting import to_put_right
from toolkit.admin.room import Room
from toolkit.admin.showing import language_of, require, show, text_name, who
from toolkit.admin.talking import remarks
from toolkit.admin.words.comparing import comparison, in_lines
from toolkit.drafting import publishing
from toolkit.live import NotFitError, live_site
from toolkit.models import Cause, Draft, Page, Remark, Revision, UnitState
from toolkit.talking.remarks import Thread, threads
from toolkit.texts.canonical import digest
from toolkit.texts.problem import Problem

VERSIONS_SHOWN = 20
PEOPLE = ("author", "writer", "reviewer")
LIVE, BEFORE = "live", "before"


def history_page(request: HttpRequest, path: str, part: str) -> TemplateResponse:
    """Every version of a text, newest first, and the drafts of it. Read by all staff; nothing is ever deleted."""
    page = get_object_or_404(Page, path=path)
    versions = Revision.objects.filter(page=page, part=part).defer("text").select_related(*PEOPLE)
    live = _live(page, part)
    shown = Paginator(versions, VERSIONS_SHOWN).get_page(request.GET.get("p"))
    return show(
        request,
        "history",
        gettext("History: %(name)s") % {"name": text_name(page, part)},
        page=page,
        part=part,
        language=language_of(part),
        versions=shown,
        rows=[_version(one, live) for one in shown],
        remarks=remarks.rows(_threads(page, part, live), who(request)),
        drafts=Draft.objects.filter(page=page, part=part)
        .exclude(state=Draft.PUBLISHED)
        .defer("text", "typed")
        .select_related("author"),
    )


def version_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One version compared with the one before it, or with the live text (``?with=live``). POST brings it back."""
    chosen = get_object_or_404(Revision.objects.select_related("page", *PEOPLE), pk=pk)
    live = _live(chosen.page, chosen.part)
    if request.method != "POST":
        return _show(request, chosen, live)
    require(roles.may_publish(request.user))
    if not _may_come_back(chosen, live):
        messages.info(
            request, gettext("Nothing was changed: readers see this text already, or it waits for a decision.")
        )
        return HttpResponseRedirect(request.path)
    try:
        publishing.restore(chosen, who(request))
    except NotFitError as error:
        return _show(request, chosen, live, error.problems, status=422)
    at = date_format(localtime(chosen.created), "DATETIME_FORMAT")
    messages.success(request, gettext("The version of %(at)s is before readers again, as a new version.") % {"at": at})
    return HttpResponseRedirect(reverse("admin:history", args=[chosen.page.path, chosen.part]))


def whose(revision: Revision) -> str:
    """Whose version it is: a name, or the files."""
    return str(revision.author) if revision.author else gettext("From the files")


def people(revision: Revision) -> list[tuple[str, str]]:
    """Who wrote it, read it and published it, where it came from a draft."""
    if revision.writer is None:
        return []
    if revision.origin == "restored":
        return [(gettext("written by"), str(revision.writer)), (gettext("brought back by"), str(revision.author))]
    return [
        (gettext("written by"), str(revision.writer)),
        (gettext("read by"), str(revision.reviewer) if revision.reviewer else gettext("nobody else")),
        (gettext("published by"), str(revision.author)),
    ]


def why(revision: Revision) -> str:
    """Its reason in words; what colleagues wrote stays as they wrote it."""
    if revision.origin == "restored":
        at = date_format(datetime.fromisoformat(revision.reason), "DATETIME_FORMAT")
        return gettext("The version of %(time)s brought back") % {"time": at}
    return str(Cause(revision.cause).label) if revision.cause else revision.reason


def _show(
    request: HttpRequest,
    chosen: Revision,
    live: Revision | None,
    problems: list[Problem] | None = None,
    status: int = 200,
) -> TemplateResponse:
    page, part = chosen.page, chosen.part
    other = LIVE if request.GET.get("with") == LIVE and live and live.pk != chosen.pk else BEFORE
    before = live if other == LIVE else _version_before(chosen)
    return show(
        request,
        "revision",
        gettext("A version of %(name)s") % {"name": text_name(page, part)},
        status,
        page=page,
        part=part,
        language=language_of(part),
        shown=_version(chosen, live),
        other=other,
        before=before,
        rows=comparison(part, before.text if before else None, chosen.text),
        text=in_lines(part, chosen.text),
        problems=to_put_right.rows(problems or (), live_site(), who(request)),
        waiting=_waiting(chosen),
        may_come_back=_may_come_back(chosen, live) and roles.may_publish(request.user),
    )


def _version(revision: Revision, live: Revision | None) -> dict[str, Any]:
    return {
        "revision": revision,
        "who": whose(revision),
        "people": people(revision),
        "why": why(revision),
        "is_live": live is not None and live.pk == revision.pk,
    }


def _threads(page: Page, part: str, live: Revision | None) -> list[Thread]:
    """Everything that was ever said of a text, and whether what readers see still has those sentences."""
    found = Remark.objects.filter(page=page, part=part)
    now = remarks.sentences_now(page.path, part, live.text, live_site()) if live and found.exists() else None
    return threads(found, now)


def _live(page: Page, part: str) -> Revision | None:
    """The version that readers see: the newest of those that were ever live, as nothing leaves the site otherwise."""
    return None if page.is_retired else Revision.objects.filter(page=page, part=part, was_live=True).first()


def _version_before(revision: Revision) -> Revision | None:
    older = Revision.objects.filter(page=revision.page, part=revision.part, was_live=True, pk__lt=revision.pk)
    return older.first()


def _waiting(revision: Revision) -> UnitState | None:
    """The decision that this text of a file waits for."""
    state = UnitState.objects.filter(page=revision.page, part=revision.part).exclude(hold="").first()
    return state if state and not revision.was_live and digest(state.held) == revision.digest else None


def _may_come_back(revision: Revision, live: Revision | None) -> bool:
    return live is not None and live.digest != revision.digest and not _waiting(revision)


ROOMS: list[Room] = [
    ("pages/<page:path>/<part:part>/history/", history_page, "history", None),
    ("history/<int:pk>/", version_page, "revision", None),
]
