"""“What do I do now?”: one question a screen, or all at once, and the plan that follows.

The answers travel from screen to screen in the body of the form and nowhere else: no cookie, no address, no log, no
title, no database. The plan is made for one answer to one request and forgotten with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from survivors import edition
from survivors.plan import matching
from survivors.plan.words import StepWriter
from survivors.reading import layout
from toolkit.rendering.directives import Place, card
from toolkit.rendering.guide import TYPES, Guide, wording
from toolkit.rendering.marks import name_of
from toolkit.texts.plans.plan import HELPING, SECTIONS, UNDER_18, WHENS, Answers, Plan, Question, age_of
from toolkit.texts.records.facts import Contact

PATH = "plan"
# The question after which whoever is in danger, or thinks of dying, gets the plan at once; more can be answered then.
STOPS_AT = "who"
# The drawn mark beside an answer; one of what happens has the mark of its page.
MARKS = {
    "danger=yes": "right-now",
    "selfharm=yes": "counselling",
    "who=me": "people",
    "who=helping": "helpers",
    "who=sent": "pictures",
    "body=yes": "hospital",
    "age=under-18": "under-18",
}


# No cookie and nothing stored, so there is nothing that a form from elsewhere could do in a reader's name.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def plan_page(request: HttpRequest, language: str) -> HttpResponse:
    return HttpResponse(next_screen(edition.for_questions().guide, language, request.POST))


def next_screen(guide: Guide, language: str, form: QueryDict | None = None) -> str:
    """A question, all of them, or the plan; the first question where nothing was answered yet."""
    form = form if form is not None else QueryDict()
    rules = guide.plan
    context = layout.frame_of_form(guide, language, PATH) | {"has_form": rules is not None}
    if rules is None:
        return render_to_string("plan.html", context | {"help_cards": help_cards(guide, language)})
    answers = _answers(form, rules, guide)
    screen = _next(form, rules, answers)
    context |= {"screen": screen.kind, "at": screen.at, "is_more": _wants_more(form)}
    if screen.kind == "plan":
        return render_to_string("plan.html", context | _plan(rules, answers, guide, language))
    return render_to_string("plan_questions.html", context | _questions(screen, rules, answers, guide, language))


def _answers(form: QueryDict, rules: Plan, guide: Guide) -> Answers:
    """What was chosen, as far as it can be; anything else in the form is nothing."""
    go, at = form.get("go", "next"), form.get("at")
    found = {}
    for question in rules.questions:
        given = form.getlist(question.id)
        if question.id == at and (go == "skip" or not given):
            given = [] if go == "skip" else form.getlist("was")
        if question.id in SECTIONS:
            given = [guide.name_now(question.id, one) for one in given]
        known = [choice for choice in matching.choices(question, guide) if choice in given]
        if known:
            # A button that was pressed comes after what was chosen before.
            found[question.id] = tuple(known) if question.has_several else (_last(given, known),)
    return found


def _last(given: list[str], known: list[str]) -> str:
    return next(one for one in reversed(given) if one in known)


@dataclass(frozen=True, slots=True)
class _Screen:
    """What comes next: ``plan``, ``all``, ``one`` question or ``several`` of its answers; and which question."""

    kind: str
    at: str = ""


def _next(form: Mapping[str, Any], rules: Plan, answers: Answers) -> _Screen:
    go, at = form.get("go", "next"), form.get("at", "")
    if go == "here":
        go = form.get("screen", "one")
    elif go == "enter":
        go = "plan" if form.get("screen") == "all" else "next"
    if go in ("plan", "all"):
        return _Screen(go, at)
    names = [question.id for question in rules.questions]
    if at not in names:
        return _Screen("one", names[0])
    if go in ("one", "several"):
        return _Screen(go, at)
    if go in ("next", "skip") and at == STOPS_AT and _is_urgent(answers) and not _wants_more(form):
        return _Screen("plan", at)
    return _beside(at, go == "back", rules, answers)


def _beside(at: str, is_back: bool, rules: Plan, answers: Answers) -> _Screen:
    names = [question.id for question in rules.questions]
    place = names.index(at)
    useful = [question.id for question in matching.asked(rules, answers)]
    row = names[place - 1 :: -1] if is_back and place else [] if is_back else names[place + 1 :]
    found = next((name for name in row if name in useful), "")
    return _Screen("one", found) if found else _Screen("one", names[0]) if is_back else _Screen("plan", at)


def _is_urgent(answers: Answers) -> bool:
    return "yes" in (*answers.get("danger", ()), *answers.get("selfharm", ()))


def _wants_more(form: Mapping[str, Any]) -> bool:
    return form.get("more") == "yes" or form.get("go") == "more"


def _questions(screen: _Screen, rules: Plan, answers: Answers, guide: Guide, language: str) -> dict[str, Any]:
    asked = [one for one in rules.questions if screen.kind == "all" or one.id == screen.at]
    here = {question.id for question in asked}
    useful = [question.id for question in matching.asked(rules, answers)]
    place = useful.index(screen.at) if screen.at in useful else 0
    return {
        "questions": [question_shown(question, answers, guide, language) for question in asked],
        "carried": _carried(answers, here),
        "was": answers.get(screen.at, ()) if screen.kind == "one" else (),
        "is_one": screen.kind != "all",
        "is_several": screen.kind == "several" or len(answers.get(screen.at, ())) > 1,
        "is_first": place == 0,
        "done": place,
        "useful": len(useful),
        "left": len(useful) - place - 1,
        "is_helping": answers.get("who") == (HELPING,) and screen.at != STOPS_AT,
        "danger_cards": help_cards(guide, language)[:1] if answers.get("danger") == ("yes",) else [],
    }


def _carried(answers: Answers, but: set[str]) -> list[tuple[str, str]]:
    return [(name, choice) for name, given in answers.items() if name not in but for choice in given]


def question_shown(question: Question, answers: Answers, guide: Guide, language: str) -> dict[str, Any]:
    given = answers.get(question.id, ())
    return {
        "id": question.id,
        "text": question.text[language],
        "hint": question.hint.get(language, ""),
        "has_several": question.has_several,
        "is_long": question.id == "state",
        "choices": [
            {
                "id": choice,
                "name": _choice_name(question, choice, guide, language),
                "mark": MARKS.get(f"{question.id}={choice}") or _mark(question, choice, guide),
                "is_given": choice in given,
            }
            for choice in matching.choices(question, guide)
        ],
    }


def _mark(question: Question, choice: str, guide: Guide) -> str:
    page = guide.site.get(f"{question.id}/{choice}") if question.id == TYPES else None
    return name_of(page) if page else ""


def _choice_name(question: Question, choice: str, guide: Guide, language: str) -> str:
    """Its own words; else a platform by its bare name, and a type of harm by its heading."""
    if choice in question.choices:
        return question.choices[choice][language]
    return wording(
        guide.site[f"{question.id}/{choice}"], language, "title" if question.id == "platforms" else "h1"
    ).text


def _plan(rules: Plan, answers: Answers, guide: Guide, language: str) -> dict[str, Any]:
    planned = matching.made(rules, answers, guide)
    names = part_names()
    writer = StepWriter(answers, guide, language)
    parts = [
        {"id": when, "name": names[when], "steps": [writer.step(one) for one in planned if one.when == when]}
        for when in WHENS
    ]
    has_number = any(
        isinstance(shown.placed.record, Contact) and shown.placed.record.phones
        for one in planned
        for shown in one.shown
    )
    return {
        "parts": [part for part in parts if part["steps"]],
        "carried": _carried(answers, set()),
        "asks_for_age": "age" not in answers and age_of(answers) != UNDER_18,
        "can_tell_more": any(question.id not in answers for question in matching.asked(rules, answers)),
        "help_cards": [] if has_number else help_cards(guide, language),
    }


def part_names() -> dict[str, str]:
    return {"now": gettext("Now"), "today": gettext("Today"), "week": gettext("This week")}


def help_cards(guide: Guide, language: str) -> list[str]:
    """The help lines, which are right whatever else is not."""
    place = Place(guide, language, guide.site[""])
    return [card(guide.records["contacts", line.id], place, "contact") for line in guide.help_lines]
