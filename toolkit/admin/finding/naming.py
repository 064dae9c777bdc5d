"""A record that other texts name, replaced by another in all of them or taken out: found, ticked, then drafts."""

from collections.abc import Collection, Iterator
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from toolkit import roles
from toolkit.admin.finding.replacing import show_places
from toolkit.admin.room import Room
from toolkit.admin.showing import who
from toolkit.admin.words.fields import KINDS
from toolkit.drafting.changing import read_or_none
from toolkit.finding.naming import OF_ONE_PAGE, Named, renamed, spots
from toolkit.finding.replacing import Spot
from toolkit.keeping.due import record_name
from toolkit.live import live_site
from toolkit.models import Draft
from toolkit.texts.languages import FACTS, PARTS, PLAN
from toolkit.texts.page import Part, Site
from toolkit.texts.records.facts import RECORD_TYPES, Facts


class NamingForm(forms.Form):
    kind = forms.ChoiceField(choices=[(one, one) for one in RECORD_TYPES], widget=forms.HiddenInput)
    record = forms.CharField(max_length=200, widget=forms.HiddenInput)
    path = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)
    by = forms.ChoiceField(label=_("What stands in its place"), required=False)

    def __init__(self, data: Any, initial: dict[str, str], user: User, choices: list[tuple[str, str]]) -> None:
        super().__init__(data, initial=initial)
        self.user = user
        by: Any = self.fields["by"]
        by.choices = [("", _("Nothing: it is taken out")), *choices]

    @property
    def named(self) -> Named:
        return Named(**self.cleaned_data)

    @property
    def reason(self) -> str:
        if self.named.by:
            return gettext("“%(old)s” becomes “%(new)s”") % {"old": self.named.record, "new": self.named.by}
        return gettext("“%(name)s” is taken out") % {"name": self.named.record}

    def found(self, site: Site) -> Iterator[Spot]:
        plan = [PLAN] if roles.may_draft_rules(self.user) else []
        return spots(self.named, site, [*(one for one in PARTS if roles.may_draft(self.user, one)), *plan])

    def changed(self, value: Part, numbers: Collection[int]) -> Part:
        return renamed(self.named, value, numbers)


def naming_page(request: HttpRequest) -> HttpResponse:
    """``kind``, ``record`` and ``path`` of a record; with ``by``, "" for none, every place that names it."""
    data, site = request.POST if request.method == "POST" else request.GET, live_site()
    asked = {name: data.get(name, "") for name in ("kind", "record", "path")}
    if asked["kind"] not in RECORD_TYPES or not asked["record"]:
        raise Http404
    along = _along(who(request), **asked)
    choices = _others(site, along, **asked)
    form = NamingForm(data if "by" in data else None, asked, who(request), choices)
    title = gettext("Where it is named: %(name)s") % {"name": f"{KINDS[asked['kind']]} {asked['record']}"}
    return show_places(request, form, site, title, along)


def address(kind: str, record: str, path: str, by: str | None = None) -> str:
    """The room for a record; ``by``: what is chosen already, "" for taking it out."""
    asked = {"kind": kind, "record": record, "path": path} | ({} if by is None else {"by": by})
    return f"{reverse('admin:naming')}?{urlencode(asked)}"


def _along(user: User, kind: str, record: str, path: str) -> list[Draft]:
    """The draft of its page's facts in which it is gone: her own, else one of a colleague that waits for review."""
    opened = Draft.objects.filter(page__path=path, part=FACTS, state__in=Draft.OPEN).select_related("page", "author")
    found = [one for one in opened if one.author == user or one.state == Draft.REVIEW]
    gone = [one for one in found if _is_gone(read_or_none(one), kind, record)]
    return sorted(gone, key=lambda one: one.author != user)[:1]


def _is_gone(facts: Part | None, kind: str, record: str) -> bool:
    return isinstance(facts, Facts) and all(one.id != record for one in getattr(facts, kind))


def _others(site: Site, along: list[Draft], kind: str, record: str, path: str) -> list[tuple[str, str]]:
    """(id, name) of the records that could take its place, those of a draft that goes along among them."""
    pages = [page.facts for page in site.values() if page.facts and (kind not in OF_ONE_PAGE or page.path == path)]
    drafted = [facts for one in along if isinstance(facts := read_or_none(one), Facts)]
    found = {one.id: f"{record_name(one)} ({one.id})" for facts in (*pages, *drafted) for one in getattr(facts, kind)}
    return sorted(((name, said) for name, said in found.items() if name != record), key=lambda one: one[1].lower())


ROOMS: list[Room] = [("find/record/", naming_page, "naming", None)]
