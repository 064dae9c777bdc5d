"""Someone's wordings put into a text: the marks of the sentence stay, or a person is asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from toolkit.live import live_site
from toolkit.rendering.directives import Place
from toolkit.rendering.guide import Guide
from toolkit.reviewing.pack import page_sheet
from toolkit.reviewing.wordings import Wording, taken_in
from toolkit.texts.languages import TRANSLATIONS

PAGE, OTHER = "types/outing", "types/private-details"


def placed(body: str, sentence: str, wording: str) -> str | None:
    """The body with a wording in it, or None when a person has to put it in."""
    page = live_site()[PAGE]
    prose = replace(page.prose["en"], body=body)
    place = Place(Guide.of(live_site()), "en", page)
    after, left = taken_in(prose, place, [Wording("", sentence, wording)])
    return None if left else after.body


@pytest.mark.parametrize(
    ("body", "sentence", "wording", "after"),
    [
        ("1. **Do not pay.** Paying\n   makes it worse.\n", "Do not pay.", "Pay nothing.", "1. **Pay nothing.** Paying\n   makes it worse.\n"),
        ("1. **Do not pay.** Paying\n   makes it worse.\n", "Paying makes it worse.", "It gets worse.", "1. **Do not pay.** It gets worse.\n"),
        ("**Ask** the police [now](/x/). Wait.\n", "Ask the police now.", "Ask now.", "**Ask** [now](/x/). Wait.\n"),
        ("**Wait.** Then **call** [us](/x/)\n", "Then call us", "Do call us", "**Wait.** Do **call** [us](/x/)\n"),
        ("Ask [the police](/x/) now. Wait.\n", "Ask the police now.", "Go to the police.", "Go to [the police](/x/). Wait.\n"),
        ("Ask [the police](/x/) now. Wait.\n", "Ask the police now.", "Go to the station.", None),
        ("Call {{ contact talian-kasih }} now.\n", "Call Talian Kasih 15999 now.", "Now call Talian Kasih 15999.", "Now call {{ contact talian-kasih }}.\n"),
        ("Tell them. Tell them.\n", "Tell them.", "Refuse.", "Refuse. Refuse.\n"),
        ("Tell them. Please Tell them.\n", "Tell them.", "Refuse.", None),
        ("Tell them.\n", "Tell them.", "Use *stars* and [this](/x/).", "Use \\*stars\\* and \\[this\\](/x/).\n"),
        ('!!! note "Tell them."\n    Yes.\n', "Tell them.", 'Say "stop".', None),
        ("Tell them.\n", "It is not there.", "Else.", None),
    ],
)  # fmt: skip
def test_a_wording_keeps_the_marks_of_its_sentence_or_waits_for_a_person(guide, body, sentence, wording, after):
    assert placed(body, sentence, wording) == after


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_most_sentences_of_the_guide_can_be_worded_anew_by_the_button(guide, language):
    whole = Guide.of(live_site())
    more = {"ms": " Ya.", "ta": " சரி.", "zh-hans": "好。"}[language]
    done = tried = 0
    for path in (PAGE, OTHER, "first-response/police"):
        page = live_site()[path]
        place = Place(whole, language, page)
        for one in page_sheet(page, whole, language).statements:
            _after, left = taken_in(page.prose[language], place, [Wording(one.what, one.text, one.text + more)])
            tried, done = tried + 1, done + (not left)
    assert done > tried * 0.9, (done, tried)
