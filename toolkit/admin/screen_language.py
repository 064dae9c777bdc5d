"""The language of the staff's screens, as each has chosen."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_POST

from toolkit.admin.entering.away import is_staffs
from toolkit.admin.room import Room
from toolkit.admin.showing import came_from, who
from toolkit.models import StaffMember
from toolkit.rendering import buttons
from toolkit.texts.languages import LANGUAGES, SOURCE


class ScreenLanguage:
    """Middleware: her own language on staff pages, in the program's words; before she has logged in, her browser's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_staffs(request):
            return self.get_response(request)
        language = _of(request)
        with translation.override(language), buttons.in_force(dict):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


@require_POST
def choose(request: HttpRequest) -> HttpResponseRedirect:
    language = request.POST.get("language", "")
    if language in LANGUAGES:
        StaffMember.objects.update_or_create(user=who(request), defaults={"screens": language})
    return HttpResponseRedirect(came_from(request, reverse("admin:index")))


def _of(request: HttpRequest) -> str:
    if request.user.is_authenticated:
        member = StaffMember.objects.filter(user=who(request)).first()
        return member.screens if member and member.screens in LANGUAGES else SOURCE
    return translation.get_language_from_request(request)


ROOMS: list[Room] = [("screens/", choose, "screens", None)]
