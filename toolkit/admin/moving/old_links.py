"""Links to the old addresses of a page, corrected in one batch of drafts, published together or each alone."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from toolkit import roles
from toolkit.admin.addresses import page_or_404
from toolkit.admin.finding.drafting import drafted
from toolkit.admin.moving.addresses import ReasonForm
from toolkit.admin.room import Room
from toolkit.admin.showing import language_of, page_name, part_name, show, text_name, title_of, who
from toolkit.admin.words.comparing import comparison
from toolkit.drafting import drafts
from toolkit.drafting.changing import Said
from toolkit.drafting.old_links import corrected, corrections, links_to, old_addresses
from toolkit.drafting.together import publish_together, seen_of
from toolkit.live import NotFitError, StaleTextError, live_site, live_text
from toolkit.models import Draft, Page
from toolkit.texts.languages import FACTS
from toolkit.texts.page import Site

# The path of a page and the language of a text of it.
Unit = tuple[str, str]

_CHANGED = _("The drafts have changed since you opened this. Read them again, then publish.")


@require_http_methods(["GET", "HEAD", "POST"])
def old_links_page(request: HttpRequest, path: str) -> HttpResponse:
    """POST ``action``: make (drafts of all that have none yet), publish (those that are waiting, together)."""
    page, site = page_or_404(path), live_site()
    waiting = corrections(page.path, site)
    units = links_to(old_addresses(page.path, site), site)
    left = {unit: n for unit, n in units.items() if unit not in {(one.page.path, one.part) for one in waiting}}
    may_make, may_publish = roles.may_draft(who(request), FACTS), roles.may_publish(who(request))
    action = request.POST.get("action", "") if request.method == "POST" else ""
    form = ReasonForm(request.POST if action == "publish" else None)
    if (action == "make" and not may_make) or (action == "publish" and not may_publish):
        raise PermissionDenied
    if action == "make":
        _make(request, left, page.path, site)
        return HttpResponseRedirect(request.path)
    if action == "publish" and form.is_valid() and _publish(request, waiting, form.cleaned_data["reason"]):
        return HttpResponseRedirect(reverse("admin:page", args=[page.path]))
    return show(
        request,
        "old_links",
        gettext("Old links: %(page)s") % {"page": page_name(page)},
        422 if action == "publish" else 200,
        page=page,
        left=[(title_of(one, site), part_name(part), language_of(part), n) for (one, part), n in left.items()],
        links=sum(left.values()),
        pages=len({one for one, _text in left}),
        waiting=[_row(one, site) for one in waiting],
        seen=seen_of(waiting),
        form=form,
        may_make=may_make,
        may_publish_these=may_publish and waiting,
    )


def _row(draft: Draft, site: Site) -> dict[str, object]:
    return {
        "draft": draft,
        "name": text_name(draft.page, draft.part),
        "language": draft.part,
        "rows": comparison(draft.part, live_text(site, draft.page.path, draft.part), draft.text),
    }


def _make(request: HttpRequest, units: dict[Unit, int], path: str, site: Site) -> None:
    """A draft of each text, to be reviewed. Where she has one open already, she corrects the link there."""
    pages = {page.path: page for page in Page.objects.filter(path__in={one for one, _text in units})}
    made = 0
    for unit in units:
        if drafts.open_draft(who(request), pages[unit[0]], unit[1]):
            name = text_name(pages[unit[0]], unit[1])
            messages.warning(
                request, gettext("You have a draft of %(name)s: correct its links there.") % {"name": name}
            )
            continue
        drafted(who(request), pages[unit[0]], unit[1], corrected(unit, path, site), site)
        made += 1
    said = ngettext("%(n)d draft waits for review.", "%(n)d drafts wait for review.", made)
    messages.success(request, said % {"n": made})


def _publish(request: HttpRequest, waiting: list[Draft], reason: str) -> bool:
    if seen_of(waiting) != request.POST.get("seen"):
        messages.error(request, _CHANGED)
        return False
    try:
        publish_together(waiting, who(request), Said(reason))
    except (drafts.OtherWindowError, drafts.OvertakenError, StaleTextError):
        messages.error(request, _CHANGED)
    except NotFitError:
        messages.error(request, gettext("Not published: something is not right in one of them. Open each to see it."))
    else:
        messages.success(request, gettext("Published. Readers see it now."))
        return True
    return False


ROOMS: list[Room] = [("pages/<page:path>/address/links/", old_links_page, "old_links", None)]
