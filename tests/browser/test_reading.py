"""The guide in a real browser: accessible, unscrolled sideways, one request, readable without script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.accessibility import assert_accessible
from tests.browser.conftest import Server
from toolkit.texts.languages import LANGUAGES

# One page of each kind.
KINDS = [
    "", "types/", "types/fake-images/", "first-response/save-evidence/", "laws/which-law/", "laws/cma-233/",
    "platforms/telegram/", "support/wao/", "support/kryss-network/", "what-is-ogbv/numbers/", "safety/", "nothing-here/",
]  # fmt: skip


@pytest.fixture(params=LANGUAGES)
def language(request) -> str:
    return str(request.param)


def test_axe_finds_nothing_in_any_colours_and_nothing_scrolls_sideways_at_320_px(
    server: Server, browser: Browser, language
):
    context = browser.new_context(viewport={"width": 320, "height": 640}, bypass_csp=True)
    page = context.new_page()
    for kind in KINDS:
        page.goto(f"{server.url}/{language}/{kind}")
        for folds in ("closed", "opened"):
            if folds == "opened":
                page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
            assert_accessible(page, folds)
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, kind
    context.close()


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_the_exit_is_in_reach_of_the_thumb_and_covers_no_end_of_the_page(
    server: Server, browser: Browser, language, width
):
    context = browser.new_context(viewport={"width": width, "height": 640})
    page = context.new_page()
    page.goto(f"{server.url}/{language}/types/fake-images/")
    for place in ("0", "document.body.scrollHeight"):
        page.evaluate(f"scrollTo(0, {place})")
        box = page.locator("[data-exit]").bounding_box()
        assert box and box["height"] >= 56 and box["width"] >= 120
        assert box["y"] + box["height"] <= 640 and box["y"] >= 640 - 90
        middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        assert page.evaluate("([x, y]) => document.elementFromPoint(x, y).closest('[data-exit]') !== null", middle)
    last = page.locator("footer > *:visible").last.bounding_box()
    assert last and last["y"] + last["height"] <= box["y"]
    context.close()


def test_a_page_is_one_request_with_no_cookie_storage_or_console_line(server: Server, browser: Browser, language):
    context = browser.new_context()
    page = context.new_page()
    requests: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for kind in KINDS[:-1]:
        requests.clear()
        page.goto(f"{server.url}/{language}/{kind}", wait_until="networkidle")
        assert [url for url in requests if not url.startswith("data:")] == [f"{server.url}/{language}/{kind}"]
    kept = page.evaluate(
        "async () => [document.cookie, localStorage.length, sessionStorage.length,"
        " (await indexedDB.databases()).length, self.caches ? (await caches.keys()).length : 0]"
    )
    assert kept == ["", 0, 0, 0, 0]
    assert context.cookies() == []
    assert said == []
    context.close()


def test_without_script_everything_is_there_and_the_exit_leads_out(server: Server, browser: Browser, language):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(f"{server.url}/{language}/types/fake-images/")
    assert page.locator("main ol > li").first.is_visible()
    page.locator("summary", has=page.locator("h2#report")).click()
    assert page.locator("#report").locator("xpath=ancestor::details").locator("p, li").first.is_visible()
    target = page.locator("[data-exit]").get_attribute("href")
    page.route("**/*", lambda route: route.fulfill(body="outside", content_type="text/html"))
    page.locator("[data-exit]").click()
    page.wait_for_url(f"{target}**")
    context.close()


def _tab(page: Page) -> str:
    page.keyboard.press("Tab")
    return page.evaluate(
        "document.activeElement.className || document.activeElement.closest('nav,main,footer')?.className"
    )


def test_by_keyboard_the_first_stops_are_the_skip_link_the_exit_and_the_help_lines(
    server: Server, browser: Browser, language
):
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(f"{server.url}/{language}/types/fake-images/")
    assert [_tab(page) for _ in range(3)] == ["skip", "leave", "help"]
    context.close()


def test_what_has_the_focus_is_never_under_the_bar(server: Server, browser: Browser, language):
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(f"{server.url}/{language}/types/fake-images/")
    bar = page.locator("[data-exit]").bounding_box()
    for _ in range(60):
        page.keyboard.press("Tab")
        box = page.evaluate(
            "() => { const one = document.activeElement, box = one.getBoundingClientRect();"
            " return one.matches('[data-exit], body') ? null : [box.top, box.bottom] }"
        )
        assert not box or box[0] < bar["y"], box
    context.close()
