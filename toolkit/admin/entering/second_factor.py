"""The second step of the log-in: a code from an app on her phone, or one of ten backup codes on paper."""

from base64 import b32encode
from math import ceil
from typing import Any

import segno
from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST
from django_otp import login, verify_token
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from toolkit.admin.entering.log_in import address, is_staff, is_verified, safe_next
from toolkit.admin.showing import show, who
from toolkit.models import AuditEntry, Event

BACKUP_CODES = 10
# Of the session: the phone that she is setting up. A secret that somebody else has seen, in a session that came
# before hers with only the password, never becomes hers.
_NEW_PHONE = "second_factor_new"


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false", "autofocus": True}
        ),
        error_messages={"required": _("Type the code.")},
    )

    def clean_code(self) -> str:
        """As the app and the paper show it, in groups, or in one piece."""
        return str(slugify(self.cleaned_data["code"])).replace("-", "").replace("_", "")


@never_cache
@csrf_protect
def second_factor_page(request: HttpRequest) -> HttpResponse:
    """Sets it up at the first log-in, asks for it at later ones, and afterwards shows what there is."""
    if not is_staff(request):
        return HttpResponseRedirect(address("login", safe_next(request)))
    if is_verified(request.user):
        return HttpResponseRedirect(safe_next(request)) if safe_next(request) else _overview(request)
    if phone_of(who(request)):
        return _ask(request)
    return _set_up(request)


@require_POST
def new_backup_codes(request: HttpRequest) -> HttpResponse:
    """Ten new codes for someone who is logged in; the old ones end."""
    codes = make_backup_codes(who(request))
    AuditEntry.add(who(request), Event.SECOND_FACTOR_SET_UP, "new backup codes")
    return _show_codes(request, codes)


def phone_of(user: User) -> TOTPDevice | None:
    found: TOTPDevice | None = TOTPDevice.objects.filter(user=user, confirmed=True).first()
    return found


def make_backup_codes(user: User) -> list[str]:
    """Ten codes, in the place of those she may have had. The device they belong to stays, and so do her sessions."""
    codes = [StaticToken.random_token() for _ in range(BACKUP_CODES)]
    with transaction.atomic():
        paper, _is_new = StaticDevice.objects.get_or_create(user_id=user.pk, defaults={"name": "backup codes"})
        paper.token_set.all().delete()
        StaticToken.objects.bulk_create(StaticToken(device=paper, token=code) for code in codes)
        paper.throttle_reset()
    return codes


def reset_second_factor(user: User, by: User | str) -> None:
    """For someone who lost her phone: she sets up a new one at her next log-in. Open sessions end, everywhere."""
    with transaction.atomic():
        TOTPDevice.objects.filter(user=user).delete()
        StaticDevice.objects.filter(user=user).delete()
        for session in Session.objects.all():
            if session.get_decoded().get("_auth_user_id") == str(user.pk):
                session.delete()
        AuditEntry.add(by, Event.SECOND_FACTOR_RESET, user.get_username())


def _ask(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST or None)
    if form.is_valid():
        code = form.cleaned_data["code"]
        device = _device_for(who(request), code)
        if refusal := _refusal(who(request), device, code):
            form.add_error("code", refusal)
        else:
            if isinstance(device, StaticDevice):
                _say_how_many_are_left(request, device)
            _enter(request, device)
            return HttpResponseRedirect(safe_next(request) or address("index"))
    return _page(request, "second_factor_ask", _("Second step"), form=form)


def _set_up(request: HttpRequest) -> HttpResponse:
    phone = _new_phone(request)
    form = CodeForm(request.POST or None)
    if form.is_valid():
        code = form.cleaned_data["code"]
        if refusal := _refusal(who(request), phone, code):
            form.add_error("code", refusal)
        elif _confirm(phone):
            codes = make_backup_codes(who(request))
            AuditEntry.add(who(request), Event.SECOND_FACTOR_SET_UP)
            _enter(request, phone)
            return _show_codes(request, codes)
        else:
            return HttpResponseRedirect(address("second_factor", safe_next(request)))
    return _page(
        request,
        "second_factor_set_up",
        _("Set up your second step"),
        form=form,
        link=phone.config_url,
        qr=segno.make(phone.config_url, error="m").svg_data_uri(scale=5, dark="#000", light="#fff"),
        secret=_in_fours(b32encode(phone.bin_key).decode()),
    )


def _new_phone(request: HttpRequest) -> TOTPDevice:
    """The same secret for as long as this session lasts: she may reload the page while she scans."""
    known = TOTPDevice.objects.filter(user_id=request.user.pk, confirmed=False, pk=request.session.get(_NEW_PHONE))
    phone: TOTPDevice | None = known.first()
    if phone is None:
        phone = TOTPDevice.objects.create(user_id=request.user.pk, name="phone", confirmed=False)
        request.session[_NEW_PHONE] = phone.pk
    return phone


def _confirm(phone: TOTPDevice) -> bool:
    """Makes it hers, unless another session was faster: there is one phone to an account."""
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=phone.user_id)
        if phone_of(user):
            return False
        TOTPDevice.objects.filter(pk=phone.pk).update(confirmed=True)
        TOTPDevice.objects.filter(user=user, confirmed=False).delete()
        return True


def _device_for(user: User, code: str) -> TOTPDevice | StaticDevice:
    """Six digits are a token of the phone, anything else a backup code.

    Trying both would count a right backup code as a wrong token, and have her wait for it.
    """
    phone = phone_of(user)
    is_token = len(code) == 6 and code.isdecimal()
    paper = None if is_token else StaticDevice.objects.filter(user_id=user.pk, confirmed=True).first()
    found: TOTPDevice | StaticDevice = paper or phone
    return found


def _refusal(user: User, device: TOTPDevice | StaticDevice, code: str) -> Any:
    """Why the code is not taken, "" when it is. A code that is taken is used up."""
    allowed, why = device.verify_is_allowed()
    if not allowed and why:
        return _wait(ceil((why["locked_until"] - timezone.now()).total_seconds()))
    if verify_token(user, device.persistent_id, code):
        if isinstance(device, StaticDevice):
            AuditEntry.add(user, Event.BACKUP_CODE_USED)
        return ""
    AuditEntry.add(user, Event.WRONG_CODE)
    return _(
        "This code is not right, or it was used before. Wait until your app shows the next code and type that one. "
        "If this goes on, check that your phone sets its clock by itself."
    )


def _wait(seconds: int) -> str:
    if seconds <= 120:
        return ngettext(
            "Too many wrong codes. Try again in %(count)s second.",
            "Too many wrong codes. Try again in %(count)s seconds.",
            max(1, seconds),
        ) % {"count": max(1, seconds)}
    minutes = ceil(seconds / 60)
    return ngettext(
        "Too many wrong codes. Try again in %(count)s minute, or ask an Administrator to reset your second step.",
        "Too many wrong codes. Try again in %(count)s minutes, or ask an Administrator to reset your second step.",
        minutes,
    ) % {"count": minutes}


def _enter(request: HttpRequest, device: TOTPDevice | StaticDevice) -> None:
    """From here on she may do what her roles allow. The session gets a new number, forms a new protection."""
    login(request, device)
    request.session.pop(_NEW_PHONE, None)
    request.session.cycle_key()
    rotate_token(request)
    AuditEntry.add(who(request), Event.LOGGED_IN)


def _say_how_many_are_left(request: HttpRequest, paper: StaticDevice) -> None:
    left = paper.token_set.count()
    text: Any = ngettext(
        "You have %(count)s backup code left. Make new ones on the page “Your second step”.",
        "You have %(count)s backup codes left.",
        left,
    )
    if left == 0:
        text = _("That was your last backup code. Make new ones on the page “Your second step”.")
    messages.warning(request, text % {"count": left})


def _overview(request: HttpRequest) -> HttpResponse:
    left = StaticToken.objects.filter(device__user_id=request.user.pk).count()
    return _page(request, "second_factor", _("Your second step"), left=left)


def _show_codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    return _page(request, "second_factor_codes", _("Your backup codes"), codes=[_in_fours(code) for code in codes])


def _in_fours(text: str) -> str:
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def _page(request: HttpRequest, template: str, title: Any, **context: Any) -> HttpResponse:
    return show(request, template, title, next=safe_next(request), **context)
