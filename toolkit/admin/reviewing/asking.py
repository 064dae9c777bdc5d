"""Asking someone from outside to read: who, what, for how long, and how far everyone is."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from toolkit import roles
from toolkit.admin.addresses import HOME
from toolkit.admin.reviewing import answers
from toolkit.admin.room import Room
from toolkit.admin.showing import language_of, show, who
from toolkit.live import live_site
from toolkit.models import AuditEntry, Event, OutsideReader
from toolkit.rendering.guide import Guide
from toolkit.reviewing.asked import Text, part_for, readings, unread_by_risk
from toolkit.reviewing.law import pages_of_law
from toolkit.reviewing.risk import by_risk
from toolkit.reviewing.words import LAW
from toolkit.texts.languages import PLAN, SELF_NAMES, SOURCE
from toolkit.texts.page import PageTexts

DAYS, NEXT = 30, 10
NEXT_BY_RISK, SECTION, PAGES = "next", "section", "pages"
# How many links the room shows.
_SHOWN = 50


class AskForm(forms.Form):
    """Whom to ask, for which texts. ``texts`` are those, once it is valid."""

    name = forms.CharField(label=_("Her name, as your colleagues know her"), max_length=100)
    of = forms.ChoiceField(label=_("What she reads"))
    which = forms.ChoiceField(
        label=_("Which pages"),
        widget=forms.RadioSelect,
        initial=NEXT_BY_RISK,
        choices=[
            (NEXT_BY_RISK, _("The next 10 that nobody has compared, the riskiest first")),
            (SECTION, _("All of a section")),
            (PAGES, _("The pages ticked below")),
        ],
    )
    section = forms.ChoiceField(label=_("Section"), required=False)
    pages = forms.MultipleChoiceField(label=_("Pages"), required=False, widget=forms.CheckboxSelectMultiple)
    days = forms.IntegerField(
        label=_("For how many days"), initial=DAYS, min_value=1, max_value=answers.MOST_DAYS, help_text=_("At most 90.")
    )

    def __init__(self, guide: Guide, data: Any = None) -> None:
        super().__init__(data)
        self.guide, self.texts = guide, list[Text]()
        pages = by_risk(guide)
        self._offer("of", [*SELF_NAMES.items(), (LAW, _("The law: its pages and every provision, in English"))])
        tops = sorted(page.path for page in pages if page.path and "/" not in page.path)
        self._offer("section", [("", "–"), *((one, guide.site[one].prose[SOURCE].h1) for one in tops)])
        plan = [(PLAN, _("The questions and steps of the plan"))] if guide.plan else []
        self._offer("pages", [*plan, *((page.path or HOME, page.prose[SOURCE].h1) for page in pages)])

    def _offer(self, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
        self.fields[name].choices = list(choices)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not self.errors:
            self.texts = self._chosen(said["of"], said["which"], said["section"], said["pages"])
            if not self.texts:
                self.add_error("which", _("There is no such page to be read. Choose others."))
        return said

    def _chosen(self, of: str, which: str, section: str, ticked: list[str]) -> list[Text]:
        if which == NEXT_BY_RISK:
            return unread_by_risk(of, self.guide, NEXT)
        pages = [page for page in self._there(of) if self._is_chosen(page, which, section, ticked)]
        plan = [("", PLAN)] if which == PAGES and PLAN in ticked and of != LAW else []
        return [*plan, *((page.path, part_for(of)) for page in pages)]

    def _there(self, of: str) -> list[PageTexts]:
        if of == LAW:
            return pages_of_law(self.guide)
        return [page for page in by_risk(self.guide) if of in page.prose]

    def _is_chosen(self, page: PageTexts, which: str, section: str, ticked: list[str]) -> bool:
        return page.section == section != "" if which == SECTION else (page.path or HOME) in ticked


def readers_page(request: HttpRequest) -> HttpResponse:
    """Everyone who was asked, and how far she is; POST asks someone."""
    guide = Guide.of(live_site())
    form = AskForm(guide, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        reader = OutsideReader.objects.create(
            name=said["name"], of=said["of"], texts=form.texts, asked_by=who(request),
            expires=now() + timedelta(days=said["days"]),
        )  # fmt: skip
        AuditEntry.add(who(request), Event.READER_ASKED, f"{reader.name}, {reader.of}")
        return HttpResponseRedirect(reverse("admin:outside_reader", args=[reader.pk]))
    readers = OutsideReader.objects.select_related("asked_by")[:_SHOWN]
    return show(
        request,
        "outside",
        gettext("Outside readers"),
        422 if form.errors else 200,
        form=form,
        rows=[_row(reader, guide) for reader in readers],
    )


def _row(reader: OutsideReader, guide: Guide) -> dict[str, Any]:
    found = readings(reader, guide)
    return {
        "reader": reader,
        "of": answers.of_name(reader),
        "language": language_of(reader.of),
        "read": sum(one.read for one in found),
        "sentences": sum(len(one.statements) for one in found),
        "pages": len(found),
        "ends": localdate(reader.expires),
        "state": answers.state_of(reader),
    }


ROOMS: list[Room] = [
    ("outside/", readers_page, "outside", roles.may_ask_readers),
    ("outside/<int:pk>/", answers.reader_page, "outside_reader", roles.may_ask_readers),
]
