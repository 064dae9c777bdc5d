"""A short link is copied by a tap, and followed where a browser does not let it be copied."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from survivors.reading import layout
from tests.folders import own_guide
from toolkit.texts.lasting.short_links import code_of

PATH, SITE = "types/shared-images", "http://guide.localhost"


@pytest.mark.parametrize("language", ["ta"])
def test_a_tap_copies_a_short_link_or_follows_it(new_context, language):
    with override(language):
        html = layout.page(own_guide(), language, PATH)
    context = new_context(viewport={"width": 320, "height": 568})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.route("**/*", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    page.goto(f"{SITE}/{language}/{PATH}/")
    page.locator(".links summary").click()
    link, other = page.locator(".links a").nth(1), page.locator(".links a").nth(2)
    assert link.bounding_box()["height"] >= 48
    link.click()
    page.locator(".links a", has_text="✓").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == f"{SITE}/p/{code_of(PATH, 'do-first')}"
    assert page.url == f"{SITE}/{language}/{PATH}/"
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    href = other.get_attribute("href")
    other.click()
    page.wait_for_url(f"{SITE}{href}")
