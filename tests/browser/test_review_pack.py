"""The pack on paper: printed by a browser, no word is cut."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from playwright.sync_api import Page

from toolkit.texts.languages import LANGUAGES

# A4 lying, without its margins, in CSS pixels.
WIDTH, HEIGHT = 1032, 702
CUT = """height => [...document.querySelectorAll('p, li, th, td, h1, h2, h3')].filter(one => {
    const box = one.getBoundingClientRect();
    const isRow = one.matches('td');
    return one.scrollWidth > one.clientWidth + 1 || box.left < -1 || box.right > innerWidth + 1
        || (isRow && box.height > height) || getComputedStyle(one).overflow !== 'visible';
}).map(one => one.textContent)"""


@pytest.mark.parametrize("of", [*LANGUAGES, "law"])
def test_a_browser_prints_the_pack_without_cut_text(of, guide, tmp_path, page: Page):
    call_command("review_pack", of, tmp_path, first=6, stdout=(tmp_path / "log").open("w"))
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    page.goto((tmp_path / f"review-{of}.html").as_uri())
    page.emulate_media(media="print")
    assert page.evaluate(CUT, HEIGHT) == []
    assert page.locator("tbody tr").count() > 100
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
