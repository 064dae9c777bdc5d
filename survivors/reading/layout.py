"""What a reader's page is made of: the frame around every page, and the page itself."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from survivors.data.addresses import feed_address
from survivors.leaving import inline
from survivors.reading.composition import compose
from survivors.reading.replies import with_buttons
from toolkit.rendering import words
from toolkit.rendering.directives import Place, address, card, dial, prose_html
from toolkit.rendering.guide import TYPES, Guide, Placed, Wording, facts_of, prose_in, wording
from toolkit.rendering.lines import set_lines
from toolkit.rendering.owner import licence, public_url
from toolkit.rendering.related import related
from toolkit.texts.languages import FACTS, LANGUAGES, SELF_NAMES, SHORT_NAMES, SOURCE
from toolkit.texts.lasting.short_links import code_of
from toolkit.texts.page import PageTexts, TranslationState
from toolkit.texts.records.facts import Channel, Contact
from toolkit.texts.records.hours import ALWAYS
from toolkit.texts.words import markup

SAFETY, WRONG = "safety", "wrong"
# What the guide says of itself, below the sections at the foot of every page.
ABOUT = ("about", "privacy", "accessibility")
PARTNERS = "partners"
# The sections that have a form which leads straight to one of their records: the name of its view.
DIRECTORIES = {"support": "find_help", "platforms": "find_route", "laws": "find_law"}
MOST_CHANGES = 10
# What has a style of its own, which other pages need not carry.
_PARTS = re.compile(r'<table|class="(?:does|drawn|says)"')
_HEADING = re.compile(r'<h[23] id="([^"]+)">(.*?)</h[23]>', re.DOTALL)
# What templates leave between blocks costs bytes.
_BLANK = re.compile(
    r"\n\s*(?=\n|</?(?:li|p|ul|ol|details|div|h[1-3]|section|nav|header|footer|main|summary"
    r"|link|script|style|svg|meta|title|head|body|html)\b)"
)
_TAG = re.compile(r"<[^>]+>")
_ON_TOP = re.compile(r'<nav class="help".*?</nav>', re.DOTALL)


def page(guide: Guide, language: str, path: str, more: Mapping[str, Any] | None = None) -> str:
    """A page of the guide, whole. The language must be active. ``more`` is laid over what the template gets."""
    texts = guide.site[path]
    prose, found, state = prose_in(texts, language)
    place = Place(guide, language, texts)
    html = prose_html(prose.body, place)
    body = with_buttons(_with_old_anchors(html, facts_of(texts).anchor_aliases))
    composed = compose(body, texts, guide.site)
    # A door may still lead to an address that a page had.
    others = (one for one in guide.children(path) if composed.doors.isdisjoint(_doors(one, language))) if path else ()
    above = guide.site.get(texts.parent) if texts.parent is not None else None
    # One kind of harm does not lead to the next: what fits it is folded under its own heading.
    previous, following = (None, None) if texts.parent == TYPES else guide.neighbours(texts)
    context = frame(guide, language, path) | {
        "share": share_address(language, path) if path not in ("", PARTNERS) else "",
        "is_cited": bool(facts_of(texts).figures) or 'href="#source-' in body,
        "short": f"/p/{code_of(path)}.{language}",
        "page": texts,
        "prose": prose,
        "prose_language": found,
        "is_fallback": found != language,
        "is_outdated": state is TranslationState.OUTDATED,
        "is_unreviewed": state is TranslationState.UNREVIEWED or (found == language and prose.review == "unreviewed"),
        "composed": composed,
        "has_parts": path in ("", "platforms") or _PARTS.search(body),
        "has_pictures": '<figure class="drawn"><img' in body,
        "short_links": _short_links(path, prose.h1, html),
        "has_replies": "data-copy" in body,
        "above": above and link(above, language),
        "children": [link(child, language) for child in others],
        "previous": previous and link(previous, language),
        "following": following and link(following, language),
        "facts": facts_of(texts),
        "changes": _changes(guide, path, found, state),
        "changes_feed": feed_address(language, path),
        "cards": _cards(place, prose.body),
        "related": related(place, prose),
        "directory": reverse(DIRECTORIES[path], args=[language]) if path in DIRECTORIES else "",
    }
    if path == PARTNERS:
        owner = guide.owner
        context |= {"shared": to_share(guide, language, ""), "owner": owner, "licence": licence(owner)}
    return _BLANK.sub("", render_to_string("page.html", context | dict(more or {})))


def on_top(guide: Guide, language: str) -> str:
    """The help lines as they stand in a finished page."""
    html = render_to_string("help_strip.html", {"help_strip": help_strip(guide, language)})
    return _BLANK.sub("", set_lines(html, language)).strip()


def renewed(lines: Callable[[], str], html: str) -> str:
    """A finished page of before with today's help lines; "" where it had none, or there are none now."""
    found, times = _ON_TOP.subn(lambda _: lines(), html, count=1)
    return found if times and lines() else ""


def _doors(page: PageTexts, language: str) -> set[str]:
    return {address(language, one) for one in page.addresses}


def share_address(language: str, path: str) -> str:
    """Where partners find the link, QR code and sheets of a page."""
    return reverse("sheet", args=[language, "share", path])


def to_share(guide: Guide, language: str, path: str) -> list[dict[str, Any]]:
    """The pages below one as partners choose them; home stands before those below it."""
    below = [page for page in guide.children(path) if page.path != PARTNERS]
    pages = [guide.site[path], *below] if not path else below
    return [
        {
            "title": wording(page, language, "title"),
            "address": share_address(language, page.path),
        }
        for page in pages
    ]


def frame(guide: Guide, language: str, path: str) -> dict[str, Any]:
    """What stands around every reader page, error pages too."""
    return {
        "language": language,
        "site_name": gettext("Online safety guide"),
        "one_entry": settings.ONE_ENTRY_NAVIGATION,
        "exit_url": settings.EXIT_URLS[language],
        "style": inline.style(),
        "forms_style": inline.style("forms"),
        "parts_style": inline.style("parts"),
        "pictures_style": inline.style("pictures"),
        "script": inline.script(),
        "reading": inline.script("read"),
        "forms": inline.script("forms"),
        "copying": inline.script("copy"),
        "icon": inline.icon(),
        "help_strip": help_strip(guide, language),
        "languages": [
            {
                "code": code,
                # At home the four stand in one row with Search; elsewhere they are folded, and have room.
                "name": (SELF_NAMES if path else SHORT_NAMES)[code],
                "short": SHORT_NAMES[code],
                "address": address(code, path),
            }
            for code in LANGUAGES
        ],
        "sections": [link(section, language) for section in guide.sections],
        "home": address(language, ""),
        "at_home": not path,
        "public": public_url(guide),
        "here": address(language, path),
        "default": address(SOURCE, path),
        "plan": reverse("plan", args=[language]),
        "search": reverse("search", args=[language]),
        "about": [link(guide.site[path], language) for path in ABOUT if path in guide.site],
        "wrong": address(language, f"{WRONG}/{path}" if path else WRONG) if path in guide.site else "",
        "safety": address(language, SAFETY) if SAFETY in guide.site else "",
        "partners": address(language, PARTNERS) if PARTNERS in guide.site else "",
    }


def frame_of_form(guide: Guide, language: str, path: str) -> dict[str, Any]:
    """The frame of a page that answers a form, made once for a guide: nothing in it is of who asks."""
    frames: dict[tuple[str, str], dict[str, Any]] = guide.kept.setdefault("frames", {})
    if (language, path) not in frames:
        frames[language, path] = frame(guide, language, path) | {"kept": {}}
    return frames[language, path]


def _changes(guide: Guide, path: str, language: str, state: TranslationState) -> list[tuple[date, Wording]]:
    """What readers of a text are told of its changes and of its facts'; of the English too where that is newer."""
    parts = {language: language, FACTS: SOURCE} | ({SOURCE: SOURCE} if state is TranslationState.OUTDATED else {})
    notes = [one for one in guide.changes.get(path, ()) if one.part in parts][:MOST_CHANGES]
    return [(one.day, Wording(one.note, parts[one.part])) for one in notes]


def help_strip(guide: Guide, language: str) -> list[dict[str, Any]]:
    """For each help line its number that is answered at any hour, else its first."""
    strip = []
    for placed in guide.lines_on_top:
        if isinstance(placed.record, Contact) and (shown := at_any_hour(placed.record)):
            strip.append(
                {
                    "address": dial(shown.kind, shown.value),
                    "number": "WhatsApp" if shown.kind == "whatsapp" else words.number(shown),
                    "name": wording(placed.page, language, "title"),
                }
            )
    return strip


def at_any_hour(contact: Contact) -> Channel | None:
    """A contact's number that is answered at any hour, else its first."""
    return min(contact.phones, key=lambda channel: (channel.hours or contact.hours) != ALWAYS, default=None)


def _cards(place: Place, body: str) -> list[str]:
    """The page's own records that its prose does not show by itself, so that no fact depends on a translator."""
    shown = {mention.value for mention in markup.directives(body)}
    return [
        card(Placed(record, place.page), place, kind)
        for kind, records in (
            ("contact", facts_of(place.page).contacts),
            ("provision", facts_of(place.page).provisions),
            ("route", facts_of(place.page).routes),
        )
        for record in records
        if f"{kind} {record.id}" not in shown
    ]


def link(texts: PageTexts, language: str) -> dict[str, Any]:
    """A page to be linked to: its address, and what it may be called."""
    return {
        "address": address(language, texts.path),
        "title": wording(texts, language, "h1"),
        "summary": wording(texts, language, "summary"),
        "short": wording(texts, language, "title"),
    }


def _short_links(path: str, title: str, html: str) -> list[tuple[str, str]]:
    """(code, name) of a page and of each part that has a heading, in their order."""
    parts = [(code_of(path, anchor), mark_safe(_TAG.sub("", words))) for anchor, words in _HEADING.findall(html)]
    return [(code_of(path), title), *parts]


def _with_old_anchors(html: str, aliases: Mapping[str, str]) -> SafeString:
    """Old anchors as empty marks in the headings that have taken their place."""
    for old, new in aliases.items():
        html = html.replace(f' id="{new}">', f' id="{new}"><a id="{old}"></a>', 1)
    return mark_safe(html)
