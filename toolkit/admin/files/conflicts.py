"""Where a file and the site differ: the text before, on the site and from the files, and three answers."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext

from toolkit import roles
from toolkit.admin.addresses import page_or_404
from toolkit.admin.drafting import to_put_right
from toolkit.admin.finding.drafting import begun
from toolkit.admin.room import Room
from toolkit.admin.showing import language_of, page_name, part_name, show, who
from toolkit.admin.words.comparing import comparison, in_lines
from toolkit.drafting import drafts
from toolkit.files import conflicts
from toolkit.live import NotFitError, live_site, live_text
from toolkit.models import UnitState
from toolkit.texts.canonical import digest
from toolkit.texts.page import PageTexts
from toolkit.texts.problem import Problem


def decision_page(request: HttpRequest, path: str, part: str) -> HttpResponse:
    """POST ``answer``: site, files or combine, with the digests of the texts as they were shown."""
    states = UnitState.objects.select_related("page")
    state = get_object_or_404(states, page=page_or_404(path), part=part)
    if not state.hold:
        messages.info(request, gettext("This has been decided already."))
        return HttpResponseRedirect(reverse("admin:page", args=[state.page.path]))
    return _answer(request, state) if request.method == "POST" else _shown(request, state)


def _shown(request: HttpRequest, state: UnitState, problems: Sequence[Problem] = ()) -> HttpResponse:
    live = live_text(live_site(), state.page.path, state.part) or ""
    before = conflicts.base_text(state)
    return show(
        request,
        "decide",
        gettext("Decide: %(page)s, %(text)s") % {"page": page_name(state.page), "text": part_name(state.part)},
        state=state,
        language=language_of(state.part),
        is_rollback=state.hold == "rollback",
        before=in_lines(state.part, before) if before else "",
        on_site=comparison(state.part, before or None, live),
        in_files=comparison(state.part, before or None, state.held),
        between=comparison(state.part, live, state.held),
        seen=digest(state.held),
        live=digest(live),
        problems=to_put_right.rows(problems, live_site(), who(request)),
    )


def _answer(request: HttpRequest, state: UnitState) -> HttpResponse:
    answer, seen = request.POST.get("answer"), request.POST.get("seen", "")
    here = HttpResponseRedirect(reverse("admin:decide", args=[state.page.path, state.part]))
    try:
        if answer == "site":
            conflicts.keep_the_sites(state, seen, who(request))
            messages.success(
                request, gettext("The site's text stays. Download the changes to bring it into the files.")
            )
        elif answer == "files":
            conflicts.use_the_files(state, seen, who(request), request.POST.get("live") or None)
            messages.success(request, gettext("The files' text is live now. The site's text stays in the history."))
        elif answer == "combine":
            return _combine(request, state)
        else:
            return here
    except NotFitError as refused:
        messages.error(request, gettext("Not published: something is not right yet. See the list below."))
        return _shown(request, state, refused.problems)
    except conflicts.AnsweredError:
        messages.error(request, gettext("Something changed since you opened this page. Look again, then decide."))
        return here
    return HttpResponseRedirect(reverse("admin:page", args=[state.page.path]))


def _combine(request: HttpRequest, state: UnitState) -> HttpResponse:
    """A draft of the site's text; its screen shows the files' text beside it. Publishing it settles the matter."""
    site = live_site()
    texts = site.get(state.page.path) or PageTexts(state.page.path)
    draft = drafts.open_draft(who(request), state.page, state.part)
    if draft is None:
        live = live_text(site, state.page.path, state.part) or ""
        draft = drafts.save(
            who(request), state.page, state.part, begun(texts, state.part), live,
            version=0, base=digest(live), follows=texts.source_digest,
        )  # fmt: skip
    conflicts.combine(draft, state)
    return HttpResponseRedirect(reverse("admin:unit", args=[state.page.path, state.part]))


ROOMS: list[Room] = [("pages/<page:path>/<part:part>/decide/", decision_page, "decide", roles.may_publish)]
