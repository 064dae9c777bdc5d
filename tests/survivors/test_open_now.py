"""Who answers at the moment of asking, and when the others open."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.utils import translation

from survivors.directories import open_now
from toolkit.texts.languages import LANGUAGES
from toolkit.texts.records.facts import Channel, Contact
from toolkit.texts.records.hours import MALAYSIA

OFFICE = "Mo-Fr 09:00-17:00; PH off"


def contact(hours: str = "", *, states=("all",), holidays_of: str = "", phones: tuple[str, ...] = ("",)) -> Contact:
    """A contact with as many numbers as hours are given for them."""
    channels = tuple(
        Channel(kind="tel", value=f"1599{place}", hours=own, status="confirmed") for place, own in enumerate(phones)
    )
    return Contact(
        id="line", name="Line", sources=("paper",), checked=date(2026, 11, 22),
        hours=hours, states=states, holidays_of=holidays_of, channels=channels,
    )  # fmt: skip


def said(one: Contact, moment: str, state: str = "", language: str = "en") -> list[tuple[str, str]]:
    with translation.override(language):
        return open_now.sentences(one, state, at(moment))


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=MALAYSIA)


@pytest.mark.parametrize(
    ("moment", "sentence"),
    [
        ("2026-11-30 10:05", "Open now (Monday 10:05)."),
        ("2026-11-30 08:00", "Closed now (Monday 08:00). Opens today, 09:00."),
        ("2026-11-28 10:00", "Closed now (Saturday 10:00). Opens Monday 09:00."),
        ("2026-08-31 10:00", "Closed now (Monday 10:00). Opens Tuesday 09:00."),
        ("2026-02-13 18:00", "Closed now (Friday 18:00). Opens Monday 09:00."),
        ("2026-02-16 18:00", "Closed now (Monday 18:00). Opens Thursday 09:00."),
    ],
)
def test_it_is_said_when_someone_answers(moment, sentence):
    assert said(contact(OFFICE), moment) == [("", sentence)]


def test_an_opening_a_week_away_has_its_date():
    assert said(contact("Mo 09:00-10:00"), "2026-11-30 11:00") == [
        ("", "Closed now (Monday 11:00). Opens Monday, 7 December 2026, 09:00.")
    ]


def test_on_a_public_holiday_nobody_is_said_to_be_open_whose_hours_do_not_name_holidays():
    silent, always = contact("Mo-Fr 09:00-17:00"), contact("24/7")
    assert said(silent, "2026-08-31 10:00") == [
        ("", "Today is a public holiday, so they may be closed (Monday 10:00). Opens Tuesday 09:00.")
    ]
    assert not open_now.is_open(silent, "", at("2026-08-31 10:00"))
    assert open_now.is_open(always, "", at("2026-08-31 10:00"))


@pytest.mark.parametrize(
    ("one", "state", "is_open"),
    [
        (contact(OFFICE, states=("penang",)), "", False),
        (contact(OFFICE, states=("kelantan",)), "", True),
        (contact(OFFICE, states=("kelantan", "penang")), "kelantan", True),
        (contact(OFFICE, states=("kelantan", "penang")), "penang", False),
        (contact(OFFICE, states=("kelantan", "penang")), "", False),
        (contact(OFFICE, holidays_of="kelantan"), "penang", True),
        (contact(OFFICE, holidays_of="selangor"), "kelantan", False),
        (contact(OFFICE), "", False),
    ],
)
def test_thaipusam_closes_where_it_is_a_holiday(one, state, is_open):
    assert open_now.is_open(one, state, at("2027-01-22 10:00")) is is_open


def test_numbers_with_hours_of_their_own_are_named():
    one = contact(phones=(OFFICE, "24/7", ""))
    assert said(one, "2026-11-28 10:00") == [
        ('<span class="number">15990</span>', "Closed now (Saturday 10:00). Opens Monday 09:00."),
        ('<span class="number">15991</span>', "Open now (Saturday 10:00)."),
    ]


def test_nothing_is_said_of_hours_that_nobody_knows():
    assert said(contact(), "2026-11-30 10:00") == []
    assert not open_now.is_open(contact(), "", at("2026-11-30 10:00"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_names_its_moment_and_a_finished_page_none(guide, client, language):
    answer = client.post(f"/{language}/find-help/", {"need": "talk"}).content.decode()
    assert answer.count('class="now"') > 5
    for path in ("find-help", "support", "support/heal-15555", "platforms/mcmc"):
        assert 'class="now"' not in client.get(f"/{language}/{path}/").content.decode()
