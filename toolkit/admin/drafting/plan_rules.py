"""When a question or step of the plan comes, what a step does, and whom it names: the fields beside its words."""

from collections.abc import Collection, Iterator
from typing import Any

from django import forms
from django.utils.html import format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from toolkit.admin.words.fields import in_words
from toolkit.admin.words.plan_labels import ACTS, NOTICED, QUESTIONS, WHENS, pages_of
from toolkit.drafting.drafts import Typed
from toolkit.texts.page import Site
from toolkit.texts.plans.plan import FINDS, MOST, SECTIONS
from toolkit.texts.plans.written import STEPS, Table

# So many sets of answers has one piece at the most.
MOST_SETS = 12
RECORDS = {
    "contacts": _("Contacts, the most fitting first"),
    "routes": _("Report routes"),
    "provisions": _("Laws"),
    "without": _("Contacts that it never shows"),
}
_FOUND = {
    "contacts": _("Finds contacts that help with"),
    "provisions": _("Finds laws that one takes to"),
    "routes": _("Finds report routes"),
}


class InOrder(forms.SelectMultiple):
    """Some of many in their order: a list to choose from for each, and two more."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:
        lists = (
            self._list(one).render(name, one, {"id": f"{attrs['id']}_{n}", "aria-label": n + 1}, renderer)
            for n, one in enumerate([*(value or []), "", ""])
        )
        return format_html_join("", "{}", ((one,) for one in lists))

    def _list(self, chosen: str) -> forms.Select:
        known = {"": "—", **dict(self.choices)}
        known.setdefault(chosen, chosen)
        return forms.Select(choices=list(known.items()))


class Records(forms.MultipleChoiceField):
    """Records of a kind in their order. One that is not known is left to the judgement of the whole text."""

    widget = InOrder

    def to_python(self, value: Any) -> list[str]:
        return list(dict.fromkeys(filter(None, value or [])))

    def valid_value(self, value: str) -> bool:
        return True


class RuleFields:
    """The fields of a form of a piece (``plan_part``) that are no words, and their way into a table and back."""

    def __init__(self, form: Any, site: Site, fields: Typed) -> None:
        self.form, self.site = form, site
        self.is_step = form.kind == STEPS
        typed = (fields.get("if-number") or [""])[0]
        self.number = min(int(typed), MOST_SETS) if typed.isdecimal() and len(typed) < 4 else self._sets_now()

    def _sets_now(self) -> int:
        return max(1, len(_sets(self.form.table.get("if"))))

    def fields(self) -> dict[str, forms.Field]:
        found = dict(self._step_fields()) if self.is_step else dict(self._question_fields())
        for n in range(self.number):
            for name, answers in self._asked():
                found[f"if-{n}.{name}"] = _boxes(QUESTIONS[name], answers)
        return found

    def sets(self) -> Iterator[tuple[int, list[tuple[Any, str]], str, bool]]:
        """Each set of answers: its number, its fields with what is ticked in them, all of that, whether it is open."""
        for n in range(self.number):
            fields = [self._with_chosen(f"if-{n}.{name}") for name, _answers in self._asked()]
            chosen = "; ".join(f"{field.label} {words}" for field, words in fields if words)
            is_open = any(field.errors for field, _words in fields) or (not chosen and self.number > 1)
            yield n + 1, fields, chosen, is_open

    def shown(self) -> list[tuple[Any, str]]:
        fields = self._step_fields() if self.is_step else self._question_fields()
        return [self._with_chosen(name) for name, _field in fields]

    def _with_chosen(self, name: str) -> tuple[Any, str]:
        """A field, and in words what is chosen in it, so that it need not be opened to be read."""
        field = self.form[name]
        known, value = dict(getattr(field.field, "choices", ())), field.value() or []
        chosen = [value] if isinstance(value, str) else value if isinstance(value, list) else []
        return field, ", ".join(str(known.get(one, one)) for one in chosen if known)

    def typed(self, table: Table) -> Typed:
        found: Typed = {"if-number": [str(self.number)]}
        for n, one in enumerate(_sets(table.get("if"))):
            found |= {f"if-{n}.{name}": list(answers) for name, answers in one.items()}
        if not self.is_step:
            return found | {"leave_out": list(table.get("leave_out", []))}
        does = table.get("does") or [""]
        found |= {name: [table.get(name, "")] for name in ("when", "noticed_by_them")}
        found |= {"does_first": does[:1], "does_also": list(does[1:]), "links": ["\n".join(table.get("links", []))]}
        found |= {name: list(table.get(name, [])) for name in RECORDS}
        found |= {f"find.{name}": list(answers) for name, answers in table.get("find", {}).items()}
        found |= {"plan_first": ["on"]} if table.get("plan_first") else {}
        return found | {"most": [str(table.get("most", MOST))]}

    def put_into(self, table: Table) -> Table:
        given: dict[str, Any] = self.form.cleaned_data
        _set(table, "if", self._conditions(given))
        if not self.is_step:
            _set(table, "leave_out", _as_before(table.get("leave_out", []), given.get("leave_out", [])))
            return table
        if given.get("id"):
            table["id"] = given["id"]
        first, also = given["does_first"], _as_before(table.get("does", []), given["does_also"])
        table |= {name: given[name] for name in ("when", "noticed_by_them")}
        table["does"] = [first, *(act for act in also if act != first)]
        table.setdefault("if", {})
        for name in RECORDS:
            _set(table, name, given[name])
        _set(table, "links", given["links"].split())
        _set(table, "find", _found(table.get("find", {}), given))
        _set(table, "plan_first", given["plan_first"])
        if given["most"] != table.get("most", MOST):
            _set(table, "most", given["most"])
        return table

    def _conditions(self, given: dict[str, Any]) -> Any:
        """One set as a table, several as a list. A set with nothing ticked would be everyone: it counts only alone."""
        found = [self._condition(n, given) for n in range(self.number)]
        kept = [one for one in found if one]
        return kept if len(kept) > 1 else kept[0] if kept else None

    def _condition(self, n: int, given: dict[str, Any]) -> dict[str, list[str]]:
        """What is ticked in a set, in the order in which it was written; what is new in it comes last."""
        sets = _sets(self.form.table.get("if"))
        before = sets[n] if n < len(sets) else {}
        ticked = {name: given[f"if-{n}.{name}"] for name, _one in self._asked() if given[f"if-{n}.{name}"]}
        return {name: _as_before(before.get(name, []), ticked[name]) for name in _as_before(before, ticked)}

    def _asked(self) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        for name, answers in self.form.answers.items():
            if self.is_step or name != self.form.name:
                yield name, answers

    def _question_fields(self) -> Iterator[tuple[str, forms.Field]]:
        if self.form.name in SECTIONS:
            yield "leave_out", _boxes(_("Pages that are no answer"), pages_of(self.form.name, self.site))

    def _step_fields(self) -> Iterator[tuple[str, forms.Field]]:
        yield "when", _one_of(_("When"), WHENS)
        yield (
            "does_first",
            forms.ChoiceField(
                label=_("What it does first of all (gives it its place)"), choices=[("", "—"), *ACTS.items()]
            ),
        )
        yield "does_also", _boxes(_("What it also does"), list(ACTS.items()))
        yield "noticed_by_them", _one_of(_("May the other person notice it?"), NOTICED)
        yield (
            "plan_first",
            forms.BooleanField(
                required=False, label=_("Plans with someone what will be noticed: stands before all of that")
            ),
        )
        known = _records(self.site)
        for name, label in RECORDS.items():
            yield name, Records(required=False, label=label, choices=known["contacts" if name == "without" else name])
        for name, label in _FOUND.items():
            wanted = [(one, gettext("of the platforms she named") if name == "routes" else in_words(one))
                      for one in FINDS[name]]  # fmt: skip
            yield f"find.{name}", _boxes(label, wanted)
        yield (
            "most",
            forms.IntegerField(
                required=False, min_value=1, max_value=20, label=_("How many of a kind it shows at the most")
            ),
        )
        yield "links", forms.CharField(
            required=False, label=_("Links to places of the guide, one on a line: /types/outing/#rights"),
            widget=forms.Textarea(attrs={"rows": 2}),
        )  # fmt: skip


def _as_before(before: Collection[str], now: Collection[str]) -> list[str]:
    """What is chosen now, in the order in which it stood before: an edit changes no more than she changed."""
    return [*(one for one in before if one in now), *(one for one in now if one not in before)]


def _found(before: dict[str, list[str]], given: dict[str, Any]) -> dict[str, list[str]]:
    wanted = {name: given[f"find.{name}"] for name in FINDS if given[f"find.{name}"]}
    return {name: _as_before(before.get(name, []), wanted[name]) for name in _as_before(before, wanted)}


def _sets(value: Any) -> list[dict[str, list[str]]]:
    return value if isinstance(value, list) else [value] if value else []


def _set(table: Table, name: str, value: Any) -> None:
    """A value that says something; else the key is left away."""
    if value:
        table[name] = value
    else:
        table.pop(name, None)


def _boxes(label: Any, choices: list[tuple[str, Any]]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        required=False, label=label, choices=choices, widget=forms.CheckboxSelectMultiple
    )  # fmt: skip


def _one_of(label: Any, words: dict[str, Any]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=list(words.items()), widget=forms.RadioSelect)


def _records(site: Site) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {"contacts": [], "routes": [], "provisions": []}
    for _path, page in sorted(site.items()):
        for kind, records in found.items():
            records += [(one.id, _record(one)) for one in getattr(page.facts, kind, ())]
    return {kind: sorted(records, key=lambda one: one[1].lower()) for kind, records in found.items()}


def _record(one: Any) -> str:
    name = next((getattr(one, key) for key in ("name", "platform", "act") if getattr(one, key, "")), "")
    section = getattr(one, "section", "")
    return f"{name}{f' {section}' if section else ''} ({one.id})"
