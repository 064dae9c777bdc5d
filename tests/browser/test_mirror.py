"""A mirror in a real browser, without any server: what it answers is what the guide answers."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.http import QueryDict
from django.utils import translation
from playwright.sync_api import Page, expect

from survivors import edition as reading
from survivors.directories import pages
from survivors.mirror import directories
from survivors.mirror import plan as mirrored
from survivors.mirror import search as mirrored_search
from survivors.mirror.forms import RULES, SPELLING
from survivors.plan import matching
from survivors.plan import pages as planning
from survivors.search import pages as searching
from survivors.search.index import Answer, Index
from tests.content import test_plan_rules as plans
from tests.folders import Folder
from toolkit import edition
from toolkit.files import sync
from toolkit.rendering.guide import Guide
from toolkit.texts.languages import LANGUAGES
from toolkit.texts.records.facts import NEEDS, SERVES, SPOKEN, STATES

SCRIPTS = Path(settings.BASE_DIR, "templates", "mirror")

# All answers of a batch in one call: what differs from what the guide says.
COMPARE = """({data, rule, cases}) => cases.filter(one => {
    one.said = window.mirror.rules[rule](data, new URLSearchParams(one.given), one.at);
    return one.said != one.html;
}).slice(0, 2)"""


@pytest.fixture
def rules(page: Page) -> Page:
    """An empty page with the scripts of a mirror."""
    page.route(
        "https://mirror.example.org/**", lambda route: route.fulfill(body="<!doctype html>", content_type="text/html")
    )
    page.goto("https://mirror.example.org/")
    page.evaluate("window.mirror = {data: {}, rules: {}}")
    for name in RULES:
        page.add_script_tag(content=(SCRIPTS / f"{name}.js").read_text())
    return page


def given(**chosen: str) -> QueryDict:
    form = QueryDict(mutable=True)
    form.update(chosen)
    return form


def asked_of_help(random: Random) -> dict[str, str]:
    """Something to choose in each field, or nothing."""
    fields = {"need": NEEDS, "state": STATES[1:], "language": SPOKEN, "serves": SERVES[1:]}
    chosen = {name: random.choice(["", "", *choices]) for name, choices in fields.items()}
    return chosen | {name: "yes" for name in ("free", "open") if random.random() < 0.25}


def test_who_can_help_is_answered_word_for_word_at_any_hour_and_on_holidays(rules: Page, monkeypatch):
    random, whole = Random(17), plans.guide()

    class Clock(datetime):
        at: datetime

        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return cls.at

    monkeypatch.setattr(pages, "datetime", Clock)
    for language in LANGUAGES:
        with translation.override(language):
            cases = []
            for n in range(25):
                chosen = asked_of_help(random) if n > 1 else {}
                # Every fourth at a holiday: Chinese New Year, Labour Day, Malaysia Day.
                first = (
                    datetime(2026, *random.choice([(2, 17), (5, 1), (9, 16)]), tzinfo=UTC)
                    if n % 4 == 0
                    else datetime(2026, 1, 1, tzinfo=UTC)
                )
                Clock.at = first + timedelta(minutes=random.randrange(24 * 60 * (1 if n % 4 == 0 else 360)))
                html = directories.main_of(pages.help_directory(whole, language, given(**chosen)))
                cases.append({"given": chosen, "at": Clock.at.timestamp() * 1000, "html": html})
            data = directories.find_help(whole, language)
        assert rules.evaluate(COMPARE, {"data": data, "rule": "find-help", "cases": cases}) == []


@pytest.mark.parametrize("name", ["find_law", "find_route"])
def test_every_choice_of_law_and_route_has_the_guides_own_answer(name: str):
    random, whole = Random(17), plans.guide()
    directory = {"find_law": pages.law_directory, "find_route": pages.route_directory}[name]
    with translation.override("ta"):
        data = getattr(directories, name)(whole, "ta")
        for key in random.sample(sorted(data["answers"]), 25):
            html = "\n".join(data["lines"][int(n)] for n in data["answers"][key].split())
            form = given(**dict(zip(data["fields"], key.split("|"), strict=True)))
            assert html == directories.main_of(directory(whole, "ta", form)), key
    assert len(data["answers"]) > 400


def asked_of_plan(whole: Guide, random: Random) -> list[tuple[str, str]]:
    """A form as a browser may send it: some answers, a screen, a button."""
    rules = whole.plan
    assert rules
    given = []
    for question in rules.questions:
        if random.random() < 0.55:
            number = random.choice([1, 1, 2, 3]) if question.has_several else 1
            given += [(question.id, one) for one in random.sample(matching.choices(question, whole), number)]
    given += [("at", random.choice(rules.questions).id)] if random.random() < 0.9 else []
    given += [("was", "yes"), ("more", "yes")] if random.random() < 0.3 else []
    given += [("screen", random.choice(["one", "all", "several"]))]
    buttons = ["plan", "plan", "plan", "next", "skip", "back", "all", "several", "one", "more", "enter"]
    return [*given, ("go", random.choice(buttons))]


def main_of(html: str) -> str:
    return html[html.index(">", html.index("<main")) + 1 : html.index("</main>")]


def test_every_screen_of_the_plan_and_every_plan_is_the_guides_own_word_for_word(rules: Page):
    random, whole = Random(17), plans.guide()
    for language in LANGUAGES:
        with translation.override(language):
            cases = []
            for _ in range(40):
                asked = asked_of_plan(whole, random)
                form = QueryDict(mutable=True)
                for name, value in asked:
                    form.appendlist(name, value)
                cases.append({"given": asked, "html": main_of(planning.next_screen(whole, language, form))})
            data = mirrored.plan(whole, language)
        assert rules.evaluate(COMPARE, {"data": data, "rule": "plan", "cases": cases}) == []


def test_every_combination_of_answers_has_the_same_steps_with_the_same_records(rules: Page):
    whole, answers = plans.guide(), Random(17).sample(list(plans.every_case()), 2500)
    with translation.override("en"):
        data = mirrored.plan(whole, "en")
    said = rules.evaluate(
        "({data, answers}) => answers.map(one => window.mirror.steps(data, one))", {"data": data, "answers": answers}
    )
    for one, steps in zip(answers, said, strict=True):
        planned = matching.made(plans.plan(), one, whole)
        assert steps == [
            f"{step.when} {step.step.id} {','.join(shown.placed.record.id for shown in step.shown)}" for step in planned
        ], one


LISTS = Path(settings.BASE_DIR, "tests", "content")
# Nothing; an old number and one that answers; what is no query; what looks like a mark of the page; what is in no language.
ODD = [
    "",
    "03-8736 6500",
    "15999",
    "<b>'&\"",
    "@hits@ @who@ $&",
    "qqqqzzzzxx",
    "s 507b",
    "akta 866",
    "刑法五百零七",
    "網路霸凌",
    "தற்கொலை 15",
]


def asked_of_search(language: str, random: Random) -> list[dict[str, str]]:
    """What people type in a language and what they type in any crisis, now and then as typed; a few of another language."""
    lists = {path.stem: tomllib.loads(path.read_text()) for path in LISTS.glob("*.toml") if path.stem != "lives"}
    own = [query for some in lists.values() for query in some.get(language, ())]
    others = [query for some in lists.values() for one in LANGUAGES if one != language for query in some.get(one, ())]
    crises = [
        query for name in ("crisis_queries", "held_out_crisis") for some in lists[name].values() for query in some
    ]
    some = [*random.sample(own, 24), *random.sample(crises, 16), *random.sample(others, 8), *ODD]
    return [{"q": query} | ({"as-typed": "yes"} if random.random() < 0.1 else {}) for query in some]


def test_what_is_found_is_the_guides_own_answer_word_for_word(rules: Page):
    random, whole = Random(17), plans.guide()
    index, data = Index(whole), {name: make() for name, make in SPELLING.items()}
    for language in LANGUAGES:
        with translation.override(language):
            data[f"search.{language}"] = mirrored_search.search(whole, language)
    rules.evaluate("data => Object.assign(window.mirror.data, data)", data)
    for language in LANGUAGES:
        with translation.override(language):
            cases = []
            for asked in asked_of_search(language, random):
                answer = index.find(asked["q"], language, "as-typed" in asked) if asked["q"] else Answer()
                html = main_of(searching.hits_page(whole, language, asked["q"], answer))
                cases.append({"given": asked, "html": html})
        assert rules.evaluate(COMPARE, {"data": data[f"search.{language}"], "rule": "search", "cases": cases}) == []


@pytest.fixture
def stick(folder: Folder, settings, tmp_path: Path) -> Path:
    """A small guide as a mirror in a folder."""
    settings.DATA_DIR = tmp_path / "data"
    edition.forget()
    reading.forget()
    sync.import_files(folder.root)
    call_command("mirror", tmp_path / "stick", verbosity=0)
    reading.forget()
    return tmp_path / "stick"


def test_from_a_stick_pages_lead_on_forms_answer_and_the_exit_leaves(stick: Path, page: Page):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.route("https://*.wikipedia.org/**", lambda route: route.fulfill(body="elsewhere"))
    page.goto(f"file://{stick}/index.html")
    for language in LANGUAGES:
        page.goto(f"file://{stick}/{language}/index.html")
        page.locator("footer summary").first.click()
        page.locator("footer nav a").first.click()
        page.wait_for_url(f"**/{language}/types/index.html")
        page.goto(f"file://{stick}/{language}/find-help/index.html")
        expect(page.locator("[data-without]")).to_be_hidden()
        page.select_option("#f-state", "penang")
        page.locator("main form button").click()
        expect(page.locator("main ol.steps .card")).to_have_count(1)
        # The form is hers still, with what she chose, and answers again.
        page.locator("summary", has=page.locator("#again")).click()
        expect(page.locator("#f-state")).to_have_value("penang")
        page.locator("main form button").click()
        expect(page.locator("main ol.steps .card a").first).to_be_visible()
        # At home and on its own page, for Chinese too, whose tables are loaded then.
        page.goto(f"file://{stick}/{language}/index.html")
        page.locator("main #q").fill("nak mati 偷拍")
        page.keyboard.press("Enter")
        expect(page.locator("main h2#talk")).to_be_focused()
        page.locator("main #q").fill("outing")
        page.keyboard.press("Enter")
        page.locator("main ol a").first.click()
        page.wait_for_url(f"**/{language}/types/outing/index.html*")
    assert all(url.startswith("file:") and "?" not in url for url in asked)
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    page.locator("[data-exit]").click()
    page.wait_for_url("https://*.wikipedia.org/**")


def test_without_script_a_form_is_a_list_of_pages(stick: Path, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for form in ("find-help", "search"):
        page.goto(f"file://{stick}/ta/{form}/index.html")
        expect(page.locator("[data-without] a").first).to_be_visible()
        assert page.locator("main form:visible").count() == 0
        page.locator("[data-without] a").first.click()
        expect(page.locator("h1")).to_be_visible()
    context.close()
