"""How a page is laid out: what comes first, the fork of age, and that nothing of the prose is lost on the way."""

from __future__ import annotations

import pytest
from django.utils.html import strip_tags
from django.utils.translation import override

from survivors.plan.pages import MARKS
from survivors.reading.composition import Composition, compose
from tests.folders import own_guide
from toolkit.rendering.directives import Place, prose_html
from toolkit.rendering.guide import Guide, prose_in
from toolkit.rendering.marks import mark
from toolkit.texts.languages import LANGUAGES
from toolkit.texts.page import PageTexts

STEPS = '<h2 id="do-first">First</h2>\n<ol>\n<li>Breathe.</li>\n</ol>\n'
PROOF = '<h2 id="save-first">Save</h2>\n<p>Links.</p>\n'
UNDER_18 = '<h2 id="under-18">Under 18</h2>\n<p>No pictures.</p>\n'
CARD = '<div class="card"><p>Call</p></div>'


@pytest.fixture(scope="module")
def guide() -> Guide:
    return own_guide()


def words(html: str) -> list[str]:
    return sorted(strip_tags(html.replace("<", " <")).split())


def whole(composed: Composition) -> str:
    parts = [*(composed.fork or ()), composed.first, *composed.open, *composed.folds]
    return " ".join(
        [composed.warnings, composed.words, *(f"{one.heading} {one.html} {one.beside}" for one in parts if one)]
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_any_page_is_lost(guide: Guide, language):
    for texts in guide.site.values():
        with override(language):
            html = prose_html(prose_in(texts, language)[0].body, Place(guide, language, texts))
        heads = compose(html, texts, {})
        missing = set(words(html)) - set(words(whole(heads)))
        assert not missing, (texts.path, missing)


def test_the_steps_come_first_whatever_stands_before_them_and_the_rest_is_folded():
    composed = compose(f"<p>What it is.</p>\n{PROOF}{UNDER_18}{STEPS}", PageTexts("types/outing"), {})
    assert composed.first and composed.first.anchor == "do-first"
    assert composed.words.strip() == "<p>What it is.</p>"
    assert [part.anchor for part in composed.fork or ()] == ["save-first", "under-18"]
    assert composed.folds == ()


@pytest.mark.parametrize(("there", "anchor"), [(PROOF, "save-first"), (UNDER_18, "under-18")])
def test_where_only_one_side_of_the_fork_is_said_it_is_a_part_like_others(there, anchor):
    composed = compose(STEPS + there, PageTexts("types/outing"), {})
    assert composed.fork is None
    assert [part.anchor for part in composed.folds] == [anchor]


@pytest.mark.parametrize("box", ["danger", "child"])
def test_a_box_with_a_card_in_it_stays_whole(box):
    html = f'<div class="admonition {box}"><p>Now</p>{CARD}<p>After</p></div>\n'
    composed = compose(html + STEPS, PageTexts("first-response/police"), {})
    assert (composed.warnings, composed.words.strip()) == ("", html.strip())


def test_a_warning_of_the_opening_stands_above_the_steps():
    html = '<div class="admonition note"><p>It can warn them.</p></div>\n'
    composed = compose(f"<p>Two things.</p>\n{html}{STEPS}", PageTexts("first-response/secure-accounts"), {})
    assert (composed.warnings.strip(), composed.words.strip()) == (html.strip(), "<p>Two things.</p>")


@pytest.mark.parametrize("name", sorted(set(MARKS.values())))
def test_every_mark_beside_an_answer_of_the_plan_is_drawn(name):
    assert mark(name)
