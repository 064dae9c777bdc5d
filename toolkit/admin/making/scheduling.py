"""The day on which a draft goes live by itself, in the words of staff: setting it, and what became of it."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from toolkit import roles
from toolkit.admin.showing import text_name, who
from toolkit.drafting import scheduled
from toolkit.drafting.drafts import OtherWindowError
from toolkit.models import Draft
from toolkit.rendering import words

WHY_NOT = {
    scheduled.OVERTAKEN: _(
        "the text on the site has changed since the draft was begun. Open the draft and bring both together."
    ),
    scheduled.NOT_FIT: _("something in it is not right as the guide stands now. Open the draft: it says what."),
    scheduled.CONFLICT: _("the files have another text that waits for a decision. Decide first, then publish."),
    scheduled.TWICE: _("two drafts of the same text were set for that day. Take the day away from one of them."),
    scheduled.NOBODY: _("whoever set the day may not publish any more. Another Publisher publishes it, or sets a day."),
}
_LATE = _(
    "the site has not come to it yet. It tries again every ten minutes; if it stays so, tell whoever runs the site."
)
# Far enough for a law, and near enough that a slip of the year is seen.
FARTHEST = timedelta(days=3 * 365)


class DayForm(forms.Form):
    """Why it is published, and when: now, or on a day. Its buttons are ``action``: publish, on-day."""

    reason = forms.CharField(label=_("Why, for your colleagues"), max_length=300)
    day = forms.DateField(
        required=False,
        label=_("Or: the day on which it goes live by itself"),
        help_text=_("At the start of that day in Malaysia, if it is still right then. Left empty, publish it now."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if "day" in said and (fault := _fault_of(said["day"], self.data["action"])):
            self.add_error("day", fault)
        return said


def _fault_of(day: date | None, action: str) -> str:
    """Why a form with this day cannot do what its button says; "" where it can."""
    if action == "publish":
        return gettext("A day is given: press “Publish on that day”, or leave the day empty.") if day else ""
    if day is None:
        return gettext("Give the day.")
    if day <= localdate():
        return gettext("This day has come already: leave it empty and publish it now.")
    return gettext("This is more than three years away.") if day > localdate() + FARTHEST else ""


def set_for(request: HttpRequest, shown: Draft, said: dict[str, Any]) -> HttpResponse | None:
    """Sets the day of a draft; ``said``: what a PublishForm says. None where it could not be."""
    is_minor = said["size"] == "minor"
    try:
        scheduled.set_for(
            shown, who(request), said["day"],
            reason=said["reason"], note="" if is_minor else said["note"], is_minor=is_minor,
        )  # fmt: skip
    except OtherWindowError:
        messages.error(request, gettext("The draft has changed since you opened it. Read it again, then publish."))
        return None
    told = gettext("Set: readers see it from %(day)s. Whoever changes the draft before takes the day away.")
    messages.success(request, told % {"day": words.day(said["day"])})
    return HttpResponseRedirect(reverse("admin:page", args=[shown.page.path]))


def take_day_away(request: HttpRequest, shown: Draft) -> HttpResponse:
    scheduled.take_day_away(shown, who(request))
    messages.info(request, gettext("The day is taken away: it does not go live by itself. The draft is as it was."))
    return HttpResponseRedirect(reverse("admin:draft", args=[shown.pk]))


def why_not(draft: Draft) -> str:
    """Why a draft is not before readers though its day has come; "" where it has not come."""
    if draft.refused in WHY_NOT:
        return str(WHY_NOT[draft.refused])
    return str(_LATE) if draft.is_open and draft.goes_live and draft.goes_live <= localdate() else ""


def rows() -> list[dict[str, Any]]:
    """What waits for its day, and what did not go live on it: these first."""
    found = [
        {"draft": one, "name": text_name(one.page, one.part), "why_not": why_not(one)} for one in scheduled.set_drafts()
    ]
    return sorted(found, key=lambda one: not one["why_not"])


def failed_for(user: User) -> list[dict[str, Any]]:
    """What did not go live on its day, for whoever can do something about it."""
    return [one for one in rows() if one["why_not"] and (roles.may_publish(user) or one["draft"].author_id == user.pk)]
