"""A draft as its reviewer sees it: what it changes, what is wrong with it, and what becomes of it."""

from collections.abc import Callable
from functools import partial
from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from toolkit import roles
from toolkit.admin.drafting import to_put_right
from toolkit.admin.drafting.unit_screen import preview_address
from toolkit.admin.finding.beside import beside
from toolkit.admin.keeping import calls, used_on
from toolkit.admin.making import scheduling
from toolkit.admin.moving.addresses import address_draft
from toolkit.admin.room import Room
from toolkit.admin.showing import language_of, page_name, part_name, require, show, who, whole
from toolkit.admin.talking.became import may_read
from toolkit.admin.talking.remarks import of_draft
from toolkit.admin.words.comparing import comparison
from toolkit.admin.words.faults import told
from toolkit.drafting import changing, drafts, making, publishing, reading
from toolkit.live import NotFitError, StaleTextError, live_site, live_text
from toolkit.models import Draft
from toolkit.texts.languages import BUTTONS, PLAN, SOURCE
from toolkit.texts.page import PageTexts, Site, read_part

_CHANGED = _("The draft has changed since you opened it. Read it again, then publish.")
_MAJOR_ENGLISH = _("Major: the meaning changes. Readers get a note, and translations are marked as older.")
_MINOR_ENGLISH = _("Minor: spelling, wording, a date. Silent, and translations stay valid.")


class PublishForm(scheduling.DayForm):
    """Why it changes, for colleagues; and what readers are told of it."""

    size = forms.ChoiceField(label=_("How big is the change?"), widget=forms.RadioSelect, initial="major")
    note = forms.CharField(
        label=_("Note for readers, in the language of the text"),
        help_text=_("One plain sentence. Needed for a major change."),
        max_length=300,
        required=False,
    )
    field_order = ("size", "note", "reason", "day")

    def __init__(self, part: str, data: Any = None, reason: str = "") -> None:
        super().__init__(data, initial={"reason": reason})
        # Only the English, and that of the plan, has translations that a change of its meaning leaves behind.
        field = cast(forms.ChoiceField, self.fields["size"])
        is_source = part in (SOURCE, PLAN)
        field.choices = [
            ("major", _MAJOR_ENGLISH if is_source else _("Major: the meaning changes. Readers get a note.")),
            ("minor", _MINOR_ENGLISH if is_source else _("Minor: spelling, wording, a date. Silent.")),
        ]
        if part == BUTTONS:
            # No page changes its meaning with them: there is nothing to tell readers of one.
            field.choices, field.initial = field.choices[1:], "minor"
            del self.fields["note"]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("size") == "major" and not said.get("note"):
            self.add_error("note", _("Tell readers in one sentence what changed, or choose Minor."))
        return said


def draft_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft compared with the live text; POST ``action``: publish, on-day, no-day, back, aside, mine…"""
    shown = get_object_or_404(Draft.objects.select_related("page", "author", "revision__author", "reviewer"), pk=pk)
    if shown.part == Draft.ADDRESS:
        return address_draft(request, shown, partial(_act, request, shown))
    site = live_site()
    is_of_new_page = making.is_being_made(shown.page, site)
    posted = request.POST if request.POST.get("action") in ("publish", "on-day") else None
    if posted and is_of_new_page:
        return HttpResponseRedirect(reverse("admin:make", args=[shown.page.path]))
    form = PublishForm(shown.part, posted, _reason(shown))
    if request.method == "POST":
        answer = _act(request, shown, request.POST.get("action", ""), form)
        if answer:
            return answer
    reading.know(shown, who(request))
    path, part = shown.page.path, shown.part
    problems = drafts.problems_of(shown, site, everywhere=True) if shown.text and shown.is_open else []
    return show(
        request,
        "draft",
        gettext("Draft: %(page)s, %(text)s") % {"page": page_name(shown.page), "text": part_name(part)},
        draft=shown,
        rows=comparison(part, live_text(site, path, part), shown.text) if shown.text else (),
        language=language_of(part),
        problems=to_put_right.rows(problems, site, who(request), [shown]),
        is_of_new_page=is_of_new_page,
        is_fit=bool(shown.text) and not is_of_new_page and all(one.is_warning for one in problems),
        is_overtaken=shown.is_open and drafts.is_overtaken(shown, site),
        form=form,
        beside=beside(shown, site),
        kept=_kept(shown, site),
        is_mine=shown.author == who(request),
        may_write=roles.may_draft(who(request), part),
        may_publish_this=roles.may_publish(who(request)) and shown.is_open,
        may_read=may_read(who(request), shown),
        why_not=scheduling.why_not(shown),
        preview=preview_address(shown),
        **of_draft(shown, who(request), site),
        used=used_on.of_draft(shown, site),
        **calls.of_draft(shown, who(request), site),
        lives=_lives(shown, site) if shown.part == PLAN and shown.text and shown.is_open else None,
    )


def _reason(shown: Draft) -> str:
    """Whose wordings from outside it was made of."""
    names = shown.remarks.exclude(reader=None).order_by("reader").values_list("reader__name", flat=True).distinct()
    return gettext("Wordings of %(names)s") % {"names": ", ".join(names)} if names else ""


def _kept(shown: Draft, site: Site) -> list[tuple[str, str]]:
    """The places that it leads on to others: old, new."""
    value = changing.read_or_none(shown) if shown.text and shown.is_open else None
    return list(changing.kept_places(site.get(shown.page.path), shown.part, value, shown.typed).items())


def _lives(shown: Draft, site: Site) -> Any:
    """Which lives would get another plan by this draft of its rules, and what changes in it (survivors/lives/)."""
    compared: Callable[[Site, Site], Any] = import_string(settings.LIVES_COMPARED)
    home = site.get(shown.page.path) or PageTexts(shown.page.path)
    drafted = home.with_part(PLAN, read_part(PLAN, shown.text))
    return compared(site, {**site, shown.page.path: drafted})


def _act(request: HttpRequest, shown: Draft, action: str, form: PublishForm | None = None) -> HttpResponse | None:
    """Does what was asked for; None when the page is to be shown again with what is wrong."""
    if action == "mine":
        return _take(request, shown)
    if action == "aside" and (shown.author == who(request) or roles.may_publish(who(request))) and shown.is_open:
        drafts.set_aside(shown, who(request))
        messages.info(
            request, gettext("Discarded. It stays in the history of this text, and can be copied from there.")
        )
        return HttpResponseRedirect(reverse("admin:page", args=[shown.page.path]))
    if action == "right" and may_read(who(request), shown):
        return _find_right(request, shown)
    if action == "known":
        reading.know_all([shown.pk, *map(whole, request.POST.getlist("draft"))], who(request))
        return HttpResponseRedirect(reverse("admin:index"))
    require(roles.may_publish(who(request)))
    if action == "back" and shown.is_open:
        drafts.send_back(shown, who(request), request.POST.get("remark", "").strip()[:2000])
        messages.success(request, gettext("Sent back to %(name)s.") % {"name": shown.author})
        return HttpResponseRedirect(reverse("admin:index"))
    if action == "no-day" and shown.is_open:
        return scheduling.take_day_away(request, shown)
    return _publish(request, shown, form) if action in ("publish", "on-day") and form and form.is_valid() else None


def _find_right(request: HttpRequest, shown: Draft) -> HttpResponse:
    """She has read what was shown to her, and it is right: readers' way to it is a Publisher's."""
    if not reading.find_right(shown, who(request), whole(request.POST.get("version", ""))):
        messages.error(request, gettext("The draft has changed since you opened it. Read it again."))
        return HttpResponseRedirect(request.path)
    messages.success(request, gettext("Thank you. The version that is published says that you have read it."))
    return HttpResponseRedirect(reverse("admin:index"))


def _publish(request: HttpRequest, shown: Draft, form: PublishForm) -> HttpResponse | None:
    said = form.cleaned_data
    if str(shown.version) != request.POST.get("version"):
        messages.error(request, _CHANGED)
        return None
    if said["day"]:
        return scheduling.set_for(request, shown, said)
    is_minor = said["size"] == "minor"
    try:
        publishing.publish(
            shown, who(request), reason=said["reason"], note="" if is_minor else said["note"], is_minor=is_minor,
            no_call=request.POST.get("skip_reason", "").strip() if request.POST.get("skip_call") else "",
        )  # fmt: skip
    except drafts.OtherWindowError:
        messages.error(request, _CHANGED)
    except NotFitError as error:
        messages.error(request, gettext("Not published: something is not right yet. See the list below."))
        # What can only be known by publishing it is not in the list.
        listed = drafts.problems_of(shown, live_site(), everywhere=True)
        for problem in [one for one in error.problems if one not in listed][:5]:
            messages.error(request, told(problem).message)
    except (drafts.OvertakenError, StaleTextError):
        messages.error(request, gettext("Not published: the text on the site has changed meanwhile. Both are kept."))
    else:
        messages.success(request, gettext("Published. Readers see it now."))
        return HttpResponseRedirect(reverse("admin:page", args=[shown.page.path]))
    return None


def _take(request: HttpRequest, shown: Draft) -> HttpResponse:
    """Someone's draft, copied into one's own to go on from there."""
    require(roles.may_draft(who(request), shown.part))
    there = HttpResponseRedirect(reverse("admin:unit", args=[shown.page.path, shown.part]))
    if drafts.open_draft(who(request), shown.page, shown.part):
        messages.warning(request, gettext("You have a draft of this text already: here it is."))
        return there
    drafts.save(
        who(request), shown.page, shown.part, shown.typed, shown.text,
        version=0, base=shown.base, follows=shown.follows,
    )  # fmt: skip
    return there


ROOMS: list[Room] = [("drafts/<int:pk>/", draft_page, "draft", None)]
