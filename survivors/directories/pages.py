"""The directories: who can help, where to report, which law fits. What is chosen stays in the body of the form.

Choices come by POST and are forgotten with the answer: none reaches an address, a title, a cookie, a log or a cache.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from survivors import edition
from survivors.directories import fields, matching, open_now
from survivors.directories.matching import Case, Wish
from survivors.reading import layout
from toolkit.rendering.directives import Place, kept_card
from toolkit.rendering.guide import PLATFORMS, Guide, Placed, label
from toolkit.texts.page import PageTexts
from toolkit.texts.plans.plan import UNDER_18
from toolkit.texts.records.facts import Contact, Route

EVIDENCE = "first-response/save-evidence"


# The three are csrf_exempt: nothing is stored and no cookie exists, so a form elsewhere can do nothing in her name.
def _view(directory: Callable[[Guide, str, QueryDict | None], str]) -> Callable[[HttpRequest, str], HttpResponse]:
    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest, language: str) -> HttpResponse:
        form = request.POST if request.method == "POST" else None
        return HttpResponse(directory(edition.for_questions().guide, language, form))

    return view


def help_directory(guide: Guide, language: str, form: QueryDict | None = None) -> str:
    wish = fields.wish(form or QueryDict())
    place = place_of_help(guide, language, wish.serves)
    now = datetime.now(UTC)
    found = matching.contacts(guide, wish, now) if form is not None else []
    # With nothing chosen everyone fits: those who cannot be called are names, or the answer is too heavy to come.
    named = [] if wish != Wish() else [placed for placed in found if not getattr(placed.record, "phones", ())]
    hits = [
        hit(placed, place, open_now.sentences(placed.record, wish.state, now))
        for placed in found
        if placed not in named and isinstance(placed.record, Contact)
    ]
    return help_page(place, wish, len(found), hits, named, is_asked=form is not None)


def help_page(
    place: Place,
    wish: Wish,
    number: int | str,
    hits: Sequence[Mapping[str, Any]],
    named: Sequence[Placed],
    *,
    is_asked: bool = True,
) -> str:
    """The answer, of so many contacts: those that are shown, and those of whom there is only the name."""
    return _page(
        is_asked,
        place,
        "support",
        "find_help.html",
        fields.chosen_in(wish),
        {
            "number": number,
            "hits": hits,
            "named": [{"name": label(one, place.language), "address": place.address(one.page.path)} for one in named],
            "fields": partial(fields.wish_fields, place.guide, place.language),
        },
    )


def route_directory(guide: Guide, language: str, form: QueryDict | None = None) -> str:
    case = fields.case(form or QueryDict(), guide)
    place = _place(guide, language, "find-route")
    found = matching.routes(guide, case)
    chosen = guide.site.get(f"{PLATFORMS}/{case.platform}") if case.platform else None
    elsewhere = [] if chosen or not case.type else matching.platforms_with_a_route(guide, case)
    return _page(
        form is not None,
        place,
        PLATFORMS,
        "find_route.html",
        fields.chosen_in(case),
        {
            "platform": chosen and layout.link(chosen, language),
            "cards": [_route_card(placed, place, case, is_folded=bool(n)) for n, placed in enumerate(found.first)],
            "platforms": [layout.link(page, language) for page in elsewhere],
            "beside": [_route_card(placed, place, case, is_folded=True) for placed in found.then],
            "fields": partial(fields.route_fields, guide, language),
        }
        | _evidence(case, place),
    )


def law_directory(guide: Guide, language: str, form: QueryDict | None = None) -> str:
    case = fields.case(form or QueryDict(), guide)
    place = _place(guide, language, "find-law")
    found = matching.laws(guide, case) if case.type else matching.Found([], [])
    return _page(
        form is not None,
        place,
        "laws",
        "find_law.html",
        fields.chosen_in(case),
        {
            "type": case.type and layout.link(guide.site[f"types/{case.type}"], language),
            "fits": [kept_card(placed, place, "provision", is_folded=bool(n)) for n, placed in enumerate(found.first)],
            "may_fit": [kept_card(placed, place, "provision_brief") for placed in found.then],
            "fields": partial(fields.law_fields, guide, language),
        }
        | _evidence(case, place),
    )


find_help_page = _view(help_directory)
find_route_page = _view(route_directory)
find_law_page = _view(law_directory)


def _page(
    is_asked: bool, place: Place, section: str, template: str, chosen: Mapping[str, str], more: dict[str, Any]
) -> str:
    path = place.page.path
    above = place.guide.site.get(section)
    context = layout.frame_of_form(place.guide, place.language, path) | {
        "above": above and layout.link(above, place.language),
        "place": place,
        "is_asked": is_asked,
    }
    html = str(render_to_string(template, context | more))
    for name, value in chosen.items():
        html = _with_choice(html, name, value)
    return html


def _with_choice(html: str, name: str, value: str) -> str:
    """A choice put into the form, which was made once. Plain search: patterns stay in a cache."""
    field = html.find(f' name="{name}"', html.index('<form method="post"'))
    place = html.find(f' value="{value}"', field, html.find("</p>", field)) if field >= 0 else -1
    if place < 0:
        return html
    end = html.index(">", place)
    return f"{html[:end]} {'checked' if value == 'yes' else 'selected'}{html[end:]}"


def place_of_help(guide: Guide, language: str, serves: str) -> Place:
    return replace(_place(guide, language, "find-help"), reader=(serves,) if serves else ())


def _place(guide: Guide, language: str, path: str) -> Place:
    """A directory is no page of the guide, but its cards need to know that they stand on none of its pages."""
    return Place(guide, language, PageTexts(path))


def hit(placed: Placed, place: Place, now: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """A contact that fits; ``now`` is what is said of its numbers at this hour."""
    contact = placed.record
    assert isinstance(contact, Contact)  # noqa: S101 (matching.contacts)
    is_local = contact.states and "all" not in contact.states
    return {
        "card": kept_card(placed, place, "contact"),
        "now": now,
        "languages": fields.spoken_words(place.guide, contact.languages, place.language),
        "states": fields.state_words(place.guide, contact.states, place.language) if is_local else "",
    }


def _route_card(placed: Placed, place: Place, case: Case, *, is_folded: bool) -> str:
    """For someone under 18 the card does not say "save it first": the box above it says what may be saved."""
    route = placed.record
    if case.is_under_18 and isinstance(route, Route) and route.age != UNDER_18:
        placed = Placed(replace(route, report_may_delete_evidence="unknown"), placed.page)
    return kept_card(placed, place, "route", is_folded=is_folded)


def _evidence(case: Case, place: Place) -> dict[str, Any]:
    """What to save first, by age: nothing that shows someone under 18 is ever saved."""
    evidence = place.guide.page_at(EVIDENCE)
    return {
        "is_under_18": case.is_under_18,
        "is_adult": case.excluded_age == UNDER_18,
        "evidence": place.address(evidence.path) if evidence else "",
    }
