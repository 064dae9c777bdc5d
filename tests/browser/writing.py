"""The editor of a text, as someone who writes finds and fills it."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Locator, Page

from tests.browser.staff_server import StaffServer

NOTE_VIOLATIONS = """
window.violations = [];
addEventListener("securitypolicyviolation", (event) => violations.push(`${event.violatedDirective} ${event.sample}`));
"""


def open_text(
    rooms: StaffServer,
    new_context: Callable[..., BrowserContext],
    name: str,
    path: str,
    part: str = "en",
    **how: object,
) -> Page:
    """The screen of a text, which notes in ``violations`` what its policy forbids."""
    page = rooms.enter(new_context, name, **how)
    page.add_init_script(NOTE_VIOLATIONS)
    page.goto(rooms.unit(path, part))
    return page


def editor(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Text", exact=True)


def empty(page: Page) -> None:
    """Leaves the cursor in it."""
    editor(page).click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")


def text_of(page: Page) -> str:
    """What the form would send."""
    return page.locator("#id_body").input_value()
