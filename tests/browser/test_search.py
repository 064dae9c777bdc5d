"""Search in a real browser: accessible, without a history entry, and the same without script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import assert_accessible
from tests.browser.conftest import Server


def look_for(page: Page, server: Server, language: str, query: str) -> None:
    page.goto(f"{server.url}/{language}/search/")
    page.locator("main input[name=q]").fill(query)
    page.locator("main form button").click()
    page.locator("main h2").first.wait_for()


@pytest.mark.parametrize("language", ["en", "ta"])
def test_axe_finds_nothing_in_the_form_the_hits_and_the_empty_answer(server: Server, browser: Browser, language):
    context = browser.new_context(viewport={"width": 320, "height": 640}, bypass_csp=True)
    page = context.new_page()
    for query in ("", "telegram", "telegrm", "偷拍", "qqqqzzzzxx"):
        look_for(page, server, language, query)
        assert_accessible(page, query)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, query
        for control in page.locator("main input:not([type=hidden]), main button, main ol a").all():
            assert (control.bounding_box() or {"height": 0})["height"] >= 48
    context.close()


def test_with_script_the_answer_adds_no_history_and_no_address(server: Server, browser: Browser):
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{server.url}/en/search/")
    before = page.evaluate("history.length")
    for query in ("telegram", "deepfake"):
        page.locator("main input[name=q]").fill(query)
        page.keyboard.press("Enter")
        page.locator("main ol mark", has_text=query).first.wait_for()
    assert page.evaluate("history.length") == before
    assert page.url == f"{server.url}/en/search/"
    assert "deepfake" not in page.title().lower()
    assert page.evaluate("document.activeElement.matches('main :is(h1, h2)')")
    page.locator("main ol a[href='/en/types/fake-images/']").click()
    page.wait_for_url("**/types/fake-images/")
    context.close()


@pytest.mark.parametrize("with_script", [True, False])
def test_a_question_leads_into_the_fold_that_answers_it_and_opens_it(server: Server, browser: Browser, with_script):
    context = browser.new_context(java_script_enabled=with_script, viewport={"width": 320, "height": 640})
    page = context.new_page()
    look_for(page, server, "en", "how long until Instagram answers")
    page.locator("main ol a").first.click()
    page.wait_for_url("**/platforms/instagram/#after-instagram-images")
    expect(page.locator("#after-instagram-images")).to_be_visible()
    context.close()


def test_without_script_a_search_leads_from_the_form_to_the_page(server: Server, browser: Browser):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page = context.new_page()
    look_for(page, server, "zh-hans", "偷拍")
    assert page.url == f"{server.url}/zh-hans/search/"
    page.locator("main ol a[href='/zh-hans/types/hidden-cameras/']").click()
    assert page.url.endswith("/zh-hans/types/hidden-cameras/")
    context.close()
