"""A page of its own, from the room of its section to readers in four languages and away again."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.staff_server import StaffServer, button
from tests.browser.test_staff_publishing import open_records, seen_in
from toolkit.texts.languages import LANGUAGES

PATH = "platforms/friendster"
WORDS = {"en": "Words to read", "ms": "Kata untuk dibaca", "ta": "படிக்க வார்த்தைகள்", "zh-hans": "给人读的字"}


def begin(editor: Page) -> None:
    editor.goto("/staff/pages/platforms/")
    editor.get_by_role("link", name="Make a page here").click()
    for name, said in {
        "name": "friendster",
        "heading": "Report on Friendster",
        "source_title": "Help pages",
        "source_publisher": "Friendster",
        "source_url": "https://help.friendster.example.org/report",
    }.items():
        editor.locator(f"[name='{name}']").fill(said)
    button(editor, "Begin the page").click()
    editor.get_by_text("Begun. Its texts are drafts now").wait_for()


def fill_in(editor: Page, rooms: StaffServer, language: str) -> None:
    """Puts words in the place of everything in double brackets."""
    editor.goto(rooms.unit(PATH, language))
    for name in ("title", "heading", "summary", "body"):
        field = editor.locator(f"[name='{name}']")
        text = field.input_value()
        while "[[" in text:
            before, _, rest = text.partition("[[")
            text = before + WORDS[language] + rest.partition("]]")[2]
        field.fill(text)
    if language != "en":
        editor.locator("[name='follows_today']").check()
    button(editor, "Save draft").click()
    editor.get_by_text("Draft saved. Readers do not see it yet.").wait_for()


def test_a_page_is_made_reviewed_read_in_four_languages_exported_and_retired(new_context, rooms: StaffServer):
    editor, publisher = rooms.enter(new_context, "mei"), rooms.enter(new_context, "aminah")
    reader = rooms.reader(new_context)
    begin(editor)
    editor.goto(rooms.unit(PATH, "facts"))
    open_records(editor)
    editor.locator("[name='routes-0-platform']").fill("Friendster")
    editor.locator("[name='routes-0-url']").fill("https://help.friendster.example.org/report")
    button(editor, "Save draft").click()
    editor.get_by_text("Draft saved. Readers do not see it yet.").wait_for()
    for language in LANGUAGES:
        fill_in(editor, rooms, language)
    editor.goto(f"/staff/make/{PATH}/")
    button(editor, "Ask for review of my texts that are right").click()
    editor.get_by_text("5 texts wait for review.").wait_for()
    assert reader.goto(f"/en/{PATH}/").status == 404

    publisher.goto("/staff/pages/platforms/")
    publisher.get_by_role("link", name=f"/{PATH}/").click()
    publisher.locator("[name='reason']").fill("A new platform")
    button(publisher, "Publish the page").click()
    publisher.get_by_text("Published. Readers see it now.").wait_for()
    for language, words in WORDS.items():
        assert seen_in(reader, PATH, words) == [language]
    rooms.manage("content_export")
    assert {one.name for one in (rooms.content / PATH).iterdir()} == {
        "page.toml", "en.md", "ms.md", "ta.md", "zh-hans.md",
    }  # fmt: skip

    publisher.goto(f"/staff/pages/{PATH}/address/")
    publisher.locator("#take-down button").click()
    publisher.locator("[name='reason']").fill("It has closed")
    button(publisher, "Publish now").click()
    publisher.get_by_text("Published. Readers see it now.").wait_for()
    assert reader.goto(f"/ta/{PATH}/").status == 410
