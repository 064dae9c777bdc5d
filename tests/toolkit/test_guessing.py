"""Guesses of passwords are counted before one is hashed, which is what makes them dear."""

from __future__ import annotations

import time

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.staff import PASSWORD, make_staff
from tests.toolkit.test_log_in import give_password
from toolkit import roles
from toolkit.admin.entering import guessing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static", "quick_passwords")]


@pytest.fixture
def mei(db) -> User:
    return make_staff("mei", roles.EDITOR)


def test_a_new_name_with_each_guess_soon_has_to_wait_before_a_password_is_looked_at(client, mei, monkeypatch):
    for number in range(guessing.FROM_AN_ADDRESS):
        assert give_password(client, f"nobody-{number}", "wrong").status_code == 200
    monkeypatch.setattr("django.contrib.auth.authenticate", lambda *_, **__: pytest.fail("a password was hashed"))
    answer = give_password(client, "nobody-else", "wrong")
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= guessing.WINDOW + 60
    assert "too many tries from here" in answer.content.decode()


def test_guesses_for_one_name_from_many_addresses_have_to_wait_and_a_colleague_does_not(client, mei, monkeypatch):
    for number in range(guessing.FOR_A_NAME):
        give_password(client, "mei", "wrong", REMOTE_ADDR=f"203.0.113.{number}")
    assert give_password(client, "mei", PASSWORD, REMOTE_ADDR="198.51.100.1").status_code == 429
    make_staff("kavitha", roles.EDITOR)
    assert give_password(Client(), "kavitha", PASSWORD, REMOTE_ADDR="198.51.100.1").status_code == 302
    later_on = time.monotonic() + guessing.WINDOW + 1
    monkeypatch.setattr(guessing.time, "monotonic", lambda: later_on)
    assert give_password(client, "mei", PASSWORD, REMOTE_ADDR="198.51.100.1").status_code == 302
