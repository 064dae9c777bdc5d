"""One record of a page's facts as a form, with the records that stand within it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from toolkit.admin.showing import whole
from toolkit.admin.words.faults import said
from toolkit.admin.words.fields import KINDS, KINDS_MANY, form_field, kinds_within, schema_fields, schema_value
from toolkit.texts.problem import Fault, FaultError
from toolkit.texts.records.facts import DIALLED, MOST_RECORDS, RECORD_TYPES, Channel, read_record
from toolkit.texts.records.numbers import read_number

Known = dict[str, list[tuple[str, str]]]


class RecordForm(forms.Form):
    """One record. An empty one is no record; one that is marked to go is none either."""

    kind: type[Any]
    # Where it stands (toolkit/admin/keeping/used_on.py), None while it is not live.
    used: dict[str, Any] | None = None
    # Of a contact: where the same numbers stand.
    same: Sequence[dict[str, str]] = ()

    def __init__(self, *args: Any, known: Known, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in schema_fields(self.kind):
            field = self.fields[one.name] = form_field(one, known)
            if isinstance(field, forms.MultipleChoiceField):
                self._ticked_first(one.name, field)
        self.fields["place"] = forms.IntegerField(required=False, label=_("Order"), min_value=0)
        self.fields["gone"] = forms.BooleanField(required=False, label=_("Take this away"))
        self.within = [
            Records(name, self.data, known, prefix=self.add_prefix(name), kind=kind)
            for name, kind in kinds_within(self.kind).items()
        ]

    def _ticked_first(self, name: str, field: forms.MultipleChoiceField) -> None:
        """Ticks are sent in the order of the screen: so what is ticked stands first, in the order of the record."""
        order = {value: n for n, value in enumerate(self._typed_in(self.add_prefix(name)))}
        choices: list[Any] = list(field.choices)  # type: ignore[arg-type]
        field.choices = sorted(choices, key=lambda choice: order.get(choice[0], len(order)))

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
    def source_for(self) -> str:
        """The prefix of the record that this source was added for."""
        return str(self.data.get(self.add_prefix("for"), ""))

    @property
    def is_gone(self) -> bool:
        return bool(self.data.get(self.add_prefix("gone")))

    @property
    def order(self) -> int:
        return whole(self.data.get(self.add_prefix("place"), ""))

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
        within = {part.name: part.records() for part in self.within}
        if None in within.values():
            return None
        table = {one.name: schema_value(one, self.cleaned_data[one.name]) for one in schema_fields(self.kind)}
        try:
            return read_record(
                self.kind, self.complete({name: value for name, value in table.items() if value}, within)
            )
        except FaultError as error:
            name = error.fault.parts.get("field")
            is_named = name in self.fields
            self.add_error(name if is_named else None, said(error.fault.parts["fault"] if is_named else error.fault))
            return None

    def complete(self, table: dict[str, Any], within: Mapping[str, Any]) -> dict[str, Any]:
        """The table with its numbers as they are dialled, and with the records within it. Raises FaultError."""
        if self.kind is Channel:
            table |= {name: _dialled(name, table[name]) for name in _numbers_of(table)}
        for name, records in within.items():
            if plain := [_as_table(record) for record in records]:
                table |= {name: plain if name == "channels" else plain[0]}
        return table

    @property
    def is_open(self) -> bool:
        """Whether there is something to see to in it."""
        return bool(self.errors) or self.is_empty or any(one.is_open for part in self.within for one in part.forms)


def _numbers_of(table: Mapping[str, Any]) -> list[str]:
    """The fields of a channel that a telephone number was typed into."""
    return [
        *(["value"] if table.get("kind") in DIALLED and "value" in table else ()),
        # What answers now is a number, or the short name of a contact.
        *(["superseded_by"] if not re.search(r"[^\W\d_]", table.get("superseded_by", "a")) else ()),
    ]


def _dialled(field: str, typed: str) -> str:
    try:
        return read_number(typed)
    except FaultError as error:
        raise FaultError(Fault("in-field", field=field, fault=error.fault)) from None


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
        self.number = min(whole(number), MOST_RECORDS)
        self.forms = [form(data, prefix=f"{prefix}-{n}", known=known) for n in range(self.number)]

    @property
    def kept(self) -> list[RecordForm]:
        """Those that are records, in their order."""
        return sorted((one for one in self.forms if not one.is_empty and not one.is_gone), key=lambda one: one.order)

    def records(self) -> tuple[Any, ...] | None:
        """The records, or None when one is not right."""
        found = [one.record() for one in self.kept]
        return None if None in found else tuple(found)
