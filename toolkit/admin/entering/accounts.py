"""The accounts of staff, for Administrators: who may do what, in which languages. None is ever deleted."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import logout
from django.contrib.auth.models import Group, User
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django_otp.plugins.otp_totp.models import TOTPDevice

from toolkit import roles
from toolkit.admin.entering.audit import AdministratorsList
from toolkit.admin.entering.log_in import set_password_path
from toolkit.admin.entering.second_factor import phone_of, reset_second_factor
from toolkit.admin.showing import require, show, who, whole
from toolkit.models import AuditEntry, Event, StaffMember
from toolkit.texts.languages import LANGUAGES, SELF_NAMES, SOURCE

ROLE_NAMES = {
    roles.TRANSLATOR: _("Translator"),
    roles.EDITOR: _("Editor"),
    roles.PUBLISHER: _("Publisher"),
    roles.ADMINISTRATOR: _("Administrator"),
}
ROLE_HELP = _(
    "A Translator writes in her languages. An Editor writes everything. A Publisher also puts it before readers. "
    "An Administrator makes accounts and reads the list of what was done."
)


class RoleField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, group: Group) -> str:
        return str(ROLE_NAMES.get(group.name, group.name))


class AccountForm(forms.ModelForm):  # type: ignore[type-arg]
    """``by`` is the Administrator at the form; AccountList sets it."""

    by: User | None = None

    groups = RoleField(label=_("Roles"), queryset=Group.objects.none(), help_text=ROLE_HELP)
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=[(code, SELF_NAMES[code]) for code in (*LANGUAGES[1:], SOURCE)],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("What a Translator may write in."),
    )

    class Meta:
        model = User
        fields = ("username", "email", "groups", "is_active")
        labels = {"username": _("Username"), "email": _("E-mail"), "is_active": _("May log in")}
        help_texts = {
            "username": _("Letters, digits and @ . + - _"),
            "email": _(
                "Only for colleagues to see. The site writes to it only if she asks for that, and without content."
            ),
            "is_active": _("Untick this when she leaves. What she wrote stays, under her name."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups: Any = self.fields["groups"]
        groups.queryset = Group.objects.filter(name__in=roles.PERMISSIONS).order_by("pk")
        if self.instance.pk:
            self.fields["languages"].initial = roles.languages_of(self.instance)
        self.before = _described(self.instance) if self.instance.pk else {}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.by and self.instance.pk == self.by.pk:
            is_administrator = any(one.name == roles.ADMINISTRATOR for one in cleaned.get("groups", ()))
            if "groups" in cleaned and not is_administrator and not self.by.is_superuser:
                self.add_error("groups", _("You cannot take this role from yourself. Ask another Administrator."))
            if not cleaned.get("is_active", True):
                self.add_error("is_active", _("You cannot switch off your own account. Ask another Administrator."))
        return cleaned


def _described(user: User) -> dict[str, str]:
    """What the list of what was done tells of an account."""
    return {
        "name": user.get_username(),
        "e-mail": user.email,
        "roles": ", ".join(user.groups.order_by("pk").values_list("name", flat=True)),
        "languages": ", ".join(roles.languages_of(user)),
        "may log in": "yes" if user.is_active else "no",
    }


class WhoMayLogIn(admin.SimpleListFilter):
    title = _("may log in")
    parameter_name = "may"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("may log in")), ("no", _("switched off"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(is_active=self.value() == "yes") if self.value() else queryset


@admin.register(User)
class AccountList(AdministratorsList):
    title = _("Accounts")
    form = AccountForm
    list_display = ("username", "role_names", "languages", "second_step", "last_log_in", "may_log_in")
    list_filter = (WhoMayLogIn,)
    search_fields = ("username", "email")
    ordering = ("username",)
    change_form_template = "staff/accounts_form.html"

    def get_queryset(self, request: HttpRequest) -> Any:
        """Without the accounts that may do everything: who could change one of those could become one."""
        phone = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
        accounts: Any = super().get_queryset(request).select_related("staff_member").prefetch_related("groups")
        accounts = accounts.annotate(has_phone=Exists(phone))
        return accounts if request.user.is_superuser else accounts.filter(is_superuser=False)

    @admin.display(description=_("roles"))
    def role_names(self, user: User) -> str:
        return ", ".join(str(ROLE_NAMES.get(group.name, group.name)) for group in user.groups.all())

    @admin.display(description=_("languages"))
    def languages(self, user: User) -> str:
        return ", ".join(SELF_NAMES[code] for code in roles.languages_of(user))

    # Words, not ticks: on a phone the list has no headings.
    @admin.display(description=_("second step"))
    def second_step(self, user: User) -> Any:
        return _("second step set up") if getattr(user, "has_phone", False) else _("no second step yet")

    @admin.display(description=_("last log-in"), ordering="last_login")
    def last_log_in(self, user: User) -> Any:
        return user.last_login or _("never logged in")

    @admin.display(description=_("may log in"), ordering="is_active")
    def may_log_in(self, user: User) -> Any:
        return _("may log in") if user.is_active else _("switched off")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        names = ["username", "email", "groups", "languages"]
        return [(None, {"fields": [*names, "is_active"] if obj else names})]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        made: Any = super().get_form(request, obj, change=change, **kwargs)
        return type(made)(made.__name__, (made,), {"by": request.user})

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if not change:
            obj.is_staff, obj.is_superuser = True, False
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        StaffMember.objects.update_or_create(user=obj, defaults={"languages": form.cleaned_data["languages"]})

    # Django's own record of changes (LogEntry) stays empty: there is one list, and it says more.
    def log_addition(self, request: HttpRequest, obj: User, message: Any) -> Any:
        account = _described(_fresh(obj))
        what = "; ".join(filter(None, (account["roles"], account["languages"])))
        AuditEntry.add(request.user, Event.ACCOUNT_MADE, f"{account['name']}: {what}")

    def log_change(self, request: HttpRequest, obj: User, message: Any) -> Any:
        """The form was read before the change; ``before`` is of then."""
        after = _described(_fresh(obj))
        before = getattr(request, "account_before", {})
        changes = [f"{name} {before.get(name)} → {value}" for name, value in after.items() if before.get(name) != value]
        if changes:
            AuditEntry.add(request.user, Event.ACCOUNT_CHANGED, f"{obj.get_username()}: {'; '.join(changes)}")

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        request.account_before = form.before  # type: ignore[attr-defined]
        return super().construct_change_message(request, form, formsets, add)

    def response_add(self, request: HttpRequest, obj: User, post_url_continue: str | None = None) -> HttpResponse:
        return self._show_link(request, obj)

    def get_urls(self) -> list[URLPattern]:
        return [
            path("<int:pk>/link/", self._view(self._new_link), name="account_link"),
            path("<int:pk>/reset/", self._view(self._reset), name="account_reset"),
            *super().get_urls(),
        ]

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        user = self._account(request, whole(object_id))
        return HttpResponseRedirect(reverse("admin:toolkit_auditentry_changelist", query={"q": user.get_username()}))

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        user = context.get("original")
        title = gettext("Account of %(name)s") % {"name": user.get_username()} if user else gettext("Make an account")
        more = {
            "title": title, "subtitle": None, "has_second_factor": bool(user and phone_of(user)),
            "show_save_and_add_another": False, "show_save_and_continue": False,
        }  # fmt: skip
        return super().render_change_form(request, context | more, *args, **kwargs)

    def _view(self, view: Any) -> Any:
        return self.admin_site.admin_view(require_POST(view))

    def _account(self, request: HttpRequest, pk: int) -> User:
        require(self.has_change_permission(request))
        user: User | None = self.get_queryset(request).filter(pk=pk).first()
        if user is None:
            raise Http404
        return user

    def _new_link(self, request: HttpRequest, pk: int) -> HttpResponse:
        user = self._account(request, pk)
        AuditEntry.add(request.user, Event.ACCOUNT_CHANGED, f"{user.get_username()}: new set-password link")
        return self._show_link(request, user)

    def _reset(self, request: HttpRequest, pk: int) -> HttpResponse:
        user = self._account(request, pk)
        reset_second_factor(user, who(request))
        if user == request.user:
            logout(request)
            return HttpResponseRedirect(reverse("admin:login"))
        text = gettext("The second step of %(name)s is reset. She sets it up again at her next log-in.")
        messages.success(request, text % {"name": user.get_username()})
        return HttpResponseRedirect(reverse("admin:auth_user_changelist"))

    def _show_link(self, request: HttpRequest, user: User) -> HttpResponse:
        """On this page only: a link that is kept somewhere is a password that is kept somewhere."""
        title = gettext("Link for %(name)s") % {"name": user.get_username()}
        return show(request, "accounts_link", title, link=request.build_absolute_uri(set_password_path(user)))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return roles.may_manage_accounts(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return roles.may_manage_accounts(request.user)


def _fresh(user: User) -> User:
    """Read again: the groups and languages that it remembers are of before the form was saved."""
    return User.objects.get(pk=user.pk)
