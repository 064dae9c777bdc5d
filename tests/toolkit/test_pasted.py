"""What is typed on other keyboards, or pasted, or far too long, as the rooms take it."""

from __future__ import annotations

import time

import pytest

from tests.folders import Folder
from tests.toolkit.test_editing import screen, staff, write
from toolkit.files import sync
from toolkit.models import Draft


@pytest.fixture
def rooms(folder: Folder, staff_static) -> None:
    sync.import_files(folder.root)


def test_what_a_keyboard_or_a_paste_does_is_put_right_when_a_draft_is_saved(rooms):
    body = "＃＃ Do this first｛#do-first｝\n\n１．Breathe.\u200b\n\n｛｛ contact line ｝｝\n"
    client = staff("mei", "Editor")
    write(client, body=body, title="\ufeffPage\u00a0one")
    draft = Draft.objects.get()
    assert draft.text.endswith("---\n## Do this first {#do-first}\n\n1. Breathe.\n\n{{ contact line }}\n")
    assert "\ntitle: Page one\n" in draft.text
    assert "１．" not in client.get(screen()).content.decode()


def test_what_cannot_be_seen_is_taken_out_of_facts_too(rooms):
    client = staff("mei", "Editor")
    write(client, "facts", "", **{"contacts-0-name": "A\u200b Line\u2060"})
    assert 'name = "A Line"' in Draft.objects.get().text


@pytest.mark.parametrize("body", ["## a" + " " * 1200 + "b\n", "](" * 1600, "[" * 3000 + "]" * 3000, "word " * 20_000])
def test_a_draft_that_holds_anything_is_kept_and_its_screen_opens_soon(rooms, body):
    client = staff("mei", "Editor")
    began = time.thread_time()
    write(client, body=body)
    answer = client.get(screen())
    assert time.thread_time() - began < 4
    assert answer.status_code == 200
    assert Draft.objects.get().typed["body"] == [body.rstrip("\n")] or Draft.objects.get().typed["body"] == [body]


def test_a_number_of_5_000_digits_in_a_form_is_no_number(rooms):
    client = staff("mei", "Editor")
    for name in ("contacts-number", "contacts-0-place", "version", "position", "sources-number"):
        assert write(client, "facts", "", **{name: "9" * 5000}).status_code < 500
        assert client.get(screen("facts", "")).status_code == 200
