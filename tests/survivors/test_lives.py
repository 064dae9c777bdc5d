"""The lives: told in words that the site knows, read from the page as a reader gets it, and judged."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import pytest
from django.conf import settings

from survivors.lives.expected import Names, broken, holders, read_line
from survivors.lives.life import Life, all_lives, read_life
from survivors.lives.seen import Seen, numbers_in, steps_in
from survivors.lives.written import file_of
from toolkit.rendering.guide import Guide
from toolkit.texts.check import judge
from toolkit.texts.folder import read_folder
from toolkit.texts.languages import LANGUAGES
from toolkit.texts.page import Site

FIELDS = {
    "who", "danger", "selfharm", "body", "age", "types", "platforms", "known", "home", "police", "you", "priority",
    "state", "language",
}  # fmt: skip
DEEDS = {
    "rescue", "safer-place", "talk", "care", "person", "evidence", "note-links", "report-platform", "report-mcmc",
    "report-police", "report-work", "tell-adult", "accounts", "block", "order", "law", "money", "rest", "hide", "recover",
}  # fmt: skip
PLAN = """<main><section aria-labelledby="now"><h2 id="now">Now</h2><ol>
<li id="step-call" data-does="rescue talk"><p>Call <b>someone</b>.</p><svg><title>phone</title></svg>
<div class="card"><p class="name"><a href="/en/support/wao/">WAO</a></p><p class="act"><a href="tel:+60330008858">Call
<span class="number">03-3000 8858</span></a></p><ul><li>Open late.</li></ul></div></li></ol></section>
<section aria-labelledby="today"><ol><li id="step-proof" data-does="evidence"><details><summary>Save the proof.</summary>
<p>Read <a href="/en/first-response/save-evidence/#adults">how</a>.</p></details></li></ol></section></main>"""

NAMES = Names({"support/wao": frozenset({"WAO"}), "support/befrienders": frozenset({"Befrienders", "Call"})}, {})


@cache
def site() -> Site:
    return judge(read_folder(settings.CONTENT_DIR), {}).site


def life(**more: object) -> Life:
    return read_life({"id": "one", "who": "Someone.", "answers": {}, **more})


def test_there_are_at_least_fifty_lives_each_with_its_own_name_and_told_by_situation():
    assert len(all_lives()) >= 50
    assert len({one.id for one in all_lives()}) == len({one.who for one in all_lives()}) == len(all_lives())


def test_every_answer_is_one_that_the_plan_takes_and_every_page_named_is_there():
    for one in all_lives():
        assert set(one.answers) <= FIELDS, one.id
        for name in ("types", "platforms"):
            for slug in one.answers.get(name, ()):
                assert f"{name}/{slug}" in site(), (one.id, slug)
        for line in (*one.must, *one.never):
            _, what, value, outside = read_line(line)
            assert what in DEEDS | {"number", "contact", "page", "says"}, (one.id, line)
            assert outside in DEEDS | {""}, (one.id, line)
            if what in ("contact", "page"):
                assert f"support/{value}" in site() or value in site(), (one.id, line)
        assert {deed for pair in one.before for deed in pair} | {*one.first} <= DEEDS, one.id
        assert set(one.words) <= set(LANGUAGES), one.id


@pytest.mark.parametrize(
    "told",
    [
        {"danger": ("yes",)},
        {"selfharm": ("yes",)},
        {"body": ("yes",)},
        {"age": ("under-18",)},
        {"age": ("unsure",)},
        {"police": ("yes",)},
        {"home": ("yes",)},
        {"who": ("helping",)},
        *({"known": (one,)} for one in ("spouse", "partner", "family", "boss", "work", "school", "known", "stranger")),
        *({"you": (one,)} for one in ("lgbtq", "muslim", "migrant", "refugee", "oku", "sexwork", "content")),
        *({"priority": (one,)} for one in ("safe", "hidden", "down", "stop", "justice", "alone")),
    ],
    ids=str,
)
def test_the_lives_reach_every_kind_of_answer(told):
    ((name, wanted),) = told.items()
    assert any(set(wanted) & set(one.answers.get(name, ())) for one in all_lives())


def test_every_type_of_harm_has_a_life():
    lived = {slug for one in all_lives() for slug in one.answers.get("types", ())}
    assert {path.partition("/")[2] for path in site() if path.startswith("types/")} == lived


def test_a_plan_is_read_as_a_reader_sees_it():
    call, proof = steps_in(PLAN)
    assert (call.id, call.when, call.does) == ("call", "now", ("rescue", "talk"))
    assert call.lines == ["Call someone.", "WAO", "Call 03-3000 8858", "Open late."]
    assert call.told == ["Call someone.", "WAO", "Call 03-3000 8858"]
    assert list(numbers_in(call.links)) == ["60330008858"]
    assert (proof.when, proof.lines) == ("today", ["Save the proof.", "Read how."])


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("now talk", ["call"]),
        ("today talk", []),
        ("evidence", ["proof"]),
        ("contact wao", ["call"]),
        ("contact awam", []),
        ("contact befrienders", ["call"]),
        ("number 60330008858", ["call"]),
        ("number 60330008858 outside rescue", []),
        ("page first-response/save-evidence", ["proof"]),
        ("says 3000", ["call"]),
        ("evidence outside rescue", ["proof"]),
    ],
)
def test_a_line_of_a_life_finds_the_steps_that_hold_it(line, found):
    assert [step.id for step in holders(line, steps_in(PLAN), NAMES)] == found


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        ({"must": ["now care"]}, "lacks: now care"),
        ({"never": ["now talk"]}, "must never hold: now talk, and has it in call (now)"),
        ({"first": ["hide"]}, "the first step is call (rescue talk), not one that does hide"),
        ({"before": [["care", "evidence"]]}, "care must come before evidence, and proof (today) does evidence first"),
        ({"words": {"en": {"says": ["Rest."]}}}, "must say in en: Rest."),
        ({"words": {"en": {"never": ["call someone"]}}}, "must never say in en: call someone"),
    ],
)
def test_what_is_wrong_with_a_plan_is_said_in_plain_words(told, fault):
    assert broken(life(**told), steps_in(PLAN), NAMES, "en") == [fault]


def test_a_right_plan_has_no_fault():
    told = {
        "first": ["rescue"],
        "must": ["now talk"],
        "never": ["block"],
        "before": [["talk", "evidence"]],
        "words": {"ms": {"says": ["Rehat"]}},
    }
    assert broken(life(**told), steps_in(PLAN), NAMES, "en") == []
    assert broken(life(), [], NAMES, "en") == ["the plan has no step"]


def test_a_file_for_a_case_worker_has_the_answers_in_words_the_steps_and_a_place_to_sign():
    one = life(answers={"danger": "yes", "types": ["outing"], "age": "adult"}, must=["talk"])
    text = file_of(one, Guide.of(site()))
    assert "# Someone." in text and "not read by a case worker yet" in text
    assert "| Yes |" in text and re.search(r"\| .+\? \| .*[Oo]ut", text) and "## Now" in text and "1. **" in text
    assert "Read by (name, organisation, day)" in text
    mark = re.search(r"plan `(\w+)`", text)
    assert mark
    signed = {"by": "An organisation", "on": "2026-12-01", "plan": mark[1]}
    assert "signed by An organisation on 2026-12-01\n" in file_of(replace(one, signed=signed), Guide.of(site()))
    older = {**signed, "plan": "00000000"}
    assert "**changed since**" in file_of(replace(one, signed=older), Guide.of(site()))


def test_a_step_without_words_is_called_by_its_name():
    assert Seen("rest", "now", ("rest",)).title == "rest"
