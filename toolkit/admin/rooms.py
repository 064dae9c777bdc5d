"""Every room of the staff. ``DOORS`` are those in the bar at the top of each page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from toolkit.admin import (
    deciding,
    due,
    files,
    history_rooms,
    links,
    pages,
    preview_frame,
    review,
    screens,
    translations,
)
from toolkit.admin.site import Room

ROOMS: list[Room] = [
    *due.ROOMS,
    *links.ROOMS,
    *pages.ROOMS,
    *review.ROOMS,
    *preview_frame.ROOMS,
    *deciding.ROOMS,
    *translations.ROOMS,
    *files.ROOMS,
    *history_rooms.ROOMS,
    *screens.ROOMS,
]

DOORS: dict[str, Any] = {
    "pages": _("Pages"),
    "translations": _("Translations"),
    "due": _("What is due"),
    "links": _("Links"),
    "files": _("Files and site"),
}
