from __future__ import annotations

from dataclasses import replace

import pytest

from toolkit.texts.canonical import digest
from toolkit.texts.languages import TRANSLATIONS
from toolkit.texts.page import PageTexts, TranslationState
from toolkit.texts.words.pins import pin_of
from toolkit.texts.words.prose import Prose, write_prose

BODY = """\
Someone shared your picture.
It is not your fault.

## Do this first {#do-first}

1. **Save it.** One file
   for each message.
2. Tell someone.

!!! danger "Stop"
    Do not pay.

| Who | When |
|---|---|
| Police | now |
"""
ENGLISH = Prose(title="Pictures", summary="What to do now.", keywords=("nudes",), body=BODY)


def state(english: Prose, language: str) -> TranslationState:
    """How a translation of ENGLISH stands when the English is this."""
    words = Prose(title="X", summary="Y.", translated_from=pin_of(ENGLISH), review="reviewed", body="Z.\n")
    return PageTexts("types/x", prose={"en": english, language: words}).state(language)


@pytest.mark.parametrize("language", TRANSLATIONS)
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("picture.\nIt is", "picture. It is"),
        ("It is not your fault.", "It is not\nyour fault."),
        ("One file\n   for", "One file for"),
        ("message.\n2.", "message.\n\n2."),
        ("fault.\n\n##", "fault.\n\n\n##"),
        ("{#do-first}\n\n", "{#do-first}\n"),
        ("fault.\n\n##", "fault.\n##"),
    ],
)
def test_line_breaks_and_blank_lines_outdate_no_translation(old, new, language):
    assert BODY.count(old) == 1
    assert state(replace(ENGLISH, body=BODY.replace(old, new)), language) is TranslationState.CURRENT


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_keyword_outdates_no_translation(language):
    assert state(replace(ENGLISH, keywords=("nudes", "leaked")), language) is TranslationState.CURRENT


@pytest.mark.parametrize("language", TRANSLATIONS)
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("not your fault", "never your fault"),
        ("picture.\nIt is", "picture.\n\nIt is"),
        ("{#do-first}", "{#first}"),
        ('"Stop"\n    Do', '"Stop"\n\nDo'),
        ("| Police | now |", "| Police now |"),
        ("1. **Save", "- **Save"),
        ("One file\n   for", "One file\n   - for"),
        ("message.\n2. Tell", "message. Tell"),
    ],
)
def test_what_a_reader_reads_outdates_a_translation(old, new, language):
    assert BODY.count(old) == 1
    assert state(replace(ENGLISH, body=BODY.replace(old, new)), language) is TranslationState.OUTDATED


@pytest.mark.parametrize("field", ["title", "heading", "summary"])
def test_the_words_at_the_top_outdate_a_translation(field):
    assert state(replace(ENGLISH, **{field: "Other words."}), "ta") is TranslationState.OUTDATED


def test_a_pin_of_the_whole_text_is_still_understood():
    words = Prose(title="X", summary="Y.", translated_from=digest(write_prose(ENGLISH)), review="reviewed", body="Z.\n")
    assert PageTexts("x", prose={"en": ENGLISH, "ms": words}).state("ms") is TranslationState.CURRENT
