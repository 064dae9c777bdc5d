"""Pages for partners about one page of the guide: how to share it, the page to print, and four kinds of sheets."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_noop as N_

from survivors.leaving import inline
from survivors.partners.book import book
from survivors.partners.links import PNG_SIZES, qr_svg, short_link, typed
from survivors.reading import help_lines, layout
from toolkit.rendering.answers import Maker
from toolkit.rendering.guide import Guide, facts_of, wording
from toolkit.texts.languages import LANGUAGES
from toolkit.texts.lasting.short_links import code_of

# What is printed on paper to be hung up or handed out: its name, and on how many places of a sheet it stands.
PAPERS = {
    "poster": (N_("Poster, A4"), 1),
    "card": (N_("Card, A6"), 1),
    "tear-off": (N_("Tear-off sheet, A4"), 9),
    "wallet": (N_("Cards for a wallet, A4"), 10),
}


def share_page(guide: Guide, language: str, path: str, public: str) -> str:
    """Everything that a partner needs to point at a page."""
    papers = [{"name": name, "address": paper_address(language, kind, path)} for kind, (name, _) in PAPERS.items()]
    return render_to_string(
        "share.html",
        _frame(guide, language, path, public)
        | {
            "papers": papers,
            "sizes": PNG_SIZES,
            "below": layout.to_share(guide, language, path) if path else [],
        },
    )


def print_page(guide: Guide, language: str, path: str, public: str) -> str:
    """The page itself with its QR code, which would not fit into the bytes of the page that readers open."""
    link = short_link(public, path, language)
    return layout.page(guide, language, path, {"public": public, "qr": qr_svg(link)})


def paper(kind: str, guide: Guide, language: str, path: str, public: str) -> str:
    """A poster, a card, a tear-off sheet or cards for a wallet."""
    name, places = PAPERS[kind]
    return render_to_string(
        "paper.html", _frame(guide, language, path, public) | {"kind": kind, "name": name, "places": range(places)}
    )


KINDS: Mapping[str, Callable[[Guide, str, str, str], str]] = {
    "share": share_page,
    "print": print_page,
    **{kind: partial(paper, kind) for kind in PAPERS},
}


def paper_address(language: str, kind: str, path: str) -> str:
    return reverse("sheet", args=[language, kind, path])


def answers(guide: Guide, public: str) -> Iterator[tuple[str, Maker]]:
    """All of it, address by address, as survivors.answers has the rest; for a copy that no process serves."""
    for language in LANGUAGES:
        yield reverse("book", args=[language]), Maker(language, partial(book, guide, language, public))
        for path in guide.site:
            for kind, make in KINDS.items():
                yield paper_address(language, kind, path), Maker(language, partial(make, guide, language, path, public))


def _frame(guide: Guide, language: str, path: str, public: str) -> dict[str, Any]:
    texts = guide.site[path]
    link = short_link(public, path, language)
    return layout.frame(guide, language, path) | {
        "public": public,
        "paper_style": inline.style("paper"),
        "path": path,
        "title": wording(texts, language, "title"),
        "checked": facts_of(texts).checked,
        "link": link,
        "open_link": short_link(public, path),
        "typed": typed(link),
        "typed_host": f"{typed(public)}/",
        "typed_rest": f"p/{code_of(path)}.{language}",
        "qr": qr_svg(link),
        "numbers": _numbers(guide, language),
        "qr_address": reverse("qr", args=[language, path]).removesuffix("link.svg"),
        "partner_page": layout.link(guide.site[layout.PARTNERS], language) if layout.PARTNERS in guide.site else None,
    }


def _numbers(guide: Guide, language: str) -> list[dict[str, Any]]:
    """The numbers of the top of every page, as they are dialled."""
    shown = [(contact, channel) for contact in guide.help_lines if (channel := layout.at_any_hour(contact))]
    return [
        help_lines.line(channel, guide.records["contacts", contact.id].page, language) for contact, channel in shown
    ]
