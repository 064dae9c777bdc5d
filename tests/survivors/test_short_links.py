"""Short links lead to a page or a part of it in the reader's language, keep nothing and say nothing."""

from __future__ import annotations

import shutil

import pytest
from django.db import connection
from django.utils import translation
from django.utils.translation import gettext

from survivors import edition as reading
from tests.folders import Folder
from toolkit import edition
from toolkit.files import sync
from toolkit.live import live_site
from toolkit.texts.languages import LANGUAGES
from toolkit.texts.lasting.short_links import code_of, places, short_links

PAGE = "types/fake-images"
CODE = code_of(PAGE, "do-first")
ACCEPTED = {"en": "en-GB", "ms": "ms,en;q=0.5", "ta": "ta-MY", "zh-hans": "zh-CN,zh;q=0.9"}


def no_database(*_args: object) -> None:
    raise AssertionError("a reader's answer needs no database")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_short_link_leads_to_the_part_in_the_readers_language_or_in_a_fixed_one(guide, client, language):
    wished = client.get(f"/p/{CODE}", headers={"accept-language": ACCEPTED[language]})
    assert (wished.status_code, wished["Location"]) == (302, f"/{language}/{PAGE}/#do-first")
    assert wished["Vary"] == "Accept-Language"
    fixed = client.head(f"/p/{code_of(PAGE)}.{language}", headers={"accept-language": "fr"})
    assert (fixed.status_code, fixed["Location"]) == (302, f"/{language}/{PAGE}/")
    for answer in (wished, fixed):
        assert answer["X-Robots-Tag"] == "noindex" and answer["Cache-Control"] == "private, no-store"
        assert answer["Referrer-Policy"] == "same-origin" and "Set-Cookie" not in answer
        assert answer.content == b""


def test_every_page_and_every_part_has_a_code_of_its_own(guide):
    site = live_site()
    everything = [old for page in site.values() for old, _ in places(page)]
    assert len(short_links(site)) == len(everything) > 600


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (f"/P/{CODE.upper()}", f"/p/{CODE}"),
        (f"/p/{CODE}/", f"/p/{CODE}"),
        (f"/p/{CODE}\u3002", f"/p/{CODE}"),
        (f"/p/({CODE}).", f"/p/{CODE}"),
        (f"/p/{CODE}.zh-Hans", f"/p/{CODE}.zh-hans"),
        (f"/p/{CODE}.TA/", f"/p/{CODE}.ta"),
        (f"/p/{CODE}.bm", f"/p/{CODE}"),
    ],
)
def test_a_mistyped_short_link_leads_to_the_right_one(guide, client, typed, meant):
    answer = client.get(typed)
    assert (answer.status_code, answer["Location"]) == (301, meant)


@pytest.mark.parametrize("path", ["/p/bbbbb", "/p/", "/p/none-such", "/p/bbbbb.ta"])
def test_an_unknown_code_is_told_with_help(guide, client, path):
    answer = client.get(path, headers={"accept-language": "ta"})
    html = answer.content.decode()
    assert answer.status_code == 404 and html.count("data-exit") >= 1 and 'href="tel:' in html


def test_a_renamed_page_keeps_its_address_its_anchors_and_its_short_links_without_a_database(
    folder: Folder, client, settings, tmp_path
):
    settings.DATA_DIR, settings.EDITION = tmp_path / "data", "survivors.edition.from_folder"
    edition.forget()
    reading.forget()
    sync.import_files(folder.root)
    shutil.rmtree(folder.root / "types/outing")
    body, kept = "What it is.\n\n## Do this first {#now}\n\nWords.\n", "[anchor_aliases]\ndo-first = 'now'\n"
    folder.page("types/told", body, kept, top='aliases = ["types/outing"]')
    folder.page("types/threats", position=2)
    report = sync.import_files(folder.root)
    assert report.errors == []
    edition.write()
    with connection.execute_wrapper(no_database):
        for old in (("types/outing", "do-first"), ("types/told", "do-first"), ("types/outing", "now")):
            assert client.get(f"/p/{code_of(*old)}.ms")["Location"] == "/ms/types/told/#now"
        assert client.get("/ms/types/outing/")["Location"] == "/ms/types/told/"
        assert '<a id="do-first">' in client.get("/ms/types/told/").content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_that_was_taken_down_says_so_with_help(folder: Folder, client, language):
    sync.import_files(folder.root)
    shutil.rmtree(folder.root / "types/threats")
    folder.page("types", "Find yours.\n", top='gone = ["types/threats"]')
    assert sync.import_files(folder.root).errors == []
    assert client.get(f"/p/{code_of('types/threats')}.{language}")["Location"] == f"/{language}/types/threats/"
    answer = client.get(f"/{language}/types/threats/")
    html = answer.content.decode()
    with translation.override(language):
        assert (answer.status_code, gettext("This page was taken down") in html) == (410, True)
    assert "tel:+60312345678" in html and html.count("data-exit") == 1 and f'href="/{language}/types/"' in html
    assert f'href="/{language}/search/"' in html


@pytest.mark.parametrize(
    ("earlier", "today"),
    [
        ("/types-of-online-gender-based-violence-and-what-to-do/doxxing", "types/private-details"),
        ("/first-response-to-ogbv/diy-risk-assessment/", "first-response/safety-check"),
        ("/understanding-the-laws-in-malaysia/making-a-police-report", "first-response/police"),
        ("/2025/02/17/online-harassment-abuse", "types/group-attacks"),
        ("/resourcetoolkit/first-response-to-ogbv/prioritise-your-wellbeing", "first-response/look-after-yourself"),
    ],
)
def test_the_addresses_of_the_earlier_toolkit_lead_to_todays_pages(guide, client, earlier, today):
    for language, accepted in ACCEPTED.items():
        answer = client.get(earlier, headers={"accept-language": accepted})
        assert (answer.status_code, answer["Location"]) == (301, f"/{language}/{today}/")
