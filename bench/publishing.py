"""How long it takes from the button "Publish now" until a reader's page has the new text, in two real browsers.

    .venv/bin/python -m bench.publishing [TIMES]

That the first request after the publication has it is tested (tests/browser/test_staff_publishing.py). Wanted: 95 of
100 within two seconds, the publisher's own next page included.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "toolkit.settings")
django.setup()

from playwright.sync_api import Page, sync_playwright  # noqa: E402

from tests.browser.conftest import BROWSER_ARGUMENTS  # noqa: E402
from tests.browser.find_chromium import find  # noqa: E402
from tests.browser.staff_server import add_sentence, button, fill_in_publication, open_rooms  # noqa: E402

PATH, WANTED = "types/threats", 2.0


def measure(publisher: Page, reader: Page, screen: str, sentence: str) -> float:
    """Seconds from the button until the reader's page has the sentence."""
    publisher.goto(screen)
    add_sentence(publisher, sentence)
    button(publisher, "Save and go to publish").click()
    fill_in_publication(publisher)
    start = time.perf_counter()
    button(publisher, "Publish now").click()
    publisher.get_by_text("Published. Readers see it now.").wait_for()
    reader.goto(f"/en/{PATH}/")
    assert sentence in reader.content()
    return time.perf_counter() - start


def main(times: int) -> None:
    with tempfile.TemporaryDirectory() as folder, open_rooms(Path(folder)) as rooms, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=BROWSER_ARGUMENTS)
        publisher, reader = rooms.enter(browser.new_context, "aminah"), rooms.reader(browser.new_context)
        taken = sorted(
            measure(publisher, reader, rooms.unit(PATH, "en"), f"Sentence {number}.") for number in range(times)
        )
        p50, p95 = taken[len(taken) // 2], taken[int(len(taken) * 0.95)]
        verdict = "within" if p95 <= WANTED else "OVER"
        print(f"{times} publications  p50 {p50:.2f}  p95 {p95:.2f}  max {taken[-1]:.2f} s  {verdict} {WANTED:.0f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
