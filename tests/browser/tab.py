"""A browser tab seen as the person who picks up the phone sees it: its Back list and what is on the screen."""

from __future__ import annotations

import base64
import functools
import json
import struct
import time
import zlib
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Error, Page

from tests.browser.conftest import HOST
from tests.browser.outside import SEARCH, Outside

PHONE = {"viewport": {"width": 360, "height": 640}, "has_touch": True}
EXIT = "[data-exit]"
NOT_YET = ("active page", "Unable to capture screenshot")
# While a navigation is under way a page answers no question: it tells by itself, once it is being left.
WITNESS = """setInterval(() => document.querySelector('.gone') && console.log(JSON.stringify({
  title: document.title, icon: document.querySelector('[rel=icon]').href,
  status: document.querySelector('[role=status]').textContent,
  held: ['F5', 'Tab', 'a'].every((key) => !dispatchEvent(new KeyboardEvent('keydown', {key, cancelable: true}))),
  kept: window.kept || false })), 40)"""


class Tab:
    """Speaks to the browser below Playwright's own waiting, which stops at a navigation that does not end."""

    def __init__(self, context: BrowserContext, page: Page | None = None) -> None:
        self.page = page or context.new_page()
        self.cdp = context.new_cdp_session(self.page)
        self._said: list[str] = []
        self.page.on("console", lambda message: self._said.append(message.text))

    def arrive(self, outside: Outside, address: str) -> Tab:
        """From a page of search results to ``address``."""
        self.page.goto(outside.url(SEARCH))
        self.page.goto(address, wait_until="domcontentloaded")
        return self

    # What Back, Forward and the screen show

    def entries(self) -> list[str]:
        return [entry["url"] for entry in self._history()["entries"]]

    def ours(self) -> list[str]:
        return [url for url in self.entries() if HOST in url]

    def now(self) -> str:
        history = self._history()
        return str(history["entries"][history["currentIndex"]]["url"])

    def watch(self) -> None:
        self.run(WITNESS)

    def told(self) -> dict:
        """What a watched page says of itself while it is being left."""
        self._said.clear()
        self.until(lambda: bool(self._said))
        return json.loads(self._said[-1])

    def colours(self) -> set[bytes]:
        shot = self._asked("Page.captureScreenshot", {"format": "png", "fromSurface": True})
        return colours(base64.b64decode(shot["data"]))

    def is_blank(self) -> bool:
        """Whether all that is on the screen is one colour."""
        return len(self.colours()) == 1

    def shows(self, colour: bytes) -> bool:
        return any(one[:3] == colour for one in self.colours())

    def run(self, code: str) -> object:
        found = self.cdp.send("Runtime.evaluate", {"expression": code, "returnByValue": True, "awaitPromise": True})
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    # What the reader does

    def go(self, steps: int) -> None:
        """Back or Forward as the browser's own buttons do it."""
        history = self._history()
        index = history["currentIndex"] + steps
        if not 0 <= index < len(history["entries"]):
            return
        self._asked("Page.navigateToHistoryEntry", {"entryId": history["entries"][index]["id"]})
        self.until(lambda: self._history()["currentIndex"] == index)

    def touch(self, kind: str, x: float | None = None, y: float | None = None) -> None:
        """A finger on the exit, or at a place: ``Start``, ``Move``, ``End``, ``Cancel``."""
        if x is None or y is None:
            x, y = self.middle_of_exit()
        points = [] if kind in ("End", "Cancel") else [{"x": x, "y": y}]
        self.cdp.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points})

    def mouse(self, kind: str, button: str = "left") -> None:
        x, y = self.middle_of_exit()
        event = {"type": f"mouse{kind}", "x": x, "y": y, "button": button, "clickCount": 1}
        self.cdp.send("Input.dispatchMouseEvent", event)

    def key(self, name: str) -> None:
        text = {"text": "\r", "windowsVirtualKeyCode": 13} if name == "Enter" else {}
        self.cdp.send("Input.dispatchKeyEvent", {"type": "keyDown", "key": name, "code": name, **text})
        self.cdp.send("Input.dispatchKeyEvent", {"type": "keyUp", "key": name, "code": name})

    def middle_of_exit(self) -> tuple[float, float]:
        """The bar is as wide as the screen and stands at its bottom."""
        size = self.page.viewport_size or {"width": 0, "height": 0}
        return size["width"] / 2, size["height"] - 20

    def until(self, holds: Callable[[], bool], within: float = 8) -> None:
        end = time.monotonic() + within
        while not holds():
            assert time.monotonic() < end, self.entries()
            self.page.wait_for_timeout(40)

    def until_at(self, address: str) -> Tab:
        self.until(lambda: self.now() == address)
        return self

    def _history(self) -> dict:
        return self._asked("Page.getNavigationHistory", {})

    def _asked(self, method: str, parameters: dict) -> dict:
        """Asked again where the page is just being swapped for another, or is not drawn yet."""
        for _ in range(100):
            try:
                return self.cdp.send(method, parameters)
            except Error as error:
                if not any(reason in str(error) for reason in NOT_YET):
                    raise
                self.page.wait_for_timeout(40)
        raise AssertionError("the tab has no page")


def colours(png: bytes, without: int = 0) -> set[bytes]:
    """The colours of an 8-bit RGB or RGBA picture, ``without`` so many columns at each side, where a scroll bar lies."""
    at, data, width, depth = 8, b"", 0, 3
    while at < len(png):
        size, kind = struct.unpack(">I4s", png[at : at + 8])
        body = png[at + 8 : at + 8 + size]
        if kind == b"IHDR":
            width, depth = struct.unpack(">I", body[:4])[0], {2: 3, 6: 4}[body[9]]
        elif kind == b"IDAT":
            data += body
        at += size + 12
    raw, stride = zlib.decompress(data), width * depth
    above, found = bytes(stride), set()
    for start in range(0, len(raw), stride + 1):
        above = _unfiltered(raw[start], raw[start + 1 : start + 1 + stride], above, depth)
        found |= _in_row(above, depth, without)
    return found


# A blank page is one row again and again.
@functools.lru_cache(maxsize=4)
def _in_row(row: bytes, depth: int, without: int) -> set[bytes]:
    return {row[i : i + depth] for i in range(without * depth, len(row) - without * depth, depth)}


@functools.lru_cache(maxsize=4)
def _unfiltered(kind: int, differences: bytes, above: bytes, depth: int) -> bytes:
    """One row of a PNG from its differences (PNG specification, 9.2)."""
    row = bytearray(differences)
    for i in range(len(row)):
        left = row[i - depth] if i >= depth else 0
        corner = above[i - depth] if i >= depth else 0
        row[i] = (row[i] + _predicted(kind, left, above[i], corner)) & 255
    return bytes(row)


def _predicted(kind: int, left: int, up: int, corner: int) -> int:
    if kind < 3:
        return (0, left, up)[kind]
    if kind == 3:
        return (left + up) // 2
    return min((left, up, corner), key=lambda one: abs(left + up - corner - one))
