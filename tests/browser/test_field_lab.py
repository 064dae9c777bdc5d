"""The field lab: every kind of page in engines that lack a word, and every form on a line that answers wrongly.

``FIELD_LAB=table.md pytest tests/browser/test_field_lab.py -p no:xdist`` writes the table of docs/quick-exit.md.
"""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.conftest import HOST, Held, Server
from tests.browser.outside import Outside
from tests.browser.tab import EXIT, PHONE, Tab

pytestmark = pytest.mark.leaving

PAGES = {
    "home": "",
    "section": "types/",
    "type": "types/fake-images/",
    "steps": "first-response/first-hour/",
    "contact": "support/wao/",
    "law": "laws/",
    "platform": "platforms/telegram/",
    "safety": "safety/",
    "plan": "plan/",
    "search": "search/",
    "finding": "find-help/",
    "not found": "nothing-here/",
}
# What a browser that does not know a word does with it: in a style the whole rule goes, in a script the name is missing.
OLD_STYLES = {
    ":has(": r"[^{}]*:has\([^{}]*\{[^{}]*\}",
    "inset": r"inset:[^;}]*;?",
    ":is(": r"[^{}]*:is\([^{}]*\{[^{}]*\}",
}
OLD_SCRIPTS = ("visualViewport", "BroadcastChannel", "fetch", "Promise", "AbortController", "URLSearchParams")
# Told of fingers by touches alone, as iOS before 13 and Firefox on Android before 79.
TOUCHES = "touches only"
ONLY_TOUCHES = """["pointerdown", "pointermove", "pointerup", "pointercancel"].forEach((type) =>
  addEventListener(type, (event) => event.stopImmediatePropagation(), true))"""


def older(context: BrowserContext, lacks: str, style: Callable[[str], str] | None = None) -> None:
    """Every page of the guide as an engine has it that lacks a word."""
    change = style or (lambda text: re.sub(OLD_STYLES[lacks], "", text) if lacks in OLD_STYLES else text)

    def serve(route: Route) -> None:
        try:
            with urllib.request.urlopen(route.request.url.replace(HOST, "127.0.0.1")) as answer:
                html = answer.read().decode()
        except urllib.error.HTTPError as error:
            html = error.read().decode()
        # Every style: a page with a form has two.
        html = re.sub(r"(?s)(?<=<style>).*?(?=</style>)", lambda found: change(found[0]), html)
        assert not any(lacks in style for style in re.findall(r"(?s)<style>(.*?)</style>", html))
        route.fulfill(content_type="text/html; charset=utf-8", body=html)

    context.route(re.compile(r"http://guide\.localhost"), serve)
    if lacks in OLD_SCRIPTS:
        context.add_init_script(f"Object.defineProperty(window, '{lacks}', {{value: undefined}})")
    if lacks == TOUCHES:
        context.add_init_script(ONLY_TOUCHES)


@pytest.mark.parametrize("lacks", [*OLD_STYLES, *OLD_SCRIPTS, TOUCHES])
def test_in_an_older_engine_every_kind_of_page_has_the_exit_at_the_bottom_and_it_hides_and_leaves(
    new_context, outside: Outside, guide_server: Server, held: Held, lacks
):
    context = new_context(**PHONE)
    older(context, lacks)
    for kind, path in PAGES.items():
        tab = Tab(context).arrive(outside, f"{guide_server.url}/en/{path}")
        box = tab.page.locator(EXIT).bounding_box()
        assert box == {"x": 0, "y": 640 - box["height"], "width": 360, "height": box["height"]}, kind
        with outside.slow():
            tab.touch("Start")
            assert tab.is_blank(), kind
            tab.touch("End")
            assert outside.has_been_asked(), kind
            assert tab.is_blank(), kind
        tab.until_at(outside.target)
        assert tab.ours() == [], kind
        held(kind, lacks)
        tab.page.close()


@pytest.mark.parametrize("lacks", OLD_STYLES)
def test_an_older_engine_hides_without_script_too(
    new_context, outside: Outside, guide_server: Server, held: Held, lacks
):
    context = new_context(**PHONE, java_script_enabled=False)
    older(context, lacks)
    for kind, path in PAGES.items():
        tab = Tab(context).arrive(outside, f"{guide_server.url}/en/{path}")
        with outside.slow():
            tab.mouse("Pressed")
            assert tab.is_blank(), kind
            tab.mouse("Released")
            assert outside.has_been_asked(), kind
            assert tab.is_blank(), kind
        tab.until_at(outside.target)
        held(kind, f"{lacks}, no script")
        tab.page.close()


@pytest.mark.parametrize("place", ["above the page", "below the page"])
def test_where_a_proxy_draws_the_page_the_exit_is_a_link_in_the_flow(
    new_context, outside: Outside, guide_server: Server, held: Held, place
):
    """Opera Mini and the data savers of others: no script here, and nothing stands fixed."""
    context = new_context(**PHONE, java_script_enabled=False)
    older(context, "fixed", lambda text: re.sub(r"position:\s*fixed;?", "", text))
    for kind, path in PAGES.items():
        tab = Tab(context).arrive(outside, f"{guide_server.url}/en/{path}")
        link = tab.page.get_by_role("link", name="Leave now").nth(0 if place == "above the page" else 1)
        box, main = link.bounding_box(), tab.page.locator("main").bounding_box()
        assert box["y"] < main["y"] if place == "above the page" else box["y"] >= main["y"] + main["height"], kind
        assert box["height"] >= 44, kind
        link.click()
        tab.until_at(outside.target)
        held(kind, f"drawn by a proxy: {place}")
        tab.page.close()


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
SELECT: Callable[[Page], object] = lambda page: page.locator("main select").first.select_option(index=1)  # noqa: E731
FORMS: dict[str, Callable[[Page], object]] = {
    "search": lambda page: page.locator("#q").fill("telegram"),
    "find-help": SELECT,
    "find-route": SELECT,
    "find-law": SELECT,
    "plan": lambda page: None,  # its first question is answered by its buttons
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("form", FORMS)
def test_an_answer_that_is_not_the_guides_keeps_page_words_and_answers(
    new_context, server: Server, held: Held, form, fault
):
    page = new_context(**PHONE).new_page()
    page.goto(f"{server.url}/en/{form}/")
    FORMS[form](page)
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
    held(f"form: {form}", fault)


def state(page: Page) -> tuple[str, list[object]]:
    """The words of the page, without the line that says what happened, and what is in its fields."""
    return (
        page.evaluate(
            "(m => (m.querySelector('[data-waiting]')?.remove(), m.innerText))(document.querySelector('main').cloneNode(true))"
        ),
        page.evaluate("[...document.querySelectorAll('main :is(input, select)')].map(one => [one.value, one.checked])"),
    )
