"""Leaving (rules R3, R5 to R8, R10 to R14, R20, R21, R23 of docs/quick-exit.md): hidden at a touch, gone at its end."""

from __future__ import annotations

import urllib.request

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import HOST, Server
from tests.browser.outside import SEARCH, STALLED, WEATHER, Outside
from tests.browser.tab import EXIT, PHONE, Tab
from toolkit.texts.languages import LANGUAGES

pytestmark = pytest.mark.leaving

PAGE = "/en/types/fake-images/"
# No sheet lies over the text, and the text is there.
STILL_THERE = """getComputedStyle(document.querySelector('[data-exit]'), '::before').visibility == 'hidden'
  && getComputedStyle(document.querySelector('main')).visibility == 'visible'"""


@pytest.fixture
def tab(new_context, outside: Outside, guide_server: Server) -> Tab:
    """A phone on a page of the guide, come from a page of search results."""
    return Tab(new_context(**PHONE)).arrive(outside, guide_server.url + PAGE)


def without_script(new_context, outside: Outside, server: Server) -> Tab:
    return Tab(new_context(**PHONE, java_script_enabled=False)).arrive(outside, server.url + PAGE)


# Hiding


def test_the_page_is_hidden_before_the_touch_has_ended_and_while_the_target_is_slow(tab: Tab, outside: Outside):
    assert not tab.is_blank()
    tab.watch()
    with outside.slow():
        tab.touch("Start")
        assert tab.is_blank()
        tab.touch("End")
        assert outside.has_been_asked()
        assert tab.is_blank()
        told = tab.told()
    assert (told["title"], told["icon"]) == ("\u200b", "data:,")
    tab.until_at(outside.target)
    assert tab.ours() == []


def test_it_is_hidden_in_the_very_task_that_hears_of_the_touch(tab: Tab):
    assert tab.run(
        f"document.querySelector('{EXIT}').dispatchEvent(new PointerEvent('pointerdown', {{bubbles: true}})), !({STILL_THERE})"
    )


@pytest.mark.parametrize("pointer", ["mouse", "touch"])
def test_without_script_it_is_hidden_while_pressed_and_while_the_target_is_slow(
    new_context, outside: Outside, guide_server: Server, pointer
):
    tab = without_script(new_context, outside, guide_server)
    press, release = {"mouse": (tab.mouse, "Pressed Released"), "touch": (tab.touch, "Start End")}[pointer]
    down, up = release.split()
    assert not tab.is_blank()
    with outside.slow():
        press(down)
        if pointer == "mouse":
            assert tab.is_blank()
        press(up)
        assert outside.has_been_asked()
        assert tab.is_blank()
    tab.until_at(outside.target)
    assert outside.requests_to(WEATHER)


def test_the_exit_works_while_the_rest_of_the_page_has_not_come(new_context, outside: Outside, guide_server: Server):
    with urllib.request.urlopen(guide_server.url.replace(HOST, "127.0.0.1") + PAGE) as answer:
        html, policy = answer.read(), answer.headers["Content-Security-Policy"]
    outside.stalled_page = html[: html.index(b"<h1") + 400]
    outside.stalled_headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy}
    tab = Tab(new_context(**PHONE))
    with outside.slow():
        tab.page.goto(outside.url(STALLED), wait_until="commit")
        tab.until(lambda: tab.run("!!document.querySelector('h1')"))
        assert tab.run("document.readyState") == "loading"
        tab.touch("Start")
        assert tab.is_blank()
        tab.touch("End")
    tab.until_at(outside.target)
    assert not [url for url in tab.entries() if STALLED in url]


# Getting away, and never back


@pytest.mark.parametrize("language", LANGUAGES)
def test_after_leaving_back_and_forward_never_show_the_guide(new_context, outside, guide_server, language):
    tab = Tab(new_context(**PHONE)).arrive(outside, f"{guide_server.url}/{language}/laws/cma-233/")
    tab.page.locator(EXIT).tap()
    tab.until_at(outside.target)
    assert tab.ours() == []
    tab.go(-1)
    assert tab.now() == outside.url(SEARCH)
    tab.go(+1)
    assert tab.now() == outside.target


def test_the_target_is_not_told_where_the_reader_comes_from(tab: Tab, outside: Outside):
    tab.page.locator(EXIT).tap()
    tab.until_at(outside.target)
    assert [headers.get("referer") for headers in outside.requests_to(WEATHER)] == [None]
    assert tab.run("document.referrer") == ""


@pytest.mark.parametrize("failure", ["offline", "refused"])
def test_a_target_out_of_reach_leaves_no_way_back_either(tab: Tab, outside: Outside, failure):
    if failure == "offline":
        tab.page.context.set_offline(True)
    else:
        tab.run(f"document.querySelector('{EXIT}').href = 'http://nobody.localhost:9/'")
    tab.touch("Start")
    tab.touch("End")
    tab.until(lambda: not tab.ours())
    assert outside.url(SEARCH) in tab.entries()


def test_the_exit_beats_a_slow_link_and_an_impatient_thumb(tab: Tab, outside: Outside):
    with outside.slow():
        tab.run(f"document.querySelector('main a').href = '{outside.target}late'")
        tab.run("document.querySelector('main a').click()")
        assert outside.has_been_asked()
        for _ in range(4):
            tab.touch("Start")
            tab.touch("End")
    tab.until_at(outside.target)
    assert tab.ours() == []


def test_all_open_pages_of_the_guide_leave_together(tab: Tab, outside: Outside, guide_server: Server):
    other = Tab(tab.page.context).arrive(outside, guide_server.url + "/ta/support/")
    tab.page.locator(EXIT).tap()
    for one in (tab, other):
        one.until_at(outside.target)
        assert one.ours() == []


def leave_for_another_site(tab: Tab, outside: Outside) -> None:
    """And on from there, before the target has answered."""
    tab.touch("Start")
    tab.touch("End")
    assert outside.has_been_asked()
    tab.cdp.send("Page.navigate", {"url": outside.url("other.localhost")})
    tab.until_at(outside.url("other.localhost"))


def test_a_page_that_was_left_stays_hidden_when_it_comes_back_from_memory_and_leaves_again(tab: Tab, outside: Outside):
    tab.run("window.kept = true")
    tab.watch()
    with outside.slow():
        leave_for_another_site(tab, outside)
        asked = len(outside.requests_to(WEATHER))
        tab.go(-1)
        tab.until(lambda: len(outside.requests_to(WEATHER)) > asked)
        assert tab.told()["kept"]  # from memory, not loaded again
        assert tab.is_blank()
    tab.until_at(outside.target)


def test_a_page_that_was_left_stays_hidden_when_it_is_loaded_anew_and_leaves_again(
    browser_type, browser_type_launch_args, outside: Outside, guide_server: Server
):
    """Where memory is short, or a browser keeps no such page in it."""
    forgetful = [*browser_type_launch_args["args"], "--disable-back-forward-cache"]
    browser = browser_type.launch(**{**browser_type_launch_args, "args": forgetful})
    tab = Tab(browser.new_context(**PHONE)).arrive(outside, guide_server.url + PAGE)
    tab.run("window.kept = true")
    with outside.slow():
        leave_for_another_site(tab, outside)
    with outside.slow():
        tab.go(-1)
        assert outside.has_been_asked()
        assert tab.is_blank()
        assert not tab.run("window.kept")
    tab.until_at(outside.target)
    assert tab.ours() == []
    browser.close()


def test_what_was_read_after_another_page_was_left_is_not_left_by_itself(tab: Tab, outside: Outside):
    """Only the entry that was left is marked: who comes to the guide again, by a link or an address, reads."""
    here = tab.page.url
    tab.touch("Start")
    tab.touch("End")
    tab.until_at(outside.target)
    for address in (outside.url("other.localhost"), here, here.replace("/en/", "/ms/")):
        tab.page.goto(address)
    tab.page.reload()
    assert not tab.is_blank()
    assert tab.page.url == here.replace("/en/", "/ms/")


# Presses that are not taps


def test_a_finger_that_slides_off_the_exit_stays_and_sees_the_page_again(tab: Tab):
    x, y = tab.middle_of_exit()
    tab.touch("Start")
    assert tab.is_blank()
    for step in range(1, 9):
        tab.touch("Move", x + 2 * step, y - 25 * step)
    tab.touch("End")
    tab.until(lambda: tab.run(STILL_THERE))
    assert len(tab.ours()) == 1


def test_a_touch_that_the_browser_takes_back_unveils_the_page(tab: Tab):
    tab.touch("Start")
    tab.touch("Cancel")
    tab.until(lambda: tab.run(STILL_THERE))
    assert len(tab.ours()) == 1


def test_text_selected_down_to_the_exit_does_not_leave(tab: Tab):
    tab.page.mouse.move(180, 300)
    tab.page.mouse.down()
    tab.page.mouse.move(*tab.middle_of_exit(), steps=5)
    tab.page.mouse.up()
    assert tab.run(STILL_THERE)
    assert len(tab.ours()) == 1


@pytest.mark.parametrize("button", ["middle", "right"])
def test_any_mouse_button_leaves_and_opens_nothing_else(tab: Tab, outside: Outside, button):
    tab.mouse("Pressed", button)
    tab.mouse("Released", button)
    tab.until_at(outside.target)
    assert tab.ours() == []
    assert len(tab.page.context.pages) == 1


def test_a_long_press_leaves(tab: Tab, outside: Outside):
    tab.touch("Start")
    tab.page.wait_for_timeout(900)
    tab.touch("End")
    tab.until_at(outside.target)
    assert tab.ours() == []


def test_the_exit_cannot_be_dragged_away(tab: Tab):
    assert tab.run(f"document.querySelector('{EXIT}').draggable") is False
    assert tab.run(f"getComputedStyle(document.querySelector('{EXIT}')).touchAction") == "manipulation"
    tab.run("addEventListener('dragstart', () => (window.dragged = true))")
    tab.page.mouse.move(*tab.middle_of_exit())
    tab.page.mouse.down()
    tab.page.mouse.move(180, 300, steps=5)
    tab.page.mouse.up()
    assert tab.run("window.dragged") is None
    assert tab.run(STILL_THERE)
    assert len(tab.ours()) == 1


# Keys


@pytest.mark.parametrize("keys", [["Escape"] * 3, ["Shift"] * 3, ["Escape"] * 6, ["Shift"] * 3 + ["Escape"] * 3])
def test_three_times_escape_or_shift_leaves_whatever_is_pressed_after(tab: Tab, outside: Outside, keys):
    tab.watch()
    with outside.slow():
        for key in keys:
            tab.key(key)
        assert outside.has_been_asked()
        assert tab.is_blank()
        assert tab.told()["held"]
    tab.until_at(outside.target)


def test_enter_on_the_exit_leaves_and_says_so(tab: Tab, outside: Outside):
    tab.watch()
    tab.page.locator(EXIT).focus()
    with outside.slow():
        tab.key("Enter")
        assert outside.has_been_asked()
        assert tab.is_blank()
        assert tab.told()["status"] == "Leaving."
    tab.until_at(outside.target)


@pytest.mark.parametrize(
    "keys", [["Escape", "Shift", "Escape", "Shift"], ["Shift", "A", "Shift", "B", "Shift"], ["Escape", "Escape"]]
)
def test_fewer_than_three_of_one_key_do_not_leave(tab: Tab, keys):
    for key in keys:
        tab.key(key)
    assert tab.run(STILL_THERE)
    assert len(tab.ours()) == 1


def test_the_second_press_says_that_one_more_is_needed(tab: Tab):
    tab.key("Escape")
    tab.key("Escape")
    expect(tab.page.get_by_role("status")).to_have_text("Once more to leave.")


def test_a_key_held_down_is_one_press(tab: Tab):
    for _ in range(6):
        tab.page.keyboard.down("Shift")
    tab.page.keyboard.up("Shift")
    assert tab.run(STILL_THERE)


def test_presses_more_than_two_seconds_apart_do_not_add_up(tab: Tab):
    for _ in range(2):
        tab.key("Escape")
    tab.page.wait_for_timeout(2100)
    tab.key("Escape")
    assert tab.run(STILL_THERE)


def test_the_keys_leave_from_within_a_field(tab: Tab, outside: Outside):
    tab.run("document.querySelector('main').append(document.createElement('textarea'))")
    tab.page.locator("textarea").focus()
    for _ in range(3):
        tab.key("Escape")
    tab.until_at(outside.target)
    assert tab.ours() == []
