from __future__ import annotations

from datetime import UTC, datetime, timezone

import pytest

from toolkit.texts.hours import MALAYSIA, Span, is_open, read_hours


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


def at(text: str, zone: timezone = MALAYSIA) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("hours", "moment", "expected"),
    [
        ("24/7", "2026-11-22 03:00", True),
        ("", "2026-11-23 12:00", False),
        ("Mo-Fr 09:30-17:30", "2026-11-23 09:29", False),
        ("Mo-Fr 09:30-17:30", "2026-11-23 09:30", True),
        ("Mo-Fr 09:30-17:30", "2026-11-27 17:29", True),
        ("Mo-Fr 09:30-17:30", "2026-11-27 17:30", False),
        ("Mo-Fr 09:30-17:30", "2026-11-28 12:00", False),
        ("Mo-Fr 09:30-17:30; Sa 09:00-13:00", "2026-11-28 12:00", True),
        ("Mo-Fr 09:30-17:30; Sa 09:00-13:00", "2026-11-29 12:00", False),
        ("Mo-Su 08:00-24:00", "2026-11-22 23:59", True),
        ("Mo-Su 08:00-24:00", "2026-11-23 00:00", False),
        ("Mo-Su 00:00-24:00", "2026-11-23 00:00", True),
    ],
)
def test_open_is_within_the_hours_of_the_day_and_hours_nobody_knows_are_not_open(hours, moment, expected):
    assert is_open(hours, at(moment)) is expected


def test_open_is_judged_by_malaysian_time_wherever_the_server_stands():
    assert is_open("Mo-Fr 09:30-17:30", at("2026-11-23 01:30", UTC))
    assert not is_open("Mo-Fr 09:30-17:30", at("2026-11-23 09:30", UTC))
    assert is_open("Sa 00:00-01:00", at("2026-11-27 16:30", UTC))
