"""What the words of a text may name: records and pages of the guide, and no number by itself."""

from __future__ import annotations

import re

from toolkit.texts.languages import SOURCE
from toolkit.texts.page import PageTexts, Site
from toolkit.texts.problem import Fault
from toolkit.texts.words import markup

_PHONE = re.compile(r"(?<![\w.])(?:\+?60[\d -]{7,}|0\d{1,2}[- ]?\d{3,4}[- ]?\d{3,4}|1[- ]?[38]00[\d -]{6,})(?!\d)")
_RINGGIT = re.compile(r"\bRM ?\d|令吉\s*\d|\d\s*令吉|ரிங்கிட்\s*\d", re.IGNORECASE)


def records_of(site: Site) -> dict[str, set[str]]:
    """The ids of records that any page may name, by kind (``contacts``, ``routes``…)."""
    known: dict[str, set[str]] = {kind: set() for kind in ("contacts", "routes", "provisions", "figures", "counters")}
    for page in site.values():
        for kind, ids in known.items():
            ids.update(record.id for record in getattr(page.facts, kind, ()))
    return known


def typed_number(row: str) -> str | None:
    """A phone number or an amount that stands in words instead of in a record."""
    match = _PHONE.search(row) or _RINGGIT.search(row)
    return match.group().strip() if match else None


def link_fault(target: str, page: PageTexts, site: Site) -> Fault | None:
    """What is wrong with the address that a page links to."""
    path, _, anchor = target.partition("#")
    if target.startswith("#"):
        path = f"/{page.path}/"
    if not re.fullmatch(r"/|/[a-z0-9/-]+/", path):
        return Fault("link-elsewhere", address=target[:60])
    linked = site.get(path.strip("/"))
    if linked is None:
        return Fault("no-page", path=path)
    if anchor and SOURCE in linked.prose:
        aliases = linked.facts.anchor_aliases if linked.facts else {}
        if anchor not in markup.anchors(linked.prose[SOURCE].body) and anchor not in aliases:
            return Fault("no-anchor", place=anchor, path=path)
    return None
