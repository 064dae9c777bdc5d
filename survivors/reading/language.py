"""The language of a reader's page: from its address, else from the browser's wishes. Nothing is remembered."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from survivors import edition
from toolkit.rendering import buttons
from toolkit.texts.languages import LANGUAGES, SOURCE

# Every code that a browser may have for our languages (ISO 639-1, -2 and -3): any Chinese is ours, and Malay is near
# enough to Indonesian and to what is spoken in Kedah, Pattani, Negeri Sembilan and Brunei.
_CODES = {
    "en": "en eng",
    "ms": "ms msa may zsm zlm id in ind mfa meo zmi kxd",
    "ta": "ta tam",
    "zh-hans": "zh zho chi cmn yue nan hak wuu gan hsn cdo cpx czh czo mnp cjy lzh i-hak",
}
_LANGUAGE_OF = {code: language for language, codes in _CODES.items() for code in codes.split()}
_WISH = re.compile(
    r"\s*([a-z]{1,8}(?:[-_][a-z0-9]{1,8})*|\*)\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?))?\s*", re.IGNORECASE
)
_LONGEST_HEADER = 500


class ReaderLanguage:
    """Activates the language for everything inside, error pages too, and the words of buttons that are published."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = language_of(request)
        with translation.override(language), buttons.in_force(_buttons):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def _buttons() -> buttons.Buttons:
    return edition.for_questions().guide.buttons


def language_of(request: HttpRequest) -> str:
    first = request.path_info.strip("/").partition("/")[0]
    return meant_by(first) or negotiated(request)


def meant_by(code: str) -> str:
    """The language of ours that a code names, in any spelling: zh-Hans, zh_CN, EN, zsm; empty for any other."""
    code = code.lower().replace("_", "-")
    return _LANGUAGE_OF.get(code) or _LANGUAGE_OF.get(code.partition("-")[0], "")


def negotiated(request: HttpRequest) -> str:
    """The best of our languages for ``Accept-Language``; what is refused (q=0) is never taken where another is left."""
    wishes = _wishes(request.META.get("HTTP_ACCEPT_LANGUAGE", ""))
    wanted = [meant_by(code) for code, weight in wishes if weight]
    refused = {meant_by(code) for code, weight in wishes if not weight} - set(wanted)
    for code, _ in [one for one in wishes if one[1]]:
        if language := meant_by(code) if code != "*" else _first_of_all(refused):
            return language
    return _first_of_all(refused)


def _wishes(header: str) -> list[tuple[str, float]]:
    """Codes and weights, the weightiest first; what is no wish is left out."""
    found = [_WISH.fullmatch(part) for part in header[:_LONGEST_HEADER].split(",")]
    wishes = [(one[1], float(one[2] or 1)) for one in found if one]
    return sorted(wishes, key=lambda wish: -wish[1])


def _first_of_all(refused: set[str]) -> str:
    return next((one for one in (SOURCE, *LANGUAGES) if one not in refused), SOURCE)
