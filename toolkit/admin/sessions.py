"""Sessions for staff pages only."""

from __future__ import annotations

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse


class StaffSessions(SessionMiddleware):
    """A page outside the staff's address knows no session, whatever cookie comes with the request.

    The path of the cookie keeps browsers from sending it there; this keeps a page for readers from answering one that
    comes all the same, since every request that belongs to a session sets its cookie again.
    """

    def process_request(self, request: HttpRequest) -> None:
        if _is_staff(request):
            super().process_request(request)
        else:
            request.session = self.SessionStore()

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        return super().process_response(request, response) if _is_staff(request) else response


def _is_staff(request: HttpRequest) -> bool:
    return request.path_info.startswith(f"/{settings.ADMIN_PATH}/")
