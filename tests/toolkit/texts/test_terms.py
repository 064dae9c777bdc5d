from __future__ import annotations

import pytest

from toolkit.texts.words.terms import never_said, never_said_in_plan, read_terms

TABLE = """# Terms

## Never

| Language | Form | Use instead | Why |
|---|---|---|---|
| en | sex tape | intimate video | shames |
| ms | daring | dalam talian | Indonesian |
| ms | -unggah | muat naik | Indonesian |
| ta | துணைவர | கணவர் | = spouse only |
| zh-hans | 影片 | 视频 | 影片 is a film |

## Style
"""


@pytest.mark.parametrize(
    ("language", "line", "form"),
    [
        ("en", "A Sex tape is a press word.", "sex tape"),
        ("ms", "Gangguan secara daring.", "daring"),
        ("ms", "Dia mengunggah gambar.", "-unggah"),
        ("ta", "உங்கள் துணைவரிடம் கேளுங்கள்.", "துணைவர"),
        ("zh-hans", "把影片保存下来。", "影片"),
    ],
)
def test_a_form_is_found_with_its_line_and_what_to_say(language, line, form):
    [(number, term)] = never_said(f"---\ntitle: A\n---\n{line}\n", language, read_terms(TABLE))
    assert (number, term.form) == (4, form) and term.say


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("ms", "Perkara ini didaringkan."),
        ("ta", "இணைத்துணைவர் அல்ல."),
        ("ms", "keywords: daring, unggah"),
        ("en", "[here](/types/sex tape/) {{ contact sex-tape }} ## Tapes {#sex tape}"),
        ("en", "Gambar secara daring."),
    ],
)
def test_a_word_that_only_contains_it_a_name_or_a_search_word_is_left_alone(language, line):
    assert list(never_said(line, language, read_terms(TABLE))) == []


def test_a_row_that_is_none_is_named():
    with pytest.raises(ValueError, match=r"ms \| daring"):
        read_terms(TABLE.replace("| daring | dalam talian |", "| daring |"))


def test_the_words_of_the_plan_are_searched_each_in_its_language():
    plan = '[steps.text]\nen = "Gambar secara daring."\nms = "Gangguan secara daring."\nzh-hans = "把影片保存下来。"\n'
    found = [(line, term.form) for line, term in never_said_in_plan(plan, read_terms(TABLE))]
    assert found == [(3, "daring"), (4, "影片")]
