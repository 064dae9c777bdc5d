from __future__ import annotations

import pytest
from django.urls import reverse

from tests.staff import logged_in, make_staff
from toolkit import models
from toolkit.files import sync
from toolkit.judging import Change
from toolkit.live import live_site
from toolkit.live import live_text as text_in
from toolkit.live import publish as make_live
from toolkit.models import AuditEntry, Draft, Event, Revision
from toolkit.texts.canonical import digest
from toolkit.texts.languages import PARTS
from toolkit.texts.page import read_part

PAGE = "types/outing"


@pytest.fixture
def live(folder, plain_static):
    """The small guide, published."""
    sync.import_files(folder.root)
    return folder


def page_of(path: str = PAGE) -> models.Page:
    return models.Page.objects.get(path=path)


def live_text(part: str, path: str = PAGE) -> str:
    return text_in(live_site(), path, part) or ""


def publish(part: str, old: str, new: str, *, path: str = PAGE, author=None, **more) -> Revision:
    before = live_text(part, path)
    assert old in before
    value = read_part(part, before.replace(old, new))
    done = make_live([Change.of(path, part, value, digest(before), **more)], origin="staff", author=author)
    return done.revisions[path, part]


def history_address(part: str) -> str:
    return reverse("admin:history", args=[page_of().path, part])


def revision_address(revision: Revision) -> str:
    return reverse("admin:revision", args=[revision.pk])


def test_the_history_names_who_when_and_why_with_the_newest_first(live):
    author = make_staff("Mei", "Publisher")
    publish("ta", "What it is.", "Changed once.", author=author, reason="clearer", note="We changed this.")
    client = logged_in(None, make_staff("Siti", "Translator", languages=["ms"]))
    answer = client.get(history_address("ta"))
    newest, oldest = answer.context["rows"]
    assert (newest["who"], newest["why"], newest["is_live"]) == ("Mei", "clearer", True)
    assert (oldest["who"], oldest["is_live"]) == ("From the files", False)
    html = answer.content.decode()
    assert "We changed this." in html and html.count("Readers see this one") == 1
    assert html.index("Mei") < html.index("From the files")


def test_a_files_text_that_was_not_used_is_marked(live):
    publish("ms", "What it is.", "Of the site.")
    live.file(PAGE, "ms").write_text(live.file(PAGE, "ms").read_text().replace("What it is.", "Of the files."))
    sync.import_files(live.root)
    client = logged_in(None, make_staff("Mei", "Publisher"))
    answer = client.get(history_address("ms"))
    assert [row["revision"].was_live for row in answer.context["rows"]] == [False, True, True]
    assert [row["is_live"] for row in answer.context["rows"]] == [False, True, False]
    assert answer.content.decode().count("From the files, not used") == 1
    held = Revision.objects.filter(was_live=False).get()
    shown = client.get(revision_address(held))
    state = models.UnitState.objects.exclude(hold="").get()
    assert reverse("admin:decide", args=[state.page.path, state.part]) in shown.content.decode()
    client.post(revision_address(held))
    assert "Of the site." in live_text("ms")


def test_drafts_that_are_open_or_set_aside_are_in_the_history_and_can_be_opened(live):
    author, other = make_staff("Mei", "Editor"), make_staff("Ana", "Editor")
    opened = Draft.objects.create(page=page_of(), part="ta", author=author, text="x")
    aside = Draft.objects.create(page=page_of(), part="ta", author=other, state=Draft.SET_ASIDE)
    Draft.objects.create(page=page_of(), part="ms", author=other)
    answer = logged_in(None, other).get(history_address("ta"))
    assert set(answer.context["drafts"]) == {opened, aside}
    for draft in (opened, aside):
        assert reverse("admin:draft", args=[draft.pk]) in answer.content.decode()


def test_a_version_is_compared_with_the_one_before_it_or_with_the_live_text(live):
    publish("en", "What it is.", "Second words.")
    second = Revision.objects.first()
    publish("en", "Second words.", "Third words.")
    client = logged_in(None, make_staff("Siti", "Translator", languages=["ms"]))
    html = client.get(revision_address(second)).content.decode()
    assert "What it is" in html.partition("<main")[2].split("<details")[0] and "Third" not in html
    html = client.get(revision_address(second) + "?with=live").content.decode()
    assert "Third" in html and "Second" in html and "What it is" not in html
    first = Revision.objects.filter(page=page_of(), part="en").last()
    assert "The first version" in client.get(revision_address(first)).content.decode()


def test_facts_are_compared_in_words_and_never_in_toml(live):
    publish("facts", 'hours = "24/7"', 'hours = "Mo-Fr 09:00-17:00"', path="")
    client = logged_in(None, make_staff("Mei", "Publisher"))
    html = client.get(revision_address(Revision.objects.first())).content.decode()
    assert "Contact line · Opening hours: " in html and "Monday to Friday, 09:00–17:00" in html
    assert "[[contacts]]" not in html and "hours =" not in html


def test_the_english_text_that_a_translation_follows_is_never_shown_by_its_digest(live):
    client = logged_in(None, make_staff("Mei", "Publisher"))
    revision = Revision.objects.filter(page=page_of(), part="ta").get()
    html = client.get(revision_address(revision)).content.decode()
    assert digest(live_text("en")) not in html and "translated_from" not in html


def test_a_publisher_restores_a_version_which_becomes_a_new_one(live):
    first = Revision.objects.filter(page=page_of(), part="en").get()
    publish("en", "What it is.", "Worse words.")
    client = logged_in(None, make_staff("Mei", "Publisher"))
    answer = client.post(revision_address(first), follow=True)
    assert live_text("en") == first.text
    assert Revision.objects.filter(page=page_of(), part="en").count() == 3
    newest = answer.context["rows"][0]
    assert (newest["who"], newest["is_live"]) == ("Mei", True) and newest["why"].startswith("The version of")
    assert AuditEntry.objects.filter(who="Mei", event=Event.RESTORED).count() == 1


@pytest.mark.parametrize("role", ["Translator", "Editor", "Administrator"])
def test_only_a_publisher_restores(live, role):
    first = Revision.objects.filter(page=page_of(), part="ms").get()
    publish("ms", "What it is.", "Newer words.")
    client = logged_in(None, make_staff("Siti", role, languages=["ms"]))
    assert "Restore this version" not in client.get(revision_address(first)).content.decode()
    assert client.post(revision_address(first)).status_code == 403
    assert "Newer words." in live_text("ms")


def test_a_version_that_no_longer_fits_is_not_restored_and_the_reason_is_said(live):
    first = Revision.objects.filter(page=page_of(), part="en").get()
    # The line goes from the guide, so that the first version names a contact that is gone.
    changes = []
    for (path, part), before in {(path, part): live_text(part, path) for path in live_site() for part in PARTS}.items():
        after = (
            before.partition("help_lines")[0].partition("[[sources]]")[0] if (path, part) == ("", "facts") else before
        )
        for words in ("{{ contact line }}", "{{ phone line }}", "label.line: The line\n"):
            after = after.replace(words, "" if words.endswith("\n") else "nobody")
        if after != before:
            changes.append(Change.of(path, part, read_part(part, after), digest(before)))
    make_live(changes, origin="staff")
    count = Revision.objects.count()
    answer = logged_in(None, make_staff("Mei", "Publisher")).post(revision_address(first))
    assert answer.status_code == 422 and "Contact line is not there, and 1 page names it:" in answer.content.decode()
    assert Revision.objects.count() == count and "nobody" in live_text("en")


def test_the_live_version_offers_no_restoring(live):
    client = logged_in(None, make_staff("Mei", "Publisher"))
    revision = Revision.objects.filter(page=page_of(), part="en").get()
    assert "Restore this version" not in client.get(revision_address(revision)).content.decode()
    client.post(revision_address(revision))
    assert Revision.objects.filter(page=page_of(), part="en").count() == 1


def test_nobody_enters_the_history_without_logging_in(live, client):
    assert client.get(history_address("en")).status_code == 302
    assert client.post(revision_address(Revision.objects.first())).status_code == 302


def test_an_unknown_part_has_no_history(live):
    client = logged_in(None, make_staff("Mei", "Publisher"))
    assert client.get(f"/staff/pages/{page_of().path}/fr/history/").status_code == 404
