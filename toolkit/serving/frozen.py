"""A frozen PostgreSQL answers nothing, and its limits of time freeze with it: the waiting ends on this side."""

import os
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper


def watch(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """For each new connection (signal ``connection_created``)."""
    if connection.vendor == "postgresql" and end_the_wait not in connection.execute_wrappers:
        connection.execute_wrappers.append(end_the_wait)


def end_the_wait(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """A second after the server itself should have ended a statement, its connection is cut: an OperationalError."""
    cut = threading.Timer(settings.WAIT_SECONDS + 1, _cut, [context["connection"].connection.fileno()])
    cut.daemon = True
    cut.start()
    try:
        return execute(sql, params, many, context)
    finally:
        cut.cancel()


def _cut(descriptor: int) -> None:
    with suppress(OSError), socket.socket(fileno=os.dup(descriptor)) as one:
        one.shutdown(socket.SHUT_RDWR)
