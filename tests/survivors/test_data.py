"""Data, feeds and versions: files of the edition that other sites and programs read."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from survivors import edition as reading
from survivors.data import crawlers
from survivors.data.files import answers
from survivors.reading import layout
from survivors.serving.readers import Readers
from tests.folders import Folder, own_guide
from toolkit import edition
from toolkit.edition import versions
from toolkit.files import sync
from toolkit.judging import Change
from toolkit.live import live_digests, live_site, live_text, publish
from toolkit.rendering.answers import Answer, content_type, is_file
from toolkit.texts.languages import FACTS, LANGUAGES
from toolkit.texts.words.neutral import giveaway

PAGE, SITE = "types/outing", "https://guide.example.org"
ATOM = "{http://www.w3.org/2005/Atom}"
NOTES = {
    "en": "The first step is new.",
    "ms": "Langkah pertama baharu.",
    "ta": "முதல் படி புதியது.",
    "zh-hans": "第一步是新的。",
}


@pytest.fixture
def published(folder: Folder, settings, tmp_path) -> Folder:
    """A small guide, published at a known address, and served from its edition."""
    settings.DATA_DIR, settings.PUBLIC_URL = tmp_path / "data", SITE
    settings.EDITION = "survivors.edition.from_folder"
    settings.ALLOWED_HOSTS = ["testserver", "localhost"]
    edition.forget()
    reading.forget()
    sync.import_files(folder.root)
    edition.write()
    return folder


def change(part: str, old: str, new: str, note: str = "", path: str = PAGE) -> None:
    """Publishes a text with some other words, as a Publisher does."""
    text = live_text(live_site(), path, part)
    assert text is not None and old in text
    raw = text.replace(old, new).encode()
    publish([Change(path, part, raw, live_digests()[path, part], note=note)], origin="staff")
    edition.write()
    reading.forget()


def got(place: str) -> str:
    answer = Client().get(place)
    assert answer.status_code == 200, place
    return answer.content.decode()


def data(name: str) -> Any:
    return json.loads(got(f"/api/v1/{name}"))


def asked(place: str, method: str = "GET", **headers: str) -> Any:
    """What the readers' process answers, without Django."""
    named = {"host": "localhost"} | {name.replace("_", "-"): value for name, value in headers.items()}
    readers = Readers(SimpleNamespace(number=1))  # type: ignore[arg-type]
    return readers._page(SimpleNamespace(path=place, method=method, headers=named))  # type: ignore[arg-type]


def files() -> dict[str, str]:
    """Data by address -> the name of their body."""
    found = edition.folder().manifest().answers.items()
    return {address: answer["body"] for address, answer in found if is_file(address)}


def every_answer() -> dict[str, Answer]:
    live = reading.from_folder()
    return {place: found for place in live.manifest.answers if (found := live.answer(place))}


def test_a_page_is_there_as_data_with_all_its_languages_facts_and_versions(published: Folder):
    page = data(f"pages/{PAGE}.json")
    assert page["texts"].keys() == page["languages"].keys() == set(LANGUAGES)
    assert "## Do this first {#do-first}" in page["texts"]["ta"]["markdown"]
    assert (
        '<h2 id="do-first">' in page["texts"]["zh-hans"]["html"] and "tel:+60312345678" in page["texts"]["ms"]["html"]
    )
    assert [one["anchor"] for one in page["anchors"]] == ["do-first"]
    assert page["languages"]["ms"] == {
        "url": f"{SITE}/ms/{PAGE}/", "feed": f"{SITE}/api/v1/feeds/ms/{PAGE}.atom", "state": "unreviewed",
        "title": f"ms {PAGE}", "heading": f"ms {PAGE}", "summary": "Summary in ms.", "review": "unreviewed",
    }  # fmt: skip
    assert [one["number"] for one in page["versions"]] == [1]
    assert [one["path"] for one in data("pages.json")["pages"]] == ["", "types", PAGE, "types/threats"]
    assert data("pages/index.json")["facts"]["contacts"][0]["id"] == "line"


def test_a_number_that_nobody_confirmed_is_not_given_and_one_given_up_stands_apart(published: Folder):
    more = (
        'channels = [\n    { kind = "tel", value = "+60399999999", status = "unconfirmed" },\n'
        '    { kind = "tel", value = "+60388888888", status = "superseded", superseded_by = "line" },'
    )
    text = published.file("", FACTS).read_text()
    published.write("", FACTS, text.replace("channels = [", more))
    sync.import_files(published.root)
    edition.write()
    reading.forget()
    given = "".join(one.bodies.get("", b"").decode() for one in every_answer().values())
    assert "+60399999999" not in given
    contact = data("contacts.json")["contacts"][0]
    assert [one["value"] for one in contact["channels"]] == ["+60312345678"]
    assert [one["value"] for one in contact["superseded"]] == ["+60388888888"]
    service = data("hsds/services.json")["contents"][0]
    assert [one["number"] for one in service["phones"]] == ["+60312345678"]
    changed = [(one["previous_value"], one["replacement_value"]) for one in service["metadata"]]
    assert changed == [("+60388888888", "+60312345678")]


def test_a_publication_makes_only_the_data_that_it_changes(published: Folder):
    before = files()
    change("ta", "Breathe.", "Breathe slowly.")
    changed = {place for place, body in files().items() if body != before[place]}
    assert changed == {f"/api/v1/pages/{PAGE}.json", "/api/v1/pages.json"}


def test_a_feed_has_major_changes_only_in_each_language_for_page_section_and_whole(published: Folder, monkeypatch):
    monkeypatch.setattr(versions, "_TOGETHER", timedelta(0))
    for language in LANGUAGES:
        change(language, "Breathe.", "Breathe slowly.", NOTES[language])
    change("en", "What it is.", "What it truly is.")
    for language in LANGUAGES:
        # Who waits for a translation is told of the English that it does not follow yet.
        told = [NOTES[language], NOTES["en"]] if language != "en" else [NOTES["en"]]
        for place in ("index", "types", PAGE):
            feed = ET.fromstring(got(f"/api/v1/feeds/{language}/{place}.atom").encode())
            entries = feed.findall(f"{ATOM}entry")
            assert [entry.findtext(f"{ATOM}summary") for entry in entries] == told
            assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(told)
            for one in (feed, *entries):
                assert one.findtext(f"{ATOM}id", "").startswith("urn:uuid:")
                assert datetime.fromisoformat(one.findtext(f"{ATOM}updated", "")).tzinfo
                assert not giveaway(one.findtext(f"{ATOM}title", ""))
            assert feed.find(f"{ATOM}author/{ATOM}name") is not None
            link = entries[0].find(f"{ATOM}link")
            assert link is not None and link.get("href", "").startswith(f"{SITE}/{language}/{PAGE}/v/")
            assert "Breathe slowly." in got(link.get("href", "").removeprefix(SITE))
    assert "<entry>" not in got("/api/v1/feeds/en/types/threats.atom")


def test_every_version_stays_where_it_was_and_says_that_it_is_not_the_current_one(published: Folder):
    change("en", "What it is.", "Newer words.")
    change("facts", "+60312345678", "+60387654321", path="")
    said = {"en": "do not act on it", "ms": "jangan bertindak", "ta": "செயல்பட வேண்டாம்", "zh-hans": "请勿照此行动"}
    for language in LANGUAGES:
        old = got(f"/{language}/{PAGE}/v/1/")
        assert said[language] in old and f'href="/{language}/{PAGE}/"' in old
        assert '<meta name="robots" content="noindex">' in old
        assert f'<html lang="{language}"' in old and "data-exit" in old
    old = got(f"/en/{PAGE}/v/1/")
    main = old.partition("<main")[2].partition("<footer>")[0]
    assert "What it is." in main and "tel:+60312345678" in main, "words and numbers of that time"
    assert "tel:+60387654321" in old.partition("<main")[0], "help now is today's"
    assert "do not act" not in got(f"/en/{PAGE}/v/2/") and "Newer words." in got(f"/en/{PAGE}/v/2/")
    assert "noindex" not in got(f"/en/{PAGE}/")
    assert Client().get(f"/en/{PAGE}/v/3/").status_code == 404


def test_a_version_that_can_no_longer_be_made_is_there_as_plain_words(published: Folder, monkeypatch):
    change("en", "What it is.", "Newer words.")
    monkeypatch.setattr(layout, "page", lambda *a, **k: 1 / 0)
    old = got(f"/en/{PAGE}/v/1/")
    assert "What it is." in old and "do not act on it" in old and "data-exit" in old


def test_versions_move_along_with_their_page_and_keep_their_ids(published: Folder):
    before = [one["id"] for one in data(f"pages/{PAGE}.json")["versions"]]
    (published.root / PAGE).rename(published.root / "types/outed")
    published.write("types/outed", FACTS, f'aliases = ["{PAGE}"]\n{published.file("types/outed", FACTS).read_text()}')
    for part in LANGUAGES:
        words = published.file("types/threats", part).read_text().replace("/types/outing/", "/types/outed/")
        published.file("types/threats", part).write_text(words)
    sync.import_files(published.root)
    edition.write()
    reading.forget()
    assert [one["id"] for one in data("pages/types/outed.json")["versions"]][:1] == before
    assert Client().get(f"/ms/{PAGE}/v/1/").headers["Location"] == "/ms/types/outed/v/1/"


def test_data_are_open_to_all_kept_a_while_and_read_only(published: Folder):
    place = "/api/v1/contacts.json"
    reply = asked(place, accept_encoding="br")
    headers = dict(reply.headers)
    assert headers["access-control-allow-origin"] == "*" and headers["cache-control"] == "public, max-age=300"
    assert headers["content-type"] == "application/json" and headers["content-encoding"] == "br"
    assert "set-cookie" not in headers
    again = asked(place, if_none_match=headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert [asked(place, method).status for method in ("POST", "PUT", "DELETE", "OPTIONS")] == [405] * 4
    lost = asked("/api/v1/pages/nothing.json")
    assert lost.status == 404 and "access-control-allow-origin" not in dict(lost.headers)
    page = dict(asked(f"/en/{PAGE}/").headers)
    assert "access-control-allow-origin" not in page and "no-store" in page["cache-control"] and "etag" not in page
    same = Client().get(place)
    assert same.headers["ETag"] == headers["etag"] and same.headers["Access-Control-Allow-Origin"] == "*"
    assert Client().get(place, headers={"if-none-match": headers["etag"]}).status_code == 304
    assert Client().get(f"/en/{PAGE}/").headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_crawlers_find_every_page_and_finders_of_faults_whom_to_tell(published: Folder):
    spaces = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    urls = ET.fromstring(got("/sitemap.xml").encode()).findall("s:url", spaces)
    assert len(urls) == 4 * len(LANGUAGES)
    links = {one.get("hreflang"): one.get("href") for one in urls[-1].findall("x:link", spaces)}
    assert links == {one: f"{SITE}/{one}/types/threats/" for one in LANGUAGES} | {
        "x-default": f"{SITE}/en/types/threats/"
    }
    assert got("/robots.txt") == f"User-agent: *\nAllow: /\n\nSitemap: {SITE}/sitemap.xml\n"
    security = dict(line.split(": ", 1) for line in got("/.well-known/security.txt").splitlines())
    assert (
        security["Contact"] == f"{SITE}/en/"
        and datetime.fromisoformat(security["Expires"]) > datetime.now().astimezone()
    )
    plain = got("/llms.txt")
    assert f"- [Page {PAGE}]({SITE}/en/{PAGE}/): A summary. (checked 2026-11-22)" in plain
    assert "- A Line: 03-1234 5678 (checked 2026-11-22)" in plain


def test_a_guide_that_does_not_know_its_address_gives_crawlers_none(settings):
    settings.PUBLIC_URL = ""
    found = {place for place, _ in answers(own_guide()) if not place.startswith("/api/")}
    assert found == {"/robots.txt", "/llms.txt"}
    assert crawlers.robots(own_guide()) == "User-agent: *\nAllow: /\n"


def test_the_owner_and_the_licence_that_staff_set_stand_in_the_data(published: Folder):
    owner = '[owner]\nname = "A Centre"\nemail = "faults@centre.example"\nlicence = "cc-by"\n'
    published.write("", FACTS, published.file("", FACTS).read_text() + owner)
    sync.import_files(published.root)
    edition.write()
    reading.forget()
    pages = data("pages.json")
    assert (pages["publisher"], pages["licence"]) == ("A Centre", "CC BY 4.0")
    assert "Contact: mailto:faults@centre.example\n" in got("/.well-known/security.txt")
    feed = ET.fromstring(got("/api/v1/feeds/ms/index.atom").encode())
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "A Centre"


def test_all_answers_are_at_hand_for_whoever_copies_the_guide(published: Folder):
    found = every_answer()
    assert content_type(f"/ta/{PAGE}/") == "text/html; charset=utf-8"
    assert found["404 ms"].status == 404
    assert content_type("/api/v1/feeds/en/index.atom") == "application/atom+xml"
    www = edition.folder().root / "www"
    for place, one in found.items():
        if is_file(place):
            assert (www / place.strip("/")).read_bytes() == one.bodies[""]
