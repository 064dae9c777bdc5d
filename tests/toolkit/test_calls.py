"""A hotline's number reaches readers when a second person has called it, or is seen as skipped until somebody has."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.folders import Folder
from tests.staff import logged_in, make_staff
from tests.toolkit.test_editing import live, publish, write
from toolkit.files import sync
from toolkit.models import Call, Draft, SkippedCall

NUMBER = "+60387654321"
ROLES = {"mei": "Editor", "aminah": "Publisher", "ravi": "Translator", "siti": "Editor"}


@pytest.fixture
def clients(folder: Folder, staff_static):
    sync.import_files(folder.root)
    return {
        name: logged_in(None, make_staff(name, role, languages=["ta"] if role == "Translator" else []))
        for name, role in ROLES.items()
    }


@pytest.fixture
def draft(clients) -> Draft:
    write(clients["mei"], "facts", "", action="review", **{"contacts-0-channels-0-value": "03-8765 4321"})
    return Draft.objects.get()


def say(client, answered: str = "right", number: str = NUMBER, contact: str = "line"):
    said = {"path": "", "contact": contact, "number": number, "answered": answered, "remark": "A woman answered"}
    return client.post("/staff/calls/", said)


def is_live() -> bool:
    return NUMBER in live("facts", "")


def test_nobody_publishes_a_number_that_nobody_has_called(clients, draft):
    html = publish(clients["aminah"], draft).content.decode()
    assert "somebody other than its writer has to call 03-8765 4321 first" in html
    assert not is_live()
    for name in ("aminah", "ravi", "siti"):
        page = clients[name].get(f"/staff/drafts/{draft.pk}/").content.decode()
        assert "I called: it is right" in page and 'href="tel:+60387654321"' in page
        assert "03-8765 4321" in clients[name].get("/staff/").content.decode()


@pytest.mark.parametrize("name", ["aminah", "ravi", "siti"])
def test_a_second_person_of_any_role_says_that_she_called(clients, draft, name):
    assert say(clients[name]).status_code == 302
    assert publish(clients["aminah"], draft).status_code == 302
    assert is_live() and not SkippedCall.objects.exists()


def test_whoever_wrote_it_is_not_a_second_person(clients, draft):
    assert "I called: it is right" not in clients["mei"].get(f"/staff/drafts/{draft.pk}/").content.decode()
    say(clients["mei"])
    publish(clients["aminah"], draft)
    assert not is_live()


def test_a_publisher_who_wrote_it_cannot_confirm_it_herself(clients):
    write(clients["aminah"], "facts", "", **{"contacts-0-channels-0-value": "03-8765 4321"})
    say(clients["aminah"])
    publish(clients["aminah"], Draft.objects.get())
    assert not is_live()


@pytest.mark.parametrize(
    "said",
    [{"answered": "wrong"}, {"number": "+60387654322"}, {"contact": "another"}],
    ids=lambda said: next(iter(said)),
)
def test_a_call_that_says_something_else_lets_nothing_through(clients, draft, said):
    say(clients["siti"], **said)
    publish(clients["aminah"], draft)
    assert not is_live()


def test_the_last_call_counts(clients, draft):
    say(clients["siti"])
    say(clients["ravi"], "wrong")
    publish(clients["aminah"], draft)
    assert not is_live()
    assert "something else answered" in clients["mei"].get(f"/staff/drafts/{draft.pk}/").content.decode()
    say(clients["siti"])
    publish(clients["aminah"], draft)
    assert is_live()


def test_a_call_of_15_days_ago_says_nothing_of_today(clients, draft, monkeypatch):
    then = timezone.now() - timedelta(days=15)
    with monkeypatch.context() as past:
        past.setattr(timezone, "now", lambda: then)
        call = Call(page=draft.page, contact="line", number=NUMBER, was_right=True, caller=draft.author)
        call.caller = type(draft.author).objects.get(username="siti")
        call.save()
    publish(clients["aminah"], draft)
    assert not is_live()


def test_an_emergency_goes_live_with_a_reason_and_is_shown_until_somebody_has_called(clients, draft):
    publish(clients["aminah"], draft, skip_call="on", skip_reason=" ")
    assert not is_live()
    publish(clients["aminah"], draft, skip_call="on", skip_reason="The old line harms callers")
    assert is_live()
    due = clients["siti"].get("/staff/due/").content.decode()
    assert "The old line harms callers" in due and "03-8765 4321" in due
    assert "03-8765 4321" in clients["siti"].get("/staff/").content.decode()
    say(clients["mei"])
    assert "The old line harms callers" in clients["siti"].get("/staff/due/").content.decode()
    say(clients["siti"])
    assert "The old line harms callers" not in clients["siti"].get("/staff/due/").content.decode()
    assert "03-8765 4321" not in clients["siti"].get("/staff/").content.decode()


def test_what_readers_see_already_is_not_asked_for(clients):
    write(clients["mei"], "facts", "", position="3")
    assert publish(clients["aminah"], Draft.objects.get()).status_code == 302


def test_a_number_that_was_not_shown_and_shall_be_is_asked_for(clients):
    hidden = {"contacts-0-channels-0-status": "unconfirmed"}
    write(clients["mei"], "facts", "", **hidden)
    assert publish(clients["aminah"], Draft.objects.get()).status_code == 302
    write(clients["mei"], "facts", "", **{"contacts-0-channels-0-status": "confirmed"})
    shown = Draft.objects.get(state=Draft.WRITING)
    publish(clients["aminah"], shown)
    shown.refresh_from_db()
    assert shown.state == Draft.WRITING


def test_files_are_not_asked_for_calls(clients, folder):
    text = folder.file("", "facts").read_text()
    folder.file("", "facts").write_text(text.replace("+60312345678", NUMBER))
    sync.import_files(folder.root)
    assert is_live()


def test_nobody_without_a_role_says_anything_and_no_number_is_made_up(clients, client, db):
    assert logged_in(None, make_staff("nobody", "Administrator")).post("/staff/calls/", {}).status_code == 403
    assert say(clients["siti"], number="abc").status_code == 404
    assert say(clients["siti"], answered="maybe").status_code == 404
    assert not Call.objects.exists()
