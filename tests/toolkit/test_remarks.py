"""What colleagues say of a sentence: kept for ever, answered, settled, and never erased by whatever comes next."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.folders import Folder
from tests.staff import logged_in, make_staff
from tests.toolkit.test_editing import PAGE, live, publish, screen, write
from toolkit.files import sync
from toolkit.models import Draft, OutsideReader, Page, Remark, Revision
from toolkit.texts.canonical import digest
from toolkit.texts.languages import PARTS

READING = f"/staff/pages/{PAGE}/ta/remarks/"
HISTORY = f"/staff/pages/{PAGE}/ta/history/"


@pytest.fixture
def people(folder: Folder, plain_static) -> dict[str, Client]:
    sync.import_files(folder.root)
    return {
        "kavitha": logged_in(None, make_staff("kavitha", "Translator", languages=["ta"])),
        "mei": logged_in(None, make_staff("mei", "Editor")),
        "aminah": logged_in(None, make_staff("aminah", "Publisher")),
    }


def sentences(html: str) -> list[str]:
    """The sentences that a page of remarks offers, in order, as a browser would post them."""
    found = re.findall(r'name="sentence" value="([^"]*)"', html) or re.findall(r'<option value="([^"]+)">', html)
    return [unescape(one) for one in found if one]


def html_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def said(**remark: Any) -> Remark:
    return Remark.objects.create(page=Page.objects.get(path=PAGE), part="ta", digest=digest(live("ta")), **remark)


def sent(kavitha: Client, body: str = "தமிழ் உரை.\n\n## Do this first {#do-first}\n\n{{ contact line }}\n") -> Draft:
    write(kavitha, "ta", action="review", body=body)
    return Draft.objects.get(author__username="kavitha", state=Draft.REVIEW)


@pytest.mark.parametrize("part", PARTS)
def test_every_text_can_be_read_sentence_by_sentence_and_remarked_on_without_script(people, part):
    address = f"/staff/pages/-/{part}/remarks/"
    html = html_of(people["kavitha"], address)
    choice = sentences(html)[0]
    read = re.search(r'name="read" value="(\w+)"', html)[1]
    answer = people["kavitha"].post(address, {"words": "Is this so?", "sentence": choice, "read": read}, follow=True)
    one = Remark.objects.get()
    assert (one.by, one.sentence, one.part, one.digest) == ("kavitha", choice, part, digest(live(part, "")))
    assert "Is this so?" in answer.content.decode() and "Is this so?" in html_of(people["mei"], address)


def test_a_translation_stands_beside_its_english(people):
    html = html_of(people["kavitha"], READING)
    assert '<p lang="ta">ta types/outing</p><p class="quiet" lang="en">Page types/outing</p>' in html


def test_a_reviewers_remark_outlives_the_next_sending_and_its_author_can_answer_it(people):
    draft = sent(people["kavitha"])
    people["aminah"].post(f"/staff/drafts/{draft.pk}/", {"action": "back", "remark": "Name the office."})
    one = Remark.objects.get()
    html = html_of(people["kavitha"], screen("ta"))
    assert "Name the office." in html and "aminah" in html
    people["kavitha"].post(f"/staff/remarks/{one.pk}/", {"action": "answer", "words": "Which of the two?"})
    write(people["kavitha"], "ta", action="review", summary="வேறு.")
    html = html_of(people["aminah"], f"/staff/drafts/{draft.pk}/")
    assert html.index("Name the office.") < html.index("Which of the two?") and "kavitha" in html
    publish(people["aminah"], draft)
    html = html_of(people["mei"], HISTORY)
    assert "Name the office." in html and "Which of the two?" in html


def test_a_remark_on_a_draft_says_when_its_sentence_has_gone(people):
    draft = sent(people["kavitha"])
    page = f"/staff/drafts/{draft.pk}/"
    choice = next(one for one in sentences(html_of(people["mei"], page)) if "தமிழ் உரை" in one)
    people["mei"].post(f"{page}remarks/", {"words": "Too formal.", "sentence": choice})
    assert Remark.objects.get().draft == draft
    assert "not in the text any more" not in html_of(people["mei"], page)
    write(
        people["kavitha"],
        "ta",
        action="review",
        body="எளிய உரை.\n\n## Do this first {#do-first}\n\n{{ contact line }}\n",
    )
    assert "not in the text any more" in html_of(people["mei"], page)


def test_what_was_said_on_a_draft_stands_with_the_text_once_it_is_published(people):
    draft = sent(people["kavitha"])
    people["mei"].post(f"/staff/drafts/{draft.pk}/remarks/", {"words": "Too formal."})
    assert "Too formal." not in html_of(people["mei"], READING) and "Too formal." in html_of(people["mei"], HISTORY)
    publish(people["aminah"], draft)
    assert "Too formal." in html_of(people["mei"], READING)
    people["kavitha"].post(f"/staff/remarks/{Remark.objects.get().pk}/", {"action": "answer", "words": "I will see."})
    html = html_of(people["mei"], screen("ta"))
    assert "Too formal." in html and "I will see." in html


def test_a_settled_remark_stays_and_can_be_opened_again(people):
    one = said(author=user("mei"), words="Odd word.")
    assert "Odd word." in html_of(people["kavitha"], screen("ta"))
    people["kavitha"].post(f"/staff/remarks/{one.pk}/", {"action": "settle"})
    assert "Odd word." not in html_of(people["kavitha"], screen("ta"))
    html = html_of(people["mei"], HISTORY)
    assert "Odd word." in html and "Settled" in html and "by kavitha" in html
    people["kavitha"].post(f"/staff/remarks/{one.pk}/", {"action": "open"})
    assert "Odd word." in html_of(people["kavitha"], screen("ta"))


def test_only_those_who_work_on_a_text_settle_what_was_said_of_it(people):
    other = logged_in(None, make_staff("siti", "Translator", languages=["ms"]))
    one = said(author=user("mei"), words="Odd word.")
    assert other.post(f"/staff/remarks/{one.pk}/", {"action": "settle"}).status_code == 403
    assert other.post(f"/staff/remarks/{one.pk}/", {"action": "answer", "words": "I agree."}).status_code == 302
    assert Remark.objects.filter(answers=one, author=user("siti")).exists()
    one.refresh_from_db()
    assert one.settled is None


def test_an_outside_readers_words_are_named_as_hers(people):
    lawyer = OutsideReader.objects.create(name="Puan Salmah", asked_by=user("aminah"), expires="2030-01-01T00:00Z")
    said(reader=lawyer, sentence="What it is.", verdict=Remark.BETTER, wording="இது.")
    said(reader=lawyer, sentence="Summary in ta.", verdict=Remark.RIGHT)
    html = html_of(people["mei"], HISTORY)
    assert "Puan Salmah" in html and "outside reader" in html and "இது." in html
    html = html_of(people["kavitha"], "/staff/remarks/?whose=mine")
    assert "Better like this" in html and "Summary in ta." not in html
    assert "1 of them from an outside reader" in html_of(people["kavitha"], "/staff/")


@pytest.mark.parametrize("words", ["", "   ", "x" * 2001])
def test_a_remark_without_words_or_too_long_is_not_kept(people, words):
    answer = people["mei"].post(READING, {"words": words}, follow=True)
    assert "1 to 2,000 characters" in answer.content.decode() and not Remark.objects.exists()


def test_what_is_typed_in_a_remark_is_shown_as_typed(people):
    people["mei"].post(
        READING, {"words": '<script>alert(1)</script> "so" & so', "next": "https://elsewhere.example.org/"}
    )
    html = html_of(people["mei"], READING)
    assert "<script>alert" not in html and "&lt;script&gt;alert(1)" in html


def test_a_version_names_its_writer_its_reader_and_its_publisher(people):
    draft = sent(people["kavitha"])
    page = f"/staff/drafts/{draft.pk}/"
    assert "I have read this and it is right" not in html_of(people["kavitha"], page)
    people["mei"].post(page, {"action": "right", "version": draft.version})
    assert "mei has read it: it is right" in html_of(people["aminah"], page)
    publish(people["aminah"], draft)
    version = Revision.objects.filter(part="ta", page__path=PAGE).first()
    assert [str(one) for one in (version.writer, version.reviewer, version.author)] == ["kavitha", "mei", "aminah"]
    html = re.sub(r"<[^>]+>", "", html_of(people["mei"], HISTORY))
    assert "written by kavitha" in html and "read by mei" in html and "published by aminah" in html


def test_a_change_takes_the_readers_word_away_and_an_old_page_cannot_give_it(people):
    draft = sent(people["kavitha"])
    page, seen = f"/staff/drafts/{draft.pk}/", draft.version
    people["mei"].post(page, {"action": "right", "version": seen})
    write(people["kavitha"], "ta", action="review", summary="வேறு.")
    draft.refresh_from_db()
    assert draft.reviewer is None
    answer = people["mei"].post(page, {"action": "right", "version": seen}, follow=True)
    assert "has changed since you opened it" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.reviewer is None


def test_a_publisher_who_publishes_a_colleagues_draft_has_read_it_and_her_own_nobody_has(people):
    publish(people["aminah"], sent(people["kavitha"]))
    write(people["aminah"], "ms", action="review", summary="Ringkasan.")
    publish(people["aminah"], Draft.objects.get(part="ms"))
    tamil, malay = (Revision.objects.filter(part=part, page__path=PAGE).first() for part in ("ta", "ms"))
    assert (str(tamil.reviewer), malay.reviewer) == ("aminah", None)
    assert "nobody else" in html_of(people["mei"], f"/staff/pages/{PAGE}/ms/history/")


def test_a_version_brought_back_is_still_of_who_wrote_it(people):
    publish(people["aminah"], sent(people["kavitha"]))
    old = Revision.objects.filter(part="ta", page__path=PAGE).first()
    write(people["mei"], "ta", action="review", summary="வேறு.")
    publish(people["aminah"], Draft.objects.get(author=user("mei")))
    people["aminah"].post(f"/staff/history/{old.pk}/")
    newest = Revision.objects.filter(part="ta", page__path=PAGE).first()
    assert newest.origin == "restored" and (str(newest.writer), str(newest.author)) == ("kavitha", "aminah")


def user(name: str) -> User:
    return User.objects.get(username=name)
