"""A browser driven over WebDriver's commands, whatever carries them: what its user sees and does.

Nothing waits for a page to load by itself: what is tested is what stands on the screen while it does not.
"""

from __future__ import annotations

import base64
import time
from collections.abc import Callable
from typing import Any

from tests.browser.tab import EXIT, colours

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
SCROLL_BAR = 16  # pixels
KEYS = {"Escape": "\ue00c", "Shift": "\ue008", "Enter": "\ue007"}


class PageWent(AssertionError):
    """The page was left while it was asked something."""


class Remote:
    """``_ask`` sends one of WebDriver's commands, by Firefox's name for it, and returns its value."""

    def _ask(self, command: str, **parameters: Any) -> Any:
        raise NotImplementedError

    # What the reader does

    def go(self, address: str) -> None:
        self._ask("Navigate", url=address)
        self.until_at(address)

    def click(self, selector: str) -> None:
        self._ask("ElementClick", id=self._find(selector))

    def write(self, selector: str, text: str) -> None:
        self._ask("ElementSendKeys", id=self._find(selector), text=text)

    def press(self, selector: str = EXIT) -> None:
        """The mouse goes to it and its button down."""
        to = {"type": "pointerMove", "duration": 0, "x": 0, "y": 0, "origin": {ELEMENT: self._find(selector)}}
        self._point(to, {"type": "pointerDown", "button": 0})

    def release(self) -> None:
        self._point({"type": "pointerUp", "button": 0})

    def key(self, name: str) -> None:
        does = [{"type": f"key{way}", "value": KEYS[name]} for way in ("Down", "Up")]
        self._ask("PerformActions", actions=[{"type": "key", "id": "keys", "actions": does}])

    def back(self) -> str:
        """Where Back leads."""
        before = self.address()
        self._ask("Back")
        end = time.monotonic() + 2
        while self.address() == before and time.monotonic() < end:
            time.sleep(0.05)
        return self.address()

    def open_tab(self, address: str) -> None:
        handle = self._ask("NewWindow", type="tab")["handle"]
        self.turn_to(handle)
        self.go(address)

    def turn_to(self, tab: str) -> None:
        self._ask("SwitchToWindow", handle=tab)

    # What the reader sees

    def run(self, script: str) -> Any:
        return self._ask("ExecuteScript", script=script, args=[])

    def address(self) -> str:
        return str(self._ask("GetCurrentURL"))

    def title(self) -> str:
        return str(self._ask("GetTitle"))

    def tabs(self) -> list[str]:
        return list(self._ask("GetWindowHandles"))

    def is_blank(self) -> bool:
        """Whether all that is on the screen is one colour, but for a scroll bar."""
        return len(colours(base64.b64decode(self._ask("TakeScreenshot", full=False)), without=SCROLL_BAR)) == 1

    def until(self, holds: Callable[[], Any], within: float = 30) -> None:
        end = time.monotonic() + within
        while not holds():
            assert time.monotonic() < end, self.address()
            time.sleep(0.05)

    def until_at(self, address: str) -> None:
        """And the page is there: an engine names the address before the page of before has gone."""
        self.until(lambda: self._has_loaded() == address)

    def _has_loaded(self) -> str | bool:
        try:
            return self.run("return document.readyState != 'loading' && location.href")
        except PageWent:
            return False

    def _find(self, selector: str) -> str:
        """An element, when it has come."""
        end = time.monotonic() + 20
        while True:
            try:
                return str(self._ask("FindElement", using="css selector", value=selector)[ELEMENT])
            except AssertionError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.1)

    def _point(self, *does: dict[str, Any]) -> None:
        mouse = {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": list(does)}
        self._ask("PerformActions", actions=[mouse])
