"""What is wrong is said so that a volunteer can put it right: grouped, with page, place and line, and ways to mend it."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from tests.folders import Folder
from tests.staff import logged_in, make_staff
from tests.toolkit.test_editing import JSON, screen, write
from toolkit.files import sync
from toolkit.live import live_site
from toolkit.models import Batch, Draft
from toolkit.texts.languages import LANGUAGES

pytestmark = pytest.mark.usefixtures("plain_static")
OTHER = """
[[contacts]]
id = "other"
name = "Other Line"
sources = ["book"]
checked = 2026-11-22
channels = [{ kind = "tel", value = "+60330008858", status = "confirmed" }]

[[sources]]
id = "book"
title = "A book"
publisher = "A house"
url = "https://book.example.org/"
checked = 2026-11-22
"""


@pytest.fixture
def live(folder: Folder) -> Folder:
    folder.page("types/other", position=3)
    folder.facts("types/other", OTHER, position=3)
    folder.page("types/calls", "Words.\n\n- {{ contact line }}\n- More.\n\nCall {{ phone line }} now.\n", position=4)
    assert sync.import_files(folder.root).errors == []
    return folder


@pytest.fixture
def editor(live) -> Client:
    return logged_in(None, make_staff("mei", "Editor"))


@pytest.fixture
def publisher(live) -> Client:
    return logged_in(None, make_staff("aminah", "Publisher"))


def take_away(client: Client, headers=None, **more):
    """The contact of the home page is ticked as to be taken away."""
    return write(client, "facts", "", headers=headers, **{"contacts-0-gone": "on", "help_lines": "other"} | more)


def listed(html: str) -> str:
    """The list of what is to be put right."""
    return unescape(html.partition("To put right</h2><ul>")[2].partition("</ul></div>")[0])


def door(html: str, name: str) -> str:
    [address] = re.findall(rf'<a class="button plain" href="([^"]+)">{name}</a>', listed(html))
    return address


def use(client: Client, address: str, **chosen) -> Batch:
    """Goes through a door, leaves the ticks as they are, and makes the drafts."""
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query, keep_blank_values=True).items()}
    html = client.get(urlsplit(address).path, asked | chosen).content.decode()
    ticked = re.findall(r'name="spot" value="([^"]+)" checked', html)
    answer = client.post(urlsplit(address).path, asked | chosen | {"spot": ticked})
    assert answer.status_code == 302, answer.content.decode()
    return Batch.objects.latest("pk")


def publish_all(client: Client, batch: Batch) -> str:
    address = f"/staff/batches/{batch.pk}/"
    html = client.get(address).content.decode()
    [seen, *_] = re.findall(r'name="seen" value="([^"]*)"', html)
    said = {"action": "publish", "seen": seen, "size": "minor", "reason": "It closed"}
    return client.post(address, said, follow=True).content.decode()


def body(path: str, language: str = "en") -> str:
    return live_site()[path].prose[language].body


def test_a_contact_that_is_taken_away_is_one_thing_to_put_right_with_every_page_that_names_it(editor):
    take_away(editor)
    html = editor.get(screen("facts", "")).content.decode()
    said = listed(html)
    assert said.count("Contact line would be gone, and 3 pages name it:") == 1
    assert said.count("<li>") == 1 + 3 and said.count(", line ") == 16  # one thing, three pages, four languages each
    for language in LANGUAGES:
        assert f'href="/staff/pages/types/outing/{language}/#line-7"' in said
        assert f'href="/staff/pages/types/calls/{language}/#line-3"' in said
        assert f'href="/staff/pages/types/calls/{language}/#line-6"' in said


def test_it_is_said_while_she_types_and_to_the_reviewer_too(editor, publisher):
    told = take_away(editor, headers=JSON).json()["problems"]
    assert "3 pages name it" in told and "Replace by another" in told
    write(editor, "facts", "", action="review")
    html = publisher.get(f"/staff/drafts/{Draft.objects.get().pk}/").content.decode()
    assert "3 pages name it" in listed(html) and door(html, "Take out")


def test_what_is_wrong_with_her_own_text_does_not_hide_what_it_takes_from_others(editor):
    take_away(editor, help_lines="line")
    said = listed(editor.get(screen("facts", "")).content.decode())
    assert "There is no contact line" in said and "3 pages name it" in said


def test_it_is_replaced_everywhere_in_one_batch_that_is_published_with_the_facts(editor, publisher):
    take_away(editor)
    batch = use(editor, door(editor.get(screen("facts", "")).content.decode(), "Replace by another"), by="other")
    assert batch.drafts.count() == 13 and batch.reason == "“line” becomes “other”"
    assert "To put right" not in publisher.get(f"/staff/batches/{batch.pk}/").content.decode()
    assert "Published" in publish_all(publisher, batch)
    assert live_site()[""].facts.contacts == () and live_site()[""].facts.help_lines == ("other",)
    for language in LANGUAGES:
        calls = "Words.\n\n- {{ contact other }}\n- More.\n\nCall {{ phone other }} now.\n"
        assert body("types/calls", language) == calls and "{{ contact other }}" in body("types/outing", language)


def test_its_lines_are_taken_out_and_a_sentence_is_left_to_be_said_anew(editor, publisher):
    take_away(editor)
    batch = use(editor, door(editor.get(screen("facts", "")).content.decode(), "Take out"))
    html = publisher.get(f"/staff/batches/{batch.pk}/").content.decode()
    assert "2 pages name it" in listed(html)  # in a sentence each
    for draft in batch.drafts.exclude(part="facts"):
        path = draft.page.path
        assert "{{ contact line }}" not in draft.text and ("- More." in draft.text) == (path == "types/calls")
        if path == "types/calls":
            write(editor, draft.part, path, body="Words.\n\n- More.\n")
    for language in LANGUAGES:
        write(editor, language, "types/threats", body="See [outing](/types/outing/#do-first).\n")
    Draft.objects.update(batch=batch)
    assert "Published" in publish_all(publisher, batch)
    assert body("types/calls", "ta") == "Words.\n\n- More.\n"
    assert body("types/outing", "ta").endswith("1. Breathe.\n")


def test_a_record_that_only_has_another_short_name_is_named_by_it_everywhere(editor, publisher):
    write(editor, "facts", "", **{"contacts-0-id": "a-line", "help_lines": "a-line"})
    batch = use(editor, door(editor.get(screen("facts", "")).content.decode(), "Replace by a-line"))
    told = publish_all(publisher, batch)
    assert "Published" in told, told.partition("messagelist")[2][:900] + listed(told)
    assert "{{ phone a-line }}" in body("types/threats", "zh-hans")
    assert live_site()[""].prose["ms"].labels == {"a-line": "The line"}


def test_a_colleagues_draft_that_is_still_being_written_is_left_alone(editor, publisher):
    take_away(editor)
    address = door(editor.get(screen("facts", "")).content.decode(), "Replace by another")
    batch = use(publisher, address, by="other")
    assert batch.drafts.count() == 13 and {one.author.username for one in batch.drafts.all()} == {"aminah"}


def test_a_translator_changes_her_own_language_only(live):
    kavi = logged_in(None, make_staff("kavi", "Translator", languages=["ta"]))
    batch = use(kavi, "/staff/find/record/?kind=contacts&record=line&path=", by="other")
    assert set(batch.drafts.values_list("part", flat=True)) == {"ta"}
    assert kavi.get("/staff/find/record/?kind=nothing&record=line").status_code == 404


def test_a_batch_that_names_what_is_not_there_says_where(editor, publisher):
    use(editor, "/staff/find/replace/?old=line&new=lime&everything=on&texts=en&section=")
    batch = Batch.objects.get()
    said = listed(publisher.get(f"/staff/batches/{batch.pk}/").content.decode())
    assert "Contact lime is not there, and 3 pages name it:" in said
    assert all(f'href="/staff/drafts/{one.pk}/"' in said for one in batch.drafts.exclude(page__path=""))
