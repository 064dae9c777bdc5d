"""What the check of the plan refuses: the rules that no edit may break, and whom it would leave without help."""

from __future__ import annotations

import time
from dataclasses import fields, replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

from tests.folders import own_guide as guide
from toolkit.texts.folder import PLAN_FILE
from toolkit.texts.plans import check
from toolkit.texts.plans.check import check_plan, gaps
from toolkit.texts.plans.plan import (
    ACTS,
    CHOICES,
    NOTICED,
    WHENS,
    Plan,
    Question,
    Step,
    read_plan,
    steps_for,
)
from toolkit.texts.plans.rules import every_plan as every_combination
from toolkit.texts.plans.rules import step_faults
from toolkit.texts.problem import TextError
from toolkit.texts.records.facts import Channel

FILE = Path(settings.CONTENT_DIR, PLAN_FILE)


@cache
def plan() -> Plan:
    return read_plan(FILE.read_text())


# What the check refuses


def spoilt(*change: str) -> list[str]:
    text = FILE.read_text()
    for before, after in zip(change[::2], change[1::2], strict=True):
        assert before in text, before
        text = text.replace(before, after, 1)
    return [str(problem) for problem in check_plan(text, guide().site)]


def line_of(row: str) -> int:
    return FILE.read_text().split("\n").index(row) + 1


@pytest.mark.parametrize(
    ("change", "step", "said"),
    [
        (('contacts = ["cyber999"]', 'contacts = ["cyber998"]'), "accounts-back", "no contact cyber998"),
        (('routes = ["stopncii"]', 'routes = ["stop"]'), "stop-copies-adult", "no route stop"),
        (('provisions = ["employment-81"]', 'provisions = ["work"]'), "employer", "no provision work"),
        (('if = { types = ["outing"] }', 'if = { types = ["outings"] }'), "confirm-nothing", "no page /types/outings/"),
        (("/types/outing/#do-first", "/types/outing/#first"), "confirm-nothing", "no anchor #first on /types/outing/"),
        (('en = "Breathe out slowly.', 'en = "Call 03-1234 5678.'), "breathe", "numbers come from records, not prose: 03-1234 5678"),
        (('when = "now"', 'when = "soon"'), "get-safe", "when: must be one of: now, today, week"),
        (('police = ["no", "skipped"] }', 'police = ["maybe"] }'), "get-safe", "if.police: maybe is not one of: yes, no, skipped"),
        (('does = ["rescue"]', 'does = ["run"]'), "get-safe", f"does: run is not one of: {', '.join(ACTS)}"),
        (('noticed_by_them = "no"', 'noticed_by_them = "often"'), "get-safe", "noticed_by_them: must be one of: no, maybe, yes"),
        (('zh-hans = "你现在有危险。"', ""), "get-safe", "why: has no words in zh-hans"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_line(change, step, said):
    line = line_of(f'id = "{step}"')
    assert spoilt(*change) == [f"plan.toml:{line}: step {step}: {said}"]


def test_what_is_wrong_with_a_question_is_said_with_its_line():
    assert spoilt('leave_out = ["stopncii"', 'leave_out = ["stop"') == [
        f"plan.toml:{line_of('[questions.platforms]')}: leave_out: no page /platforms/stop/"
    ]
    assert spoilt("[questions.danger.choices.no]", "[questions.danger.choices.perhaps]") == [
        f"plan.toml:{line_of('[questions.danger.text]')}: question danger: the choices are: yes, no"
    ]
    assert "not valid TOML" in spoilt("[[steps]]", "[[steps")[0]


def test_no_question_comes_before_those_of_danger_and_of_dying():
    text = FILE.read_text()
    who, rest = text.index("[questions.who.text]"), text.index("[questions.body]")
    moved = text[: text.index("[questions.danger.text]")] + text[who:rest]
    moved += text[text.index("[questions.danger.text]") : who] + text[rest:]
    assert [str(problem) for problem in check_plan(moved, guide().site)] == [
        "plan.toml:1: the first questions are danger and selfharm"
    ]


def test_a_step_that_keeps_copies_is_refused_for_anyone_but_adults():
    (said,) = spoilt(
        'if = { age = ["adult"], types = ["fake-images"] }',
        'if = { age = ["adult", "skipped"], types = ["fake-images"] }',
    )
    assert said.endswith('step keep-original keeps copies, so it needs if.age = ["adult"]')


def test_a_step_that_sends_to_the_police_is_refused_for_those_at_risk():
    (said,) = spoilt('if = { age = ["adult", "skipped"], police = ["no", "skipped"] }', 'if = { age = ["adult"] }')
    assert 'step police sends to the police, so it needs if.police without "yes"' in said


@pytest.mark.parametrize(
    ("step", "change", "said"),
    [
        ("employer", {"known": ("boss",)}, "employer-is-the-one"),
        ("mcmc", {"police": ("yes",)}, "state-at-risk"),
        ("stay-away-order", {"known": ("partner",)}, "order-of-family"),
        ("stay-away-98a", {"known": ("spouse",)}, "order-of-others"),
        ("stay-away-98a", {"police": ("yes",)}, "order-needs-police"),
    ],
)
def test_a_step_that_could_hurt_whom_it_reaches_is_refused(step, change, said):
    found = next(one for one in plan().steps if one.id == step)
    assert not list(step_faults(found))
    hurting = replace(found, conditions=tuple({**condition, **change} for condition in found.conditions))
    assert said in {fault.code for fault in step_faults(hurting)}


def gaps_with(*steps: str, **change: object) -> set[str]:
    """The codes of what readers miss once some steps are changed, or are gone."""
    kept = [
        replace(step, **change) if step.id in steps else step for step in plan().steps if change or step.id not in steps
    ]
    return {gap.parts["fault"].code for gap in gaps(replace(plan(), steps=tuple(kept)), guide().site)}


@pytest.mark.parametrize(
    ("steps", "change", "said"),
    [
        (["get-safe"], {"when": "today"}, "danger-not-first"),
        (["talk-now"], {"contacts": ()}, "first-reaches-nobody"),
        (["talk-now"], {}, "talk-not-first"),
        (["talk-first-child"], {}, "no-child-line"),
        (["care"], {}, "no-care"),
        (["plan-first"], {}, "noticed-unplanned"),
        (["plan-first"], {"contacts": ("nsrc-997",)}, "planned-with-nobody"),
    ],
)  # fmt: skip
def test_a_reader_whom_an_edit_would_leave_without_what_she_needs_is_named(steps, change, said):
    assert said in gaps_with(*steps, **change)


def test_another_number_day_or_name_of_a_contact_is_no_reason_to_judge_all_plans_anew(monkeypatch):
    judged: list[Plan] = []
    monkeypatch.setattr(check, "_kept", {})
    monkeypatch.setattr(check, "gaps", lambda plan, _site: judged.append(plan) or [])

    def check_with(**change: object) -> int:
        site = guide().site
        page = next(one for one in site.values() if one.facts and any(c.id == "wao" for c in one.facts.contacts))
        contacts = tuple(replace(one, **change) if one.id == "wao" else one for one in page.facts.contacts)
        changed = replace(page, facts=replace(page.facts, contacts=contacts))
        check_plan(FILE.read_text(), {**site, page.path: changed})
        return len(judged)

    number = Channel(kind="tel", value="15999", status="confirmed")
    assert check_with() == 1
    assert check_with(checked=date(2026, 11, 30), name="WAO again", channels=(number,)) == 1
    assert check_with(channels=()) == 2
    assert check_with(asks_for_id="yes") == 3


def test_all_combinations_are_gone_through_in_less_than_a_minute():
    begun = time.process_time()
    assert gaps(plan(), guide().site) == []
    assert time.process_time() - begun < 60
    told_apart = sum(
        1 for _ in every_combination(plan(), tuple(page.path.rpartition("/")[2] for page in guide().children("types")))
    )
    assert told_apart > 20_000


def test_a_plan_that_is_no_plan_is_refused():
    for text in ("", "questions = 1", "steps = []", "unknown = 1"):
        with pytest.raises(TextError):
            read_plan(text)


def test_steps_follow_the_answers():
    ids = [step.id for step in steps_for(plan(), {"types": ("image-threats",), "police": ("yes",)})]
    assert "money-sent-risky" in ids and "money-sent" not in ids


def test_every_key_of_the_plan_is_in_the_description_of_content():
    described = Path(settings.BASE_DIR, "docs/content.md").read_text().partition("## The plan")[2]
    keys = {one.name for kind in (Question, Step, Plan) for one in fields(kind)} - {"conditions", "is_plan_first"} | {
        "if",
        "plan_first",
        *ACTS,
        *NOTICED,
        *WHENS,
    }
    assert {key for key in keys | CHOICES.keys() if key not in described} == set()
