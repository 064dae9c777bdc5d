from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from toolkit.admin.words.comparing import comparison, in_lines
from toolkit.texts.languages import FILE_NAMES
from toolkit.texts.page import canonical_part

FACTS = canonical_part(
    "facts",
    """
position = 1
checked = 2026-11-22
[[sources]]
id = "paper"
title = "A report"
publisher = "A newspaper"
url = "https://news.example.org/report"
checked = 2026-11-22
[[contacts]]
id = "talian-kasih"
name = "Talian Kasih"
hours = "24/7"
needs = ["danger", "talk"]
asks_for_id = "no"
sources = ["paper"]
checked = 2026-11-22
[[contacts.channels]]
kind = "tel"
value = "15999"
status = "confirmed"
[[contacts.channels]]
kind = "whatsapp"
value = "+60192615999"
display = "019-261 5999"
hours = "Mo-Fr 09:00-17:00"
status = "unconfirmed"
""",
)
PROSE = """---
title: Title
summary: One sentence.
keywords: one, two
translated_from: 0123456789ab
review: unreviewed
label.line: The line
note.line: Ask for a woman.
---
## Do this {#do-first}

Breathe.
"""


def changed(part: str, before: str | None, after: str) -> list[tuple[str, str]]:
    rows = comparison(part, before, after)
    return [(row.kind, "".join(piece.text for piece in row.pieces)) for row in rows if row.kind not in ("same", "gap")]


def test_facts_are_lines_in_the_words_of_the_form():
    lines = in_lines("facts", FACTS).splitlines()
    assert "Page last compared with its sources on: 22 November 2026" in lines
    assert "Contact talian-kasih · Opening hours: 24 hours, every day" in lines
    assert "Contact talian-kasih · What they help with: Danger, Talking" in lines
    assert "Contact talian-kasih · Do they ask for an identity card?: No" in lines
    assert "Contact talian-kasih · Phone: 15999 (Confirmed: shown to readers)" in lines
    whatsapp = "019-261 5999, dialled as +60192615999 · Monday to Friday, 09:00–17:00 (Not confirmed: not shown)"
    assert f"Contact talian-kasih · WhatsApp: {whatsapp}" in lines


def test_words_are_lines_without_the_mark_of_the_english_that_they_follow():
    assert in_lines("ms", PROSE).splitlines() == [
        "Title: Title",
        "One sentence under the heading: One sentence.",
        "Words people search for: one, two",
        "A native speaker has compared it with the English: No",
        "Name of line: The line",
        "What a reader should know of line: Ask for a woman.",
        "",
        "## Do this {#do-first}",
        "",
        "Breathe.",
    ]


def test_a_text_that_cannot_be_read_stays_itself():
    assert in_lines("facts", "position = ") == "position = "
    assert in_lines("ms", "") == ""


@pytest.mark.parametrize("part", FILE_NAMES)
def test_no_text_of_the_guide_shows_its_front_matter_or_its_toml(part):
    for path in Path(settings.BASE_DIR / "content").rglob(FILE_NAMES[part]):
        said = in_lines(part, path.read_text())
        assert "translated_from" not in said and "[[" not in said and " = " not in said, path
        assert not said.startswith("---"), path


def test_a_fact_that_changed_is_one_line_and_one_that_came_instead_of_another_is_two():
    assert changed("facts", FACTS, FACTS.replace('"15999"', '"15998"')) == [
        ("changed", "Contact talian-kasih · Phone: 1599915998 (Confirmed: shown to readers)")
    ]
    other = FACTS.replace('hours = "24/7"', 'cost = "free"')
    assert changed("facts", FACTS, canonical_part("facts", other)) == [
        ("removed", "Contact talian-kasih · Opening hours: 24 hours, every day"),
        ("added", "Contact talian-kasih · Cost: Free"),
    ]


def another(value: str) -> str | None:
    """Another value of the same kind in TOML; None for a list."""
    if value.startswith('"'):
        return f'{value[:-1]}x"'
    if value[-1:].isdigit():
        return f"{value[:-1]}{(int(value[-1]) + 1) % 10}"
    return "false" if value == "true" else None


def test_whatever_changes_in_a_fact_is_seen():
    """Nothing can be published unseen: another text, date, number or yes makes other lines."""
    seen = set()
    for path in Path(settings.BASE_DIR / "content").rglob("page.toml"):
        text = path.read_text()
        said = in_lines("facts", text)
        for row in text.splitlines():
            kind, _, value = row.partition(" = ")
            if kind in seen or not (other := another(value)):
                continue
            lines = in_lines("facts", text.replace(row, f"{kind} = {other}", 1))
            # A value that the schema refuses leaves the whole text as it is: try the next.
            if "[[" not in lines:
                seen.add(kind)
                assert lines != said, (path, row)
    assert {"value", "checked", "fine_rm", "url", "act", "section", "prison_years"} <= seen


def test_two_menu_words_are_not_one_with_a_comma():
    menu = """
[[routes]]
id = "way"
platform = "Somewhere"
menu = ["Report, or block", "Send"]
sources = ["paper"]
checked = 2026-11-22
"""
    one = in_lines("facts", canonical_part("facts", FACTS + menu))
    other = in_lines("facts", canonical_part("facts", FACTS + menu.replace("Report, or block", 'Report", "or block')))
    assert one != other and "Report, or block › Send" in one


def test_where_there_was_no_text_all_lines_are_added():
    assert {kind for kind, _ in changed("ms", None, PROSE)} == {"added"}


def test_two_texts_that_follow_different_english_read_the_same():
    rows = comparison("ms", PROSE, PROSE.replace("0123456789ab", "ba9876543210"))
    assert rows == []
    assert "No difference." in render_to_string("staff/comparison.html", {"rows": rows})


def test_a_screen_reader_hears_what_was_added_and_what_was_taken_away():
    rows = comparison("ms", PROSE, PROSE.replace("Breathe.", "Breathe <slowly>."))
    html = render_to_string("staff/comparison.html", {"rows": rows, "language": "ms"})
    assert '<div class="compare" lang="ms">' in html
    assert ">added: </span>" in html and "slowly&gt;" in html and "<slowly>" not in html
    rows = comparison("ms", PROSE, PROSE.replace("Breathe.\n", "Sleep.\n"))
    assert ">taken away: </span>" in render_to_string("staff/comparison.html", {"rows": rows})


@pytest.mark.parametrize(("lines", "folded"), [(3, 0), (200, 1)])
def test_a_long_difference_is_folded_below_what_two_screens_of_a_phone_hold(lines, folded):
    rows = comparison(
        "en", "\n".join(f"Old {n} words." for n in range(lines)), "\n".join(f"New {n} of it all." for n in range(lines))
    )
    html = render_to_string("staff/comparison.html", {"rows": rows, "language": "en"})
    assert html.count("<details") == folded
    assert all(f"{n}" in html for n in range(lines))
