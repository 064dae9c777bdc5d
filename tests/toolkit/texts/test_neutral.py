from __future__ import annotations

import pytest

from toolkit.texts.words.neutral import giveaway


@pytest.mark.parametrize(
    "title", ["Sexual offences", "Gambar bogel", "பாலியல் தொல்லை", "性暴力", "Survivors", "Keganasan rumah"]
)
def test_a_title_that_names_the_topic_is_caught_in_every_language(title):
    assert giveaway(title)


@pytest.mark.parametrize(
    "title", ["Fake images", "Therapy", "Essex", "Gambar palsu", "போலிப் படங்கள்", "假图片", "Act 792"]
)
def test_a_neutral_title_passes(title):
    assert giveaway(title) is None
