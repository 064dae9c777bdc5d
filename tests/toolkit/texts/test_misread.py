"""What would not come out as it was meant is refused with its line, and what to type instead is said."""

from __future__ import annotations

import pytest

from tests.alone import check_text
from toolkit.texts.words.markup import parsed

FRONT = "---\ntitle: A\nsummary: B\n---\n"
FIRST = FRONT.count("\n")
MISREAD = {
    # Lists
    "Do this first:\n1. Breathe.\n": (2, "list-glued"),
    "Do this first:\n- Breathe.\n- Call.\n": (2, "list-glued"),
    "Buat ini dahulu:\n2. Telefon.\n": (2, "list-glued"),
    "முதலில்:\n* மூச்சு விடுங்கள்.\n": (2, "list-glued"),
    "先做这些：\n１． 深呼吸。\n": (2, "list-glued"),
    "先做这些：\n\n１．深呼吸。\n": (3, "list-lost"),
    "先做这些：\n\n1、深呼吸。\n2、打电话。\n": (3, "list-lost"),
    "• Breathe.\n• Call.\n": (1, "list-lost"),
    "-Breathe.\n-Call.\n": (1, "list-lost"),
    "1.Breathe.\n": (1, "list-lost"),
    "- One\n-\n- Three\n": (2, "item-empty"),
    "> One:\n> - Two\n": (2, "list-glued"),
    # Boxes
    '!!! danger "Stop"\nCall now.\n': (1, "box-empty"),
    '!!! danger "停"\n\n现在打电话。\n': (1, "box-empty"),
    "!!! danger\n    Call now.\n": (1, "box-shape"),
    '!!! warning "Stop"\n    Call now.\n': (1, "box-shape"),
    "！！！ danger “停”\n    打电话。\n": (1, "box-shape"),
    '??? danger "Stop"\n    Call now.\n': (1, "box-shape"),
    '!!! note "A"\n    One:\n    - Two\n': (3, "list-glued"),
    # Braces
    "Call ｛｛ phone line ｝｝.\n": (1, "directive-shape"),
    "Call {{ phone }}.\n": (1, "directive-shape"),
    "Call { phone line }.\n": (1, "directive-shape"),
    "Call {{ Phone Line }}.\n": (1, "directive-shape"),
    "One\nand `{{ phone line }}`.\n": (2, "directive-shape"),
    "| a | b |\n| --- | --- |\n| {{phone}} | c |\n": (3, "directive-shape"),
    # Headings
    "＃＃ 保存 {#save}\n": (1, "heading-lost"),
    "##保存 {#save}\n": (1, "heading-lost"),
    "## Save\n": (1, "heading-anchor"),
    "## Save {#Save First}\n": (1, "heading-anchor"),
    "## Save {#save} now\n": (1, "anchor-lost"),
    "## {#save}\n": (1, "heading-empty"),
    "- One\n\n  ## Save {#save}\n": (3, "heading-inside"),
    "Save\n====\n": (2, "heading-underlined"),
    "Save\n----\n": (2, "heading-underlined"),
    # Links
    "看［首页］（/types/）。\n": (1, "link-lost"),
    "看[首页]（/types/）。\n": (1, "link-lost"),
    "See [home] (/types/).\n": (1, "link-lost"),
    "See [home](/types outing/).\n": (1, "link-lost"),
    "See [home][1].\n\n[1]: /types/\n": (1, "link-lost"),
    "See [](/types/).\n": (1, "link-empty"),
    "One\n[Call {{ phone line }}](/types/).\n": (2, "link-in-link"),
    "[See [home](/types/) now](/laws/).\n": (1, "link-lost"),
    # Other marks
    "**Call now\n": (1, "bold-lost"),
    "** Call ** now\n": (1, "bold-lost"),
    "＊＊停＊＊\n": (1, "bold-lost"),
    "One\n| a | b |\n": (2, "table-lost"),
    "｜ 一 ｜ 二 ｜\n｜ --- ｜ --- ｜\n": (1, "table-lost"),
    "```\ncode\n```\n": (1, "code-lost"),
    "One\n![a](/types/)\n": (2, "picture"),
    "One <b>two</b>\n": (1, "html"),
    "One\n<!-- two -->\n": (2, "html"),
}
FINE = [
    "Do this first:\n\n1. Breathe.\n2. Call.\n",
    "- One\n  - Two\n",
    "1. One\n   - Two\n   - Three\n2. Four\n",
    '!!! danger "Stop"\n    Call now.\n\n    - One\n    - Two\n',
    "## Call {{ phone line }} now {#a1}\n",
    "Bold **注意：**请看，**（一）**好。\n",
    "Write: [your name] (if you want), 5 > 3, a * b, 1.5 million, -5 degrees.\n",
    "Term\n: What it means.\n",
    "| a | b |\n| --- | --- |\n| **c** | [d](/types/) |\n",
    "> Someone said so.\n",
    "One\n\n---\n\nTwo\n",
]


def problems(body: str) -> set[tuple[int, str]]:
    return {(one.line - FIRST, one.code) for one in check_text("en", FRONT + body)}


@pytest.mark.parametrize(("body", "wanted"), MISREAD.items(), ids=[repr(one)[:30] for one in MISREAD])
def test_what_would_not_come_out_as_it_was_meant_is_refused_with_its_line(body, wanted):
    assert wanted in problems(body)


@pytest.mark.parametrize("body", FINE)
def test_what_comes_out_as_it_was_meant_is_taken(body):
    assert problems(body) == set()


def test_marks_at_the_top_of_a_text_are_refused_because_it_is_plain():
    for row in ("Call {{ phone line }}", "Call ｛｛ phone line ｝｝", "**Now**", "[home](/types/)"):
        found = check_text("en", f"---\ntitle: A\nsummary: {row}\n---\n")
        assert [(one.line, one.code) for one in found] == [(3, "front-marks")]


def test_a_list_under_an_item_is_a_list_of_its_own():
    assert parsed("- One\n  - Two\n").html.count("<ul>") == 2


def test_bold_beside_full_width_marks_is_bold():
    assert (
        parsed("**注意：**请看**（一）**好。\n").html == "<p><strong>注意：</strong>请看<strong>（一）</strong>好。</p>"
    )


def test_the_heading_as_the_list_of_contents_has_it_is_the_heading_of_the_page():
    text = parsed("## Call {{ phone line }} *now*{#a1}\n")
    assert [(one.level, one.anchor) for one in text.headings] == [(2, "a1")]
    assert text.headings[0].text in text.html.replace("<em>", "").replace("</em>", "")


def test_the_search_reads_what_the_page_shows():
    text = parsed(
        "Before.\n\n## One {#one}\n\n- [Two](/types/)\n- **Three**\n\n### Four {#four}\n\n| a | b |\n| - | - |\n| c | d |\n"
    )
    assert [(one.heading and one.heading.text, one.text) for one in text.sections] == [
        (None, "Before."),
        ("One", "Two Three Four. a · b c · d"),
    ]
