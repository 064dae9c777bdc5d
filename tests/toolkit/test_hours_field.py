"""Staff write opening hours by ticking days and giving times, with no script and no syntax."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from tests.folders import Folder
from tests.toolkit.test_editing import fields, live, publish, screen, staff, write
from tests.toolkit.test_history_rooms import publish as make_public
from toolkit import models
from toolkit.admin.words.hours_field import HoursField, HoursWidget, typed_from
from toolkit.files import sync
from toolkit.models import Draft
from toolkit.texts.records.hours import WHOLE_DAY, Week, write_week

NAME = "contacts-0-hours"
WEEKDAYS = ["Mo", "Tu", "We", "Th", "Fr"]


def hours(**typed) -> str:
    """What a form makes of what was typed in it; ``days_0`` is posted as ``hours-0-days``."""
    data = QueryDict(mutable=True)
    for name, value in ({"kind": "week"} | typed).items():
        first, _, number = name.partition("_")
        data.setlist(
            f"hours-{number}-{first}" if number else f"hours-{first}", value if isinstance(value, list) else [value]
        )
    return HoursField(required=False).clean(HoursWidget().value_from_datadict(data, {}, "hours"))


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ({"kind": ""}, ""),
        ({"kind": "always"}, "24/7"),
        ({"days_0": WEEKDAYS, "opens_0": "09:00", "closes_0": "17:00"}, "Mo-Fr 09:00-17:00"),
        ({"days_0": WEEKDAYS, "opens_0": "09:00", "closes_0": "17:00", "closed": "on"}, "Mo-Fr 09:00-17:00; PH off"),
        (
            {"days_0": [*WEEKDAYS, "PH"], "opens_0": "09:00", "closes_0": "17:00", "pause_0": "13:00", "again_0": "14:00"},
            "Mo-Fr 09:00-13:00,14:00-17:00; PH 09:00-13:00,14:00-17:00",
        ),
        ({"days_0": ["Su", "Mo", "Tu", "We", "Th"], "opens_0": "08:00", "closes_0": "17:00"}, "Su-Th 08:00-17:00"),
        ({"days_1": ["Sa"], "opens_1": "22:00", "closes_1": "02:00"}, "Sa 22:00-02:00"),
        ({"days_0": ["Sa"], "opens_0": "08:00", "closes_0": "00:00"}, "Sa 08:00-24:00"),
        (
            {
                "days_0": ["Mo", "We"], "opens_0": "09:00", "closes_0": "12:00",
                "days_1": ["Tu"], "opens_1": "14:00", "closes_1": "16:00",
            },
            "Mo,We 09:00-12:00; Tu 14:00-16:00",
        ),
    ],
)  # fmt: skip
def test_what_is_ticked_becomes_hours(typed, text):
    assert hours(**typed) == text


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({}, "tick the days"),
        ({"opens_0": "09:00", "closes_0": "17:00"}, "row 1: tick the days"),
        ({"days_0": ["Mo"], "opens_0": "09:00"}, "row 1: say from when to when"),
        ({"days_0": ["Mo"], "opens_0": "09:00", "closes_0": "17:00", "pause_0": "12:00"}, "a break needs"),
        (
            {"days_0": ["Mo"], "opens_0": "09:00", "closes_0": "17:00", "pause_0": "18:00", "again_0": "19:00"},
            "follow one another",
        ),
        ({"days_0": ["Mo"], "opens_0": "09:00", "closes_0": "09:00"}, "follow one another"),
        ({"days_0": ["Mo"], "opens_0": "9am", "closes_0": "17:00"}, "like 09:00"),
        (
            {
                "days_0": ["Mo"],
                "opens_0": "09:00",
                "closes_0": "10:00",
                "days_1": ["Mo"],
                "opens_1": "11:00",
                "closes_1": "12:00",
            },
            "two rows: Monday",
        ),
        ({"days_0": ["Mo", "PH"], "opens_0": "09:00", "closes_0": "10:00", "closed": "on"}, "both open and closed"),
        ({"kind": "", "days_0": ["Mo"], "opens_0": "09:00", "closes_0": "10:00"}, "or empty the rows"),
    ],
)
def test_what_cannot_be_is_said(typed, fault):
    with pytest.raises(ValidationError, match=fault):
        hours(**typed)


TIMES = st.sampled_from(
    [(), (("09:00", "17:00"),), (("09:00", "13:00"), ("14:00", "24:00")), (("22:00", "02:00"),), WHOLE_DAY]
)


@given(st.builds(Week, st.tuples(*[TIMES] * 7), TIMES | st.none()))
def test_hours_opened_and_saved_are_the_same(week):
    text = write_week(week)
    typed = typed_from(text)
    assert HoursField(required=False).clean(typed) == text
    assert typed.kind != "written" or not any(week.days)


@pytest.mark.parametrize(
    "text", ["Jan-Mar Mo 09:00-12:00", "Mo 08:00-09:00,10:00-11:00,12:00-13:00", "Mo[1] 09:00-12:00"]
)
def test_what_rows_cannot_express_stays_as_it_is(text):
    typed = typed_from(text)
    assert typed.kind == "written"
    assert HoursField(required=False).clean(typed) == text


# On the screen


@pytest.fixture
def rooms(folder: Folder, staff_static) -> None:
    sync.import_files(folder.root)


def page_with_a_contact() -> str:
    return next(page.path for page in models.Page.objects.all() if "[[contacts]]" in live("facts", page.path))


def test_staff_fill_in_rows_and_readers_get_words(rooms, client):
    path, editor = page_with_a_contact(), staff("mei", "Publisher")
    html = editor.get(screen("facts", path)).content.decode()
    assert "24/7" not in html.replace('type="hidden" name="contacts-0-hours" value="24/7"', "")
    row = {f"{NAME}-0-days": WEEKDAYS, f"{NAME}-0-opens": "09:00", f"{NAME}-0-closes": "17:00"}
    write(editor, "facts", path, action="publish", **{f"{NAME}-kind": "week", f"{NAME}-closed": "on"}, **row)
    publish(editor, Draft.objects.get())
    assert 'hours = "Mo-Fr 09:00-17:00; PH off"' in live("facts", path)
    html = client.get(f"/en/{path}".rstrip("/") + "/").content.decode()
    assert "Monday to Friday, <i>09:00–17:00</i>; closed on public holidays" in html


def test_a_mistake_comes_back_with_what_was_ticked(rooms):
    path, editor = page_with_a_contact(), staff("mei", "Editor")
    write(editor, "facts", path, **{f"{NAME}-kind": "week", f"{NAME}-0-days": ["Tu"], f"{NAME}-0-opens": "09:00"})
    html = editor.get(screen("facts", path)).content.decode()
    assert "row 1: say from when to when" in html
    again = fields(html)
    assert (again[f"{NAME}-kind"], again[f"{NAME}-0-days"], again[f"{NAME}-0-opens"]) == (["week"], ["Tu"], ["09:00"])


def test_hours_that_rows_cannot_express_are_shown_and_kept(rooms):
    path, editor = page_with_a_contact(), staff("mei", "Editor")
    edited = live("facts", path).replace('hours = "24/7"', 'hours = "Jan-Mar Mo 09:00-12:00"')
    make_public("facts", 'hours = "24/7"', 'hours = "Jan-Mar Mo 09:00-12:00"', path=path)
    html = editor.get(screen("facts", path)).content.decode()
    assert "They stay as they are until you choose something else: Jan-Mar Mo 09:00-12:00" in html
    write(editor, "facts", path)
    assert Draft.objects.get().text == edited
