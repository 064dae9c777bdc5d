"""Nothing that staff type is lost: at every exit of every form it is in the form, with the server, or offered again."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.staff_server import (
    StaffServer,
    add_sentence,
    button,
    give_code,
    give_name_and_password,
    log_out,
)

REACHED = "Draft saved at"
# A moment after the form is sent, as nobody else can who waits for the page.
TYPES_ON = """more => document.querySelector("#id_body").form.addEventListener("submit", ({target}) => setTimeout(() => {
    target.elements.body.value += more;
    if (more) target.elements.body.dispatchEvent(new Event("input", {bubbles: true}));
}, 100))"""
KEPT = "() => Object.keys(localStorage).filter(key => key.startsWith('typed '))"


@pytest.fixture
def enter(new_context: Callable[..., BrowserContext], rooms: StaffServer) -> Callable[..., Page]:
    def enter(name: str, **how: Any) -> Page:
        page = rooms.enter(new_context, name, **how)
        page.context.set_default_timeout(10_000)
        return page

    return enter


def body(page: Page) -> str:
    return page.locator("#id_body").input_value()


def copies(page: Page) -> list[str]:
    found: list[str] = page.evaluate(KEPT)
    return found


def offer(page: Page) -> str:
    """What is offered on this page, all of it."""
    return "\n".join(page.locator(".kept-offer").all_text_contents())


def unload(page: Page) -> None:
    """The window closes as a phone closes it: nobody is asked."""
    page.close(run_before_unload=False)


def test_the_other_window_s_text_and_this_one_s_are_both_shown_and_neither_is_lost(enter, rooms: StaffServer):
    one = enter("mei")
    other = one.context.new_page()
    for page in (one, other):
        page.goto(rooms.unit("types/outing", "en"))
    add_sentence(one, "Written in window A.")
    expect(one.locator("#saved")).to_contain_text(REACHED)
    add_sentence(other, "Written in window B.")
    other.get_by_text("Reload to see both").click()
    expect(other.get_by_role("alert")).to_contain_text("Your text of this window is in the form below")
    assert "Written in window B." in body(other)
    expect(other.locator(".notice .compare")).to_contain_text("Written in window")


def test_save_while_offline_leaves_the_form_as_it_is_and_sends_it_later(enter, rooms: StaffServer):
    page = enter("mei")
    page.goto(rooms.unit("types/threats", "en"))
    page.context.set_offline(True)
    add_sentence(page, "Written on a train.")
    button(page, "Save draft").click()
    expect(page.locator(".kept-said")).to_contain_text("No answer from the site")
    assert "Written on a train." in body(page)
    assert copies(page)
    page.context.set_offline(False)
    button(page, "Save draft").click()
    expect(page.locator(".messagelist")).to_contain_text("Draft saved.")
    assert "Written on a train." in body(page)
    assert copies(page) == []


def test_a_window_that_closes_offline_has_its_words_offered_in_the_next_and_never_put_in_by_itself(enter, rooms):
    page = enter("mei")
    address = rooms.unit("types/fake-images", "en")
    page.goto(address)
    page.context.set_offline(True)
    add_sentence(page, "The battery went flat here.")
    context = page.context
    unload(page)
    context.set_offline(False)
    page = context.new_page()
    page.goto("/staff/")
    assert "The battery went flat here." in offer(page)
    page.get_by_role("link", name="Go where you wrote it").click()
    assert "The battery went flat here." not in body(page)
    expect(page.locator(".kept-offer")).to_contain_text("it did not reach the site")
    button(page, "Put it in the form").click()
    assert "The battery went flat here." in body(page)
    expect(page.locator("#saved")).to_contain_text(REACHED)
    assert copies(page) == []
    page.reload()
    assert "The battery went flat here." in body(page)
    assert offer(page) == ""


def test_a_phone_that_is_locked_has_the_words_before_the_page_is_gone(enter, rooms: StaffServer):
    page = enter("mei", viewport={"width": 360, "height": 640}, is_mobile=True, has_touch=True)
    page.goto(rooms.unit("types/fake-accounts", "en"))
    page.context.set_offline(True)
    # As an editor over the field may do, without a word to the form.
    page.locator("#id_body").evaluate("one => { one.value += 'Put in without an event.'; }")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert len(copies(page)) == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_remark_a_reason_and_an_address_are_kept_as_a_text_is(enter, rooms: StaffServer):
    writer = enter("mei")
    writer.goto(rooms.unit("types/hidden-cameras", "en"))
    add_sentence(writer, "For review.")
    button(writer, "Save and ask for review").click()
    writer.get_by_text("It now waits for review").wait_for()
    page = enter("aminah")
    page.goto(writer.url)
    page.context.set_offline(True)
    page.locator("#id_reason").fill("agreed by telephone")
    page.locator("#remark").fill("the second sentence is too long")
    button(page, "Send back to its author").click()
    expect(page.locator(".kept-said").filter(visible=True)).to_contain_text("No answer from the site")
    page.context.set_offline(False)
    page.goto("/staff/pages/types/hidden-cameras/address/") if False else page.reload()
    assert "agreed by telephone" in offer(page)
    assert "the second sentence is too long" in offer(page)
    page.locator(".kept-offer", has_text="too long").get_by_role("button", name="Put it in the form").click()
    assert page.locator("#remark").input_value() == "the second sentence is too long"
    button(page, "Send back to its author").click()
    expect(page.locator(".messagelist")).to_be_visible()
    assert len(copies(page)) == 1  # the reason, which was not sent


def test_after_a_log_in_in_another_window_the_same_form_is_sent_with_what_stands_in_it(enter, rooms: StaffServer):
    page = enter("siti")
    page.goto("/staff/pages/laws/civil-claims/address/")
    field = page.locator("#move input[type=text]").first
    field.fill("told-on")
    rooms.end_sessions("siti")
    button(page, "Save and ask for review").first.click()
    expect(page.locator(".kept-said")).to_contain_text("Your log-in has ended: nothing was sent")
    with page.context.expect_page() as opened:
        page.locator(".kept-said").get_by_role("link").click()
    give_name_and_password(opened.value, "siti")
    give_code(opened.value, rooms.token("siti"))
    expect(opened.value.locator("h1")).to_have_text("Work to do")
    assert field.input_value() == "told-on"
    button(page, "Save and ask for review").first.click()
    page.wait_for_url(re.compile(r"/drafts/\d+/"))
    assert copies(page) == []


def test_logging_out_takes_every_copy_away_and_who_comes_next_sees_none(enter, rooms: StaffServer, new_context):
    page = enter("devi")
    page.goto(rooms.unit("laws/which-law", "en"))
    page.context.set_offline(True)
    add_sentence(page, "Devi's own words.")
    context = page.context
    left_open = page
    page = context.new_page()
    context.set_offline(False)
    page.goto("/staff/")
    assert "Devi's own words." in json.dumps(page.evaluate("({...localStorage})"))
    log_out(page)
    expect(page.get_by_role("link", name="Log in again")).to_be_visible()
    assert copies(page) == []
    add_sentence(left_open, "Typed in a window that was left open.")
    assert copies(page) == []


def test_another_account_in_the_same_browser_never_sees_the_first_one_s_words(enter, rooms: StaffServer):
    page = enter("aminah")
    page.goto(rooms.unit("types/outing", "en"))
    page.context.set_offline(True)
    add_sentence(page, "Aminah's own words.")
    context = page.context
    unload(page)
    context.set_offline(False)
    farah = enter("farah")
    context.add_cookies(farah.context.cookies())
    page = context.new_page()
    page.goto(rooms.unit("types/outing", "en"))
    assert offer(page) == ""
    assert "Aminah's own words." not in json.dumps(page.evaluate("({...localStorage})"))


@pytest.mark.parametrize("more", ["Typed while it was on its way.", ""])
def test_what_is_typed_while_the_answer_to_a_button_is_on_its_way_is_offered(enter, rooms: StaffServer, more):
    page, underway = enter("rosnah"), list[Route]()
    page.goto(rooms.unit("types/being-followed", "en"))

    def hold(route: Route) -> None:
        is_sent = route.request.is_navigation_request() and route.request.method == "POST"
        underway.append(route) if is_sent else route.continue_()

    page.route("**/staff/**", hold)
    add_sentence(page, "Sent with the button.")
    page.evaluate(TYPES_ON, more)
    button(page, "Save draft").click(no_wait_after=True)
    while not underway:
        page.wait_for_timeout(20)
    page.wait_for_timeout(300)
    underway[0].continue_()
    expect(page.locator(".messagelist")).to_contain_text("Draft saved.")
    assert "Sent with the button." in body(page)
    assert more in offer(page)
    assert len(copies(page)) == bool(more)


def test_no_password_and_no_code_is_ever_copied(rooms: StaffServer, new_context):
    page = rooms.reader(new_context)
    page.goto("/staff/")
    give_name_and_password(page, "rosnah")
    page.get_by_label("Code").fill("123456")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert copies(page) == []
    give_code(page, rooms.token("rosnah"))
    page.goto("/staff/password_change/")
    page.get_by_label("Old password").fill("her passphrase")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert copies(page) == []


def test_a_browser_that_keeps_nothing_says_so_while_she_types(enter, rooms: StaffServer):
    page = enter("mei")
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }")
    page.goto(rooms.unit("types/image-threats", "en"))
    page.context.set_offline(True)
    add_sentence(page, "No room for this.")
    expect(page.locator(".kept-said")).to_contain_text("This browser keeps no copy")
