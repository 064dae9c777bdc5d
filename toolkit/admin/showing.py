"""What every room shows and is called."""

from collections.abc import Mapping
from typing import Any, cast

from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext

from toolkit import models
from toolkit.texts.languages import BUTTONS, FACTS, LANGUAGES, PLAN, SELF_NAMES, SOURCE
from toolkit.texts.page import Site


def show(request: HttpRequest, template: str, title: Any, status: int = 200, **context: Any) -> TemplateResponse:
    """A room of the staff: ``templates/staff/<template>.html``."""
    everything = admin.site.each_context(request) | {"title": title} | context
    return TemplateResponse(request, f"staff/{template}.html", everything, status=status)


def who(request: HttpRequest) -> User:
    """Whoever is in the room: its door lets nobody in who is not logged in."""
    return cast(User, request.user)


def require(may: bool) -> None:
    """For what not everyone in a room may do. Raises PermissionDenied."""
    if not may:
        raise PermissionDenied


def came_from(request: HttpRequest, otherwise: str) -> str:
    """The page of this site that a button was pressed on, as its form says (``next``)."""
    there = request.POST.get("next", "")
    return there if url_has_allowed_host_and_scheme(there, allowed_hosts={request.get_host()}) else otherwise


def whole(typed: str) -> int:
    """A whole number that a form sent; 0 for what is none, or for one that no form of ours sends."""
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0


def wants_json(request: HttpRequest) -> bool:
    """Whether a script of ours asks, not a browser that goes to a page."""
    return request.headers.get("Accept", "").startswith("application/json")


def asked_again(chosen: Mapping[str, str]) -> str:
    """What narrows a list, for the addresses of its other sheets."""
    return urlencode({name: value for name, value in chosen.items() if value})


def part_name(part: str) -> str:
    """The name of a text of a page: its language in that language's own words, or what else it is."""
    names = {
        FACTS: gettext("Facts"),
        PLAN: gettext("Rules of the plan"),
        BUTTONS: gettext("Words of buttons and menus"),
        models.Draft.ADDRESS: gettext("Address"),
    }
    return names.get(part) or SELF_NAMES[part]


def language_of(part: str) -> str:
    """The language that a text is in; "" for facts and rules, which are shown in that of the screens."""
    return part if part in LANGUAGES else ""


def title_of(path: str, site: Site) -> str:
    """What staff call the page at a path of the site; its address while it has no English."""
    return site[path].prose[SOURCE].title if path in site and SOURCE in site[path].prose else f"/{path}/"


def page_name(page: models.Page) -> str:
    """What staff call a page: its English title, which a browser's history may hold; its address while it has none."""
    return page.title_en or str(page)  # type: ignore[attr-defined]


def text_name(page: models.Page, part: str) -> str:
    """What staff call a text of a page."""
    return f"{page_name(page)}, {part_name(part)}"
