"""The same paragraph or heading in all languages of a page on one screen: changed there, it is one batch of drafts."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext

from toolkit import roles
from toolkit.admin.addresses import page_or_404
from toolkit.admin.finding.drafting import drafted
from toolkit.admin.finding.search import place_name
from toolkit.admin.room import Room
from toolkit.admin.showing import page_name, require, show, who
from toolkit.admin.words.faults import said as in_words
from toolkit.drafting import drafts
from toolkit.finding.pieces import Piece, changed, piece_in, pieces
from toolkit.live import live_site, live_text
from toolkit.models import Batch, Page
from toolkit.texts.canonical import digest
from toolkit.texts.languages import LANGUAGES, SELF_NAMES, SOURCE
from toolkit.texts.page import PageTexts, Site, take_in, write_part
from toolkit.texts.problem import TextError
from toolkit.texts.words.prose import Prose
from toolkit.texts.words.tidied import tidied_body, without_invisible


def languages_page(request: HttpRequest, path: str) -> HttpResponse:
    """GET: the pieces of the English; with ``at``: one of them in every language. POST: drafts of what changed."""
    page, site = page_or_404(path), live_site()
    texts = site.get(page.path) or PageTexts(page.path)
    require(any(roles.may_draft(who(request), one) for one in LANGUAGES))
    key = request.POST.get("at", "") or request.GET.get("at", "")
    found = {one: piece for one in LANGUAGES if (piece := piece_in(texts, one, key))} if key else {}
    if request.method == "POST" and found and (answer := _save(request, page, texts, site, found)):
        return answer
    english = texts.prose.get(SOURCE)
    return show(
        request,
        "in_languages",
        gettext("%(page)s: change in several languages") % {"page": page_name(page)},
        page=page,
        key=key if found else "",
        reason=request.POST.get("reason", ""),
        fields=[_field(request, page, site, one, piece) for one, piece in found.items()],
        missing=[(one, SELF_NAMES[one]) for one in LANGUAGES if one not in found] if found else [],
        groups=_groups(english) if english and not found else [],
    )


def _field(request: HttpRequest, page: Page, site: Site, language: str, piece: Piece) -> dict[str, Any]:
    """A language's piece as a field; what she typed stays in it. ``draft``: hers, in which she changes it instead."""
    typed = request.POST.get(f"words.{language}")
    return {
        "language": language,
        "name": SELF_NAMES[language],
        "words": piece.words if typed is None else typed,
        "rows": min(12, 2 + piece.words.count("\n") + len(piece.words) // 45),
        "digest": digest(live_text(site, page.path, language) or ""),
        "draft": drafts.open_draft(who(request), page, language),
        "may_write": roles.may_draft(who(request), language),
    }


def _save(
    request: HttpRequest, page: Page, texts: PageTexts, site: Site, found: dict[str, Piece]
) -> HttpResponse | None:
    """The drafts, as one batch; None when the page is to be shown again, with what she typed."""
    user = who(request)
    typed = {
        one: tidied_body(without_invisible(request.POST[f"words.{one}"].replace("\r\n", "\n")))
        for one in found
        if f"words.{one}" in request.POST and roles.may_draft(user, one) and not drafts.open_draft(user, page, one)
    }
    if any(request.POST.get(f"was.{one}") != digest(live_text(site, page.path, one) or "") for one in typed):
        messages.error(
            request,
            gettext("A text on the site has changed since you opened this. Your words are kept below: look again."),
        )
        return None
    new = changed(texts, next(iter(found.values())).key, typed)
    if not new:
        messages.info(request, gettext("Nothing is different yet."))
        return None
    try:
        for language, prose in new.items():
            take_in(language, write_part(prose).encode())
    except TextError as error:
        messages.error(request, in_words(error.fault))
        return None
    reason = request.POST.get("reason", "").strip() or gettext("Changed in several languages: %(page)s") % {
        "page": page_name(page)
    }
    batch = Batch.objects.create(made_by=user, reason=reason[:300])
    for language, prose in new.items():
        drafted(user, page, language, prose, site, batch)
    return HttpResponseRedirect(reverse("admin:batch", args=[batch.pk]))


def _groups(english: Prose) -> list[tuple[str, list[tuple[str, str]]]]:
    """The pieces of the English to choose from, below the headings that they stand under: (heading, [(key, words)])."""
    groups: list[tuple[str, list[tuple[str, str]]]] = [(gettext("Title and summary"), [])]
    section = None
    for one in pieces(english):
        if one.key.startswith("body.") and one.section != section:
            section = one.section
            groups.append(
                (one.words.split("\n")[0].lstrip("# ").partition(" {#")[0] if section else gettext("The beginning"), [])
            )
        name = place_name(one.key, 0) if not one.key.startswith("body.") else ""
        words = one.words if len(one.words) <= 90 else one.words[:90] + " …"
        groups[-1][1].append((one.key, f"{name}: {words}" if name else words))
    return groups


ROOMS: list[Room] = [("pages/<page:path>/languages/", languages_page, "in_languages", None)]
