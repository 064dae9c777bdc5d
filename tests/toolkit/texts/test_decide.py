from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.texts.decide import Decision, decide

DIGEST = st.sampled_from("abcd")


@pytest.mark.parametrize(
    ("agreed", "file", "live", "decision"),
    [
        ([], "a", None, Decision.IMPORT),
        ([], "a", "a", Decision.IN_SYNC),
        ([], "a", "b", Decision.CONFLICT),
        ([], None, "a", Decision.EXPORT),
        (["a"], "a", "a", Decision.IN_SYNC),
        (["a"], "b", "a", Decision.IMPORT),
        (["a"], "a", "b", Decision.EXPORT),
        (["a"], "b", "c", Decision.CONFLICT),
        (["a"], "b", "b", Decision.IN_SYNC),
        (["a", "b"], "a", "b", Decision.ROLLBACK),
        (["a", "b"], "a", "c", Decision.ROLLBACK),
        (["a", "b"], "a", "a", Decision.IN_SYNC),
        (["a"], None, "a", Decision.MISSING_FILE),
        (["a"], None, "b", Decision.MISSING_FILE),
    ],
)
def test_each_combination_has_one_decision(agreed, file, live, decision):
    assert decide(agreed, file, live) is decision


@given(st.lists(DIGEST, max_size=4), st.none() | DIGEST, st.none() | DIGEST)
def test_a_live_text_is_only_overwritten_when_nobody_changed_it(agreed, file, live):
    if decide(agreed, file, live) is Decision.IMPORT:
        assert live is None or live == agreed[-1]


@given(st.lists(DIGEST, max_size=4), st.none() | DIGEST, st.none() | DIGEST)
def test_a_file_is_only_overwritten_when_nobody_changed_it(agreed, file, live):
    if decide(agreed, file, live) is Decision.EXPORT:
        assert file is None or file == agreed[-1]
