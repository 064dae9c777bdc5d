"""Where lines may end, and the one scale of spaces."""

from __future__ import annotations

import re

import pytest

from survivors.leaving import inline
from toolkit.rendering.lines import set_lines
from toolkit.texts.languages import LANGUAGES

WORD = "வயதுக்குட்பட்டவரின்"
SPACES = {".25rem", ".5rem", ".75rem", "1rem", "1.5rem", "2rem", "3rem"}


def test_the_last_three_letters_of_a_long_tamil_word_stay_together_and_begin_no_line_with_a_dotted_letter():
    assert set_lines(f"<p>{WORD}</p>", "ta") == "<p>வயதுக்குட்பட்ட<i>வரின்</i></p>"
    assert set_lines("<p>கட்டாயப்படுத்தினார்கள்</p>", "ta") == "<p>கட்டாயப்படுத்தி<i>னார்கள்</i></p>"


@pytest.mark.parametrize(
    "html",
    [
        "<p>அவர்</p>",
        f"<summary>{WORD}</summary>",
        f'<a title="{WORD}" href="/ta/">x</a>',
        f'<input placeholder="IC-ஐ {WORD}"><p>அவர்</p>',
    ],
)
def test_short_words_what_stands_in_a_tag_and_what_is_laid_out_as_boxes_are_left_alone(html):
    assert set_lines(html, "ta") == html


def test_a_tamil_ending_stays_with_its_word():
    assert set_lines("<p>IC-ஐ, WhatsApp-இல்.</p>", "ta") == "<p>IC<i>-ஐ</i>, WhatsApp<i>-இல்</i>.</p>"


def test_a_chinese_stop_brings_its_own_space():
    assert (
        set_lines("<p>免费。 先问清楚：\n警方？</p>\n<p>x. y</p>", "zh-hans")
        == "<p>免费。先问清楚：警方？</p>\n<p>x. y</p>"
    )


@pytest.mark.parametrize("language", ["en", "ms"])
def test_other_languages_need_none_of_it(language):
    assert set_lines(f"<p>{WORD} 免费。 先</p>", language) == f"<p>{WORD} 免费。 先</p>"


@pytest.mark.parametrize("language", LANGUAGES)
def test_opening_hours_do_not_break(language):
    assert set_lines("<p>x, 09:00–17:00.</p>", language) == "<p>x, <i>09:00–17:00</i>.</p>"


def test_every_space_of_the_readers_style_is_of_one_scale():
    style = inline.style() + inline.style("parts") + inline.style("forms")
    said = re.findall(r"(?:margin|padding|gap)(?:-\w+)?:([^;}]*)", re.sub(r"@media print\{.*?\}\}", "", style))
    found = {one for words in said for one in re.findall(r"[\d.]+(?:rem|em|px)", words)}
    # What an exit at the right edge covers in landscape is no space between things.
    assert found - {"5.5rem"} <= SPACES
