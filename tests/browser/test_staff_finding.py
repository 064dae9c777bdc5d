"""Words changed in four languages by people in browsers; and no room is longer than six screens of a small phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import violations
from tests.browser.staff_server import button
from toolkit.texts.buttons.program import key_of

PHONE = {"width": 360, "height": 640}
MOST_SCREENS = 6
PAGE = "types/outing"
LISTS = [
    "/staff/", "/staff/pages/", "/staff/pages/?state=unreviewed", "/staff/translations/",
    "/staff/translations/?language=ta&state=unreviewed", "/staff/drafts/", "/staff/due/", "/staff/links/",
    "/staff/links/?state=never-asked", "/staff/files/", "/staff/find/?q=police", "/staff/happened/",
    f"/staff/pages/{PAGE}/", f"/staff/pages/{PAGE}/en/history/", f"/staff/pages/{PAGE}/address/",
]  # fmt: skip
WRITING = [
    f"/staff/pages/{PAGE}/ta/", "/staff/find/replace/?old=police&new=officers&texts=ta&section=",
    f"/staff/pages/{PAGE}/languages/", f"/staff/pages/{PAGE}/languages/?at=body..0", "/staff/pages/-/plan/",
    "/staff/pages/-/buttons/", "/staff/pages/-/buttons/?q=a", f"/staff/pages/-/buttons/{key_of('Leave now')}/",
]  # fmt: skip
FOR_EDITORS = [f"/staff/pages/{PAGE}/en/", f"/staff/pages/{PAGE}/facts/", "/staff/pages/-/facts/"]
# The longest forms and texts of their kind: folded, or they would be twice as long.
LONGEST = [
    *(f"/staff/pages/-/plan/{piece}/" for piece in ("questions/platforms", "questions/types", "steps/new-step")),
    f"/staff/pages/{PAGE}/ta/remarks/", "/staff/pages/-/plan/remarks/",
]  # fmt: skip
ROOMS = {
    "mei": LISTS + WRITING + FOR_EDITORS,
    "aminah": LISTS + WRITING + FOR_EDITORS + LONGEST,
    "kavitha": LISTS + WRITING,
    "nurul": ["/staff/", "/staff/auth/user/", "/staff/toolkit/auditentry/", "/staff/owner/", "/staff/second-factor/"],
}


@pytest.fixture
def enter(new_context, rooms):
    return lambda name, **how: rooms.enter(new_context, name, **how)


@pytest.mark.parametrize("name", ROOMS)
def test_no_room_is_over_six_screens_of_a_small_phone(enter, name):
    page = enter(name, viewport=PHONE)
    page.set_default_timeout(120_000)
    long: dict[str, tuple[int, int]] = {}
    wrong: set[tuple[str, str, str]] = set()
    for room in ROOMS[name]:
        answer = page.goto(room)
        assert answer and answer.status == 200, room
        height, width = page.evaluate("[document.documentElement.scrollHeight, document.documentElement.scrollWidth]")
        if height > MOST_SCREENS * PHONE["height"] or width > PHONE["width"]:
            long[room] = (height, width)
        wrong |= {(room, one["id"], one["nodes"][0]["html"][:120]) for one in violations(page)}
    assert (long, wrong) == ({}, set())


def test_words_are_replaced_in_four_languages_reviewed_published_seen_and_taken_back(enter, rooms, new_context):
    editor, publisher, reader = enter("mei"), enter("aminah"), rooms.reader(new_context)
    editor.goto("/staff/")
    editor.get_by_role("searchbox", name="Search all texts").fill("AWAM")
    button(editor, "Search").first.click()
    editor.get_by_role("link", name="Find and replace").click()
    assert editor.get_by_label("Words to find").input_value() == "AWAM"
    editor.get_by_label("Words to put in their place").fill("A.W.A.M")
    editor.get_by_label("Section").select_option("support/")
    button(editor, "Show the places").click()
    places = editor.locator("input[name=spot]")
    expect(places.nth(8)).to_be_attached(timeout=20_000)
    groups = editor.locator("details.whole > summary").all_inner_texts()
    assert [one.partition(" (")[0] for one in groups] == ["English", "Bahasa Melayu", "தமிழ்", "简体中文"]
    button(editor, "Make drafts of what is ticked").click()
    editor.get_by_text("A Publisher can publish them.").wait_for()

    publisher.goto("/staff/drafts/")
    publisher.get_by_role("link", name="“AWAM” becomes “A.W.A.M”").first.click()
    publisher.get_by_label("Why, for your colleagues").fill("Its new name")
    publisher.locator("#publish button").click()
    publisher.get_by_text("Published. Readers see it now.").wait_for()
    for language in ("en", "ms", "ta", "zh-hans"):
        reader.goto(f"/{language}/support/awam/")
        assert "A.W.A.M" in reader.content(), language

    publisher.get_by_role("button", name="Take").click()
    publisher.get_by_text("Taken back. Readers see the texts from before it.").wait_for()
    for language in ("en", "ms", "ta", "zh-hans"):
        reader.goto(f"/{language}/support/awam/")
        assert "A.W.A.M" not in reader.content(), language
    publisher.goto("/staff/pages/support/awam/ta/history/")
    assert "A batch of changes was taken back" in publisher.content()


def test_a_find_leads_to_its_line_and_to_its_fact(enter):
    editor = enter("mei")
    editor.goto("/staff/find/?q=15999&text=facts")
    editor.locator(".found a").first.click()
    fact = editor.locator("details.record:target")
    assert fact.get_attribute("open") is not None
    editor.goto("/staff/find/?q=police&text=en&where=live")
    editor.locator(".found li > a[href*='#line-']").first.click()
    editor.wait_for_function("getSelection().toString().toLowerCase().includes('police')")
