"""Which files of tests take longest: they begin first, so that at the end of a run no processor waits for one of them."""

from __future__ import annotations

from collections import Counter

import pytest

# From over three minutes down to half a minute. The first of them needs no guide: another process brings it up meanwhile.
FILES = (
    "toolkit/texts/test_limits", "deploy/test_operating", "browser/test_field_lab", "survivors/test_spellings",
    "browser/test_reading", "browser/test_staff_finding", "faults/test_killed", "browser/test_staff_publishing",
    "browser/test_last_mile", "browser/test_staff_files", "faults/test_backup", "toolkit/test_plan_forms",
    "browser/test_other_browsers", "faults/test_processes", "browser/test_first_screen", "deploy/test_web_servers",
    "browser/test_staff_accidents", "toolkit/test_every_form", "browser/test_lives", "browser/test_staff_writing",
    "browser/test_mirror", "toolkit/test_renaming", "browser/test_any_reader", "browser/test_outside_readers",
    "browser/test_no_trace", "browser/test_staff_entering", "survivors/test_search", "deploy/test_units",
    "toolkit/test_edition", "toolkit/test_editing", "faults/test_database", "browser/test_staff_every_form",
    "toolkit/test_outside_readers", "toolkit/test_pictures", "content/test_plan_check", "browser/test_plan",
    "faults/test_postgres_waits", "browser/test_directories", "browser/test_staff_making", "survivors/test_pages",
    "browser/test_staff_keeping", "browser/test_one_entry", "browser/test_leaving", "toolkit/test_review_pack",
    "toolkit/test_draft_lives", "toolkit/test_making", "content/test_plan_rules", "browser/test_staff_pasting",
)  # fmt: skip
_PLACES = {f"tests/{name}.py": place for place, name in enumerate(FILES)}


def first_the_longest(items: list[pytest.Item]) -> None:
    """Puts the files in order: the longest, then those with the most tests."""
    count = Counter(_file(item) for item in items)
    items.sort(key=lambda item: (_PLACES.get(_file(item), len(FILES)), -count[_file(item)]))


def _file(item: pytest.Item) -> str:
    return item.nodeid.partition("::")[0]
