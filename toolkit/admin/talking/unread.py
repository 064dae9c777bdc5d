"""Where comparing translations with the English begins: the texts that nobody has compared, by language and risk."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from toolkit import roles
from toolkit.admin.addresses import page_or_404
from toolkit.admin.drafting import prose_form
from toolkit.admin.finding.drafting import begun
from toolkit.admin.room import Room
from toolkit.admin.showing import require, show, who
from toolkit.drafting import drafts
from toolkit.live import live_site
from toolkit.models import Draft
from toolkit.rendering.guide import Guide
from toolkit.talking import remarks
from toolkit.talking.unread import is_unread, unread
from toolkit.texts.canonical import digest
from toolkit.texts.languages import SELF_NAMES, SOURCE, TRANSLATIONS
from toolkit.texts.page import Site, write_part

SHOWN = 30
WHENS = {
    "now": _("Needed now, by someone in danger"),
    "today": _("Needed the same day"),
    "week": _("Needed that week"),
    "": _("All others"),
}


def unread_page(request: HttpRequest, language: str) -> HttpResponse:
    """The texts of a language that wait to be compared, the most pressing first; GET ``from`` skips that many."""
    if language not in TRANSLATIONS:
        raise Http404
    site = live_site()
    groups = unread(Guide.of(site), language)
    said = request.GET.get("from", "0")
    first = int(said) if said.isdecimal() and len(said) < 6 else 0
    rows = [(when, page) for when, pages in groups for page in pages]
    shown = rows[first : first + SHOWN]
    paths = [page.path for _when, page in shown]
    opened = set(
        Draft.objects.filter(part=language, state__in=Draft.OPEN, page__path__in=paths).values_list(
            "page__path", flat=True
        )
    )
    said_of = set(remarks.waiting().filter(part=language, page__path__in=paths).values_list("page__path", flat=True))
    return show(
        request,
        "unread",
        gettext("Not compared with the English: %(language)s") % {"language": SELF_NAMES[language]},
        language=language,
        number=len(rows),
        groups=[
            (WHENS[when], [_row(page, language, opened, said_of) for at, page in shown if at == when])
            for when, _pages in groups
            if any(at == when for at, _page in shown)
        ],
        before=max(first - SHOWN, 0) if first else None,
        after=first + SHOWN if first + SHOWN < len(rows) else None,
        languages=queues(site, who(request)),
    )


def compared(request: HttpRequest, path: str, language: str) -> HttpResponse:
    """POST: she has compared a translation with today's English, and it is right: a draft that says so."""
    page, site = page_or_404(path), live_site()
    texts = site[page.path]
    if request.method != "POST" or language not in TRANSLATIONS or not is_unread(texts, language):
        raise Http404
    user = who(request)
    require(roles.may_draft(user, language))
    there = HttpResponseRedirect(reverse("admin:unit", args=[page.path, language]))
    if drafts.open_draft(user, page, language):
        messages.warning(
            request, gettext("You have a draft of this text already: tick there that you have compared it.")
        )
        return there
    live = digest(write_part(texts.prose[language]))
    if request.POST.get("read") != live or request.POST.get("english") != texts.source_digest:
        messages.warning(request, gettext("One of the two texts has changed since you opened it. Read it again."))
        return HttpResponseRedirect(reverse("admin:reading", args=[page.path, language]))
    typed = begun(texts, language) | {"reviewed": ["on"], "follows_today": ["on"]}
    form = prose_form.ProseForm(typed, language, prose_form.records_of(texts.facts, texts.prose[language]))
    text = form.text(follows=texts.source_digest, pinned=texts.prose[language].translated_from)
    draft = drafts.save(user, page, language, typed, text, version=0, base=live, follows=texts.source_digest)
    if not text:
        messages.warning(request, gettext("Kept as your draft. Something in the text is not right: put it right here."))
        return there
    drafts.ask_for_review(draft)
    messages.success(request, gettext("Noted. A Publisher makes it known with your name in the history."))
    return HttpResponseRedirect(reverse("admin:unread", args=[language]))


def queues(site: Site, user: User) -> list[dict[str, Any]]:
    """For each language with texts that nobody has compared: how many, and the one to begin with; hers first."""
    guide, found = Guide.of(site), []
    for language in TRANSLATIONS:
        pages = [page for _when, some in unread(guide, language) for page in some]
        if pages:
            found.append(
                {
                    "language": language,
                    "name": SELF_NAMES[language],
                    "number": len(pages),
                    "first": pages[0].prose[SOURCE].h1,
                    "is_hers": roles.may_draft(user, language),
                }
            )
    return sorted(found, key=lambda one: not one["is_hers"])


def _row(page: Any, language: str, opened: set[str], said_of: set[str]) -> dict[str, Any]:
    return {
        "path": page.path,
        "english": page.prose[SOURCE].h1,
        "heading": page.prose[language].h1,
        "has_draft": page.path in opened,
        "has_remarks": page.path in said_of,
    }


ROOMS: list[Room] = [
    ("compare/<str:language>/", unread_page, "unread", None),
    ("pages/<page:path>/<part:language>/compared/", compared, "compared", None),
]
