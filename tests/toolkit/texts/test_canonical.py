from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.texts.canonical import decode, digest, tidy_block
from toolkit.texts.problem import TextError
from toolkit.texts.records.toml import read_toml


def test_windows_line_ends_and_a_byte_order_mark_do_not_matter():
    assert decode("\ufeffa\r\nb\rc".encode()) == "a\nb\nc"


def test_text_is_composed_so_that_one_word_has_one_digest():
    assert decode("e\u0301".encode()) == "é"
    assert digest(decode("e\u0301".encode())) == digest("é")


def test_invalid_utf8_is_named_with_its_line():
    with pytest.raises(TextError, match="not valid UTF-8") as error:
        decode(b"one\ntwo \xff\n")
    assert error.value.line == 2


@pytest.mark.parametrize(
    "written", ['b = "not\\u202Efine"', 'b = [{ c = "not\\U0000200bfine" }]', '"not\\ue000fine" = 1']
)
def test_toml_cannot_write_them_by_their_number_either(written):
    with pytest.raises(TextError) as caught:
        read_toml(f'a = "fine"\n{written}\n')
    assert (caught.value.fault.code, caught.value.line) == ("hidden-character", 2)


@pytest.mark.parametrize("hidden", ["\u202e", "\u200b", "\x00", "\ue000", "\u2066"])
def test_characters_that_hide_or_reorder_text_are_refused(hidden):
    with pytest.raises(TextError, match="invisible or control character") as error:
        decode(f"fine\nfine\nnot{hidden}fine".encode())
    assert error.value.line == 3


def test_tamil_joiners_are_kept():
    assert decode("க்‌ஷ".encode()) == unicodedata.normalize("NFC", "க்‌ஷ")


@given(st.text())
def test_tidying_twice_changes_nothing(text):
    assert tidy_block(tidy_block(text)) == tidy_block(text)


@given(st.binary())
def test_any_bytes_are_read_or_refused_but_never_crash(raw):
    try:
        assert decode(decode(raw).encode()) == decode(raw)
    except TextError as error:
        assert error.line >= 1
