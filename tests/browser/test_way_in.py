"""From the home page to the right help line in at most four steps: by keyboard, by what is read out, without script.

A step is a link that is followed, or a form that is sent; the last one is the telephone number itself.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Server
from toolkit.texts.languages import LANGUAGES

WISH = {"need": "shelter", "state": "sarawak"}
# Women's Aid Organisation, who has shelters and answers from all states: content/support/wao.
RIGHT_LINE = "tel:+60330008858"
MOST_STEPS = 4


def way(language: str) -> list[str]:
    return [f"/{language}/find-help/"]


def link_to(page: Page, address: str) -> Locator:
    return page.locator(f"main a[href='{address}']").first


@pytest.mark.parametrize("language", LANGUAGES)
def test_by_keyboard_alone(server: Server, browser: Browser, language):
    context = browser.new_context(viewport={"width": 360, "height": 640})
    page = context.new_page()
    page.goto(f"{server.url}/{language}/")
    steps = 0
    for address in way(language):
        tab_to(page, f"a[href='{address}']")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{address}")
        steps += 1
    for name, value in WISH.items():
        tab_to(page, f"#f-{name}")
        choose_by_keyboard(page, name, value)
    tab_to(page, "main form button")
    page.keyboard.press("Enter")
    page.locator("main ol.steps .card").first.wait_for()
    steps += 1
    expect(page.locator("h1")).to_be_focused()
    tab_to(page, f"main a[href^='{RIGHT_LINE}']")
    assert steps + 1 <= MOST_STEPS
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_script(server: Server, browser: Browser, language):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 640})
    page = context.new_page()
    page.goto(f"{server.url}/{language}/")
    for address in way(language):
        link_to(page, address).click()
    for name, value in WISH.items():
        page.select_option(f"#f-{name}", value)
    page.locator("main form button").click()
    assert link_to_line(page).is_visible() and len(way(language)) + 2 <= MOST_STEPS
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_by_what_a_screen_reader_says(server: Server, browser: Browser, language):
    """Every step is found by its role and its name; what one arrives at is headed and says what it is."""
    context = browser.new_context(viewport={"width": 360, "height": 640})
    page = context.new_page()
    page.goto(f"{server.url}/{language}/")
    for address in way(language):
        name = spoken(link_to(page, address))
        page.get_by_role("main").get_by_role("link", name=name, exact=True).first.press("Enter")
        page.wait_for_url(f"**{address}")
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
    for name, value in WISH.items():
        label = page.locator(f"label[for='f-{name}']").inner_text()
        page.get_by_role("combobox", name=label).select_option(value)
    page.get_by_role("main").get_by_role("button").last.press("Enter")
    page.locator("main ol.steps .card").first.wait_for()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    card = page.get_by_role("listitem").filter(has=page.locator(f"a[href^='{RIGHT_LINE}']")).first
    assert card.get_by_role("heading").count() or card.locator(".name").count()
    assert re.search(r"\d", spoken(card.locator(f"a[href^='{RIGHT_LINE}']").first))
    context.close()


def link_to_line(page: Page) -> Locator:
    return page.locator(f"main a[href^='{RIGHT_LINE}']").first


def spoken(link: Locator) -> str:
    return " ".join(link.inner_text().split())


def tab_to(page: Page, selector: str) -> None:
    """Presses Tab until the wanted element has the focus, and sees that the focus shows."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none", selector
            return
    raise AssertionError(f"the keyboard does not reach {selector} on {page.url}")


def choose_by_keyboard(page: Page, name: str, value: str) -> None:
    """Arrow down until the wanted answer stands there."""
    for _ in range(40):
        if page.locator(f"#f-{name}").input_value() == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{name} cannot be set to {value} by keyboard")
