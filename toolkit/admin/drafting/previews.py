"""A draft in four phones, light and dark, and the link to show it to someone else."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext

from toolkit.admin.room import Room
from toolkit.admin.showing import page_name, part_name, show
from toolkit.drafting import previews
from toolkit.models import Draft
from toolkit.texts.languages import LANGUAGES, PLAN, SELF_NAMES


def preview_page(request: HttpRequest, pk: int) -> HttpResponse:
    draft = get_object_or_404(Draft.objects.select_related("page"), pk=pk)
    scheme = "" if draft.part == PLAN else "dark" if request.GET.get("scheme") == "dark" else "light"
    token = previews.token_for(draft)
    name, rest = ("preview", [scheme]) if scheme else ("preview_plan", [])
    phones = [(language, SELF_NAMES[language], reverse(name, args=[token, language, *rest])) for language in LANGUAGES]
    return show(
        request,
        "preview",
        gettext("Preview: %(page)s, %(text)s") % {"page": page_name(draft.page), "text": part_name(draft.part)},
        draft=draft,
        phones=phones,
        scheme=scheme,
        hours=settings.PREVIEW_HOURS,
        link=request.build_absolute_uri(phones[0][2]),
    )


ROOMS: list[Room] = [("drafts/<int:pk>/preview/", preview_page, "preview_frame", None)]
