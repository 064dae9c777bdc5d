"""Sessions for staff pages only."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import DatabaseError, OperationalError
from django.http import HttpRequest, HttpResponse

from toolkit.admin.entering.away import away, is_behind, is_staffs


class SessionStore(db.SessionStore):
    """What a request did not change it does not write: it only says that the session goes on.

    Requests run side by side, as a preview and the form that it shows. Written whole, the session of the slower would
    take away what the other has put there, such as the word that a draft is saved.
    """

    def save(self, must_create: bool = False) -> None:
        if must_create or self.modified or self.session_key is None:
            super().save(must_create)
        elif not self.model.objects.filter(pk=self.session_key).update(expire_date=self.get_expiry_date()):
            raise UpdateError


class StaffSessions(SessionMiddleware):
    """A page outside the staff's address knows no session, whatever cookie comes with the request.

    The path of the cookie keeps browsers from sending it there; this keeps a page for readers from answering one that
    comes all the same, since every request that belongs to a session sets its cookie again.
    """

    def process_request(self, request: HttpRequest) -> None:
        if is_staffs(request):
            super().process_request(request)
        else:
            request.session = self.SessionStore()

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if not is_staffs(request):
            return response
        try:
            return super().process_response(request, response)
        except (DatabaseError, SessionInterrupted) as error:
            # Django takes a locked database for a session that was ended elsewhere, and answers 400.
            if not is_behind(error, OperationalError):
                raise
            return away()
