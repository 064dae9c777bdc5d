from __future__ import annotations

from datetime import UTC, date, datetime, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.texts.problem import FaultError
from toolkit.texts.records.hours import (
    ALWAYS,
    MALAYSIA,
    WHOLE_DAY,
    Answers,
    Week,
    answers_at,
    next_opening,
    read_hours,
    week_of,
    write_week,
)
from toolkit.texts.records.public_holidays import is_public_holiday

OPEN, CLOSED, UNSURE = Answers.OPEN, Answers.CLOSED, Answers.UNSURE
OFFICE = "Mo-Fr 09:00-17:00; PH off"
# Thaipusam falls on a Friday in 2027, and is a holiday in some states only.
THAIPUSAM = "2027-01-22 10:00"


def at(text: str, zone: timezone = MALAYSIA) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def holidays_in(*states: str):
    return lambda day: is_public_holiday(day, states)


def no_holiday(day: date) -> bool:
    return False


@pytest.mark.parametrize(
    "wrong",
    [
        "", "office hours", "Mo 25:00-26:00", "9-5", "SH off", "Mo-Fr 09:00+", "sunrise-sunset", "Jan PH off",
        'Mo-Fr 09:00-17:00 "by appointment"', "Mo-Fr 09:00-17:00 unknown", "Mo-Fr 09:00-17:00 || off",
    ],
)  # fmt: skip
def test_hours_that_make_no_sense_here_are_refused(wrong):
    with pytest.raises(FaultError, match="must"):
        read_hours(wrong)


def test_hours_are_written_in_one_way():
    assert read_hours("mo-fr 9:30-17:30;PH off") == "Mo-Fr 09:30-17:30; PH off"
    assert read_hours("24/7") == ALWAYS


@pytest.mark.parametrize(
    ("hours", "moment", "expected"),
    [
        ("24/7", "2026-11-22 03:00", OPEN),
        ("Mo-Fr 09:30-17:30", "2026-11-23 09:29", CLOSED),
        ("Mo-Fr 09:30-17:30", "2026-11-23 09:30", OPEN),
        ("Mo-Fr 09:30-17:30", "2026-11-27 17:29", OPEN),
        ("Mo-Fr 09:30-17:30", "2026-11-27 17:30", CLOSED),
        ("Mo-Fr 09:30-17:30", "2026-11-28 12:00", CLOSED),
        ("Mo-Fr 09:30-17:30; Sa 09:00-13:00", "2026-11-28 12:00", OPEN),
        ("Mo-Su 08:00-24:00", "2026-11-22 23:59", OPEN),
        ("Mo-Su 08:00-24:00", "2026-11-23 00:00", CLOSED),
        ("Mo-Su 00:00-24:00", "2026-11-23 00:00", OPEN),
        # A break
        ("Mo-Fr 09:00-13:00,14:00-17:00", "2026-11-30 13:30", CLOSED),
        ("Mo-Fr 09:00-13:00,14:00-17:00", "2026-11-30 14:00", OPEN),
        ("Mo-Th 08:00-17:00; Fr 08:00-12:15,14:45-17:00", "2026-11-27 13:00", CLOSED),
        # Past midnight, whatever the next day says
        ("Mo-Su 22:00-02:00", "2026-11-28 01:59", OPEN),
        ("Mo-Su 22:00-02:00", "2026-11-28 02:00", CLOSED),
        ("Fr 22:00-02:00; Sa 09:00-12:00", "2026-11-28 01:00", OPEN),
        ("Fr 22:00-02:00; Sa 09:00-12:00", "2026-11-28 10:00", OPEN),
        ("Fr 22:00-26:00; Sa off", "2026-11-28 01:00", OPEN),
        ("Sa 09:00-12:00; Fr 22:00-02:00", "2026-11-29 01:00", CLOSED),
        # A week that ends on Friday and Saturday
        ("Su-Th 08:00-17:00", "2026-11-27 10:00", CLOSED),
        ("Su-Th 08:00-17:00", "2026-11-29 10:00", OPEN),
        # Weeks that differ
        ("Mo[1] 09:00-17:00", "2026-12-07 10:00", OPEN),
        ("Mo[1] 09:00-17:00", "2026-12-14 10:00", CLOSED),
        ("Jan-Mar Mo-Fr 09:00-12:00", "2026-11-30 10:00", CLOSED),
    ],
)
def test_open_is_within_the_hours_of_the_day(hours, moment, expected):
    assert answers_at(read_hours(hours), at(moment), no_holiday) is expected


def test_open_is_judged_by_malaysian_time_wherever_the_server_stands():
    assert answers_at("Mo-Fr 09:30-17:30", at("2026-11-23 01:30", UTC), no_holiday) is OPEN
    assert answers_at("Mo-Fr 09:30-17:30", at("2026-11-23 09:30", UTC), no_holiday) is CLOSED
    assert answers_at("Sa 00:00-01:00", at("2026-11-27 16:30", UTC), no_holiday) is OPEN


@pytest.mark.parametrize(
    ("hours", "moment", "state", "expected", "opens"),
    [
        # 31 August 2026 is a Monday, and Merdeka everywhere
        (OFFICE, "2026-08-31 10:00", "selangor", CLOSED, "2026-09-01 09:00"),
        (OFFICE, "2026-08-31 10:00", "sarawak", CLOSED, "2026-09-01 09:00"),
        ("Mo-Fr,PH 09:00-17:00", "2026-08-31 10:00", "selangor", OPEN, "2026-09-01 09:00"),
        ("Mo-Fr 09:00-17:00; PH 10:00-12:00", "2026-08-31 09:30", "selangor", CLOSED, "2026-08-31 10:00"),
        ("24/7", "2026-08-31 10:00", "selangor", OPEN, None),
        ("24/7; PH off", "2026-08-31 10:00", "selangor", CLOSED, None),
        # Hours that say nothing of holidays
        ("Mo-Fr 09:00-17:00", "2026-08-31 10:00", "selangor", UNSURE, "2026-09-01 09:00"),
        ("Mo-Fr 09:00-17:00", "2026-08-31 18:00", "selangor", CLOSED, "2026-09-01 09:00"),
        # Chinese New Year 2026: Tuesday 17 and Wednesday 18 February
        (OFFICE, "2026-02-16 18:00", "perak", CLOSED, "2026-02-19 09:00"),
        (OFFICE, "2026-02-17 10:00", "selangor", CLOSED, "2026-02-19 09:00"),
        # In Johor and Kedah Ramadan begins with one more
        (OFFICE, "2026-02-17 10:00", "johor", CLOSED, "2026-02-20 09:00"),
        # Thaipusam in some states only, also where its Sunday moves to Monday
        (OFFICE, THAIPUSAM, "penang", CLOSED, "2027-01-25 09:00"),
        (OFFICE, THAIPUSAM, "selangor", CLOSED, "2027-01-25 09:00"),
        (OFFICE, THAIPUSAM, "kelantan", OPEN, "2027-01-25 09:00"),
        (OFFICE, THAIPUSAM, "terengganu", OPEN, "2027-01-25 09:00"),
        (OFFICE, "2026-02-02 10:00", "penang", CLOSED, "2026-02-03 09:00"),
        (OFFICE, "2026-02-02 10:00", "kelantan", OPEN, "2026-02-03 09:00"),
        # Deepavali is none in Sarawak; Gawai is
        (OFFICE, "2026-11-09 10:00", "sarawak", OPEN, "2026-11-10 09:00"),
        (OFFICE, "2026-06-02 10:00", "sarawak", CLOSED, "2026-06-04 09:00"),
        # A night that begins before the holiday goes on into it, and none begins on it
        ("Mo-Su 22:00-02:00; PH off", "2026-08-31 01:00", "perak", OPEN, "2026-09-01 22:00"),
        ("Mo-Su 22:00-02:00; PH off", "2026-08-31 23:00", "perak", CLOSED, "2026-09-01 22:00"),
        ("Mo-Su 22:00-02:00; PH off", "2026-09-01 01:00", "perak", CLOSED, "2026-09-01 22:00"),
        # The week of Kelantan
        ("Su-Th 08:00-17:00; PH off", "2026-08-27 18:00", "kelantan", CLOSED, "2026-08-30 08:00"),
        ("Su-Th 08:00-17:00; PH off", "2026-08-30 18:00", "kelantan", CLOSED, "2026-09-01 08:00"),
    ],
)
def test_public_holidays_are_those_of_the_state(hours, moment, state, expected, opens):
    assert answers_at(hours, at(moment), holidays_in(state)) is expected
    if opens:
        assert next_opening(hours, at(moment), holidays_in(state)) == at(opens)


def test_no_opening_within_two_weeks_is_no_opening():
    assert next_opening("Jan Mo 09:00-12:00", at("2026-08-31 10:00"), no_holiday) is None


# As a week


TIMES = st.sampled_from(
    [
        (),
        (("09:00", "17:00"),),
        (("09:00", "13:00"), ("14:00", "17:00")),
        (("22:00", "02:00"),),
        (("08:00", "24:00"),),
        WHOLE_DAY,
    ]
)


@given(st.builds(Week, st.tuples(*[TIMES] * 7), TIMES | st.none()))
def test_a_week_is_read_back_as_it_was_written(week):
    written = write_week(week)
    if written:
        assert week_of(written) == week
        assert read_hours(written) == written
    else:
        assert not any(week.days) and not week.holidays


def test_a_week_is_written_in_runs_of_days():
    day, off = (("08:00", "17:00"),), ()
    assert write_week(Week((day, day, day, day, off, off, day), off)) == "Su-Th 08:00-17:00; PH off"
    assert write_week(Week((day, off, day, off, day, off, off), None)) == "Mo,We,Fr 08:00-17:00"
    assert write_week(Week((WHOLE_DAY,) * 7, WHOLE_DAY)) == ALWAYS


@pytest.mark.parametrize(
    "hours", ["Jan-Mar Mo 09:00-12:00", "Mo[1] 09:00-17:00", "2026 Mo 09:00-17:00", "week 10 Mo 09:00-10:00"]
)
def test_weeks_that_differ_are_no_week(hours):
    assert week_of(read_hours(hours)) is None
