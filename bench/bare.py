"""What a page of the guide is measured against: the same bytes from a Django view with nothing around it."""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import re_path

BYTES = Path(os.environ.get("BARE_FILE", os.devnull)).read_bytes()


def view(_: HttpRequest) -> HttpResponse:
    response = HttpResponse(BYTES)
    response.headers["Content-Encoding"] = "br"
    return response


urlpatterns = [re_path("", view)]

if "BARE_FILE" in os.environ:
    settings.configure(ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, MIDDLEWARE=[])
    application = get_wsgi_application()
