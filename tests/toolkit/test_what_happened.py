"""What happened: for all staff, by day, of texts alone."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from django.urls import reverse

from tests.staff import make_staff
from tests.toolkit.test_editing import PAGE, live, publish, write
from tests.toolkit.test_remarks import html_of, people, sent, user  # noqa: F401
from toolkit.admin.talking import happened as room
from toolkit.models import AuditEntry, Draft, Event, Page, Remark
from toolkit.talking.happened import OF_ACCOUNTS, OF_TEXTS
from toolkit.texts.canonical import digest

ROOM = "/staff/happened/"


def said(html: str) -> list[str]:
    """The rows as one reads them, newest first."""
    rows = re.findall(r"<li><span class=\"quiet\">\d\d:\d\d</span>(.*?)</li>", html, re.DOTALL)
    return [" ".join(unescape(re.sub(r"<[^>]+>", " ", row)).split()) for row in rows]


def test_whatever_is_noted_of_logging_in_and_of_accounts_is_for_administrators_alone():
    files = [*Path("toolkit/admin/entering").glob("*.py"), Path("toolkit/management/commands/create_staff.py")]
    noted = {Event[name] for file in files for name in re.findall(r"Event\.([A-Z_]+)", file.read_text())}
    assert len(noted) > 5 and noted <= OF_ACCOUNTS


def test_a_day_of_three_people_is_told_in_order_and_the_newest_first(people):  # noqa: F811
    draft = sent(people["kavitha"])
    people["aminah"].post(f"/staff/drafts/{draft.pk}/", {"action": "back", "remark": "Name the office."})
    people["kavitha"].post(f"/staff/remarks/{Remark.objects.get().pk}/", {"action": "answer", "words": "Done."})
    write(people["kavitha"], "ta", action="review", summary="வேறு.")
    draft.refresh_from_db()
    people["mei"].post(f"/staff/drafts/{draft.pk}/", {"action": "right", "version": draft.version})
    publish(people["aminah"], draft)
    text = "Page types/outing, தமிழ்"
    assert said(html_of(people["kavitha"], ROOM)) == [
        f"aminah published {text}",
        f"mei read and found right {text}",
        f"kavitha sent for review {text}",
        f"kavitha answered aminah {text} Done.",
        f"aminah sent back {text}",
        f"aminah said {text} Name the office.",
        f"kavitha sent for review {text}",
    ]


def test_it_is_narrowed_by_person_language_and_page(people):  # noqa: F811
    sent(people["kavitha"])
    write(people["mei"], "ms", path="", action="review", summary="Ringkasan.")
    assert [one.split()[0] for one in said(html_of(people["mei"], ROOM))] == ["mei", "kavitha"]
    for query in ("who=mei", "part=ms", "page=-"):
        assert [one.split()[0] for one in said(html_of(people["mei"], f"{ROOM}?{query}"))] == ["mei"], query
    assert said(html_of(people["mei"], f"{ROOM}?who=mei&part=ta")) == []
    assert said(html_of(people["mei"], f"{ROOM}?who=nobody&p=x&page=no/such")) == []


def test_no_log_in_and_no_account_is_told_of(people):  # noqa: F811
    for event in OF_ACCOUNTS:
        AuditEntry.add("nosy-name", event, "nosy-detail")
    html = html_of(people["kavitha"], ROOM)
    assert "nosy" not in html and not said(html)
    assert people["kavitha"].get("/staff/toolkit/auditentry/").status_code == 403


@pytest.mark.parametrize("event", sorted(OF_TEXTS))
def test_each_thing_that_is_done_has_a_row_that_leads_somewhere(people, event):  # noqa: F811
    page = Page.objects.get(path=PAGE)
    for part in ("ta", "facts", "address", ""):
        AuditEntry.of_text(user("mei"), event, page, part)
    AuditEntry.add(user("mei"), event, "https://gone.example.org/")
    html = html_of(people["mei"], ROOM)
    assert len(said(html)) == 5 and "https://gone.example.org/" in html
    for address in set(re.findall(r'<a href="(/staff/pages/[^"]+)"', html.partition("<h2>")[2])):
        assert people["mei"].get(address).status_code == 200, address


def test_a_page_that_has_given_way_keeps_what_happened_to_it(people):  # noqa: F811
    sent(people["kavitha"])
    Page.objects.filter(path=PAGE).update(is_retired=True)
    html = html_of(people["mei"], ROOM)
    assert (
        people["mei"].get(re.search(r'<a href="(/staff/pages/[^"]+)"', html.partition("<h2>")[2])[1]).status_code == 200
    )


def test_a_long_list_comes_in_sheets(people, monkeypatch):  # noqa: F811
    monkeypatch.setattr(room, "SHOWN", 3)
    page, text = Page.objects.get(path=PAGE), digest(live("ta"))
    for number in range(4):
        Remark.objects.create(page=page, part="ta", digest=text, author=user("mei"), words=f"Number {number}")
        AuditEntry.of_text(user("mei"), Event.PUBLISHED, page, "ms")
    sheets = [said(html_of(people["mei"], f"{ROOM}?who=mei&p={n}")) for n in (1, 2, 3)]
    assert [len(sheet) for sheet in sheets] == [3, 3, 2]
    assert len({row for sheet in sheets for row in sheet}) == 5
    assert "who=mei&amp;p=2" in html_of(people["mei"], f"{ROOM}?who=mei")


def test_what_was_done_to_a_text_is_known_after_its_page_has_moved(people):  # noqa: F811
    sent(people["kavitha"])
    Page.objects.filter(path=PAGE).update(path="types/renamed")
    assert len(said(html_of(people["mei"], f"{ROOM}?page=types/renamed"))) == 1
    assert Draft.objects.get().page.path == "types/renamed"


def test_every_role_has_its_door(people):  # noqa: F811
    make_staff("aina", "Administrator")
    assert all(reverse("admin:happened") in html_of(one, "/staff/") for one in people.values())
