"""Lives from the first question to their plan on the smallest phone, in four languages, with script and without."""

from __future__ import annotations

from functools import cache

import pytest
from playwright.sync_api import Browser, Page

from survivors.lives.always import against_the_rules
from survivors.lives.expected import Names, broken, names_in
from survivors.lives.life import Life, all_lives
from survivors.lives.seen import steps_in
from tests.browser.conftest import Server
from tests.folders import own_guide

LANGUAGES = ("en", "ms", "ta", "zh-hans")
# One for each door that could be the wrong one: danger, a child, the police, thoughts of dying, work, a helper.
CHOSEN = (
    "wife-who-wants-out-tonight",
    "child-family-is-danger-police-risky",
    "undocumented-worker-blackmailed",
    "man-sextorted-wants-to-die",
    "raped-and-filmed-yesterday",
    "boss-sends-pictures",
    "teacher-told-by-pupil",
    "sent-a-picture-of-a-child",
)
LIVES = {life.id: life for life in all_lives() if life.id in CHOSEN}


@cache
def names(language: str) -> Names:
    return names_in(own_guide(), language)


def walk_to_plan(page: Page, life: Life, address: str) -> None:
    """All questions on one page, as she would answer them there, and then her plan."""
    page.goto(address)
    page.locator("main button[name=go][value=all]").click()
    page.locator("main select[name=state]").wait_for()
    for question, answers in life.answers.items():
        for answer in answers:
            field = page.locator(f"main [name={question}][value={answer}]")
            if field.count():
                field.first.check()
            else:
                page.locator(f"main select[name={question}]").select_option(answer)
    page.locator("main button[name=go][value=plan]").first.click()
    page.locator(".steps").first.wait_for()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_life_has_her_first_step_with_its_button_on_the_first_screen_and_nothing_that_could_hurt_her(
    server: Server, browser: Browser, language, script
):
    assert sorted(LIVES) == sorted(CHOSEN)
    context = browser.new_context(java_script_enabled=script, viewport={"width": 320, "height": 568})
    page = context.new_page()
    for life in LIVES.values():
        walk_to_plan(page, life, f"{server.url}/{language}/plan/")
        steps = steps_in(page.content())
        assert not broken(life, steps, names(language), language), life.id
        assert not against_the_rules(life, steps, names(language), language), life.id
        act = page.locator(".steps .act a").first.bounding_box()
        leave = page.locator(".leave").bounding_box()
        assert act and leave and act["y"] + act["height"] <= leave["y"], (life.id, act, leave)
        assert not script or page.evaluate("document.documentElement.scrollWidth") <= 320
        assert page.url == f"{server.url}/{language}/plan/"
    assert context.cookies() == []
    context.close()
