"""A page and its five texts: how each stands, who changed what last, what is due; and all pages by section."""

from collections import Counter
from typing import Any

from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from toolkit import roles
from toolkit.admin import history
from toolkit.admin.addresses import page_or_404
from toolkit.admin.keeping.due import owner_form
from toolkit.admin.room import Room
from toolkit.admin.showing import asked_again, language_of, page_name, part_name, show, who
from toolkit.admin.translations import LOOKS, STATE_NAMES
from toolkit.drafting import making
from toolkit.drafting.old_links import links_to, old_addresses
from toolkit.keeping import due, links
from toolkit.live import live_site
from toolkit.models import Draft, Page, Revision, UnitState
from toolkit.rendering.guide import Guide
from toolkit.texts.languages import BUTTONS, FACTS, LANGUAGES, PARTS, PLAN, SELF_NAMES, SOURCE, TRANSLATIONS, parts_of
from toolkit.texts.page import PageTexts, Site, TranslationState

PAGES_SHOWN = 20
PAGE_STATES = {
    "missing": _("A text is missing"),
    "outdated": _("A translation is older than the English"),
    "unreviewed": _("A translation nobody has compared"),
    "drafts": _("Someone has a draft"),
    "held": _("Needs a decision"),
}


def state_words(texts: PageTexts, part: str) -> tuple[str, str]:
    """(class, words) for how a text stands."""
    if part == BUTTONS and not texts.buttons:
        return "good", gettext("As in the program")
    if part in (FACTS, BUTTONS, PLAN, SOURCE):
        return ("good", gettext("Published")) if texts.part(part) else ("bad", gettext("Missing"))
    state = texts.state(part).value
    return LOOKS[state], str(STATE_NAMES[state])


def overview_page(request: HttpRequest, path: str) -> HttpResponse:
    shown = page_or_404(path)
    site = live_site()
    if making.is_being_made(shown, site):
        return HttpResponseRedirect(reverse("admin:make", args=[shown.path]))
    texts = site.get(shown.path) or PageTexts(shown.path)
    return show(
        request,
        "page",
        page_name(shown),
        page=shown,
        cards=[_card(who(request), shown, texts, part) for part in parts_of(shown.path)],
        facts=sorted(due.facts_of(texts), key=lambda fact: fact.due),
        today=timezone.localdate(),
        broken=links.broken_on(shown.path, site),
        reader=[(one, SELF_NAMES[one], f"/{one}/{shown.path}/" if shown.path else f"/{one}/") for one in LANGUAGES],
        old_links=sum(links_to(old_addresses(shown.path, site), site).values()),
        owner_form=owner_form(shown),
        is_section=any(one.path == shown.path for one in Guide.of(site).sections),
        may_make=roles.may_draft(who(request), FACTS),
        begun=[one for one in _begun(site) if one[0].startswith(f"{shown.path}/")],
        may_confirm=roles.may_confirm(request.user),
    )


def pages_page(request: HttpRequest) -> HttpResponse:
    """Every page by section, each with the states of its texts and what waits on it."""
    site = live_site()
    guide = Guide.of(site)
    opened = Counter(Draft.objects.filter(state__in=Draft.OPEN).values_list("page__path", flat=True))
    held = set(UnitState.objects.exclude(hold="").values_list("page__path", flat=True))

    def row(texts: PageTexts) -> dict[str, Any]:
        return {
            "path": texts.path,
            "title": texts.prose[SOURCE].h1 if SOURCE in texts.prose else texts.path,
            # Only what is not as it should be: a list of nothing but green says less.
            "states": [
                (part, part_name(part), *state_words(texts, part))
                for part in PARTS
                if state_words(texts, part)[0] == "bad" or texts.state(part) is TranslationState.OUTDATED
            ],
            "unreviewed": _not_reviewed(texts),
            "drafts": opened[texts.path],
            "is_held": texts.path in held,
        }

    sections = [(row(section), [row(child) for child in guide.children(section.path)]) for section in guide.sections]
    placed = {one["path"] for section, children in sections for one in (section, *children)}
    others = [row(texts) for path, texts in sorted(site.items()) if path not in placed]
    chosen = {one: request.GET.get(one, "") for one in ("section", "state")}
    everything = [one for section, children in sections for one in (section, *children)] + others
    found = [one for one in everything if _is_wanted(one, **chosen)] if any(chosen.values()) else []
    shown = Paginator(found, PAGES_SHOWN).get_page(request.GET.get("page"))
    return show(
        request,
        "pages",
        gettext("Pages"),
        sections=sections,
        others=others,
        begun=_begun(site),
        chosen=chosen,
        is_narrowed=any(chosen.values()),
        choices=[(one["path"], one["title"]) for one, _children in sections],
        states=PAGE_STATES,
        shown=shown,
        again=asked_again(chosen),
    )


def _is_wanted(row: dict[str, Any], section: str, state: str) -> bool:
    """Whether a page is of the section, and has a text in that state."""
    has = {
        "missing": any(look == "bad" for _part, _name, look, _words in row["states"]),
        "outdated": any(look == "work" for _part, _name, look, _words in row["states"]),
        "unreviewed": bool(row["unreviewed"]),
        "drafts": bool(row["drafts"]),
        "held": row["is_held"],
    }
    is_there = not section or str(row["path"]).partition("/")[0] == section
    return is_there and has.get(state, True)


def _not_reviewed(texts: PageTexts) -> str:
    names = [SELF_NAMES[one] for one in TRANSLATIONS if texts.state(one) is TranslationState.UNREVIEWED]
    return gettext("Not checked by a native speaker: %(languages)s") % {"languages": ", ".join(names)} if names else ""


def _card(user: User, shown: Page, texts: PageTexts, part: str) -> dict[str, Any]:
    """One text of a page at a glance."""
    state, words = state_words(texts, part)
    opened = Draft.objects.filter(page=shown, part=part, state__in=Draft.OPEN).select_related("author")
    latest = Revision.objects.filter(page=shown, part=part, was_live=True).select_related("author").first()
    return {
        "part": part,
        "name": part_name(part),
        "language": language_of(part),
        "state": state,
        "words": words,
        "drafts": list(opened),
        "latest": latest,
        "why": history.why(latest) if latest else "",
        "held": UnitState.objects.filter(page=shown, part=part).exclude(hold="").first(),
        "may_write": roles.may_draft(user, part),
    }


def _begun(site: Site) -> list[tuple[str, str]]:
    """(path, English heading) of the pages that are being made."""
    return [(one.path, making.heading_of(one.path, site)) for one in making.being_made(site)]


ROOMS: list[Room] = [("pages/", pages_page, "pages", None), ("pages/<page:path>/", overview_page, "page", None)]
