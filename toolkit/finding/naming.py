"""The places where texts name a record, and a text that names another one there, or none.

Words name it in double braces; facts in the lines at the top of every page, and where one answers instead of a number;
the plan in its steps and routes. What the record's own page says about it (its label and note) goes with the record.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any

from toolkit.finding.places import BODY
from toolkit.finding.replacing import Spot, with_words
from toolkit.texts.canonical import digest
from toolkit.texts.page import Part, Site, write_part
from toolkit.texts.plans.plan import PlanText, read_plan_text
from toolkit.texts.plans.written import ROUTES, STEPS, Written
from toolkit.texts.records.facts import Channel, Facts
from toolkit.texts.words.grammar import DIRECTIVE
from toolkit.texts.words.markup import RECORD_DIRECTIVES
from toolkit.texts.words.prose import Prose

# The kinds of record that only their own page can name.
OF_ONE_PAGE = ("sources", "pictures")
_LISTS = ("help_lines", "ngo_lines")
# A line on which nothing else stands but the marks of a list and of a box.
_ALONE = re.compile(r"[\s>*.:,;-]*(?:\d+[.)])?[\s*.:,;。，：；、-]*")


@dataclass(frozen=True, slots=True)
class Named:
    """A record by its ``kind`` (contacts, routes…), id and page; ``by``: that which takes its place, "" for none."""

    kind: str
    record: str
    path: str
    by: str = ""

    def in_braces(self, body: str) -> list[Any]:
        """Every match of DIRECTIVE that names it."""
        found = DIRECTIVE.finditer(body) if self.record in body else ()
        return [one for one in found if RECORD_DIRECTIVES.get(one[1]) == self.kind and one[2] == self.record]


@dataclass(frozen=True, slots=True)
class _Place:
    """``before``, ``old``, ``new``, ``rest``: the line as it is shown. ``start`` and ``end`` of what goes."""

    field: str
    before: str
    old: str
    new: str
    rest: str
    is_sure: bool = True
    start: int = 0
    end: int = 0


def spots(named: Named, site: Site, parts: Collection[str]) -> Iterator[Spot]:
    """Every place in the texts on the site, text by text.

    One that is taken out from among other words is not ``is_sure``: the whole line would go with it.
    """
    for path, page in sorted(site.items()):
        if named.kind in OF_ONE_PAGE and path != named.path:
            continue
        for part in parts:
            value = page.part(part)
            found = list(_places(named, value)) if value else []
            whole = digest(write_part(value)) if value and found else ""
            for number, one in enumerate(found):
                yield Spot(path, part, number, one.field, (one.before, one.old, one.rest), one.new, whole, one.is_sure)


def renamed(named: Named, value: Part, chosen: Collection[int]) -> Part:
    """A text that names the other record, or none, in the places that are ``chosen`` by their numbers."""
    places = [one for number, one in enumerate(_places(named, value)) if number in chosen]
    if isinstance(value, Prose):
        body = value.body
        for one in reversed(places):
            body = body[: one.start] + one.new + body[one.end :]
        return with_words(value, {BODY: body})
    fields = {one.field for one in places}
    if isinstance(value, Facts):
        return _facts(named, value, fields)
    return _plan(named, value, fields) if isinstance(value, PlanText) else value


def _places(named: Named, value: Part) -> Iterator[_Place]:
    if isinstance(value, Prose):
        yield from _in_words(named, value.body)
    elif isinstance(value, Facts):
        yield from _in_facts(named, value)
    elif isinstance(value, PlanText):
        yield from _in_plan(named, value)


def _in_words(named: Named, body: str) -> Iterator[_Place]:
    gone = -1
    for one in named.in_braces(body):
        start, end = body.rfind("\n", 0, one.start()) + 1, body.find("\n", one.end()) + 1 or len(body)
        if named.by:
            first, last = one.span(2)
            yield _Place(BODY, body[start:first], one[2], named.by, body[last:end].rstrip("\n"), True, first, last)
        elif start > gone:
            gone = start
            line = body[start:end]
            rest = DIRECTIVE.sub("", line)
            # Between two empty lines it takes one of them along.
            end += body[end : end + 1] == "\n" and body[:start][-2:] in ("", "\n\n")
            yield _Place(BODY, "", line.strip(), "", "", bool(_ALONE.fullmatch(rest)), start, end)


def _in_facts(named: Named, facts: Facts) -> Iterator[_Place]:
    if named.kind != "contacts":
        return
    for name in _LISTS:
        if named.record in getattr(facts, name):
            yield _Place(name, "", named.record, named.by, "")
    for number, contact in enumerate(facts.contacts):
        # What answers instead is never nobody: where it is gone, a person says what does.
        if named.by and any(one.superseded_by == named.record for one in contact.channels):
            yield _Place(f"contacts-{number}", f"{contact.id}: ", named.record, named.by, "")


def _in_plan(named: Named, plan: PlanText) -> Iterator[_Place]:
    for step in plan.rules.steps:
        if named.record in (*getattr(step, named.kind, ()), *_without(named, step.without)):
            yield _Place(f"{STEPS}/{step.id}", f"{step.id}: ", named.record, named.by, "")
    if named.kind == "routes" and any(named.record in routes for routes in plan.rules.platform_routes.values()):
        yield _Place(ROUTES, "", named.record, named.by, "")


def _facts(named: Named, facts: Facts, fields: set[str]) -> Facts:
    def now(channel: Channel) -> Channel:
        return replace(channel, superseded_by=named.by) if channel.superseded_by == named.record else channel

    lists = {name: tuple(_listed(named, getattr(facts, name))) for name in _LISTS if name in fields}
    contacts = tuple(
        replace(one, channels=tuple(map(now, one.channels))) if f"contacts-{number}" in fields else one
        for number, one in enumerate(facts.contacts)
    )
    return replace(facts, contacts=contacts, **lists)  # type: ignore[arg-type]


def _plan(named: Named, plan: PlanText, fields: set[str]) -> PlanText:
    written = Written.of(plan.text)
    for at in fields:
        if piece := written.piece(at):
            keys = piece.table if at == ROUTES else {named.kind, *_without(named, ("without",))}
            written = written.with_table(at, _with_lists(named, piece.table, keys))
    return read_plan_text(written.text)


def _with_lists(named: Named, table: dict[str, Any], keys: Collection[str]) -> dict[str, Any]:
    new = {key: _listed(named, value) if key in keys else value for key, value in table.items()}
    return {key: value for key, value in new.items() if value or not table[key]}


def _without(named: Named, names: tuple[str, ...]) -> tuple[str, ...]:
    """A step leaves out contacts only."""
    return names if named.kind == "contacts" else ()


def _listed(named: Named, names: Collection[str]) -> list[str]:
    """A list with the other record in the place of this one, once."""
    return list(dict.fromkeys(filter(None, (named.by if one == named.record else one for one in names))))
