"""A staff page while the database does not answer: 503, what to do, nothing lost. The log names the error alone."""

from __future__ import annotations

import sys

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.module_loading import import_string

AGAIN_AFTER = 10  # seconds


def server_error(request: HttpRequest) -> HttpResponse:
    """The handler of every failure (handler500), called while its exception is being handled."""
    if is_database(sys.exc_info()[1]) and request.path_info.startswith(f"/{settings.ADMIN_PATH}/"):
        return away()
    readers: HttpResponse = import_string("survivors.reading.pages.server_error")(request)
    return readers


def is_database(error: BaseException | None) -> bool:
    """Whether the database is what failed, itself or behind what was made of it."""
    while error:
        if isinstance(error, (DatabaseError, InterfaceError)):
            return True
        error = error.__cause__ or error.__context__
    return False


def away() -> HttpResponse:
    """A page that asks the database for nothing."""
    answer = HttpResponse(render_to_string("staff/away.html"), status=503)
    answer.headers["Retry-After"] = str(AGAIN_AFTER)
    return answer
