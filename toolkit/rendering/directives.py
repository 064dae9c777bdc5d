"""Fills the marks that directives left in rendered prose with cards and words from the records."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from html import unescape
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localdate
from django.utils.translation import gettext

from toolkit.rendering import words
from toolkit.rendering.guide import TYPES, Guide, Placed, Wording, facts_of, label, note, said_of, wording
from toolkit.rendering.owner import owner_card, picture_address
from toolkit.texts.page import PageTexts
from toolkit.texts.records.facts import AFTER, AfterReport, Contact, Counter, Provision, Route, Source
from toolkit.texts.records.picture import Picture
from toolkit.texts.words.grammar import MARK_END, MARK_START
from toolkit.texts.words.markup import (
    DRAWING_DIRECTIVE,
    MARKED,
    MATRIX_DIRECTIVE,
    OWNER_DIRECTIVE,
    RECORD_DIRECTIVES,
    parsed,
)

_BLOCK = re.compile(f"<p>{MARK_START}([^{MARK_END}]+){MARK_END}</p>")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text is read: in which guide, in which language, on which page, by whom (of SERVES) if that was said."""

    guide: Guide
    language: str
    page: PageTexts
    reader: tuple[str, ...] = ()

    def address(self, path: str, anchor: str = "") -> str:
        return address(self.language, path) + (f"#{anchor}" if anchor else "")

    def find(self, kind: str, record: str) -> Placed | None:
        if kind in ("sources", "pictures"):  # a page's own
            own = getattr(self.page.facts, kind, ())
            return next((Placed(one, self.page) for one in own if one.id == record), None)
        return self.guide.records.get((kind, record))


def address(language: str, path: str) -> str:
    return f"/{language}/{path}/" if path else f"/{language}/"


def prose_html(body: str, place: Place) -> SafeString:
    """A Markdown body as a reader gets it: safe HTML, links in her language, cards from today's records."""
    html = parsed(body).html.replace('href="/', f'href="/{place.language}/')
    opened: set[str] = set()
    html = _BLOCK.sub(lambda match: _block(match[1], place, opened), html)
    html = MARKED.sub(lambda match: _inline(match[1], place), html)
    return mark_safe(html)


def plain_words(text: str, place: Place) -> str:
    """Plain words with directives MARKED -> what a reader sees there, without links."""
    return MARKED.sub(lambda match: unescape(strip_tags(_inline(match[1], place))), text)


def card(placed: Placed, place: Place, kind: str, *, is_folded: bool = False) -> SafeString:
    """A record as a card; folded to its name where a page has many."""
    is_own_page = placed.page.path == place.page.path
    is_named = is_own_page and len(facts_of(place.page).records()) == 1
    key = (kind, placed.record.id, is_own_page, is_named, is_folded, place.reader)
    make = partial(_card, placed, place, kind, is_own_page=is_own_page, is_named=is_named, is_folded=is_folded)
    return mark_safe(place.guide.part(key, place.language, placed.page.path, make))


def _card(placed: Placed, place: Place, kind: str, *, is_own_page: bool, is_named: bool, is_folded: bool) -> str:
    context: dict[str, Any] = {
        "record": placed.record,
        "is_folded": is_folded,
        "language": place.language,
        "label": label(placed, place.language),
        "note": note(placed, place.language),
        "is_own_page": is_own_page,
        "is_named": is_named,
        "address": place.address(placed.page.path),
    }
    if isinstance(placed.record, Contact | Route | Provision):
        context |= {"after": after_report(placed, place.language), "after_anchor": after_anchor(placed.record.id)}
    if isinstance(placed.record, Contact):
        context |= _of_contact(placed.record, place)
    if isinstance(placed.record, Counter):
        context |= {key: said_of(placed, place.language, key) for key in ("sounds", "means")}
    if isinstance(placed.record, Provision):
        context |= {"penalty": words.penalty(placed.record), "status": placed.record.status_on(localdate())}
    return render_to_string(f"cards/{kind}.html", context).strip()


def kept_card(placed: Placed, place: Place, kind: str, *, is_folded: bool = False) -> str:
    """A card, made once a day and place: the same laws stand in hundreds of answers. Nothing in it is of who asks."""
    made_on, cards = place.guide.kept.get("cards", (None, {}))
    if made_on != (today := localdate()):
        cards = {}
        place.guide.kept["cards"] = (today, cards)
    key = (kind, placed.record, placed.page.path, is_folded, place.language, place.page.path, place.reader)
    found: str | None = cards.get(key)
    if found is None:
        found = cards[key] = card(placed, place, kind, is_folded=is_folded)
    return found


def _of_contact(contact: Contact, place: Place) -> dict[str, Any]:
    """For whom it is, unless for everyone; and the lines that answer where it has no number."""
    is_for_all = not contact.serves or "everyone" in contact.serves
    return {
        "lines": [] if contact.phones else place.guide.lines_for((*place.reader, *contact.serves)),
        "served": "" if is_for_all else words.served(contact.serves),
    }


@dataclass(frozen=True, slots=True)
class After:
    """One fact about what happens after a report: its name, its typed half where there is one, and its words."""

    key: str
    typed: AfterReport | None
    words: Wording


def after_report(placed: Placed, language: str) -> list[After]:
    """What is known of the time after a report, in the order in which a reader meets it."""
    found = [After(key, getattr(placed.record, key, None), said_of(placed, language, key)) for key in AFTER]
    return [one for one in found if one.words or (one.typed and (one.typed.within or one.typed.url or one.typed.menu))]


def after_anchor(record: str) -> str:
    """Where on a record's own page it stands what happens after a report."""
    return f"after-{record}"


def on_cards(body: str) -> list[str]:
    """The ids of the records that a body shows as cards, in their order."""
    return [directive.partition(" ")[2] for directive in _BLOCK.findall(parsed(body).html)]


def _block(directive: str, place: Place, opened: set[str]) -> str:
    """``opened`` has the kinds of which a card stands open above: the first of a page's own, the others are folded."""
    kind, _, record = directive.partition(" ")
    if kind == MATRIX_DIRECTIVE:
        return place.guide.part((kind,), place.language, TYPES, partial(_law_matrix, place))
    if kind == DRAWING_DIRECTIVE:
        return render_to_string("cards/drawing.html", {"name": record}).strip()
    if kind == OWNER_DIRECTIVE:
        return owner_card(place.guide)
    placed = place.find(RECORD_DIRECTIVES.get(kind, ""), record)
    if kind == "picture":
        return _picture(placed, place)
    if placed and kind in ("contact", "route", "provision", "counter"):
        is_own = placed.page.path == place.page.path
        is_folded = kind in opened and is_own if kind == "contact" else kind in opened or not is_own
        opened.add(kind)
        return card(placed, place, kind, is_folded=is_folded)
    return f"<p>{_inline(directive, place)}</p>"


def _inline(directive: str, place: Place) -> str:
    kind, _, record = directive.partition(" ")
    if kind in (DRAWING_DIRECTIVE, OWNER_DIRECTIVE):  # nothing to read out where only words are
        return ""
    placed = place.find(RECORD_DIRECTIVES.get(kind, ""), record)
    if kind == "picture":
        return format_html("{}", label(placed, place.language).text if placed else "")
    if placed is None:
        # The record was taken away after this text was published: the help lines are never wrong.
        return _phones(place)
    return _INLINE_WORDS[kind](placed, place)


def _picture(placed: Placed | None, place: Place) -> str:
    """The picture with its words; nothing once it was taken away."""
    if placed is None or not isinstance(placed.record, Picture):
        return ""
    context = {
        "address": picture_address(placed.record.image),
        "label": label(placed, place.language),
        "credit": placed.record.credit,
    }
    return render_to_string("cards/picture.html", context).strip()


def _linked(placed: Placed, place: Place) -> str:
    name = label(placed, place.language)
    return format_html('<a href="{}"{}>{}</a>', place.address(placed.page.path), _lang(name), name.text)


def _route(placed: Placed, place: Place) -> str:
    name = label(placed, place.language)
    return format_html('<a href="{}"{}>{}</a>', place.address(placed.page.path, "report"), _lang(name), name.text)


def _phone(placed: Placed, place: Place) -> str:
    record = placed.record
    if isinstance(record, Contact) and record.phones:
        channel = record.phones[0]
        return format_html('<a href="{}">{}</a>', dial(channel.kind, channel.value), words.number(channel))
    return _linked(placed, place)


def _phones(place: Place) -> str:
    lines = [Placed(line, place.page) for line in place.guide.help_lines]
    return mark_safe(gettext(", ").join(_phone(line, place) for line in lines))


def _counter(placed: Placed, place: Place) -> str:
    return format_html('<b lang="ms">{}</b>', getattr(placed.record, "says", ""))


def _penalty(placed: Placed, place: Place) -> str:
    found = words.penalty(placed.record) if isinstance(placed.record, Provision) else ""
    return format_html("<strong>{}</strong>", found or gettext("a penalty that is being checked"))


def _since(placed: Placed, place: Place) -> str:
    found = placed.record.since if isinstance(placed.record, Provision) else None
    return format_html("{}", words.day(found) if found else gettext("a date that is being checked"))


def _figure(placed: Placed, place: Place) -> str:
    record = placed.record
    source = next(
        (one for one in getattr(placed.page.facts, "sources", ()) if one.id in getattr(record, "sources", ())),
        None,
    )
    value = getattr(record, "value", "")
    if source is None:
        return format_html("<b>{}</b>", value)
    return format_html(
        '<a class="figure" href="{}">{}</a>', place.address(placed.page.path, _anchor(source, placed)), value
    )


def _source(placed: Placed, place: Place) -> str:
    record = placed.record
    assert isinstance(record, Source)  # noqa: S101 (find looks among the page's sources)
    return format_html('<a href="#{}">{}</a>', _anchor(record, placed), record.publisher)


def _anchor(source: Source, placed: Placed) -> str:
    """By number, as page.html has it: an id may name the topic, and an anchor stands in the address bar (R17)."""
    return f"source-{facts_of(placed.page).sources.index(source) + 1}"


def _law_matrix(place: Place) -> str:
    rows = []
    laws = list(place.guide.every(Provision))
    for page in place.guide.children(TYPES):
        slug = page.slug
        fitting = _provisions(place, laws, slug, "types")
        rows.append(
            {
                "name": wording(page, place.language, "h1"),
                "address": place.address(page.path, "rights"),
                "fits": [row for row in fitting if row["age"] != "under-18"],
                "fits_under_18": [row for row in fitting if row["age"] == "under-18"],
                "may_fit": _provisions(place, laws, slug, "may_fit"),
            }
        )
    return render_to_string("cards/law_matrix.html", {"rows": rows, "place": place}).strip()


def _provisions(
    place: Place, laws: Iterable[tuple[Placed, Provision]], type_slug: str, name: str
) -> list[dict[str, Any]]:
    return [
        {
            "age": law.age,
            "status": law.status_on(localdate()),
            "label": label(placed, place.language),
            "address": place.address(placed.page.path),
        }
        for placed, law in laws
        if type_slug in getattr(law, name)
    ]


def dial(kind: str, value: str) -> str:
    """The address that calls, texts or writes to a channel."""
    if kind == "whatsapp":
        return f"https://wa.me/{value.removeprefix('+')}"
    return {"tel": f"tel:{value}", "sms": f"sms:{value}", "email": f"mailto:{value}"}.get(kind, value)


def _lang(name: Any) -> SafeString:
    return format_html(' lang="{}"', name.language) if name.is_fallback else mark_safe("")


_INLINE_WORDS = {
    "contact": _linked,
    "provision": _linked,
    "route": _route,
    "phone": _phone,
    "penalty": _penalty,
    "since": _since,
    "figure": _figure,
    "source": _source,
    "counter": _counter,
}
