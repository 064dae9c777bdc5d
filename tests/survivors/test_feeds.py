"""Feeds are Atom as RFC 4287 demands it, for every page in every language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest

from survivors.data import feeds, files
from tests.folders import own_guide
from toolkit.rendering.guide import Guide
from toolkit.texts.languages import LANGUAGES
from toolkit.texts.page import Version

SITE = "https://guide.example.org"
ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_FIRST = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
# RFC 3339, with upper case "T" and "Z".
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
# What may stand in each, how often at least and at most (sections 4.1.1 and 4.1.2). An entry without content
# needs an alternate link; its author is the feed's.
_FEED = {"author": (1, 1), "id": (1, 1), "title": (1, 1), "updated": (1, 1), "link": (2, 2), "entry": (0, 50)}
_ENTRY = {"id": (1, 1), "title": (1, 1), "updated": (1, 1), "link": (1, 1), "summary": (1, 1)}


def guide() -> Guide:
    """The guide's own pages, each published, changed with a note for readers, and changed again."""
    notes = {"en": "A new number.", "ms": "Nombor baharu & <lebih>.", "ta": "புதிய எண்.", "zh-hans": "新号码。"}
    return replace(own_guide(), versions={path: tuple(_versions(path, notes)) for path in own_guide().site})


def _versions(path: str, notes: dict[str, str]) -> Iterator[Version]:
    for number, told in enumerate(({}, notes, notes), 1):
        yield Version(number, _FIRST + timedelta(days=number), {}, told, f"urn:uuid:{number}-{path}")


def faults(text: str, place: str) -> list[str]:
    """What RFC 4287 forbids of the feed at an address."""
    feed = ET.fromstring(text.encode())
    entries = feed.findall(f"{ATOM}entry")
    found = [fault for one in (feed, *entries) for fault in _faults(one)]
    ids = [one.findtext(f"{ATOM}id") for one in (feed, *entries)]
    found += ["an id twice"] if len(ids) != len(set(ids)) else []
    found += ["no author"] if not (feed.findtext(f"{ATOM}author/{ATOM}name") or "").strip() else []
    links = {one.get("rel"): one.get("href") for one in feed.findall(f"{ATOM}link")}
    found += [] if links.get("self") == SITE + place and "alternate" in links else ["links"]
    moments = [one.findtext(f"{ATOM}updated", "") for one in entries]
    found += [] if moments == sorted(moments, reverse=True) else ["order"]
    return found + ([] if feed.get(LANG) == place.split("/")[4] else ["language"])


def _faults(one: ET.Element) -> Iterator[str]:
    allowed, seen = (_FEED if one.tag == f"{ATOM}feed" else _ENTRY), [child.tag for child in one]
    yield from (f"{tag} in {one.tag}" for tag in seen if tag.removeprefix(ATOM) not in allowed)
    for name, (least, most) in allowed.items():
        if not least <= seen.count(ATOM + name) <= most:
            yield f"{seen.count(ATOM + name)} {name}"
    if not re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", one.findtext(f"{ATOM}id") or ""):
        yield "id"
    if not _MOMENT.fullmatch(one.findtext(f"{ATOM}updated") or ""):
        yield "updated"
    if not (one.findtext(f"{ATOM}title") or "").strip() or len(one.find(f"{ATOM}title") or ()):
        yield "title"
    for link in one.findall(f"{ATOM}link"):
        if not urlsplit(link.get("href", "")).netloc or "/" not in link.get("type", ""):
            yield "link"


def test_every_feed_in_every_language_is_as_atom_wants_it(settings):
    settings.PUBLIC_URL, whole = SITE, guide()
    made = {place: maker.make() for place, maker in files.answers(whole) if place.endswith(".atom") and maker.make}
    assert len(made) == len(LANGUAGES) * (len(whole.site) + len(whole.aliases))
    for place, text in made.items():
        fresh = re.search(r'rel="self"[^>]* href="([^"]+)"', text)
        assert fresh and faults(text, fresh[1].removeprefix(SITE)) == [], place
    assert made["/api/v1/feeds/ta/index.atom"].count("<entry>") == 50
    assert made["/api/v1/feeds/en/types/threats.atom"].count("<entry>") == 2


@pytest.mark.parametrize("what, instead", [
    ("<updated>", "<updated>x"), ("(</?)author", r"\1writer"), ('rel="self"', 'rel="via"'), ("urn:uuid:", "urn:"),
    ("(</?)summary", r"\1words"), ("<title>", "<title><b/>"), (SITE, ""),
])  # fmt: skip
def test_what_atom_forbids_is_found(settings, what: str, instead: str):
    settings.PUBLIC_URL, place = SITE, "/api/v1/feeds/en/types.atom"
    text = feeds.feed(guide(), "en", "types")
    assert faults(text, place) == [] != faults(re.sub(what, instead, text), place)


def test_a_page_that_moves_or_is_renamed_keeps_its_entries_its_feed_and_the_address_of_it(settings):
    settings.PUBLIC_URL, before = SITE, guide()
    page = before.site["types/threats"]
    prose = {one: replace(words, title=f"New {one}") for one, words in page.prose.items()}
    moved = replace(page, path="types/moved", prose=prose, facts=replace(page.facts, aliases=("types/threats",)))
    site = {path: one for path, one in before.site.items() if path != page.path} | {"types/moved": moved}
    versions = {path.replace("types/threats", "types/moved"): found for path, found in before.versions.items()}
    after = dict(files.answers(replace(before, site=site, versions=versions)))
    for language in LANGUAGES:
        ids = re.findall(r"<id>(.*?)</id>", feeds.feed(before, language, page.path))
        for place in ("types/threats", "types/moved"):
            maker = after[f"/api/v1/feeds/{language}/{place}.atom"]
            assert maker.make and re.findall(r"<id>(.*?)</id>", maker.make()) == ids
    old, new = after["/api/v1/pages/types/threats.json"], after["/api/v1/pages/types/moved.json"]
    assert old.make and new.make and old.make() == new.make()
