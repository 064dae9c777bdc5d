"""Saving the words of buttons one by one: what a post makes of the draft, and where she goes on."""

from collections.abc import Mapping

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext

from toolkit import roles
from toolkit.admin.buttons.form import buttons_of, typed_of, typed_with
from toolkit.drafting import drafts
from toolkit.drafting.drafts import Typed
from toolkit.models import Draft, Page
from toolkit.texts.buttons.program import by_key
from toolkit.texts.buttons.text import Buttons, write_buttons
from toolkit.texts.canonical import digest
from toolkit.texts.languages import BUTTONS, LANGUAGES
from toolkit.texts.page import PageTexts

BACK = "program"


def languages_of(user: User) -> tuple[str, ...]:
    """Those in which she may write; a translator writes hers."""
    return LANGUAGES if roles.may_draft_rules(user) else roles.home_languages(user)


def written_into(user: User, page: Page, texts: PageTexts, posted: Typed, at: str, action: str) -> Typed:
    """Her draft, or the live text, with what was posted in it."""
    opened = drafts.open_draft(user, page, BUTTONS)
    before = opened.typed if opened else typed_of(texts.buttons)
    return typed_with(before, posted, at, languages_of(user), is_back=action == BACK)


def version(opened: Draft | None, posted: Mapping[str, str], at: str) -> str:
    """The version that a form is of: today's draft where another window has left the same word as it was."""
    said = posted.get("version", "0")
    is_free = opened is not None and (not at or posted.get("was", "") == was(opened.typed, at))
    return str(opened.version) if opened and is_free else said


def was(typed: Typed, at: str) -> str:
    """The digest of one word as it is in a draft."""
    own = by_key().get(at)
    words = buttons_of(typed).of(own.says) if own else None
    return digest(write_buttons(Buttons((words,) if words else ())))


def after(request: HttpRequest, draft: Draft, at: str, action: str) -> HttpResponseRedirect | None:
    """Where she goes on; None where it is as with every text."""
    if action not in ("save", BACK) or not at:
        return None
    messages.success(request, gettext("Draft saved. Readers do not see it yet."))
    return HttpResponseRedirect(reverse("admin:unit_piece", args=[draft.page.path, draft.part, at]))
