"""The first page: work to do, honest about what nobody has looked at, and what became of her drafts."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from tests.folders import Folder
from tests.staff import logged_in, make_staff
from tests.toolkit.test_editing import PAGE, live, publish, screen, write
from tests.toolkit.test_remarks import html_of, people, sent  # noqa: F401
from toolkit.files import sync
from toolkit.models import Draft, Remark, Revision
from toolkit.texts.languages import TRANSLATIONS

ALL_WELL = "Everything is checked and current"


def test_nothing_is_called_checked_while_a_language_has_texts_that_nobody_has_compared(people):  # noqa: F811
    html = html_of(people["kavitha"], "/staff/")
    assert ALL_WELL not in html and "Not compared with the English by anyone" in html
    for language in TRANSLATIONS:
        assert re.search(rf'href="/staff/compare/{language}/"><span lang="{language}">[^<]+</span>: 4 texts', html)


def test_everything_is_well_only_when_all_of_it_is(folder: Folder, plain_static):
    for file in folder.root.rglob("*.md"):
        file.write_text(file.read_text().replace("review: unreviewed", "review: reviewed"))
    for file in folder.root.rglob("page.toml"):
        file.write_text(re.sub(r"checked = \S+", f"checked = {timezone.localdate()}", file.read_text()))
    sync.import_files(folder.root)
    kavitha = logged_in(None, make_staff("kavitha", "Translator", languages=["ta"]))
    assert ALL_WELL in html_of(kavitha, "/staff/")
    mei = logged_in(None, make_staff("mei", "Editor"))
    write(mei, "ms", action="review", summary="Ringkasan.")
    assert ALL_WELL not in html_of(kavitha, "/staff/")


def test_comparing_begins_with_the_most_pressing_page_and_ends_as_a_draft_with_her_name(people):  # noqa: F811
    rows = re.findall(r'href="(/staff/pages/[^"]+/ta/remarks/)"', html_of(people["kavitha"], "/staff/compare/ta/"))
    assert rows[0] == "/staff/pages/-/ta/remarks/" and len(rows) == 4
    html = html_of(people["kavitha"], f"/staff/pages/{PAGE}/ta/remarks/")
    read = {name: re.search(rf'name="{name}" value="(\w+)"', html)[1] for name in ("read", "english")}
    before = live("ta")
    people["kavitha"].post(f"/staff/pages/{PAGE}/ta/compared/", read)
    draft = Draft.objects.get()
    assert draft.state == Draft.REVIEW and "review: reviewed" in draft.text
    assert draft.text.partition("review: ")[2].partition("\n")[2] == before.partition("review: ")[2].partition("\n")[2]
    publish(people["aminah"], draft)
    assert len(re.findall(r"/ta/remarks/", html_of(people["kavitha"], "/staff/compare/ta/"))) == 3
    assert str(Revision.objects.filter(part="ta", page__path=PAGE).first().writer) == "kavitha"


def test_nobody_vouches_for_a_text_that_she_has_not_seen_or_may_not_write(people):  # noqa: F811
    address = f"/staff/pages/{PAGE}/ta/compared/"
    answer = people["kavitha"].post(address, {"read": "0" * 12, "english": "0" * 12}, follow=True)
    assert "has changed since you opened it" in answer.content.decode() and not Draft.objects.exists()
    other = logged_in(None, make_staff("siti", "Translator", languages=["ms"]))
    assert other.post(address).status_code == 403
    assert people["kavitha"].get(address).status_code == 404


def test_her_draft_that_a_colleague_published_is_news_until_she_has_seen_it(people):  # noqa: F811
    draft = sent(people["kavitha"])
    publish(people["aminah"], draft)
    html = html_of(people["kavitha"], "/staff/")
    assert "What became of your drafts" in html and "Published by aminah" in html
    assert "What became" not in html_of(people["aminah"], "/staff/")
    assert "Published by aminah on" in html_of(people["kavitha"], f"/staff/drafts/{draft.pk}/")
    assert "What became" not in html_of(people["kavitha"], "/staff/")


@pytest.mark.parametrize(("action", "says"), [("back", "Sent back to you by aminah"), ("aside", "Discarded by aminah")])
def test_she_is_told_who_sent_her_draft_back_or_discarded_it_and_can_put_that_away(people, action, says):  # noqa: F811
    draft = sent(people["kavitha"])
    people["aminah"].post(f"/staff/drafts/{draft.pk}/", {"action": action, "remark": "Look again."})
    assert says in html_of(people["kavitha"], "/staff/")
    people["mei"].post(f"/staff/drafts/{draft.pk}/", {"action": "known"})
    assert says in html_of(people["kavitha"], "/staff/")
    people["kavitha"].post(f"/staff/drafts/{draft.pk}/", {"action": "known"})
    assert says not in html_of(people["kavitha"], "/staff/")
    assert Remark.objects.count() == (action == "back")


def test_she_is_told_when_another_version_was_published_in_place_of_hers(people):  # noqa: F811
    draft = sent(people["kavitha"])
    people["aminah"].post(f"/staff/drafts/{draft.pk}/", {"action": "mine"})
    write(people["aminah"], "ta", action="publish", summary="திருத்தம்.")
    publish(people["aminah"], Draft.objects.get(author__username="aminah"))
    html = html_of(people["kavitha"], "/staff/")
    assert "aminah: published another version of this text. Yours is kept." in html
    assert "Sent back" not in html
    people["kavitha"].get(screen("ta"))
    assert "What became" not in html_of(people["kavitha"], "/staff/")


def test_a_draft_that_waits_asks_an_editor_to_read_it(people):  # noqa: F811
    draft = sent(people["kavitha"])
    assert "Waits for a colleague to read it" in html_of(people["mei"], "/staff/")
    people["mei"].post(f"/staff/drafts/{draft.pk}/", {"action": "right", "version": draft.version})
    assert "Waits for a colleague" not in html_of(people["mei"], "/staff/")
    assert "mei has read it" in html_of(people["aminah"], "/staff/")
    assert User.objects.get(username="mei").reviewed_drafts.get() == draft
