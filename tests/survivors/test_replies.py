"""Words that a helper can send: each box of them has a button that copies these words and nothing else."""

from __future__ import annotations

import re

import pytest
from django.utils.translation import override

from survivors.reading import layout
from survivors.reading.replies import with_buttons
from tests.folders import own_guide
from toolkit.rendering.guide import Guide
from toolkit.texts.languages import LANGUAGES
from toolkit.texts.words.markup import parsed

HELPERS = ("", "/friend", "/parent", "/teacher", "/employer", "/doctor", "/lawyer", "/journalist")


@pytest.fixture(scope="module")
def guide() -> Guide:
    return own_guide()


def html_of(guide: Guide, language: str, path: str) -> str:
    with override(language):
        return layout.page(guide, language, path)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", HELPERS)
def test_every_page_for_helpers_has_words_to_send_each_with_its_button(guide, language, role):
    html = html_of(guide, language, f"helpers{role}")
    boxes = re.findall(r'<div class="admonition reply">', html)
    assert len(boxes) >= 3
    for number in range(1, len(boxes) + 1):
        assert f'<div id="reply-{number}">' in html and f'data-copy="#reply-{number}"' in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_in_a_reply_comes_from_the_records(guide, language):
    html = html_of(guide, language, "helpers")
    replies = re.findall(r'<div id="reply-\d+">(.*?)</div>', html, re.DOTALL)
    assert [one for one in replies if 'href="tel:15999"' in one]
    assert not [one for one in replies if re.search(r"\d{3}", re.sub(r"<a .*?</a>", "", one))]


def test_only_pages_with_words_to_send_carry_the_script_that_copies(guide):
    assert "execCommand" in html_of(guide, "en", "helpers")
    assert "execCommand" not in html_of(guide, "en", "types/outing")


def test_a_reply_with_a_card_in_it_stays_as_it_is():
    html = '<div class="admonition reply"><p class="admonition-title">A</p><div class="card"></div></div>'
    assert with_buttons(html) == html


def test_words_of_a_reply_stand_apart_from_its_title():
    with override("en"):
        html = with_buttons(parsed('!!! reply "To the group"\n    Please stop.\n').html)
    assert re.search(r"To the group</p>\s*<div id=\"reply-1\">\s*<p>Please stop.</p>\s*</div>", html)
