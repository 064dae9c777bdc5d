"""Find and replace: every place is shown before, and what is ticked becomes drafts that are reviewed together."""

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import Any, Protocol

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from toolkit import roles
from toolkit.admin.buttons.saving import languages_of
from toolkit.admin.finding.drafting import drafted
from toolkit.admin.finding.search import place_name, sections
from toolkit.admin.room import Room
from toolkit.admin.showing import language_of, page_name, part_name, require, show, text_name, who
from toolkit.drafting import drafts
from toolkit.finding.replacing import MOST, Spot, Wanted, replaced, spots, text_in
from toolkit.live import live_site
from toolkit.models import Batch, Draft, Page
from toolkit.texts.languages import ALL_PARTS, BUTTONS, LANGUAGES, PARTS, SELF_NAMES
from toolkit.texts.page import Part, Site

# So many texts are shown open; where there are more, each language is folded.
_OPEN = 10


class ReplaceForm(forms.Form):
    old = forms.CharField(label=_("Words to find"), max_length=200)
    new = forms.CharField(label=_("Words to put in their place"), max_length=200, required=False)
    texts = forms.MultipleChoiceField(label=_("In which texts"), widget=forms.CheckboxSelectMultiple)
    section = forms.ChoiceField(label=_("Section"), required=False)
    any_case = forms.BooleanField(label=_("Capital or small letters: find both"), required=False)
    everything = forms.BooleanField(
        label=_("Also in facts that are brought in, hidden names of places and addresses of links"), required=False
    )

    def __init__(self, data: Any, user: User, site: Site) -> None:
        super().__init__(data)
        self.of_buttons = languages_of(user)
        texts: Any = self.fields["texts"]
        texts.choices = [(one, part_name(one)) for one in (*PARTS, BUTTONS) if roles.may_draft(user, one)]
        texts.initial = [one for one in (*LANGUAGES, BUTTONS) if roles.may_draft(user, one)]
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

    @property
    def reason(self) -> str:
        return gettext("“%(old)s” becomes “%(new)s”") % {"old": self.wanted.old, "new": self.wanted.new}

    def found(self, site: Site) -> Iterator[Spot]:
        section = self.cleaned_data["section"]
        found = spots(self.wanted, site, self.cleaned_data["texts"], section.strip("/") if section else None)
        return (one for one in found if one.part != BUTTONS or one.language in self.of_buttons)

    def changed(self, value: Part, numbers: Collection[int]) -> Part:
        return replaced(self.wanted, value, numbers)


class Wish(Protocol):
    """A form that says what shall change in many texts at once."""

    fields: dict[str, forms.Field]
    is_bound: bool

    @property
    def reason(self) -> str: ...

    def is_valid(self) -> bool: ...

    def found(self, site: Site) -> Iterator[Spot]: ...

    def changed(self, value: Part, numbers: Collection[int]) -> Part: ...


def replace_page(request: HttpRequest) -> HttpResponse:
    """GET ``old``, ``new``…: every place; POST the same with the ``spot``s that are ticked: drafts of their texts."""
    site, data = live_site(), request.POST if request.method == "POST" else request.GET
    form = ReplaceForm(data if "old" in data and ("texts" in data or "new" in data) else None, who(request), site)
    if not form.is_bound:
        form.initial = {"old": data.get("old", ""), "everything": data.get("everything", "")}
    return show_places(request, form, site, gettext("Find and replace"))


def show_places(
    request: HttpRequest, form: Wish, site: Site, title: str, along: Sequence[Draft] = (), **more: Any
) -> HttpResponse:
    """Every place that a form finds, and, once they are ticked, the drafts; ``along``: those that go with them."""
    user, data = who(request), request.POST if request.method == "POST" else request.GET
    require(any(roles.may_draft(user, one) for one in PARTS))
    is_asked = form.is_bound and form.is_valid()
    with_it = {(one.page.path, one.part) for one in along}
    places = (one for one in form.found(site) if (one.path, one.part) not in with_it) if is_asked else ()
    found = list(islice(places, MOST + 1))
    mine = _open_of(user, found)
    left_out = [one for one in found if (one.path, one.part) in mine]
    shown = [one for one in found if (one.path, one.part) not in mine][:MOST]
    if request.method == "POST" and is_asked:
        ticked = set(request.POST.getlist("spot"))
        chosen = [one for one in shown if one.name in ticked]
        if chosen and len(chosen) == len(ticked):
            batch = _make(user, form, chosen, site, along)
            return HttpResponseRedirect(reverse("admin:batch", args=[batch.pk]))
        messages.error(
            request,
            gettext("A text has changed meanwhile. Look at the places again.")
            if ticked
            else gettext("Tick at least one place."),
        )
    return show(
        request,
        "replace",
        title,
        form=form,
        is_asked=is_asked,
        number=len(shown),
        most=MOST if len(found) > MOST else 0,
        groups=_groups(shown),
        left_out=[(mine[unit], part_name(unit[1])) for unit in dict.fromkeys((one.path, one.part) for one in left_out)],
        posted=[(name, value) for name in form.fields for value in data.getlist(name)] if is_asked else [],
        others=_others(user, shown),
        along=along,
        has_unsure=any(not one.is_sure for one in shown),
        **more,
    )


def _make(user: User, form: Wish, chosen: Iterable[Spot], site: Site, along: Sequence[Draft]) -> Batch:
    """A draft of each text, all of one batch."""
    numbers: dict[tuple[str, str], set[int]] = defaultdict(set)
    for one in chosen:
        numbers[one.path, one.part].add(one.number)
    pages = {page.path: page for page in Page.objects.filter(path__in={path for path, _part in numbers})}
    batch = Batch.objects.create(made_by=user, reason=form.reason[:300])
    for (path, part), some in numbers.items():
        if value := site[path].part(part) or text_in(site[path], part):
            drafted(user, pages[path], part, form.changed(value, some), site, batch)
    for draft in along:
        draft.batch = batch
        drafts.ask_for_review(draft)
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
    return [f"{text_name(one.page, one.part)}: {one.author}" for one in found if (one.page.path, one.part) in units]


def _groups(shown: list[Spot]) -> list[dict[str, Any]]:
    """By language, then by text."""
    pages = {page.path: page_name(page) for page in Page.objects.filter(path__in={one.path for one in shown})}
    is_open = len({(one.path, one.part) for one in shown}) <= _OPEN
    groups = []
    for part in ALL_PARTS:
        some = [one for one in shown if one.part == part]
        if some:
            texts = [
                (pages[path], [(one, _place(one)) for one in spots_of])
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


def _place(spot: Spot) -> str:
    """Where in its text it stands; of the words of buttons, in which language."""
    return SELF_NAMES[spot.language] if spot.part == BUTTONS else place_name(spot.field.replace(" ", "-"), 0)


ROOMS: list[Room] = [("find/replace/", replace_page, "replace", None)]
