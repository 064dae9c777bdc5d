"""Getting in and being thrown out: two steps, wrong codes, an ended log-in, a restart; and all of it by keyboard."""

from __future__ import annotations

import time
from base64 import b32decode

import pytest
from django_otp.oath import TOTP
from playwright.sync_api import Page, expect

from tests.browser.staff_server import StaffServer, add_sentence, button, give_code, give_name_and_password, log_out
from tests.staff import PASSWORD

# What has the focus, and whether she can see that it has.
FOCUS = """() => {
  const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
  const bar = document.querySelector(".bar"), top = bar ? bar.getBoundingClientRect().top : innerHeight;
  const is_in_bar = bar && bar.contains(one);
  return {
    tag: one.tagName, name: (one.textContent || "").trim(), href: one.getAttribute("href"), id: one.id,
    value: one.value || "", role: one.getAttribute("role") || "",
    is_seen: one.tagName == "IFRAME" || one === document.body || (
      box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < (is_in_bar ? innerHeight : top) &&
      one.matches(":focus-visible") && (style.outlineStyle != "none" && parseFloat(style.outlineWidth) >= 2
      || style.boxShadow != "none")),
  };
}"""


@pytest.fixture
def window(new_context, rooms: StaffServer) -> Page:
    """Nobody has logged in here."""
    return rooms.reader(new_context)


def log_in(page: Page, rooms: StaffServer, name: str) -> None:
    """On the log-in page."""
    give_name_and_password(page, name)
    give_code(page, rooms.token(name))


def is_in(page: Page) -> bool:
    page.goto("/staff/")
    return page.locator("h1").inner_text() == "Work to do"


def test_a_new_colleague_sets_up_her_second_step_and_comes_back_with_a_token_and_a_backup_code(window: Page):
    window.goto("/staff/")
    give_name_and_password(window, "new")
    totp = TOTP(b32decode(window.locator(".secret").inner_text().replace(" ", "")))
    give_code(window, f"{totp.token():06d}")
    codes = window.locator("ol.codes li").all_inner_texts()
    assert len(codes) == 10
    window.get_by_role("link", name="I have them on paper. Go on.").click()
    expect(window.locator("h1")).to_have_text("Work to do")

    log_out(window)
    window.get_by_role("link", name="Log in again").click()
    give_name_and_password(window, "new")
    totp.time = time.time() + totp.step
    give_code(window, f"{totp.token():06d}")
    expect(window.locator("h1")).to_have_text("Work to do")

    log_out(window)
    assert not is_in(window)
    give_name_and_password(window, "new")
    give_code(window, codes[3])
    window.get_by_text("You have 9 backup codes left.").wait_for()


def test_a_wrong_token_and_one_that_was_used_are_refused(window: Page, rooms: StaffServer):
    refused = "This code is not right, or it was used before."
    window.goto("/staff/")
    give_name_and_password(window, "siti")
    token = rooms.token("siti")
    give_code(window, "123456" if token != "123456" else "654321")
    window.get_by_text(refused).wait_for()
    time.sleep(1.1)  # the wait after a first wrong code
    token = rooms.token("siti")
    give_code(window, token)
    expect(window.locator("h1")).to_have_text("Work to do")
    log_out(window)
    window.get_by_role("link", name="Log in again").click()
    give_name_and_password(window, "siti")
    give_code(window, token)
    window.get_by_text(refused).wait_for()
    assert not is_in(window)


def test_five_wrong_passwords_lock_one_name_and_nobody_else_at_the_same_address(window: Page, rooms, new_context):
    window.goto("/staff/")
    for _ in range(5):
        give_name_and_password(window, "latha", "not her passphrase")
    expect(window.locator("h1")).to_have_text("Wait a little")
    window.get_by_role("link", name="Back to the log-in").click()
    give_name_and_password(window, "latha")
    expect(window.locator("h1")).to_have_text("Wait a little")
    colleague = rooms.reader(new_context)
    colleague.goto("/staff/")
    log_in(colleague, rooms, "devi")
    expect(colleague.locator("h1")).to_have_text("Work to do")


def test_who_types_on_after_her_log_in_has_ended_is_told_and_finds_it_all_again(rooms: StaffServer, new_context):
    page = rooms.enter(new_context, "hana")
    page.goto(rooms.unit("laws/which-law", "en"))
    rooms.end_sessions("hana")
    words = "Typed after the log-in had ended."
    add_sentence(page, words)
    expect(page.locator("#saved")).to_contain_text("Your log-in has ended. What you typed is kept.")
    page.locator("#saved").get_by_role("link", name="Log in again").click()
    log_in(page, rooms, "hana")
    page.wait_for_url(f"**{rooms.unit('laws/which-law', 'en')}")
    assert words in page.locator("#id_body").input_value()


def test_without_script_a_button_pressed_after_the_log_in_has_ended_loses_nothing(rooms: StaffServer, new_context):
    page = rooms.enter(new_context, "ain", java_script_enabled=False)
    page.goto(rooms.unit("laws/which-law", "ms"))
    rooms.end_sessions("ain")
    text = add_sentence(page, "Ditaip tanpa skrip.")
    button(page, "Save draft").click()
    expect(page.get_by_role("status")).to_contain_text("What you typed is kept")
    log_in(page, rooms, "ain")
    assert page.url.endswith(rooms.unit("laws/which-law", "ms"))
    assert page.locator("#id_body").input_value().strip() == text.strip()


def test_a_restart_of_the_server_while_she_types_loses_nothing(rooms: StaffServer, new_context):
    page = rooms.enter(new_context, "mei")
    page.goto(rooms.unit("laws/which-law", "zh-hans"))
    saved = page.locator("#saved")
    add_sentence(page, "重启之前。")
    expect(saved).to_contain_text("Draft saved at")
    rooms.stop()
    try:
        text = add_sentence(page, "重启期间。")
        expect(saved).to_contain_text("Your text is still here; it is tried again")
    finally:
        rooms.start()
    expect(saved).to_contain_text("Draft saved at", timeout=15_000)
    page.goto(page.url)
    assert page.locator("#id_body").input_value().strip() == text.strip()


def tab_to(page: Page, limit: int = 250, **wanted: str) -> None:
    """Presses Tab until the focus is where ``wanted`` says; on the way it is always to be seen."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        assert focus["is_seen"], focus
        if all(focus[key] == value for key, value in wanted.items()):
            return
    raise AssertionError(f"Tab does not reach {wanted}")


def press(page: Page, **wanted: str) -> None:
    """Goes to a link or button and presses Enter; waits for the page it leads to."""
    tab_to(page, **wanted)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_from_log_in_to_a_draft_for_review_by_keyboard_alone(window: Page, rooms: StaffServer):
    page, path = window, "types/threats"
    page.goto("/staff/")
    page.locator("input:focus").wait_for()  # a browser puts the focus there when it first draws the screen
    page.keyboard.type("yasmin")
    tab_to(page, id="id_password")
    page.keyboard.type(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.locator("input:focus").wait_for()
    page.keyboard.type(rooms.token("yasmin"))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    press(page, name="Pages")
    tab_to(page, name=page.locator("summary", has_text="What is happening to you?").inner_text())
    page.keyboard.press("Enter")
    press(page, href=f"/staff/pages/{path}/")
    press(page, href=rooms.unit(path, "ta"))

    body = page.locator("#id_body")
    tab_to(page, role="textbox")
    page.keyboard.press("Control+End")
    page.keyboard.type("\n\nவிசைப்பலகை ")
    page.keyboard.press("Shift+Tab")  # the facts, the links, then the buttons of the toolbar
    for _ in range(10):
        if page.evaluate(FOCUS)["name"] == "B":
            break
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    assert page.evaluate(FOCUS)["role"] == "textbox"
    assert body.input_value().endswith("\n\nவிசைப்பலகை **…**")
    expect(page.locator("#saved")).to_contain_text("Draft saved at")
    tab_to(page, limit=20, name="Past the preview, to the buttons")
    page.keyboard.press("Enter")
    tab_to(page, limit=1, name="Save draft")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("Draft saved.")
    press(page, name="Save and ask for review")
    expect(page.locator(".messagelist")).to_contain_text("It now waits for review")
