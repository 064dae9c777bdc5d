"""Firefox as Debian ships it, driven over its own remote protocol (Marionette): no driver to install."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.browser.remote import Remote

ENTRIES = (
    "const history = gBrowser.selectedBrowser.browsingContext.sessionHistory;"
    "return Array.from({length: history.count}, (_, i) => history.getEntryAtIndex(i).URI.spec)"
)


class Firefox(Remote):
    def __init__(self, port: int) -> None:
        self._socket = _connected(port)
        self._stream = self._socket.makefile("rb")
        self._read()  # the greeting
        self._ask("NewSession", capabilities={"alwaysMatch": {"pageLoadStrategy": "none"}})

    def begin_anew(self) -> None:
        """A new tab, without a history, and no other."""
        before = self.tabs()
        new = self._ask("NewWindow", type="tab")["handle"]
        for tab in before:
            self.turn_to(tab)
            self._ask("CloseWindow")
        self.turn_to(new)

    def entries(self) -> list[str]:
        """The tab's Back list, asked of the browser itself."""
        self._send("Marionette:SetContext", value="chrome")
        found = self.run(ENTRIES)
        self._send("Marionette:SetContext", value="content")
        return list(found)

    def _ask(self, command: str, **parameters: Any) -> Any:
        return self._send(f"WebDriver:{command}", **parameters)

    def _send(self, command: str, **parameters: Any) -> Any:
        text = json.dumps([0, 1, command, parameters]).encode()
        self._socket.sendall(b"%d:%s" % (len(text), text))
        _, _, error, result = self._read()
        assert error is None, error
        return result.get("value", result) if isinstance(result, dict) else result

    def _read(self) -> Any:
        size = b""
        while (char := self._stream.read(1)) != b":":
            size += char
        return json.loads(self._stream.read(int(size)))


def _connected(port: int) -> socket.socket:
    for _ in range(300):
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=60)
        except OSError:
            time.sleep(0.1)
    raise AssertionError("Firefox did not start")


@contextmanager
def firefox(profile: Path, port: int, preferences: str = "") -> Iterator[Firefox]:
    """``preferences``: lines of a profile's user.js."""
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    assert program, "Firefox is missing: install firefox-esr with the system's package manager"
    (profile / "user.js").write_text(
        f'user_pref("marionette.port", {port});\nuser_pref("network.dns.localDomains", "");\n'
        'user_pref("datareporting.policy.dataSubmissionEnabled", false);\nuser_pref("app.update.auto", false);\n'
        + preferences
    )
    command = [
        program,
        "-headless",
        "-marionette",
        "-remote-allow-system-access",
        "-profile",
        str(profile),
        "about:blank",
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield Firefox(port)
    finally:
        process.terminate()
        process.wait(20)
