"""Where a record stands: the pages that name it, the top of every page, the steps of the plan, and other records."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from toolkit.texts.languages import LANGUAGES
from toolkit.texts.page import PageTexts, Site
from toolkit.texts.records.facts import DIALLED, RECORD_TYPES, Channel, Contact, Facts, cited_sources
from toolkit.texts.words import markup


@dataclass(frozen=True, slots=True)
class Uses:
    """``pages``: path -> the languages in which its words name the record, () where only its facts do.

    ``steps`` are the ids of steps of the plan. ``is_on_top``: a line at the top of every page.
    """

    pages: dict[str, tuple[str, ...]]
    steps: tuple[str, ...]
    is_on_top: bool


def uses_of(site: Site, path: str, kind: str, record: str) -> Uses:
    """Of the record of the page at ``path``, which counts itself."""
    pages = {path: _languages(site[path], kind, record) if path in site else ()}
    if kind != "sources":
        pages |= {other: named for other, page in site.items() if (named := _languages(page, kind, record))}
        pages |= {other: () for other, page in site.items() if other not in pages and _answers(page, record)}
    plan = next((page.plan.rules for page in site.values() if page.plan), None)
    steps = tuple(one.id for one in plan.steps if record in getattr(one, kind, ())) if plan else ()
    lines = [one for page in site.values() if page.facts for one in (*page.facts.help_lines, *page.facts.ngo_lines)]
    return Uses(dict(sorted(pages.items())), steps, kind == "contacts" and record in lines)


def same_numbers(site: Site, contact: str, numbers: Iterable[str]) -> Iterator[tuple[str, str, Contact, Channel]]:
    """(number, path, contact, channel) of the other ways to reach somebody at a contact's numbers, its own included.

    Of its own only those are other ways that it reaches by the same number, as by telephone and by SMS.
    """
    for number in dict.fromkeys(numbers):
        found = [
            (number, path, one, channel)
            for path, page in sorted(site.items())
            for one in (page.facts.contacts if page.facts else ())
            for channel in one.channels
            if channel.kind in DIALLED and channel.value == number
        ]
        own = [place for place in found if place[2].id == contact]
        yield from (place for place in found if place not in own or len(own) > 1)


def changed_records(before: Facts | None, after: Facts) -> list[tuple[str, str]]:
    """The records (kind, id) that differ, or are in one of the two only; a record of which a source changes too."""
    found = []
    for kind in RECORD_TYPES:
        old = {one.id: one for one in getattr(before, kind, ())}
        new = {one.id: one for one in getattr(after, kind)}
        found += [(kind, one) for one in dict.fromkeys([*new, *old]) if old.get(one) != new.get(one)]
    return found


def cited_by(facts: Facts, source: str) -> list[str]:
    """The ids of the records that name a source of their page."""
    return [record.id for record in facts.records() if source in cited_sources(record)]


def _languages(page: PageTexts, kind: str, record: str) -> tuple[str, ...]:
    return tuple(
        language for language in LANGUAGES if language in page.prose and _names(page.prose[language].body, kind, record)
    )


def _names(body: str, kind: str, record: str) -> bool:
    # Reading the text takes longer than looking whether the name is in it at all.
    return record in body and any(
        markup.RECORD_DIRECTIVES.get(one) == kind and name == record
        for one, _, name in (mention.value.partition(" ") for mention in markup.directives(body))
    )


def _answers(page: PageTexts, record: str) -> bool:
    """Whether it answers instead of a number that another contact had."""
    contacts = page.facts.contacts if page.facts else ()
    return any(channel.superseded_by == record for contact in contacts for channel in contact.channels)
