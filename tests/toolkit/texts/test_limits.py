"""Whatever a text holds, reading it takes little time: the walls are wide, and of the processor's time only."""

from __future__ import annotations

from datetime import date
from time import thread_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.alone import check_text
from toolkit.texts.canonical import LONGEST_LINE
from toolkit.texts.check import judge
from toolkit.texts.folder import ContentFile
from toolkit.texts.page import LONGEST_BODY
from toolkit.texts.problem import Problem
from toolkit.texts.words.markup import outline, parsed

FRONT = "---\ntitle: A\nsummary: B\n---\n"
PIECES = [
    "](", "[", "[a](/x/) ", "[](", "[a][", "[[]", "][(", "[a](</x/", "![", "![a](", "*", "**", "*a ", "**a ", "***a*", "_a*",
    "**a*b", "a_b_", "*a *b ", "c* b* ", "`", "`` ` ", "{{", "}}", "{{ phone x }} ", "{{ phone", "{#a}", "<a", "<a ", "<!--", "<b>",
    "<http:", "http://", "a@b.c ", "&amp;", "&#x1F600;", "\\", "\\\n", "> ", ">", "- ", "* ", "1. ", "1) ", "\t", "    ", "a\n: b\n",
    "a\n: b\n\n", "- a\n", "- a\n\n  - b\n", "    - a\n", "|a", "|a|b|\n|-|-|\n", "|", "|-", ":-:|", '!!! save "a"\n    b\n',
    "!!! ", "# ", "## a {#a}\n", "#", "===\n", "---\n", "\n", "a\n", "~~", "(", "ａ", "03-1234 5678 ", "RM", "令吉", "5", "0", "－",
    "五", "RM 5,", "word ", "中", "க்", "\u0301", "a\u0301", ".", "。", "www.", "a.b.", "-", " -", "60 ",
]  # fmt: skip


def as_long_as_may_be(piece: str) -> str:
    """A piece again and again, up to the longest text, its lines as long as they may be."""
    text = (piece * (LONGEST_BODY // len(piece) + 1))[: LONGEST_BODY * 9 // 10]
    step = LONGEST_LINE - 2
    rows = [row[start : start + step] for row in text.split("\n") for start in range(0, max(1, len(row)), step)]
    return "\n".join(rows)[:LONGEST_BODY]


def seconds(text: str) -> float:
    """To read and check a body, and to make its HTML."""
    parsed.cache_clear()
    outline.cache_clear()
    began = thread_time()
    judge([ContentFile("types/outing", "en", "types/outing/en.md", (FRONT + text).encode())], {})
    return thread_time() - began


def ends_soon(text: str) -> bool:
    """Within two seconds, once of twice: on a crowded machine the processor's time stretches too."""
    return any(seconds(text) < 2 for _ in range(2))


@pytest.mark.parametrize("piece", PIECES)
def test_no_text_takes_long_however_often_something_stands_in_it(piece):
    assert ends_soon(as_long_as_may_be(piece))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=2, max_size=6).map("".join))
def test_no_text_takes_long_whatever_stands_in_it(piece):
    assert ends_soon(as_long_as_may_be(piece))


@pytest.mark.parametrize(
    "body",
    [
        "## a" + " " * 1200 + "b\n",
        "## a" + " " * 4900 + "b {#a}\n",
        "".join(f"{'  ' * level}- a\n" for level in range(200)),
        "".join(f"{'>' * level} a\n" for level in range(300)),
        "".join(f"{'`' * number} " for number in range(90)) + "\n",
        "*a " * 1600 + "b* " * 1600 + "\n",
        "| a " * 1200 + "|\n" + "| - " * 1200 + "|\n" + "|\n" * 1500,
        "a\n: b\n\n" * 1200,
        "- " * 2400 + "\n",
        "[" * 2400 + "a" + "](/types/)" * 240 + "\n",
    ],
    ids=range(10),
)
def test_what_once_took_long_or_was_too_deep_ends_soon(body):
    assert ends_soon(body)


def said(body: str) -> list[str]:
    return [str(one) for one in check_text("en", f"{FRONT}{body}")]


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("[" * 21 + "a" + "]" * 21 + "\n", 5),
        ("fine\n\n" + "".join(f"{'  ' * level}- a\n" for level in range(21)), 27),
        (">" * 21 + " a\n", 5),
        ("*a " * 30 + "b* " * 30 + "\n", 5),
        ('!!! note "A"\n    ' + "- " * 20 + "a\n", 6),
    ],
    ids=["brackets", "lists", "quotes", "stars", "a box"],
)
def test_what_is_nested_more_than_20_deep_is_refused_with_its_line(body, line):
    assert f":{line}: lists, quotes or brackets in each other, more than 20 deep" in said(body)


def test_what_is_nested_20_deep_is_taken():
    assert said("".join(f"{'  ' * level}- a\n" for level in range(20))) == []
    assert said("[" * 20 + "a" + "]" * 20 + "\n") == []


def judged(part: str, text: str) -> list[Problem]:
    name = "page.toml" if part == "facts" else f"{part}.md"
    return judge([ContentFile("types", part, f"types/{name}", text.encode())], {}).errors


def test_a_text_may_be_60_000_characters_long_and_no_longer():
    row = "word " * 900 + "\n\n"
    body = row * 13
    assert judged("en", f"{FRONT}{body}") == []
    assert [str(one) for one in judged("en", f"{FRONT}{body}{row}")] == [
        "types/en.md:5: a text has at most 60000 characters"
    ]


def test_a_text_names_at_most_200_facts():
    found = [str(one) for one in judged("en", FRONT + "{{ phone line }}\n\n" * 201)]
    assert "types/en.md:405: at most 200 directives in a text" in found


def test_a_day_of_checking_is_today_at_the_latest():
    assert judged("facts", f"position = 1\nchecked = {date.today()}\n") == []
    early = judged("facts", f"position = 1\nchecked = {date.today().replace(year=date.today().year + 1, day=1)}\n")
    assert [one.code for one in early] == ["checked-early"]
