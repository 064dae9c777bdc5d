"""The questions and the plan in a real browser: with script and without, by axe, at 320 px."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Server
from tests.browser.test_reading import RULES

QUESTIONS = 8


def choose(page: Page, *values: str) -> None:
    for value in values:
        page.locator(f"main input[value={value}]").check()


def press(page: Page, go: str) -> None:
    """One of the form's buttons, and wait for the screen that takes the place of this one."""
    main = page.locator("main").element_handle()
    page.locator(f"main button[value={go}]").click()
    page.wait_for_function("main => !main.isConnected", arg=main)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ta"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(server: Server, browser: Browser, language, scheme):
    context = browser.new_context(viewport={"width": 320, "height": 640}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(f"{server.url}/{language}/plan/")

    def look() -> None:
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        found = Axe().run(page, options=RULES).response["violations"]
        assert not found, [(one["id"], one["nodes"][0]["html"][:160]) for one in found]
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        low = "[...document.querySelectorAll('main :is(button, select, label.choice)')].filter(one => one.offsetHeight && one.offsetHeight < 48)"
        assert page.evaluate(f"{low}.length") == 0

    look()
    choose(page, "yes")
    press(page, "next")
    look()
    press(page, "all")
    look()
    choose(page, "adult", "shared-images", "telegram")
    press(page, "plan")
    look()
    context.close()


def test_without_script_the_questions_lead_to_the_plan(server: Server, browser: Browser):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(f"{server.url}/en/plan/")
    for number in range(QUESTIONS):
        if number == 1:
            page.get_by_label("I am not sure").check()
        if number == 2:
            page.get_by_label("Someone got into your account or phone").check()
        page.get_by_role("button", name="Skip" if number in (0, 4) else "Next question").click()
    assert page.get_by_role("heading", level=2).first.inner_text() == "Now"
    assert page.locator("#step-accounts-back, #step-no-copies").count() == 2
    page.locator("#step-tell-adult input").check()
    assert page.locator("[data-copy]").is_hidden()
    assert page.url == f"{server.url}/en/plan/"
    assert context.cookies() == [] and "account" not in server.log.read_text()
    page.get_by_role("button", name="Change my answers").click()
    assert page.get_by_label("I am not sure").is_checked()
    context.close()


def test_with_script_the_plan_adds_no_entry_to_the_history_and_can_be_copied_and_saved(
    server: Server, browser: Browser, tmp_path: Path
):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{server.url}/en/plan/")
    before = page.evaluate("[history.length, location.href, document.title]")
    press(page, "next")
    choose(page, "adult")
    press(page, "next")
    choose(page, "shared-images")
    press(page, "plan")
    assert page.evaluate("document.activeElement.tagName") == "H1"
    page.locator("#step-save-proof input").check()
    page.get_by_role("button", name="Copy as text").click()
    page.get_by_text("Copied.").wait_for()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as text").click()
    assert download.value.suggested_filename == "notes.txt"
    download.value.save_as(tmp_path / "notes.txt")
    text = (tmp_path / "notes.txt").read_text()
    assert "[x] Save the proof before you report or block." in text and "[ ] Tell one person you trust." in text
    assert "https://" in text and "The most a court can give" in text
    assert page.evaluate("[history.length, location.href, document.title]") == before
    kept = page.evaluate("[document.cookie, localStorage.length, sessionStorage.length]")
    assert kept == ["", 0, 0] and said == []
    context.close()
