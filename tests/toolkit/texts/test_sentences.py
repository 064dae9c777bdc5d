"""Where a sentence ends, in four languages."""

from __future__ import annotations

import pytest

from toolkit.texts.words.sentences import sentences

# Language -> (text, its sentences).
EXAMPLES = {
    "en": [
        ("Call now. You may stop at any time.", ["Call now.", "You may stop at any time."]),
        ("See s. 233 of the Act. It fits.", ["See s. 233 of the Act.", "It fits."]),
        ("Ask at No. 3, Jalan P. Ramlee. Is it open? Yes!", ["Ask at No. 3, Jalan P. Ramlee.", "Is it open?", "Yes!"]),
        ("A fine of RM 50,000 or 51.9% of it.", ["A fine of RM 50,000 or 51.9% of it."]),
        ("Say: “I want to report.” Then wait.", ["Say: “I want to report.”", "Then wait."]),
        ("Open example.org. then go on", ["Open example.org. then go on"]),
    ],
    "ms": [
        ("Lihat s. 233. Denda sehingga RM 50,000. Selepas itu, tunggu.",
         ["Lihat s. 233.", "Denda sehingga RM 50,000.", "Selepas itu, tunggu."]),
        ("Hubungi Syarikat ABC Sdn. Bhd. di No. 3. “Tolong saya.” Boleh?",
         ["Hubungi Syarikat ABC Sdn. Bhd. di No. 3.", "“Tolong saya.”", "Boleh?"]),
    ],
    "ta": [
        ("இப்போதே அழையுங்கள். RM 50,000 வரை அபராதம். பயமா?",
         ["இப்போதே அழையுங்கள்.", "RM 50,000 வரை அபராதம்.", "பயமா?"]),
        ("No. 3 கவுன்டருக்குச் செல்லுங்கள். s. 233 பொருந்தும்.",
         ["No. 3 கவுன்டருக்குச் செல்லுங்கள்.", "s. 233 பொருந்தும்."]),
    ],
    "zh-hans": [
        ("马上打电话。你随时可以停！可以吗？可以", ["马上打电话。", "你随时可以停！", "可以吗？", "可以"]),
        ("罚款最高RM 50,000，见s. 233。问：“可以吗？”然后等No. 3柜台。",
         ["罚款最高RM 50,000，见s. 233。", "问：“可以吗？”", "然后等No. 3柜台。"]),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text", "expected"), [(one, *example) for one, found in EXAMPLES.items() for example in found]
)
def test_a_text_is_cut_where_its_sentences_end_and_nowhere_else(language, text, expected):
    assert sentences(text, language) == expected


@pytest.mark.parametrize("language", EXAMPLES)
def test_no_word_is_lost_between_sentences(language):
    for text, _ in EXAMPLES[language]:
        assert "".join(sentences(text, language)).replace(" ", "") == text.replace(" ", "")
