"""A page's facts as a form: its own fields, and a list of records of each kind.

The form is always made from what was typed (``typed``, as a browser posts it), which a draft keeps as it is: so a draft
with a mistake in it comes back as she left it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from toolkit.admin.words.faults import said
from toolkit.admin.words.fields import (
    KINDS,
    KINDS_MANY,
    form_field,
    kinds_within,
    schema_fields,
    schema_value,
    typed_value,
)
from toolkit.drafting.drafts import Typed
from toolkit.texts.languages import FACTS
from toolkit.texts.page import take_in
from toolkit.texts.problem import Fault, FaultError
from toolkit.texts.records.facts import MOST_RECORDS, RECORD_TYPES, Facts, read_record
from toolkit.texts.records.owner import Owner
from toolkit.texts.records.page_toml import write_facts

Known = dict[str, list[tuple[str, str]]]


class RecordForm(forms.Form):
    """One record. An empty one is no record; one that is marked to go is none either."""

    kind: type[Any]

    def __init__(self, *args: Any, known: Known, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in schema_fields(self.kind):
            self.fields[one.name] = form_field(one, known)
        self.fields["place"] = forms.IntegerField(required=False, label=_("Order"), min_value=0)
        self.fields["gone"] = forms.BooleanField(required=False, label=_("Take this away"))
        self.within = [
            Records(name, self.data, known, prefix=self.add_prefix(name), kind=kind)
            for name, kind in kinds_within(self.kind).items()
        ]

    # Called unlike any field: a template finds a form's fields before its attributes.
    @property
    def called(self) -> str:
        """What the list of records calls this one."""
        values = (self.data.get(self.add_prefix(one), "") for one in ("name", "platform", "title", "value", "id"))
        return next(filter(None, values), "")

    @property
    def gone_field(self) -> BoundField:
        return self["gone"]

    @property
    def is_gone(self) -> bool:
        return bool(self.data.get(self.add_prefix("gone")))

    @property
    def order(self) -> int:
        place = self.data.get(self.add_prefix("place"), "")
        return _whole(place)

    @property
    def is_empty(self) -> bool:
        return not any(one.kept for one in self.within) and not any(
            value.strip() for name in self.fields if name != "place" for value in self._typed_in(self.add_prefix(name))
        )

    def _typed_in(self, name: str) -> Iterator[str]:
        """What stands in a field; opening hours have several within."""
        for key in self.data:
            if key == name or key.startswith(f"{name}-"):
                yield from self.data.getlist(key)  # type: ignore[attr-defined]

    def record(self) -> Any:
        """The record, or None with errors on the fields."""
        if not self.is_valid():
            return None
        table = {one.name: schema_value(one, self.cleaned_data[one.name]) for one in schema_fields(self.kind)}
        try:
            return read_record(self.kind, self.complete({name: value for name, value in table.items() if value}))
        except FaultError as error:
            name = error.fault.parts.get("field")
            is_named = name in self.fields
            self.add_error(name if is_named else None, said(error.fault.parts["fault"] if is_named else error.fault))
            return None

    def complete(self, table: dict[str, Any]) -> dict[str, Any]:
        """The table with the records within it."""
        for part in self.within:
            records = part.records()
            if records is None:
                raise FaultError(Fault("channel-unfinished"))
            plain = [_as_table(record) for record in records]
            if plain:
                table |= {part.name: plain if part.name == "channels" else plain[0]}
        return table


def _as_table(record: Any) -> dict[str, Any]:
    values = {one.name: getattr(record, one.name) for one in schema_fields(type(record))}
    return {name: list(one) if isinstance(one, tuple) else one for name, one in values.items() if one}


class Records:
    """The records of one kind in a form, with room for as many as were asked for."""

    def __init__(self, name: str, data: Any, known: Known, *, prefix: str, kind: type[Any] | None = None) -> None:
        self.name, self.prefix = name, prefix
        self.one, self.many = KINDS[name], KINDS_MANY[name]
        number = data.get(f"{prefix}-number", "0")
        form = type(f"{name}Form", (RecordForm,), {"kind": kind or RECORD_TYPES[name]})
        self.number = min(_whole(number), MOST_RECORDS)
        self.forms = [form(data, prefix=f"{prefix}-{n}", known=known) for n in range(self.number)]

    @property
    def kept(self) -> list[RecordForm]:
        """Those that are records, in their order."""
        return sorted((one for one in self.forms if not one.is_empty and not one.is_gone), key=lambda one: one.order)

    def records(self) -> tuple[Any, ...] | None:
        """The records, or None when one is not right."""
        found = [one.record() for one in self.kept]
        return None if None in found else tuple(found)


class FactsForm(forms.Form):
    """The facts of a page."""

    position = forms.IntegerField(min_value=0, label=_("Place among the pages of its section: 1 stands first"))
    checked = forms.DateField(
        label=_("Page last compared with its sources on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    aliases = forms.CharField(
        required=False, label=_("Old addresses that lead here, one on a line"), widget=forms.Textarea(attrs={"rows": 2})
    )
    gone = forms.CharField(
        required=False,
        label=_("Addresses of pages taken down that no page replaces, one on a line"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    anchor_aliases = forms.CharField(
        required=False,
        label=_("Headings whose short name {#…} changed, one on a line: old-name = new-name"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    help_lines = forms.CharField(
        required=False,
        label=_("Contacts at the top of every page, one on a line (home page only)"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    ngo_lines = forms.CharField(
        required=False,
        label=_("Lines for those at risk with the police, one on a line (home page only)"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, typed: Typed, types: list[tuple[str, str]], owner: Owner | None = None) -> None:
        """``owner``: of the live facts, which keep it whatever is typed here; it has a room of its own."""
        data = as_posted(typed)
        self.owner = owner
        super().__init__(data)
        known = {"types": types, "sources": _sources(data)}
        self.kinds = [Records(name, data, known, prefix=name) for name in RECORD_TYPES]

    def text(self) -> str:
        """The canonical facts that were typed, or "" with errors on the fields."""
        records = {kind.name: kind.records() for kind in self.kinds}
        if not self.is_valid() or None in records.values():
            return ""
        try:
            facts = Facts(
                position=self.cleaned_data["position"],
                checked=self.cleaned_data["checked"],
                aliases=tuple(self.cleaned_data["aliases"].split()),
                gone=tuple(self.cleaned_data["gone"].split()),
                help_lines=tuple(self.cleaned_data["help_lines"].split()),
                ngo_lines=tuple(self.cleaned_data["ngo_lines"].split()),
                anchor_aliases=dict(_pairs(self.cleaned_data["anchor_aliases"])),
                owner=self.owner,
                **records,  # type: ignore[arg-type]
            )
            text = write_facts(facts)
            take_in(FACTS, text.encode())
        except FaultError as error:
            self.add_error(None, said(error.fault))
            return ""
        return text


def as_posted(typed: Typed) -> QueryDict:
    """What was typed, as Django's forms take it."""
    data = QueryDict(mutable=True)
    for name, values in typed.items():
        data.setlist(name, values)
    return data


def typed_of(facts: Facts | None) -> Typed:
    """The facts of a page as a browser would post them unchanged."""
    if facts is None:
        return {"position": ["0"], "checked": [str(date.today())]}
    typed: Typed = {
        "position": [str(facts.position)],
        "checked": [str(facts.checked)],
        "aliases": ["\n".join(facts.aliases)],
        "gone": ["\n".join(facts.gone)],
        "help_lines": ["\n".join(facts.help_lines)],
        "ngo_lines": ["\n".join(facts.ngo_lines)],
        "anchor_aliases": ["\n".join(f"{old} = {new}" for old, new in facts.anchor_aliases.items())],
    }
    for kind in RECORD_TYPES:
        typed |= _typed_records(kind, getattr(facts, kind))
    return typed


def one_more(typed: Typed, prefix: str) -> Typed:
    """The same with an empty record more in the list that ``prefix`` names."""
    number = as_posted(typed).get(f"{prefix}-number", "0")
    return typed | {f"{prefix}-number": [str(_whole(str(number)) + 1)]}


def _typed_records(prefix: str, records: tuple[Any, ...]) -> Typed:
    typed: Typed = {f"{prefix}-number": [str(len(records))]}
    for number, record in enumerate(records):
        start = f"{prefix}-{number}"
        typed[f"{start}-place"] = [str(number + 1)]
        for one in schema_fields(type(record)):
            typed[f"{start}-{one.name}"] = typed_value(getattr(record, one.name), one)
        for name in kinds_within(type(record)):
            value = getattr(record, name)
            typed |= _typed_records(f"{start}-{name}", value if isinstance(value, tuple) else (value,) if value else ())
    return typed


def _sources(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    number = data.get("sources-number", "0")
    rows = range(min(_whole(number), MOST_RECORDS))
    ids = [(data.get(f"sources-{n}-id", "").strip(), data.get(f"sources-{n}-title", "")) for n in rows]
    return [(one, f"{title} ({one})") for one, title in ids if one]


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for row in filter(str.strip, text.splitlines()):
        old, equals, new = row.partition("=")
        if not equals:
            raise FaultError(Fault("not-a-pair", row=row.strip()))
        yield old.strip(), new.strip()


def _whole(typed: str) -> int:
    """A whole number that a form sent; 0 for what is none, or for one that no form of ours sends."""
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0
