"""The files that search engines, other programs and finders of faults look for at fixed addresses."""

from collections.abc import Iterator
from datetime import date
from xml.sax.saxutils import quoteattr

from django.conf import settings
from django.utils import translation

from survivors.data.addresses import API, feed_address, whole
from toolkit.rendering.directives import address
from toolkit.rendering.guide import Guide, facts_of
from toolkit.rendering.owner import public_url
from toolkit.texts.languages import LANGUAGES, SELF_NAMES, SOURCE
from toolkit.texts.page import PageTexts

# How long a description of who to write to may be believed; made anew at the first publication of each month.
_MONTHS_GOOD = 11


def openapi(guide: Guide) -> str:
    """What the data hold, each field described."""
    text = (settings.BASE_DIR / "templates" / "openapi.json").read_text()
    return text.replace('"url": "/"', f'"url": "{whole(guide, "/")}"', 1)


def sitemap(guide: Guide) -> str:
    """Every page in every language, with the same page in the others."""
    rows = "".join(_url(guide, path) for path in guide.site)
    spaces = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    return f'<?xml version="1.0" encoding="utf-8"?>\n<urlset {spaces}>\n{rows}</urlset>\n'


def robots(guide: Guide) -> str:
    """A sitemap is named by its whole address or not at all."""
    found = f"\nSitemap: {whole(guide, '/sitemap.xml')}\n" if public_url(guide) else ""
    return f"User-agent: *\nAllow: /\n{found}"


def security(guide: Guide) -> str:
    """RFC 9116: whom to tell of a fault, and until when that is so."""
    owner, (year, month) = guide.owner, guide.month
    months = year * 12 + month - 1 + _MONTHS_GOOD
    contacts = [f"mailto:{owner.email}"] if owner.email else [owner.website or whole(guide, address(SOURCE, ""))]
    lines = [f"Contact: {one}" for one in contacts]
    lines.append(f"Expires: {date(months // 12, months % 12 + 1, 1).isoformat()}T00:00:00Z")
    lines.append(f"Preferred-Languages: {', '.join(LANGUAGES)}")
    lines.append(f"Canonical: {whole(guide, '/.well-known/security.txt')}")
    return "\n".join(lines) + "\n"


def llms(guide: Guide) -> str:
    """The guide for programs that read words: its pages with what they say in a line, and when each was checked."""
    with translation.override(SOURCE):
        return "\n".join([*_about(guide), *_help(guide), *_pages(guide)]) + "\n"


def _about(guide: Guide) -> Iterator[str]:
    home = guide.home.prose[SOURCE] if guide.home else None
    yield "# Online safety guide\n"
    if home:
        yield f"> {home.summary}\n"
    languages = [f"[{SELF_NAMES[one]}]({whole(guide, address(one, ''))})" for one in LANGUAGES]
    yield f"The same pages in four languages: {', '.join(languages)}."
    yield "Numbers, penalties and addresses change: give a page's own day of checking with them, and link to the page."
    yield f"General information, not legal advice. Data: {whole(guide, f'{API}/openapi.json')}."
    yield f"Major changes: {whole(guide, feed_address(SOURCE, ''))}.\n"


def _help(guide: Guide) -> Iterator[str]:
    """The lines at the top of every page, as each was checked last."""
    if guide.help_lines:
        yield "## Help now\n"
    for one in guide.help_lines:
        numbers = ", ".join(channel.shown for channel in one.phones)
        yield f"- {one.name}: {numbers} (checked {one.checked.isoformat()})"


def _pages(guide: Guide) -> Iterator[str]:
    sections = guide.sections
    loose = [page for page in guide.children("") if page not in sections]
    for section in sections:
        yield f"\n## {section.prose[SOURCE].h1}\n"
        yield _line(guide, section)
        yield from (_line(guide, page) for page in guide.children(section.path))
    if loose:
        yield "\n## More pages\n"
        yield from (_line(guide, page) for page in loose)


def _line(guide: Guide, page: PageTexts) -> str:
    prose, checked = page.prose[SOURCE], facts_of(page).checked.isoformat()
    return f"- [{prose.h1}]({whole(guide, address(SOURCE, page.path))}): {prose.summary} (checked {checked})"


def _url(guide: Guide, path: str) -> str:
    """A page's entries in all languages: the links between them are the same in each."""
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href={quoteattr(whole(guide, address(language, path)))}/>\n'
        for code, language in (*((one, one) for one in LANGUAGES), ("x-default", SOURCE))
    )
    places = (whole(guide, address(language, path)) for language in LANGUAGES)
    return "".join(f"<url><loc>{place}</loc>\n{links}</url>\n" for place in places)
