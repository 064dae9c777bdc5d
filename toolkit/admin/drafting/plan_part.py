"""One question, step or list of shared routes of the plan as a form, which changes that piece of the draft alone.

Like all forms of drafts it is made from what was typed, so that one with a mistake in it comes back as she left it.
What the form does not show, such as the other languages for a translator, stays as it is written.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from toolkit.admin.drafting.facts_form import as_posted
from toolkit.admin.drafting.plan_rules import RuleFields
from toolkit.admin.words.plan_labels import GROUPS, answers_of, pages_of
from toolkit.drafting.drafts import Typed
from toolkit.texts.canonical import tidy_line
from toolkit.texts.languages import LANGUAGES, SELF_NAMES, SOURCE
from toolkit.texts.page import Site
from toolkit.texts.plans.plan import CHOICES, SECTIONS, Plan
from toolkit.texts.plans.written import QUESTIONS, ROUTES, STEPS, Table
from toolkit.texts.words.markup import SLUG

NEW = f"{STEPS}/new-step"
_ROWS = {"text": 2, "note": 3, "why": 2, "hint": 2}


class PartForm(forms.Form):
    """``at``: which piece; ``table``: what it says in the text; ``only``: the languages of a translator's words."""

    def __init__(
        self, at: str, table: Table, fields: Typed, plan: Plan, site: Site, only: tuple[str, ...] = ()
    ) -> None:
        self.at, self.table, self.only, self.plan = at, table, only, plan
        self.kind, _slash, self.name = at.partition("/")
        super().__init__(prefix=at)
        self.answers = answers_of(plan, site)
        self.groups = dict(self._groups(site))
        self.rules = None if only or self.kind == ROUTES else RuleFields(self, site, fields)
        self._add_fields()
        typed = fields or self.typed()
        self.data, self.is_bound = as_posted({f"{at}.{name}": values for name, values in typed.items()}), True

    def add_prefix(self, field_name: str) -> str:
        return f"{self.prefix}.{field_name}"

    @property
    def called(self) -> str:
        return str(self.table.get("text", {}).get(SOURCE, ""))

    @property
    def is_gone(self) -> bool:
        return "gone" in self.fields and bool(self.data.get(self.add_prefix("gone")))

    @property
    def place_fields(self) -> list[BoundField]:
        """What only a new step is asked."""
        return [self[name] for name in ("id", "after") if name in self.fields]

    @property
    def stands_after(self) -> str:
        """The step after which a new one stands; "" for the end."""
        return str(self.cleaned_data.get("after", ""))

    @property
    def routes_field(self) -> BoundField | None:
        return self["routes"] if self.kind == ROUTES else None

    @property
    def gone_field(self) -> BoundField | None:
        return self["gone"] if "gone" in self.fields else None

    # Named unlike any field, as templates look for those first.
    @property
    def word_rows(self) -> Iterator[tuple[str, str, list[tuple[str, BoundField]], bool]]:
        """Of each group of words: label, English where it is not written here, fields by language, whether it is open.

        What is folded is in order and not asked of everyone; a translator has one field of each, and sees all.
        """
        for group, (label, words, _needed) in self.groups.items():
            shown = [(one, self[f"{group}.{one}"]) for one in LANGUAGES if f"{group}.{one}" in self.fields]
            is_open = bool(self.only) or group == "text" or any(field.errors for _one, field in shown)
            if shown and (not self.only or words):
                yield label, words.get(SOURCE, "") if SOURCE in self.only or self.only else "", shown, is_open

    def typed(self) -> Typed:
        """The piece as a browser would post it unchanged."""
        found: Typed = {
            f"{group}.{language}": [words.get(language, "")]
            for group, (_label, words, _needed) in self.groups.items()
            for language in self.only or LANGUAGES
        }
        if self.kind == ROUTES:
            return {"routes": ["\n".join(f"{name} = {' '.join(one)}" for name, one in self.table.items())]}
        return found | (self.rules.typed(self.table) if self.rules else {})

    def result(self) -> Table | None:
        """What the piece says now; None with errors on the fields."""
        if not self.is_valid():
            return None
        if self.kind == ROUTES:
            return self._shared()
        table = dict(self.table)
        for group, (_label, before, _needed) in self.groups.items():
            typed = {one: tidy_line(self.cleaned_data[f"{group}.{one}"]) for one in self.only or LANGUAGES}
            _put(table, group, {one: words for one in LANGUAGES if (words := {**before, **typed}.get(one))})
        return self.rules.put_into(table) if self.rules else table

    def clean(self) -> dict[str, Any]:
        """Words are in every language or in none, so that no reader meets a gap."""
        given = super().clean() or self.cleaned_data
        for group, (_label, before, needed) in self.groups.items():
            words = {one: before.get(one) or "" for one in LANGUAGES}
            words |= {one: tidy_line(given.get(f"{group}.{one}") or "") for one in self.only or LANGUAGES}
            if needed or any(words.values()):
                for language in (one for one in LANGUAGES if not words[one]):
                    self._say(f"{group}.{language}", _("Words are needed in %(language)s."), language)
        name = given.get("id") or ""
        if "id" in self.fields and (not SLUG.match(name) or f"{STEPS}/{name}" == NEW):
            self.add_error("id", _("Small letters, digits and hyphens"))
        if "id" in self.fields and any(step.id == name for step in self.plan.steps):
            self.add_error("id", _("Another step has this name."))
        return given

    def _say(self, field: str, message: Any, language: str) -> None:
        said = message % {"language": SELF_NAMES[language]}
        self.add_error(field if field in self.fields else None, said)

    def _groups(self, site: Site) -> Iterator[tuple[str, tuple[str, Mapping[str, str], bool]]]:
        """Name -> label, words as they are, whether they are needed."""
        if self.kind == ROUTES:
            return
        for group in ("text", "hint") if self.kind == QUESTIONS else ("text", "note", "why"):
            yield group, (str(GROUPS[group]), self.table.get(group, {}), group == "text")
        if self.kind == QUESTIONS:
            known = CHOICES[self.name] or tuple(one for one, _title in pages_of(self.name, site))
            names = dict(self.answers[self.name])
            for one in known:
                label = gettext("Answer: %(answer)s") % {"answer": names.get(one, one)}
                yield f"choices.{one}", (label, self.table.get("choices", {}).get(one, {}), self.name not in SECTIONS)

    def _add_fields(self) -> None:
        for group in self.groups:
            widget = forms.Textarea(attrs={"rows": _ROWS.get(group, 1)})
            for language in self.only or LANGUAGES:
                field = forms.CharField(required=False, label=SELF_NAMES[language], max_length=600, widget=widget)
                field.widget.attrs["lang"] = language
                self.fields[f"{group}.{language}"] = field
        if self.at == NEW:
            label = _("Short name for links: it stays the same for good")
            self.fields["id"] = forms.CharField(
                label=label, help_text=_("Small letters, digits and hyphens"), max_length=40
            )
            steps = [(f"{STEPS}/{one.id}", f"{one.id}: {one.text[SOURCE]}") for one in self.plan.steps]
            self.fields["after"] = forms.ChoiceField(
                required=False, label=_("Stands after"), choices=[("", _("All other steps")), *steps]
            )
        if self.kind == ROUTES:
            label = _("Routes that a platform shares, one platform on a line: instagram = meta-images meta-privacy")
            self.fields["routes"] = forms.CharField(label=label, required=False, widget=forms.Textarea)
        if self.rules:
            self.fields.update(self.rules.fields())
        if self.kind == STEPS and not self.only and self.at != NEW:
            self.fields["gone"] = forms.BooleanField(required=False, label=_("Take this away"))

    def _shared(self) -> Table | None:
        table = {}
        for row in filter(str.strip, self.cleaned_data["routes"].splitlines()):
            name, equals, routes = row.partition("=")
            if not equals or not all(SLUG.match(one) for one in (name.strip(), *routes.split())):
                self.add_error("routes", gettext("Not a line of this kind: %(row)s") % {"row": row.strip()})
                return None
            table[name.strip()] = routes.split()
        return table


def _put(table: Table, group: str, words: dict[str, str]) -> None:
    """Words into their place; where there are none, the place goes too."""
    outer, _dot, choice = group.partition(".")
    if choice:
        choices = {name: one for name, one in table.get(outer, {}).items() if name != choice or words}
        if words:
            choices[choice] = words
        table[outer] = choices
    elif words:
        table[outer] = words
    if not table.get(outer) or (not words and not choice):
        table.pop(outer, None)
