"""Firefox and WebKitGTK (rule R27), and Chromium with a real window and a real keyboard (rule R10)."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator

import pytest

from tests.browser.conftest import HOST, Server, free_port
from tests.browser.marionette import Firefox, firefox
from tests.browser.outside import SEARCH, WEATHER, Outside
from tests.browser.remote import Remote
from tests.browser.screen import Screen, opened_screen
from tests.browser.tab import EXIT, PHONE, Tab
from tests.browser.webkit import webkit

PAGE = "/en/types/fake-images/"
# What stands in for the answer to a form.
FAULTS = {
    "a proxy's 502": "window.fetch = () => Promise.resolve(new Response('<h1>502 Bad Gateway</h1>', {status: 502}))",
    "half an answer": "window.fetch = () => Promise.resolve(new Response('<a data-exit></a><main id=main><h1>What'))",
    "a cut line": "window.fetch = () => Promise.reject(new TypeError('Load failed'))",
}


@pytest.fixture(scope="module")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    with opened_screen(tmp_path_factory.mktemp("screen")) as one:
        yield one


@pytest.fixture(scope="module")
def one_firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """Started once, for starting takes longer than what is tested."""
    with firefox(tmp_path_factory.mktemp("profile"), free_port()) as one:
        yield one


@pytest.fixture(params=["firefox", "webkit"])
def browser(request: pytest.FixtureRequest, screen: Screen) -> Iterator[Remote]:
    """Firefox with a new tab, or Safari's engine, whose driver ends with its first tab."""
    if request.param == "firefox":
        one: Firefox = request.getfixturevalue("one_firefox")
        one.begin_anew()
        yield one
    else:
        with webkit(screen, free_port()) as another:
            yield another


@pytest.fixture
def reader(browser: Remote, outside: Outside, guide_server: Server) -> Remote:
    """She came from a search to a page of the guide."""
    browser.go(outside.url(SEARCH))
    browser.go(guide_server.url + PAGE)
    return browser


def in_malay(reader: Remote) -> None:
    reader.click(".tools summary")
    reader.click(".tools a[lang=ms]")


def test_reading_is_one_entry_and_back_leads_to_where_she_came_from(
    reader: Remote, outside: Outside, guide_server: Server
):
    reader.click(".tools .up")
    reader.until_at(guide_server.url + "/en/types/")
    in_malay(reader)
    reader.until_at(guide_server.url + "/ms/types/")
    assert reader.back() == outside.url(SEARCH)


def test_leaving_leaves_no_entry_and_tells_the_target_nothing(reader: Remote, outside: Outside, guide_server: Server):
    in_malay(reader)
    reader.until_at(guide_server.url + PAGE.replace("en", "ms", 1))
    reader.click(EXIT)
    reader.until_at(outside.target)
    assert [headers.get("referer") for headers in outside.requests_to(WEATHER)] == [None]
    assert reader.run("return document.referrer") == ""
    assert reader.back() == outside.url(SEARCH)


def test_it_is_blank_from_the_press_until_the_target_comes(reader: Remote, outside: Outside):
    assert not reader.is_blank()
    with outside.slow():
        reader.press()
        reader.until(reader.is_blank, within=1)
        reader.release()
        assert outside.has_been_asked()
        assert reader.is_blank()
    reader.until_at(outside.target)


def test_leaving_takes_the_name_away_in_the_same_moment(reader: Remote, outside: Outside):
    assert reader.run(f"document.querySelector('{EXIT}').click(); return document.title") == "\u200b"
    reader.until_at(outside.target)


@pytest.mark.parametrize("key", ["Escape", "Shift"])
def test_three_presses_of_a_key_leave(reader: Remote, outside: Outside, key):
    for _ in range(2):
        reader.key(key)
    assert "covered" not in reader.run("return document.documentElement.className")
    reader.key(key)
    reader.until_at(outside.target)
    assert reader.back() == outside.url(SEARCH)


def test_another_tab_leaves_too(reader: Remote, outside: Outside, guide_server: Server):
    first = reader.tabs()[0]
    reader.open_tab(guide_server.url + "/en/laws/")
    reader.click(EXIT)
    reader.until_at(outside.target)
    reader.turn_to(first)
    reader.until_at(outside.target)
    assert reader.run("return location.href") == outside.target


def test_a_page_that_was_left_and_is_loaded_anew_shows_nothing_and_leaves_again(
    reader: Remote, outside: Outside, guide_server: Server
):
    """Neither keeps it in memory: Firefox because it may not be stored, WebKit because of its opener policy."""
    reader.run("window.kept = true")
    with outside.slow():
        reader.click(EXIT)
        assert outside.has_been_asked()
        reader.run(f"setTimeout(() => location.assign('{outside.url('other.localhost')}'))")
        reader.until_at(outside.url("other.localhost"))
    asked = len(outside.requests_to(WEATHER))
    with outside.slow():
        reader.run("setTimeout(() => history.back())")  # Firefox's own command would wait for the target
        assert outside.has_been_asked()
        assert not reader.run("return window.kept")
        # The page of before stands on the screen until the target comes, so the style is asked.
        assert reader.run("return getComputedStyle(document.querySelector('main')).visibility") == "hidden"
        assert reader.title() == "\u200b"
    reader.until_at(outside.target)
    assert len(outside.requests_to(WEATHER)) > asked
    assert reader.back() == outside.url(SEARCH)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_form_adds_no_entry_and_keeps_its_words_when_no_answer_comes(
    reader: Remote, outside: Outside, guide_server: Server, fault
):
    reader.click(".tools a[href='/en/search/']")
    reader.until_at(guide_server.url + "/en/search/")
    reader.run("window.real = fetch; " + FAULTS[fault])
    reader.write("#q", "telegram")
    reader.click("main form button")
    reader.until(lambda: "still here" in reader.run("return document.querySelector('main [data-waiting]').textContent"))
    assert reader.run("return [q.value, document.querySelectorAll('main').length]") == ["telegram", 1]
    reader.run("window.fetch = window.real")
    reader.click("main form button")
    reader.until(lambda: reader.run("return document.querySelectorAll('main ol > li').length"))
    assert reader.address() == guide_server.url + "/en/search/"
    assert reader.back() == outside.url(SEARCH)


def test_nothing_is_stored(reader: Remote):
    kept = "return [document.cookie, localStorage.length, sessionStorage.length]"
    assert reader.run(kept) == ["", 0, 0]


@pytest.mark.parametrize("engine", ["firefox", "webkit"])
def test_without_script_it_leaves_and_is_blank_while_the_target_is_slow(
    screen: Screen, tmp_path, outside: Outside, guide_server: Server, engine
):
    off = (
        firefox(tmp_path, free_port(), 'user_pref("javascript.enabled", false);\n')
        if engine == "firefox"
        else webkit(screen, free_port(), "--enable-javascript=false")
    )
    with off as browser:
        browser._ask("Navigate", url=guide_server.url + PAGE)
        browser.until(lambda: browser.address() == guide_server.url + PAGE)
        time.sleep(1)
        with outside.slow():
            browser.press()
            browser.until(browser.is_blank, within=1)
            browser.release()
            assert outside.has_been_asked()
            assert browser.is_blank()
        browser.until(lambda: browser.address() == outside.target)


def test_firefox_itself_knows_of_no_page_of_the_guide_in_the_tab(tmp_path, outside: Outside, guide_server: Server):
    with firefox(tmp_path, free_port()) as browser:
        browser.go(outside.url(SEARCH))
        browser.go(guide_server.url + "/en/types/")
        browser.click("main .rows a")
        browser.until_at(guide_server.url + "/en/types/shared-images/")
        assert [url for url in browser.entries() if HOST in url] == [guide_server.url + "/en/types/shared-images/"]
        browser.click(EXIT)
        browser.until_at(outside.target)
        assert browser.entries()[-2:] == [outside.url(SEARCH), outside.target]
        assert not [url for url in browser.entries() if HOST in url]


@pytest.mark.parametrize("keys", ["Escape " * 3, "Escape " * 6, "Shift_L " * 3 + "Escape", "click Escape Escape"])
def test_real_keys_in_a_real_window_lead_out_and_cannot_stop_it(
    browser_type, browser_type_launch_args, screen, outside: Outside, guide_server: Server, keys
):
    display = {**os.environ, "DISPLAY": screen.display}
    browser = browser_type.launch(**{**browser_type_launch_args, "headless": False, "env": display})
    tab = Tab(browser.new_context(**PHONE)).arrive(outside, guide_server.url + "/en/types/")
    window = ["xdotool", "search", "--sync", "--onlyvisible", "--class", "chrom"]
    found = subprocess.run(window, env=display, check=True, capture_output=True, text=True).stdout.split()
    subprocess.run(["xdotool", "windowfocus", "--sync", found[-1]], env=display, check=True)
    with outside.slow():
        for key in keys.split():
            if key == "click":
                tab.mouse("Pressed")
                tab.mouse("Released")
            else:
                subprocess.run(["xdotool", "key", key], env=display, check=True)
        assert outside.has_been_asked()
        subprocess.run(["xdotool", "key", "Escape"], env=display, check=True)
    tab.until_at(outside.target)
    assert tab.ours() == []
    browser.close()
