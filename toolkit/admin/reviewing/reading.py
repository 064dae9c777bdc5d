"""The pages of someone who reads from outside, by her link alone: no account, no cookie, only what she says is kept.

The signed address is what lets her in, so a form from elsewhere can do nothing: it would have to know it. It is sent to
nobody (Referrer-Policy), kept by no browser (no-store) and stands in no log.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import translation
from django.utils.timezone import localdate
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from toolkit.admin.showing import wants_json
from toolkit.live import live_site
from toolkit.models import OutsideReader
from toolkit.rendering import buttons
from toolkit.rendering.guide import Guide
from toolkit.reviewing import asked
from toolkit.reviewing.asked import Reading, Said
from toolkit.reviewing.pack import Statement
from toolkit.reviewing.words import reading_words
from toolkit.texts.canonical import digest
from toolkit.texts.languages import LANGUAGES, SOURCE

_LONGEST_KEY = 40


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence with what she last said of it. ``key`` is in the names of its fields."""

    statement: Statement
    said: Said

    @property
    def key(self) -> str:
        return f"{self.statement.number}-{digest(self.statement.text)}"

    @property
    def choices(self) -> list[tuple[str, bool]]:
        return [(one, one == self.said.verdict) for one in asked.VERDICTS]

    @property
    def wording(self) -> str:
        """What stands in the field for hers: she begins with what is there."""
        return self.said.wording or self.statement.text


def _hers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """In her language, with the headers that keep her address to herself; 410 once her link has ended."""

    @csrf_exempt
    def enter(request: HttpRequest, token: str, **where: int) -> HttpResponse:
        reader = asked.reader_of(token)
        if reader is None:
            raise Http404
        language = reader.of if reader.of in LANGUAGES else SOURCE
        # She reads what a reader reads.
        with translation.override(language), buttons.in_force(lambda: Guide.of(live_site()).buttons):
            answer = view(request, reader, token, **where) if reader.may_read else _ended(request, reader)
        answer.headers["Content-Language"] = language
        answer.headers["Referrer-Policy"] = "no-referrer"
        answer.headers["Cache-Control"] = "private, no-store"
        answer.headers["X-Robots-Tag"] = "noindex"
        return answer

    return enter


@_hers
@require_safe
def texts_page(request: HttpRequest, reader: OutsideReader, token: str) -> HttpResponse:
    """What she is asked to read, how far she is, and where to go on."""
    found = asked.readings(reader, Guide.of(live_site()))
    goes_on = _goes_on(found)
    return _show(
        request,
        "texts",
        reader,
        rows=[(one, _address(token, one.number)) for one in found],
        read=sum(one.read for one in found),
        of=sum(len(one.statements) for one in found),
        ends=localdate(reader.expires),
        goes_on=_place(token, *goes_on) if goes_on else "",
    )


@_hers
@require_http_methods(["GET", "HEAD", "POST"])
def text_page(request: HttpRequest, reader: OutsideReader, token: str, number: int, screen: int = 1) -> HttpResponse:
    """One page of the guide, a part of it at a time; POST keeps what she says of those that are sent."""
    guide = Guide.of(live_site())
    at = asked.reading(reader, guide, number)
    last = len(at.screens) if at else 0
    if at is None or not 1 <= screen <= last:
        raise Http404
    if request.method == "POST":
        return _keep(request, reader, at, guide)
    return _show(
        request,
        "text",
        reader,
        at=at,
        rows=[Row(one, asked.as_said(at.remark_on(one))) for one in at.screens[screen - 1]],
        longest=(asked.LONGEST_WORDING, asked.LONGEST_WORDS),
        all_texts=reverse("admin:read", args=[token]),
        before=_address(token, number, screen - 1) if screen > 1 else "",
        after=_address(token, number, screen + 1) if screen < last else _next_text(reader, guide, token, number),
        screen=screen,
        screens=last,
        is_saved="saved" in request.GET,
    )


def _keep(request: HttpRequest, reader: OutsideReader, at: Reading, guide: Guide) -> HttpResponse:
    said = _said(request.POST)
    if said is None:
        return JsonResponse({}, status=400) if wants_json(request) else _show(request, "refused", reader, status=400)
    try:
        asked.say(reader, at, guide, request.POST.get("version", ""), said)
    except asked.TooManyError:
        return JsonResponse({}, status=429) if wants_json(request) else _show(request, "refused", reader, status=429)
    if not wants_json(request):
        return HttpResponseRedirect(f"{request.path}?saved")
    now = asked.reading(reader, guide, at.number) or at
    return JsonResponse({"read": now.read, "of": len(now.statements)})


def _said(posted: QueryDict) -> dict[str, Said] | None:
    """What was sent, by the digest of each sentence; None when it is no form of ours."""
    found = {}
    for name in posted:
        field, _dash, key = name.partition("-")
        if field != "words" or len(key) > _LONGEST_KEY:
            continue
        verdict, wording = posted.get(f"verdict-{key}", ""), posted.get(f"wording-{key}", "")
        words = posted.get(name, "").replace("\r\n", "\n")
        if len(wording) > asked.LONGEST_WORDING or len(words) > asked.LONGEST_WORDS:
            return None
        if verdict in asked.VERDICTS or (not verdict and words):
            found[key.partition("-")[2]] = Said(verdict, wording, words)
    return found


def _ended(request: HttpRequest, reader: OutsideReader) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({}, status=410)
    return _show(request, "ended", reader, status=410)


def _show(
    request: HttpRequest, template: str, reader: OutsideReader, status: int = 200, **context: Any
) -> HttpResponse:
    shown = {"reader": reader, "said": reading_words(reader.of), **context}
    return render(request, f"outside/{template}.html", shown, status=status)


def _goes_on(found: list[Reading]) -> tuple[Reading, Statement] | None:
    """The next sentence after those that she judged last, or else the first that is left."""
    began = max(found, key=lambda one: max((said.pk for said in one.latest.values()), default=0), default=None)
    ordered = [*(one for one in found if one.number >= began.number), *found] if began and began.latest else found
    return next(((one, left) for one in ordered if (left := one.next_unread)), None)


def _place(token: str, at: Reading, statement: Statement) -> str:
    screen = next(number for number, some in enumerate(at.screens, 1) if statement in some)
    return f"{_address(token, at.number, screen)}#s{statement.number}"


def _next_text(reader: OutsideReader, guide: Guide, token: str, number: int) -> str:
    rest = range(number + 1, len(reader.texts) + 1)
    return next((_address(token, one) for one in rest if asked.reading(reader, guide, one)), "")


def _address(token: str, number: int, screen: int = 1) -> str:
    return reverse("admin:read_text", args=[token, number, *([screen] if screen > 1 else [])])


ADDRESSES = [
    path("read/<str:token>/", texts_page, name="read"),
    path("read/<str:token>/<int:number>/", text_page, name="read_text"),
    path("read/<str:token>/<int:number>/<int:screen>/", text_page, name="read_text"),
]
