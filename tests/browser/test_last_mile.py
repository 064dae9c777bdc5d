"""The last mile: older engines, zoom and keyboards, and forms on lines that answer with something else or not at all."""

from __future__ import annotations

import re
import socket
import threading
import time
import urllib.request
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.conftest import HOST, Server
from tests.browser.outside import Outside
from tests.browser.tab import EXIT, PHONE, Tab
from toolkit.texts.languages import LANGUAGES

PAGE = "/en/types/fake-images/"
# What a browser that does not know a word does with it: in a style the whole rule goes, in a script the name is missing.
OLD_STYLES = {
    ":has(": r"[^{}]*:has\([^{}]*\{[^{}]*\}",
    "inset": r"inset:[^;}]*;?",
    ":is(": r"[^{}]*:is\([^{}]*\{[^{}]*\}",
}
OLD_SCRIPTS = ("visualViewport", "BroadcastChannel", "fetch", "Promise", "AbortController", "URLSearchParams")


def older(context: BrowserContext, lacks: str) -> None:
    """Every page of the guide as an engine has it that lacks a word."""

    def serve(route: Route) -> None:
        with urllib.request.urlopen(route.request.url.replace(HOST, "127.0.0.1")) as answer:
            html = answer.read().decode()
        if lacks in OLD_STYLES:
            style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)
            assert style
            older_style = re.sub(OLD_STYLES[lacks], "", style[1])
            assert lacks not in older_style
            html = html.replace(style[1], older_style)
        route.fulfill(content_type="text/html; charset=utf-8", body=html)

    context.route(re.compile(r"http://guide\.localhost"), serve)
    if lacks in OLD_SCRIPTS:
        context.add_init_script(f"Object.defineProperty(window, '{lacks}', {{value: undefined}})")


@pytest.mark.parametrize("lacks", [*OLD_STYLES, *OLD_SCRIPTS])
def test_an_older_engine_has_the_exit_at_the_bottom_and_it_hides_and_leaves(
    new_context, outside: Outside, guide_server: Server, lacks
):
    context = new_context(**PHONE)
    older(context, lacks)
    tab = Tab(context).arrive(outside, guide_server.url + PAGE)
    box = tab.page.locator(EXIT).bounding_box()
    assert box == {"x": 0, "y": 640 - box["height"], "width": 360, "height": box["height"]}
    with outside.slow():
        tab.touch("Start")
        assert tab.is_blank()
        tab.touch("End")
        assert outside.has_been_asked()
        assert tab.is_blank()
    tab.until_at(outside.target)
    assert tab.ours() == []


@pytest.mark.parametrize("lacks", OLD_STYLES)
def test_an_older_engine_hides_without_script_too(new_context, outside: Outside, guide_server: Server, lacks):
    context = new_context(**PHONE, java_script_enabled=False)
    older(context, lacks)
    tab = Tab(context).arrive(outside, guide_server.url + PAGE)
    with outside.slow():
        tab.mouse("Pressed")
        assert tab.is_blank()
        tab.mouse("Released")
        assert outside.has_been_asked()
        assert tab.is_blank()
    tab.until_at(outside.target)


# In reach


@pytest.mark.parametrize("scale", [2, 4])
def test_zoomed_in_with_two_fingers_the_exit_stands_at_the_bottom_of_what_is_seen(
    new_context, outside: Outside, guide_server: Server, scale
):
    tab = Tab(new_context(**PHONE, is_mobile=True)).arrive(outside, guide_server.url + PAGE)
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


def plain(status: int, body: str) -> Callable[[Route], None]:
    return lambda route: route.fulfill(status=status, content_type="text/html", body=body)


FAULTS: dict[str, Callable[[Route], None]] = {
    "a proxy's 502": plain(502, "<h1>502 Bad Gateway</h1>"),
    "a proxy's 504": plain(504, "<html><body><center><h1>504</h1></center></body></html>"),
    "a wifi log-in page": plain(200, "<html><body><main><h1>Welcome to Free Wifi</h1></main></body></html>"),
    "an empty answer": plain(200, ""),
    "half an answer": plain(200, "<html><body><a data-exit href='/'>x</a><main id=main><h1>What you can"),
    "a redirect elsewhere": lambda route: route.fulfill(status=302, headers={"location": "http://portal.localhost:9/"}),
    "a cut line": lambda route: route.abort("connectionreset"),
    "no line": lambda route: route.abort("internetdisconnected"),
}
FORMS = {
    "search": ("#q", lambda page: page.locator("#q").fill("telegram")),
    "find-help": ("select >> nth=0", lambda page: page.locator("select").first.select_option(index=1)),
    "plan": ("[name=danger][value=no]", lambda page: None),
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("form", FORMS)
def test_an_answer_that_is_not_the_guides_keeps_page_words_and_answers(new_context, server: Server, form, fault):
    page = new_context(**PHONE).new_page()
    page.goto(f"{server.url}/en/{form}/")
    FORMS[form][1](page)
    before = state(page)
    page.route("**/*", lambda route: FAULTS[fault](route) if route.request.method == "POST" else route.continue_())
    page.locator("main form button").first.click()
    expect(page.locator("main [data-waiting]")).to_contain_text("What you wrote is still here")
    assert state(page) == before
    assert page.locator("main").count() == page.locator("h1").count() == 1
    assert not page.locator("form[aria-busy]").count()
    page.unroute_all()
    page.locator("main form button").first.click()
    page.wait_for_function("before => document.querySelector('main').innerText != before", arg=before[0])


def state(page: Page) -> tuple[str, list[object]]:
    """The words of the page, without the line that says what happened, and what is in its fields."""
    return (
        page.evaluate(
            "(m => (m.querySelector('[data-waiting]')?.remove(), m.innerText))(document.querySelector('main').cloneNode(true))"
        ),
        page.evaluate("[...document.querySelectorAll('main :is(input, select)')].map(one => [one.value, one.checked])"),
    )


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
    expect(page.locator("main ol")).to_be_visible()
    assert posts == ["q=telegram"]


def test_what_is_typed_while_waiting_stays(new_context, server: Server):
    page = new_context(**PHONE).new_page()
    page.goto(f"{server.url}/en/search/")
    page.evaluate(
        "() => { const real = fetch; window.fetch = (...all) => new Promise(go => setTimeout(() => go(real(...all)), 800)) }"
    )
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
