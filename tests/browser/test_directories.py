"""The three directories in a real browser: accessible, one entry in the history with script, plain forms without."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import assert_accessible
from tests.browser.conftest import Server

ASKED = {
    "find-help": {"need": "legal", "state": "penang"},
    "find-route": {"platform": "instagram", "type": "shared-images", "age": "adult"},
    "find-law": {"type": "shared-images", "age": "under-18"},
}


@pytest.fixture(params=["en", "ta"])
def language(request) -> str:
    return str(request.param)


def ask(page: Page, form: str) -> None:
    if page.locator("#again").count():
        page.locator("summary", has=page.locator("#again")).click()
    for name, value in ASKED[form].items():
        page.select_option(f"#f-{name}", value)
    page.locator("form button").click()
    page.locator("main ol.steps .card").first.wait_for()


def assert_fits(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url


def test_axe_finds_nothing_in_form_and_answer_and_nothing_scrolls_sideways(server: Server, browser: Browser, language):
    context = browser.new_context(viewport={"width": 320, "height": 640}, bypass_csp=True)
    page = context.new_page()
    for form in ASKED:
        page.goto(f"{server.url}/{language}/{form}/")
        assert_fits(page)
        for box in page.locator("form select, form button, form label.choice").all():
            assert box.bounding_box()["height"] >= 48
        ask(page, form)
        assert_fits(page)
    context.close()


def test_with_script_an_answer_is_no_entry_in_the_history_and_no_address(server: Server, browser: Browser, language):
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{server.url}/{language}/support/")
    page.locator(f"a[href='/{language}/find-help/']").click()
    page.wait_for_url("**/find-help/")
    entries = page.evaluate("history.length")
    for _ in range(2):
        ask(page, "find-help")
        expect(page.locator("h1")).to_be_focused()
        assert page.url == f"{server.url}/{language}/find-help/"
        assert page.evaluate("history.length") == entries
    history = context.new_cdp_session(page).send("Page.getNavigationHistory")["entries"]
    ours = [entry["url"] for entry in history if entry["url"].startswith(server.url)]
    assert ours == [f"{server.url}/{language}/find-help/"]
    assert page.locator("[data-exit]").count() == 1 and context.cookies() == [] and said == []
    context.close()


@pytest.mark.parametrize("form", ASKED)
def test_without_script_the_form_answers_all_the_same(server: Server, browser: Browser, language, form):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(f"{server.url}/{language}/{form}/")
    ask(page, form)
    assert page.url == f"{server.url}/{language}/{form}/"
    assert page.locator("h1").count() == page.locator("[data-exit]").count() == 1
    for name, value in ASKED[form].items():
        assert page.locator(f"#f-{name}").input_value() == value
    context.close()


def test_more_that_fits_is_a_list_one_opens(server: Server, browser: Browser, language):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(f"{server.url}/{language}/laws/cma-233/")
    page.locator(".related summary").click()
    link = page.locator(f".related a[href='/{language}/types/fake-images/']")
    assert link.is_visible() and link.bounding_box()["height"] >= 48
    context.close()
