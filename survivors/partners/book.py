"""The whole guide in one language as one document for paper, with contents and numbered sections."""

import re
from collections.abc import Iterator
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from survivors.leaving import inline
from survivors.partners.links import qr_svg, short_link, typed
from survivors.reading import layout
from toolkit.rendering.directives import Place, prose_html
from toolkit.rendering.guide import HOME, Guide, facts_of, prose_in
from toolkit.texts.page import PageTexts

# What is read on a screen alone: how to share the guide.
LEFT_OUT = (HOME, layout.PARTNERS)


def book(guide: Guide, language: str, public: str) -> str:
    """Every page in the order of the guide, below the pages that stand above it."""
    chapters = [_chapter(guide, language, page, number) for number, page in _numbered(guide)]
    link = short_link(public, HOME, language)
    context = layout.frame(guide, language, "") | {
        "public": public,
        "paper_style": inline.style("paper"),
        "chapters": chapters,
        "checked": max(chapter["checked"] for chapter in chapters),
        "link": link,
        "typed": typed(link),
        "qr": qr_svg(link),
    }
    return render_to_string("book.html", context)


def _numbered(guide: Guide, path: str = HOME, above: str = "") -> Iterator[tuple[str, PageTexts]]:
    """ "2.3" and the page, in order."""
    pages = [page for page in guide.children(path) if page.path not in LEFT_OUT]
    for place, page in enumerate(pages, 1):
        number = f"{above}{place}"
        yield number, page
        yield from _numbered(guide, page.path, f"{number}.")


def _chapter(guide: Guide, language: str, page: PageTexts, number: str) -> dict[str, Any]:
    prose, found, _ = prose_in(page, language)
    body = prose_html(prose.body, Place(guide, language, page))
    return {
        "number": number,
        "is_part": "." not in number,
        "anchor": _anchor(page.path),
        "heading": prose.h1,
        "summary": prose.summary,
        "language": found,
        "checked": facts_of(page).checked,
        "body": _within(body, language, page, guide),
        "sources": facts_of(page).sources,
    }


def _anchor(path: str, anchor: str = "") -> str:
    return path.replace("/", "--") + (f"---{anchor}" if anchor else "")


def _within(html: str, language: str, page: PageTexts, guide: Guide) -> SafeString:
    """A page's prose as a part of the document: its anchors are its own, links lead within, headings stand below."""

    def link(found: re.Match[str]) -> str:
        path, anchor = found[1].strip("/"), found[2] or ""
        if path not in guide.site or path in LEFT_OUT:
            return found[0]
        return f'href="#{_anchor(path, anchor)}"'

    html = re.sub(r' id="([^"]+)"', lambda found: f' id="{_anchor(page.path, found[1])}"', html)
    html = re.sub(r'href="#(?!m-)([^"]+)"', lambda found: f'href="#{_anchor(page.path, found[1])}"', html)
    html = re.sub(rf'href="/{language}/([a-z0-9/-]*)(?:#([^"]+))?"', link, html)
    return mark_safe(re.sub(r"(</?h)([23])\b", lambda found: f"{found[1]}{int(found[2]) + 1}", html))
