"""A sentence held up at a counter: large on a small phone, and on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Server
from toolkit.texts.languages import LANGUAGES

LARGE = "one => parseFloat(getComputedStyle(one).fontSize) / parseFloat(getComputedStyle(document.body).fontSize)"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_is_read_across_a_counter_and_printed(language, server: Server, page: Page):
    page.set_viewport_size({"width": 320, "height": 568})
    page.goto(f"{server.url}/{language}/first-response/police/#counter")
    page.locator("details", has=page.locator("#counter")).last.evaluate("one => one.open = true")
    says = page.locator(".counter .says").first
    assert says.is_visible()
    assert says.evaluate(LARGE) >= 1.5
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.emulate_media(media="print")
    assert says.evaluate("one => parseFloat(getComputedStyle(one).fontSize)") == 32  # 24 pt
    assert says.evaluate("one => one.closest('.card').scrollWidth <= one.closest('.card').clientWidth + 1")
