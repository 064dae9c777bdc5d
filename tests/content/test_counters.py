"""What can be held up at a counter, for who does not speak Malay or must not be heard."""

from __future__ import annotations

import re

import pytest

from toolkit.live import live_site

# Page -> the office at whose counter its sentences are shown.
OFFICES = {
    "first-response/police": "police",
    "first-response/mcmc": "MCMC",
    "support/jkm": "JKM",
    "support/hospital-oscc": "hospital",
    "support/tags": "tribunal",
    "support/nsrc-997": "bank",
}
LETTERS = {"en": r"[A-Za-z]", "ta": r"[\u0b80-\u0bff]", "zh-hans": r"[\u4e00-\u9fff]"}


def cards(html: str) -> list[str]:
    return re.findall(r'<div class="card counter">.*?</div>', html, re.DOTALL)


@pytest.mark.parametrize("path", OFFICES, ids=OFFICES.values())
@pytest.mark.parametrize("language", [*LETTERS, "ms"])
def test_each_office_has_sentences_in_malay_with_their_sound_and_meaning(path, language, reading):
    html = reading[language, path].html
    assert 'id="counter"' in html
    found = cards(html)
    assert len(found) >= 3
    for card in found:
        assert re.search(r'<p class="says" lang="ms">[A-Z][^<]+</p>', card)
        assert card.count("<b>") == (0 if language == "ms" else 2)
        if language != "ms":
            assert all(re.search(LETTERS[language], said) for said in re.findall(r"</b>([^<]+)</p>", card)), card


@pytest.mark.parametrize("path", OFFICES, ids=OFFICES.values())
def test_an_interpreter_is_asked_for_and_silence_is_enough(path, reading):
    says = " ".join(cards(reading["ta", path].html))
    assert "Saya perlukan jurubahasa: Tamil / Mandarin / Inggeris / bahasa isyarat." in says
    assert "Saya tidak boleh bercakap kuat di sini. Tolong baca ini." in says


@pytest.mark.parametrize("path", ["first-response/police", "first-response/mcmc"])
def test_a_picture_of_a_child_is_never_offered_at_a_counter(path, reading):
    assert "Saya hanya boleh beri pautan, bukan gambar." in reading["en", path].html


def test_every_sentence_is_told_in_three_languages(guide):
    for page in live_site().values():
        for counter in page.facts.counters:
            for language in LETTERS:
                words = page.prose[language].words_of_records()
                assert words["sounds"][counter.id] and words["means"][counter.id]
