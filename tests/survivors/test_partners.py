"""What partners take with them: reachable, within its bytes, safe to leave, and without a topic."""

from __future__ import annotations

import gzip
import re
from html import unescape

import pytest
from django.test import Client
from django.utils.translation import override

from survivors import edition
from survivors.partners import sheets
from survivors.partners.book import book
from survivors.partners.links import short_link
from survivors.reading import layout
from toolkit.texts.languages import LANGUAGES
from toolkit.texts.lasting.short_links import code_of

PUBLIC = "https://guide.example.org"
BUDGET, BOOK_BUDGET = 14_600, 400_000


def compressed(html: str) -> int:
    return len(gzip.compress(html.encode()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_partners_open_is_a_readers_page_within_the_budget(guide, language):
    for kind in sheets.KINDS:
        for path in ("", "support", "types/shared-images"):
            answer = Client().get(sheets.paper_address(language, kind, path))
            html = answer.content.decode()
            where = (kind, path)
            assert answer.status_code == 200, where
            assert answer["Cache-Control"] == "private, no-store"
            assert html.count("data-exit href") == 1 and html.count("<h1") == 1 and html.count("<main") == 1, where
            assert f'<html lang="{language}"' in html
            assert 'name="robots" content="noindex"' in html, where
            assert not answer.cookies
            # The version for paper is the page itself with its code.
            assert compressed(html) <= BUDGET + (700 if kind == "print" else 0), where


def test_a_sheet_of_a_page_that_has_moved_leads_on_and_of_none_is_not_there(guide):
    old, new = next(iter(edition.current().guide.aliases.items()))
    assert Client().get(f"/en/partners/card/{old}/")["Location"] == f"/en/partners/card/{new}/"
    for there_is_none in ("card/types/nothing", "banner/types/nothing", "qr/types/nothing/link.svg", "qr/4001.png"):
        address = f"/en/partners/{there_is_none}"
        assert Client().get(address if "." in address else f"{address}/").status_code == 404


def test_codes_are_files_to_take_along(guide):
    svg, png = (Client().get(f"/ta/partners/qr/types/outing/{one}") for one in ("link.svg", "300.png"))
    assert svg["Content-Type"] == "image/svg+xml" and svg.content.startswith(b"<?xml")
    assert png["Content-Type"] == "image/png" and png.content.startswith(b"\x89PNG")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_to_take_are_a_link_and_name_no_topic(guide, settings, language):
    settings.PUBLIC_URL = PUBLIC
    path = "types/outing"
    html = Client().get(sheets.paper_address(language, "share", path)).content.decode()
    link = short_link(PUBLIC, path, language)
    assert link == f"{PUBLIC}/p/{code_of(path)}.{language}"
    snippet = unescape(re.search(r'id="snippet".*?<code>(.*?)</code>', html, re.DOTALL)[1])
    assert snippet.startswith(f'<a href="{link}"') and snippet.endswith("</a>")
    assert not re.search(r"<script|<iframe|<img|src=|style=", snippet)
    message = re.findall(r"<p>(.*?)</p>", re.search(r'id="message"[^>]*>(.*?)</div>', html, re.DOTALL)[1])
    assert len(message) == 2 and message[1] == link


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_leads_to_what_partners_need_of_it(guide, language):
    html = Client().get(f"/{language}/types/outing/").content.decode()
    assert f'href="/{language}/partners/share/types/outing/"' in html
    share = Client().get(f"/{language}/partners/share/types/outing/").content.decode()
    assert share.count(f'href="/{language}/partners/"') == 2  # above it, and at its foot
    assert f'href="/{language}/partners/"' in Client().get(f"/{language}/").content.decode()
    partners = Client().get(f"/{language}/partners/").content.decode()
    for section in edition.current().guide.sections:
        assert f'href="/{language}/partners/share/{section.path}/"' in partners
        below = Client().get(f"/{language}/partners/share/{section.path}/").content.decode()
        for page in edition.current().guide.children(section.path):
            assert f'href="/{language}/partners/share/{page.path}/"' in below
    assert f'href="/{language}/partners/book/"' in partners


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_guide_has_every_page_and_no_broken_link(guide, language):
    live = edition.current().guide
    with override(language):
        html = book(live, language, PUBLIC)
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)
    assert len(re.findall(r"<section", html)) == len(live.site) - 2
    words = html.partition("<main")[2].partition("</main>")[0]
    assert not re.search(rf'href="/{language}/(?:types|laws|support|platforms)/', words)
    assert html.count("<h1") == 1 and html.count("data-exit href") == 1
    assert compressed(html) <= BOOK_BUDGET


def test_the_owners_licence_and_contact_are_said_where_they_are_set(guide):
    live = edition.current().guide
    with override("en"):
        html = layout.page(live, "en", "partners")
    assert "Ask the owner of this guide before you copy its text." in html
