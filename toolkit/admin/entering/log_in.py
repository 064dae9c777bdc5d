"""The first step of the log-in: name and password, what happens after too many wrong ones, and set-password links."""

from collections.abc import Callable
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any
from urllib.parse import urlencode

from axes.helpers import get_client_username, get_cool_off
from axes.models import AccessAttempt
from axes.utils import reset as lift_lock_out
from django.contrib import admin, messages
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.models import AnonymousUser, User
from django.contrib.auth.tokens import default_token_generator
from django.contrib.auth.views import LoginView, PasswordResetConfirmView
from django.db.models import Max
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import url_has_allowed_host_and_scheme, urlsafe_base64_encode
from django.utils.translation import gettext_lazy as _
from django.views.csrf import csrf_failure

from toolkit.admin.entering import guessing
from toolkit.admin.entering.away import is_staffs
from toolkit.admin.showing import show
from toolkit.models import AuditEntry, Event

_A_MINUTE = timedelta(seconds=59)  # a time without its seconds is that of the next full minute


class LogInRequest(HttpRequest):
    """A log-in, as django-axes has counted it."""

    axes_ip_address: str
    axes_locked_out: bool
    axes_failures_since_start: int | None


class LogInForm(AdminAuthenticationForm):
    error_messages = {
        "invalid_login": _(
            "This name and password do not belong together. Check both: capital letters count. "
            "After five wrong passwords you have to wait half an hour."
        ),
        "inactive": _("This account is switched off. Ask an Administrator."),
    }


class LogIn(LoginView):
    """Name and password. Whoever is past them goes on to the second factor."""

    template_name = "staff/log_in.html"
    authentication_form = LogInForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_staff(request):
            return HttpResponseRedirect(self.get_success_url())
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        seconds = guessing.wait(client_address(request), request.POST.get("username", ""))
        if seconds:
            return _wait_page(request, timezone.now() + timedelta(seconds=seconds))
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        guessing.worked(client_address(self.request), form.cleaned_data["username"])
        return super().form_valid(form)

    def get_success_url(self) -> str:
        return address("second_factor", safe_next(self.request))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = {**admin.site.each_context(self.request), "title": _("Log in"), "next": safe_next(self.request)}
        page["is_kept"] = "kept" in self.request.GET  # toolkit/admin/drafting/editing.py
        return super().get_context_data(**kwargs) | page


class SetPassword(PasswordResetConfirmView):
    """A new password through a link that an Administrator handed over. The link works once, for a day."""

    template_name = "staff/log_in_set_password.html"
    success_url = reverse_lazy("admin:login")
    title = _("Choose your password")

    def get_user(self, uidb64: str) -> User | None:
        user = super().get_user(uidb64)
        return user if user and user.is_active and user.is_staff else None

    def get_form(self, form_class: Any = None) -> Any:
        form: Any = super().get_form(form_class)
        form.fields["new_password1"].widget.attrs["autofocus"] = True
        return form

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        AuditEntry.add(form.user, Event.ACCOUNT_CHANGED, "password set through a link")
        lift_lock_out(username=form.user.get_username())
        messages.success(self.request, _("Your password is set. Log in with it now."))
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        title = self.title if context["validlink"] else _("This link does not work any more")
        return admin.site.each_context(self.request) | context | {"title": title, "account": self.user}


def set_password_path(user: User) -> str:
    """The address below this site where she chooses her password, once."""
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    return reverse("admin:set_password", args=(uid, default_token_generator.make_token(user)))


def is_verified(user: User | AnonymousUser) -> bool:
    """Whether she has done both steps of the log-in."""
    asked: Callable[[], bool] | None = getattr(user, "is_verified", None)
    return bool(asked and asked())


def is_staff(request: HttpRequest) -> bool:
    """Whether name and password were right. It takes the second factor, too, to do anything (StaffSite)."""
    return bool(request.user.is_active and request.user.is_staff)


def safe_next(request: HttpRequest) -> str:
    """The page of this site to go on to after the log-in, "" where the request names none or another site's."""
    wanted = request.POST.get("next", request.GET.get("next", ""))
    hosts = {request.get_host()}
    return wanted if url_has_allowed_host_and_scheme(wanted, hosts, require_https=request.is_secure()) else ""


def address(name: str, after: str = "") -> str:
    """A page of the log-in by its name, keeping in mind where to go afterwards."""
    found = reverse(f"admin:{name}")
    return f"{found}?{urlencode({'next': after})}" if after else found


def client_address(request: HttpRequest) -> str | None:
    """The address that wrong passwords are counted for: a single one, or the whole /64 network in IPv6.

    Behind a proxy it is the last entry of X-Forwarded-For, which the proxy itself appended; entries before it are
    whatever the client sent. The header is believed from a loopback or private peer only (our proxy): a client that
    reaches the server itself could otherwise take a new address for every guess. In IPv6 a household owns 2**64
    addresses, so that single ones say nothing.
    """
    peer = _parsed(request.META.get("REMOTE_ADDR", ""))
    found = peer
    if peer is None or peer.is_private or peer.is_loopback:
        found = _parsed(request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2]) or peer
    if isinstance(found, IPv6Address):
        return str(ip_network((found, 64), strict=False).network_address)
    return str(found) if found else None


def _parsed(value: str) -> IPv4Address | IPv6Address | None:
    """None for what is no address: a proxy on a Unix socket has none."""
    try:
        found = ip_address(value.strip())
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def locked_out(request: LogInRequest, response: HttpResponseBase, credentials: dict[str, Any] | None) -> HttpResponse:
    """The page after too many wrong passwords, the same whether the name exists or not."""
    name = get_client_username(request, credentials)
    attempts = AccessAttempt.objects.filter(username=name, ip_address=request.axes_ip_address)
    last = attempts.aggregate(last=Max("attempt_time"))["last"] or timezone.now()
    return _wait_page(request, last + get_cool_off(request))


def _wait_page(request: HttpRequest, until: datetime) -> HttpResponse:
    answer = show(request, "log_in_locked", _("Wait a little"), 429, until=timezone.localtime(until + _A_MINUTE))
    answer.render()  # axes gives it where nobody renders it later
    answer.headers["Retry-After"] = str(max(1, int((until - timezone.now()).total_seconds())))
    return answer


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """For a form whose protection against forged requests is gone, as after a log-in in another window."""
    if not is_staffs(request):
        return csrf_failure(request, reason)
    return show(request, "log_in_form_too_old", _("This page is too old"), 403, back=request.path)
