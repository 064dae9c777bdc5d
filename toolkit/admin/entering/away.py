"""What staff get when something fails; while the database does not answer, 503, what to do, nothing lost."""

import sys
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils.module_loading import import_string

AGAIN_AFTER = 10  # seconds


def is_staffs(request: HttpRequest) -> bool:
    return request.path_info.startswith(f"/{settings.ADMIN_PATH}/")


def _handler(status: int, name: str) -> Callable[..., HttpResponseBase]:
    """Django's handler of a failure, called while the exception is being handled: staff get a page of their own,
    readers what ``survivors.reading.pages`` has by this name."""

    def answer(request: HttpRequest, exception: Exception | None = None) -> HttpResponseBase:
        if not is_staffs(request):
            raised = () if exception is None else (exception,)
            readers: HttpResponseBase = import_string(f"survivors.reading.pages.{name}")(request, *raised)
            return readers
        if is_behind(sys.exc_info()[1], DatabaseError, InterfaceError):
            return away()
        return HttpResponse(render_to_string("staff/failure.html", {"status": status}), status=status)

    return answer


bad_request = _handler(400, "bad_request")
forbidden = _handler(403, "forbidden")
not_found = _handler(404, "not_found")
server_error = _handler(500, "server_error")


def is_behind(error: BaseException | None, *kinds: type[BaseException]) -> bool:
    """Whether one of these is what failed, itself or behind what was made of it."""
    while error:
        if isinstance(error, kinds):
            return True
        error = error.__cause__ or error.__context__
    return False


def away() -> HttpResponse:
    """A page that asks the database for nothing."""
    answer = HttpResponse(render_to_string("staff/away.html"), status=503)
    answer.headers["Retry-After"] = str(AGAIN_AFTER)
    return answer
