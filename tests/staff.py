"""Staff for tests: accounts with a second factor, clients that are logged in, and tokens as a phone would show them."""

from __future__ import annotations

import time
from collections.abc import Iterable
from functools import cache

from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password
from django.contrib.auth.models import Group, User
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from toolkit.models import StaffMember

PASSWORD = "a long safe passphrase"


class QuickHasher(PBKDF2PasswordHasher):
    """For PASSWORD_HASHERS in tests that check many passwords: a real one takes a third of a second."""

    iterations = 1


@cache
def _hashed(hashers: tuple[str, ...]) -> str:
    """Hashing is slow on purpose: once a run is enough."""
    return make_password(PASSWORD)


def make_staff(name: str, *roles: str, languages: Iterable[str] = (), second_factor: bool = True) -> User:
    """An account with PASSWORD and the given roles, translating into ``languages``, with a phone that makes tokens."""
    user = User.objects.create(username=name, password=_hashed(tuple(settings.PASSWORD_HASHERS)), is_staff=True)
    user.groups.set([Group.objects.get(name=role) for role in roles])
    StaffMember.objects.create(user=user, languages=list(languages))
    if second_factor:
        TOTPDevice.objects.create(user=user, name="phone", confirmed=True)
    return user


def logged_in(client: Client | None, user: User) -> Client:
    """The client (a new one for None) after password and second factor, without going through the pages."""
    client = client or Client()
    client.force_login(user)
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = TOTPDevice.objects.get(user=user, confirmed=True).persistent_id
    session.save()
    return client


def token_for(user: User, offset: int = 0) -> str:
    """What her phone shows now, or the next token where this one has been used. ``offset``: that many steps later."""
    device = TOTPDevice.objects.filter(user=user).order_by("-confirmed", "-pk")[:1].get()
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    totp.time = time.time() + offset * device.step
    if totp.t() <= device.last_t:
        totp.time += device.step
    return f"{totp.token():0{device.digits}d}"
