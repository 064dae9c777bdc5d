"""Where a record stands, said to staff: beside its form, and before a change of it goes to readers."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from toolkit.admin.drafting.facts_form import FactsForm
from toolkit.admin.showing import title_of
from toolkit.admin.words.fields import KINDS, in_words
from toolkit.drafting.changing import read_or_none
from toolkit.keeping import due, used_on
from toolkit.models import Draft
from toolkit.texts.languages import FACTS, PLAN, SELF_NAMES, SOURCE
from toolkit.texts.page import PageTexts, Site
from toolkit.texts.records.facts import DIALLED, Contact, Facts
from toolkit.texts.records.numbers import written


def of_record(site: Site, path: str, kind: str, record: str) -> dict[str, Any]:
    """For ``staff/used_on.html``."""
    uses = used_on.uses_of(site, path, kind, record)
    facts = site[path].facts if path in site else None
    return {
        "number": len(uses.pages),
        "pages": [
            {
                "address": reverse("admin:page", args=[one]),
                "title": site[one].prose[SOURCE].h1 if one in site and SOURCE in site[one].prose else due.address(one),
                "languages": [(SELF_NAMES[code], f"/{code}{due.address(one)}") for code in languages],
            }
            for one, languages in uses.pages.items()
        ],
        "steps": uses.steps,
        "plan": reverse("admin:unit", args=["", PLAN]),
        "is_on_top": uses.is_on_top,
        "cited_by": used_on.cited_by(facts, record) if facts and kind == "sources" else (),
    }


def of_draft(draft: Draft, site: Site) -> list[dict[str, Any]]:
    """The records that a draft of facts changes, each with where it stands."""
    after = read_or_none(draft) if draft.part == FACTS and draft.is_open else None
    if not isinstance(after, Facts):
        return []
    path = draft.page.path
    before = site[path].facts if path in site else None
    drafted = {**site, path: (site.get(path) or PageTexts(path)).with_part(FACTS, after)}
    named = {(kind, one.id): one for facts in (before, after) if facts for kind, one in _records(facts)}
    return [
        {
            "name": f"{KINDS[kind]} {due.record_name(named[kind, one])}",
            "used": of_record(site, path, kind, one),
            "same": same_numbers(drafted, one, _changed_numbers(before, after, one)) if kind == "contacts" else (),
        }
        for kind, one in used_on.changed_records(before, after)
    ]


def same_numbers(site: Site, contact: str, numbers: Iterable[str]) -> list[dict[str, str]]:
    """The same numbers elsewhere, for ``staff/same_numbers.html``."""
    return [
        {
            "number": written(number),
            "name": f"{one.name}, {in_words(channel.kind)}",
            "page": title_of(path, site),
            "address": reverse("admin:unit", args=[path, FACTS]) + f"#contacts-{_place(site, path, one)}",
        }
        for number, path, one, channel in used_on.same_numbers(site, contact, numbers)
    ]


def say_uses(form: FactsForm, site: Site, path: str) -> None:
    """Gives every record of a form that is live its places, as ``used``; of a contact also the ``same`` numbers."""
    facts = site[path].facts if path in site else None
    live = {(kind, one.id) for kind, one in _records(facts)} if facts else set()
    for kind in form.kinds:
        for record in kind.forms:
            name = record.data.get(record.add_prefix("id"), "")
            record.used = of_record(site, path, kind.name, name) if (kind.name, name) in live else None
            if kind.name == "contacts":
                record.same = same_numbers(site, name, [*_numbers(facts, name), *form.numbers_of(record)])


def _changed_numbers(before: Facts | None, after: Facts, contact: str) -> list[str]:
    """What a draft takes from a contact and what it gives it: either may stand elsewhere."""
    old, new = _numbers(before, contact), _numbers(after, contact)
    return [one for one in (*old, *new) if (one in old) != (one in new)]


def _numbers(facts: Facts | None, contact: str) -> list[str]:
    there = [one for one in facts.contacts if one.id == contact] if facts else []
    return [channel.value for one in there for channel in one.channels if channel.kind in DIALLED]


def _place(site: Site, path: str, contact: Contact) -> int:
    facts = site[path].facts
    return facts.contacts.index(contact) if facts else 0


def _records(facts: Facts) -> list[tuple[str, Any]]:
    return [(kind, one) for kind in KINDS for one in getattr(facts, kind, ())]
