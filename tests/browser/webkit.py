"""WebKitGTK, whose engine is Safari's, driven over its own WebDriver. Debian: webkit2gtk-driver."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.browser.remote import PageWent, Remote
from tests.browser.screen import Screen

DRIVER = "WebKitWebDriver"
# A machine without a graphics card draws by itself.
DRAWS = {"WEBKIT_DISABLE_DMABUF_RENDERER": "1", "WEBKIT_DISABLE_COMPOSITING_MODE": "1", "GDK_BACKEND": "x11"}
WIDTH, HEIGHT = 500, 800
# The page in the window, without tool bar and scroll bar: left, top, right, bottom.
READING = (16, 120, WIDTH - 16, HEIGHT - 20)
# What the driver says of a script that was asked of a page just going.
PAGE_WENT = ("before the unload event", "Could not parse script result")
PATHS = {
    "Navigate": ("POST", "/url"), "GetCurrentURL": ("GET", "/url"), "GetTitle": ("GET", "/title"),
    "Back": ("POST", "/back"), "FindElement": ("POST", "/element"), "ElementClick": ("POST", "/element/{id}/click"),
    "ElementSendKeys": ("POST", "/element/{id}/value"), "ExecuteScript": ("POST", "/execute/sync"),
    "PerformActions": ("POST", "/actions"), "TakeScreenshot": ("GET", "/screenshot"),
    "NewWindow": ("POST", "/window/new"), "SwitchToWindow": ("POST", "/window"),
    "GetWindowHandles": ("GET", "/window/handles"), "SetWindowRect": ("POST", "/window/rect"),
}  # fmt: skip


def mini_browser() -> str | None:
    found = sorted(Path("/usr").glob("lib*/**/webkit2gtk-4.*/MiniBrowser"))
    return str(found[-1]) if found else None


class WebKit(Remote):
    def __init__(self, screen: Screen, port: int, *arguments: str) -> None:
        self._screen = screen
        self._base = f"http://127.0.0.1:{port}"
        options = {"binary": mini_browser(), "args": ["--automation", *arguments]}
        asked = {"webkitgtk:browserOptions": options, "pageLoadStrategy": "none"}
        self._base += (
            "/session/" + self._send("POST", "/session", {"capabilities": {"alwaysMatch": asked}})["sessionId"]
        )

    def _ask(self, command: str, **parameters: Any) -> Any:
        method, path = PATHS[command]
        return self._send(method, path.format(**parameters), parameters)

    def is_blank(self) -> bool:
        """Looked up on the screen: the driver gives no picture while a page is awaited."""
        return len(self._screen.colours(*READING)) == 1

    def end(self) -> None:
        self._send("DELETE", "", {})

    def _send(self, method: str, path: str, parameters: dict[str, Any]) -> Any:
        data = json.dumps(parameters).encode() if method == "POST" else None
        request = urllib.request.Request(self._base + path, data, {"Content-Type": "application/json"}, method=method)
        # Now and then it loses a script that is asked of a page just going.
        patience = 10 if path == "/execute/sync" else 60
        try:
            with urllib.request.urlopen(request, timeout=patience) as answer:
                return json.load(answer)["value"]
        except TimeoutError:
            raise PageWent(f"{path}: no answer") from None
        except urllib.error.HTTPError as error:
            said = error.read().decode()[:500]
            went = any(reason in said for reason in PAGE_WENT)
            raise (PageWent if went else AssertionError)(f"{path}: {said}") from None


@contextmanager
def webkit(screen: Screen, port: int, *arguments: str) -> Iterator[WebKit]:
    """Arguments are MiniBrowser's, as ``--enable-javascript=false``."""
    assert shutil.which(DRIVER) and mini_browser(), "WebKitGTK is missing: install webkit2gtk-driver and xvfb"
    environment = {**os.environ, **DRAWS, "DISPLAY": screen.display}
    process = subprocess.Popen(
        [DRIVER, f"--port={port}"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        browser = _started(screen, port, *arguments)
        browser._ask("SetWindowRect", x=0, y=0, width=WIDTH, height=HEIGHT)
        yield browser
        browser.end()
    finally:
        process.terminate()
        process.wait(20)


def _started(screen: Screen, port: int, *arguments: str) -> WebKit:
    for _ in range(100):
        try:
            return WebKit(screen, port, *arguments)
        except urllib.error.URLError:
            time.sleep(0.1)
    raise AssertionError("WebKitWebDriver did not start")
