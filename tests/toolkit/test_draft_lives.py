"""What a draft of the plan's rules does to the lives, as its reviewer is shown it before it is published."""

from __future__ import annotations

import re

import pytest
from django.conf import settings

from survivors.lives import compared as comparing
from survivors.lives.life import read_life
from tests.toolkit.test_editing import live, staff, write
from toolkit.models import Draft
from toolkit.texts.check import judge
from toolkit.texts.folder import read_folder
from toolkit.texts.page import Site, read_part
from toolkit.texts.plan import read_plan_text


def drafted(text: str) -> tuple[Site, Site]:
    """The guide's own content, and the same with other rules of the plan."""
    site = judge(read_folder(settings.CONTENT_DIR), {}).site
    return site, {**site, "": site[""].with_part("plan", read_part("plan", text))}


def rules() -> str:
    return (settings.CONTENT_DIR / "plan.toml").read_text()


def first_step() -> str:
    """The words of a step that everyone in danger is shown, as they stand in the rules."""
    steps = read_plan_text(rules()).rules.steps
    return next(step.text["en"] for step in steps if any("danger" in one for one in step.conditions))


@pytest.fixture
def lives(monkeypatch):
    told = [
        {"id": "in-danger", "who": "In danger.", "answers": {"danger": "yes", "age": "adult"}},
        {"id": "calm", "who": "Not in danger.", "answers": {"danger": "no", "age": "adult"}},
    ]
    monkeypatch.setattr(comparing, "all_lives", lambda: tuple(read_life(one) for one in told))


def test_the_same_rules_change_no_life(lives):
    assert comparing.compared(*drafted(rules())).changed == ()


def test_other_words_of_a_step_change_the_lives_that_are_shown_it_and_no_other(lives):
    found = comparing.compared(*drafted(rules().replace(first_step(), "Call now.")))
    assert [one.life.id for one in found.changed] == ["in-danger"] and found.number == 2
    ((old, new),) = found.changed[0].reworded
    assert (old.title, new.title) == (first_step(), "Call now.")


def test_a_step_that_is_taken_away_is_gone_and_what_a_life_needs_of_it_is_missed(lives, monkeypatch):
    text = rules()
    step = next(part for part in text.split("[[steps]]")[1:] if first_step() in part)
    name = re.search(r'id = "([a-z-]+)"', step)
    assert name
    told = {
        "id": "in-danger",
        "who": "In danger.",
        "answers": {"danger": "yes", "age": "adult"},
        "must": [f"says {first_step()}"],
    }
    monkeypatch.setattr(comparing, "all_lives", lambda: (read_life(told),))
    (changed,) = comparing.compared(*drafted(text.replace("[[steps]]" + step, "", 1))).changed
    assert [one.id for one in changed.lost] == [name[1]]
    assert changed.faults == (f"lacks: says {first_step()}",) and changed.mended == ()


def test_the_review_page_says_whose_plan_a_draft_of_the_rules_changes_and_what_in_it(guide, staff_static):
    publisher = staff("aminah", "Publisher")
    write(publisher, "plan", "", body=live("plan", "").replace(first_step(), "Call now, whoever is near."))
    review = publisher.get(f"/staff/drafts/{Draft.objects.get().pk}/").content.decode()
    section = review.partition('<section id="lives">')[2].partition("</section>")[0]
    number = re.search(r"(\d+) of (\d+) lives would get another plan", section)
    assert number and 0 < int(number[1]) < int(number[2])
    assert section.count("<details") == int(number[1]) and "Call now, whoever is near." in section


def test_a_draft_of_a_page_says_nothing_of_lives(guide, staff_static):
    editor = staff("mei", "Editor")
    write(editor, "en", "types/outing", summary="Someone told others who you are.")
    assert 'id="lives"' not in editor.get(f"/staff/drafts/{Draft.objects.get().pk}/").content.decode()
