"""A word by e-mail, without content, to staff who asked for it: something waits. Off unless a mail server is named."""

import logging
from collections.abc import Iterator
from datetime import datetime
from smtplib import SMTPException

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from toolkit.admin.room import Room
from toolkit.admin.showing import show, who
from toolkit.admin.start import waits_for
from toolkit.models import AuditEntry, Event, StaffMember

_LOG = logging.getLogger(__name__)


class MailForm(forms.Form):
    wants_mail = forms.BooleanField(required=False, label=_("Send me a word when something waits for me"))
    email = forms.EmailField(
        required=False,
        max_length=254,
        label=_("To this address"),
        help_text=_("Colleagues who make accounts see this address."),
    )

    def clean(self) -> dict[str, object]:
        said = super().clean() or {}
        if said.get("wants_mail") and not said.get("email") and "email" not in self.errors:
            self.add_error("email", _("Type the address that it shall go to."))
        return said


def mail_page(request: HttpRequest) -> HttpResponse:
    """Whether she wants it, and where it goes."""
    user = who(request)
    member, _is_new = StaffMember.objects.get_or_create(user=user)
    now = {"wants_mail": member.wants_mail, "email": user.email}
    form = MailForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        StaffMember.objects.filter(pk=member.pk).update(wants_mail=form.cleaned_data["wants_mail"])
        if user.email != form.cleaned_data["email"]:
            user.email = form.cleaned_data["email"]
            user.save(update_fields=["email"])
            AuditEntry.add(user, Event.ACCOUNT_CHANGED, "e-mail")
        messages.success(request, gettext("Kept."))
        return HttpResponseRedirect(reverse("admin:index"))
    return show(request, "nudge", gettext("A word by e-mail"), form=form, is_on=settings.SENDS_MAIL)


def nudge(now: datetime) -> tuple[int, int]:
    """Writes to everyone for whom something waits, once a day at most -> how many were sent, how many failed."""
    sent = failed = 0
    for member in _to_be_told(now):
        try:
            with translation.override(member.screens):
                send_mail(gettext("Something waits for you"), _text(), None, [member.user.email])
        except (OSError, SMTPException) as error:
            # Without whose it was: the next run tries again.
            _LOG.error("a word to staff could not be sent: %s", type(error).__name__)
            failed += 1
        else:
            StaffMember.objects.filter(pk=member.pk).update(mailed=now)
            sent += 1
    return sent, failed


def _to_be_told(now: datetime) -> Iterator[StaffMember]:
    wanting = StaffMember.objects.filter(wants_mail=True, user__is_active=True, user__is_staff=True)
    for member in wanting.exclude(user__email="").select_related("user").order_by("pk"):
        is_told_today = member.mailed is not None and localdate(member.mailed) == localdate(now)
        if not is_told_today and waits_for(member.user):
            yield member


def _text() -> str:
    """No page, no name, no topic: whoever looks at her mail learns nothing."""
    where = f"{settings.PUBLIC_URL}/{settings.ADMIN_PATH}/" if settings.PUBLIC_URL else ""
    said = gettext("Something waits for you. When you are somewhere safe, log in and look.")
    return "\n\n".join(one for one in (said, where) if one) + "\n"


ROOMS: list[Room] = [("mail/", mail_page, "mail", None)]
