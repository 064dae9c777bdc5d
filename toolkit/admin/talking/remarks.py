"""A text sentence by sentence, with what was said of each: written, answered and settled here."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from toolkit import roles
from toolkit.admin.addresses import page_or_404
from toolkit.admin.room import Room
from toolkit.admin.showing import came_from, language_of, page_name, part_name, show, text_name, who
from toolkit.admin.words.fields import KINDS
from toolkit.live import live_site, live_text
from toolkit.models import Draft, Page, Remark
from toolkit.reviewing.pack import Statement
from toolkit.talking import remarks
from toolkit.talking.remarks import Thread
from toolkit.talking.sentences import statements
from toolkit.talking.unread import is_unread
from toolkit.texts.canonical import digest
from toolkit.texts.languages import BUTTONS, LANGUAGES, PLAN
from toolkit.texts.page import PageTexts, Part, Site, part_or_none

VERDICTS = {
    Remark.RIGHT: _("Right"),
    Remark.WRONG: _("Wrong"),
    Remark.BETTER: _("Better like this"),
    Remark.SAID: "",
}
REMARKS_SHOWN = 8
# So many sentences are shown at once; more are folded.
_FEW = 12
_PLACES = {"questions": _("Question"), "steps": _("Step")}


class RemarkForm(forms.Form):
    words = forms.CharField(
        label=_("Your remark"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), strip=True
    )
    sentence = forms.CharField(required=False, max_length=5000, widget=forms.HiddenInput)
    read = forms.RegexField(r"^[0-9a-f]{12}$", required=False, widget=forms.HiddenInput)


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, what was said of it, and whether its English stands beside it."""

    statement: Statement
    says: str
    threads: list[dict[str, Any]]


def reading_page(request: HttpRequest, path: str, part: str) -> HttpResponse:
    """The live text of a part, sentence by sentence. POST ``words`` of a ``sentence`` ("": of the whole text)."""
    page, site = page_or_404(path), live_site()
    text = live_text(site, page.path, part)
    if request.method == "POST":
        return _write(request, page, part, text or "", None)
    value = site[page.path].part(part) if text is not None else None
    return _reading(request, page, part, value, text or "", site, None)


def draft_reading_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The same of a draft."""
    draft = get_object_or_404(Draft.objects.select_related("page", "author"), pk=pk)
    if request.method == "POST":
        return _write(request, draft.page, draft.part, draft.text, draft)
    return _reading(request, draft.page, draft.part, _value(draft.part, draft.text), draft.text, live_site(), draft)


def remarks_page(request: HttpRequest) -> HttpResponse:
    """Every remark that waits, by text; GET ``whose=mine`` those that she can do something about."""
    is_hers = request.GET.get("whose") == "mine"
    found = waiting_for(who(request)) if is_hers else list(_waiting())
    shown = Paginator(found, REMARKS_SHOWN).get_page(request.GET.get("p"))
    texts = groupby(shown, key=lambda one: (one.page, one.part, one.draft))
    return show(
        request,
        "remarks",
        gettext("Remarks that wait for an answer"),
        is_hers=is_hers,
        shown=shown,
        number=len(found),
        texts=[
            {
                "page": page,
                "part": part,
                "draft": draft,
                "name": text_name(page, part),
                "language": language_of(part),
                "rows": [(one, said(part, one.sentence), VERDICTS[one.verdict]) for one in some],
            }
            for (page, part, draft), some in texts
        ],
    )


def remark_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One remark and its answers. POST ``action``: answer, settle, open; then ``next``."""
    one = get_object_or_404(Remark.objects.select_related("page", "author", "reader", "draft", "answers"), pk=pk)
    first = one.answers or one
    if request.method == "POST":
        return _act(request, first)
    site, path = live_site(), first.page.path
    text = first.draft.text if first.draft and first.draft.is_open else live_text(site, path, first.part)
    now = sentences_now(path, first.part, text, site)
    return show(
        request,
        "remark",
        gettext("Remark: %(page)s, %(text)s") % {"page": page_name(first.page), "text": part_name(first.part)},
        page=first.page,
        part=first.part,
        draft=first.draft,
        language=language_of(first.part),
        rows=rows(remarks.threads(Remark.objects.filter(pk=first.pk), now), who(request)),
    )


def rows(threads: Iterable[Thread], user: User) -> list[dict[str, Any]]:
    """Threads as the template shows them."""
    return [
        {
            "one": thread.remark,
            "answers": thread.answers,
            "stands": thread.stands,
            "says": said(thread.remark.part, thread.remark.sentence),
            "verdict": VERDICTS[thread.remark.verdict],
            "may_settle": may_settle(user, thread.remark),
        }
        for thread in threads
    ]


def of_draft(draft: Draft, user: User, site: Site) -> dict[str, Any]:
    """What the page of a draft shows of remarks: those on it, and the sentences to choose from."""
    value = _value(draft.part, draft.text)
    there = statements(draft.page.path, draft.part, value, site)
    found = remarks.threads(Remark.objects.filter(draft=draft), [one.text for one in there] if value else None)
    return {
        "remarks": rows(found, user),
        "sentences": [(one.number, one.text, said(draft.part, one.text)) for one in there if one.text],
        "read": digest(draft.text),
    }


def waiting_on(page: Page, part: str, draft: Draft | None, user: User) -> list[dict[str, Any]]:
    """What is open of a text as someone writes it: on the live text, and on her own draft."""
    return rows(remarks.threads(remarks.waiting(remarks.of_text(page, part, draft))), user)


def waiting_for(user: User) -> list[Remark]:
    """The open remarks that she can do something about: of texts that she may write or publish."""
    return [one for one in _waiting() if roles.may_publish(user) or roles.may_draft(user, one.part)]


def _waiting() -> QuerySet[Remark]:
    people = ("author", "reader", "draft__author")
    return remarks.waiting().select_related("page", *people).order_by("page__path", "part", "pk")


def said(part: str, sentence: str) -> str:
    """A sentence, or in words what kind of fact or piece of the plan is meant."""
    if part in (*LANGUAGES, BUTTONS) or not sentence:
        return sentence
    kind, _space, name = sentence.partition(" ")
    return f"{_PLACES.get(kind, kind) if part == PLAN else KINDS.get(kind, kind)} {name}"


def may_settle(user: User, one: Remark) -> bool:
    """Whoever may write the text, publishes it or has written the remark."""
    return roles.may_draft(user, one.part) or roles.may_publish(user) or one.author_id == user.pk


def _value(part: str, text: str) -> Part | None:
    return part_or_none(part, text) if part != Draft.ADDRESS and text else None


def sentences_now(path: str, part: str, text: str | None, site: Site) -> list[str] | None:
    """The sentences that a text has; None where it cannot be read."""
    value = _value(part, text or "")
    return [one.text for one in statements(path, part, value, site)] if value else None


def _reading(
    request: HttpRequest, page: Page, part: str, value: Part | None, text: str, site: Site, draft: Draft | None
) -> HttpResponse:
    there = statements(page.path, part, value, site)
    found = Remark.objects.filter(draft=draft) if draft else remarks.of_text(page, part)
    shown = rows(remarks.threads(found, [one.text for one in there]), who(request))
    by_sentence: dict[str, list[dict[str, Any]]] = {}
    for row in shown:
        by_sentence.setdefault(row["one"].sentence, []).append(row)
    lines = [Line(one, said(part, one.text), by_sentence.pop(one.text, [])) for one in there]
    name, texts = {"page": page_name(page), "text": part_name(part)}, site.get(page.path) or PageTexts(page.path)
    return show(
        request,
        "reading",
        gettext("Sentence by sentence: %(page)s, %(text)s") % name,
        page=page,
        part=part,
        draft=draft,
        language=language_of(part),
        groups=list(_groups(lines, part)),
        whole=by_sentence.pop("", []),
        gone=[row for some in by_sentence.values() for row in some],
        read=digest(text),
        english=texts.source_digest,
        is_unread=is_unread(texts, part),
        may_write=roles.may_draft(who(request), part),
    )


def _groups(lines: list[Line], part: str) -> Iterator[dict[str, Any]]:
    """The sentences under each heading, or of each kind of fact: folded, with what waits there, unless they are few."""
    is_prose = part in LANGUAGES
    places = [one.statement.what.partition("#")[2] if is_prose else one.says.rpartition(" ")[0] for one in lines]
    for place, some in groupby(zip(places, lines, strict=True), key=itemgetter(0)):
        under = [line for _place, line in some]
        waiting = sum(not row["one"].settled for line in under for row in line.threads)
        name = under[0].says if is_prose else place
        yield {"name": name, "lines": under, "waiting": waiting, "is_open": len(lines) <= _FEW}


def _write(request: HttpRequest, page: Page, part: str, text: str, draft: Draft | None) -> HttpResponse:
    form = RemarkForm(request.POST)
    here = request.path if draft is None else reverse("admin:draft", args=[draft.pk])
    back = came_from(request, here)
    if not form.is_valid():
        messages.error(request, gettext("Nothing was written: a remark has 1 to 2,000 characters."))
        return HttpResponseRedirect(back)
    said = form.cleaned_data
    made = Remark.objects.create(
        page=page, part=part, digest=said["read"] or digest(text),
        author=who(request), sentence=said["sentence"], words=said["words"], draft=draft,
    )  # fmt: skip
    messages.success(request, gettext("Your remark stands with the text. Whoever writes it sees it."))
    return HttpResponseRedirect(f"{back}#remark-{made.pk}")


def _act(request: HttpRequest, one: Remark) -> HttpResponse:
    action = request.POST.get("action", "")
    back = came_from(request, reverse("admin:remark", args=[one.pk]))
    if action == "answer":
        form = RemarkForm(request.POST)
        if form.is_valid():
            remarks.answer(one, who(request), form.cleaned_data["words"])
            messages.success(request, gettext("Answered."))
        else:
            messages.error(request, gettext("Nothing was written: an answer has 1 to 2,000 characters."))
    elif action in ("settle", "open"):
        if not may_settle(who(request), one):
            raise PermissionDenied
        # An answer that was typed is said, whichever button is pressed.
        if (form := RemarkForm(request.POST)).is_valid():
            remarks.answer(one, who(request), form.cleaned_data["words"])
        if action == "settle":
            remarks.settle(one, who(request))
            messages.success(request, gettext("Settled. The remark stays in the history of the text."))
        else:
            remarks.open_again(one)
            messages.success(request, gettext("The remark is open again."))
    return HttpResponseRedirect(f"{back}#remark-{one.pk}")


ROOMS: list[Room] = [
    ("pages/<page:path>/<part:part>/remarks/", reading_page, "reading", None),
    ("drafts/<int:pk>/remarks/", draft_reading_page, "draft_reading", None),
    ("remarks/", remarks_page, "remarks", None),
    ("remarks/<int:pk>/", remark_page, "remark", None),
]
