"""The two steps of the log-in, through the pages as a browser goes through them."""

from __future__ import annotations

import logging
import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client, RequestFactory
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.staff import PASSWORD, logged_in, make_staff, token_for
from toolkit import roles
from toolkit.admin.entering import second_factor
from toolkit.admin.entering.log_in import client_address
from toolkit.admin.entering.second_factor import make_backup_codes
from toolkit.models import AuditEntry, Event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static", "quick_passwords")]

LOG_IN, SECOND, PAGE = "/staff/login/", "/staff/second-factor/", "/staff/password_change/"


@pytest.fixture
def mei(db) -> User:
    return make_staff("mei", roles.EDITOR)


def give_password(client: Client, name: str = "mei", password: str = PASSWORD, **extra):
    return client.post(LOG_IN, {"username": name, "password": password}, **extra)


def give_code(client: Client, code: str, **more: str):
    return client.post(SECOND, {"code": code, **more})


def is_in(client: Client) -> bool:
    return client.get(PAGE).status_code == 200


def events(**about: str) -> list[str]:
    return [entry.event for entry in AuditEntry.objects.filter(**about).order_by("id")]


def later(device: TOTPDevice, seconds: float) -> None:
    """As if the last wrong code had been that long ago."""
    device.refresh_from_db()
    device.throttling_failure_timestamp -= timedelta(seconds=seconds)
    device.save()


class TestTheWayIn:
    def test_password_then_code_lead_to_the_page_that_was_asked_for(self, client, mei):
        asked = client.get(PAGE)
        assert asked.url == f"{LOG_IN}?next={PAGE}"
        after_password = client.post(asked.url, {"username": "mei", "password": PASSWORD, "next": PAGE})
        assert after_password.url.startswith(SECOND)
        assert not is_in(client)
        assert client.post(after_password.url, {"code": token_for(mei), "next": PAGE}).url == PAGE
        assert is_in(client)
        assert events(who="mei") == [Event.LOGGED_IN]

    def test_the_password_alone_opens_nothing(self, client, mei):
        give_password(client)
        for path in ("/staff/", PAGE, "/staff/auth/user/", "/staff/second-factor/codes/", "/staff/jsi18n/"):
            answer = client.post(path) if "codes" in path else client.get(path)
            assert (answer.status_code, answer.url.partition("?")[0]) == (302, LOG_IN)
        assert client.get(f"{LOG_IN}?next={PAGE}").url == f"{SECOND}?next=%2Fstaff%2Fpassword_change%2F"

    def test_the_second_step_is_not_shown_before_the_first(self, client):
        assert client.get(SECOND).url == LOG_IN

    def test_another_sites_address_is_never_gone_on_to(self, client, mei):
        for wanted in ("https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", "/\\elsewhere"):
            answer = client.post(f"{LOG_IN}?next={wanted}", {"username": "mei", "password": PASSWORD, "next": wanted})
            assert answer.url == SECOND
        assert give_code(client, token_for(mei), next="https://elsewhere.example/").url == "/staff/"

    def test_the_session_gets_a_new_number_at_each_step(self, client, mei):
        numbers = [client.session.session_key]
        give_password(client)
        numbers.append(client.session.session_key)
        give_code(client, token_for(mei))
        numbers.append(client.session.session_key)
        assert len(set(numbers)) == 3
        assert not Session.objects.filter(pk=numbers[1]).exists()

    def test_logging_out_takes_a_post_and_ends_everything(self, client, mei):
        logged_in(client, mei)
        assert client.get("/staff/logout/").status_code == 405
        client.post("/staff/logout/")
        assert client.get(PAGE).url.startswith(LOG_IN)
        assert events(who="mei") == [Event.LOGGED_OUT]

    def test_whoever_stops_between_the_steps_is_logged_out_too(self, client, mei):
        give_password(client)
        client.post("/staff/logout/")
        assert client.get(SECOND).url == LOG_IN
        assert events() == []

    def test_an_account_that_is_switched_off_cannot_log_in_and_is_thrown_out(self, client, mei):
        logged_in(client, mei)
        User.objects.update(is_active=False)
        assert not is_in(client)
        assert give_password(Client()).status_code == 200

    def test_the_pages_run_nothing_inline_and_load_nothing_from_elsewhere(self, client, mei):
        pages = [client.get(LOG_IN), give_password(client), client.get(SECOND)]
        pages.append(logged_in(None, mei).post("/staff/second-factor/codes/"))
        for page in (pages[0], pages[2], pages[3]):
            html = page.content.decode()
            assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\s(style|on\w+)=|(src|href)=\"https?:", html)
            assert 'name="viewport"' in html and html.count("<h1") == 1
            assert "unsafe" not in page.headers["Content-Security-Policy"]
            assert page.headers["Cache-Control"] == "private, no-store"


class TestSettingUpTheSecondStep:
    @pytest.fixture
    def newcomer(self, client) -> User:
        user = make_staff("mei", roles.EDITOR, second_factor=False)
        give_password(client)
        return user

    def test_a_picture_and_a_key_to_type_that_stay_while_she_scans(self, client, newcomer):
        first, second = (client.get(SECOND).content.decode() for _ in range(2))
        assert 'src="data:image/svg+xml' in first
        (key,) = re.findall(r'class="secret"[^>]*>([A-Z2-7 ]+)<', first)
        assert [len(group) for group in key.split()] == [4] * 8
        assert key in second and TOTPDevice.objects.count() == 1

    def test_the_right_code_sets_it_up_and_shows_ten_backup_codes_once(self, client, newcomer):
        client.get(SECOND)
        page = give_code(client, token_for(newcomer)).content.decode()
        shown = {code.replace(" ", "") for code in re.findall(r"<li>([a-z2-7 ]{9})</li>", page)}
        assert len(shown) == 10 and shown == set(StaticToken.objects.values_list("token", flat=True))
        assert is_in(client)
        assert not any(code in client.get(SECOND).content.decode().replace(" ", "") for code in shown)
        assert events(who="mei") == [Event.SECOND_FACTOR_SET_UP, Event.LOGGED_IN]

    def test_a_wrong_code_sets_nothing_up(self, client, newcomer):
        client.get(SECOND)
        wrong = f"{(int(token_for(newcomer)) + 1) % 1_000_000:06d}"
        page = give_code(client, wrong)
        assert "This code is not right" in page.content.decode()
        assert not is_in(client) and not TOTPDevice.objects.filter(confirmed=True).exists()
        assert not StaticToken.objects.exists()

    def test_a_key_that_somebody_saw_before_in_another_session_is_not_hers(self, client, newcomer):
        stranger = Client()
        give_password(stranger)
        stranger.get(SECOND)
        seen = TOTPDevice.objects.get()
        client.get(SECOND)
        assert TOTPDevice.objects.order_by("pk").last().key != seen.key
        give_code(client, token_for(newcomer))
        assert TOTPDevice.objects.count() == 1 and TOTPDevice.objects.get().key != seen.key
        assert 'class="qr"' not in stranger.get(SECOND).content.decode()

    def test_of_two_sessions_at_once_one_sets_it_up(self, client, newcomer, monkeypatch):
        client.get(SECOND)
        token = token_for(newcomer)
        TOTPDevice.objects.create(user=newcomer, name="faster", confirmed=True)
        seen = iter([None])  # the other session is done between this one's first look and its end
        monkeypatch.setattr(second_factor, "phone_of", lambda user: next(seen, TOTPDevice.objects.get(name="faster")))
        assert give_code(client, token).url == SECOND
        assert TOTPDevice.objects.get(confirmed=True).name == "faster" and not is_in(client)

    def test_new_backup_codes_end_the_old_ones_and_not_the_session(self, client, newcomer):
        client.get(SECOND)
        give_code(client, token_for(newcomer))
        old = set(StaticToken.objects.values_list("token", flat=True))
        client.post("/staff/second-factor/codes/")
        assert is_in(client)
        assert StaticToken.objects.count() == 10
        assert not old & set(StaticToken.objects.values_list("token", flat=True))


class TestTheSecondStep:
    def test_a_wrong_token_is_refused(self, client, mei):
        give_password(client)
        assert "This code is not right" in give_code(client, "000000").content.decode()
        assert not is_in(client)
        assert events(who="mei") == [Event.WRONG_CODE]

    def test_a_token_works_once(self, client, mei):
        token = token_for(mei)
        give_password(client)
        assert give_code(client, token).status_code == 302
        other = Client()
        give_password(other)
        assert "it was used before" in give_code(other, token).content.decode()
        assert not is_in(other)

    def test_a_token_of_someone_else_is_refused(self, client, mei):
        other = make_staff("siti", roles.EDITOR)
        give_password(client)
        give_code(client, token_for(other))
        assert not is_in(client)

    def test_a_token_may_be_typed_in_groups(self, client, mei):
        token = token_for(mei)
        give_password(client)
        assert give_code(client, f" {token[:3]} {token[3:]} ").status_code == 302

    def test_a_backup_code_works_once(self, client, mei):
        code = make_backup_codes(mei)[0]
        give_password(client)
        assert give_code(client, f"{code[:4].upper()} {code[4:]}").status_code == 302
        assert is_in(client)
        other = Client()
        give_password(other)
        give_code(other, code)
        assert not is_in(other)
        assert events(who="mei") == [Event.BACKUP_CODE_USED, Event.LOGGED_IN, Event.WRONG_CODE]

    def test_after_wrong_codes_even_the_right_one_has_to_wait_and_the_page_says_how_long(self, client, mei):
        phone = TOTPDevice.objects.get()
        give_password(client)
        for _ in range(4):
            give_code(client, "000000")
            later(phone, 60)
        give_code(client, "000000")
        page = give_code(client, token_for(mei)).content.decode()
        assert re.search(r"Try again in 1[56] seconds", page)
        assert not is_in(client) and events(who="mei") == [Event.WRONG_CODE] * 5
        later(phone, 17)
        assert give_code(client, token_for(mei)).status_code == 302

    def test_a_long_wait_is_told_in_minutes(self, client, mei):
        TOTPDevice.objects.update(throttling_failure_count=11, throttling_failure_timestamp=timezone.now())
        give_password(client)
        assert "Try again in 18 minutes" in give_code(client, token_for(mei)).content.decode()

    def test_a_wrong_backup_code_does_not_hold_up_the_phone(self, client, mei):
        make_backup_codes(mei)
        give_password(client)
        give_code(client, "abcdefgh")
        assert give_code(client, token_for(mei)).status_code == 302


class TestWrongPasswords:
    def wrong(self, times: int, name: str = "mei", address: str = "203.0.113.7"):
        for _ in range(times):
            answer = give_password(Client(), name, "a wrong passphrase", headers={"x-forwarded-for": address})
        return answer

    def right(self, name: str = "mei", address: str = "203.0.113.7"):
        return give_password(Client(), name, headers={"x-forwarded-for": address})

    def test_five_lock_that_name_from_that_address(self, mei):
        assert self.wrong(4).status_code == 200
        assert self.wrong(1).status_code == 429
        locked = self.right()
        assert locked.status_code == 429
        until = timezone.localtime(timezone.now() + timedelta(minutes=30))
        shown = re.search(r"try again at (\d\d:\d\d)", locked.content.decode()).group(1)
        assert shown in {f"{until + timedelta(minutes=one):%H:%M}" for one in (0, 1)}
        assert "Administrator" in locked.content.decode()
        assert 1700 < int(locked.headers["Retry-After"]) <= 1800

    def test_a_colleague_at_the_same_address_is_not_locked_out(self, mei):
        make_staff("siti", roles.EDITOR)
        self.wrong(6)
        assert self.right("siti").status_code == 302

    def test_she_is_not_locked_out_elsewhere(self, mei):
        self.wrong(6)
        assert self.right(address="203.0.113.8").status_code == 302

    def test_trying_on_does_not_make_the_wait_longer_and_half_an_hour_ends_it(self, mei, monkeypatch):
        self.wrong(5)
        until = self.right().headers["Retry-After"]
        assert int(self.right().headers["Retry-After"]) <= int(until)
        in_half_an_hour = timezone.now() + timedelta(minutes=30, seconds=1)
        monkeypatch.setattr("axes.handlers.proxy.now", lambda: in_half_an_hour)
        assert self.right().status_code == 302

    def test_the_right_password_wipes_the_count_and_the_address(self, mei):
        from axes.models import AccessAttempt, AccessFailureLog, AccessLog

        self.wrong(4)
        self.right()
        assert not any(table.objects.exists() for table in (AccessAttempt, AccessFailureLog, AccessLog))
        assert self.wrong(4).status_code == 200

    def test_the_list_tells_it_without_addresses_and_once(self, mei):
        self.wrong(8)
        assert sorted(events(who="mei")) == [Event.LOCKED_OUT] + [Event.WRONG_PASSWORD] * 5
        assert not AuditEntry.objects.filter(about__contains="203").exists()

    def test_what_was_typed_is_not_written_where_no_account_has_that_name(self, mei):
        self.wrong(3, "my secret passphrase")
        assert events() == [Event.WRONG_PASSWORD]
        assert not AuditEntry.objects.filter(who__contains="secret").exists()

    def test_nothing_is_logged(self, mei, caplog, capfd):
        self.wrong(6)
        self.right()
        assert "203.0.113" not in caplog.text + "".join(capfd.readouterr())
        assert not logging.getLogger("axes.handlers.database").isEnabledFor(logging.ERROR)


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("127.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("10.0.0.2", "198.51.100.1, 203.0.113.7", "203.0.113.7"),
        ("::1", "203.0.113.7", "203.0.113.7"),
        ("::ffff:127.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("", "203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "nonsense", "127.0.0.1"),
        ("8.8.8.8", "203.0.113.7", "8.8.8.8"),
        ("8.8.8.8", "127.0.0.1", "8.8.8.8"),
        ("2400:cb00:1:2:3:4:5:6", "203.0.113.7", "2400:cb00:1:2::"),
        ("127.0.0.1", "2400:cb00:1:2:ffff::9", "2400:cb00:1:2::"),
        ("", "", None),
    ],
)
def test_the_proxy_is_believed_about_the_clients_address_and_nobody_else(peer, forwarded, address):
    request = RequestFactory().get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded)
    assert client_address(request) == address


class TestSessions:
    def test_half_an_hour_without_a_request_ends_it(self, client, mei):
        logged_in(client, mei)
        assert is_in(client)
        Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
        assert client.get(PAGE).url.startswith(LOG_IN)

    def test_every_request_starts_the_half_hour_again(self, client, mei):
        logged_in(client, mei)
        Session.objects.update(expire_date=timezone.now() + timedelta(minutes=1))
        client.get(PAGE)
        left = Session.objects.get().expire_date - timezone.now()
        assert timedelta(minutes=29) < left <= timedelta(minutes=30)

    def test_the_cookies_end_with_the_browser_and_go_to_staff_pages_only(self, client, mei):
        give_password(client)
        client.get(SECOND)
        assert set(client.cookies) == {"session", "form"} == {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
        for cookie in client.cookies.values():
            assert cookie["path"] == "/staff/" and cookie["httponly"] and cookie["samesite"] == "Lax"
            assert not cookie["max-age"] and not cookie["expires"]

    def test_cookies_are_for_https_only_on_a_public_site(self, client, mei, settings):
        settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
        answer = give_password(client)
        assert answer.cookies["session"]["secure"]

    def test_a_readers_page_is_the_same_for_staff(self, folder, client, mei):
        logged_in(client, mei)
        for path in ("/en/", "/", "/en/nothing/", "/healthz"):
            answer, without = client.get(path), Client().get(path)
            assert "Set-Cookie" not in answer.headers and not answer.cookies
            assert answer.headers.get("Vary") == without.headers.get("Vary")
            assert "Cookie" not in answer.headers.get("Vary", "")
            assert answer.content == without.content

    def test_a_new_password_ends_her_other_sessions(self, client, mei):
        here, elsewhere = logged_in(client, mei), logged_in(None, mei)
        new = "another long passphrase"
        fields = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
        assert here.post(PAGE, fields).status_code == 302
        assert is_in(here) and not is_in(elsewhere)
        assert events(who="mei") == [Event.ACCOUNT_CHANGED]

    def test_a_form_that_is_too_old_says_what_to_do(self, mei):
        answer = Client(enforce_csrf_checks=True).post(LOG_IN, {"username": "mei", "password": PASSWORD})
        assert answer.status_code == 403
        assert "Nothing was saved" in answer.content.decode()
