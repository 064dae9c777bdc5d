"""Writing a text in the rooms: how it looks, what is said of it while it is typed, and what becomes of a paste."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.accessibility import assert_accessible
from tests.browser.staff_server import StaffServer, add_sentence, button

PASTE = """([html, plain]) => {
  const clip = new DataTransfer();
  if (html) clip.setData("text/html", html);
  clip.setData("text/plain", plain);
  const paste = new ClipboardEvent("paste", {clipboardData: clip, bubbles: true, cancelable: true});
  document.activeElement.dispatchEvent(paste);
}"""
NOTE_VIOLATIONS = """
window.violations = [];
addEventListener("securitypolicyviolation", (event) => violations.push(`${event.violatedDirective} ${event.sample}`));
"""


@pytest.fixture
def enter(new_context, rooms: StaffServer):
    def open_text(name: str, path: str, part: str = "en", **how: object) -> Page:
        page = rooms.enter(new_context, name, **how)
        page.add_init_script(NOTE_VIOLATIONS)
        page.goto(rooms.unit(path, part))
        return page

    return open_text


@pytest.fixture
def writer(enter) -> Page:
    """An empty text, with the cursor in it."""
    page = enter("hana", "helpers/friend")
    empty(page)
    return page


def editor(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Text", exact=True)


def empty(page: Page) -> None:
    editor(page).click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")


def text_of(page: Page) -> str:
    """What the form would send."""
    return page.locator("#id_body").input_value()


def paste(page: Page, html: str, plain: str) -> None:
    page.evaluate(PASTE, [html, plain])


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
    ("devi", "en", "03-3000 8858", "Note"), ("yasmin", "ta", "03-3000 8858", "Note"),
    ("lihua", "zh-hans", "03-3000 8858", "Note"),
])  # fmt: skip
def test_facts_boxes_and_headings_look_as_they_do_on_the_page(enter, name, part, number, kind):
    page = enter(name, "types/threats", part)
    empty(page)
    text = 'Call {{ contact wao }}.\n\n## Words {#some-place}\n\n!!! note "A title"\n    In **bold**.\n\nEnd.'
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
    expect(here).to_contain_text("{{ contact wao }}")
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
    expect(message).to_have_count(0)


def test_a_text_that_is_wrong_already_says_so_when_it_is_opened(enter):
    page = enter("rosnah", "types/threats")
    add_sentence(page, "Write to help@example.org.")
    page.locator("#problems .line").wait_for()
    page.reload()
    page.locator("#problems .line").click()
    expect(page.locator(".w-message")).to_contain_text("help@example.org")
    expect(page.locator("#problems .line")).to_have_count(1)


WORD = """<html><head><title>Doc</title><style>p {color: red}</style></head><body><!--StartFragment-->
<h1 style='margin:0'>Where to go<o:p></o:p></h1>
<p class=MsoNormal style='margin:0'>A <b>bold</b> and <i>slanted</i>&nbsp;word\u200b, \u201cquoted\u201d.<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'>
<span style='mso-list:Ignore'>\u00b7<span>&nbsp; </span></span></span><![endif]>One</p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o<span> </span></span>Deeper</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.<span> </span></span>Step</p>
<table class=MsoTable><tr><td><p>Who</p></td><td><p><b>What</b></p></td></tr>
<tr><td><p>a|b</p></td><td><p>x</p><p>y</p></td></tr></table><!--EndFragment--></body></html>"""
FROM_WORD = """## Where to go {#where-to-go}

A **bold** and slanted word, “quoted”.

- One
  - Deeper
1. Step

| Who | **What** |
| --- | --- |
| a\\|b | x y |"""
DOCS = """<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><h2 dir="ltr"><span
style="font-weight:400">Steps</span></h2><p><span style="font-weight:700">Do</span><span style="font-weight:400"> it. </span>
<a href="https://www.google.com/url?q=https://example.org/x&amp;sa=D"><span>There</span></a>
<a href="https://guide.example/ms/types/outing/#rights">here</a></p><ol><li dir="ltr"><p role="presentation">First</p></li>
<ol><li><p>Under</p></li></ol><li><p>Second</p></li></ol><h3>More</h3><h3>More</h3></b>"""
FROM_DOCS = """## Steps {#steps}

**Do** it. [There](https://example.org/x) [here](/types/outing/#rights)

1. First
   1. Under
2. Second

### More {#more}

### More {#more-2}"""
WHATSAPP = (
    "Hi\u202d *please read*\n\u2022 one\n\u2022 two\n\nthen\n1)\tthree\n2)\tfour\n\nName\tNumber\nA\tB\nend\ufeff"
)
FROM_WHATSAPP = """Hi **please read**

- one
- two

then

1. three
2. four

| Name | Number |
| --- | --- |
| A | B |

end"""


@pytest.mark.parametrize(("html", "plain", "wanted"), [
    (WORD, "from Word", FROM_WORD), (DOCS, "from Docs", FROM_DOCS), ("", WHATSAPP, FROM_WHATSAPP),
    ("", "\uf0b7\u00a0ஒன்று\n\uf0b7\u00a0இரண்டு", "- ஒன்று\n- இரண்டு"),
], ids=["word", "docs", "whatsapp", "symbol-bullets"])  # fmt: skip
@pytest.mark.parametrize("is_plain", [False, True], ids=["editor", "plain text"])
def test_a_paste_becomes_the_guides_own_marks_and_can_be_had_as_it_came(writer, html, plain, wanted, is_plain):
    if is_plain:
        button(writer, "Plain text").click()
    paste(writer, html, plain)
    assert text_of(writer) == wanted
    expect(writer.get_by_role("status").filter(has_text="Pasted text was tidied.")).to_be_visible()
    writer.keyboard.press("Control+z")
    assert text_of(writer) == plain
    writer.keyboard.press("Control+Shift+Z")
    assert text_of(writer) == wanted
    button(writer, "Undo").click()
    assert text_of(writer) == plain
    assert writer.evaluate("violations") == []


@pytest.mark.parametrize("ours", [
    "## A heading {#place}\n\nSee [this](/types/outing/).", "Call {{ phone wao }}.", "Plain words, and 5 * 3 * 2.",
])  # fmt: skip
def test_what_needs_no_tidying_is_pasted_without_a_word(writer, ours):
    paste(writer, f"<pre>{ours}</pre>", ours)
    assert text_of(writer) == ours
    expect(writer.get_by_text("Pasted text was tidied.")).to_be_hidden()


@pytest.mark.parametrize(("before", "wanted"), [
    ("Words", "Words\n\n- a\n- b"), ("Words\n", "Words\n\n- a\n- b"), ("Words\n\n", "Words\n\n- a\n- b"),
    ("- one\n", "- one\n- a\n- b"), ("", "- a\n- b"),
])  # fmt: skip
def test_a_list_is_pasted_with_the_empty_line_that_it_needs(writer, before, wanted):
    writer.locator("#id_body").fill(before)
    editor(writer).focus()
    writer.keyboard.press("Control+End")
    paste(writer, "<ul><li>a</li><li>b</li></ul>", "a b")
    assert text_of(writer) == wanted


HOSTILE = {
    "scripts": "<p>kept</p><script>bad = 1</script><img src=x onerror='bad = 1'><svg onload='bad = 1'><style>*{}</style></svg>"
    "<iframe srcdoc='<script>top.bad = 1</script>'></iframe><p style='background:url(//example.org/x)' onclick='bad=1'>too</p>",
    "links": "<a href='java&#10;script:bad=1'>kept</a> <a href='data:text/html,x'>too</a> <a href='vbscript:x'>so</a>",
    "deep": "<div>" * 5000 + "<table><tr><td>" * 500 + "kept" + "</table>" * 500,
    "images": f"<img src='data:image/png;base64,{'A' * 900_000}'><p>kept</p>",
    "unclosed": "<p>kept</p>" + '<a "' * 200_000,
    "comments": "<p>kept</p>" + "<!-- " * 200_000,
    "long": "<p>kept " + "<b>word</b> *x _y (" * 40_000,
}


@pytest.mark.parametrize("html", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_paste_runs_nothing_hangs_nothing_and_keeps_its_words(writer, html):
    asked = []
    writer.on("request", lambda request: asked.append(request.url))
    began = time.perf_counter()
    paste(writer, html, "as it came")
    writer.keyboard.press("Control+Home")
    assert time.perf_counter() - began < 20
    found = text_of(writer)
    assert "kept" in found
    assert "script:" not in found and "data:" not in found and "base64" not in found
    assert writer.evaluate("window.bad") is None
    assert writer.evaluate("violations") == []
    assert [one for one in asked if "example.org" in one or one.startswith("data:")] == []


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
