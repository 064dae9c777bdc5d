"""Find and replace: every place is shown before, and what is ticked becomes drafts that are reviewed together."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from itertools import groupby, islice
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from toolkit import roles
from toolkit.admin.finding.drafting import drafted
from toolkit.admin.finding.search import place_name, sections
from toolkit.admin.room import Room
from toolkit.admin.showing import language_of, page_name, part_name, show, who
from toolkit.finding.replacing import MOST, Spot, Wanted, replaced, spots
from toolkit.live import live_site
from toolkit.models import Batch, Draft, Page
from toolkit.texts.languages import LANGUAGES, PARTS
from toolkit.texts.page import Site
from toolkit.texts.records.facts import Facts
from toolkit.texts.words.prose import Prose

# So many texts are shown open; where there are more, each language is folded.
_OPEN = 10


class ReplaceForm(forms.Form):
    old = forms.CharField(label=_("Words to find"), max_length=200)
    new = forms.CharField(label=_("Words to put in their place"), max_length=200, required=False)
    texts = forms.MultipleChoiceField(label=_("In which texts"), widget=forms.CheckboxSelectMultiple)
    section = forms.ChoiceField(label=_("Section"), required=False)
    any_case = forms.BooleanField(label=_("Capital or small letters: find both"), required=False)
    everything = forms.BooleanField(
        label=_("Also in facts in double braces, names of places and addresses of links"), required=False
    )

    def __init__(self, data: Any, user: User, site: Site) -> None:
        super().__init__(data)
        texts: Any = self.fields["texts"]
        texts.choices = [(one, part_name(one)) for one in PARTS if roles.may_draft(user, one)]
        texts.initial = [one for one in LANGUAGES if roles.may_draft(user, one)]
        section: Any = self.fields["section"]
        section.choices = [("", _("All")), *sections(site)]

    def clean_old(self) -> str:
        return unicodedata.normalize("NFC", self.cleaned_data["old"])

    def clean_new(self) -> str:
        return " ".join(unicodedata.normalize("NFC", self.cleaned_data["new"]).split())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("old") and cleaned.get("old") == cleaned.get("new"):
            self.add_error("new", _("These are the same words."))
        return cleaned

    @property
    def wanted(self) -> Wanted:
        said = self.cleaned_data
        return Wanted(said["old"], said["new"], not said["any_case"], said["everything"])

    def found(self, site: Site) -> list[Spot]:
        """The places, one more than MOST where there are more."""
        section = self.cleaned_data["section"]
        within = section.strip("/") if section else None
        return list(islice(spots(self.wanted, site, self.cleaned_data["texts"], within), MOST + 1))


def replace_page(request: HttpRequest) -> HttpResponse:
    """GET ``old``, ``new``…: every place; POST the same with the ``spot``s that are ticked: drafts of their texts."""
    site, user = live_site(), who(request)
    if not any(roles.may_draft(user, one) for one in PARTS):
        raise PermissionDenied
    data = request.POST if request.method == "POST" else request.GET
    form = ReplaceForm(data if "old" in data and ("texts" in data or "new" in data) else None, user, site)
    is_asked = form.is_bound and form.is_valid()
    found = form.found(site) if is_asked else []
    mine = _open_of(user, found)
    left_out = [one for one in found if (one.path, one.part) in mine]
    shown = [one for one in found if (one.path, one.part) not in mine][:MOST]
    if request.method == "POST" and is_asked:
        ticked = set(request.POST.getlist("spot"))
        chosen = [one for one in shown if one.name in ticked]
        if chosen and len(chosen) == len(ticked):
            return HttpResponseRedirect(reverse("admin:batch", args=[_make(user, form.wanted, chosen, site).pk]))
        messages.error(
            request,
            gettext("A text has changed meanwhile. Look at the places again.")
            if ticked
            else gettext("Tick at least one place."),
        )
    if not form.is_bound:
        form.initial = {"old": data.get("old", "")}
    return show(
        request,
        "replace",
        gettext("Find and replace"),
        form=form,
        is_asked=is_asked,
        number=len(shown),
        most=MOST if len(found) > MOST else 0,
        groups=_groups(shown),
        left_out=[mine[unit] for unit in dict.fromkeys((one.path, one.part) for one in left_out)],
        posted=[(name, value) for name in form.fields for value in data.getlist(name)] if is_asked else [],
        others=_others(user, shown),
    )


def _make(user: User, wanted: Wanted, chosen: Iterable[Spot], site: Site) -> Batch:
    """A draft of each text, all of one batch."""
    numbers: dict[tuple[str, str], set[int]] = defaultdict(set)
    for one in chosen:
        numbers[one.path, one.part].add(one.number)
    pages = {page.path: page for page in Page.objects.filter(path__in={path for path, _part in numbers})}
    reason = gettext("“%(old)s” becomes “%(new)s”") % {"old": wanted.old, "new": wanted.new}
    batch = Batch.objects.create(made_by=user, reason=reason[:300])
    for (path, part), some in numbers.items():
        value = site[path].part(part)
        if isinstance(value, Prose | Facts):
            drafted(user, pages[path], part, replaced(wanted, value, some), site, batch)
    return batch


def _open_of(user: User, found: Iterable[Spot]) -> dict[tuple[str, str], Draft]:
    """Her own drafts of these texts: what is in them is hers to change, not to be written over."""
    opened = Draft.objects.filter(author=user, state__in=Draft.OPEN, page__path__in={one.path for one in found})
    return {(one.page.path, one.part): one for one in opened.select_related("page")}


def _others(user: User, shown: Iterable[Spot]) -> list[str]:
    """Whose drafts of these texts will have to take in the change."""
    units = {(one.path, one.part) for one in shown}
    opened = Draft.objects.filter(state__in=Draft.OPEN, page__path__in={path for path, _part in units})
    found = opened.exclude(author=user).select_related("page", "author")
    return [
        f"{page_name(one.page)}, {part_name(one.part)}: {one.author}"
        for one in found
        if (one.page.path, one.part) in units
    ]


def _groups(shown: list[Spot]) -> list[dict[str, Any]]:
    """By language, then by text."""
    pages = {page.path: page_name(page) for page in Page.objects.filter(path__in={one.path for one in shown})}
    is_open = len({(one.path, one.part) for one in shown}) <= _OPEN
    groups = []
    for part in PARTS:
        some = [one for one in shown if one.part == part]
        if some:
            texts = [
                (pages[path], [(one, place_name(one.field.replace(" ", "-"), 0)) for one in spots_of])
                for path, spots_of in groupby(some, key=lambda one: one.path)
            ]
            groups.append(
                {
                    "name": part_name(part),
                    "language": language_of(part),
                    "texts": texts,
                    "number": len(some),
                    "is_open": is_open,
                }
            )
    return groups


ROOMS: list[Room] = [("find/replace/", replace_page, "replace", None)]
