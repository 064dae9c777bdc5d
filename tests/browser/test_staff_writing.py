"""Writing a text in the rooms: how it looks, and what is said of it while it is typed."""

from __future__ import annotations

from functools import partial

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import assert_accessible
from tests.browser.staff_server import StaffServer, add_sentence, button
from tests.browser.writing import editor, empty, open_text, text_of


@pytest.fixture
def enter(new_context, rooms: StaffServer):
    return partial(open_text, rooms, new_context)


@pytest.fixture
def writer(new_context, rooms: StaffServer) -> Page:
    """An empty text, with the cursor in it."""
    page = open_text(rooms, new_context, "hana", "helpers/friend")
    empty(page)
    return page


def test_what_is_written_is_in_the_form_saved_by_itself_and_there_again(enter, rooms):
    page = enter("devi", "types/outing")
    before = text_of(page)
    editor(page).click()
    page.keyboard.press("Control+End")
    page.keyboard.type("\nTyped into the editor.")
    assert text_of(page) == before + "\nTyped into the editor."
    page.get_by_text("Draft saved at").wait_for()
    page.reload()
    expect(editor(page)).to_contain_text("Someone told others")
    assert text_of(page).rstrip().endswith("Typed into the editor.")
    assert page.evaluate("violations") == []


def test_what_is_put_into_the_field_from_elsewhere_shows_in_the_editor_and_can_be_undone(writer):
    add_sentence(writer, "Put back from a copy.")
    expect(editor(writer)).to_contain_text("Put back from a copy.")
    editor(writer).click()
    writer.keyboard.press("Control+z")
    assert text_of(writer) == ""


@pytest.mark.parametrize(("name", "part", "number", "kind"), [
    ("devi", "en", "15999", "Note"), ("yasmin", "ta", "15999", "Note"), ("lihua", "zh-hans", "15999", "Note"),
])  # fmt: skip
def test_facts_boxes_and_headings_look_as_they_do_on_the_page(enter, name, part, number, kind):
    page = enter(name, "types/threats", part)
    empty(page)
    text = 'Call {{ contact talian-kasih }}.\n\n## Words {#some-place}\n\n!!! note "A title"\n    In **bold**.\n\nEnd.'
    page.locator("#id_body").fill(text)
    assert text_of(page) == text
    here = page.locator("#writing")
    expect(here.locator(".w-chip")).to_contain_text(number)
    expect(here.locator(".w-box")).to_have_count(2)
    expect(here.locator(".w-kind")).to_have_text(kind)
    expect(here.locator(".w-bold")).to_have_text("bold")
    expect(here).not_to_contain_text("some-place")
    expect(here).not_to_contain_text("{{")

    here.locator(".w-h2").click()  # where she writes, the marks are seen
    expect(here).to_contain_text("{#some-place}")
    expect(here).not_to_contain_text("!!!")
    button(page, "Show the marks").click()
    expect(here).to_contain_text("{{ contact talian-kasih }}")
    expect(here).to_contain_text('!!! note "A title"')
    assert text_of(page) == text


def test_a_fact_that_does_not_exist_stays_as_it_is_typed_and_a_real_one_goes_as_a_whole(writer):
    writer.keyboard.type("{{ contact nobody-at-all }} {{ contact wao }}")
    expect(writer.locator(".w-unknown")).to_have_text("{{ contact nobody-at-all }}")
    expect(writer.locator(".w-chip")).to_have_count(1)
    writer.keyboard.press("Backspace")
    assert text_of(writer) == "{{ contact nobody-at-all }} "


def test_the_phone_stands_beside_the_text_before_anything_was_written(enter, rooms):
    page = enter("siti", "types/being-followed")
    frame = page.frame_locator("#live-preview iframe")
    expect(frame.locator("h1")).to_be_visible()
    expect(frame.locator("main")).not_to_contain_text("This is a draft")
    assert (
        rooms.python("print(Draft.objects.filter(author__username='siti', page__path='types/being-followed').count())")
        == 0
    )
    add_sentence(page, "Now it is a draft.")
    frame.get_by_text("Now it is a draft.").wait_for(state="attached")
    expect(frame.locator("main")).to_contain_text("This is a draft")


def test_the_tools_write_into_the_editor_and_each_is_one_step_to_undo(writer):
    writer.keyboard.type("word")
    for name, wanted in (
        ("Bold", "**word**"), ("Heading", "\n## word {#word}\n"), ("Box", '\n!!! note "…"\n    word\n'),
    ):  # fmt: skip
        writer.keyboard.press("Control+a")
        writer.locator(f".tools [title={name}], .tools button:text-is('{name}')").first.click()
        assert text_of(writer) == wanted
        writer.keyboard.press("Control+z")
        assert text_of(writer) == "word"
    writer.keyboard.press("Control+a")
    writer.get_by_label("Link to a page").select_option("/types/outing/")
    assert text_of(writer) == "[word](/types/outing/)"
    writer.keyboard.press("Control+End")
    writer.get_by_label("Put in a fact").select_option("{{ contact wao }}")
    assert text_of(writer).endswith("{{ contact wao }}")
    expect(writer.locator(".w-chip")).to_have_count(1)


def test_a_list_and_a_box_go_on_with_enter_and_end_with_a_second(writer):
    for typed in ("1. One\nTwo\n", "\nWords\n\n", '!!! note "Title"\nInside\n', "\n"):
        writer.keyboard.type(typed)
    writer.keyboard.type("Outside")
    assert text_of(writer) == '1. One\n2. Two\n\nWords\n\n!!! note "Title"\n    Inside\n\nOutside'


def test_the_keyboard_comes_in_and_goes_out_and_the_field_has_its_name(writer):
    expect(editor(writer)).to_have_attribute("aria-multiline", "true")
    expect(editor(writer)).to_have_accessible_description(
        "F8 goes to the next problem. Plain text, above, shows the text with all its marks."
    )
    editor(writer).focus()
    writer.keyboard.press("Tab")
    expect(editor(writer)).not_to_be_focused()
    writer.keyboard.press("Shift+Tab")
    expect(editor(writer)).to_be_focused()
    writer.keyboard.press("Shift+Tab")
    expect(button(writer, "Plain text")).to_be_focused()
    writer.get_by_text("Text", exact=True).click()
    expect(editor(writer)).to_be_focused()


def test_what_is_wrong_is_said_at_its_line_while_it_is_typed(writer):
    writer.keyboard.type("Words.\n\nCall 03-3000 8858 now.\n\nMore.")
    message = writer.locator(".w-message")
    message.wait_for()
    expect(message).to_contain_text("03-3000 8858")
    line = writer.locator(".w-wrong-line")
    expect(line).to_have_text("Call 03-3000 8858 now.")
    assert message.bounding_box()["y"] > line.bounding_box()["y"]
    writer.keyboard.press("F8")
    assert writer.evaluate("getSelection().toString()") == "Call 03-3000 8858 now."
    expect(writer.locator(".cm-announced")).to_contain_text("03-3000 8858")
    writer.keyboard.press("Control+Home")
    writer.locator("#problems .line").click()
    assert writer.evaluate("getSelection().toString()") == "Call 03-3000 8858 now."
    # It moves with its line, and goes when it is put right.
    writer.keyboard.press("Control+Home")
    writer.keyboard.type("Above.\n\n")
    expect(line).to_have_text("Call 03-3000 8858 now.")
    writer.keyboard.press("F8")
    writer.keyboard.type("Call {{ phone wao }} now.")
    expect(message).to_have_count(0, timeout=30_000)


def test_a_text_that_is_wrong_already_says_so_when_it_is_opened(enter):
    page = enter("rosnah", "types/threats")
    add_sentence(page, "Write to help@example.org.")
    page.locator("#problems .line").wait_for()
    page.reload()
    page.locator("#problems .line").click()
    expect(page.locator(".w-message")).to_contain_text("help@example.org")
    expect(page.locator("#problems .line")).to_have_count(1)


def test_the_limits_are_told_before_they_are_reached(writer):
    told = writer.get_by_role("status").filter(has_text="of at most")
    writer.locator("#id_body").fill(("x" * 4_000 + "\n") * 13)
    expect(told).to_have_count(0)
    writer.locator("#id_body").fill("short\n" + "x" * 4_600)
    expect(told).to_have_text("Line 2: 4600 of at most 5000 characters")
    writer.locator("#id_body").fill(("x" * 4_000 + "\n") * 14)
    expect(told).to_have_text("56014 of at most 60000 characters")


def test_the_plain_text_is_one_press_away_and_is_what_she_finds_next_time(enter):
    page = enter("ain", "types/outing")
    editor(page).click()
    button(page, "Plain text").click()
    field = page.locator("textarea#id_body")
    expect(field).to_be_focused()
    page.keyboard.press("Control+End")
    page.keyboard.type("\nIn the field.")
    page.reload()
    expect(page.locator("#writing")).to_be_hidden()
    expect(editor(page)).to_have_js_property("tagName", "TEXTAREA")
    button(page, "Plain text").click()
    expect(page.locator("#writing .cm-content")).to_be_focused()


@pytest.mark.parametrize(("name", "part", "width"), [
    ("devi", "en", 360), ("yasmin", "ta", 360), ("lihua", "zh-hans", 360), ("devi", "en", 1280),
])  # fmt: skip
def test_it_is_right_on_a_phone_and_for_everyone(enter, name, part, width):
    page = enter(name, "types/fake-images", part, viewport={"width": width, "height": 740})
    editor(page).click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(
        "document.querySelector('.cm-scroller').scrollWidth <= document.querySelector('#writing').clientWidth"
    )
    assert_accessible(page)
    assert page.evaluate("violations") == []


def test_a_finger_writes_where_it_taps(enter):
    page = enter("devi", "types/image-threats", viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    heading = page.locator("#writing .w-h2").first
    heading.tap()
    expect(heading).to_contain_text("{#")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.type("By a finger.")
    assert "}\nBy a finger.\n" in text_of(page)


def test_words_that_are_put_together_from_keys_come_in_whole(writer):
    """As Tamil, Chinese and every keyboard of an Android phone are typed."""
    writer.keyboard.type("**ab** ")
    keyboard = writer.context.new_cdp_session(writer)
    for typed in ("ni", "ni h", "你好"):
        keyboard.send(
            "Input.imeSetComposition", {"text": typed, "selectionStart": len(typed), "selectionEnd": len(typed)}
        )
    keyboard.send("Input.insertText", {"text": "你好"})
    for typed in ("வ", "வண", "வணக்கம்"):
        keyboard.send(
            "Input.imeSetComposition", {"text": typed, "selectionStart": len(typed), "selectionEnd": len(typed)}
        )
    keyboard.send("Input.insertText", {"text": "வணக்கம்"})
    assert text_of(writer) == "**ab** 你好வணக்கம்"


def test_without_script_the_field_is_as_it_was(enter):
    page = enter("siti", "types/threats", java_script_enabled=False)
    expect(page.locator("textarea#id_body")).to_be_visible()
    expect(page.locator(".tools")).to_be_hidden()
    expect(page.locator("#writing")).to_be_hidden()
    assert "## " in text_of(page)
