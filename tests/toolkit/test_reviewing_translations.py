"""Whoever reviews a translation sees the English, what changed in it, and what the author ticked."""

from __future__ import annotations

import pytest

from tests.staff import logged_in, make_staff
from toolkit.drafting import drafts
from toolkit.files import sync
from toolkit.judging import Change
from toolkit.live import live_site, live_text, publish
from toolkit.models import Draft, Page
from toolkit.texts.canonical import digest
from toolkit.texts.page import read_part

pytestmark = pytest.mark.usefixtures("plain_static")
PAGE = "types/outing"
TODAY = "It is what someone does."


@pytest.fixture
def live(folder):
    sync.import_files(folder.root)
    return folder


def change_english(old: str = "What it is.", new: str = TODAY) -> None:
    before = live_text(live_site(), PAGE, "en") or ""
    publish([Change.of(PAGE, "en", read_part("en", before.replace(old, new)), digest(before))], origin="staff")


def drafted(body: str | None = None, *, follows_today: bool = True, review: str = "unreviewed") -> Draft:
    """Of the Tamil: with other words or the same, saying that it follows today's English or not."""
    text = live_text(live_site(), PAGE, "ta") or ""
    base, pinned = digest(text), live_site()[PAGE].prose["ta"].translated_from
    today = live_site()[PAGE].source_digest
    if follows_today:
        text = text.replace(pinned, today)
    text = text.replace("review: unreviewed", f"review: {review}")
    text = text.replace("What it is.", body) if body else text
    author = make_staff("Kavitha", "Translator", languages=["ta"])
    page = Page.objects.get(path=PAGE)
    draft = drafts.save(author, page, "ta", {}, text, version=0, base=base, follows=today)
    drafts.ask_for_review(draft)
    return draft


def review_of(draft: Draft) -> str:
    html = logged_in(None, make_staff("Aminah", "Publisher")).get(f"/staff/drafts/{draft.pk}/").content.decode()
    return html.partition('<section id="beside">')[2].partition("</section>")[0]


def test_the_review_shows_the_english_and_its_change_since_the_translation_on_the_site(live):
    change_english()
    shown = review_of(drafted("யாரோ செய்வது."))
    assert "What changed in the English since the translation on the site" in shown
    assert "<ins>" in shown and "<del>" in shown and "Do this first" in shown
    assert "it follows today's English" in shown and "No native speaker has compared it" in shown
    assert "translated nothing" not in shown


def test_following_todays_english_with_nothing_translated_is_warned_of(live):
    change_english()
    assert "but has translated nothing" in review_of(drafted())


def test_a_translation_that_does_not_say_so_is_said_to_be_older(live):
    change_english()
    shown = review_of(drafted("யாரோ செய்வது.", follows_today=False))
    assert "does not say that it follows" in shown and "translated nothing" not in shown


def test_that_a_native_speaker_has_compared_it_is_shown_as_the_authors_word(live):
    shown = review_of(drafted("யாரோ செய்வது.", review="reviewed"))
    assert "The author says: a native speaker has compared it" in shown
    assert "What changed in the English" not in shown


def test_a_text_that_is_english_still_is_said_to_be(live):
    shown = review_of(drafted())
    assert "The text is still the English one" in shown


def test_a_change_of_the_english_after_the_draft_was_written_is_shown_too(live):
    draft = drafted("யாரோ செய்வது.")
    change_english(new="The English of an hour ago.")
    shown = review_of(draft)
    assert "The English has changed again since this draft was written" in shown
    assert "an hour ago" in shown and "does not say that it follows" in shown


def test_english_and_facts_have_nothing_beside_them(live):
    page, editor = Page.objects.get(path=PAGE), make_staff("Mei", "Editor")
    text = live_text(live_site(), PAGE, "en") or ""
    draft = drafts.save(
        editor, page, "en", {}, text.replace("What it is.", TODAY), version=0, base=digest(text), follows=""
    )
    assert review_of(draft) == ""
