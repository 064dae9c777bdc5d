"""The list of what was done: read by Administrators, edited by nobody."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from toolkit import roles
from toolkit.models import AuditEntry, Event

EVENT_NAMES = {
    Event.LOGGED_IN: _("logged in"),
    Event.LOGGED_OUT: _("logged out"),
    Event.WRONG_PASSWORD: _("wrong password"),
    Event.WRONG_CODE: _("wrong code"),
    Event.LOCKED_OUT: _("locked out for half an hour"),
    Event.SECOND_FACTOR_SET_UP: _("second step set up"),
    Event.BACKUP_CODE_USED: _("backup code used"),
    Event.SECOND_FACTOR_RESET: _("second step reset"),
    Event.ACCOUNT_MADE: _("account made"),
    Event.ACCOUNT_CHANGED: _("account changed"),
    Event.PUBLISHED: _("published"),
    Event.RESTORED: _("restored"),
    Event.KEPT_SITE: _("kept the site's text"),
    Event.USED_FILES: _("used the files' text"),
    Event.STILL_CORRECT: _("still correct"),
    Event.SENT_FOR_REVIEW: _("sent for review"),
    Event.SENT_BACK: _("sent back"),
    Event.SET_ASIDE: _("discarded"),
    Event.READ: _("read and found right"),
    Event.SETTLED: _("settled a remark"),
    Event.OWNER_SET: _("set who publishes the guide"),
    Event.ADDRESS_CHANGED: _("changed the address of a page"),
}


class ByEvent(admin.SimpleListFilter):
    title = _("what")
    parameter_name = "what"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(EVENT_NAMES.items())

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
        return str(EVENT_NAMES[Event(entry.event)])

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
