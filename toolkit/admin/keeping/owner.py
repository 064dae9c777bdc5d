"""Who publishes the guide, set by Administrators: name, contact, licence, public address, logo."""

from dataclasses import asdict, fields
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from toolkit import roles
from toolkit.admin.room import Room
from toolkit.admin.showing import show, who
from toolkit.admin.words.faults import said, told
from toolkit.admin.words.fields import LABELS, form_field
from toolkit.keeping import owner
from toolkit.live import NotFitError, StaleTextError, live_site
from toolkit.rendering.guide import HOME
from toolkit.rendering.owner import drawn
from toolkit.texts.problem import FaultError
from toolkit.texts.records.drawing import LARGEST_TYPED, read_logo
from toolkit.texts.records.owner import Owner

HINTS = {
    "name": _("As readers shall read it. What is left empty is not said anywhere."),
    "email": _("Readers, partners and authorities write here. Do not use anyone's own address."),
    "website": _("A page about you, or a form to write to you."),
    "public_url": _("As https://guide.example.org. Printed pages, feeds and short links name it."),
}


class OwnerForm(forms.Form):
    logo = forms.FileField(
        required=False,
        label=LABELS["logo"],
        help_text=_("A plain SVG of drawn shapes, for the page About this guide. It must not tell the topic."),
        widget=forms.FileInput(attrs={"accept": "image/svg+xml,.svg"}),
    )
    no_logo = forms.BooleanField(required=False, label=_("Take the logo away"))
    field_order = (*(one.name for one in fields(Owner)), "no_logo")

    def __init__(self, data: Any = None, files: Any = None, *, before: Owner) -> None:
        super().__init__(data, files, initial=asdict(before) | {"logo": None})
        self.before = before
        for one in fields(Owner):
            if one.name != "logo":
                self.fields[one.name] = form_field(one, {})
                self.fields[one.name].help_text = HINTS.get(one.name, "")
        if settings.PUBLIC_URL:
            self.fields["public_url"].disabled = True
            set_already = _("%(address)s is set where the site is installed (PUBLIC_URL), and that goes before this.")
            self.fields["public_url"].help_text = set_already % {"address": settings.PUBLIC_URL}
        if not before.logo:
            del self.fields["no_logo"]
        self.order_fields(self.field_order)

    def clean_logo(self) -> str:
        """The SVG as it will be kept."""
        if not (file := self.cleaned_data.get("logo")):
            return self.before.logo
        try:
            return read_logo(file.read(LARGEST_TYPED + 1).decode())
        except UnicodeDecodeError:
            raise forms.ValidationError(gettext("This file is not an SVG.")) from None
        except FaultError as error:
            raise forms.ValidationError(said(error.fault)) from None

    def owner(self) -> Owner | None:
        """What was typed, or None with errors on the fields."""
        self.is_valid()  # so that every fault is said at once
        values = dict(self.cleaned_data)
        if values.pop("no_logo", False):
            values["logo"] = ""
        for one in fields(Owner):
            try:
                values[one.name] = (typed := values.get(one.name, "")) and one.metadata["read"](typed)
            except FaultError as error:
                self.add_error(one.name, said(error.fault))
        return None if self.errors else Owner(**values)


@require_http_methods(["GET", "HEAD", "POST"])
def owner_page(request: HttpRequest) -> HttpResponse:
    site = live_site()
    if HOME not in site:
        raise Http404
    before = owner.owner(site)
    form = OwnerForm(*((request.POST, request.FILES) if request.method == "POST" else ()), before=before)
    problems = []
    if request.method == "POST" and (new := form.owner()):
        try:
            owner.set_owner(new, who(request), timezone.localdate())
            messages.success(request, gettext("Saved. Readers see it now."))
            return HttpResponseRedirect(reverse("admin:guide_owner"))
        except StaleTextError:
            form.add_error(None, gettext("Colleagues changed this page at the same moment. Press the button again."))
        except NotFitError as error:
            problems = [told(one) for one in error.problems]
    status = 422 if form.is_bound else 200
    return show(
        request, "owner", _("Who publishes the guide"), status, form=form, problems=problems, logo=drawn(before.logo)
    )


ROOMS: list[Room] = [("owner/", owner_page, "guide_owner", roles.may_manage_accounts)]
