"""A page's facts as a form: its own fields, and a list of records of each kind.

The form is always made from what was typed (``typed``, as a browser posts it), which a draft keeps as it is: so a draft
with a mistake in it comes back as she left it.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from toolkit.admin.showing import whole
from toolkit.admin.words.faults import said
from toolkit.admin.words.fields import (
    in_words,
    kinds_within,
    schema_fields,
    typed_value,
)
from toolkit.admin.words.hours_field import HoursField
from toolkit.admin.words.record_form import RecordForm, Records
from toolkit.drafting.drafts import Typed
from toolkit.texts.languages import FACTS
from toolkit.texts.page import take_in
from toolkit.texts.problem import Fault, FaultError
from toolkit.texts.records.facts import DIALLED, MOST_RECORDS, RECORD_TYPES, Channel, Facts
from toolkit.texts.records.numbers import DIALLABLE, read_number, written
from toolkit.texts.records.page_toml import write_facts

# The lists of a page, of which each row of a field is one.
_LISTS = ("aliases", "gone", "help_lines", "ngo_lines")


def _rows(label: Any, rows: int = 2) -> forms.CharField:
    return forms.CharField(required=False, label=label, widget=forms.Textarea(attrs={"rows": rows}))


class FactsForm(forms.Form):
    """The facts of a page."""

    position = forms.IntegerField(min_value=0, label=_("Place among the pages of its section: 1 stands first"))
    checked = forms.DateField(
        label=_("Page last compared with its sources on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    aliases = _rows(_("Old addresses that lead here, one on a line"))
    gone = _rows(_("Addresses of pages taken down that no page replaces, one on a line"))
    anchor_aliases = _rows(_("Headings whose hidden name changed, one on a line: old-name = new-name"))
    help_lines = _rows(_("Contacts at the top of every page, one on a line (home page only)"), 3)
    ngo_lines = _rows(_("Lines for those at risk with the police, one on a line (home page only)"))

    def __init__(self, typed: Typed, types: list[tuple[str, str]], live: Facts | None = None) -> None:
        """``live``: the facts that readers see. They keep their owner, who has a room of her own."""
        data = as_posted(typed)
        self.live = live
        super().__init__(data)
        known = {"types": types, "sources": _sources(data)}
        self.kinds = [Records(name, data, known, prefix=name) for name in RECORD_TYPES]

    def text(self) -> str:
        """The canonical facts that were typed, or "" with errors on the fields."""
        records = {kind.name: kind.records() for kind in self.kinds}
        if not self.is_valid() or None in records.values():
            return ""
        try:
            said_of = self.cleaned_data
            lists = {name: tuple(said_of[name].split()) for name in _LISTS}
            values: dict[str, Any] = {name: said_of[name] for name in ("position", "checked")} | lists | records
            values["anchor_aliases"] = dict(_pairs(said_of["anchor_aliases"]))
            facts = Facts(**values, owner=self.live.owner if self.live else None)
            text = write_facts(facts)
            take_in(FACTS, text.encode())
        except FaultError as error:
            name = "anchor_aliases" if error.fault.code == "not-a-pair" else error.fault.parts.get("field")
            self.add_error(name if name in self.fields else None, said(error.fault))
            return ""
        return text

    def wrong(self) -> Iterator[tuple[str, str]]:
        """What is wrong with what was typed, said with the record that it is of, and the id of the field."""
        for kind in self.kinds:
            for record in kind.forms:
                yield from _wrong_in(record, f"{kind.one} {record.called}")
        yield from _errors_of(self, "")

    def place_of(self, fault: Fault) -> str:
        """The id of the field, else of the record, that a fault of the facts names; "" where it names none."""
        named = fault.named
        counted = ("-number", "-place")
        values = [(name, self.data.get(name, "")) for name in self.data if not name.endswith(counted)]
        found = [name for name, value in values if value.strip() and not named.isdisjoint(_ways_to_say(value))]
        # Its short name is named too, wherever something within a record is; and a list of the page's may hold it.
        fields = sorted((name for name in found if not name.endswith("-id")), key=lambda name: "-" not in name)
        return next((f"id_{name}" for name in fields), next((name.removesuffix("-id") for name in found), ""))

    def numbers_of(self, contact: RecordForm) -> list[str]:
        """What was typed as a contact's numbers, as they are dialled."""
        rows = contact.within[0].forms
        return [number for row in rows if (number := _read(self.data.get(row.add_prefix("value"), "")))]

    def same_elsewhere(self) -> Iterator[dict[str, str]]:
        """Numbers that she changed and that stand in other ways to reach someone on the page as they were."""
        now = {name: _read(value) for name, value in self.data.items() if name.endswith("-value")}
        for old, new in dict.fromkeys(self._changed_numbers()):
            left = [name.removesuffix("-value") for name, number in now.items() if number == old]
            if left:
                kinds = dict.fromkeys(in_words(self.data.get(f"{one}-kind", "")) for one in left)
                shown = {"old": written(old), "new": written(new), "where": ", ".join(kinds)}
                yield {**shown, "action": f"same:{old}:{new}"}

    def _changed_numbers(self) -> Iterator[tuple[str, str]]:
        live = {contact.id: contact for contact in self.live.contacts} if self.live else {}
        for contact in next(kind for kind in self.kinds if kind.name == "contacts").forms:
            before = live.get(self.data.get(contact.add_prefix("id"), ""))
            rows = contact.within[0].forms if before else []
            for row, channel in zip(rows, before.channels if before else (), strict=False):
                new = _read(self.data.get(row.add_prefix("value"), ""))
                if channel.kind in DIALLED and new and new != channel.value:
                    yield channel.value, new


def acted(typed: Typed, action: str) -> Typed:
    """What was typed, with what a button of the form does to it.

    ``add:`` and a list, ``cite:`` and the record that a new source is for, ``same:`` and two numbers.
    """
    match action.split(":"):
        case ["add", prefix]:
            return one_more(typed, prefix)
        case ["cite", prefix]:
            return _with_source_for(typed, prefix)
        case ["same", old, new]:
            there = {name for name in typed if name.endswith("-value") and _read(typed[name][0]) == old}
            return {name: [written(new)] if name in there else values for name, values in typed.items()}
    return typed


def place_after(typed: Typed, action: str) -> str:
    """Where on the screen she goes on after such a button, "" for where she was."""
    match action.split(":"):
        case ["add", prefix]:
            return f"{prefix}-new"
        case ["cite", _]:
            return f"sources-{whole(typed['sources-number'][0]) - 1}"
    return ""


def _with_source_for(typed: Typed, prefix: str) -> Typed:
    """A source more, which the record at ``prefix`` names already."""
    number = whole(str(as_posted(typed).get("sources-number", "0")))
    taken = {one for values in typed.values() for one in values}
    name = next(one for one in (f"source-{n}" for n in range(number + 1, MOST_RECORDS * 3)) if one not in taken)
    start, cited = f"sources-{number}", f"{prefix}-sources"
    new = {f"{start}-id": [name], f"{start}-for": [prefix], cited: [*typed.get(cited, []), name]}
    return one_more(typed, "sources") | new


def _read(typed: str) -> str:
    """A number as it is dialled, "" for what is none."""
    try:
        return read_number(typed)
    except FaultError:
        return ""


def _ways_to_say(value: str) -> set[str]:
    return {*(row.strip().strip("/#") for row in value.splitlines()), _read(value)} - {""}


def _wrong_in(record: RecordForm, called: str) -> Iterator[tuple[str, str]]:
    yield from _errors_of(record, called)
    for part in record.within:
        for one in part.forms:
            yield from _wrong_in(one, f"{called}, {part.one} {one.called}")


def _errors_of(form: forms.Form, called: str) -> Iterator[tuple[str, str]]:
    for name, errors in form.errors.items():
        field = form[name] if name in form.fields else None
        for error in errors:
            said_of = ": ".join(filter(None, (called, str(field.label) if field else "", str(error))))
            yield said_of, _place_of(field) if field else form.prefix or ""


def _place_of(field: BoundField) -> str:
    """The id of a field, or of the first of those that it is made of."""
    if isinstance(field.field, HoursField):
        return f"{field.auto_id}-kind"
    if isinstance(field.field, forms.MultipleChoiceField):
        return f"{field.auto_id}_0" if field.field.choices else "sources"
    return str(field.auto_id)


def as_posted(typed: Typed) -> QueryDict:
    """What was typed, as Django's forms take it."""
    data = QueryDict(mutable=True)
    for name, values in typed.items():
        data.setlist(name, values)
    return data


def body_of(typed: Typed) -> str:
    """What was typed as a whole text, "" where nothing was."""
    return (typed.get("body") or [""])[0]


def typed_of(facts: Facts | None) -> Typed:
    """The facts of a page as a browser would post them unchanged."""
    if facts is None:
        return {"position": ["0"], "checked": [str(date.today())]}
    typed: Typed = {
        "position": [str(facts.position)],
        "checked": [str(facts.checked)],
        **{name: ["\n".join(getattr(facts, name))] for name in _LISTS},
        "anchor_aliases": ["\n".join(f"{old} = {new}" for old, new in facts.anchor_aliases.items())],
    }
    for kind in RECORD_TYPES:
        typed |= _typed_records(kind, getattr(facts, kind))
    return typed


def one_more(typed: Typed, prefix: str) -> Typed:
    """The same with an empty record more in the list that ``prefix`` names."""
    number = as_posted(typed).get(f"{prefix}-number", "0")
    return typed | {f"{prefix}-number": [str(whole(str(number)) + 1)]}


def _written(superseded_by: str) -> str:
    return written(superseded_by) if DIALLABLE.fullmatch(superseded_by) else superseded_by


def _typed_records(prefix: str, records: tuple[Any, ...]) -> Typed:
    typed: Typed = {f"{prefix}-number": [str(len(records))]}
    for number, record in enumerate(records):
        start = f"{prefix}-{number}"
        typed[f"{start}-place"] = [str(number + 1)]
        for one in schema_fields(type(record)):
            typed[f"{start}-{one.name}"] = typed_value(getattr(record, one.name), one)
        if isinstance(record, Channel):
            typed |= {f"{start}-value": [record.shown], f"{start}-superseded_by": [_written(record.superseded_by)]}
        for name in kinds_within(type(record)):
            value = getattr(record, name)
            typed |= _typed_records(f"{start}-{name}", value if isinstance(value, tuple) else (value,) if value else ())
    return typed


def _sources(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    number = data.get("sources-number", "0")
    rows = range(min(whole(number), MOST_RECORDS))
    ids = [(data.get(f"sources-{n}-id", "").strip(), data.get(f"sources-{n}-title", "")) for n in rows]
    return [(one, f"{title} ({one})") for one, title in ids if one]


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for row in filter(str.strip, text.splitlines()):
        old, equals, new = row.partition("=")
        if not equals:
            raise FaultError(Fault("not-a-pair", row=row.strip()))
        yield old.strip(), new.strip()
