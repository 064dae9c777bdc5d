"""Every reader page, in every language, as a browser without script gets it."""

from __future__ import annotations

import gzip
import re
from html.parser import HTMLParser

import brotli
import pytest
from django.conf import settings
from django.db import DatabaseError
from django.test import Client
from django.urls import resolve
from django.utils import translation
from django.utils.translation import gettext

from survivors import edition
from survivors.reading.layout import ABOUT, PARTNERS
from tests.folders import Folder
from toolkit.files import sync
from toolkit.live import live_site
from toolkit.models import ContentVersion
from toolkit.texts.languages import LANGUAGES, SELF_NAMES

BUDGET = 14_600
SECTIONS = ("what-is-ogbv", "types", "first-response", "laws", "platforms", "support")


class Elements(HTMLParser):
    """The start tags of a page, in order, with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs) -> None:
        self.found.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]

    def exits(self) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == "a" and "data-exit" in attributes]


def address(language: str, path: str) -> str:
    return f"/{language}/{path}/" if path else f"/{language}/"


@pytest.fixture
def pages(reading, db):
    """The whole guide in one language: (path, answer, html, size), for each page."""
    return lambda language: [(path, *answer) for (one, path), answer in reading.items() if one == language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_answers_in_its_language_with_one_heading_one_exit_and_no_cookie(pages, language):
    assert len(pages(language)) > 100
    for path, response, html, _ in pages(language):
        page = Elements(html)
        assert response.status_code == 200, path
        assert page.all("html")[0]["lang"] == language
        assert (len(page.all("h1")), len(page.all("main")), len(page.exits())) == (1, 1, 1), path
        assert page.exits()[0]["href"] == settings.EXIT_URLS[language]
        assert not response.cookies and "Set-Cookie" not in response.headers


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_one_request_within_the_budget(pages, language):
    for path, _, html, size in pages(language):
        page = Elements(html)
        assert size <= BUDGET, (path, size)
        assert len(gzip.compress(html.encode())) <= BUDGET, (path, len(gzip.compress(html.encode())))
        assert not [one for one in page.all("script") if "src" in one]
        assert not page.all("img") and not page.all("iframe")
        assert {one["rel"] for one in page.all("link")} == {"icon", "alternate"}
        assert page.all("link")[0]["href"].startswith("data:")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_carries_ids_twice_or_links_to_an_anchor_that_is_not_there(pages, language):
    for path, _, html, _ in pages(language):
        page = Elements(html)
        ids = [attributes["id"] for _, attributes in page.found if "id" in attributes]
        assert len(ids) == len(set(ids)), path
        anchors = {link["href"][1:] for link in page.all("a") if (link.get("href") or "").startswith("#")}
        assert anchors <= set(ids), path


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_internal_link_leads_to_a_page_and_an_anchor_that_are_there(reading, pages, language):
    ids = {
        address(one, path): {attributes.get("id") for _, attributes in Elements(answer.html).found}
        for (one, path), answer in reading.items()
    }
    for path, _, html, _ in pages(language):
        for link in Elements(html).all("a"):
            target, _, anchor = (link.get("href") or "").partition("#")
            if target.startswith("/") and resolve(target).url_name == "page":
                assert target in ids, (path, target)
                assert not anchor or anchor in ids[target], (path, target, anchor)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_switch_stays_on_the_page_and_names_languages_in_themselves(guide, client, language):
    html = client.get(address(language, "types/fake-images")).content.decode()
    for other, name in SELF_NAMES.items():
        if other == language:
            assert f'<span lang="{other}" aria-current="true">{name}</span>' in html
        else:
            assert (
                f'<a lang="{other}" hreflang="{other}" href="{address(other, "types/fake-images")}">{name}</a>' in html
            )


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_stands_at_the_top_of_every_page_as_taps(pages, language):
    for _, _, html, _ in pages(language):
        top = html[: html.index("<main")]
        assert 'href="tel:999"' in top and 'href="tel:15999"' in top and "https://wa.me/60189888058" in top


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_says_when_it_was_checked_and_where_from(guide, pages, language):
    site = live_site()
    with translation.override(language):
        said = gettext("Last checked against its sources: %(day)s.").partition("%")[0]
    for path, _, html, _ in pages(language):
        links = {link.get("href") for link in Elements(html).all("a")}
        assert said in html, path
        assert {source.url for source in site[path].facts.sources} <= links, path


@pytest.mark.parametrize("language", LANGUAGES)
def test_home_has_four_doors_and_leads_to_the_six_sections_in_order(guide, client, language):
    html = client.get(f"/{language}/").content.decode()
    doors = html.partition('<ul class="rows" role="list">')[2].partition("</ul>")[0]
    assert [link["href"].removeprefix(f"/{language}") for link in Elements(doors).all("a")] == [
        "/first-response/right-now/",
        "/types/#pictures",
        "/types/#people",
        "/helpers/",
    ]
    sections = [address(language, section) for section in (*SECTIONS, *ABOUT, PARTNERS)]
    menu = Elements(html.partition("<footer>")[2].partition("</nav>")[0])
    assert [link["href"] for link in menu.all("a")][-len(sections) :] == sections


@pytest.mark.parametrize(
    ("wishes", "language"),
    [
        ("", "en"), ("ta", "ta"), ("ta-MY,en;q=0.5", "ta"), ("ms-MY", "ms"), ("zh-CN", "zh-hans"), ("zh-TW", "zh-hans"),
        ("fr,ms;q=0.8,en;q=0.5", "ms"), ("id", "ms"), ("fr", "en"), ("zh;q=0.2,ta;q=0.9", "ta"), (";;q=x", "en"),
    ],
)  # fmt: skip
def test_the_start_follows_the_browsers_wishes_and_remembers_nothing(client, db, wishes, language):
    response = client.get("/", headers={"accept-language": wishes})
    assert (response.status_code, response["Location"]) == (302, f"/{language}/")
    assert response["Vary"] == "Accept-Language"
    assert not response.cookies


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("br, gzip", "br"),
        ("gzip, deflate", "gzip"),
        ("", ""),
        ("br;q=0, gzip", "gzip"),
        ("identity", ""),
        ("gzip;q=0", ""),
    ],
)
def test_a_page_comes_in_the_best_encoding_the_browser_takes(guide, client, accepted, encoding):
    response = client.get("/en/", headers={"accept-encoding": accepted})
    assert response.headers.get("Content-Encoding", "") == encoding
    html = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}[encoding](response.content)
    assert b"<html lang=" in html
    assert "Accept-Encoding" in response["Vary"]


def test_an_address_without_its_last_slash_is_mended(guide, client):
    assert client.get("/en/types")["Location"] == "/en/types/"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "path", ["nothing", "types/nothing", "types/outing/more/than/this", "%00", "types/%3Cscript%3E"]
)
def test_a_page_that_is_not_there_answers_calmly_in_the_readers_language_with_help_and_the_exit(
    guide, client, language, path
):
    response = client.get(f"/{language}/{path}/")
    page = Elements(response.content.decode())
    assert response.status_code == 404
    assert page.all("html")[0]["lang"] == language
    assert len(page.exits()) == len(page.all("h1")) == 1
    assert "tel:15999" in response.content.decode()
    with translation.override(language):
        assert gettext("This page is not here") in response.content.decode()


def test_an_address_in_no_language_answers_in_the_browsers(guide, client):
    response = client.get("/wp-login.php", headers={"accept-language": "ta"})
    assert response.status_code == 404 and '<html lang="ta"' in response.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_failure_of_ours_answers_calmly_with_help_and_the_exit(guide, monkeypatch, language):
    monkeypatch.setattr("survivors.reading.layout.page", lambda *args: 1 / 0)
    response = Client(raise_request_exception=False).get(address(language, "types"))
    page = Elements(response.content.decode())
    assert response.status_code == 500
    assert page.all("html")[0]["lang"] == language
    assert len(page.exits()) == 1 and "tel:15999" in response.content.decode()


def no_database(*args):
    raise DatabaseError("gone")


def test_while_the_database_is_away_pages_go_on_from_memory(guide, client, monkeypatch):
    client.get("/en/")
    monkeypatch.setattr(ContentVersion, "current", no_database)
    assert client.get("/ta/types/fake-images/").status_code == 200


def test_with_no_database_at_all_the_error_page_has_its_numbers_from_the_files(monkeypatch):
    monkeypatch.setattr(ContentVersion, "current", no_database)
    response = Client(raise_request_exception=False).get("/ms/")
    assert response.status_code == 500
    assert "tel:15999" in response.content.decode()


def test_a_published_change_is_on_the_page_at_the_next_request(folder: Folder, client, db):
    sync.import_files(folder.root)
    assert b"What it is." in client.get("/en/types/outing/").content
    path = folder.file("types/outing", "en")
    path.write_text(path.read_text().replace("What it is.", "What it means."))
    sync.import_files(folder.root)
    assert b"What it means." in client.get("/en/types/outing/").content


def test_a_language_that_is_missing_says_so_and_shows_english_marked_as_such(folder: Folder, client, db):
    folder.file("types/outing", "ta").unlink()
    sync.import_files(folder.root)
    html = client.get("/ta/types/outing/").content.decode()
    with translation.override("ta"):
        assert gettext("This page is not in your language yet. Here it is in English.") in html
    assert '<div class="prose" lang="en">' in html


@pytest.mark.parametrize("language", ["ms", "ta", "zh-hans"])
def test_a_translation_older_than_the_english_says_so_in_its_language(folder: Folder, client, db, language):
    path = folder.file("types/outing", "en")
    path.write_text(path.read_text().replace("What it is.", "What it means."))
    sync.import_files(folder.root)
    with translation.override(language):
        said = gettext(
            "The English text of this page has changed since this translation."
            " Numbers, links and penalties are up to date."
        )
    assert said in client.get(f"/{language}/types/outing/").content.decode()
    assert said not in client.get(f"/{language}/types/threats/").content.decode()


@pytest.mark.parametrize("language", ["ms", "ta", "zh-hans"])
def test_a_translation_nobody_checked_says_so_quietly(folder: Folder, client, db, language):
    path = folder.file("types/threats", language)
    path.write_text(path.read_text().replace("unreviewed", "reviewed"))
    sync.import_files(folder.root)
    with translation.override(language):
        said = gettext("A native speaker has not checked this translation yet.")
    # What holds the end of a long word together is no word.
    shown, gone = (
        re.sub("</?i>", "", client.get(f"/{language}/types/{name}/").content.decode()) for name in ("outing", "threats")
    )
    assert said in shown and said not in gone


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_old_address_leads_on_for_ever(folder: Folder, client, db, language):
    folder.facts("types/outing", top='aliases = ["types/old-name"]')
    sync.import_files(folder.root)
    response = client.get(f"/{language}/types/old-name/")
    assert (response.status_code, response["Location"]) == (301, f"/{language}/types/outing/")


def test_an_old_anchor_still_lands_on_its_heading(folder: Folder, client, db):
    folder.facts("types/outing", "[anchor_aliases]\nold-name = 'do-first'\n")
    sync.import_files(folder.root)
    html = client.get("/en/types/outing/").content.decode()
    assert re.search(r'<h2 id="do-first"[^>]*><a id="old-name"></a>', html)


def test_a_record_its_text_does_not_name_is_shown_all_the_same(folder: Folder, client, db):
    sync.import_files(folder.root)
    assert "tel:+60312345678" in client.get("/en/").content.decode().partition("<main")[2]


def test_health_says_whether_there_is_a_guide_to_serve(folder: Folder, client, db):
    assert client.get("/healthz").status_code == 503
    sync.import_files(folder.root)
    assert client.get("/healthz").status_code == 200


def test_reader_pages_only_read(guide, client):
    assert client.post("/en/types/").status_code == 405
    assert edition.current().version == ContentVersion.current()


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_engines_are_told_whole_addresses_of_a_page_in_each_language(guide, client, settings, language):
    settings.PUBLIC_URL = "https://guide.example.org"
    html = client.get(f"/{language}/types/outing/").content.decode()
    assert f'<link rel="canonical" href="https://guide.example.org/{language}/types/outing/">' in html
    for code, there in [("x-default", "en"), *((one, one) for one in LANGUAGES)]:
        assert f'hreflang="{code}" href="https://guide.example.org/{there}/types/outing/">' in html


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["search/", "plan/", "find-help/", "find-route/", "find-law/", "not-there/"])
def test_forms_and_errors_are_not_for_search_engines(guide, client, language, path):
    assert '<meta name="robots" content="noindex">' in client.get(f"/{language}/{path}").content.decode()
