"""What the search looks through: each page of the guide, and each section of a page, as plain text in one language."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext, override

from survivors.search.spelling import AFTER_REPORT, IF_REFUSED, asked
from toolkit.rendering.directives import after_anchor, after_report, on_cards
from toolkit.rendering.guide import Guide, Placed, facts_of, label, note, prose_in
from toolkit.texts.languages import SOURCE
from toolkit.texts.page import PageTexts
from toolkit.texts.records.facts import Contact, Provision, Route
from toolkit.texts.records.picture import Picture
from toolkit.texts.words import markup
from toolkit.texts.words.prose import Prose


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page; ``asked`` are other words that readers ask for it with, which are not shown."""

    anchor: str
    heading: str
    text: str
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A page to be found. ``language`` is the one its words are really in."""

    path: str
    language: str
    title: str
    short_title: str
    summary: str
    keywords: tuple[str, ...]
    names: tuple[str, ...]
    text: str
    english: tuple[str, ...]
    sections: tuple[Section, ...] = field(default=())


def documents(guide: Guide, language: str) -> Iterator[Document]:
    """Every page in a language, or in English where it has none."""
    for page in guide.site.values():
        prose, found, _ = prose_in(page, language)
        placed = [Placed(record, page) for record in facts_of(page).records()]
        source = page.prose[SOURCE]
        yield Document(
            path=page.path,
            language=found,
            title=prose.h1,
            short_title=prose.title,
            summary=prose.summary,
            keywords=prose.keywords,
            names=tuple(
                dict.fromkeys(
                    [*filter(None, (prose.called,)), *(name for one in placed for name in _names(one, language))]
                )
            ),
            text=_plain(_beginning(prose), guide, language),
            english=() if found == SOURCE else (source.h1, *filter(None, (source.called,)), *source.keywords),
            sections=tuple(_sections(prose, page, guide, language)),
        )


def _names(placed: Placed, language: str) -> Iterator[str]:
    """What a record goes by, in this language and in law and on paper."""
    record = placed.record
    if isinstance(record, Picture):  # found by the words around it
        return
    yield str(label(placed, language))
    if isinstance(record, Contact):
        yield record.name
        for channel in record.confirmed:
            yield channel.shown
    elif isinstance(record, Provision):
        yield f"{record.act} {record.section}"
        yield f"{record.act_ms} {record.section}"
        yield f"Act {record.act_number}"
        yield f"s. {record.section}"
    elif isinstance(record, Route):
        yield record.platform


def _sections(prose: Prose, page: PageTexts, guide: Guide, language: str) -> Iterator[Section]:
    """Each ``##`` heading with its text; what happens after a report; the records that the prose does not show."""
    after = list(_after_reports(prose, page, language))
    for section in markup.parsed(prose.body).sections:
        if heading := section.heading:
            asked = _asked(heading.anchor, language, *(() if after else (AFTER_REPORT,)))
            text = _plain(section.text, guide, language)
            yield Section(heading.anchor, _plain(heading.text, guide, language), text, asked)
    yield from after
    if rest := _unmentioned(prose, page, language):
        yield Section("", "", rest)


def _after_reports(prose: Prose, page: PageTexts, language: str) -> Iterator[Section]:
    """The folds of a page's own cards that say what happens after a report, in the order of the cards."""
    shown = on_cards(prose.body)
    placed = [Placed(record, page) for record in facts_of(page).records() if record.id in shown]
    for one in sorted(placed, key=lambda one: shown.index(one.record.id)):
        if facts := after_report(one, language):
            with override(language):
                heading = gettext("What happens after you report")
            text = " ".join([f"{label(one, language)}.", *(str(fact.words) for fact in facts)])
            yield Section(after_anchor(one.record.id), heading, text, _asked(AFTER_REPORT, language))


def _asked(anchor: str, language: str, *standing_in: str) -> str:
    """The words with which readers ask for a part; of "if-refused" those of another that the page does not have too."""
    names = (anchor, *standing_in) if anchor == IF_REFUSED else (anchor,)
    return " ".join(filter(None, (asked().get(name, {}).get(language, "") for name in names)))


def _beginning(prose: Prose) -> str:
    """The words before the first ``##`` heading."""
    sections = markup.parsed(prose.body).sections
    return sections[0].text if sections and sections[0].heading is None else ""


def _unmentioned(prose: Prose, page: PageTexts, language: str) -> str:
    shown = {mention.value.partition(" ")[2] for mention in markup.directives(prose.body)}
    placed = [Placed(record, page) for record in facts_of(page).records() if record.id not in shown]
    return " ".join(f"{label(one, language)}. {note(one, language)}" for one in placed if note(one, language))


def _plain(text: str, guide: Guide, language: str) -> str:
    """Plain words with what a reader reads where a directive stands."""
    return " ".join(markup.MARKED.sub(lambda match: _shown(match[1], guide, language), text).split())


def _shown(directive: str, guide: Guide, language: str) -> str:
    """What stands where a directive is: a record's name, and what is said about it where its card is."""
    kind, _, name = directive.partition(" ")
    placed = guide.records.get((markup.RECORD_DIRECTIVES.get(kind, ""), name))
    if placed is None:
        return ""
    record = placed.record
    if kind == "phone" and isinstance(record, Contact) and record.phones:
        return record.phones[0].shown
    if kind in ("route", "contact", "provision"):
        return str(label(placed, language))
    return getattr(record, "value", "") if kind == "figure" else ""
