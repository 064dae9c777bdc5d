"""What is left behind (rules R4, R9, R15, R16, R18, R19, R24, R26 and A11Y of docs/quick-exit.md)."""

from __future__ import annotations

import sqlite3
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import HOST, Server
from tests.browser.outside import SEARCH, WEATHER, Outside
from tests.browser.tab import EXIT, PHONE, Tab
from toolkit.texts.languages import LANGUAGES

pytestmark = pytest.mark.leaving

READ = ["/en/types/fake-images/", "/en/types/shared-images/", "/en/types/outing/"]
IOS = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
VIEW = "Mozilla/5.0 (Linux; Android 14; SM-A155F; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/140.0.0.0 Mobile Safari/537.36"
APPS = {
    "Facebook": "Mozilla/5.0 (Linux; Android 14) Chrome/140 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/500.0;]",
    "Instagram": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148 Instagram 350.0",
    "TikTok": "Mozilla/5.0 (Linux; Android 14) Mobile Safari/537.36 musical_ly_2023 BytedanceWebview/1",
    "X": f"{IOS} Mobile/15E148 Twitter for iPhone/10.50",
    "X, Android": f"{VIEW} TwitterAndroid",
    "Snapchat": f"{IOS} Version/18.0 Mobile/15E148 Safari/604.1 Snapchat/13.0",
    "LinkedIn": f"{IOS} Mobile/15E148 [LinkedInApp]/9.30",
    "RedNote": f"{IOS} Mobile/15E148 Safari/604.1 xhs/8.50 discover/8.50",
    "WeChat": f"{IOS} Mobile/15E148 MicroMessenger/8.0.50",
    "Google app": f"{IOS} GSA/340.0 Mobile/15E148 Safari/604.1",
    "LINE": f"{VIEW} Line/14.10.0/IAB",
    "Telegram": f"{VIEW} Telegram-Android/11.2",
    "a view of Android": VIEW,
    "a view of Android that hides wv": VIEW.replace("; wv", ""),
    "a view of iOS": f"{IOS} Mobile/15E148",
    "a view of iOS that says Safari": f"{IOS} Mobile/15E148 Safari/604.1",
    "a view of an iPad that says Mac": "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)",
}
ANDROID = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)"
BROWSERS = {
    "Chrome": f"{ANDROID} Chrome/140.0.0.0 Mobile Safari/537.36",
    "Samsung": f"{ANDROID} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36",
    "Edge": f"{ANDROID} Chrome/140.0.0.0 Mobile Safari/537.36 EdgA/140.0.0.0",
    "Opera": f"{ANDROID} Chrome/140.0.0.0 Mobile Safari/537.36 OPR/90.0.0.0",
    "Opera Mini": f"{VIEW} OPR/80.0.2254.71217",
    "UC": f"{VIEW.replace('; wv', '')} UCBrowser/13.7.8.1322",
    "Mi": f"{VIEW.replace('; wv', '')} XiaoMi/MiuiBrowser/14.10",
    "Huawei": f"{ANDROID} Chrome/114.0.0.0 HuaweiBrowser/15.0 Mobile Safari/537.36",
    "vivo": f"{VIEW.replace('; wv', '')} VivoBrowser/22.0",
    "DuckDuckGo": f"{VIEW.replace('; wv', '')} DuckDuckGo/5 Safari/537.36",
    "Firefox": "Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0",
    "Android's of 2012": "Mozilla/5.0 (Linux; U; Android 4.1; en-us) AppleWebKit/534.30 (KHTML, like Gecko) Version/4.0 Mobile Safari/534.30",
    "Safari": f"{IOS} Version/18.0 Mobile/15E148 Safari/604.1",
    "Safari, iPad": "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15",
    "Chrome, iPhone": f"{IOS} CriOS/140.0.0.0 Mobile/15E148 Safari/604.1",
    "Firefox, iPhone": f"{IOS} FxiOS/140.0 Mobile/15E148 Safari/605.1.15",
    "Edge, iPhone": f"{IOS} Version/18.0 EdgiOS/140.0 Mobile/15E148 Safari/605.1.15",
    "Opera, iPhone": f"{IOS} Version/18.0 Mobile/15E148 Safari/604.1 OPT/5.0",
    "DuckDuckGo, iPhone": f"{IOS} Version/18.0 Mobile/15E148 DuckDuckGo/7 Safari/605.1.15",
    "Chrome, a computer": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
    "Edge of 2018": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/64.0.3282.140 Safari/537.36 Edge/18.17763",
}


class Left(NamedTuple):
    profile: Path
    history_page: list[str]
    titles: list[str]


@pytest.fixture(scope="module")
def left(
    browser_type, browser_type_launch_args, _world: Outside, guide_server: Server, tmp_path_factory
) -> Iterator[Left]:
    """A browser with a profile on disk, in which someone read three pages, left, looked at History and closed it."""
    profile = tmp_path_factory.mktemp("profile")
    context = browser_type.launch_persistent_context(profile, **browser_type_launch_args)
    tab = Tab(context, context.pages[0]).arrive(_world, guide_server.url + READ[0])
    titles = [tab.page.title()]
    for path in READ[1:]:
        tab.page.evaluate("path => { const a = document.querySelector('.tools .up'); a.href = path; a.click(); }", path)
        tab.page.wait_for_url(guide_server.url + path, wait_until="load")
        titles.append(tab.page.title())
    tab.page.wait_for_timeout(500)
    tab.page.locator(EXIT).click()
    tab.page.wait_for_url(_world.target)
    tab.page.wait_for_timeout(500)
    history = context.new_page()
    history.goto("chrome://history/")
    expect(history.locator("history-item").filter(has_text="Weather")).to_have_count(1)
    listed = history.locator("history-item a#link").evaluate_all("links => links.map(link => link.href)")
    history.close()
    context.close()
    yield Left(profile, listed, titles)


def files_with(profile: Path, text: str | bytes) -> set[str]:
    """The files of a profile that hold a text, in either of the encodings in which a browser writes."""
    forms = [text] if isinstance(text, bytes) else [text.encode(), text.encode("utf-16-le")]
    return {
        str(file.relative_to(profile))
        for file in profile.rglob("*")
        if file.is_file() and any(form in file.read_bytes() for form in forms)
    }


def test_the_history_page_lists_what_was_before_and_after_but_not_the_guide(left: Left):
    assert any(SEARCH in address for address in left.history_page)
    assert not [address for address in left.history_page if HOST in address]


def test_the_history_file_knows_no_title_of_ours_and_ends_no_visit_at_us(left: Left):
    with sqlite3.connect(left.profile / "Default" / "History") as history:
        titles = {title for (title,) in history.execute("select title from urls")}
        chain_end = 0x20000000
        ends = history.execute(
            "select urls.url from visits join urls on urls.id = visits.url where visits.transition & ?", (chain_end,)
        )
        shown = {url for (url,) in ends}
    assert not titles & set(left.titles)
    assert any(WEATHER in url for url in shown)
    assert not [url for url in shown if HOST in url]


def test_no_word_of_a_page_is_on_the_disk_plain_or_compressed(left: Left, guide_server: Server):
    for path in READ:
        for encoding in ("br", "gzip", "identity"):
            request = urllib.request.Request(
                guide_server.url.replace(HOST, "127.0.0.1") + path, headers={"Accept-Encoding": encoding}
            )
            body = urllib.request.urlopen(request).read()
            piece = body[len(body) // 2 : len(body) // 2 + 48]
            assert not files_with(left.profile, piece), (path, encoding)
    assert files_with(left.profile, WEATHER)  # the search finds what is there
    for title in left.titles:
        assert not files_with(left.profile, title), title


def test_the_saved_session_shows_the_target_and_hardly_names_us(left: Left):
    folder = left.profile / "Default" / "Sessions"
    saved = b"".join(file.read_bytes() for file in folder.glob("Session_*"))
    assert WEATHER.encode() in saved
    assert saved.count(HOST.encode()) + saved.count(HOST.encode("utf-16-le")) <= 10


def test_the_server_writes_no_line_about_a_reader(guide_server: Server):
    address = guide_server.url.replace(HOST, "127.0.0.1")
    for path in ("/ta/types/fake-images/", "/en/nothing-here/", "/wp-login.php"):
        try:
            urllib.request.urlopen(address + path).read()
        except urllib.error.HTTPError as error:
            assert error.code == 404
    log = guide_server.log.read_text()
    assert "fake-images" not in log and "nothing-here" not in log and "wp-login" not in log and "127.0.0.1" not in log


# What stands on the page


@pytest.fixture
def page(new_context, guide_server: Server) -> Page:
    page = new_context(**PHONE).new_page()
    page.goto(f"{guide_server.url}/en/types/fake-images/")
    return page


FIXED = """[...document.querySelectorAll('*')].filter(one => ['fixed', 'sticky'].includes(getComputedStyle(one).position)
  || one.matches('dialog, [role=dialog], [popover]')).map(one => one.className)"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_lies_over_the_page_but_the_exit(new_context, guide_server, language):
    page = new_context(**PHONE).new_page()
    for path in ("", "types/fake-images/", "support/", "safety/", "nothing-here/"):
        page.goto(f"{guide_server.url}/{language}/{path}")
        assert page.evaluate(FIXED) == ["leave"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_exit_says_its_name_and_how_before_anything_else(new_context, guide_server, language):
    page = new_context(**PHONE).new_page()
    page.goto(f"{guide_server.url}/{language}/")
    name = page.locator(EXIT).inner_text()
    expect(page.locator(EXIT)).to_have_accessible_name(name)
    assert name in page.locator("body > :first-child > p").first.inner_text()
    assert (
        page.evaluate("document.querySelector('.first').compareDocumentPosition(document.querySelector('.skip'))") == 20
    )
    status = page.get_by_role("status").and_(page.locator("[data-leaving]"))
    assert status.get_attribute("data-leaving") and status.get_attribute("data-again")


def test_at_400_percent_the_exit_is_whole_and_the_page_still_readable(page: Page):
    page.set_viewport_size({"width": 320, "height": 256})
    box = page.locator(EXIT).bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= 320
    assert box["height"] >= 56 and box["y"] + box["height"] <= 256 and box["y"] >= 128


def test_the_exit_rises_above_a_keyboard_that_lies_over_the_page(page: Page):
    page.evaluate(
        "Object.defineProperty(visualViewport, 'height', {value: 340}), visualViewport.dispatchEvent(new Event('resize'))"
    )
    box = page.locator(EXIT).bounding_box()
    assert box and box["y"] + box["height"] <= 340


def test_the_exit_lies_over_an_open_dialog_that_is_not_modal(page: Page):
    page.evaluate(
        "() => { const one = document.createElement('dialog'); document.body.append(one); one.textContent = 'x'.repeat(4000);"
        " one.style.cssText = 'position: fixed; inset: 0; height: 100%'; one.show(); }"
    )
    assert page.evaluate("document.elementFromPoint(innerWidth / 2, innerHeight - 20).matches('[data-exit]')")


def test_a_heading_jumped_to_or_focused_is_never_under_the_exit(page: Page):
    for place in page.evaluate("[...document.querySelectorAll('main h2[id]')].map(one => one.id)"):
        page.evaluate("place => { location.replace('#' + place) }", place)
        box, bar = page.locator(f"#{place}").bounding_box(), page.locator(EXIT).bounding_box()
        assert box["y"] >= 0 and box["y"] + box["height"] <= bar["y"], place


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_paper_there_is_no_exit_and_no_name_of_the_site(new_context, guide_server, language):
    page = new_context(**PHONE).new_page()
    page.goto(f"{guide_server.url}/{language}/types/fake-images/")
    name = page.title().rpartition(" · ")[2]
    page.emulate_media(media="print")
    shown = page.locator("body").inner_text()
    assert page.locator("h1").inner_text() in shown
    assert name not in shown and HOST not in shown
    expect(page.locator(EXIT)).to_be_hidden()


@pytest.mark.parametrize("name", [*APPS, *BROWSERS])
def test_only_inside_an_app_does_the_page_speak_of_the_phones_own_browser(new_context, guide_server, name):
    page = new_context(**PHONE, user_agent={**APPS, **BROWSERS}[name]).new_page()
    page.goto(f"{guide_server.url}/en/support/")
    expect(page.locator("[data-in-app]")).to_be_visible(visible=name in APPS)


@pytest.mark.parametrize("bridge", ["ReactNativeWebView", "flutter_inappwebview"])
def test_a_view_with_a_bridge_to_an_apps_code_has_the_hint_whatever_it_calls_itself(
    new_context, server: Server, bridge
):
    page = new_context(user_agent=BROWSERS["Chrome"]).new_page()
    page.add_init_script(f"window.{bridge} = {{}}")
    page.goto(server.url + READ[0])
    expect(page.locator("[data-in-app]")).to_be_visible()


def test_a_page_opened_from_the_home_screen_has_no_hint(new_context, server: Server):
    page = new_context(user_agent=APPS["a view of iOS"]).new_page()
    page.add_init_script("navigator.standalone = true")
    page.goto(server.url + READ[0])
    expect(page.locator("[data-in-app]")).to_be_hidden()
