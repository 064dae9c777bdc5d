"""The records of the guide as data: what pages say of contacts, laws and ways to report.

Nothing that no reader is shown: a number that nobody has confirmed stays out, one that was given up stands apart.
"""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from survivors.data.addresses import whole
from toolkit.rendering.directives import address
from toolkit.rendering.guide import Guide, Placed, facts_of, label, note
from toolkit.texts.languages import LANGUAGES, SOURCE
from toolkit.texts.page import PageTexts
from toolkit.texts.records.facts import Contact, Provision

SUPERSEDED = "superseded"


def of_page(page: PageTexts) -> dict[str, Any]:
    """The records of a page by kind, pictures aside, and its sources."""
    facts = facts_of(page)
    kinds = ("contacts", "provisions", "routes", "figures", "counters")
    found = {kind: [record(Placed(one, page)) for one in getattr(facts, kind)] for kind in kinds}
    return {"sources": [_plain(one) for one in facts.sources], **found}


def record(placed: Placed) -> dict[str, Any]:
    """A record, with what each language calls it and remarks of it; the dates of a law also say what it is today."""
    found: dict[str, Any] = _plain(placed.record)
    if isinstance(placed.record, Contact):
        found["channels"] = [_plain(one) for one in placed.record.confirmed]
        found[SUPERSEDED] = [_plain(one) for one in placed.record.channels if one.status == SUPERSEDED]
    if isinstance(placed.record, Provision):
        found["status"] = placed.record.status_on(localdate())
    return found | {"labels": _said(placed, label), "notes": _said(placed, note)}


def every(kind: str, guide: Guide) -> dict[str, Any]:
    """All records of a kind."""
    found = [placed for (one, _), placed in guide.records.items() if one == kind]
    return {kind: [_with_page(guide, placed) for placed in sorted(found, key=lambda placed: placed.record.id)]}


def _with_page(guide: Guide, placed: Placed) -> dict[str, Any]:
    """A record that stands by itself: on which page it is, and its sources with their addresses."""
    cited = getattr(placed.record, "sources", ())
    sources = [_plain(one) for one in facts_of(placed.page).sources if one.id in cited]
    place = whole(guide, address(SOURCE, placed.page.path))
    return record(placed) | {"cited": sources, "page": placed.page.path, "url": place}


def _said(placed: Placed, words: Callable[[Placed, str], Any]) -> dict[str, str]:
    """Language -> words, where there are any in that language itself."""
    found = {language: words(placed, language) for language in LANGUAGES}
    return {language: one.text for language, one in found.items() if one and one.language == language}


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, date):
        return value.isoformat()
    return [_plain(one) for one in value] if isinstance(value, tuple) else value
