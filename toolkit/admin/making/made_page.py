"""A page that is being made: how each of its texts stands, and what becomes of them together."""

from django.contrib import messages
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from toolkit import roles
from toolkit.admin.drafting import to_put_right
from toolkit.admin.drafting.unit_screen import preview_address
from toolkit.admin.making.scheduling import DayForm
from toolkit.admin.showing import language_of, part_name, require, show, who
from toolkit.drafting import drafts, making, scheduled
from toolkit.drafting.changing import Said
from toolkit.drafting.together import problems_together, publish_together, seen_of
from toolkit.live import NotFitError, StaleTextError
from toolkit.models import Draft, Page
from toolkit.rendering import words
from toolkit.texts.languages import PARTS, SOURCE
from toolkit.texts.page import Site, TranslationState

_CHANGED = _("The drafts have changed since you opened this. Read them again, then publish.")


def show_made(request: HttpRequest, page: Page, site: Site) -> HttpResponse:
    """POST ``action``: review, aside, publish, on-day."""
    action, user = request.POST.get("action", ""), who(request)
    together = making.chosen(page.path)
    form = DayForm(request.POST if action in ("publish", "on-day") else None)
    if request.method == "POST" and (answer := _act(request, action, page, together, form, site)):
        return answer
    texts = making.texts_of(page.path, site)
    opened = list(making.opened_of(page.path))
    problems = problems_together(together, site) if together else []
    rows = [
        {
            "part": part,
            "name": part_name(part),
            "language": language_of(part),
            "drafts": [one for one in opened if one.part == part],
            "is_older": texts.state(part) is TranslationState.OUTDATED if language_of(part) else False,
            "may_write": roles.may_draft(user, part),
        }
        for part in PARTS
    ]
    return show(
        request,
        "made_page",
        gettext("A page that is being made: %(path)s") % {"path": f"/{page.path}/"},
        page=page,
        section=page.path.partition("/")[0],
        heading=making.heading_of(page.path, site),
        rows=rows,
        preview=next(filter(None, (preview_address(one) for one in opened if one.part == SOURCE)), ""),
        problems=to_put_right.rows([one for one in problems if not one.is_warning], site, user, together),
        is_whole=making.is_whole(together),
        is_fit=making.is_whole(together) and all(one.is_warning for one in problems),
        together=[part_name(one.part) for one in together],
        seen=seen_of(together),
        form=form,
        has_unsent=any(one.author == user and one.state == Draft.WRITING for one in opened),
        may_discard=_may_discard(opened, user),
    )


def _may_discard(opened: list[Draft], user: User) -> bool:
    return roles.may_publish(user) or all(one.author == user for one in opened)


def _act(
    request: HttpRequest, action: str, page: Page, together: list[Draft], form: DayForm, site: Site
) -> HttpResponse | None:
    """Does what was asked for; None when the room is to be shown again with what is wrong."""
    user, opened = who(request), list(making.opened_of(page.path))
    if action == "review":
        return _ask(request, page, [one for one in opened if one.author == user], site)
    if action == "aside" and _may_discard(opened, user):
        for one in opened:
            drafts.set_aside(one, user)
        messages.info(request, gettext("The page is given up. What was written stays in the history of its texts."))
        return HttpResponseRedirect(reverse("admin:page", args=[page.path.partition("/")[0]]))
    require(roles.may_publish(user))
    if not form.is_bound or not form.is_valid():
        return None
    if seen_of(together) != request.POST.get("seen") or not making.is_whole(together):
        messages.error(request, _CHANGED)
        return None
    return _publish(request, page, together, form)


def _ask(request: HttpRequest, page: Page, own: list[Draft], site: Site) -> HttpResponse:
    """Those of her drafts that are right wait for review from now on; the others she goes on writing."""
    writing = [one for one in own if one.state == Draft.WRITING]
    right = [one for one in writing if one.text and all(p.is_warning for p in drafts.problems_of(one, site))]
    for one in right:
        drafts.ask_for_review(one)
    sent = ngettext("%(n)d text waits for review.", "%(n)d texts wait for review.", len(right)) % {"n": len(right)}
    messages.success(request, sent)
    if left := [part_name(one.part) for one in writing if one not in right]:
        told = gettext("Not sent, because something is not written or not right yet: %(texts)s.")
        messages.warning(request, told % {"texts": ", ".join(left)})
    return HttpResponseRedirect(reverse("admin:make", args=[page.path]))


def _publish(request: HttpRequest, page: Page, together: list[Draft], form: DayForm) -> HttpResponse | None:
    reason, day = form.cleaned_data["reason"], form.cleaned_data["day"]
    try:
        with transaction.atomic():
            if day:
                for one in together:
                    scheduled.set_for(one, who(request), day, reason=reason, is_minor=True)
            else:
                publish_together(together, who(request), Said(reason))
    except (drafts.OtherWindowError, drafts.OvertakenError, StaleTextError):
        messages.error(request, _CHANGED)
        return None
    except NotFitError:
        messages.error(request, gettext("Not published: something is not right yet. See the list below."))
        return None
    if day:
        told = gettext("Set: readers see it from %(day)s. Whoever changes the draft before takes the day away.")
        messages.success(request, told % {"day": words.day(day)})
        return HttpResponseRedirect(reverse("admin:make", args=[page.path]))
    messages.success(request, gettext("Published. Readers see it now."))
    return HttpResponseRedirect(reverse("admin:page", args=[page.path]))
