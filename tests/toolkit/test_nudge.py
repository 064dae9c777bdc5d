"""A word by e-mail: for those who asked, when something waits, once a day, and without a word of what."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import timedelta
from io import StringIO
from smtplib import SMTPException

import pytest
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.toolkit.test_editing import publish
from tests.toolkit.test_remarks import html_of, people, sent, user  # noqa: F401
from toolkit import env
from toolkit.admin.talking.nudge import nudge
from toolkit.models import AuditEntry, StaffMember
from toolkit.texts.languages import SELF_NAMES

ROOM = "/staff/mail/"


class NoServer(EmailBackend):
    def send_messages(self, messages):
        raise ConnectionRefusedError("someone@example.org")


class Refusing(EmailBackend):
    def send_messages(self, messages):
        raise SMTPException("someone@example.org")


@pytest.fixture
def asked(people, settings):  # noqa: F811
    """A mail server is named, and Aminah has asked to be told."""
    settings.SENDS_MAIL, settings.PUBLIC_URL = True, "https://guide.example.org"
    settings.DEFAULT_FROM_EMAIL = "site@example.org"
    people["aminah"].post(ROOM, {"wants_mail": "on", "email": "a@example.org"})
    return people


def told() -> str:
    out = StringIO()
    call_command("nudge", stdout=out)
    return out.getvalue()


def test_nothing_is_sent_while_no_server_is_named(asked, settings):
    settings.SENDS_MAIL = False
    sent(asked["kavitha"])
    assert "nobody is told" in told() and mail.outbox == []
    assert "not set up on this site yet" in html_of(asked["aminah"], ROOM)


def test_a_publisher_is_told_once_a_day_that_something_waits_and_not_what(asked):
    assert nudge(timezone.now()) == (0, 0)
    sent(asked["kavitha"])
    assert told() == "1 told\n" and told() == "0 told\n"
    word = mail.outbox[0]
    assert (word.to, word.from_email, len(mail.outbox)) == (["a@example.org"], "site@example.org", 1)
    assert word.subject == "Something waits for you" and "https://guide.example.org/staff/" in word.body
    secret = [
        *(one.username for one in (user(name) for name in asked)),
        "outing",
        *SELF_NAMES.values(),
        "types",
        "violence",
    ]
    assert not [one for one in secret if one in f"{word.subject} {word.body}"]
    assert nudge(timezone.now() + timedelta(days=1)) == (1, 0)


def test_only_those_are_told_who_asked_are_still_here_and_have_something_to_do(asked):
    draft = sent(asked["kavitha"])
    asked["kavitha"].post(ROOM, {"wants_mail": "on", "email": "k@example.org"})
    nudge(timezone.now())
    assert [one.to for one in mail.outbox] == [["a@example.org"]]
    publish(asked["aminah"], draft)
    nudge(timezone.now())
    assert mail.outbox[-1].to == ["k@example.org"] and len(mail.outbox) == 2
    tomorrow = timezone.now() + timedelta(days=1)
    StaffMember.objects.update(mailed=None)
    user_of = user("kavitha")
    user_of.is_active = False
    user_of.save()
    assert nudge(tomorrow) == (0, 0)


def test_it_is_written_in_the_language_of_her_screens(asked):
    asked["aminah"].post("/staff/screens/", {"language": "ms"})
    sent(asked["kavitha"])
    nudge(timezone.now())
    assert mail.outbox[0].subject == "Ada sesuatu yang menunggu anda"


@pytest.mark.parametrize("backend", [NoServer, Refusing])
def test_a_mail_server_that_is_not_there_breaks_no_room_and_is_tried_again(asked, settings, caplog, backend):
    settings.EMAIL_BACKEND = f"{backend.__module__}.{backend.__name__}"
    draft = sent(asked["kavitha"])
    assert publish(asked["aminah"], draft).status_code == 302
    sent(asked["kavitha"], body="வேறு.\n\n## Do this first {#do-first}\n\n{{ contact line }}\n")
    with pytest.raises(CommandError, match="1 could not be told"):
        told()
    assert "example.org" not in caplog.text and "aminah" not in caplog.text
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert told() == "1 told\n"


def test_she_asks_in_her_own_room_and_can_stop_it(people):  # noqa: F811
    answer = people["mei"].post(ROOM, {"wants_mail": "on", "email": ""})
    assert "Type the address" in answer.content.decode()
    assert people["mei"].post(ROOM, {"wants_mail": "on", "email": "m@example.org"}).status_code == 302
    member = StaffMember.objects.get(user__username="mei")
    assert member.wants_mail and user("mei").email == "m@example.org"
    assert AuditEntry.objects.filter(who="mei", event="account-changed").count() == 1
    assert re.search(r'name="wants_mail"[^>]* checked', html_of(people["mei"], ROOM))
    people["mei"].post(ROOM, {"email": "m@example.org"})
    member.refresh_from_db()
    assert not member.wants_mail
    assert ROOM in html_of(people["mei"], "/staff/")


@pytest.mark.parametrize(
    ("url", "sender"),
    [
        ("mail.example.org", "a@example.org"),
        ("https://mail.example.org", "a@example.org"),
        ("smtp://me:very-secret@mail.example.org:x", "a@example.org"),
        ("smtp://", "a@example.org"),
        ("smtp://mail.example.org", ""),
        ("smtp://mail.example.org", "The guide <a@example.org>"),
    ],
)
def test_a_mail_server_that_cannot_be_read_is_refused_without_its_password(monkeypatch, url, sender):
    monkeypatch.setenv("EMAIL_URL", url)
    monkeypatch.setenv("EMAIL_FROM", sender)
    with pytest.raises(ImproperlyConfigured, match="EMAIL_") as raised:
        env.mail("EMAIL_URL", "EMAIL_FROM")
    assert "very-secret" not in str(raised.value)


@pytest.mark.parametrize(
    ("url", "host", "port", "ssl", "starts_tls"),
    [
        ("smtp://me%40x:p%2Fw@mail.example.org", "mail.example.org", 587, False, True),
        ("smtps://me%40x:p%2Fw@mail.example.org", "mail.example.org", 465, True, False),
        ("smtp://me%40x:p%2Fw@localhost:25", "localhost", 25, False, False),
    ],
)
def test_the_mail_server_becomes_djangos_settings(tmp_path, url, host, port, ssl, starts_tls):
    code = (
        "from toolkit import settings as s; print((s.EMAIL_HOST, s.EMAIL_PORT, s.EMAIL_USE_SSL, s.EMAIL_USE_TLS, "
        "s.EMAIL_HOST_USER, s.EMAIL_HOST_PASSWORD, s.DEFAULT_FROM_EMAIL, s.SENDS_MAIL))"
    )
    given = {**os.environ, "EMAIL_URL": url, "EMAIL_FROM": "site@example.org", "DATA_DIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], env=given, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str((host, port, ssl, starts_tls, "me@x", "p/w", "site@example.org", True))
