"""Makes a staff account, the first one too, without a password in the shell's history or in anybody's inbox."""

import sys
from getpass import getpass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from toolkit import roles
from toolkit.admin.entering.log_in import set_password_path
from toolkit.admin.entering.second_factor import reset_second_factor
from toolkit.env import LOCAL_HOSTS, own_address, port
from toolkit.models import AuditEntry, Event, StaffMember
from toolkit.texts.languages import LANGUAGES

BY = "manage.py"
ROLES = {name.lower(): name for name in roles.PERMISSIONS}


class Command(BaseCommand):
    help = "Makes a staff account. Asks for the password, or prints a link for choosing one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="what she types at the log-in")
        parser.add_argument("--email", default="", help="for colleagues to see; the site sends no e-mail")
        parser.add_argument("--role", nargs="+", choices=ROLES, default=[], help="what she may do")
        parser.add_argument("--language", nargs="+", choices=LANGUAGES, default=[], help="what she translates into")
        parser.add_argument("--link", action="store_true", help="print a link for choosing the password")
        parser.add_argument(
            "--reset-second-factor",
            action="store_true",
            help="for the account of someone who lost her phone: she sets up a new one at her next log-in; "
            "with --link also a link for a new password",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["reset_second_factor"]:
            self._reset(options["name"], options["link"])
            return
        user = _new_user(options["name"], options["email"])
        given = [ROLES[role] for role in options["role"]] or _default_roles()
        with_link = options["link"] or not sys.stdin.isatty()
        if with_link:
            user.set_unusable_password()
        else:
            user.set_password(_asked_password(user))
        _save(user, given, options["language"])
        self.stdout.write(f"{user.username} can log in as {' and '.join(given)}.")
        if with_link:
            self._print_link(user)

    def _reset(self, name: str, with_link: bool) -> None:
        user = User.objects.filter(username=name, is_staff=True).first()
        if user is None:
            raise CommandError(f"There is no staff account with the name {name}.")
        reset_second_factor(user, BY)
        self.stdout.write(f"{name} sets up a new second step at the next log-in.")
        if with_link:
            AuditEntry.add(BY, Event.ACCOUNT_CHANGED, f"{name}: new set-password link")
            self._print_link(user)

    def _print_link(self, user: User) -> None:
        self.stdout.write("This link works once, for 24 hours. Hand it over in person or by phone:")
        self.stdout.write(_site() + set_password_path(user))


def _new_user(name: str, email: str) -> User:
    user = User(username=User.normalize_username(name), email=email, is_staff=True)
    if User.objects.filter(username__iexact=user.username).exists():
        raise CommandError(f"There is an account with the name {name} already.")
    try:
        user.full_clean(exclude=["password"])
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from None
    return user


def _default_roles() -> list[str]:
    """The first account makes the others, and publishes."""
    if User.objects.filter(is_active=True, groups__name=roles.ADMINISTRATOR).exists():
        raise CommandError(f"Say what the account is for: --role {' '.join(ROLES)}")
    return [roles.ADMINISTRATOR, roles.PUBLISHER]


def _asked_password(user: User) -> str:
    password = getpass("Password: ")
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages) + " No account was made.") from None
    if getpass("The same again: ") != password:
        raise CommandError("These are two different passwords. No account was made.")
    return password


@transaction.atomic
def _save(user: User, given: list[str], languages: list[str]) -> None:
    user.save()
    user.groups.set(Group.objects.filter(name__in=given))
    StaffMember.objects.create(user=user, languages=languages)
    what = "; ".join(filter(None, (", ".join(given), ", ".join(languages))))
    AuditEntry.add(BY, Event.ACCOUNT_MADE, f"{user.username}: {what}")


def _site() -> str:
    """Where the rooms are, as far as the settings tell: the public name, else this machine with their port."""
    public = [host for host in settings.ALLOWED_HOSTS if host not in LOCAL_HOSTS and host[:1] not in ".*"]
    return f"https://{public[0]}" if public else f"http://{own_address('HOST')}:{port('STAFF_PORT', default=8001)}"
