"""The rules of the plan in plain lines, as staff read and compare them."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext

from toolkit.texts.languages import LANGUAGES
from toolkit.texts.plans.plan import Condition, Plan, Question, Step


def plan_lines(plan: Plan) -> Iterator[str]:
    for question in plan.questions:
        yield from _question(question)
    for step in plan.steps:
        yield from _step(step)
    for platform, routes in plan.platform_routes.items():
        yield gettext("%(platform)s shares: %(routes)s") % {"platform": platform, "routes": ", ".join(routes)}


def _question(question: Question) -> Iterator[str]:
    name = gettext("Question %(name)s") % {"name": question.id}
    yield ""
    yield from _words(name, question.text)
    yield from _words(f"{name}, " + gettext("hint"), question.hint)
    if question.conditions:
        yield f"{name}, " + gettext("asked if: %(whom)s") % {
            "whom": gettext(" or ").join(map(_condition, question.conditions))
        }
    for choice, words in question.choices.items():
        yield from _words(f"{name}, {choice}", words)
    if question.leave_out:
        yield f"{name}, " + gettext("not offered: %(pages)s") % {"pages": ", ".join(question.leave_out)}


def _step(step: Step) -> Iterator[str]:
    name = gettext("Step %(name)s") % {"name": step.id}
    times = {"now": gettext("now"), "today": gettext("today"), "week": gettext("this week")}
    yield ""
    yield f"{name}: {times[step.when]}"
    yield f"{name}, " + gettext("for: %(whom)s") % {
        "whom": gettext(" or ").join(map(_condition, step.conditions)) or gettext("everyone")
    }
    for said, ids in (
        (gettext("does"), step.does),
        (gettext("noticed by them"), (step.noticed_by_them,)),
        (gettext("plans what they notice"), (gettext("yes"),) if step.is_plan_first else ()),
        (gettext("links"), step.links),
        (gettext("contacts"), step.contacts),
        (gettext("report routes"), step.routes),
        (gettext("laws"), step.provisions),
        (gettext("finds by itself"), [f"{kind} ({', '.join(wanted)})" for kind, wanted in step.find.items()]),
        (gettext("leaves out"), step.without),
    ):
        if any(ids):
            yield f"{name}, {said}: {', '.join(ids)}"
    for said, words in ((gettext("words"), step.text), (gettext("note"), step.note), (gettext("why"), step.why)):
        yield from _words(f"{name}, {said}", words)


def _condition(condition: Condition) -> str:
    return gettext(" and ").join(f"{question}: {' / '.join(answers)}" for question, answers in condition.items())


def _words(name: str, words: Mapping[str, str]) -> Iterator[str]:
    for language in LANGUAGES:
        if language in words:
            yield f"{name}, {language}: {words[language]}"
