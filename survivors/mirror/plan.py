"""The plan without a server: its rules as they are, and each thing that a plan may show as the guide shows it.

``templates/mirror/plan.js`` puts together what stands here; ``@name@`` marks what it fills in.
"""

import re
from collections.abc import Iterable, Mapping
from itertools import product
from typing import Any

from django.template.loader import render_to_string
from django.utils.timezone import localdate

from survivors.mirror.directories import Data, Lines, rendered, text_of
from survivors.plan import matching, pages
from survivors.plan.words import StepWriter
from survivors.reading import layout
from toolkit.rendering.guide import Guide, Placed, facts_of
from toolkit.rendering.lines import set_lines
from toolkit.rendering.marks import sprite
from toolkit.texts.plans import order, people
from toolkit.texts.plans.plan import ACTS, ADULT, HELPING, WHENS, Answers, Plan, Question, Step
from toolkit.texts.records.facts import Contact, Provision, Route

_CARRIED = '<input type="hidden" name="@name@" value="@value@">\n'
_WAS = '<input type="hidden" name="was" value="@was@">\n'
_MORE = '<input type="hidden" name="more" value="yes">'
_BODY = "<p>@body@</p>\n"
_COUNT = re.compile(r'<p class="quiet count">.*?</p>', re.DOTALL)
_BACK = re.compile(r'<button class="quieter" name="go" value="back">.*?</button>')
_NOBODY: Answers = {}
_ADULT: Answers = {"age": (ADULT,)}


def plan(guide: Guide, language: str) -> Data:
    """Everything that any answers may lead to; nothing where there are no rules."""
    rules = guide.plan
    if rules is None:
        return {"questions": []}
    lines, writer = Lines(), StepWriter(_ADULT, guide, language)
    found = _rules(rules, guide) | _screens(rules, guide, language)
    found |= {
        "rule": "plan",
        "steps": [_step(one, language) for one in rules.steps],
        "contacts": [_contact(placed, one, writer) for placed, one in guide.every(Contact)],
        "routes": {one.id: _route(placed, one, guide, language) for placed, one in guide.every(Route)},
        "provisions": {one.id: _provision(placed, one, writer) for placed, one in guide.every(Provision)},
        "inForce": [one.id for _, one in guide.every(Provision) if matching.is_of_use(one, localdate())],
        "links": {link: _link(link, writer) for link in _every_link(rules, guide)},
        "pages": _pages(guide, language, lines),
        "names": pages.part_names(),
        "part": _part(),
        "help": [set_lines(one, language) for one in pages.help_cards(guide, language)],
        "carried": _CARRIED, "was": _WAS, "more": _MORE,
    }  # fmt: skip
    return found | {"lines": list(lines), "marks": str(sprite(str(found) + "\n".join(lines)))}


def _rules(rules: Plan, guide: Guide) -> Data:
    return {
        "questions": [_question(one, guide) for one in rules.questions],
        "stopsAt": pages.STOPS_AT, "helping": HELPING,
        "order": {"acts": ACTS, "priorities": dict(order.PRIORITIES), "most": order.MOST_NOW, "proof": order.PROOF},
        "groups": dict(people.GROUPS), "notCitizens": sorted(people.NOT_CITIZENS),
        "served": {age: sorted(whom) for age, whom in people.SERVED.items()},
        "platforms": {
            page.slug: [
                *(route.id for route in facts_of(page).routes),
                *(one for one in rules.platform_routes.get(page.slug, ())
                  if ("routes", one) in guide.records),
            ]
            for page in guide.children("platforms")
        },
    }  # fmt: skip


def _question(question: Question, guide: Guide) -> Data:
    return {
        "id": question.id,
        "several": question.has_several,
        "choices": matching.choices(question, guide),
        "conditions": [dict(one) for one in question.conditions],
    }


# Steps and what they show


def _step(step: Step, language: str) -> Data:
    names = ("id", "when", "does", "links", "contacts", "routes", "provisions", "without", "most")
    note, why = step.note.get(language, ""), step.why.get(language, "")
    return {name: getattr(step, name) for name in names} | {
        "noticed": step.noticed_by_them, "first": step.is_plan_first, "find": dict(step.find),
        "conditions": [dict(one) for one in step.conditions],
        "item": [_item(step, language, part) for part in WHENS[:2]],
        "note": _body(note=note) if note else "", "why": _body(why=why) if why else "",
    }  # fmt: skip


def _item(step: Step, language: str, part: str) -> list[str]:
    """What stands before and after the body of a step."""
    shown = {"id": step.id, "does": " ".join(step.does), "text": step.text[language], "note": "@body@"}
    html = rendered("plan_item.html", {"part": {"id": part}, "step": shown})
    return html.split(_BODY)


def _part() -> list[str]:
    """What stands before and after the steps of a part."""
    whole = rendered("plan_part.html", {"part": {"id": "@id@", "name": "@name@", "steps": []}})
    before, after = whole.split("</ul>")
    return [before, f"</ul>{after}"]


def _body(**said: Any) -> str:
    """A piece of a step's body, without the line that ends it."""
    return rendered("plan_step.html", {"step": said}).removesuffix("\n")


def _contact(placed: Placed, contact: Contact, writer: StepWriter) -> Data:
    return {
        "kind": "contacts", "id": contact.id, "needs": contact.needs, "states": contact.states,
        "languages": contact.languages, "serves": contact.serves, "phones": bool(contact.phones),
        "tells": contact.tells_police == "yes", "papers": contact.asks_for_id == "yes",
        "child": people.is_child_line(contact),
        # Told of whole the first time, then only how to reach them.
        "html": [_body(people=[writer.person(placed)]) for _ in range(2)],
    }  # fmt: skip


def _route(placed: Placed, route: Route, guide: Guide, language: str) -> Data:
    """Its four forms: with the warning or without, and with what to do when nothing was removed or without."""
    shown = StepWriter(_ADULT, guide, language).route(matching.Shown("routes", placed))
    forms = product((False, shown["warns"]), (None, shown["then"]))
    return {
        "kind": "routes", "id": route.id, "age": route.age, "types": route.types, "deletes": shown["warns"],
        "silent": bool(shown["then"]),
        "html": [_body(routes=[shown | {"warns": warns, "then": then}]) for warns, then in forms],
    }  # fmt: skip


def _provision(placed: Placed, law: Provision, writer: StepWriter) -> Data:
    return {
        "kind": "provisions", "id": law.id, "age": law.age, "types": law.types, "forum": law.forum,
        "html": _body(laws=[writer.named(placed)]),
    }  # fmt: skip


def _every_link(rules: Plan, guide: Guide) -> Iterable[str]:
    yield from dict.fromkeys(link for step in rules.steps for link in step.links)
    yield from (f"/{page.path}/" for page in guide.children("platforms"))


def _link(link: str, writer: StepWriter) -> str:
    found = writer.link(link)
    return _body(links=[found]) if found else ""


# Screens


def _screens(rules: Plan, guide: Guide, language: str) -> Data:
    """A screen for each question, for several of its answers, and for all questions."""
    screens, counts = {}, dict[str, str]()
    back = ""
    for question in rules.questions:
        for kind in ("one", "several"):
            html = _questions([question], kind, guide, language)
            counts |= {} if counts else _counts([question], guide, language)
            back = _BACK.findall(html)[0]
            name = question.id + (" several" if kind == "several" else "")
            screens[name] = _COUNT.sub("@count@", html).replace(back, "@back@")
    screens["all"] = _questions(rules.questions, "all", guide, language)
    return {"screens": screens, "count": counts, "back": back}


def _counts(questions: list[Question], guide: Guide, language: str) -> dict[str, str]:
    """How many questions are left, for herself and for whoever helps."""
    found = {}
    for left, is_helping in product(("@left@", 0), (False, True)):
        html = _questions(questions, "one", guide, language, left=left, is_helping=is_helping)
        found[("left" if left else "last") + (" helping" if is_helping else "")] = _COUNT.findall(html)[0]
    return found


def _questions(questions: Iterable[Question], kind: str, guide: Guide, language: str, **more: Any) -> str:
    shown = _around(guide, language) | {
        "questions": [pages.question_shown(one, _NOBODY, guide, language) for one in questions],
        "was": ["@was@"] if kind != "all" else [],
        "is_one": kind != "all", "is_several": kind == "several", "is_first": False, "left": "@left@",
        "done": "@done@", "useful": "@useful@",
        "danger_cards": ["@danger@"],
    }  # fmt: skip
    return _main("plan_questions.html", shown | more)


def _pages(guide: Guide, language: str, lines: Lines) -> dict[str, str]:
    """A plan's page by whether it asks for the age, has more to ask, and shows the help lines."""
    found = {}
    empty = {"id": "@", "name": "", "steps": []}
    place = render_to_string("plan_part.html", {"part": empty})
    for asks, more, helps in product((False, True), repeat=3):
        key = ("age " if asks else "") + ("more " if more else "") + ("help " if helps else "")
        shown = {
            "asks_for_age": asks, "can_tell_more": more,
            "help_cards": pages.help_cards(guide, language) if helps else [],
            "parts": [empty],
        }  # fmt: skip
        html = _main("plan.html", _around(guide, language) | shown)
        html = html.replace(place, "@parts@")
        found[key] = lines.of(html)
    return found


def _around(guide: Guide, language: str) -> Data:
    return layout.frame(guide, language, pages.PATH) | {
        "has_form": True, "screen": "@screen@", "at": "@at@", "is_more": True, "carried": [("@name@", "@value@")],
    }  # fmt: skip


def _main(template: str, shown: Mapping[str, Any]) -> str:
    return text_of(render_to_string(template, dict(shown)))
