"""Atom feeds of what readers are told of: major changes only. Titles are those of the pages, which name no topic."""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from django.utils import translation
from django.utils.translation import gettext

from survivors.data.addresses import feed_address, version_address, whole
from toolkit.rendering.directives import address
from toolkit.rendering.guide import Guide, prose_in
from toolkit.texts.languages import FACTS, LANGUAGES, PLAN, SOURCE
from toolkit.texts.page import TranslationState, Version

_ATOM = "http://www.w3.org/2005/Atom"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_MOST = 50
# Before anything was published.
_NEVER = datetime(2026, 1, 1, tzinfo=UTC)


def feed(guide: Guide, language: str, path: str) -> str:
    """What changed on a page and below it, newest first."""
    with translation.override(language):
        name = gettext("Online safety guide")
    entries = list(_entries(guide, language, path))[:_MOST]
    feed = ET.Element("feed", {"xmlns": _ATOM, _LANGUAGE: language})
    title = f"{name} · {_title(guide, path, language)}" if path else name
    _add(feed, "id", _urn(f"feed {language} {_lasting(guide, path)}"))
    _add(feed, "title", title)
    _add(feed, "updated", (entries[0][1].at if entries else _first(guide, path)).isoformat())
    _add(feed, "link", rel="self", type="application/atom+xml", href=whole(guide, feed_address(language, path)))
    _add(feed, "link", rel="alternate", type="text/html", href=whole(guide, address(language, path)))
    _add(ET.SubElement(feed, "author"), "name", guide.owner.name or name)
    for changed, version, told in entries:
        _entry(ET.SubElement(feed, "entry"), guide, language, changed, version, told)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(feed, encoding="unicode") + "\n"


def _entries(guide: Guide, language: str, path: str) -> Iterator[tuple[str, Version, list[tuple[str, str]]]]:
    """Path, version, and what readers in this language are told: (language of the words, words)."""
    for changed, version in guide.major_changes(path):
        if changed not in guide.site:
            continue
        _, found, state = prose_in(guide.site[changed], language)
        is_behind = state is TranslationState.OUTDATED and language not in version.notes
        heard = {found, FACTS, PLAN} | ({SOURCE} if is_behind else set())
        told = [
            (part if part in LANGUAGES else SOURCE, words) for part, words in version.notes.items() if part in heard
        ]
        if told:
            yield changed, version, told


def _entry(
    entry: ET.Element, guide: Guide, language: str, path: str, version: Version, told: list[tuple[str, str]]
) -> None:
    _add(entry, "id", _urn(f"{version.id} {language}"))
    _add(entry, "title", _title(guide, path, language))
    _add(entry, "updated", version.at.isoformat())
    place = version_address(language, path, version.number)
    _add(entry, "link", rel="alternate", type="text/html", href=whole(guide, place))
    spoken = {one for one, _ in told}
    said = {_LANGUAGE: spoken.pop()} if len(spoken) == 1 and spoken != {language} else {}
    ET.SubElement(entry, "summary", said).text = " ".join(words for _, words in told)


def _title(guide: Guide, path: str, language: str) -> str:
    prose, _, _ = prose_in(guide.site[path], language)
    return prose.title


def _lasting(guide: Guide, path: str) -> str:
    """What a page is known by wherever it moves to: its first version; its path before there was one."""
    return next((one.id for one in guide.versions.get(path, ())[:1]), path)


def _first(guide: Guide, path: str) -> datetime:
    return next((one.at for one in guide.versions.get(path, ())[:1]), _NEVER)


def _urn(name: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_OID, name).urn


def _add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> None:
    ET.SubElement(parent, tag, attributes).text = text or None
