"""A draft that a Publisher has set for a day goes live on it by itself, or says why it did not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils.timezone import localdate

from tests.folders import Folder
from tests.staff import logged_in, make_staff
from tests.toolkit.test_drafts import PAGE, begin, live, words
from toolkit.drafting import drafts, publishing, scheduled
from toolkit.files import sync
from toolkit.live import live_site
from toolkit.models import AuditEntry, Draft, Event, Revision, UnitState
from toolkit.texts.languages import SOURCE, TRANSLATIONS
from toolkit.texts.page import TranslationState


@pytest.fixture
def staff(folder: Folder, plain_static):
    sync.import_files(folder.root)
    return {name: make_staff(name, role) for name, role in (("aminah", "Publisher"), ("mei", "Editor"))}


# Not tomorrow: a run of the tests may pass midnight.
THE_DAY, THE_DAY_AFTER = localdate() + timedelta(days=2), localdate() + timedelta(days=3)


def waiting(staff, part: str = SOURCE, says: str = "From tomorrow.") -> Draft:
    draft = begin(staff["mei"], part, change=words(says))
    drafts.ask_for_review(draft)
    return draft


def set_by_hand(client, draft: Draft, **said: str):
    posted = {"action": "on-day", "size": "minor", "reason": "The law starts", "version": str(draft.version)} | said
    return client.post(reverse("admin:draft", args=[draft.pk]), posted, follow=True)


@pytest.mark.django_db
def test_a_draft_goes_live_on_its_day_and_not_before_once_and_in_the_name_of_whoever_set_it(staff):
    draft = waiting(staff)
    scheduled.set_for(draft, staff["aminah"], THE_DAY, reason="The law starts", note="A new law.")
    assert scheduled.publish_due() == []
    assert "From tomorrow." not in live()
    assert scheduled.publish_due(THE_DAY) == [draft]
    assert "From tomorrow." in live()
    assert scheduled.publish_due(THE_DAY) == scheduled.publish_due(THE_DAY_AFTER) == []
    version = Revision.objects.get(note="A new law.")
    assert (version.author, version.writer, version.reason) == (staff["aminah"], staff["mei"], "The law starts")


@pytest.mark.django_db
def test_a_process_that_was_not_there_at_midnight_makes_up_for_it(staff):
    scheduled.set_for(waiting(staff), staff["aminah"], THE_DAY, reason="any", is_minor=True)
    assert len(scheduled.publish_due(THE_DAY + timedelta(days=9))) == 1
    assert "From tomorrow." in live()


@pytest.mark.django_db
def test_the_texts_of_a_page_that_are_set_for_one_day_go_live_together_and_follow_each_other(staff):
    english = waiting(staff)
    for language in TRANSLATIONS:
        draft = waiting(staff, language, f"In {language}.")
        scheduled.set_for(draft, staff["aminah"], THE_DAY, reason="any", is_minor=True)
    scheduled.set_for(english, staff["aminah"], THE_DAY, reason="The law starts", note="A new law.")
    assert len(scheduled.publish_due(THE_DAY)) == 4
    page = live_site()[PAGE]
    assert all(f"In {one}." in live(one) for one in TRANSLATIONS)
    assert {page.state(one) for one in TRANSLATIONS} <= {TranslationState.CURRENT, TranslationState.UNREVIEWED}


@pytest.mark.django_db
def test_whoever_changes_a_draft_takes_its_day_away(staff):
    draft = waiting(staff)
    scheduled.set_for(draft, staff["aminah"], THE_DAY, reason="any", is_minor=True)
    drafts.save(
        staff["mei"], draft.page, SOURCE, draft.typed | {"title": ["Another"]}, draft.text.replace("title: ", "title: A"),
        version=draft.version, base=draft.base, follows=draft.follows,
    )  # fmt: skip
    draft.refresh_from_db()
    assert (draft.goes_live, draft.set_by, draft.state) == (None, None, Draft.WRITING)
    assert scheduled.publish_due(THE_DAY) == []


def overtaken(staff, draft):
    other = begin(staff["aminah"], change=words("Published meanwhile."))
    publishing.publish(other, staff["aminah"], reason="any", is_minor=True)


def in_conflict(staff, draft):
    UnitState.objects.filter(page=draft.page, part=SOURCE).update(hold="conflict", held="another")


def without_a_publisher(staff, draft):
    staff["aminah"].is_active = False
    staff["aminah"].save()


def not_fit(staff, draft):
    text = draft.text + "\n{{ contact nobody-at-all }}\n"
    Draft.objects.filter(pk=draft.pk).update(text=text)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("happens", "why"),
    [
        (overtaken, scheduled.OVERTAKEN),
        (in_conflict, scheduled.CONFLICT),
        (without_a_publisher, scheduled.NOBODY),
        (not_fit, scheduled.NOT_FIT),
    ],
)
def test_what_is_not_fit_on_its_day_is_not_published_and_staff_are_told_why(staff, happens, why):
    draft = waiting(staff)
    scheduled.set_for(draft, staff["aminah"], THE_DAY, reason="any", is_minor=True)
    happens(staff, draft)
    before = live()
    scheduled.publish_due(THE_DAY)
    draft.refresh_from_db()
    assert (live(), draft.refused, draft.state) == (before, why, Draft.REVIEW)
    assert AuditEntry.objects.filter(event=Event.NOT_PUBLISHED).count() == 1
    # Nor later, by itself, when nobody expects it.
    UnitState.objects.update(hold="")
    scheduled.publish_due(THE_DAY_AFTER)
    assert live() == before
    desk = logged_in(None, make_staff("hana", "Publisher"))
    for room in ("index", "due"):
        page = desk.get(reverse(f"admin:{room}")).content.decode()
        assert "Did not go live on" in page


@pytest.mark.django_db
def test_a_publisher_sets_the_day_beside_publish_and_takes_it_away(staff):
    draft, desk = waiting(staff), logged_in(None, staff["aminah"])
    page = set_by_hand(desk, draft, day=str(THE_DAY)).content.decode()
    assert "Set: readers see it from" in page
    assert "Goes live on" in page
    for room in ("due", "draft"):
        there = reverse(f"admin:{room}", args=[draft.pk] if room == "draft" else [])
        assert "Goes live on" in desk.get(there).content.decode()
    page = desk.post(reverse("admin:draft", args=[draft.pk]), {"action": "no-day"}, follow=True).content.decode()
    assert "The day is taken away" in page
    assert scheduled.publish_due(THE_DAY) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"day": str(localdate())}, "This day has come already"),
        ({"day": "2020-01-01"}, "This day has come already"),
        ({"day": "2099-01-01"}, "more than three years away"),
        ({"day": ""}, "Give the day."),
        ({"day": str(THE_DAY), "action": "publish"}, "A day is given"),
        ({"day": str(THE_DAY), "reason": ""}, "This field is required"),
    ],
)
def test_a_day_that_has_come_is_refused_with_a_clear_word(staff, said, told):
    draft = waiting(staff)
    assert told in set_by_hand(logged_in(None, staff["aminah"]), draft, **said).content.decode()
    draft.refresh_from_db()
    assert draft.goes_live is None


@pytest.mark.django_db
def test_only_a_publisher_sets_or_takes_away_a_day(staff):
    draft, editor = waiting(staff), logged_in(None, staff["mei"])
    assert set_by_hand(editor, draft, day=str(THE_DAY)).status_code == 403
    scheduled.set_for(draft, staff["aminah"], THE_DAY, reason="any", is_minor=True)
    assert editor.post(reverse("admin:draft", args=[draft.pk]), {"action": "no-day"}).status_code == 403


@pytest.mark.django_db
def test_the_command_that_runs_with_the_site_publishes_what_is_due(staff, capsys):
    draft = waiting(staff)
    scheduled.set_for(draft, staff["aminah"], THE_DAY, reason="any", is_minor=True)
    Draft.objects.filter(pk=draft.pk).update(goes_live=localdate())
    call_command("publish_due")
    assert "types/outing/ en: published" in capsys.readouterr().out
    assert "From tomorrow." in live()
