"""What goes wrong at the log-in, and logging out, in the list of what was done. Never an address."""

from datetime import timedelta
from typing import Any

from axes.signals import user_locked_out
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from toolkit.admin.entering.log_in import LogInRequest, is_verified
from toolkit.models import AuditEntry, Event

_NOBODY = "a name that no account has"


@receiver(user_login_failed)
def wrong_password(
    sender: Any, credentials: dict[str, Any], request: LogInRequest | None = None, **kwargs: Any
) -> None:
    """One entry for each wrong password that was looked at; none while the log-in is locked."""
    name = str(credentials.get("username") or "")
    if not _was_refused_unseen(request):
        _add(name, Event.WRONG_PASSWORD)


@receiver(user_locked_out)
def locked_out(sender: Any, request: LogInRequest, username: str, **kwargs: Any) -> None:
    """Once, when it begins: further attempts send the same signal."""
    if not _was_refused_unseen(request):
        _add(username or "", Event.LOCKED_OUT)


@receiver(user_logged_out)
def logged_out(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Of those who were in: the second step counts."""
    if is_verified(user):
        AuditEntry.add(user, Event.LOGGED_OUT)


def _was_refused_unseen(request: LogInRequest | None) -> bool:
    """Whether the log-in was locked already, so that no password was looked at and nothing was counted."""
    is_refused = request is not None and getattr(request, "axes_locked_out", False)
    return bool(is_refused) and getattr(request, "axes_failures_since_start", None) is None


def _add(name: str, event: Event) -> None:
    """Under the account's name. A name that no account has may be a password in the wrong field, and the list is kept
    for ever: it is not written, and noted once an hour, so that nobody can fill the list from outside."""
    if User.objects.filter(username=name).exists():
        AuditEntry.add(name, event)
        return
    an_hour_ago = timezone.now() - timedelta(hours=1)
    if not AuditEntry.objects.filter(event=event, who="", about=_NOBODY, at__gte=an_hour_ago).exists():
        AuditEntry.add("", event, _NOBODY)
