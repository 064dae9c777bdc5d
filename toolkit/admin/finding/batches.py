"""Several drafts on one page: what all of them change, and what becomes of them together."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from toolkit import roles
from toolkit.admin.drafting import to_put_right
from toolkit.admin.room import Room
from toolkit.admin.showing import language_of, page_name, part_name, require, show, text_name, who, whole
from toolkit.admin.words.comparing import comparison
from toolkit.admin.words.faults import said
from toolkit.drafting import drafts, together
from toolkit.drafting.changing import Said
from toolkit.live import NotFitError, StaleTextError, live_site, live_text
from toolkit.models import Batch, Draft
from toolkit.texts.languages import ALL_PARTS, LANGUAGES, SELF_NAMES, SOURCE
from toolkit.texts.page import Site

MOST = 200
# So many differences stand open; more are folded, or the page would have no end on a phone.
_OPEN = 2
_MOST_PROBLEMS = 20
_CHANGED = _("The drafts have changed since you opened this. Read them again, then publish.")


class TogetherForm(forms.Form):
    """What is said of all of them: why, and to readers of each language where the meaning changes."""

    size = forms.ChoiceField(
        label=_("How big is the change?"),
        widget=forms.RadioSelect,
        initial="minor",
        choices=[
            ("minor", _("Minor: spelling, wording, a date. Silent, and translations stay valid.")),
            ("major", _("Major: the meaning changes. Readers get a note.")),
        ],
    )

    def __init__(self, shown: Sequence[Draft], data: Any = None, reason: str = "") -> None:
        super().__init__(data)
        parts = {draft.part if draft.part in LANGUAGES else SOURCE for draft in shown}
        self.languages = [one for one in LANGUAGES if one in parts]
        for one in self.languages:
            name = _("Note for readers, if it is major: %(language)s") % {"language": SELF_NAMES[one]}
            self.fields[f"note.{one}"] = forms.CharField(label=name, max_length=300, required=False)
        self.fields["reason"] = forms.CharField(label=_("Why, for your colleagues"), max_length=300, initial=reason)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for one in self.languages if cleaned.get("size") == "major" else ():
            if not cleaned.get(f"note.{one}"):
                self.add_error(f"note.{one}", _("Tell readers in one sentence what changed, or choose Minor."))
        return cleaned

    @property
    def said(self) -> Said:
        is_minor = self.cleaned_data["size"] == "minor"
        notes = {one: self.cleaned_data[f"note.{one}"] for one in self.languages}
        return Said(self.cleaned_data["reason"], {} if is_minor else notes, is_minor)


def batch_page(request: HttpRequest, pk: int) -> HttpResponse:
    """POST ``action``: publish, back, aside, review (all that are open), undo (all that were published)."""
    batch = get_object_or_404(Batch.objects.select_related("made_by", "taken_back_by"), pk=pk)
    if request.method == "POST" and request.POST.get("action") == "undo":
        return _undo(request, batch)
    return _page(request, list(_drafts().filter(batch=batch)), batch)


def together_page(request: HttpRequest) -> HttpResponse:
    """Drafts that were ticked (GET ``draft``), reviewed and published as if they were a batch, which they become."""
    keys = [whole(one) for one in request.GET.getlist("draft")[:MOST]]
    chosen = list(_drafts().filter(pk__in=keys))
    if not chosen:
        messages.info(request, gettext("Tick the drafts that you want to read together."))
        return HttpResponseRedirect(reverse("admin:drafts"))
    return _page(request, chosen, None)


def _drafts() -> Any:
    return Draft.objects.exclude(part=Draft.ADDRESS).select_related("page", "author", "revision").order_by("pk")


def _page(request: HttpRequest, shown: list[Draft], batch: Batch | None) -> HttpResponse:
    site, opened = live_site(), [one for one in shown if one.is_open]
    form = TogetherForm(opened, reason=batch.reason if batch else "")
    if request.method == "POST" and opened:
        if request.POST.get("action") == "publish":
            form = TogetherForm(opened, request.POST)
        if answer := _act(request, opened, form, batch):
            return answer
    try:
        problems = together.problems_together(opened, site) if opened else []
        is_twice = False
    except together.TwiceError:
        problems, is_twice = [], True
    overtaken = [one for one in opened if drafts.is_overtaken(one, site)]
    is_mine = bool(opened) and all(one.author == who(request) for one in opened)
    return show(
        request,
        "batch",
        batch.reason if batch else gettext("Drafts read together"),
        422 if form.is_bound else 200,
        batch=batch,
        groups=_groups(shown, site),
        opened=opened,
        is_twice=is_twice,
        problems=to_put_right.rows(problems, site, who(request), opened)[:_MOST_PROBLEMS],
        is_fit=bool(opened) and not is_twice and not overtaken and all(one.is_warning for one in problems),
        overtaken=[text_name(one.page, one.part) for one in overtaken],
        seen=together.seen_of(opened),
        form=form,
        is_mine=is_mine,
        has_unsent=is_mine and any(one.state == Draft.WRITING and one.text for one in opened),
        may_discard=bool(opened) and (is_mine or roles.may_publish(who(request))),
        published=together.published_of(batch) if batch else [],
    )


def _groups(shown: list[Draft], site: Site) -> list[dict[str, Any]]:
    """By language, as staff read them: what each draft changes in the text on the site, or changed."""
    is_open = len(shown) <= _OPEN
    return [
        {
            "name": part_name(part),
            "language": language_of(part),
            "is_open": is_open or len(shown) <= 40,
            "rows": [_row(one, site, is_open=is_open) for one in shown if one.part == part],
        }
        for part in ALL_PARTS
        if any(one.part == part for one in shown)
    ]


def _row(draft: Draft, site: Site, *, is_open: bool) -> dict[str, Any]:
    path, part = draft.page.path, draft.part
    if draft.revision:
        older = draft.page.revisions.filter(part=part, was_live=True, pk__lt=draft.revision.pk).first()
        rows = comparison(part, older.text if older else None, draft.revision.text)
    else:
        rows = comparison(part, live_text(site, path, part), draft.text) if draft.text else []
    return {"draft": draft, "name": page_name(draft.page), "rows": rows, "is_open": is_open}


def _act(request: HttpRequest, opened: list[Draft], form: TogetherForm, batch: Batch | None) -> HttpResponse | None:
    """Does what was asked for; None when the page is to be shown again with what is wrong."""
    action, user = request.POST.get("action", ""), who(request)
    is_mine = all(one.author == user for one in opened)
    require(roles.may_publish(user) or (is_mine and action in ("aside", "review")))
    if together.seen_of(opened) != request.POST.get("seen"):
        messages.error(request, _CHANGED)
        return HttpResponseRedirect(request.get_full_path())
    number = len(opened)
    if action == "aside":
        for one in opened:
            drafts.set_aside(one, user)
        done = ngettext(
            "%(n)d draft discarded. It stays in the history.",
            "%(n)d drafts discarded. They stay in the history.",
            number,
        )
    elif action == "back":
        for one in opened:
            drafts.send_back(one, user, request.POST.get("remark", "").strip()[:2000])
        done = ngettext("%(n)d draft sent back.", "%(n)d drafts sent back.", number)
    elif action == "review" and is_mine:
        for one in (one for one in opened if one.text):
            drafts.ask_for_review(one)
        done = ngettext("%(n)d draft waits for review.", "%(n)d drafts wait for review.", number)
    elif action == "publish" and form.is_valid():
        return _publish(request, opened, form.said, batch)
    else:
        return None
    messages.success(request, done % {"n": number})
    return HttpResponseRedirect(reverse("admin:batch", args=[batch.pk]) if batch else reverse("admin:drafts"))


def _publish(request: HttpRequest, opened: list[Draft], what: Said, batch: Batch | None) -> HttpResponse | None:
    try:
        together.publish_together(opened, who(request), what)
    except (drafts.OtherWindowError, drafts.OvertakenError, StaleTextError):
        messages.error(request, _CHANGED)
    except (NotFitError, together.TwiceError) as error:
        messages.error(request, gettext("Not published: something is not right yet. See the list below."))
        # What can only be known by publishing them is not in the list.
        found = error.problems if isinstance(error, NotFitError) else []
        listed = together.problems_together(opened, live_site()) if found else []
        for one in [one for one in found if one not in listed][:5]:
            messages.error(request, said(one.fault))
    else:
        if batch is None:
            batch = Batch.objects.create(made_by=who(request), reason=what.reason)
            Draft.objects.filter(pk__in=[one.pk for one in opened]).update(batch=batch)
        messages.success(request, gettext("Published. Readers see it now."))
        return HttpResponseRedirect(reverse("admin:batch", args=[batch.pk]))
    return None


def _undo(request: HttpRequest, batch: Batch) -> HttpResponse:
    require(roles.may_publish(who(request)))
    there = HttpResponseRedirect(reverse("admin:batch", args=[batch.pk]))
    if batch.taken_back:
        messages.info(request, gettext("This was taken back already."))
        return there
    try:
        stays = together.take_back(batch, who(request))
    except NotFitError as error:
        found = "; ".join(said(one.fault) for one in error.problems[:5])
        text = gettext("Not taken back, because of what was published since: %(problems)s")
        messages.error(request, text % {"problems": found})
        return there
    messages.success(request, gettext("Taken back. Readers see the texts from before it."))
    for one in stays:
        text = gettext("%(name)s was changed again since, or is new, and stays as it is.")
        messages.warning(request, text % {"name": text_name(one.page, one.part)})
    return there


ROOMS: list[Room] = [
    ("batches/<int:pk>/", batch_page, "batch", None),
    ("drafts/together/", together_page, "together", None),
]
