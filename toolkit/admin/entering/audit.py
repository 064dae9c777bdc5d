"""The list of what was done: read by Administrators, edited by nobody."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from toolkit import roles
from toolkit.models import AuditEntry, Event


class ByEvent(admin.SimpleListFilter):
    title = _("what")
    parameter_name = "what"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(Event.choices)

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(event=self.value()) if self.value() else queryset


class AdministratorsList(admin.ModelAdmin):  # type: ignore[type-arg]
    """A list of Django's that Administrators read. What may be done in it more, each says itself."""

    title: Any = ""
    actions = None
    show_facets = admin.ShowFacets.NEVER
    empty_value_display = ""
    change_list_template = "staff/accounts_list.html"

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"title": self.title, **(extra_context or {})})

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


@admin.register(AuditEntry)
class AuditList(AdministratorsList):
    title = _("What was done")
    list_display = ("when", "name", "what", "details")
    list_display_links = None
    list_filter = (ByEvent,)
    list_per_page = 15
    search_fields = ("who", "about")
    fields = ("when", "name", "what", "details")

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
        return str(Event(entry.event).label)
