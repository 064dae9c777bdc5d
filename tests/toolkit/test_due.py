from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from tests.staff import logged_in, make_staff
from toolkit import models, roles
from toolkit.drafting import drafts, publishing
from toolkit.files import sync
from toolkit.judging import Change
from toolkit.keeping import doubts, due
from toolkit.live import live_site, publish
from toolkit.models import AuditEntry, Cause, Doubt, Draft, Event, Link, Page, Revision
from toolkit.texts.canonical import digest
from toolkit.texts.page import write_part

pytestmark = pytest.mark.usefixtures("plain_static")

DAY = date(2026, 11, 22)  # on which everything in the small guide was checked


@pytest.fixture
def site(folder):
    sync.import_files(folder.root)
    return live_site()


@pytest.fixture
def editor(db):
    return make_staff("Aminah", roles.EDITOR)


def facts(path=""):
    return live_site()[path].facts


def aged(**days):
    """The home page's facts with other days of checking, live: ``aged(line=…, paper=…, page=…)``."""
    now = facts()
    made = replace(
        now,
        checked=days.get("page", now.checked),
        contacts=tuple(replace(one, checked=days.get("line", one.checked)) for one in now.contacts),
        sources=tuple(replace(one, checked=days.get("paper", one.checked)) for one in now.sources),
    )
    publish([Change.of("", "facts", made, digest(write_part(now)))], origin="staff")


def names(found):
    return [fact.record or fact.kind for fact in found]


def post_confirm(client, path="", kind="contacts", record="line", **more):
    return client.post(reverse("admin:due_confirm"), {"fact": f"{path} {kind} {record}", **more})


def test_nothing_is_due_on_the_day_on_which_it_was_checked(site):
    found = due.due(site, DAY)
    assert found.overdue == [] and found.soon == []


def test_a_contact_is_due_after_its_30_days_and_announced_14_days_before(site):
    assert names(due.due(site, DAY + timedelta(days=15)).soon) == []
    assert names(due.due(site, DAY + timedelta(days=16)).soon) == ["line"]
    assert names(due.due(site, DAY + timedelta(days=29)).overdue) == []
    found = due.due(site, DAY + timedelta(days=30))
    assert names(found.overdue) == ["line"] and found.soon == []


def test_every_kind_of_record_has_its_interval(guide):
    kinds = {fact.kind for page in live_site().values() for fact in due.facts_of(page)}
    assert kinds | {"pictures"} == set(settings.REVIEW_DAYS)  # no page has one yet
    assert settings.REVIEW_DAYS == {
        "contacts": 30, "routes": 60, "provisions": 180, "figures": 180, "counters": 365, "pictures": 365,
        "sources": 365, "prose": 365,
    }  # fmt: skip


def test_the_worst_is_first_by_how_far_over_its_interval_it_is_in_proportion_to_it(site):
    today = DAY
    # 60 days late of 365, 30 days late of 30, 5 days late of 365.
    aged(page=today - timedelta(days=425), line=today - timedelta(days=60), paper=today - timedelta(days=370))
    found = due.due(live_site(), today, [""])
    assert names(found.overdue) == ["line", "prose", "paper"]
    assert found.overdue[0].due == today - timedelta(days=30)


def test_every_fact_of_the_guide_has_a_name_and_says_where_to_compare_it(guide):
    found = [fact for page in live_site().values() for fact in due.facts_of(page)]
    assert all(fact.name for fact in found)
    # A sentence to say at a counter is compared by ear.
    assert all(fact.addresses for fact in found if fact.kind not in ("prose", "counters"))


def test_confirming_a_record_changes_its_day_and_nothing_else(site, editor):
    today = DAY + timedelta(days=40)
    before = facts()
    fact = due.confirm("", "contacts", "line", editor, today)
    assert fact.due == today + timedelta(days=30)
    after = facts()
    assert after.contacts[0].checked == today
    assert replace(after, contacts=before.contacts) == before
    assert replace(after.contacts[0], checked=DAY) == before.contacts[0]


def test_confirming_the_words_of_a_page_leaves_its_records_as_they_were(site, editor):
    before = facts()
    due.confirm("", "prose", "", editor, DAY + timedelta(days=400))
    assert facts() == replace(before, checked=DAY + timedelta(days=400))


def test_who_confirmed_is_in_the_history_and_in_the_list_of_what_was_done(site, editor):
    due.confirm("", "contacts", "line", editor, DAY + timedelta(days=1))
    revision = Revision.objects.first()
    assert (revision.author, revision.origin, revision.cause) == (editor, "staff", Cause.CHECKED)
    entry = AuditEntry.objects.first()
    assert (entry.who, entry.event, entry.about) == ("Aminah", Event.STILL_CORRECT, "/ line")


def test_confirming_twice_on_a_day_makes_one_version(site, editor):
    today = DAY + timedelta(days=1)
    due.confirm("", "contacts", "line", editor, today)
    versions = Revision.objects.count()
    assert due.confirm("", "contacts", "line", editor, today).checked == today
    assert Revision.objects.count() == versions


@pytest.mark.parametrize(
    ("path", "kind", "record"), [("", "contacts", "gone"), ("nowhere", "prose", ""), ("", "x", "")]
)
def test_what_is_gone_cannot_be_confirmed(site, editor, path, kind, record):
    with pytest.raises(due.GoneError):
        due.confirm(path, kind, record, editor, DAY)


def interfere(monkeypatch, act, times=1):
    """``act`` happens after the live facts were read and before they are published, that many times."""
    left = [times]

    def read_and_act():
        site = live_site()
        if left[0]:
            left[0] -= 1
            act()
        return site

    monkeypatch.setattr(due, "live_site", read_and_act)


def test_two_people_who_confirm_two_facts_of_a_page_at_once_both_count(site, editor, monkeypatch):
    today = DAY + timedelta(days=31)
    colleague = make_staff("Devi", roles.EDITOR)
    interfere(monkeypatch, lambda: due.confirm("", "sources", "paper", colleague, today))
    due.confirm("", "contacts", "line", editor, today)
    assert facts().sources[0].checked == facts().contacts[0].checked == today
    who = AuditEntry.objects.filter(event=Event.STILL_CORRECT).values_list("who", flat=True)
    assert sorted(who) == ["Aminah", "Devi"]


def test_what_a_colleague_published_at_the_same_moment_is_not_undone(site, editor, monkeypatch):
    def correct_the_number():
        now = facts()
        contact = replace(now.contacts[0], name="Another Line")
        made = replace(now, contacts=(contact,))
        publish([Change.of("", "facts", made, digest(write_part(now)))], origin="staff")

    interfere(monkeypatch, correct_the_number)
    due.confirm("", "contacts", "line", editor, DAY + timedelta(days=31))
    assert facts().contacts[0].name == "Another Line"
    assert facts().contacts[0].checked == DAY + timedelta(days=31)


def test_a_draft_that_a_colleague_has_open_keeps_the_day_that_was_confirmed_meanwhile(site, editor):
    publisher = make_staff("Mei Ling", roles.PUBLISHER)
    now = facts()
    source = replace(now.sources[0], title="A better title")
    text = write_part(replace(now, sources=(source,)))
    page = Page.objects.get(path="")
    draft = drafts.save(publisher, page, "facts", {}, text, version=0, base=digest(write_part(now)), follows="")

    today = DAY + timedelta(days=31)
    due.confirm("", "contacts", "line", editor, today)
    draft.refresh_from_db()
    assert (draft.text, draft.version, draft.state) == (text, 1, Draft.WRITING)

    publishing.publish(draft, publisher)
    assert facts().contacts[0].checked == today
    assert facts().sources[0].title == "A better title"


# The room


@pytest.fixture
def late(site):
    """The contact is due, the rest is not."""
    aged(line=timezone.localdate() - timedelta(days=45))


def room(client, whose="all"):
    return client.get(reverse("admin:due"), {"whose": whose} if whose != "all" else {})


def test_the_room_shows_what_is_due_on_which_page_and_who_sees_to_it(late, editor):
    Page.objects.filter(path="").update(owner=editor, deputy=make_staff("Devi", roles.EDITOR))
    answer = room(logged_in(None, editor))
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "1 is due, the worst first" in html
    assert "A Line" in html and "03-1234 5678" in html and "https://line.example.org" in html
    assert "Page home" in html and "Aminah" in html and "deputy: Devi" in html
    assert "unit" not in re.sub(r"<[^>]*>", "", html) and "digest" not in html


def test_nobody_without_both_steps_of_the_log_in_enters(late, client):
    assert room(client).status_code == 302
    assert post_confirm(client).status_code == 302
    assert facts().contacts[0].checked < timezone.localdate()


def test_one_click_confirms_and_the_row_goes(late, editor):
    client = logged_in(None, editor)
    answer = post_confirm(client, next="/staff/due/?whose=all")
    assert answer.status_code == 302 and answer.url == "/staff/due/?whose=all"
    assert facts().contacts[0].checked == timezone.localdate()
    html = room(client).content.decode()
    assert "Checked today, still correct: A Line. It is due again on" in html
    assert "Nothing is due." in html


def test_the_day_is_that_of_malaysia_where_it_is_tomorrow_already(late, editor, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: datetime(2027, 1, 31, 20, 0, tzinfo=UTC))
    post_confirm(logged_in(None, editor))
    assert facts().contacts[0].checked == date(2027, 2, 1)


def test_after_a_click_she_is_never_sent_to_another_site(late, editor):
    answer = post_confirm(logged_in(None, editor), next="https://evil.example/")
    assert answer.url == reverse("admin:due")


def test_a_record_that_is_gone_is_told_clearly(late, editor):
    client = logged_in(None, editor)
    post_confirm(client, record="gone")
    assert "This fact is not in the guide any more. Nothing was changed." in room(client).content.decode()


@pytest.mark.parametrize("fact", ["", "types", "types/outing contacts line more"])
def test_a_click_that_names_nothing_is_a_404(late, editor, fact):
    assert logged_in(None, editor).post(reverse("admin:due_confirm"), {"fact": fact}).status_code == 404


def test_a_translator_sees_what_is_due_and_cannot_confirm_it(late):
    client = logged_in(None, make_staff("Kavitha", roles.TRANSLATOR, languages=["ta"]))
    html = room(client).content.decode()
    assert "A Line" in html and "<button" not in html.partition("<main")[2].partition("</main")[0]
    assert post_confirm(client).status_code == 403
    page = Page.objects.get(path="")
    assert client.post(reverse("admin:owner", args=[page.path]), {"owner": "nobody"}).status_code == 403
    assert client.post(reverse("admin:due_section"), {"section": "types"}).status_code == 403
    assert facts().contacts[0].checked < timezone.localdate()


def test_looking_changes_nothing(late, editor):
    client = logged_in(None, editor)
    for name in ("due_confirm", "due_section"):
        assert client.get(reverse(f"admin:{name}")).status_code == 405


def test_mine_are_the_pages_that_i_own_or_am_the_deputy_of(late, editor):
    client = logged_in(None, editor)
    assert "A Line" not in room(client, "mine").content.decode()
    Page.objects.filter(path="").update(owner=make_staff("Devi", roles.EDITOR), deputy=editor)
    assert "A Line" in room(client, "mine").content.decode()
    assert "A Line" not in room(client, "nobodys").content.decode()
    assert "A Line" in room(client, "nonsense").content.decode()


def test_a_page_whose_owner_has_left_has_no_owner(late, editor):
    left = make_staff("Siti", roles.EDITOR)
    Page.objects.filter(path="").update(owner=left)
    client = logged_in(None, editor)
    assert "A Line" not in room(client, "nobodys").content.decode()
    left.is_active = False
    left.save()
    html = room(client, "nobodys").content.decode()
    assert "A Line" in html and "no owner" in html and "Siti" not in html


def test_the_start_page_counts_what_is_due_and_what_is_mine(late, editor):
    assert due.counts(editor, timezone.localdate()) == due.Counts(overdue=1, mine=0, soon=0, broken_links=0, doubts=0)
    Page.objects.filter(path="").update(deputy=editor)
    Link.objects.create(url="https://line.example.org", answer="404", is_broken=True)
    assert due.counts(editor, timezone.localdate()) == due.Counts(overdue=1, mine=1, soon=0, broken_links=1, doubts=0)


def test_a_fact_with_a_broken_link_says_so_in_its_row(late, editor):
    Link.objects.create(url="https://line.example.org", answer="404", is_broken=True)
    html = room(logged_in(None, editor)).content.decode()
    assert "1 link to another site does not work" in html
    assert "broken link" in html.partition("A Line")[2].partition("</th>")[0]


def test_a_long_list_comes_in_parts(guide, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda: date(2030, 1, 1))
    client = logged_in(None, make_staff("Aminah", roles.EDITOR))
    total = sum(1 for page in live_site().values() for _ in due.facts_of(page))
    first = room(client).content.decode()
    assert f"{total} are due" in first and first.count('name="fact"') == 5
    second = client.get(reverse("admin:due"), {"whose": "all", "page": 2}).content.decode()
    assert "Part 2 of" in second and second.count('name="fact"') == 5
    values = re.findall(r'name="fact" value="([^"]+)"', first + second)
    assert len(set(values)) == 10


# Owners


def set_owner(client, path, **data):
    return client.post(reverse("admin:owner", args=[path]), data)


def test_an_editor_sets_owner_and_deputy_of_a_page_and_takes_them_away(site, editor):
    deputy = make_staff("Devi", roles.TRANSLATOR)
    client = logged_in(None, editor)
    answer = set_owner(client, "types", owner=editor.pk, deputy=deputy.pk)
    page = Page.objects.get(path="types")
    assert answer.url == reverse("admin:page", args=[page.path])
    assert (page.owner, page.deputy) == (editor, deputy)
    set_owner(client, "types", owner="nobody", deputy=deputy.pk)
    page.refresh_from_db()
    assert (page.owner, page.deputy) == (None, deputy)


def test_only_active_staff_can_own_a_page_and_not_twice(site, editor):
    client = logged_in(None, editor)
    left = make_staff("Siti", roles.EDITOR)
    left.is_active = False
    left.save()
    for data in ({"owner": left.pk}, {"owner": editor.pk, "deputy": editor.pk}, {"owner": "0"}):
        set_owner(client, "types", **data)
        page = Page.objects.get(path="types")
        assert (page.owner, page.deputy) == (None, None)


def test_an_owner_changes_no_text(site, editor):
    versions, live = Revision.objects.count(), models.ContentVersion.current()
    set_owner(logged_in(None, editor), "types", owner=editor.pk)
    assert (Revision.objects.count(), models.ContentVersion.current()) == (versions, live)


def test_a_whole_section_gets_an_owner_at_once_and_what_is_left_out_stays(site, editor):
    deputy = make_staff("Devi", roles.EDITOR)
    Page.objects.filter(path="types/outing").update(deputy=deputy)
    logged_in(None, editor).post(reverse("admin:due_section"), {"section": "types", "owner": editor.pk, "deputy": ""})
    owned = {page.path: (page.owner, page.deputy) for page in Page.objects.all()}
    assert owned == {
        "": (None, None), "types": (editor, None), "types/outing": (editor, deputy), "types/threats": (editor, None),
    }  # fmt: skip


def test_the_home_page_is_a_section_of_its_own(site, editor):
    logged_in(None, editor).post(reverse("admin:due_section"), {"section": "/", "owner": editor.pk})
    assert list(Page.objects.filter(owner=editor).values_list("path", flat=True)) == [""]


class TestWhatReadersSayIsWrong:
    def test_is_on_the_list_until_someone_has_seen_it(self, site, editor, monkeypatch):
        told = [("types/outing", "number", "2026-11-12", 3), ("types/outing", "law", "2026-11-13", 1)]
        monkeypatch.setattr(doubts, "_asked", lambda key: [told.pop()] if told else [])
        client = logged_in(None, editor)
        assert "wrong on 1 page" in client.get("/staff/").content.decode()
        shown = client.get("/staff/due/").content.decode()
        assert "3 readers: a number does not answer (12 November 2026)" in shown
        assert "1 reader: the law has changed (13 November 2026)" in shown
        value = re.search(r'name="seen" value="([^"]+)"', shown)[1]
        doubts.keep([("types/outing", "number", "2026-11-12", 2), ("types/outing", "link", "2026-11-12", 1)])
        client.post("/staff/due/seen/", {"seen": value})
        left = client.get("/staff/due/").content.decode()
        assert "5 readers: a number" in left and "1 reader: a link leads nowhere" in left and "the law" not in left

    def test_what_is_no_count_is_left_out(self, site):
        bad = [
            ("../x", "number", "2026-11-12", 1),
            ("types", "slander", "2026-11-12", 1),
            ("types", "law", "2026-11-12", 9**9),
        ]
        doubts.keep([*bad, ("types", "law", "2026-11-12", 1)])
        assert [(one.path, one.reason, one.number) for one in Doubt.objects.all()] == [("types", "law", 1)]

    def test_a_process_that_does_not_answer_holds_nobody_up(self, site, editor, settings):
        settings.READERS_AT = ("127.0.0.1", 1)
        assert logged_in(None, editor).get("/staff/due/").status_code == 200
