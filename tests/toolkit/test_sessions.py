"""Sessions of staff, where requests of one browser are answered side by side."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from tests.staff import logged_in, make_staff
from toolkit import roles
from toolkit.admin.entering.sessions import StaffSessions

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static", "quick_passwords")]

PAGE = "/staff/password_change/"


@pytest.fixture
def mei(db) -> User:
    return make_staff("mei", roles.EDITOR)


def test_a_request_takes_away_nothing_that_one_beside_it_put_into_the_session(mei):
    client = logged_in(None, mei)

    def slow(request: HttpRequest) -> HttpResponse:
        """A page whose making begins before, and ends after, a form is answered beside it."""
        request.session.get("words")
        beside = client.session
        beside["words"] = "Draft saved."
        beside.save()
        return HttpResponse()

    request = RequestFactory().get(PAGE)
    request.COOKIES = {name: one.value for name, one in client.cookies.items()}
    before = Session.objects.get().expire_date
    answer = StaffSessions(slow)(request)
    assert client.session["words"] == "Draft saved."
    assert Session.objects.get().expire_date > before and "session" in answer.cookies


def test_a_session_that_was_ended_does_not_go_on_with_a_request_beside_its_end(mei):
    client = logged_in(None, mei)
    request = RequestFactory().get(PAGE)
    request.COOKIES = {name: one.value for name, one in client.cookies.items()}

    def ended(request: HttpRequest) -> HttpResponse:
        request.session.get("words")
        Session.objects.all().delete()
        return HttpResponse()

    with pytest.raises(SessionInterrupted):
        StaffSessions(ended)(request)
    assert not Session.objects.exists()
