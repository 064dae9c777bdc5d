"""What becomes of a paste in the rooms: the guide's own marks, and nothing else that came with it."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Page, expect

from tests.browser.staff_server import StaffServer, button
from tests.browser.writing import editor, empty, open_text, text_of

PASTE = """([html, plain]) => {
  const clip = new DataTransfer();
  if (html) clip.setData("text/html", html);
  clip.setData("text/plain", plain);
  const paste = new ClipboardEvent("paste", {clipboardData: clip, bubbles: true, cancelable: true});
  document.activeElement.dispatchEvent(paste);
}"""


@pytest.fixture
def writer(new_context, rooms: StaffServer) -> Page:
    """An empty text, with the cursor in it."""
    page = open_text(rooms, new_context, "hana", "helpers/parent")
    empty(page)
    return page


def paste(page: Page, html: str, plain: str) -> None:
    page.evaluate(PASTE, [html, plain])


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
