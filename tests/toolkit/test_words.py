from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from toolkit.rendering import words
from toolkit.texts.languages import LANGUAGES
from toolkit.texts.records.facts import Provision


def provision(**values) -> Provision:
    return Provision(id="x", act="An Act", status="in-force", sources=("s",), checked=date(2026, 1, 1), **values)


@pytest.mark.parametrize(
    ("values", "phrase"),
    [
        ({}, ""),
        ({"prison_years": 3, "fine": True}, "up to 3 years in prison, a fine, or both"),
        ({"prison_years": 1}, "up to 1 year in prison"),
        ({"prison_months": 6, "fine_rm": 500}, "up to 6 months in prison, a fine of up to RM500, or both"),
        (
            {"prison_years": 30, "strokes_min": 6, "combine": "both"},
            "up to 30 years in prison and at least 6 strokes of the cane",
        ),
        (
            {"prison_years": 7, "fine": True, "whipping": True},
            "up to 7 years in prison, a fine, whipping, or any two of these",
        ),
        (
            {"prison_years": 2, "fine_rm": 500_000, "daily_fine_rm": 5000},
            "up to 2 years in prison, a fine of up to RM500,000, or both, and RM5,000 for each day it goes on",
        ),
    ],
)
def test_a_penalty_reads_as_a_phrase(values, phrase):
    with translation.override("en"):
        assert words.penalty(provision(**values)) == phrase


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_penalty_keeps_its_numbers_in_every_language(language):
    with translation.override(language):
        phrase = words.penalty(provision(prison_years=2, fine_rm=500_000))
    assert "2" in phrase and "RM500,000" in phrase and "%" not in phrase


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "22 November 2026"), ("ms", "22 November 2026"), ("ta", "22 நவம்பர் 2026"), ("zh-hans", "2026年11月22日")],
)
def test_a_day_is_written_as_the_language_writes_it(language, written):
    with translation.override(language):
        assert words.day(date(2026, 11, 22)) == written


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "Monday to Friday, 08:30–17:30"),
        ("ms", "Isnin hingga Jumaat, 08:30–17:30"),
        ("ta", "திங்கள் முதல் வெள்ளி வரை, 08:30–17:30"),
        ("zh-hans", "星期一至星期五 08:30–17:30"),
    ],
)
def test_opening_hours_name_the_days_in_the_language(language, written):
    with translation.override(language):
        assert words.hours("Mo-Fr 08:30-17:30") == written


def test_always_and_every_day_read_so():
    with translation.override("en"):
        assert words.hours("24/7") == "24 hours, every day"
        assert words.hours("Mo-Su 08:00-24:00") == "every day, 08:00–24:00"


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        ("Mo-Th 08:00-13:00,14:00-17:00; Fr 08:00-12:15,14:45-17:00; PH off",
         "Monday to Thursday, 08:00–13:00, 14:00–17:00; Friday, 08:00–12:15, 14:45–17:00; closed on public holidays"),
        ("Mo,We 09:00-12:00", "Monday, Wednesday, 09:00–12:00"),
        ("Su-Th 08:00-17:00", "Sunday to Thursday, 08:00–17:00"),
        ("Mo-Su,PH 08:00-24:00", "every day and public holidays, 08:00–24:00"),
        ("Mo-Fr 09:00-17:00; PH 10:00-12:00", "Monday to Friday, 09:00–17:00; public holidays, 10:00–12:00"),
        ("24/7; PH off", "every day, 24 hours; closed on public holidays"),
        ("Mo[1] 09:00-12:00", "not the same every week; ask them"),
    ],
)  # fmt: skip
def test_breaks_holidays_and_weeks_of_other_shapes_read_so(hours, said):
    with translation.override("en"):
        assert words.hours(hours) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ms", "Ahad hingga Khamis, 08:00–17:00; tutup pada cuti umum"),
        ("ta", "ஞாயிறு முதல் வியாழன் வரை, 08:00–17:00; பொது விடுமுறை நாட்களில் மூடியிருக்கும்"),
        ("zh-hans", "星期日至星期四 08:00–17:00；公共假期休息"),
    ],
)
def test_a_week_that_ends_on_friday_reads_so_in_each_language(language, said):
    with translation.override(language):
        assert words.hours("Su-Th 08:00-17:00; PH off") == said
