from __future__ import annotations

from time import thread_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.texts.compare import Row, compare, words

TAMIL = "பார்க்கலாம்"


def marked(rows: list[Row]) -> list[str]:
    """Each row as text: [-taken away-], [+added+], "..3" for three lines left out."""
    signs = {"same": "{}", "in": "[+{}+]", "out": "[-{}-]"}
    return [
        f"..{row.skipped}" if row.kind == "gap" else "".join(signs[one.kind].format(one.text) for one in row.pieces)
        for row in rows
    ]


def one(before: str, after: str) -> str:
    """The only row of a comparison of two lines."""
    [row] = marked(compare(before, after))
    return row


def test_equal_texts_have_no_rows():
    assert compare("One.\n\nTwo.\n", "One.\n\nTwo.\n") == []


def test_a_latin_word_is_taken_away_and_added_whole():
    assert one("Call 15999 today.", "Call 15998 today.") == "Call [-15999-][+15998+] today."
    assert one("Jangan padam.", "Jangan padamkan.") == "Jangan [-padam-][+padamkan+]."


def test_a_tamil_vowel_sign_never_parts_from_its_letter():
    assert one("கொடி", "கோடி") == "[-கொ-][+கோ+]டி"
    assert one("கொ", "கோ") == "[-கொ-][+கோ+]"
    assert one("அவர் பார்க்கலாம்.", "அவர் பார்க்கலாமா.") == "அவர் பார்க்கலா[-ம்-][+மா+]."


def test_a_pulli_never_parts_from_its_letter():
    assert one("படம்", "படம") == "பட[-ம்-][+ம+]"


def test_a_tamil_word_of_which_most_changed_is_shown_whole():
    assert one("அவர் பார்க்கலாம்.", "அவர் செய்வார்.") == "அவர் [-பார்க்கலாம்-][+செய்வார்+]."


def test_tamil_words_that_changed_a_little_are_compared_one_by_one():
    before, after = "அவர் பார்க்கலாம், சேமிக்கலாம்.", "அவர் பார்க்கலாமா, சேமிக்கலாமா."
    assert one(before, after) == "அவர் பார்க்கலா[-ம்-][+மா+], சேமிக்கலா[-ம்-][+மா+]."


def test_chinese_is_compared_character_by_character():
    assert one("裸照被传开", "裸图被传开") == "裸[-照-][+图+]被传开"
    assert one("您可以报警。", "您可以马上报警。") == "您可以[+马上+]报警。"


def test_a_lone_space_or_character_between_two_changes_does_not_break_them_up():
    assert one("Keep red, blue ones", "Keep green, yellow ones") == "Keep [-red, blue-][+green, yellow+] ones"
    assert one("甲乙丙丁戊己庚", "甲子丙丑戊己庚") == "甲[-乙丙丁-][+子丙丑+]戊己庚"


def test_words_put_in_on_both_sides_of_a_word_leave_it_alone():
    assert one("Then call 15999.", "Then please call now 15999.") == "Then[+ please+] call [+now +]15999."


def test_a_changed_line_stands_with_the_line_most_like_it():
    before = "Tell someone you trust.\n\nKeep the proof before you report.\n"
    after = "Breathe first.\n\nTell a person you trust.\n\nKeep all the proof before you report.\n"
    assert marked(compare(before, after)) == [
        "[+Breathe first.+]",
        "[++]",
        "Tell [-someone-][+a person+] you trust.",
        "",
        "Keep[+ all+] the proof before you report.",
    ]


def test_lines_that_have_little_in_common_are_two_lines():
    before, after = "Block the account.\nWait.\nEnd", "Police stations are open at night.\nEnd"
    assert [row.kind for row in compare(before, after)] == ["removed", "removed", "added", "same"]


def test_a_line_broken_in_two_paragraphs_is_shown():
    assert [row.kind for row in compare("One.\nTwo.\n", "One.\n\nTwo.\n")] == ["same", "added", "same"]


def test_long_unchanged_stretches_become_a_gap():
    before = [f"Line {number} stays." for number in range(20)]
    after = [*before[:10], "New words here.", *before[10:]]
    rows = compare("\n".join(before), "\n".join(after))
    assert marked(rows) == [
        "..8", before[8], before[9], "[+New words here.+]", before[10], before[11], "..8",
    ]  # fmt: skip
    assert rows[0].kind == "gap"
    assert marked(compare("\n".join(before), "\n".join(after), 0)) == ["..10", "[+New words here.+]", "..10"]


def test_only_lines_about_the_same_thing_are_paired_where_lines_are_about_things():
    before, after = "Phone: 15999\nEnd", "Fax: 15999\nEnd"
    assert marked(compare(before, after))[0] == "[-Phone-][+Fax+]: 15999"
    rows = compare(before, after, head=lambda line: line.partition(": ")[0])
    assert marked(rows) == ["[-Phone: 15999-]", "[+Fax: 15999+]", "End"]


def test_words_are_counted_and_chinese_by_its_characters():
    assert words("Don't panic: call 15999.") == 4
    assert words("அவர் பார்க்கலாம்.") == 2
    assert words("您可以报警，拨打 999。") == 8


@given(*[st.text(st.sampled_from("abc கொடிம்裸照, \n"), max_size=60)] * 2)
def test_what_stays_and_what_is_taken_away_is_the_text_before_and_likewise_after(before, after):
    rows = compare(before, after, context=1000)
    for text, other in ((before, "in"), (after, "out")):
        lines = ["".join(piece.text for piece in row.pieces if piece.kind != other) for row in rows]
        kept = [line for row, line in zip(rows, lines, strict=True) if line.strip()]
        assert kept == ([line for line in text.split("\n") if line.strip()] if rows else kept)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a\n" * 20_000, "b\n" + "a\n" * 20_000 + "c\n"),
        ("a\n" * 999, "b\n" + "a\nc\n" * 450),
        ("a\nb\n" * 5000, "b\na\nc\n" * 5000),
        ("".join(f"{number} x\n" for number in range(6000)), "".join(f"{number} y\n" for number in range(6000))),
        ("a " * 999 + "\n", "b " + "a c " * 480 + "\n"),
        ("க" * 5000 + "\n", "க" * 4000 + "கா" * 400 + "\n"),
    ],
    ids=range(6),
)
def test_texts_that_say_one_thing_very_often_are_compared_soon(before, after):
    began = thread_time()
    rows = compare(before, after)
    assert thread_time() - began < 2
    assert {row.kind for row in rows} - {"same", "gap"}
