"""The last mile: older engines, zoom and keyboards, and forms on lines that answer with something else or not at all."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress

import pytest
from playwright.sync_api import Error, Route, expect

from tests.browser.conftest import Server
from tests.browser.outside import Outside
from tests.browser.tab import EXIT, PHONE, Tab
from tests.browser.test_field_lab import ONLY_TOUCHES
from toolkit.texts.languages import LANGUAGES

pytestmark = pytest.mark.leaving

PAGE = "/en/types/fake-images/"
# Every answer comes 0.8 s later.
LATE = "() => { const real = fetch; window.fetch = (...all) => new Promise(go => setTimeout(() => go(real(...all)), 800)) }"


# In reach


@pytest.mark.parametrize("scale", [2, 4])
@pytest.mark.parametrize("lies", [False, True], ids=["upright", "on its side"])
def test_zoomed_in_with_two_fingers_the_exit_stands_at_the_bottom_of_what_is_seen(
    new_context, outside: Outside, guide_server: Server, scale, lies
):
    size = {"viewport": {"width": 640, "height": 360}} if lies else {}
    tab = Tab(new_context(**{**PHONE, **size}, is_mobile=True)).arrive(outside, guide_server.url + PAGE)
    tab.cdp.send("Emulation.setPageScaleFactor", {"pageScaleFactor": scale})
    tab.until(lambda: tab.run("visualViewport.scale") == scale)
    tab.page.wait_for_timeout(200)
    seen = tab.run(
        "({x: visualViewport.offsetLeft, y: visualViewport.offsetTop, w: visualViewport.width, h: visualViewport.height})"
    )
    box = tab.run(
        f"(b => ({{x: b.x, y: b.y, w: b.width, h: b.height}}))(document.querySelector('{EXIT}').getBoundingClientRect())"
    )
    assert abs(box["x"] - seen["x"]) < 1 and abs(box["w"] - seen["w"]) < 1
    assert abs(box["y"] + box["h"] - seen["y"] - seen["h"]) < 1
    assert 55 < box["h"] * scale < 70


def test_under_the_keyboard_of_ios_the_exit_follows_what_is_seen(tab_on_search: Tab):
    tab_on_search.run(
        "Object.defineProperty(visualViewport, 'height', {value: 300});"
        "Object.defineProperty(visualViewport, 'offsetTop', {value: 120}); visualViewport.dispatchEvent(new Event('scroll'))"
    )
    bottom = tab_on_search.run(f"document.querySelector('{EXIT}').getBoundingClientRect().bottom")
    assert bottom == 420


@pytest.fixture
def tab_on_search(new_context, outside: Outside, guide_server: Server) -> Tab:
    return Tab(new_context(**PHONE)).arrive(outside, f"{guide_server.url}/en/search/")


def test_the_upper_part_of_the_bar_leaves_too(new_context, outside: Outside, guide_server: Server):
    """Safari on an iPhone takes the first tap in the lowest 44 px for itself."""
    tab = Tab(new_context(**PHONE)).arrive(outside, guide_server.url + PAGE)
    tab.page.touchscreen.tap(180, 640 - 50)
    tab.until_at(outside.target)
    assert tab.ours() == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("width", "height", "text"), [(568, 320, 100), (568, 320, 200), (320, 568, 200), (1280, 720, 200)]
)
def test_lying_on_its_side_and_with_large_text_the_exit_is_in_reach_and_leaves(
    new_context, outside: Outside, guide_server: Server, language, width, height, text
):
    context = new_context(viewport={"width": width, "height": height}, has_touch=True)
    tab = Tab(context).arrive(outside, guide_server.url + PAGE.replace("en", language, 1))
    tab.run(f"document.documentElement.style.fontSize = '{18 * text / 100}px'")
    box = tab.page.locator(EXIT).bounding_box()
    right, bottom = box["x"] + box["width"], box["y"] + box["height"]
    assert 0 <= box["x"] < right <= width and 0 <= box["y"] < bottom <= height
    assert min(box["width"], box["height"]) >= 44
    assert box["width"] * box["height"] < width * height / 2
    tab.touch("Start", right - 20, bottom - 20)
    assert tab.is_blank()
    tab.touch("End")
    tab.until_at(outside.target)
    assert tab.ours() == []


def test_over_an_open_select_the_exit_leaves(new_context, outside: Outside, guide_server: Server):
    tab = Tab(new_context(**PHONE)).arrive(outside, f"{guide_server.url}/en/find-help/")
    tab.page.locator("main select").first.click()
    tab.touch("Start")
    assert tab.is_blank()
    tab.touch("End")
    tab.until_at(outside.target)
    assert tab.ours() == []


def test_where_fingers_are_told_by_touches_alone_one_that_slides_off_sees_the_page_again(
    new_context, outside: Outside, guide_server: Server
):
    context = new_context(**PHONE)
    context.add_init_script(ONLY_TOUCHES)
    tab = Tab(context).arrive(outside, guide_server.url + PAGE)
    x, y = tab.middle_of_exit()
    tab.touch("Start")
    assert tab.is_blank()
    for step in range(1, 9):
        tab.touch("Move", x, y - 25 * step)
    tab.touch("End")
    tab.until(lambda: not tab.is_blank())
    assert len(tab.ours()) == 1


def test_the_link_below_the_page_leaves_like_the_bar(new_context, outside: Outside, guide_server: Server):
    tab = Tab(new_context(**PHONE)).arrive(outside, guide_server.url + PAGE)
    tab.page.get_by_role("link", name="Leave now").nth(1).tap()
    tab.until_at(outside.target)
    assert tab.ours() == []


# Keys of someone who writes


@pytest.mark.parametrize("sign", ["isComposing: true", "keyCode: 229"])
def test_escape_while_composing_does_not_count(tab_on_search: Tab, sign):
    press = f"dispatchEvent(new KeyboardEvent('keydown', {{key: 'Escape', bubbles: true, {sign}}}))"
    for _ in range(4):
        tab_on_search.run(press)
    assert len(tab_on_search.ours()) == 1
    assert tab_on_search.run("document.documentElement.className") == "js"


def test_capitals_typed_with_shift_do_not_count(tab_on_search: Tab):
    tab_on_search.page.locator("#q").focus()
    for letter in "WAO":
        tab_on_search.page.keyboard.press(f"Shift+{letter}")
    assert tab_on_search.page.locator("#q").input_value() == "WAO"
    assert tab_on_search.run("document.documentElement.className") == "js"


# Forms


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_happened_is_said_in_her_language(new_context, server: Server, language):
    page = new_context(**PHONE).new_page()
    page.goto(f"{server.url}/{language}/search/")
    words = page.locator("main [data-waiting]").get_attribute("data-failed")
    page.locator("#q").fill("x")
    page.route("**/search/", lambda route: route.abort())
    page.locator("main form button").click()
    expect(page.locator("main [data-waiting]")).to_have_text(words or "")


def test_a_second_press_while_waiting_sends_nothing_and_waiting_is_said(new_context, server: Server):
    page = new_context(**PHONE).new_page()
    page.goto(f"{server.url}/en/search/")
    posts: list[str] = []

    def slowly(route: Route) -> None:
        posts.append(route.request.post_data or "")
        time.sleep(1.2)
        route.continue_()

    page.route("**/search/", slowly)
    page.locator("#q").fill("telegram")
    page.evaluate("[1, 2, 3].forEach(() => document.querySelector('main form').requestSubmit())")
    assert page.locator("form[aria-busy=true]").count() == 1
    expect(page.locator("main ol")).to_be_visible(timeout=15_000)
    assert posts == ["q=telegram"]


def test_waiting_is_said_after_half_a_second_and_no_sooner(new_context, server: Server):
    page = new_context(**PHONE).new_page()
    page.goto(f"{server.url}/en/search/")
    page.evaluate("() => { window.fetch = () => new Promise(() => {}) }")
    page.locator("#q").fill("telegram")
    page.evaluate("window.from = performance.now()")
    page.locator("main form button").click()
    status = page.locator("main [data-waiting]")
    assert status.inner_text() == ""
    expect(status).to_have_text("Waiting for the answer.")
    assert page.evaluate("performance.now() - window.from") >= 500


def test_what_is_chosen_while_waiting_stays(new_context, server: Server):
    page = new_context(**PHONE).new_page()
    page.goto(f"{server.url}/en/find-help/")
    page.evaluate(LATE)
    page.locator("main form button").click()
    page.locator("main select").first.select_option("talk")
    page.get_by_label("Only who is open now").check()
    expect(page.locator("#hits")).to_be_visible()
    assert page.locator("main select").first.input_value() == "talk"
    assert page.get_by_label("Only who is open now").is_checked()


def test_an_engine_that_does_not_tell_which_button_was_pressed_has_it_sent_all_the_same(new_context, server: Server):
    context = new_context(**PHONE)
    context.add_init_script("delete SubmitEvent.prototype.submitter")
    page = context.new_page()
    page.goto(f"{server.url}/en/plan/")
    page.locator("[name=go][value=all]").click()
    expect(page.locator("[name=go][value=all]")).to_have_count(0)
    page.locator("[name=go][value=plan]").click()
    expect(page.locator("[data-copy]")).to_be_visible()


@pytest.mark.parametrize(
    ("form", "words"),
    [("plan", "Questions after this"), ("search", "Pages that fit"), ("find-help", "Contacts that fit")],
)
def test_without_script_back_sends_nothing_again_and_shows_no_answer(new_context, server: Server, form, words):
    """Answers may not be kept anywhere, so the browser asks before it would send again; the page says so before."""
    page = new_context(**PHONE, java_script_enabled=False).new_page()
    page.goto(f"{server.url}/en/{form}/")
    if form == "search":
        page.locator("#q").fill("telegram")
    page.locator("main form button").first.click()
    assert words in page.locator("main").inner_text()
    assert "your browser’s Back does not show them again" in page.locator("main").text_content()
    page.goto(server.url + PAGE)
    answered: list[str] = []
    page.on("response", lambda response: answered.append(response.url))
    with suppress(Error):
        page.go_back(timeout=8000)
    assert answered == []
    assert words not in page.locator("body").inner_text()


def test_what_is_typed_while_waiting_stays(new_context, server: Server):
    page = new_context(**PHONE).new_page()
    page.goto(f"{server.url}/en/search/")
    page.evaluate(LATE)
    page.locator("#q").fill("telegram")
    page.locator("#q").press("Enter")
    page.locator("#q").fill("telegram my ex")
    expect(page.locator("main ol")).to_be_visible()
    assert page.locator("#q").input_value() == "telegram my ex"
    assert page.evaluate("document.activeElement.id") == "q"


def test_a_server_that_never_answers_is_given_up_after_fifteen_seconds(new_context, server: Server):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        threading.Thread(target=_take_and_say_nothing, args=(silent,), daemon=True).start()
        page = new_context(**PHONE).new_page()
        page.goto(f"{server.url}/en/search/")
        page.evaluate(
            "port => { const real = fetch; window.fetch = (address, how) => real(location.origin.replace(/:\\d+$/, ':' + port), how);"
            " const later = setTimeout; window.setTimeout = (act, ms) => later(act, ms / 10) }",
            silent.getsockname()[1],
        )
        page.locator("#q").fill("telegram")
        page.locator("main form button").click()
        expect(page.locator("main [data-waiting]")).to_contain_text("still here", timeout=4000)


def _take_and_say_nothing(silent: socket.socket) -> None:
    taken = []
    while True:
        try:
            taken.append(silent.accept()[0])
        except OSError:
            return


@pytest.mark.parametrize("clipboard", ["undefined", "{writeText: () => Promise.reject()}"])
def test_copying_falls_back_or_says_so(new_context, server: Server, clipboard):
    context = new_context(**PHONE)
    context.add_init_script(f"Object.defineProperty(navigator, 'clipboard', {{value: {clipboard}}})")
    page = context.new_page()
    page.goto(f"{server.url}/en/plan/")
    page.locator("[name=go][value=all]").click()
    expect(page.locator("[name=go][value=all]")).to_have_count(0)  # a press while waiting sends nothing
    page.locator("[name=go][value=plan]").click()
    page.locator("[data-copy]").click()
    expect(page.locator("main [data-copied]")).to_have_text("Copied.")
    page.evaluate("document.execCommand = () => false")
    page.locator("[data-copy]").click()
    expect(page.locator("main [data-copied]")).to_contain_text("does not let the page copy")


# Numbers


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("width", "text"), [(320, 100), (320, 130), (360, 200)])
def test_no_telephone_number_breaks_over_two_lines_and_nothing_scrolls_sideways(
    new_context, server: Server, language, width, text
):
    page = new_context(viewport={"width": width, "height": 640}).new_page()
    for path in (
        "",
        "support/",
        "support/wao/",
        "support/befrienders/",
        "types/image-threats/",
        "first-response/first-hour/",
    ):
        page.goto(f"{server.url}/{language}/{path}")
        page.evaluate("text => { document.documentElement.style.fontSize = 18 * text / 100 + 'px' }", text)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        broken = page.evaluate(
            "[...document.querySelectorAll('.number')].filter(one => one.getClientRects().length > 1).map(one => one.textContent)"
        )
        assert broken == [], path
        assert page.locator(".number").count() > 1
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
