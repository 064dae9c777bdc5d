from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.texts.canonical import tidy_block, tidy_line
from toolkit.texts.problem import TextError
from toolkit.texts.words.prose import FURTHER_KEYS, Prose, read_prose, write_prose

LINE = (
    st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" "), min_size=1)
    .map(tidy_line)
    .filter(bool)
)
KEYWORD = LINE.filter(lambda word: "," not in word)
SLUG = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)?", fullmatch=True)
BODY = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n")).map(tidy_block)
PROSE = st.builds(
    Prose,
    title=LINE,
    heading=LINE | st.just(""),
    summary=LINE,
    keywords=st.lists(KEYWORD).map(tuple),
    translated_from=st.just("") | st.from_regex(r"[0-9a-f]{12}", fullmatch=True),
    review=st.sampled_from(["", "unreviewed", "reviewed"]),
    labels=st.dictionaries(SLUG, LINE),
    notes=st.dictionaries(SLUG, LINE),
    further=st.dictionaries(st.sampled_from(FURTHER_KEYS), st.dictionaries(SLUG, LINE, min_size=1)),
    body=BODY,
)
WHOLE = "---\ntitle: A\nsummary: B\n---\nBody\n"


@given(PROSE)
def test_what_is_written_reads_back_the_same(prose):
    assert read_prose(write_prose(prose)) == prose


@given(PROSE)
def test_the_canonical_text_is_its_own_canonical_text(prose):
    text = write_prose(prose)
    assert write_prose(read_prose(text)) == text


def test_values_that_yaml_would_change_stay_text():
    prose = read_prose("---\ntitle: no\nsummary: 0123456\ntranslated_from: 012345678901\nreview: unreviewed\n---\n")
    assert (prose.title, prose.summary, prose.translated_from) == ("no", "0123456", "012345678901")


def test_keys_may_come_in_any_order_and_leave_in_one():
    shuffled = "---\nsummary: B\nnote.b: N\nlabel.a: L\ntitle: A\n---\nBody\n"
    assert write_prose(read_prose(shuffled)).startswith("---\ntitle: A\nsummary: B\nlabel.a: L\nnote.b: N\n---\n")


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("title: A\n", 1, "first line must be ---"),
        ("---\ntitle: A\n", 3, "not closed"),
        (WHOLE.replace("title: A", "titel: A"), 2, "unknown front matter key: titel"),
        (WHOLE.replace("summary: B", "summary: B\nsummary: C"), 4, "summary is given twice"),
        (WHOLE.replace("summary: B", "no colon here"), 3, "not a front matter line"),
        (WHOLE.replace("summary: B", "summary:"), 3, "summary has no value"),
        (WHOLE.replace("summary: B", "review: maybe"), 1, "summary is missing"),
        (WHOLE.replace("summary: B", "summary: B\nreview: maybe"), 1, "review must be one of"),
        (WHOLE.replace("summary: B", "summary: B\ntitle.x: y"), 4, "unknown front matter key: title.x"),
    ],
)
def test_a_fault_in_the_front_matter_is_named_with_its_line(text, line, message):
    with pytest.raises(TextError, match=message) as error:
        read_prose(text)
    assert error.value.line == line
