"""The staff's site: Django's admin with the rooms of this guide in front."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.translation import gettext_lazy as _

from toolkit import roles
from toolkit.admin import addresses, rooms
from toolkit.admin.drafting import editing
from toolkit.admin.entering import kept, log_in, second_factor
from toolkit.admin.reviewing import reading
from toolkit.admin.room import View
from toolkit.admin.showing import who
from toolkit.admin.start import work
from toolkit.models import AuditEntry, Event

_View = TypeVar("_View", bound=View)


class StaffSite(AdminSite):
    site_header = site_title = _("Staff")
    index_title = _("Work to do")
    index_template = "staff/start.html"
    enable_nav_sidebar = False
    logout_template = "staff/log_in_logged_out.html"
    password_change_template = "staff/log_in_password.html"  # noqa: S105

    def get_urls(self) -> list[URLPattern | URLResolver]:
        return [
            path("set-password/<uidb64>/<token>/", log_in.SetPassword.as_view(), name="set_password"),
            path("second-factor/", second_factor.second_factor_page, name="second_factor"),
            path("second-factor/codes/", self.admin_view(second_factor.new_backup_codes), name="new_backup_codes"),
            path("here/", kept.here, name="here"),
            path("logout/", self.logout, name="logout"),  # also for someone between the two steps of the log-in
            # By her link alone: she has no account.
            *reading.ADDRESSES,
            # Not by _room: what is typed there is kept even when the log-in has ended.
            path("pages/<page:path>/<part:part>/", editing.unit_page, name="unit"),
            path("pages/<page:path>/<part:part>/<piece:at>/", editing.unit_page, name="unit_piece"),
            *(path(at, self._room(view, may), name=name) for at, view, name, may in rooms.ROOMS),
            path("pages/<int:pk>/", addresses.by_number),
            path("pages/<int:pk>/<path:rest>", addresses.by_number),
            *super().get_urls(),
        ]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        return super().index(request, work(who(request)) | (extra_context or {}))

    def has_permission(self, request: HttpRequest) -> bool:
        """Only after both steps of the log-in."""
        user = request.user
        return bool(user.is_active and user.is_staff and log_in.is_verified(user))

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return log_in.LogIn.as_view(extra_context=extra_context)(request)

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Her own; her sessions elsewhere end with it."""
        answer = super().password_change(request, extra_context)
        if request.method == "POST" and answer.status_code == 302:
            AuditEntry.add(request.user, Event.ACCOUNT_CHANGED, "password")
        return answer

    def admin_view(self, view: _View, cacheable: bool = False) -> _View:
        """Every page behind the log-in: what it has taken in of a form needs no copy any more."""

        @wraps(view)
        def enter(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return kept.taken(request, view(request, *args, **kwargs))

        return cast("_View", super().admin_view(enter, cacheable))

    def _room(self, view: View, may: Callable[[Any], bool] | None) -> View:
        """A page for staff who are logged in with both factors and, where ``may`` is given, may do what it is for."""

        def enter(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if may and not may(request.user):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return self.admin_view(enter)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        user = request.user
        return super().each_context(request) | {
            "may_publish": roles.may_publish(user),
            "may_confirm": roles.may_confirm(user),
            "may_manage_accounts": roles.may_manage_accounts(user),
            "rooms": self._doors(request),
        }

    def _doors(self, request: HttpRequest) -> list[tuple[str, Any]]:
        """Address and name of the rooms in the bar at the top, those that she may enter."""
        return [
            (reverse(f"admin:{name}"), label)
            for name, label, may in rooms.DOORS
            if self.has_permission(request) and (may is None or may(request.user))
        ]
