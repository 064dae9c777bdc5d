"""The language of a reader's page: from its address, else from the browser's wishes. Nothing is remembered."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from toolkit.texts.languages import LANGUAGES, SOURCE


class ReaderLanguage:
    """Activates the language for everything inside, error pages too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = language_of(request)
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def language_of(request: HttpRequest) -> str:
    first = request.path_info.strip("/").partition("/")[0]
    return first if first in LANGUAGES else negotiated(request)


def negotiated(request: HttpRequest) -> str:
    """The best of our languages for ``Accept-Language``; any Chinese is ours, and so is Indonesian for Malay."""
    for wanted, _ in parse_accept_lang_header(request.META.get("HTTP_ACCEPT_LANGUAGE", "")):
        for language in LANGUAGES:
            if wanted.partition("-")[0] == language.partition("-")[0]:
                return language
        if wanted.partition("-")[0] == "id":
            return "ms"
    return SOURCE
