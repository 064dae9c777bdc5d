"""The list of what was done: read by Administrators, edited by nobody."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from toolkit import roles
from toolkit.models import AuditEntry

EVENT_NAMES = {
    "logged in": _("logged in"),
    "logged out": _("logged out"),
    "wrong password": _("wrong password"),
    "wrong code": _("wrong code"),
    "locked out": _("locked out for half an hour"),
    "second factor set up": _("second step set up"),
    "backup code used": _("backup code used"),
    "second factor reset": _("second step reset"),
    "account made": _("account made"),
    "account changed": _("account changed"),
    "published": _("published"),
    "restored": _("restored"),
    "kept the site's text": _("kept the site's text"),
    "used the files' text": _("used the files' text"),
    "still correct": _("still correct"),
    "sent for review": _("sent for review"),
    "sent back": _("sent back"),
    "set aside": _("set aside"),
}


class ByEvent(admin.SimpleListFilter):
    title = _("what")
    parameter_name = "what"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(event, EVENT_NAMES.get(event, event)) for event in AuditEntry.EVENTS]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(event=self.value()) if self.value() else queryset


@admin.register(AuditEntry)
class AuditList(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("when", "name", "what", "details")
    list_display_links = None
    list_filter = (ByEvent,)
    list_per_page = 100
    search_fields = ("who", "about")
    actions = None
    show_facets = admin.ShowFacets.NEVER
    empty_value_display = ""
    fields = ("when", "name", "what", "details")
    change_list_template = "staff/accounts_list.html"

    @admin.display(description=_("when"), ordering="id")
    def when(self, entry: AuditEntry) -> Any:
        return entry.at

    @admin.display(description=_("who"), ordering="who")
    def name(self, entry: AuditEntry) -> str:
        return entry.who

    @admin.display(description=_("about what"))
    def details(self, entry: AuditEntry) -> str:
        return entry.about

    @admin.display(description=_("what"), ordering="event")
    def what(self, entry: AuditEntry) -> str:
        return str(EVENT_NAMES.get(entry.event, entry.event))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"title": _("What was done"), **(extra_context or {})})

    def has_module_permission(self, request: HttpRequest) -> bool:
        return roles.may_manage_accounts(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return roles.may_manage_accounts(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
