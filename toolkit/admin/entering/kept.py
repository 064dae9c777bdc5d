"""What static/staff/keep.js has to know: whether the server answers, whom, and what it has taken in.

The script keeps a copy of what staff type on their own device. A form names its copy (``copy``); once a room has done
what the form asked, a cookie with that name tells the script to take the copy away.
"""

import re
from typing import TypeVar

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie

Answer = TypeVar("Answer", bound=HttpResponseBase)

_ID = re.compile(r"[0-9a-f]{16}", re.ASCII)
_LASTS = 300  # seconds, until the next page has read it


@never_cache
@ensure_csrf_cookie
def here(request: HttpRequest) -> JsonResponse:
    """Whose log-in this is, None without one, and a token that is good for it."""
    account = request.user.pk if admin.site.has_permission(request) else None
    return JsonResponse({"account": account, "token": get_token(request)})


def taken(request: HttpRequest, answer: Answer) -> Answer:
    """The answer to a form. One that leads on has done it; any other shows the form again, with what was typed."""
    name = request.POST.get("copy", "") if request.method == "POST" and answer.status_code == 302 else ""
    if _ID.fullmatch(name):
        answer.set_cookie(
            "taken", name, max_age=_LASTS, path=settings.SESSION_COOKIE_PATH, secure=settings.SESSION_COOKIE_SECURE,
            samesite="Lax",
        )  # fmt: skip
    return answer
