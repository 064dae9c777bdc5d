from __future__ import annotations

import pytest

from toolkit.texts.hours import Span, read_hours


def test_always_open_has_no_spans():
    assert read_hours("24/7") == ()


def test_spans_are_read_in_order():
    assert read_hours("Mo-Fr 09:30-17:30; Sa 09:00-24:00") == (
        Span(0, 4, "09:30", "17:30"),
        Span(5, 5, "09:00", "24:00"),
    )


@pytest.mark.parametrize(
    "wrong", ["", "office hours", "Mo-Fr 9:30-17:30", "Mo-Fr 17:30-09:30", "Fr-Mo 09:00-17:00", "Mo 25:00-26:00"]
)
def test_hours_that_make_no_sense_are_refused(wrong):
    with pytest.raises(ValueError, match="hours"):
        read_hours(wrong)
