"""Firefox (rule R27), and Chromium with a real window and a real keyboard (rule R10)."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator

import pytest

from tests.browser.conftest import HOST, Server, free_port
from tests.browser.marionette import firefox
from tests.browser.outside import SEARCH, WEATHER, Outside
from tests.browser.tab import EXIT, PHONE, Tab


def test_in_firefox_too_reading_is_one_entry_and_leaving_none_and_nothing_is_told(
    outside: Outside, guide_server: Server, tmp_path
):
    with firefox(tmp_path, free_port()) as browser:
        browser.go(outside.url(SEARCH))
        browser.go(guide_server.url + "/en/types/")
        browser.click("main .rows a")
        browser.until_at(guide_server.url + "/en/types/shared-images/")
        assert [url for url in browser.entries() if HOST in url] == [guide_server.url + "/en/types/shared-images/"]
        pressed = (
            "document.querySelector('[data-exit]').dispatchEvent(new PointerEvent('pointerdown', {bubbles: true}));"
        )
        sheet = "getComputedStyle(document.querySelector('[data-exit]'), '::before').visibility"
        assert browser.run(f"{pressed} return {sheet}") == "visible"
        browser.click(EXIT)
        browser.until_at(outside.target)
        assert browser.entries()[-2:] == [outside.url(SEARCH), outside.target]
        assert not [url for url in browser.entries() if HOST in url]
        assert [headers.get("referer") for headers in outside.requests_to(WEATHER)] == [None]


@pytest.fixture(scope="module")
def screen() -> Iterator[str]:
    """A screen that nobody looks at."""
    for program in ("Xvfb", "xdotool"):
        assert shutil.which(program), (
            f"{program} is missing: install xvfb and xdotool with the system's package manager"
        )
    read, write = os.pipe()
    process = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x900x24", "-nolisten", "tcp"],
        pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(write)
    with os.fdopen(read) as number:
        yield f":{number.readline().strip()}"
    process.terminate()
    process.wait(10)


@pytest.mark.parametrize("keys", ["Escape " * 3, "Escape " * 6, "Shift_L " * 3 + "Escape", "click Escape Escape"])
def test_real_keys_in_a_real_window_lead_out_and_cannot_stop_it(
    browser_type, browser_type_launch_args, screen, outside: Outside, guide_server: Server, keys
):
    display = {**os.environ, "DISPLAY": screen}
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
