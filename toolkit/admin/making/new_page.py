"""Making a page: where it stands and what it stands on, then its texts as drafts, published together."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.text import slugify
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from toolkit import roles
from toolkit.admin.drafting import facts_form, prose_form
from toolkit.admin.drafting.unit_screen import types_of
from toolkit.admin.keeping.due import active_staff
from toolkit.admin.making.made_page import show_made
from toolkit.admin.moving.addresses import NameForm, taken
from toolkit.admin.room import Room
from toolkit.admin.showing import require, show, title_of, who
from toolkit.drafting import drafts, making
from toolkit.drafting.shapes import Shape, begun_words, shape_of
from toolkit.live import live_site
from toolkit.models import AuditEntry, Event, Page
from toolkit.rendering.guide import Guide
from toolkit.texts.languages import FACTS, LANGUAGES, SOURCE
from toolkit.texts.page import PageTexts, Site, write_part
from toolkit.texts.records.facts import Facts, Source


class NewPageForm(NameForm):
    """Where the page stands, what it is called, and the first source of what it will say."""

    heading = forms.CharField(label=_("Heading in English, as readers see it"), max_length=200)
    source_title = forms.CharField(
        label=_("A source: its title"),
        help_text=_("Everything that the guide says has a source. You can add more under Facts."),
        max_length=300,
    )
    source_publisher = forms.CharField(label=_("Who published it"), max_length=200)
    source_url = forms.URLField(label=_("Its web address"), assume_scheme="https", max_length=1000)
    owner = forms.ChoiceField(label=_("Who sees to the page"))

    def __init__(self, data: Any, section: str, site: Site, user: User) -> None:
        super().__init__(data, initial={"owner": user.pk})
        self.section, self.site = section, site
        people = [(str(one.pk), one.get_username()) for one in active_staff()]
        self.fields["owner"].choices = people  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        name = super().clean_name()
        if fault := _taken(f"{self.section}/{name}", self.site):
            raise forms.ValidationError(fault)
        return name

    @property
    def path(self) -> str:
        return f"{self.section}/{self.cleaned_data['name']}"

    @property
    def source(self) -> Source:
        said = self.cleaned_data
        return Source(
            id=slugify(said["source_publisher"])[:40].strip("-") or "source",
            title=said["source_title"],
            publisher=said["source_publisher"],
            url=said["source_url"],
            checked=localdate(),
        )


def _taken(path: str, site: Site) -> str:
    """Why there can be no new page at an address; "" where there can."""
    if fault := taken(path, site):
        return fault
    page = Page.objects.filter(path=path).first()
    if page and page.revisions.exists():
        return gettext("Another page was at this address: its history stands there.")
    return gettext("A page is being made at this address.") if making.opened_of(path).exists() else ""


@require_http_methods(["GET", "HEAD", "POST"])
def make_page(request: HttpRequest, path: str) -> HttpResponse:
    """The room of a section where a page is made; at the address of a page that is being made, its texts together."""
    site, user = live_site(), who(request)
    page = Page.objects.filter(path=path).first()
    if page and making.is_being_made(page, site):
        return show_made(request, page, site)
    if page and path in site and path not in {one.path for one in Guide.of(site).sections}:
        return HttpResponseRedirect(reverse("admin:page", args=[path]))
    if path not in site:
        raise Http404
    require(roles.may_draft(user, FACTS))
    form = NewPageForm(request.POST or None, path, site, user)
    shape = shape_of(path, site)
    if form.is_valid():
        _begin(form, shape, user)
        messages.success(request, gettext("Begun. Its texts are drafts now; readers do not see them yet."))
        return HttpResponseRedirect(reverse("admin:make", args=[form.path]))
    return show(
        request,
        "new_page",
        gettext("Make a page: %(section)s") % {"section": title_of(path, site)},
        422 if form.is_bound else 200,
        section=path,
        form=form,
        parts=[said.get(SOURCE) for _anchor, said in shape.parts],
    )


def _begin(form: NewPageForm, shape: Shape, user: User) -> None:
    """The page without a text that readers see, and a draft of each text, to be filled in."""
    said, path = form.cleaned_data, form.path
    record = said["name"]
    english = begun_words(shape, SOURCE, record=record, heading=said["heading"])
    follows = PageTexts(path, prose={SOURCE: english}).source_digest
    with transaction.atomic():
        page, _is_new = Page.objects.get_or_create(path=path)
        page.owner = User.objects.get(pk=said["owner"])
        page.save()
        typed = _typed_facts(shape, form.source, record)
        text = facts_form.FactsForm(typed, types_of(form.site)).text()
        drafts.save(user, page, FACTS, typed, text, version=0, base="", follows="")
        for language in LANGUAGES:
            words = english if language == SOURCE else begun_words(shape, language, record=record, follows=follows)
            typed = prose_form.typed_of(words, language, english, follows=follows)
            drafts.save(user, page, language, typed, write_part(words), version=0, base="", follows=follows)
        AuditEntry.of_text(user, Event.PAGE_BEGUN, page)


def _typed_facts(shape: Shape, source: Source, record: str) -> drafts.Typed:
    """The facts of the new page as a form has them: its source, and an open row for each fact that such a page has."""
    facts = Facts(position=shape.position, checked=source.checked, sources=(source,))
    typed = facts_form.typed_of(facts)
    for kind in shape.kinds:
        row = {"id": record, "sources": source.id, "checked": str(source.checked), "place": "1"}
        typed = facts_form.one_more(typed, kind) | {f"{kind}-0-{name}": [value] for name, value in row.items()}
    return typed


ROOMS: list[Room] = [("make/<page:path>/", make_page, "make", None)]
