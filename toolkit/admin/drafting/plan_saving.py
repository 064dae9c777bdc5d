"""Saving the plan piece by piece: who may change what, what a post makes of the draft, and where she goes on."""

from collections.abc import Mapping

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext

from toolkit import roles
from toolkit.admin.drafting import plan_form
from toolkit.admin.drafting.facts_form import body_of
from toolkit.admin.drafting.plan_form import WHOLE, pending
from toolkit.admin.drafting.plan_part import NEW
from toolkit.drafting import drafts
from toolkit.drafting.drafts import Typed
from toolkit.models import Draft, Page
from toolkit.texts.canonical import digest
from toolkit.texts.page import PageTexts
from toolkit.texts.plans.written import ROUTES, Written
from toolkit.texts.problem import TextError


def only(user: User) -> tuple[str, ...]:
    """The languages that a translator may write; () for who may change everything."""
    return () if roles.may_draft_rules(user) else roles.home_languages(user)


def may_enter(user: User, at: str) -> bool:
    """A translator has the questions and steps that are there, with her words in them."""
    return roles.may_draft_rules(user) or at not in (WHOLE, NEW, ROUTES)


def written_into(user: User, page: Page, texts: PageTexts, posted: Typed, at: str, action: str) -> Typed:
    """Her draft, or the live text, with what was posted in it."""
    opened = drafts.open_draft(user, page, "plan")
    before: Typed = opened.typed if opened else plan_form.typed_of(texts.plan)
    typed = plan_form.typed_with(before, posted, at, only(user))
    what, _colon, piece = action.partition(":")
    if what in ("up", "down", "add", "back") and _colon:
        if not roles.may_draft_rules(user):
            raise PermissionDenied
        if what == "add":
            return plan_form.one_set_more(typed, at)
        return _moved(typed, texts, what, piece)
    return typed


def _moved(typed: Typed, texts: PageTexts, what: str, piece: str) -> Typed:
    try:
        if what == "back":
            return plan_form.put_back(typed, piece, texts.plan)
        return plan_form.moved(typed, piece, -1 if what == "up" else 1)
    except TextError:
        return typed


def version(opened: Draft | None, posted: Mapping[str, str], at: str) -> str:
    """The version that a form is of: today's draft where another window has changed nothing in the same piece."""
    said = posted.get("version", "0")
    if opened is None or at == WHOLE or str(opened.version) == said or "body" in posted:
        return said
    is_free = at not in pending(opened.typed) and posted.get("was", "") == was(opened.typed, at)
    return str(opened.version) if at == "" or is_free else said


def was(typed: Typed, at: str) -> str:
    """The digest of a piece as it stands in a text; "" where it is new."""
    try:
        piece = Written.of(body_of(typed)).piece(at)
    except TextError:
        return digest(body_of(typed))
    return piece.digest if piece else ""


def after(request: HttpRequest, draft: Draft, at: str, action: str) -> HttpResponseRedirect | None:
    """Where she goes on; None where it is as with every text."""
    what, _colon, piece = action.partition(":")
    name = request.POST.get(f"{at}.id") if at == NEW and draft.text else at.partition("/")[2]
    there = f"{at.partition('/')[0]}/{name}" if at else ""
    listed = reverse("admin:unit", args=[draft.page.path, draft.part])
    if what in ("up", "down", "back") and _colon:
        return HttpResponseRedirect(f"{listed}#{piece}")
    if what == "add":
        here = reverse("admin:unit_piece", args=[draft.page.path, draft.part, at])
        return HttpResponseRedirect(f"{here}#sets")
    if action != "save" or at in ("", WHOLE):
        return None
    if draft.text:
        messages.success(request, gettext("Draft saved. Readers do not see it yet."))
        return HttpResponseRedirect(f"{listed}#{there}")
    messages.warning(request, gettext("Draft saved. Something in it is not right yet: see below."))
    return HttpResponseRedirect(request.path)
