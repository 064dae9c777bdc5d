"""Every room of the staff. ``DOORS`` are those in the bar at the top of each page."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from toolkit import roles
from toolkit.admin import history, pages, screen_language, translations
from toolkit.admin.drafting import drafts, previews
from toolkit.admin.files import conflicts, sync
from toolkit.admin.finding import batches, in_languages, naming, open_drafts, replacing, search
from toolkit.admin.keeping import calls, doubts, due, links, owner
from toolkit.admin.making import new_page
from toolkit.admin.moving import addresses, old_links
from toolkit.admin.reviewing import asking
from toolkit.admin.room import Room
from toolkit.admin.talking import happened, nudge, remarks, unread

_WITH_ROOMS = (
    calls,
    doubts,
    due,
    links,
    owner,
    new_page,
    # Before the pages: no page is called like this room.
    addresses,
    old_links,
    pages,
    drafts,
    previews,
    conflicts,
    translations,
    asking,
    sync,
    history,
    happened,
    nudge,
    remarks,
    unread,
    screen_language,
    search,
    replacing,
    naming,
    in_languages,
    open_drafts,
    batches,
)
ROOMS: list[Room] = [room for module in _WITH_ROOMS for room in module.ROOMS]

# In the bar at the top: name, label, and who sees it (None: all staff).
DOORS: list[tuple[str, Any, Callable[[Any], bool] | None]] = [
    ("pages", _("Pages"), None),
    ("translations", _("Translations"), None),
    ("drafts", _("Drafts"), None),
    ("due", _("What is due"), None),
    ("outside", _("Outside readers"), roles.may_ask_readers),
    ("links", _("Links"), None),
    ("happened", _("What happened"), None),
    ("files", _("Site and saved files"), None),
    ("guide_owner", _("Who publishes the guide"), roles.may_manage_accounts),
    ("auth_user_changelist", _("Accounts"), roles.may_manage_accounts),
    ("toolkit_auditentry_changelist", _("What was done"), roles.may_manage_accounts),
]
