"""What a draft of the plan's rules does to the lives, as its reviewer is shown it before it is published."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from survivors.leaving import inline
from survivors.lives import compared as comparing
from survivors.lives.life import read_life
from tests.toolkit.test_editing import live, staff, write
from toolkit.drafting import previews
from toolkit.models import Draft
from toolkit.texts.check import judge
from toolkit.texts.folder import read_folder
from toolkit.texts.languages import LANGUAGES
from toolkit.texts.page import Site, read_part
from toolkit.texts.plans.plan import read_plan_text, steps_for


def drafted(text: str) -> tuple[Site, Site]:
    """The guide's own content, and the same with other rules of the plan."""
    site = judge(read_folder(settings.CONTENT_DIR), {}).site
    return site, {**site, "": site[""].with_part("plan", read_part("plan", text))}


def rules() -> str:
    return (settings.CONTENT_DIR / "plan.toml").read_text()


def first_words() -> Mapping[str, str]:
    """The words of a step that someone in danger is shown and nobody else, as they stand in the rules."""
    plan = read_plan_text(rules()).rules
    in_danger, calm = ({"danger": (one,), "age": ("adult",)} for one in ("yes", "no"))
    others = {step.id for step in steps_for(plan, calm)}
    return next(step.text for step in steps_for(plan, in_danger) if step.id not in others)


def first_step() -> str:
    return first_words()["en"]


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


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_of_the_rules_is_tried_with_any_answers_in_every_language_and_leaves_readers_alone(
    guide, staff_static, client, language
):
    publisher = staff("aminah", "Publisher")
    words = {one: f"Only in the draft ({one})." for one in LANGUAGES}
    text = live("plan", "")
    for one, said in first_words().items():
        text = text.replace(said, words[one])
    write(publisher, "plan", "", body=text)
    draft = Draft.objects.get()
    here = f"/staff/preview/{previews.token_for(draft)}/{language}/plan/"
    questions = client.get(here)
    assert f'action="{here}"' in questions.content.decode() and "/staff/preview/" in questions.content.decode()
    answer = client.post(here, {"danger": "yes", "age": "adult", "go": "plan"})
    assert words[language] in answer.content.decode() and not answer.cookies
    policy = answer["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    styles = re.findall("<style>(.*?)</style>", answer.content.decode(), re.DOTALL)
    assert styles and all(inline.hash_of(style) in policy for style in styles)
    with translation.override(language):
        assert gettext("This is a draft. It is not published.") in answer.content.decode()
    assert words[language] not in client.post(f"/{language}/plan/", {"danger": "yes", "go": "plan"}).content.decode()


def test_from_its_review_the_new_plan_of_a_life_and_four_phones_are_one_press_away(guide, staff_static):
    publisher = staff("aminah", "Publisher")
    write(publisher, "plan", "", body=live("plan", "").replace(first_step(), "Call now, whoever is near."))
    draft = Draft.objects.get()
    review = publisher.get(f"/staff/drafts/{draft.pk}/").content.decode()
    address = re.search(r'<form method="post" action="(/staff/preview/[^"]+/en/plan/)" target="_blank">', review)
    assert address and re.search(r'<input type="hidden" name="danger" value="yes">', review)
    sent = {"danger": "yes", "age": "adult", "go": "plan"}
    assert "Call now, whoever is near." in publisher.post(address[1], sent).content.decode()
    phones = publisher.get(f"/staff/drafts/{draft.pk}/preview/").content.decode()
    assert phones.count('<iframe class="phone"') == 4 and "/zh-hans/plan/" in phones and "scheme=dark" not in phones


def test_a_draft_of_a_page_has_no_plan_to_try(guide, staff_static, client):
    write(staff("mei", "Editor"), "en", "types/outing", summary="Someone told others who you are.")
    assert client.get(f"/staff/preview/{previews.token_for(Draft.objects.get())}/en/plan/").status_code == 404
