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


def sent(kavitha: Page, rooms: StaffServer, text: str, sentence: str) -> str:
    """The writer sends the text with a sentence at its end for review; the address of her draft."""
    kavitha.goto(rooms.unit(PATH, "ta"))
    kavitha.locator("#id_body").fill(text)
    add_sentence(kavitha, sentence)
    button(kavitha, "Save and ask for review").click()
    kavitha.get_by_text("It now waits for review").wait_for()
    return urlsplit(kavitha.url).path


def remark(mei: Page, draft: str) -> None:
    """The reader finds the draft on her first page, and says something of the new sentence."""
    mei.goto("/staff/")
    mei.locator("section", has_text="Waits for a colleague to read it").locator(f"a[href='{draft}']").click()
    choice = mei.locator("#sentence option", has_text=SENTENCE).get_attribute("value")
    mei.locator("#sentence").select_option(value=choice)
    mei.get_by_label("Your remark").fill("Would your aunt say it like this?")
    fits(mei)
    button(mei, "Keep this remark").click()
    expect(mei.locator(".remark")).to_contain_text(["Would your aunt say it like this?"])


def answer(kavitha: Page, rooms: StaffServer, draft: str) -> None:
    """The writer sees it above her form, and answers on the page of her draft."""
    kavitha.goto(rooms.unit(PATH, "ta"))
    expect(kavitha.locator(".remark blockquote")).to_have_text([SENTENCE])
    kavitha.goto(draft)
    kavitha.locator(".remark summary").click()
    fits(kavitha)
    kavitha.get_by_label("Your answer").fill("No. I have made it plainer.")
    button(kavitha, "Answer").click()
    kavitha.get_by_text("Answered.").wait_for()


def find_right(mei: Page, draft: str) -> None:
    """The reader settles her remark, and says that she has read the draft."""
    mei.goto(draft)
    expect(mei.locator(".remark")).to_contain_text("This sentence is not in the text any more")
    expect(mei.locator(".answer")).to_contain_text("No. I have made it plainer.")
    mei.locator(".remark summary").click()
    button(mei, "It is settled").click()
    expect(mei.locator(".remark .state.good")).to_have_text("Settled")
    button(mei, "I have read this and it is right").click()
    mei.get_by_text("Thank you.").wait_for()


def publish_what_was_read(aminah: Page, draft: str) -> None:
    aminah.goto("/staff/")
    row = aminah.locator("section", has_text="Waits for review").locator("li", has=aminah.locator(f"a[href='{draft}']"))
    expect(row).to_contain_text("mei has read it: it is right")
    row.get_by_role("link").click()
    publish(aminah)


def test_three_people_write_read_and_publish_a_text_and_its_history_names_them(enter, rooms):
    kavitha = enter("kavitha", **PHONE)
    mei, aminah = enter("mei", java_script_enabled=False, **PHONE), enter("aminah")
    kavitha.goto(rooms.unit(PATH, "ta"))
    before = kavitha.locator("#id_body").input_value()
    draft = sent(kavitha, rooms, before, SENTENCE)
    remark(mei, draft)
    answer(kavitha, rooms, draft)
    sent(kavitha, rooms, before, BETTER)
    find_right(mei, draft)
    publish_what_was_read(aminah, draft)

    kavitha.goto("/staff/")
    news = kavitha.locator("#news li", has=kavitha.locator(f"a[href='{draft}']"))
    expect(news).to_contain_text("Published by aminah.")
    fits(kavitha)
    news.get_by_role("button").click()
    expect(news).to_have_count(0)

    aminah.goto(f"/staff/pages/{PATH}/ta/history/")
    newest = aminah.locator("tbody tr").first
    for named in ("written by kavitha", "read by mei", "published by aminah"):
        expect(newest).to_contain_text(named)
    expect(aminah.locator("#remarks")).to_contain_text("Would your aunt say it like this?")
    mei.goto("/staff/happened/?part=ta&page=" + PATH)
    told = [" ".join(one.split()[1:3]) for one in mei.locator(ROW).all_inner_texts()]
    assert told[:5] == ["aminah published", "mei read", "mei settled", "kavitha sent", "kavitha answered"]
