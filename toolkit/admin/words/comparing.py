"""A text in plain lines, as staff read it, and two versions of it compared."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext

from toolkit.admin.words.fields import FURTHER_WORDS, KINDS, LABELS, in_words, kinds_within, schema_fields
from toolkit.admin.words.hours_field import said_of
from toolkit.admin.words.plan_lines import plan_lines
from toolkit.rendering import words
from toolkit.texts.buttons.text import Buttons
from toolkit.texts.canonical import digest
from toolkit.texts.compare import Row, compare
from toolkit.texts.languages import FACTS, LANGUAGES, OF_HOME, SELF_NAMES, SOURCE, TRANSLATIONS
from toolkit.texts.page import part_or_none
from toolkit.texts.plans.plan import PlanText
from toolkit.texts.records.facts import RECORD_TYPES, Channel, Facts
from toolkit.texts.records.owner import Owner
from toolkit.texts.records.picture import read_image
from toolkit.texts.records.values import ListOf, OneOf, read_opening_hours, read_text
from toolkit.texts.words.prose import Prose


def comparison(part: str, before: str | None, after: str) -> list[Row]:
    """Two canonical texts of a part, compared in the lines that staff read; [] when they read the same.

    ``before`` is None where there was no text: then every line is added.
    """
    old = "" if before is None else in_lines(part, before)
    return compare(old, in_lines(part, after), head=head if part in (FACTS, *OF_HOME) else None)


def in_lines(part: str, text: str) -> str:
    """A canonical text in plain lines: a line for each fact or field, then the body. A bad text stays itself."""
    value = part_or_none(part, text)
    if value is None:
        return text
    if isinstance(value, PlanText):
        lines = plan_lines(value.rules)
    elif isinstance(value, Buttons):
        lines = _button_lines(value)
    else:
        lines = _facts_lines(value) if isinstance(value, Facts) else _prose_lines(value)
    return "\n".join(lines).strip()


def head(line: str) -> str:
    """What a line of facts is about: the words before its value."""
    return line.partition(": ")[0]


def _said(label: Any, value: str) -> str:
    return f"{label}: {value}"


def _prose_lines(prose: Prose) -> Iterator[str]:
    """Without the mark of the English text that a translation follows: the desk says it in words."""
    yield _said(gettext("Title"), prose.title)
    if prose.heading:
        yield _said(gettext("Heading"), prose.heading)
    if prose.called:
        yield _said(gettext("Also called"), prose.called)
    yield _said(gettext("One sentence under the heading"), prose.summary)
    if prose.keywords:
        yield _said(gettext("Words people search for"), ", ".join(prose.keywords))
    if prose.review:
        is_reviewed = gettext("Yes") if prose.review == "reviewed" else gettext("No")
        yield _said(gettext("A native speaker has compared it with the English"), is_reviewed)
    for record in sorted(prose.named_records):
        if record in prose.labels:
            yield _said(gettext("Name of %(record)s") % {"record": record}, prose.labels[record])
        if record in prose.notes:
            yield _said(gettext("What a reader should know of %(record)s") % {"record": record}, prose.notes[record])
        for key, said in prose.further.items():
            if record in said:
                yield _said(f"{FURTHER_WORDS[key]} ({record})", said[record])
    if prose.body:
        yield ""
        yield prose.body.rstrip("\n")


def _button_lines(buttons: Buttons) -> Iterator[str]:
    for one in buttons.words:
        for language in LANGUAGES:
            for said in one.said.get(language, ()):
                yield _said(f"“{one.says}”, {SELF_NAMES[language]}", said)
        for language in TRANSLATIONS if SOURCE in one.said else ():
            if language not in one.outdated:
                yield _said(f"“{one.says}”, {SELF_NAMES[language]}", gettext("Compared with the English as it is now"))


def _facts_lines(facts: Facts) -> Iterator[str]:
    yield _said(gettext("Place among the pages of its section: 1 stands first"), str(facts.position))
    yield _said(gettext("Page last compared with its sources on"), words.day(facts.checked))
    for alias in facts.aliases:
        yield _said(gettext("Old address that leads here"), f"/{alias}/")
    for path, mark, anchor in (one.partition("#") for one in facts.gone):
        yield _said(gettext("Address of a page that was taken down"), f"/{path}/{mark}{anchor}")
    for old, new in facts.anchor_aliases.items():
        yield _said(gettext("Heading whose hidden name changed"), f"{old} → {new}")
    if facts.help_lines:
        yield _said(gettext("Contacts at the top of every page"), ", ".join(facts.help_lines))
    if facts.ngo_lines:
        yield _said(gettext("Lines for those at risk with the police"), ", ".join(facts.ngo_lines))
    if facts.owner:
        for one in schema_fields(Owner):
            if value := getattr(facts.owner, one.name):
                yield _said(f"{gettext('Who publishes the guide')} · {LABELS[one.name]}", _value(one, value))
    for kind in RECORD_TYPES:
        for record in getattr(facts, kind):
            yield from _record_lines(kind, record)


def _record_lines(kind: str, record: Any) -> Iterator[str]:
    """The lines of a record, after an empty one; each begins with what it is about."""
    about = f"{KINDS[kind]} {record.id}"
    yield ""
    for one in schema_fields(type(record)):
        value = getattr(record, one.name)
        if one.name != "id" and value not in ("", (), None, False, 0):
            yield _said(f"{about} · {LABELS.get(one.name, one.name)}", _value(one, value))
    for name in kinds_within(type(record)):
        if name != "channels" and (within := getattr(record, name)):
            for one in schema_fields(type(within)):
                if value := getattr(within, one.name):
                    yield _said(f"{about} · {KINDS[name]} · {LABELS.get(one.name, one.name)}", _value(one, value))
    for channel in getattr(record, "channels", ()):
        yield _said(f"{about} · {in_words(channel.kind)}", _channel(channel))


def _value(one: Any, value: Any) -> str:
    read = one.metadata["read"]
    if isinstance(value, tuple):
        one_of_them = read.read_one if isinstance(read, ListOf) else None
        if one_of_them is read_text:
            return " › ".join(value)
        return ", ".join(in_words(item) if isinstance(one_of_them, OneOf) else item for item in value)
    if isinstance(value, date):
        return words.day(value)
    if isinstance(value, bool):
        return gettext("Yes")
    if read is read_image:
        # Its first digits tell one from another; how it looks is in the preview.
        return gettext("%(n)s characters (%(digest)s)") % {"n": len(value), "digest": digest(value)[:8]}
    if read is read_opening_hours:
        return said_of(value)
    return in_words(value) if isinstance(read, OneOf) else str(value)


def _channel(channel: Channel) -> str:
    """``03-1234 5678, dialled as +60312345678 · 24 hours, every day (Confirmed: shown to readers)``."""
    shown = channel.shown
    if shown != channel.value:
        shown = gettext("%(number)s, dialled as %(dialled)s") % {"number": shown, "dialled": channel.value}
    instead = f" → {channel.superseded_by}" if channel.superseded_by else ""
    return f"{shown}{' · ' + said_of(channel.hours) if channel.hours else ''} ({in_words(channel.status)}{instead})"
