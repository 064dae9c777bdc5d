from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.staff import logged_in, make_staff
from toolkit import roles
from toolkit.files import sync
from toolkit.keeping import asking, links
from toolkit.keeping.asking import Reply, Request
from toolkit.keeping.links import Pace
from toolkit.live import live_site
from toolkit.models import AuditEntry, Link
from toolkit.texts.page import PageTexts
from toolkit.texts.records.facts import Channel, Facts, Source

pytestmark = pytest.mark.usefixtures("plain_static")

ALSO = """
[[routes]]
id = "form"
platform = "A Platform"
url = "https://platform.example.org/report"
sources = ["paper"]
checked = 2026-11-22

[[routes]]
id = "write"
platform = "By mail"
url = "mailto:abuse@platform.example.org"
sources = ["paper"]
checked = 2026-11-22
"""


@pytest.fixture
def site(folder):
    sync.import_files(folder.root)
    return live_site()


@pytest.fixture
def editor(db):
    return make_staff("Aminah", roles.EDITOR)


def site_of(*urls):
    """A guide whose home page names these addresses, one a source."""
    day = timezone.localdate()
    sources = tuple(
        Source(id=f"source-{n}", title=f"Source {n}", publisher="P", url=url, checked=day) for n, url in enumerate(urls)
    )
    return {"": PageTexts("", Facts(position=0, checked=day, sources=sources))}


# The rows


def answering(replies=None, otherwise=200):
    """Stands for the network: url -> status, and a list of what was asked."""
    seen = []

    def request(wanted: Request, timeout: float) -> Reply:
        seen.append(wanted)
        status = (replies or {}).get(wanted.url, otherwise)
        return Reply(fault=status) if isinstance(status, str) else Reply(status)

    request.seen = seen  # type: ignore[attr-defined]
    return request


QUICK = Pace(delay=0, host_delay=0, sleep=lambda seconds: None)


def test_the_addresses_are_those_of_sources_websites_web_channels_and_routes(folder):
    folder.page("support", more=ALSO + SECOND)
    sync.import_files(folder.root)
    found = links.uses(live_site())
    assert {url: [(use.path, use.kind, use.record) for use in used] for url, used in found.items()} == {
        "https://news.example.org/report": [("", "sources", "paper")],
        "https://line.example.org": [("", "contacts", "line")],
        "https://platform.example.org/report": [("support", "routes", "form")],
        "https://paper.example.org/": [("support", "sources", "paper")],
    }


SECOND = """
[[sources]]
id = "paper"
title = "The same source"
publisher = "A newspaper"
url = "https://paper.example.org/"
checked = 2026-11-22
"""


def test_a_web_form_is_an_address_and_a_phone_number_is_not(site):
    facts = site[""].facts
    ways = (
        Channel(kind="web", value="https://form.example.org/", status="confirmed"),
        Channel(kind="tel", value="15999", status="confirmed"),
    )
    changed = replace(facts, contacts=(replace(facts.contacts[0], channels=ways),))
    found = links.uses({"": PageTexts("", changed)})
    assert "https://form.example.org/" in found and len(found) == 3


def test_rows_follow_the_records_and_keep_what_a_person_said(site):
    Link.objects.create(url="https://gone.example.org/")
    Link.objects.create(url="https://gone-too.example.org/", is_ignored=True)
    links.refresh(site)
    links.refresh(site)
    assert list(Link.objects.values_list("url", flat=True)) == [
        "https://gone-too.example.org/", "https://line.example.org", "https://news.example.org/report",
    ]  # fmt: skip


def test_an_address_is_asked_once_however_often_it_is_used(db):
    network = answering()
    links.check(site_of("https://a.example/", "https://a.example/", "https://b.example/"), QUICK, network)
    assert [one.url for one in network.seen] == ["https://a.example/", "https://b.example/"]


def test_the_day_since_when_a_link_is_broken_is_kept_until_it_works_again(db):
    site = site_of("https://a.example/")
    links.check(site, QUICK, answering(otherwise=404))
    first = Link.objects.get().broken_since
    links.check(site, QUICK, answering(otherwise=500))
    link = Link.objects.get()
    assert (link.answer, link.broken_since) == ("500", first) and link.asked > first
    links.check(site, QUICK, answering())
    link = Link.objects.get()
    assert (link.answer, link.is_broken, link.broken_since) == ("200", False, None)


def test_an_ignored_link_is_not_asked(db):
    Link.objects.create(url="https://a.example/", is_ignored=True, answer="404", is_broken=True)
    network = answering()
    site = site_of("https://a.example/", "https://b.example/")
    links.check(site, QUICK, network)
    assert [one.url for one in network.seen] == ["https://b.example/"]
    assert links.broken(site) == []


def test_what_was_unasked_longest_goes_first(db):
    now = timezone.now()
    for name, days in (("recent", 1), ("old", 9), ("never", None)):
        Link.objects.create(url=f"https://{name}.example/", asked=now - timedelta(days=days) if days else None)
    network = answering()
    links.check(site_of(*(f"https://{name}.example/" for name in ("recent", "old", "never"))), QUICK, network)
    assert [one.host for one in network.seen] == ["never.example", "old.example", "recent.example"]


def test_a_machine_without_a_connection_does_not_call_every_link_broken(db):
    site = site_of(*(f"https://{n}.example/" for n in range(6)))
    summary = links.check(site, QUICK, answering(otherwise=asking.NO_HOST))
    assert summary.is_offline and summary.left == 6
    assert set(Link.objects.values_list("answer", "asked")) == {("", None)}
    summary = links.check(site, QUICK, answering({"https://5.example/": 200}, otherwise=asking.NO_HOST))
    assert not summary.is_offline and summary.found == {links.BROKEN: 5, links.WORKS: 1}


# The pace


class Clock:
    """Time that passes only by sleeping, and by what a request takes."""

    def __init__(self) -> None:
        self.time = 100.0
        self.log: list[tuple[float, str]] = []

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        assert seconds >= 0
        self.time += seconds

    def request(self, wanted: Request, timeout: float) -> Reply:
        self.log.append((self.time, wanted.host))
        self.time += 0.25
        return Reply(404 if "bad" in wanted.url else 200)

    def pace(self, **more) -> Pace:
        return Pace(**{"minutes": 20, "delay": 1, "host_delay": 3, "now": self.now, "sleep": self.sleep} | more)


def test_a_host_is_never_hurried_and_the_others_do_not_wait_for_it(db):
    clock = Clock()
    urls = [f"https://big.example/{n}/bad" for n in range(5)] + [f"https://{n}.example/" for n in range(10)]
    links.check(site_of(*urls), clock.pace(), clock.request)
    assert len(clock.log) == 5 * 2 + 10
    of_big = [at for at, host in clock.log if host == "big.example"]
    assert all(later - earlier >= 3 for earlier, later in pairwise(of_big))
    every = [at for at, _ in clock.log]
    assert all(later - earlier >= 1 for earlier, later in pairwise(every))
    others = [at for at, host in clock.log if host != "big.example"]
    assert max(others) < of_big[5]
    assert every[-1] - every[0] <= 9 * (3.25 + 1.25)


def test_a_redirect_and_a_second_try_wait_for_their_host_too(db):
    clock = Clock()

    def request(wanted, timeout):
        clock.request(wanted, timeout)
        return Reply(301, "/there") if wanted.url.endswith("/here") else Reply(404)

    links.check(site_of("https://a.example/here"), clock.pace(), request)
    times = [at for at, _ in clock.log]
    assert len(times) == 4 and all(b - a >= 3 for a, b in pairwise(times))


def test_the_run_stops_when_its_time_is_up_and_the_next_goes_on_where_it_stopped(db):
    site = site_of(*(f"https://{n}.example/" for n in range(100)))
    clock = Clock()
    summary = links.check(site, clock.pace(minutes=1), clock.request)
    assert clock.time <= 100 + 60 + 0.25
    assert summary.found.total() + summary.left == 100 and summary.left > 40
    done = {host for _, host in clock.log}
    later = Clock()
    links.check(site, later.pace(minutes=1), later.request)
    assert done.isdisjoint(host for _, host in later.log[: summary.left])


def test_a_row_that_vanishes_while_it_is_asked_and_one_that_is_ignored_then_are_left_alone(db):
    def request(wanted, timeout):
        Link.objects.filter(url="https://a.example/").delete()
        Link.objects.filter(url="https://b.example/").update(is_ignored=True)
        return Reply(404)

    links.check(site_of("https://a.example/", "https://b.example/"), QUICK, request)
    assert list(Link.objects.values_list("url", "is_ignored")) == [("https://b.example/", True)]


# The room


@pytest.fixture
def broken(site):
    links.refresh(site)
    since = timezone.now() - timedelta(days=3)
    Link.objects.filter(url="https://line.example.org").update(
        answer="404", is_broken=True, broken_since=since, asked=timezone.now()
    )
    return Link.objects.get(url="https://line.example.org")


def room(client):
    answer = client.get(reverse("admin:links"))
    assert answer.status_code == 200
    return answer.content.decode()


def say(client, **data):
    return client.post(reverse("admin:links_say"), data)


def test_the_room_shows_broken_links_first_with_where_they_are_used(broken, editor):
    Link.objects.create(url="https://refuses.example/", answer="403")
    html = room(logged_in(None, editor))
    assert html.index(">Broken ") < html.index(">Not asked yet ") and ">Look yourself" not in html
    row = html.partition("https://line.example.org")[2].partition("</tr>")[0]
    assert "404: there is no such page" in row and "broken since" in row
    assert "Page home" in row and "A Line" in row and 'rel="noreferrer noopener"' in row


def test_links_that_refuse_a_machine_come_after_the_broken_ones(broken, editor):
    Link.objects.filter(url="https://news.example.org/report").update(answer="403")
    html = room(logged_in(None, editor))
    assert html.index(">Broken ") < html.index(">Look yourself ")
    assert "403: refuses to be asked by a machine" in html


def test_a_person_says_that_it_works_and_takes_it_back(broken, editor, site):
    client = logged_in(None, editor)
    assert say(client, ignore=broken.pk).url == reverse("admin:links")
    assert links.broken_on("", site) == []
    assert AuditEntry.objects.first().about == "https://line.example.org"
    html = room(client)
    assert "No link is known to be broken." in html and "Ask again" in html
    say(client, ask=broken.pk)
    broken.refresh_from_db()
    assert not broken.is_ignored and broken.asked is None
    assert [finding.link for finding in links.broken_on("", site)] == [broken]


def test_a_translator_sees_the_links_and_cannot_wave_them_through(broken):
    client = logged_in(None, make_staff("Kavitha", roles.TRANSLATOR, languages=["ta"]))
    assert "https://line.example.org" in room(client) and "It works: ignore" not in room(client)
    assert say(client, ignore=broken.pk).status_code == 403
    assert not Link.objects.get(pk=broken.pk).is_ignored


@pytest.mark.parametrize("pk", ["", "x", "0", "99999999999999999999"])
def test_a_click_on_a_link_that_is_not_there_is_a_404(broken, editor, pk):
    assert say(logged_in(None, editor), ignore=pk).status_code == 404


def test_a_page_knows_its_broken_links_and_only_its_own(broken, site):
    (finding,) = links.broken_on("")
    assert [(use.kind, use.record) for use in finding.uses] == [("contacts", "line")]
    assert links.broken_on("types", site) == [] == links.broken_on("nowhere", site)


def test_before_the_first_run_the_room_does_not_list_every_link_of_the_guide(guide, editor):
    html = room(logged_in(None, editor))
    number = len(links.uses(live_site()))
    assert f'<span class="state quiet">{number}</span>' in html and "?state=never-asked&amp;page=2" in html
    assert html.count("<tr>") < 30


def test_an_address_that_no_record_names_any_more_is_not_shown(broken, editor):
    Link.objects.create(url="https://forgotten.example/", answer="404", is_broken=True)
    assert "forgotten" not in room(logged_in(None, editor))
