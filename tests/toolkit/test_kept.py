"""What is typed reaches the site from a form whose page has moved or is gone, and the script is told what has reached it."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from tests.toolkit.test_editing import JSON, fields, screen
from tests.toolkit.test_moving import NEW, OLD, OTHER, aminah, ask, mei, move, release, unlinked
from toolkit.models import Draft

pytestmark = pytest.mark.usefixtures("plain_static", "unlinked")
__all__ = ["aminah", "mei", "unlinked"]

WORDS = "Typed while a colleague was at the page."
COPY = "0123456789abcdef"


def typed(client: Client, words: str = WORDS) -> dict[str, list[str]]:
    form = fields(client.get(screen("en", OLD)).content.decode())
    return form | {"body": [f"{form['body'][0]}\n\n{words}\n"], "copy": [COPY], "action": ["save"]}


def test_a_form_of_a_page_that_moved_is_saved_as_the_draft_at_its_new_address(mei, aminah):
    form = typed(mei)
    move(mei, aminah)
    assert mei.post(screen("en", OLD), form).status_code == 302
    assert WORDS in Draft.objects.get(part="en", page__path=NEW, state=Draft.WRITING).text
    assert WORDS in mei.get(screen("en", NEW)).content.decode()


@pytest.mark.parametrize("wish", [{"kind": "take-down"}, {"kind": "give-way", "to": OTHER, "part-do-first": "now"}])
@pytest.mark.parametrize("is_logged_in", [True, False])
def test_a_form_of_a_page_that_is_gone_is_kept_in_its_history_where_it_can_be_read(mei, aminah, wish, is_logged_in):
    form = typed(mei)
    assert "Published" in release(aminah, ask(mei, **wish))
    if not is_logged_in:
        Session.objects.all().delete()
    answer = mei.post(screen("en", OLD), form)
    assert answer.status_code == 302 and answer.cookies["taken"].value == COPY
    draft = Draft.objects.get(page__path=OLD, part="en", state=Draft.SET_ASIDE)
    assert WORDS in draft.text and draft.author.username == "mei"
    if is_logged_in:
        page = mei.get(answer["Location"]).content.decode()
        assert "taken down or replaced while you wrote" in page and f"/staff/drafts/{draft.pk}/" in page
        assert WORDS in mei.get(f"/staff/drafts/{draft.pk}/").content.decode()
    else:
        assert answer["Location"].startswith("/staff/login/?next=") and "kept=1" in answer["Location"]


def test_the_script_of_a_page_that_is_gone_is_told_where_the_words_are(mei, aminah):
    form = typed(mei)
    assert "Published" in release(aminah, ask(mei, kind="take-down"))
    told = mei.post(screen("en", OLD), form, headers=JSON)
    assert told.status_code == 410 and told.json()["address"] == f"/staff/pages/{OLD}/en/history/"


def test_the_script_is_told_only_of_a_form_that_a_page_has_taken_in(mei, client):
    room = f"/staff/pages/{OLD}/address/"
    refused = mei.post(room, {"kind": "move", "section": "types", "name": "Not A Name", "copy": COPY})
    assert refused.status_code == 422 and "taken" not in refused.cookies
    forged = mei.post(room, {"kind": "move", "section": "types", "name": "told", "copy": f"{COPY}; path=/"})
    assert forged.status_code == 302 and "taken" not in forged.cookies
    taken = mei.post(screen("en", OLD), typed(mei)).cookies["taken"]
    assert (taken.value, taken["path"]) == (COPY, "/staff/")
    assert COPY not in str(Draft.objects.get(part="en").typed)
    assert client.post(room, {"kind": "take-down", "copy": COPY}).cookies.get("taken") is None


def test_the_script_learns_whose_log_in_it_is_and_nothing_of_anyone_else(mei, client):
    assert mei.get("/staff/here/").json()["account"] == Draft._meta.get_field("author").related_model.objects.get().pk
    assert client.get("/staff/here/").json()["account"] is None
    assert "no-store" in mei.get("/staff/here/")["Cache-Control"]
