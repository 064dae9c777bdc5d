"""What is due: the facts to compare with their sources again, and who sees to which page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from toolkit import models, roles
from toolkit.admin.addresses import page_or_404
from toolkit.admin.keeping import calls
from toolkit.admin.keeping import doubts as doubted
from toolkit.admin.making import scheduling
from toolkit.admin.room import Room
from toolkit.admin.showing import came_from, page_name, show, who
from toolkit.admin.words.fields import KINDS
from toolkit.keeping import doubts, due, links
from toolkit.live import StaleTextError, live_site
from toolkit.rendering import words
from toolkit.texts.page import Site

KIND_NAMES = {**KINDS, due.PROSE: _("Words of the page")}
WHOSE = {"all": _("Everyone's pages"), "mine": _("My pages"), "nobodys": _("Pages without an owner")}
NOBODY, AS_IT_IS = "nobody", ""
ROWS_AT_ONCE = 5
SOON_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Row:
    """A due fact as the rooms show it. ``value`` is what its button posts."""

    fact: due.Fact
    page: models.Page
    days_late: int
    has_broken_link: bool

    @property
    def value(self) -> str:
        return f"{self.page.path} {self.fact.kind} {self.fact.record}"

    @property
    def kind(self) -> str:
        return str(KIND_NAMES[self.fact.kind])

    @property
    def page_name(self) -> str:
        return page_name(self.page)


def rows(facts: Iterable[due.Fact], pages: Mapping[str, models.Page], site: Site) -> list[Row]:
    """For ``staff/due_rows.html``, which the overview of a page shows too."""
    today = timezone.localdate()
    marked = {(use.path, use.kind, use.record) for finding in links.broken(site) for use in finding.uses}
    return [
        Row(fact, pages[fact.path], (today - fact.due).days, (fact.path, fact.kind, fact.record) in marked)
        for fact in facts
    ]


@require_safe
def due_page(request: HttpRequest) -> HttpResponse:
    doubts.collect()
    whose = request.GET.get("whose", "all")
    whose = whose if whose in WHOSE else "all"
    site = live_site()
    pages = due.pages_of(whose, who(request))
    found = due.due(site, timezone.localdate(), pages)
    shown = Paginator(found.overdue, ROWS_AT_ONCE).get_page(request.GET.get("page"))
    return show(
        request,
        "due",
        _("What is due"),
        whose=whose,
        choices=WHOSE,
        shown=shown,
        overdue=rows(shown.object_list, pages, site),
        soon=rows(found.soon[:SOON_AT_ONCE], pages, site),
        more_soon=max(0, len(found.soon) - SOON_AT_ONCE),
        broken_links=len(links.broken(site)),
        calls=calls.skipped(who(request), site),
        doubts=doubted.rows(pages),
        set_drafts=scheduling.rows(),
        section_form=SectionForm(site=site),
        back=request.get_full_path(),
    )


@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """One fact was compared with its sources today."""
    match request.POST.get("fact", "").split(" "):
        case [path, kind, record]:
            pass
        case _:
            raise Http404
    try:
        fact = due.confirm(path, kind, record, who(request), timezone.localdate())
    except due.GoneError:
        messages.error(request, gettext("This fact is not in the guide any more. Nothing was changed."))
    except StaleTextError:
        messages.error(request, gettext("Colleagues changed this page at the same moment. Press the button again."))
    else:
        told = gettext("Checked today, still correct: %(name)s. It is due again on %(day)s.")
        messages.success(request, told % {"name": fact.name, "day": words.day(fact.due)})
    return HttpResponseRedirect(came_from(request, reverse("admin:due")))


class OwnerForm(forms.Form):
    """Who sees to a page, and who does when she is away; only staff who may log in."""

    owner = forms.ChoiceField(label=_("Owner"), required=False)
    deputy = forms.ChoiceField(label=_("Deputy"), required=False, help_text=_("Sees to it when the owner is away."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(str(user.pk), user.get_username()) for user in active_staff()]
        for name in ("owner", "deputy"):
            field: Any = self.fields[name]
            field.choices = [*self.first_choices(), *people]

    def first_choices(self) -> list[tuple[str, Any]]:
        return [(NOBODY, _("Nobody"))]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = cleaned.get("owner")
        if chosen not in (None, NOBODY, AS_IT_IS) and chosen == cleaned.get("deputy"):
            raise forms.ValidationError(_("Owner and deputy are two people."))
        return cleaned

    def columns(self) -> dict[str, int | None]:
        """What to write to a page; nothing for what stays as it is."""
        chosen = {name: self.cleaned_data.get(name) or AS_IT_IS for name in ("owner", "deputy")}
        return {
            f"{name}_id": None if value == NOBODY else int(value) for name, value in chosen.items() if value != AS_IT_IS
        }


class SectionForm(OwnerForm):
    """The same for all pages of a section at once. ``site`` has the sections."""

    section = forms.ChoiceField(label=_("Section"))
    field_order = ("section", "owner", "deputy")

    def __init__(self, *args: Any, site: Site, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = {page.path: page_name(page) for page in models.Page.objects.filter(path__in=_sections(site))}
        field: Any = self.fields["section"]
        field.choices = [(section or "/", names.get(section, section)) for section in _sections(site)]

    def first_choices(self) -> list[tuple[str, Any]]:
        return [(AS_IT_IS, _("Leave as it is")), *super().first_choices()]


def owner_form(page: models.Page) -> OwnerForm:
    """For ``staff/due_owner.html``. A colleague who has left is nobody here."""
    there = {name: getattr(page, name) for name in ("owner", "deputy")}
    return OwnerForm(
        initial={name: user.pk if user and user.is_active else NOBODY for name, user in there.items()},
    )


def active_staff() -> list[User]:
    return list(User.objects.filter(is_active=True, is_staff=True).order_by("username"))


@require_POST
def page_owner(request: HttpRequest, path: str) -> HttpResponse:
    page = page_or_404(path)
    form = OwnerForm(request.POST)
    if form.is_valid():
        _set_owners(models.Page.objects.filter(pk=page.pk), form)
        messages.success(request, gettext("Who sees to this page is saved."))
    else:
        _tell_errors(request, form)
    return HttpResponseRedirect(came_from(request, reverse("admin:page", args=[page.path])))


@require_POST
def section_owner(request: HttpRequest) -> HttpResponse:
    site = live_site()
    form = SectionForm(request.POST, site=site)
    if form.is_valid():
        section = form.cleaned_data["section"].strip("/")
        paths = [path for path, page in site.items() if page.section == section]
        _set_owners(models.Page.objects.filter(path__in=paths), form)
        told = ngettext("Saved for %(n)d page.", "Saved for %(n)d pages.", len(paths))
        messages.success(request, told % {"n": len(paths)})
    else:
        _tell_errors(request, form)
    return HttpResponseRedirect(came_from(request, reverse("admin:due")))


def _set_owners(pages: Any, form: OwnerForm) -> None:
    if columns := form.columns():
        pages.update(**columns)


def _tell_errors(request: HttpRequest, form: forms.Form) -> None:
    for errors in form.errors.values():
        for error in errors:
            messages.error(request, str(error))


def _sections(site: Site) -> list[str]:
    """The first steps of all paths, "" for the home page, in the order of the guide."""
    places = {page.section: site[page.section].facts for page in site.values() if page.section in site}
    return sorted(places, key=lambda section: (facts.position if (facts := places[section]) else 0, section))


ROOMS: list[Room] = [
    ("due/", due_page, "due", None),
    ("due/confirm/", confirm, "due_confirm", roles.may_confirm),
    ("due/section/", section_owner, "due_section", roles.may_confirm),
    ("pages/<page:path>/owner/", page_owner, "owner", roles.may_confirm),
]
