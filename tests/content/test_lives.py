"""Every life, in four languages, against the plan that its answers make: what it needs, and the rules for everyone."""

from __future__ import annotations

from functools import cache

import pytest

from survivors.lives.expected import Names, names_in
from survivors.lives.life import Life, all_lives
from survivors.management.commands.lives import FOLDER, files, wrong_with
from tests.folders import own_guide as guide
from toolkit.texts.languages import LANGUAGES


@cache
def names(language: str) -> Names:
    return names_in(guide(), language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("life", all_lives(), ids=lambda life: life.id)
def test_a_life_gets_the_plan_that_she_needs(life: Life, language: str):
    faults = wrong_with(life, guide(), names(language), language)
    assert not faults, "\n".join([f"{life.who} ({language})", *faults])


def test_the_plans_that_case_workers_read_are_those_of_today():
    today = files(guide())
    kept = {path.name: path.read_text() for path in FOLDER.glob("*.md")}
    assert sorted(kept) == sorted(today)
    stale = [name for name, text in today.items() if kept[name] != text]
    assert not stale, f"run manage.py lives: {', '.join(stale)}"


def test_no_signed_plan_has_changed_since_it_was_signed():
    assert not [name for name, text in files(guide()).items() if "**changed since**" in text]
