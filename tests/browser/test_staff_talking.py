"""Three people on one text: a writer on a phone, a reader on a phone without script, and a publisher at a desk."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.staff_server import StaffServer, add_sentence, button, publish

PATH = "types/fake-images"
PHONE = {"viewport": {"width": 360, "height": 700}}
SENTENCE = "எனக்கு உதவி வேண்டும் என்று சொல்லுங்கள்."
BETTER = "உதவி கேளுங்கள்."
ROW = ".differences li"


@pytest.fixture
def enter(new_context, rooms: StaffServer):
    return lambda name, **how: rooms.enter(new_context, name, **how)


def fits(page: Page) -> None:
    """Nothing goes sideways, everything open; what a finger presses is big enough."""
    assert page.evaluate("document.scrollingElement.scrollWidth") <= page.viewport_size["width"]
    small = page.locator(".remark button, .sentences button, .remark summary, .sentences summary, #news button")
    assert [box["height"] for one in small.all() if (box := one.bounding_box()) and box["height"] < 47] == []


def test_three_people_write_read_and_publish_a_text_and_its_history_names_them(enter, rooms):
    kavitha = enter("kavitha", **PHONE)
    mei, aminah = enter("mei", java_script_enabled=False, **PHONE), enter("aminah")
    kavitha.goto(rooms.unit(PATH, "ta"))
    before = kavitha.locator("#id_body").input_value()
    add_sentence(kavitha, SENTENCE)
    button(kavitha, "Save and ask for review").click()
    kavitha.get_by_text("It now waits for review").wait_for()
    draft = urlsplit(kavitha.url).path

    mei.goto("/staff/")
    waits = mei.locator("section", has_text="Waits for a colleague to read it")
    waits.locator(f"a[href='{draft}']").click()
    number = mei.locator("#sentence option", has_text=SENTENCE).get_attribute("value")
    mei.locator("#sentence").select_option(value=number)
    mei.get_by_label("Your remark").fill("Would your aunt say it like this?")
    fits(mei)
    button(mei, "Keep this remark").click()
    expect(mei.locator(".remark")).to_contain_text(["Would your aunt say it like this?"])

    kavitha.goto(rooms.unit(PATH, "ta"))
    expect(kavitha.locator(".remark blockquote")).to_have_text([SENTENCE])
    kavitha.goto(draft)
    kavitha.locator(".remark summary").click()
    fits(kavitha)
    kavitha.get_by_label("Your answer").fill("No. I have made it plainer.")
    button(kavitha, "Answer").click()
    kavitha.get_by_text("Answered.").wait_for()
    kavitha.goto(rooms.unit(PATH, "ta"))
    kavitha.locator("#id_body").fill(before)
    add_sentence(kavitha, BETTER)
    button(kavitha, "Save and ask for review").click()
    kavitha.get_by_text("It now waits for review").wait_for()

    mei.goto(draft)
    expect(mei.locator(".remark")).to_contain_text("This sentence is not in the text any more")
    expect(mei.locator(".answer")).to_contain_text("No. I have made it plainer.")
    mei.locator(".remark summary").click()
    button(mei, "It is settled").click()
    expect(mei.locator(".remark .state.good")).to_have_text("Settled")
    button(mei, "I have read this and it is right").click()
    mei.get_by_text("Thank you.").wait_for()

    aminah.goto("/staff/")
    row = aminah.locator("section", has_text="Waits for review").locator("li", has=aminah.locator(f"a[href='{draft}']"))
    expect(row).to_contain_text("mei has read it: it is right")
    row.get_by_role("link").click()
    publish(aminah)

    kavitha.goto("/staff/")
    expect(kavitha.locator("#news")).to_contain_text("Published by aminah.")
    fits(kavitha)
    kavitha.locator("#news").get_by_role("button").first.click()
    expect(kavitha.locator("#news")).to_have_count(0)

    aminah.goto(f"/staff/pages/{PATH}/ta/history/")
    newest = aminah.locator("tbody tr").first
    expect(newest).to_contain_text("written by kavitha")
    expect(newest).to_contain_text("read by mei")
    expect(newest).to_contain_text("published by aminah")
    expect(aminah.locator("#remarks")).to_contain_text("Would your aunt say it like this?")
    mei.goto("/staff/happened/?part=ta&page=" + PATH)
    told = [" ".join(one.split()[1:3]) for one in mei.locator(ROW).all_inner_texts()]
    assert told[:5] == ["aminah published", "mei read", "mei settled", "kavitha sent", "kavitha answered"]
