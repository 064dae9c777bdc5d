"""Accounts of staff, the list of what was done, and the command that makes the first account."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.contrib.auth.tokens import default_token_generator
from django.core.management import CommandError, call_command
from django.test import Client
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.staff import PASSWORD, logged_in, make_staff
from toolkit import roles
from toolkit.admin.entering.log_in import set_password_path
from toolkit.admin.entering.second_factor import make_backup_codes
from toolkit.management.commands import create_staff
from toolkit.models import AuditEntry, Event, StaffMember
from toolkit.models.history import AppendOnlyError

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static", "quick_passwords")]

ACCOUNTS, AUDIT = "/staff/auth/user/", "/staff/toolkit/auditentry/"
NEW_PASSWORD = "quite another passphrase"


@pytest.fixture
def aina(db) -> User:
    return make_staff("aina", roles.ADMINISTRATOR)


@pytest.fixture
def mei(db) -> User:
    return make_staff("mei", roles.TRANSLATOR, languages=["ms"])


@pytest.fixture
def office(client, aina) -> Client:
    """A browser with an Administrator logged in."""
    return logged_in(client, aina)


def told() -> list[tuple[str, str, str]]:
    return list(AuditEntry.objects.order_by("id").values_list("who", "event", "about"))


def account(user: User | None = None, **changes) -> dict[str, object]:
    """The fields of the account form as they stand, with changes."""
    fields: dict[str, object] = {"username": "siti", "groups": group_ids(roles.EDITOR)}
    if user:
        fields = {
            "username": user.username,
            "email": user.email,
            "groups": [group.pk for group in user.groups.all()],
            "languages": roles.languages_of(user),
            "is_active": "on",
        }
    return {name: value for name, value in (fields | changes).items() if value is not None}


def group_ids(*names: str) -> list[int]:
    return [Group.objects.get(name=name).pk for name in names]


def link_in(text: str) -> str:
    (found,) = re.findall(r"/staff/set-password/[^\s<\"]+", text)
    return found


def set_password(link: str, password: str = NEW_PASSWORD, client: Client | None = None):
    client = client or Client()
    page = client.get(link, follow=True)
    if not page.redirect_chain:
        return page
    return client.post(page.redirect_chain[-1][0], {"new_password1": password, "new_password2": password}, follow=True)


def test_the_migrations_make_the_four_roles_with_what_each_may_do():
    found = {group.name: set(group.permissions.values_list("codename", flat=True)) for group in Group.objects.all()}
    assert found == {name: set(codenames) for name, codenames in roles.PERMISSIONS.items()}
    publisher, translator = make_staff("p", roles.PUBLISHER), make_staff("t", roles.TRANSLATOR, languages=["ms"])
    assert roles.may_publish(publisher) and not roles.may_publish(translator)
    assert roles.may_draft(translator, "ms") and not roles.may_draft(translator, "ta")


def test_only_accounts_and_the_list_of_what_was_done_have_pages_of_djangos_making():
    assert {model for model in apps.get_models() if admin.site.is_registered(model)} == {User, AuditEntry}


@pytest.mark.parametrize("role", [roles.TRANSLATOR, roles.EDITOR, roles.PUBLISHER])
def test_other_roles_are_refused_at_every_address(client, aina, role):
    logged_in(client, make_staff("mei", role))
    entry = AuditEntry.objects.create(who="aina", event=Event.LOGGED_IN)
    for path in ("", "add/", f"{aina.pk}/change/", f"{aina.pk}/delete/", f"{aina.pk}/history/"):
        assert client.get(ACCOUNTS + path).status_code == 403
    for path in ("", "add/", f"{entry.pk}/change/", f"{entry.pk}/delete/"):
        assert client.get(AUDIT + path).status_code == 403
    for path in (f"{aina.pk}/link/", f"{aina.pk}/reset/", "add/", f"{aina.pk}/change/"):
        assert client.post(ACCOUNTS + path, account()).status_code == 403
    assert TOTPDevice.objects.filter(user=aina).exists() and not User.objects.filter(username="siti").exists()


class TestTheAccountsRoom:
    def test_lists_who_does_what_in_which_language(self, office, mei):
        page = office.get(ACCOUNTS).content.decode()
        assert "Bahasa Melayu" in page and "Translator" in page

    def test_a_new_account_comes_with_a_link_for_its_password(self, office):
        page = office.post(ACCOUNTS + "add/", account(languages=["ms", "ta"])).content.decode()
        siti = User.objects.get(username="siti")
        assert siti.is_staff and not siti.is_superuser and not siti.has_usable_password()
        assert roles.languages_of(siti) == ["ms", "ta"]
        assert told()[-1] == ("aina", Event.ACCOUNT_MADE, "siti: Editor; ms, ta")
        assert "Log in" in set_password(link_in(page)).content.decode()
        siti.refresh_from_db()
        assert siti.check_password(NEW_PASSWORD)

    def test_changes_are_told_with_what_was_before(self, office, mei):
        changes = account(mei, languages=["ms", "ta"], groups=group_ids(roles.TRANSLATOR, roles.EDITOR))
        assert office.post(f"{ACCOUNTS}{mei.pk}/change/", changes).status_code == 302
        assert told()[-1] == (
            "aina",
            Event.ACCOUNT_CHANGED,
            "mei: roles Translator → Translator, Editor; languages ms → ms, ta",
        )
        assert roles.languages_of(User.objects.get(pk=mei.pk)) == ["ms", "ta"]

    def test_an_account_is_switched_off_and_never_deleted(self, office, mei):
        assert office.post(f"{ACCOUNTS}{mei.pk}/delete/", {"post": "yes"}).status_code == 403
        office.post(ACCOUNTS, {"action": "delete_selected", "_selected_action": mei.pk, "post": "yes"})
        office.post(f"{ACCOUNTS}{mei.pk}/change/", account(mei, is_active=None))
        mei.refresh_from_db()
        assert not mei.is_active
        assert told()[-1][2] == "mei: may log in yes → no"

    def test_nobody_is_made_more_than_the_roles_allow(self, office, mei):
        for where in (ACCOUNTS + "add/", f"{ACCOUNTS}{mei.pk}/change/"):
            page = office.get(where).content.decode()
            assert not re.search(r'name="(is_superuser|is_staff|user_permissions|password)"', page)
            office.post(where, account(is_superuser="on", user_permissions=["1"]))
        assert not User.objects.filter(is_superuser=True).exists()
        assert not User.user_permissions.through.objects.exists()

    def test_an_account_that_may_do_everything_is_out_of_an_administrators_reach(self, office):
        root = User.objects.create_superuser("root", password=PASSWORD)
        assert "root" not in office.get(ACCOUNTS).content.decode()
        assert office.post(f"{ACCOUNTS}{root.pk}/link/").status_code == 404
        assert office.post(f"{ACCOUNTS}{root.pk}/reset/").status_code == 404
        assert office.post(f"{ACCOUNTS}{root.pk}/change/", account(is_active=None)).status_code == 302
        root.refresh_from_db()
        assert root.is_active and root.username == "root"

    @pytest.mark.parametrize("change", [{"groups": "editor"}, {"is_active": None}])
    def test_an_administrator_cannot_lock_herself_out(self, office, aina, change):
        if "groups" in change:
            change = {"groups": group_ids(roles.EDITOR)}
        page = office.post(f"{ACCOUNTS}{aina.pk}/change/", account(aina, **change))
        assert "Ask another Administrator" in page.content.decode()
        aina.refresh_from_db()
        assert aina.is_active and roles.may_manage_accounts(aina)

    def test_resetting_the_second_step_ends_her_sessions_and_is_told(self, office, mei):
        make_backup_codes(mei)
        hers = logged_in(None, mei)
        assert office.post(f"{ACCOUNTS}{mei.pk}/reset/").status_code == 302
        assert not TOTPDevice.objects.filter(user=mei).exists() and not StaticDevice.objects.filter(user=mei).exists()
        assert hers.get("/staff/second-factor/").url == "/staff/login/"
        assert office.get(ACCOUNTS).status_code == 200
        assert told()[-1] == ("aina", Event.SECOND_FACTOR_RESET, "mei")

    def test_an_administrator_with_a_new_phone_resets_her_own_and_is_logged_out(self, office, aina):
        assert office.post(f"{ACCOUNTS}{aina.pk}/reset/").url == "/staff/login/"
        office.post("/staff/login/", {"username": "aina", "password": PASSWORD})
        assert 'class="qr"' in office.get("/staff/second-factor/").content.decode()

    def test_what_changes_something_takes_a_post(self, office, mei):
        assert office.get(f"{ACCOUNTS}{mei.pk}/reset/").status_code == 405
        assert office.get(f"{ACCOUNTS}{mei.pk}/link/").status_code == 405

    def test_the_history_of_an_account_is_in_the_list_of_what_was_done(self, office, mei):
        assert office.get(f"{ACCOUNTS}{mei.pk}/history/").url == f"{AUDIT}?q=mei"


class TestTheLinkForAPassword:
    def test_works_once(self, mei):
        link = set_password_path(mei)
        set_password(link)
        assert "does not work any more" in set_password(link, "a third passphrase").content.decode()
        mei.refresh_from_db()
        assert mei.check_password(NEW_PASSWORD)
        assert told() == [("mei", Event.ACCOUNT_CHANGED, "password set through a link")]

    def test_works_for_a_day(self, mei, monkeypatch):
        link = set_password_path(mei)
        tomorrow = datetime.now() + timedelta(hours=24, seconds=2)
        monkeypatch.setattr(type(default_token_generator), "_now", lambda self: tomorrow)
        assert "does not work any more" in set_password(link).content.decode()

    def test_takes_no_weak_password(self, mei):
        page = set_password(set_password_path(mei), "password1234").content.decode()
        assert "too common" in page
        mei.refresh_from_db()
        assert mei.check_password(PASSWORD)

    def test_still_asks_for_the_second_step(self, mei):
        client = Client()
        set_password(set_password_path(mei), client=client)
        client.post("/staff/login/", {"username": "mei", "password": NEW_PASSWORD})
        page = client.get("/staff/second-factor/").content.decode()
        assert "backup codes" in page and 'class="qr"' not in page

    def test_ends_the_wait_after_wrong_passwords_and_her_sessions(self, mei):
        hers = logged_in(None, mei)
        for _ in range(6):
            locked = Client().post("/staff/login/", {"username": "mei", "password": "wrong"})
        assert locked.status_code == 429
        set_password(set_password_path(mei))
        assert Client().post("/staff/login/", {"username": "mei", "password": NEW_PASSWORD}).status_code == 302
        assert hers.get("/staff/password_change/").status_code == 302

    def test_is_of_no_use_for_an_account_that_is_switched_off(self, mei):
        User.objects.update(is_active=False)
        assert "does not work any more" in set_password(set_password_path(mei)).content.decode()

    def test_the_address_that_shows_the_form_does_not_hold_the_secret(self, mei):
        link = set_password_path(mei)
        assert Client().get(link).url.endswith("/set-password/")


class TestTheListOfWhatWasDone:
    @pytest.fixture
    def entry(self, aina) -> AuditEntry:
        AuditEntry.add(aina, Event.PUBLISHED, "types/outing ms")
        return AuditEntry.objects.get()

    def test_says_when_who_what_and_about_what(self, office, entry):
        page = office.get(AUDIT).content.decode()
        assert all(text in page for text in ("aina", Event.PUBLISHED, "types/outing ms"))

    def test_is_filtered_by_what_and_searched_by_who(self, office, entry):
        AuditEntry.add("mei", Event.LOGGED_IN)
        assert 'field-name">mei' not in office.get(AUDIT, {"what": Event.PUBLISHED}).content.decode()
        assert "types/outing" not in office.get(AUDIT, {"q": "mei"}).content.decode()

    def test_nobody_writes_in_it(self, office, aina, entry):
        User.objects.filter(pk=aina.pk).update(is_superuser=True)
        for path in ("add/", f"{entry.pk}/change/", f"{entry.pk}/delete/"):
            assert (
                office.post(AUDIT + path, {"who": "nobody", "event": Event.PUBLISHED, "post": "yes"}).status_code == 403
            )
        office.post(AUDIT, {"action": "delete_selected", "_selected_action": entry.pk, "post": "yes"})
        assert AuditEntry.objects.get(pk=entry.pk).who == "aina"
        with pytest.raises(AppendOnlyError):
            entry.delete()


class TestTheCommand:
    @pytest.fixture
    def typed(self, monkeypatch) -> list[str]:
        """What is typed at the terminal, in order."""
        answers: list[str] = []
        monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
        monkeypatch.setattr(create_staff, "getpass", lambda prompt: answers.pop(0))
        return answers

    def run(self, *args: str) -> str:
        out = StringIO()
        call_command("create_staff", *args, stdout=out)
        return out.getvalue()

    def test_the_first_account_makes_accounts_and_publishes(self, typed):
        typed += [PASSWORD, PASSWORD]
        self.run("aina", "--email", "aina@example.org")
        aina = User.objects.get()
        assert aina.check_password(PASSWORD) and aina.is_staff and not aina.is_superuser
        assert roles.may_manage_accounts(aina) and roles.may_publish(aina)
        assert told() == [("manage.py", Event.ACCOUNT_MADE, "aina: Administrator, Publisher")]

    def test_later_ones_need_a_role(self, aina):
        with pytest.raises(CommandError, match="--role translator"):
            self.run("mei", "--link")
        self.run("mei", "--link", "--role", "translator", "editor", "--language", "ms", "ta")
        mei = StaffMember.objects.get(user__username="mei")
        assert mei.languages == ["ms", "ta"]
        assert set(mei.user.groups.values_list("name", flat=True)) == {roles.TRANSLATOR, roles.EDITOR}

    @pytest.mark.parametrize(("port", "rooms"), [("", "127.0.0.1:8001"), ("9071", "127.0.0.1:9071")])
    def test_the_link_leads_to_the_rooms_wherever_they_are_served(self, monkeypatch, settings, port, rooms):
        settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
        monkeypatch.setenv("STAFF_PORT", port)
        assert f"http://{rooms}/staff/" in self.run("aina", "--link")

    def test_without_a_terminal_or_when_asked_it_prints_a_link(self, monkeypatch):
        monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
        set_password(link_in(self.run("aina")))
        assert User.objects.get().check_password(NEW_PASSWORD)

    def test_the_link_names_the_public_site(self, settings):
        settings.ALLOWED_HOSTS = ["localhost", ".example.org", "guide.example.org"]
        assert "https://guide.example.org/staff/set-password/" in self.run("aina", "--link")

    @pytest.mark.parametrize(
        ("passwords", "said"),
        [(["short"], "too short"), (["password1234"], "too common"), ([PASSWORD, NEW_PASSWORD], "two different")],
    )
    def test_a_password_that_will_not_do_makes_no_account(self, typed, passwords, said):
        typed += passwords
        with pytest.raises(CommandError, match=said):
            self.run("aina")
        assert not User.objects.exists()

    @pytest.mark.parametrize(
        ("args", "said"),
        [
            (["mei"], "already"),
            (["Mei"], "already"),
            (["with space"], "valid username"),
            (["siti", "--role", "boss"], "invalid choice"),
            (["siti", "--language", "fr"], "invalid choice"),
            (["siti", "--email", "nonsense"], "valid email"),
            (["siti", "--reset-second-factor"], "no staff account"),
        ],
    )
    def test_mistakes_are_named(self, mei, args, said):
        with pytest.raises(CommandError, match=said):
            self.run(*args, "--link")
        assert User.objects.count() == 1

    def test_helps_someone_who_lost_her_phone(self, mei):
        text = self.run("mei", "--reset-second-factor", "--link")
        assert not TOTPDevice.objects.exists()
        set_password(link_in(text))
        assert told()[0] == ("manage.py", Event.SECOND_FACTOR_RESET, "mei")
