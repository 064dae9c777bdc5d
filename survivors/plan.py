"""“What do I do now?”: questions one by one or all at once, and the plan that follows.

The answers travel from screen to screen in the body of the form and nowhere else: no cookie, no address, no log, no
title, no database. The plan is made for one answer to one request and forgotten with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods

from survivors import edition, layout, planning
from survivors.planning import PlannedStep, Shown
from toolkit.rendering.directives import Place, address, card, plain_words
from toolkit.rendering.guide import Guide, Placed, wording
from toolkit.texts.plan import WHENS, Answers, Plan, Question, Words
from toolkit.texts.records.facts import Contact
from toolkit.texts.words import markup

PATH = "plan"
# From this many laws on they stand closed, so that the steps stay in sight.
MANY = 3


# No cookie and nothing stored, so there is nothing that a form from elsewhere could do in a reader's name.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@gzip_page
def plan_page(request: HttpRequest, language: str) -> HttpResponse:
    return HttpResponse(next_screen(edition.for_questions().guide, language, request.POST))


def next_screen(guide: Guide, language: str, form: QueryDict | None = None) -> str:
    """A question, all of them, or the plan; the first question where nothing was answered yet."""
    form = form if form is not None else QueryDict()
    rules = guide.plan
    context = layout.frame(guide, language, PATH) | {"action": address(language, PATH)}
    if rules is None:
        return render_to_string("plan.html", context | {"help_cards": _help_cards(guide, language)})
    answers = _answers(form, rules, guide)
    asked = _asked(form, rules)
    if not asked:
        return render_to_string("plan.html", context | _plan(rules, answers, guide, language))
    return render_to_string("plan_questions.html", context | _questions(asked, rules, answers, guide, language))


def _answers(form: QueryDict, rules: Plan, guide: Guide) -> Answers:
    """What was chosen, as far as it can be; anything else in the form is nothing."""
    skipped = form.get("at") if form.get("go") == "skip" else ""
    found = {}
    for question in rules.questions:
        known = planning.choices(question, guide)
        given = [choice for choice in known if choice in form.getlist(question.id)]
        if given and question.id != skipped:
            found[question.id] = tuple(given if question.has_several else given[:1])
    return found


def _asked(form: Mapping[str, Any], rules: Plan) -> tuple[Question, ...]:
    """The questions on the next screen: one, all, or none when it is time for the plan."""
    names = [question.id for question in rules.questions]
    go, at = form.get("go", "next"), form.get("at")
    if go == "all":
        return rules.questions
    if go == "plan":
        return ()
    if at not in names:
        return rules.questions[:1]
    place = names.index(at) + (-1 if go == "back" else 1)
    return rules.questions[max(place, 0) : max(place, 0) + 1]


def _questions(
    asked: tuple[Question, ...], rules: Plan, answers: Answers, guide: Guide, language: str
) -> dict[str, Any]:
    here = {question.id for question in asked}
    is_one = len(asked) == 1
    return {
        "questions": [_question(question, answers, guide, language) for question in asked],
        "carried": [(name, choice) for name, given in answers.items() if name not in here for choice in given],
        "is_one": is_one,
        "number": rules.questions.index(asked[0]) + 1,
        "total": len(rules.questions),
        "danger_cards": _help_cards(guide, language)[:1] if answers.get("danger") == ("yes",) else [],
        "has_answers": bool(answers),
    }


def _question(question: Question, answers: Answers, guide: Guide, language: str) -> dict[str, Any]:
    given = answers.get(question.id, ())
    return {
        "id": question.id,
        "text": question.text[language],
        "hint": question.hint.get(language, ""),
        "has_several": question.has_several,
        "is_long": question.id == "state",
        "choices": [
            {"id": choice, "name": _choice_name(question, choice, guide, language), "is_given": choice in given}
            for choice in planning.choices(question, guide)
        ],
    }


def _choice_name(question: Question, choice: str, guide: Guide, language: str) -> str:
    if choice in question.choices:
        return question.choices[choice][language]
    return _short(f"{question.id}/{choice}", guide, language)


def _short(path: str, guide: Guide, language: str) -> str:
    """A platform by its bare name; a type of harm in the clear words of its heading."""
    return wording(guide.site[path], language, "title" if path.startswith("platforms/") else "h1").text


def _plan(rules: Plan, answers: Answers, guide: Guide, language: str) -> dict[str, Any]:
    planned = planning.made(rules, answers, guide)
    names = {"now": gettext("Now"), "today": gettext("Today"), "week": gettext("This week")}
    writer = _Writer(rules, answers, guide, language)
    parts = [
        {"id": when, "name": names[when], "steps": [writer.step(one) for one in planned if one.step.when == when]}
        for when in WHENS
    ]
    has_number = any(
        isinstance(shown.placed.record, Contact) and shown.placed.record.phones
        for one in planned
        for shown in one.shown
    )
    return {
        "parts": [part for part in parts if part["steps"]],
        "carried": [(name, choice) for name, given in answers.items() for choice in given],
        "asks_for_age": "age" not in answers,
        "help_cards": [] if has_number else _help_cards(guide, language),
    }


class _Writer:
    """Puts a planned step into words: in one language, for one set of answers."""

    def __init__(self, rules: Plan, answers: Answers, guide: Guide, language: str) -> None:
        self.answers, self.guide, self.language = answers, guide, language
        self.place = Place(guide, language, guide.site[""])
        self.words = {question.id: question.choices for question in rules.questions}

    def step(self, planned: PlannedStep) -> dict[str, Any]:
        step = planned.step
        laws = [one for one in planned.shown if one.kind == "provisions"]
        others = [one for one in planned.shown if one.kind != "provisions"]
        return {
            "id": step.id,
            "text": step.text[self.language],
            "note": step.note.get(self.language, ""),
            "links": [found for link in planned.links if (found := self._link(link))],
            "cards": [self._card(one, step.why) for one in (*others, *(laws if len(laws) < MANY else ()))],
            "laws": [self._card(one, step.why) for one in laws] if len(laws) >= MANY else [],
        }

    def _card(self, shown: Shown, why: Words) -> dict[str, Any]:
        placed = Placed(planning.safe_record(shown.placed.record, self.answers), shown.placed.page)
        return {"html": card(placed, self.place, shown.kind[:-1]), "why": " ".join(self._reasons(shown, why))}

    def _reasons(self, shown: Shown, why: Words) -> list[str]:
        """Why a record is in the plan: what its step is for, and what was chosen that it fits."""
        chosen = [f"platforms/{one}" for one in shown.platforms] + [f"types/{one}" for one in shown.types]
        fitting = [_short(path, self.guide, self.language) for path in chosen]
        if isinstance(contact := shown.placed.record, Contact):
            fitting += self._near(contact)
        reasons = [why[self.language]]
        if fitting:
            reasons.append(gettext("It fits: %(choices)s.") % {"choices": gettext("; ").join(fitting)})
        return reasons

    def _near(self, contact: Contact) -> list[str]:
        """The state and the language that were chosen, where the contact is there and speaks it."""
        return [
            self.words[question][choice][self.language]
            for question, known in (("state", contact.states), ("language", contact.languages))
            for choice in self.answers.get(question, ())
            if choice in known
        ]

    def _title(self, path: str) -> str:
        return wording(self.guide.site[path], self.language, "h1").text

    def _link(self, link: str) -> dict[str, str] | None:
        """A page of the guide by the name that it has, or that its section with the anchor has."""
        page = planning.page_of(link, self.guide)
        if page is None:
            return None
        anchor = link.partition("#")[2]
        prose = page.prose.get(self.language)
        headings = markup.headings(prose.body) if prose and anchor else []
        section = next((heading.text for heading in headings if heading.anchor == anchor), "")
        section = plain_words(section, self.place)
        name = f"{self._title(page.path)}: {section}" if section else self._title(page.path)
        return {"address": self.place.address(page.path, anchor), "name": name}


def _help_cards(guide: Guide, language: str) -> list[str]:
    """The help lines, which are right whatever else is not."""
    place = Place(guide, language, guide.site[""])
    return [card(guide.records["contacts", line.id], place, "contact") for line in guide.help_lines]
