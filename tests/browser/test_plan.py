"""The questions and the plan in a real browser: with script and without, by axe, at 320 px."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.accessibility import assert_accessible
from tests.browser.conftest import Server

LANGUAGES = ("en", "ms", "ta", "zh-hans")


def choose(page: Page, *values: str) -> None:
    for value in values:
        page.locator(f"main input[value={value}]").check()


def answer(page: Page, name: str, value: str) -> None:
    """One tap, which goes on by itself."""
    main = page.locator("main").element_handle()
    page.locator(f"main button[name={name}][value={value}]").click()
    page.wait_for_function("main => !main.isConnected", arg=main)


def speak(page: Page, language: str) -> None:
    """Another language, from the fold in the row of tools."""
    page.locator("header details summary").click()
    page.locator(f"header button[lang={language}]").click()


def press(page: Page, go: str) -> None:
    """One of the form's buttons, and wait for the screen that takes the place of this one."""
    main = page.locator("main").element_handle()
    page.locator(f"main button[value={go}]").click()
    page.wait_for_function("main => !main.isConnected", arg=main)


@pytest.mark.parametrize("language", ["en", "ta"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(server: Server, browser: Browser, language):
    context = browser.new_context(viewport={"width": 320, "height": 640}, bypass_csp=True)
    page = context.new_page()
    page.goto(f"{server.url}/{language}/plan/")

    def look() -> None:
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        low = "[...document.querySelectorAll('main :is(button, select, label.choice, label.tick, summary)')].filter(one => one.offsetHeight && one.offsetHeight < 48)"
        assert page.evaluate(f"{low}.length") == 0

    look()
    answer(page, "danger", "yes")
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
    for name in ("No", "No", "It is happening to me", "No", "I am not sure"):
        page.locator("main").get_by_role("button", name=name, exact=True).click()
    page.get_by_role("button", name="I cannot get into my account, or someone reads my messages").click()
    page.locator("main").get_by_role("button", name="Back").click()
    assert page.locator("[aria-pressed]").inner_text() == "I cannot get into my account, or someone reads my messages"
    page.get_by_role("button", name="Skip").click()
    page.locator("main").get_by_role("button", name="Back").click()
    page.get_by_role("button", name="More than one fits").click()
    page.get_by_label("I cannot get into my account, or someone reads my messages").check()
    page.get_by_role("button", name="Next question").last.click()
    page.get_by_role("button", name="Show my plan now").click()
    assert page.get_by_role("heading", level=2).first.inner_text() == "Now"
    assert page.locator("#step-accounts-back, #step-no-copies").count() == 2
    page.locator("#step-tell-adult input").check()
    assert page.locator("[data-copy]").is_hidden()
    assert page.url == f"{server.url}/en/plan/"
    assert context.cookies() == [] and "account" not in server.log.read_text()
    page.get_by_role("button", name="Change my answers").click()
    assert page.get_by_label("I am not sure").is_checked()
    context.close()


@pytest.mark.parametrize("script", [True, False])
def test_another_language_keeps_what_was_answered_and_ticked_and_puts_nothing_in_the_address(
    server: Server, browser: Browser, script
):
    context = browser.new_context(java_script_enabled=script)
    page = context.new_page()
    page.goto(f"{server.url}/en/plan/")
    page.locator("main button[value=no]").click()
    page.locator("main button[name=selfharm]").first.wait_for()
    speak(page, "ta")
    page.wait_for_url(f"{server.url}/ta/plan/")
    assert page.locator("main button[name=selfharm]").count() == 2
    assert page.locator("main input[name=danger]").input_value() == "no"
    page.locator("main button[name=go][value=all]").click()
    page.locator("main input[name=types][value=outing]").check()
    speak(page, "ms")
    page.wait_for_url(f"{server.url}/ms/plan/")
    assert page.locator("main input[name=types][value=outing]").is_checked()
    assert page.locator("main input[name=danger][value=no]").is_checked()
    page.locator("main button[value=plan]").click()
    page.locator("#step-confirm-nothing").wait_for()
    speak(page, "zh-hans")
    page.wait_for_url(f"{server.url}/zh-hans/plan/")
    assert page.locator("#step-confirm-nothing").count() == 1
    assert context.cookies() == []
    context.close()


FIRST_SCREENS = [
    "danger=no&age=adult&types=shared-images&platforms=telegram&police=no",
    "danger=yes&home=yes&known=spouse",
    "selfharm=yes",
    "danger=yes&selfharm=yes",
    "age=under-18&police=yes&known=family",
    "police=yes&you=migrant&types=image-threats",
    "types=hidden-cameras&age=adult",
    "types=threats",
    "who=helping&age=under-18",
    "who=helping&selfharm=yes",
    "who=sent&age=adult",
    "who=sent",
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_step_with_its_button_stands_above_the_exit_on_the_smallest_phone(
    server: Server, browser: Browser, language
):
    context = browser.new_context(viewport={"width": 320, "height": 568})
    page = context.new_page()
    page.goto(f"{server.url}/{language}/plan/")
    found = {}
    for fields in FIRST_SCREENS:
        page.evaluate(
            """fields => { const form = document.querySelector('form#answers');
            const sent = document.createElement('form'); sent.method = 'post'; sent.action = form.action;
            new URLSearchParams(fields + '&go=plan').forEach((value, name) => {
              const one = document.createElement('input'); one.type = 'hidden'; one.name = name; one.value = value; sent.append(one) });
            document.body.append(sent); sent.submit() }""",
            fields,
        )
        page.locator(".steps").first.wait_for()
        found[fields] = page.evaluate(
            """() => [document.querySelector('.steps .act a').getBoundingClientRect().bottom,
            document.querySelector('.leave').getBoundingClientRect().top]"""
        )
    assert not {fields: place for fields, place in found.items() if place[0] > place[1]}
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
    for name, value in (("danger", "no"), ("selfharm", "no"), ("who", "me"), ("body", "no"), ("age", "adult")):
        answer(page, name, value)
    answer(page, "types", "shared-images")
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
    assert "https://" in text and "tel:" not in text
    assert page.evaluate("[history.length, location.href, document.title]") == before
    kept = page.evaluate("[document.cookie, localStorage.length, sessionStorage.length]")
    assert kept == ["", 0, 0] and said == []
    context.close()
