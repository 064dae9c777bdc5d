"""What the screens of the words of buttons show: those that have some words, all in their order, or one of them."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext

from toolkit.admin.buttons.form import ButtonsForm, WordsForm, buttons_of
from toolkit.admin.buttons.saving import languages_of, was
from toolkit.admin.showing import who
from toolkit.texts.buttons.program import OwnWords, by_key, key_of, program
from toolkit.texts.buttons.text import Buttons
from toolkit.texts.languages import BUTTONS, LANGUAGES, SELF_NAMES, SOURCE
from toolkit.texts.problem import Fault

AT_ONCE, MOST_NAMED = 15, 10
LONGEST_ASKED = 100


@dataclass(frozen=True, slots=True)
class Row:
    """``said``: (language, words, whether they are others than the program's). ``marks``: (look, words)."""

    own: OwnWords
    said: list[tuple[str, str, bool]]
    marks: list[tuple[str, str]]

    @property
    def is_changed(self) -> bool:
        return any(changed for _language, _words, changed in self.said)


def address(at: str = "") -> str:
    return reverse("admin:unit_piece", args=["", BUTTONS, at]) if at else reverse("admin:unit", args=["", BUTTONS])


def asking(words: str) -> str:
    """The address of the list of those that have some words."""
    return f"{address()}?{urlencode({'q': words})}"


def place_of(fault: Fault) -> str:
    """The address of the form in which a fault can be put right; "" where it names none."""
    key = key_of(str(fault.parts.get("says", "")))
    return address(key) if key in by_key() else ""


def template_of(at: str) -> str:
    return "buttons_words" if at else "buttons"


def context(request: HttpRequest, form: ButtonsForm, at: str, live: Buttons | None) -> dict[str, Any]:
    drafted = buttons_of(form.typed)
    if at:
        own = by_key().get(at)
        if own is None:
            raise Http404
        languages = languages_of(who(request))
        return {
            "at": at,
            "row": _row(own, drafted, live),
            "words": WordsForm(own, drafted.of(own.says), languages),
            "was": was(form.typed, at),
            "named_in": [one for one in rows_with(own.says, drafted, live)[:MOST_NAMED] if one.own != own],
        }
    asked = request.GET.get("q", "").strip()[:LONGEST_ASKED]
    rows = [_row(own, drafted, live) for own in program().values()]
    found = rows_with(asked, drafted, live) if asked else rows
    shown = Paginator(found, AT_ONCE).get_page(request.GET.get("page"))
    return {
        "asked": asked,
        "shown": shown,
        "rows": shown.object_list,
        "changed": [one for one in rows if one.is_changed or one.marks],
        "gone": [one.says for one in drafted.words if one.says not in program()],
        "again": urlencode({"q": asked}) if asked else "",
    }


def rows_with(asked: str, drafted: Buttons, live: Buttons | None) -> list[Row]:
    """Those that say some words, in any language, now or in the program; first those that say nothing else."""
    wanted, found = " ".join(asked.split()).casefold(), []
    for own in program().values():
        row = _row(own, drafted, live)
        there = [one for forms in own.said.values() for one in forms] + [words for _language, words, _is in row.said]
        said = [one.casefold().strip() for one in there]
        if any(wanted in one for one in said):
            found.append((wanted not in said, row))
    return [row for _is_part, row in sorted(found, key=lambda one: one[0])]


def _row(own: OwnWords, drafted: Buttons, live: Buttons | None) -> Row:
    words, before = drafted.of(own.says), live.of(own.says) if live else None
    said = []
    for language in LANGUAGES:
        mine = words.said.get(language) if words else None
        theirs = own.said.get(language) or own.said[SOURCE]
        said.append((language, " / ".join(one.strip() for one in mine or theirs), mine is not None))
    marks = [("good", gettext("changed"))] if before else []
    if (words.said if words else {}) != (before.said if before else {}):
        marks.append(("work", gettext("changed in this draft")))
    if late := [SELF_NAMES[one] for one in (words.outdated if words else ())]:
        marks.append(("bad", gettext("English changed since: %(languages)s") % {"languages": ", ".join(late)}))
    return Row(own, said, marks)
