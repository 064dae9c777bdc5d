"""Measures our quick exit and govuk-frontend's "Exit this page" the same way: prints a table for docs/quick-exit.md.

    .venv/bin/python -m bench.quick_exit

Needs npm (for govuk-frontend, into a temporary folder) and a Chromium.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import tarfile
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import brotli
import rjsmin
from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import BROWSER_ARGUMENTS, HOST, ROOT, start_server
from tests.browser.find_chromium import find
from tests.browser.outside import SEARCH, WEATHER, Outside, outside_world
from tests.browser.tab import PHONE, Tab

GOVUK_HOST = "service.localhost"
TOUCHES = 15
BLOCK = b"\xff\x00\xff"
# From the touch to the first frame drawn after the page is hidden, told by the page itself.
PROBE = """addEventListener("touchstart", (event) => { const from = event.timeStamp;
  const look = () => requestAnimationFrame((now) => {
    const exit = document.querySelector("[data-exit]");
    const over = document.querySelector(".govuk-exit-this-page-overlay");
    const isHidden = over || exit && getComputedStyle(exit, "::before").visibility == "visible";
    if (isHidden) console.log("hidden " + (performance.now() - from));
    else look(); });
  look(); }, {capture: true, once: true});"""


class Govuk:
    """Five plain pages with the component as its documentation has it: its own markup, style and script."""

    def __init__(self, folder: Path, target: str) -> None:
        subprocess.run(["npm", "pack", "--silent", "govuk-frontend"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        with tarfile.open(next(folder.glob("*.tgz"))) as archive:
            archive.extractall(folder, filter="data")
        dist = folder / "package" / "dist" / "govuk"
        self.version = json.loads((folder / "package" / "package.json").read_text())["version"]
        self.script = (dist / "govuk-frontend.min.js").read_bytes()
        self.style = (dist / "govuk-frontend.min.css").read_bytes()
        self.component = (dist / "components" / "exit-this-page" / "exit-this-page.bundle.mjs").read_text()
        shown = json.loads((dist / "components" / "exit-this-page" / "fixtures.json").read_text())["fixtures"][0]
        self.button = shown["html"].replace(shown["options"]["redirectUrl"], target)

    def page(self, number: int) -> bytes:
        following = f"<p><a id='next' href='/{number + 1}'>Next page</a></p>" if number < 5 else ""
        return (
            "<!doctype html><html lang=en class=govuk-template><meta charset=utf-8>"
            "<meta name=viewport content='width=device-width, initial-scale=1, viewport-fit=cover'>"
            f"<title>Page {number} of a service</title><link rel=icon href=data:,><link rel=stylesheet href=/govuk.css>"
            "<body class=govuk-template__body><script>document.body.className += ' js-enabled' + "
            "('noModule' in HTMLScriptElement.prototype ? ' govuk-frontend-supported' : '');</script>"
            f"{self.button}<main><div style='height: 100px; background: #f0f'></div>"
            f"<h1>Page {number}</h1><p>{'Some words to read. ' * 60}</p>"
            f"{following}</main>"
            "<script type=module>import { initAll } from '/govuk.js'; initAll()</script>"
        ).encode()

    def serve(self) -> ThreadingHTTPServer:
        govuk = self

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                kinds = {"/govuk.js": ("text/javascript", govuk.script), "/govuk.css": ("text/css", govuk.style)}
                number = int(self.path[1:]) if self.path[1:].isdigit() else 1
                kind, body = kinds.get(self.path, ("text/html", govuk.page(number)))
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: object) -> None:
                """Says nothing."""

        http = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        threading.Thread(target=http.serve_forever, daemon=True).start()
        return http


class Measured:
    """One of the two, measured; every row is a method so that the two cannot be measured differently."""

    def __init__(
        self, browser: Browser, outside: Outside, first: str, exit_link: str, following: str, host: str
    ) -> None:
        self.browser, self.outside, self.first = browser, outside, first
        self.exit, self.following, self.host = exit_link, following, host

    def reader(self, **more: object) -> Tab:
        tab = Tab(self.browser.new_context(**{**PHONE, **more})).arrive(self.outside, self.first)
        tab.page.wait_for_load_state("load")
        return tab

    def left(self, tab: Tab) -> list[str]:
        return [url for url in tab.entries() if self.host in url]

    def entries_after_five_pages_and_one_back(self) -> tuple[str, str]:
        tab = self.reader()
        for _ in range(4):
            here = tab.page.url
            tab.page.locator(self.following).first.evaluate("link => link.click()")
            tab.page.wait_for_url(lambda url, here=here: url != here, wait_until="load")
        tab.page.locator(self.exit).tap()
        tab.until_at(self.outside.target)
        entries = len(self.left(tab))
        tab.go(-1)
        time.sleep(0.5)
        shows = (
            "the page before"
            if SEARCH in tab.now()
            else ("our page, blank" if tab.is_blank() else "the last page, whole")
        )
        tab.page.context.close()
        return str(entries), shows

    def referer(self) -> str:
        self.outside.asked.clear()
        tab = self.reader()
        tab.page.locator(self.exit).tap()
        tab.until_at(self.outside.target)
        tab.page.context.close()
        return self.outside.requests_to(WEATHER)[-1].get("referer", "none").replace(self.first.split("/")[2], "ORIGIN")

    def hidden(self, **more: object) -> tuple[str, str]:
        """While the finger is down, and while the target is slow."""
        tab = self.reader(**more)
        assert self.seen(tab) == "visible"
        x, y = self.place(tab) if not more else self.resting
        self.resting = x, y
        with self.outside.slow():
            tab.touch("Start", x, y)
            time.sleep(0.4)
            down = self.seen(tab)
            tab.touch("End", x, y)
            asked = self.outside.has_been_asked()
            time.sleep(0.4)
            waiting = self.seen(tab) if asked else "does not leave"
        tab.page.context.close()
        return down, waiting

    def other_tab(self) -> str:
        tab = self.reader()
        other = Tab(tab.page.context).arrive(self.outside, self.first)
        tab.page.locator(self.exit).tap()
        tab.until_at(self.outside.target)
        time.sleep(1)
        found = "leaves" if other.now() == self.outside.target else "stays"
        tab.page.context.close()
        return found

    def touch_to_hidden(self, slower: int) -> str:
        times = []
        for _ in range(TOUCHES):
            tab = self.reader()
            said: list[str] = []
            tab.page.on("console", lambda message, said=said: said.append(message.text))
            tab.cdp.send("Emulation.setCPUThrottlingRate", {"rate": slower})
            x, y = self.place(tab)
            tab.run(PROBE)
            with self.outside.slow():
                tab.touch("Start", x, y)
                time.sleep(0.09)  # an ordinary tap
                tab.touch("End", x, y)
                tab.until(lambda said=said: any(text.startswith("hidden") for text in said))
            times.append(float(next(text for text in said if text.startswith("hidden")).split()[1]))
            tab.page.context.close()
        return f"{statistics.median(times):.0f} (max {max(times):.0f})"

    def place(self, tab: Tab) -> tuple[float, float]:
        box = tab.page.locator(self.exit).bounding_box()
        assert box
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def seen(self, tab: Tab) -> str:
        """Hidden: of theirs no pixel of the block that every page has; of ours nothing but one colour."""
        return "visible" if tab.shows(BLOCK) or (self.host == HOST and not tab.is_blank()) else "hidden"


def rows(measured: Measured) -> list[tuple[str, str]]:
    entries, back = measured.entries_after_five_pages_and_one_back()
    down, waiting = measured.hidden()
    down_without, waiting_without = measured.hidden(java_script_enabled=False)
    return [
        ("entries left in the tab after five pages", entries),
        ("one Back shows", back),
        ("Referer that the target gets", measured.referer()),
        ("while the finger is still down", down),
        ("while the target is slow", waiting),
        ("the same without script, finger down", down_without),
        ("the same without script, target slow", waiting_without),
        ("another open tab", measured.other_tab()),
        (f"touch to hidden, ms, median of {TOUCHES}, 90 ms tap", measured.touch_to_hidden(1)),
        (f"the same at a 6 times slower processor, {TOUCHES} touches", measured.touch_to_hidden(6)),
    ]


def size(script: str) -> str:
    small = rjsmin.jsmin(script)
    return f"{len(small):,} ({len(brotli.compress(small.encode())):,})"


def main() -> None:
    with outside_world() as outside, tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        govuk = Govuk(Path(folder), outside.target)
        http = govuk.serve()
        data = Path(folder) / "data"
        data.mkdir()
        server, process = start_server(data, EXIT_URL=outside.target)
        browser = playwright.chromium.launch(
            executable_path=find(), args=BROWSER_ARGUMENTS, ignore_default_args=["--disable-back-forward-cache"]
        )
        theirs = Measured(
            browser,
            outside,
            f"http://{GOVUK_HOST}:{http.server_port}/1",
            ".govuk-js-exit-this-page-button",
            "#next",
            GOVUK_HOST,
        )
        ours = Measured(
            browser,
            outside,
            f"{server.url}/en/first-response/first-hour/",
            "[data-exit]",
            ".neighbours a:last-child",
            HOST,
        )
        print(f"Chromium {browser.version}, govuk-frontend {govuk.version}\n")
        print("| | ours | govuk-frontend |\n|---|---|---|")
        for (name, mine), (_, yours) in zip(rows(ours), rows(theirs), strict=True):
            print(f"| {name} | {mine} | {yours} |")
        script = (ROOT / "templates/inline/leave.js").read_text()
        print(f"| script, bytes, rjsmin (and brotli) | {size(script)} | {size(govuk.component)} |")
        browser.close()
        process.terminate()
        http.shutdown()


if __name__ == "__main__":
    main()
