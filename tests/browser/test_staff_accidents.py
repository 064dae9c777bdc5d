"""Accidents of every kind, drawn by seeds: whatever happens in whatever order, not one word that was typed is missing."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from contextlib import suppress

from playwright.sync_api import BrowserContext, Error, Page, expect

from tests.browser.staff_server import StaffServer, add_sentence, button, log_out

WRITTEN = "types/group-attacks"
ACTS, SEEDS = 30, (16, 17)
DRAFTS = f"print(json.dumps([json.dumps(one.typed) for one in Draft.objects.filter(page__path={WRITTEN!r})]))"
COPIES = "() => Object.keys(localStorage).filter(key => key.startsWith('typed '))"


class Writer:
    """She writes one text in several windows of one browser. ``typed`` is every word that she has typed."""

    def __init__(self, rooms: StaffServer, first: Page, chance: random.Random, typed: list[str]) -> None:
        self.rooms, self.chance, self.context = rooms, chance, first.context
        self.log_in = [one for one in first.context.cookies() if one["name"] == "session"]
        self.address = rooms.unit(WRITTEN, "en")
        self.windows, self.typed = [first], typed
        first.goto(self.address)

    def acts(self) -> list[Callable[[Page], None]]:
        return [
            self.type_in, self.type_in, self.type_in, self.type_in, self.save, self.reload, self.open_window, self.close,
            self.put_in, self.see_both, self.go_offline, self.go_online, self.restart, self.log_in_ends, self.log_in_again,
        ]  # fmt: skip

    def type_in(self, page: Page) -> None:
        if not page.locator("#id_body").count():
            # An error of the browser or the log-in stands there: she waits for the line, logs in and goes on.
            self.go_online(page)
            self.log_in_again(page)
            self.reload(page)
        if page.locator("#id_body").count():
            self.typed.append(f"word{len(self.typed):03d}")
            add_sentence(page, self.typed[-1])

    def save(self, page: Page) -> None:
        if page.locator("#id_body").count():
            button(page, "Save draft").click()

    def reload(self, page: Page) -> None:
        with suppress(Error):
            page.goto(self.address)

    def open_window(self, _page: Page) -> None:
        self.windows.append(self.context.new_page())
        self.reload(self.windows[-1])

    def close(self, page: Page) -> None:
        if len(self.windows) > 1:
            self.windows.remove(page)
            page.close()

    def put_in(self, page: Page) -> None:
        put = page.get_by_role("button", name="Put it in the form").first
        if put.count():
            put.click()

    def see_both(self, page: Page) -> None:
        link = page.get_by_text("Reload to see both")
        if link.count():
            link.click()

    def go_offline(self, _page: Page) -> None:
        self.context.set_offline(True)

    def go_online(self, _page: Page) -> None:
        self.context.set_offline(False)

    def restart(self, _page: Page) -> None:
        self.rooms.stop()
        self.rooms.start()

    def log_in_ends(self, _page: Page) -> None:
        self.context.clear_cookies(name="session")

    def log_in_again(self, _page: Page) -> None:
        self.context.add_cookies(self.log_in)  # type: ignore[arg-type]

    def comes_back(self) -> Page:
        """All windows are closed, the line is back, she has logged in and opens the text once more."""
        self.go_online(self.windows[0])
        self.log_in_again(self.windows[0])
        for page in self.windows:
            page.wait_for_timeout(500)
            page.close()
        page = self.context.new_page()
        page.goto(self.address)
        return page


def test_whatever_happens_in_whatever_order_not_one_word_is_missing_and_at_log_out_the_device_keeps_none(
    new_context: Callable[..., BrowserContext], rooms: StaffServer
):
    page = rooms.enter(new_context, "nadia")
    page.context.set_default_timeout(20_000)
    page.context.on("dialog", lambda dialog: dialog.accept())
    typed = list[str]()
    for seed in SEEDS:
        writer = Writer(rooms, page, random.Random(seed), typed)
        for _ in range(ACTS):
            window = writer.chance.choice(writer.windows)
            writer.chance.choice(writer.acts())(window)
            writer.windows[0].wait_for_timeout(writer.chance.choice([0, 100, 1500]))
        page = writer.comes_back()
    kept = [json.dumps(page.evaluate("({...localStorage})")), *page.locator(".kept-offer").all_text_contents()]
    found = "\n".join([*rooms.python(DRAFTS), *kept])
    assert len(typed) > 5
    assert [one for one in typed if one not in found] == []

    page.context.set_offline(True)
    add_sentence(page, "Typed without a line.")
    page.wait_for_function(f"({COPIES})().length > 0")
    page.context.set_offline(False)
    page.goto("/staff/")
    log_out(page)
    expect(page.get_by_role("link", name="Log in again")).to_be_visible()
    assert page.evaluate(COPIES) == []
