"""What the words of a text may name: records and pages of the guide, and no number by itself."""

import re
from collections.abc import Collection, Iterator, Mapping

from toolkit.texts.languages import SOURCE
from toolkit.texts.page import PageTexts, Site, contacts_of
from toolkit.texts.problem import Fault
from toolkit.texts.records.facts import DIALLED, Facts
from toolkit.texts.records.numbers import is_dialled_by, number_faults_of
from toolkit.texts.words import markup
from toolkit.texts.words.typed import host_of, typed_email, typed_hosts, typed_number, typed_short_number

_TO_FILL_IN = re.compile(r"(?<!\[)\[\[[^\[\]\n]*\]\](?!\])")


def records_of(site: Site) -> dict[str, set[str]]:
    """The ids of records that any page may name, by kind (``contacts``, ``routes``…)."""
    known: dict[str, set[str]] = {kind: set() for kind in ("contacts", "routes", "provisions", "figures", "counters")}
    for page in site.values():
        for kind, ids in known.items():
            ids.update(record.id for record in getattr(page.facts, kind, ()))
    return known


def hosts_of(facts: Facts) -> set[str]:
    """The hosts of a page's records: what a sentence may name, since a record is kept true."""
    addresses = [source.url for source in facts.sources] + [contact.website for contact in facts.contacts]
    addresses += [route.url for route in facts.routes]
    addresses += [one.value for contact in facts.contacts for one in contact.channels if one.kind == "web"]
    return {host_of(address) for address in addresses if "://" in address}


def typed_faults(words: str) -> Iterator[tuple[Fault, int]]:
    """A number, an amount or an e-mail address that stands in words, and where it begins."""
    if found := typed_number(words):
        yield Fault("typed-number", number=found[0]), found[1]
    if found := typed_email(words):
        yield Fault("typed-address", address=found[0]), found[1]
    # As a new page begins (drafting.shapes): it says what is to be written, and is nothing to read.
    if left := _TO_FILL_IN.search(words):
        yield Fault("to-fill-in", words=left.group()[:60]), left.start()


def host_faults(words: str, known: Collection[str]) -> Iterator[tuple[Fault, int]]:
    """Each web address that stands in words, and each host that is no record's and not part of one's."""
    for address, start in typed_hosts(words):
        host = host_of(address)
        if "://" in address or address.startswith("www."):
            yield Fault("link-elsewhere", address=address[:60]), start
        elif not any(one == host or one.endswith(f".{host}") for one in known):
            yield Fault("typed-address", address=host[:60]), start


def short_number_faults(words: str, numbers: Collection[str]) -> Iterator[tuple[Fault, int]]:
    """A short number of a contact, such as 999, that stands in words, and where it begins."""
    if found := typed_short_number(words, numbers):
        yield Fault("typed-number", number=found[0]), found[1]


def all_typed_faults(words: str, numbers: Collection[str]) -> Iterator[Fault]:
    """All of these, where words may name no host."""
    found = (*typed_faults(words), *short_number_faults(words, numbers), *host_faults(words, ()))
    yield from (fault for fault, _place in found)


def number_faults(facts: Facts, before: Facts | None) -> Iterator[tuple[Fault, str, bool]]:
    """What is wrong with the numbers that a page did not have before, of which contact, and whether it is a warning.

    What is live already must not keep the page from being edited.
    """
    known = {channel for contact in before.contacts for channel in contact.channels} if before else set()
    for contact in facts.contacts:
        for channel in contact.channels:
            if channel.kind not in DIALLED or channel in known:
                continue
            found = list(number_faults_of(channel.value))
            if channel.display and not is_dialled_by(channel.display, channel.value):
                found.append((Fault("number-two", number=channel.value, shown=channel.display), False))
            for fault, is_warning in found:
                yield Fault("in-record", kind="contacts", record=contact.id, fault=fault), contact.id, is_warning


def numbers_of(site: Site) -> set[str]:
    """What reaches the contacts of the guide: numbers and addresses that are confirmed."""
    return {channel.value for contact in contacts_of(site) for channel in contact.confirmed}


def directive_fault(kind: str, record: str, known: Mapping[str, set[str]], labels: Collection[str]) -> Fault | None:
    """What is wrong with a directive. ``known``: kind of record -> ids; ``labels``: the ids with one."""
    if kind not in markup.DIRECTIVE_KINDS:
        return Fault("no-directive", kind=kind)
    if (records := markup.RECORD_DIRECTIVES.get(kind)) and record not in known[records]:
        return Fault("no-record", sort=records[:-1], record=record)
    if kind == markup.DRAWING_DIRECTIVE and record not in markup.DRAWINGS:
        return Fault("no-record", sort=kind, record=record)
    # What a picture shows is said in words, too.
    return Fault("no-alternative", record=record) if kind == "picture" and record not in labels else None


def link_fault(target: str, page: PageTexts, site: Site, moved: Mapping[str, str] | None = None) -> Fault | None:
    """What is wrong with the address that a page links to.

    ``moved``: old path -> today's. A link to an old address leads on and is no more than worth correcting.
    """
    path, _, anchor = target.partition("#")
    if target.startswith("#"):
        path = f"/{page.path}/"
    if not re.fullmatch(r"/|/[a-z0-9/-]+/", path):
        return Fault("link-elsewhere", address=target[:60])
    now = (moved or {}).get(path.strip("/"))
    linked = site.get(path.strip("/") if now is None else now)
    if linked is None:
        return Fault("no-page", path=path)
    if anchor and SOURCE in linked.prose:
        aliases = linked.facts.anchor_aliases if linked.facts else {}
        if anchor not in markup.anchors(linked.prose[SOURCE].body) and anchor not in aliases:
            return Fault("no-anchor", place=anchor, path=path)
    return None if now is None else Fault("link-moved", path=path, now=_page(now))


def leads_to(target: str, site: Site, moved: Mapping[str, str]) -> str:
    """A link as it would be written today: one to an old address, or to a part that it had, in today's words."""
    path, mark, anchor = target.partition("#")
    now = moved.get(path.strip("/")) if path else None
    if now is None:
        return target
    facts = site[now].facts
    return _page(now) + mark + (facts.anchor_aliases.get(anchor, anchor) if facts else anchor)


def _page(path: str) -> str:
    return f"/{path}/" if path else "/"
