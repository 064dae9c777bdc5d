"""The edition: what publishing writes, what a reader's process reads of it, and that cost follows the change."""

from __future__ import annotations

import gzip
import shutil
import time
from dataclasses import replace
from datetime import date, timedelta
from time import thread_time

import brotli
import pytest
from django.utils import timezone

from survivors import edition as reading
from survivors import warming
from survivors.edition import WrittenEdition
from survivors.reading import layout
from survivors.search.index import index_of
from tests.folders import SOURCE_AND_CONTACT, Folder
from toolkit import edition
from toolkit.edition.making import SLOWEST
from toolkit.files import sync
from toolkit.judging import Change
from toolkit.live import NotFitError, live_site, publish
from toolkit.rendering.answers import is_file
from toolkit.texts.canonical import digest
from toolkit.texts.edition_folder import EditionFolder, NoEditionError
from toolkit.texts.languages import LANGUAGES
from toolkit.texts.page import write_part


@pytest.fixture
def published(folder: Folder, settings, tmp_path) -> EditionFolder:
    """A small guide, published, and its edition written."""
    settings.DATA_DIR = tmp_path / "data"
    settings.EDITION = "survivors.edition.from_folder"
    edition.forget()
    reading.forget()
    sync.import_files(folder.root)
    edition.write()
    return edition.folder()


def read(folder: EditionFolder) -> WrittenEdition:
    return WrittenEdition(folder, folder.manifest())


def html(folder: EditionFolder, address: str) -> str:
    answer = read(folder).answer(address)
    assert answer is not None
    return answer.bodies[""].decode()


def bodies(folder: EditionFolder) -> dict[str, str]:
    """Of pages and errors; data have tests of their own (tests/survivors/test_data.py)."""
    found = folder.manifest().answers.items()
    return {address: answer.get("body", "") for address, answer in found if not is_file(address)}


def looked_at_again() -> reading.Edition:
    """What a reader gets once the folder's pointer has been looked at again."""
    time.sleep(reading.LOOKED_AT_EVERY)
    return reading.current()


def publish_again(folder: Folder) -> None:
    sync.import_files(folder.root)
    edition.write()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_form_and_error_is_finished_in_three_encodings(published: EditionFolder, language: str):
    for address in (
        f"/{language}/",
        f"/{language}/types/outing/",
        f"/{language}/search/",
        f"/{language}/plan/",
        f"404 {language}",
    ):
        answer = read(published).answer(address)
        assert answer is not None
        plain = answer.bodies[""]
        assert f'<html lang="{language}"'.encode() in plain
        assert brotli.decompress(answer.bodies["br"]) == plain == gzip.decompress(answer.bodies["gzip"])


def test_what_is_current_is_not_written_again(published: EditionFolder):
    before = published.manifest()
    assert edition.write() == before


def test_a_changed_text_makes_only_what_shows_it(folder: Folder, published: EditionFolder):
    before = bodies(published)
    folder.english(
        "types/outing",
        "Something else entirely.\n\n## Do this first {#do-first}\n\n1. Breathe.\n\n{{ contact line }}\n",
    )
    publish_again(folder)
    changed = {address for address, body in bodies(published).items() if body != before[address]}
    # The translations say from now on that the English is newer.
    assert changed == {f"/{language}/types/outing/" for language in LANGUAGES}
    assert "Something else entirely." in html(published, "/en/types/outing/")


def test_a_changed_number_reaches_every_page_that_shows_it(folder: Folder, published: EditionFolder):
    text = (
        folder.file("", "facts")
        .read_text()
        .replace("03-1234 5678", "03-8765 4321")
        .replace("+60312345678", "+60387654321")
    )
    folder.write("", "facts", text)
    publish_again(folder)
    for language in LANGUAGES:
        for path in ("", "types/outing/", "types/threats/"):
            assert "03-8765 4321" in html(published, f"/{language}/{path}")
            assert "03-1234 5678" not in html(published, f"/{language}/{path}")


def test_a_new_title_reaches_the_pages_that_name_it(folder: Folder, published: EditionFolder):
    for position, path in enumerate(("laws", "laws/one", "laws/two")):
        folder.page(path, "Words.\n", position=position)
    publish_again(folder)
    file = folder.file("laws/two", "en")
    file.write_text(file.read_text().replace("title: Page laws/two", "title: Quite another title"))
    publish_again(folder)
    assert "Quite another title" in html(published, "/en/laws/")
    assert "Quite another title" in html(published, "/en/laws/one/")  # as the next page


def test_a_page_made_in_part_is_the_page_made_whole(folder: Folder, published: EditionFolder, settings, tmp_path):
    for change in range(4):  # its words, then its words and its place
        folder.page("types/outing", f"Words {change}.\n", position=change // 2 + 3)
        publish_again(folder)
    in_part = bodies(published)
    settings.DATA_DIR = tmp_path / "elsewhere"
    edition.forget()
    edition.write()
    assert bodies(edition.folder()) == in_part


def test_a_number_at_the_top_alone_reaches_pages_that_are_not_made_anew(
    folder: Folder, published: EditionFolder, monkeypatch, settings, tmp_path
):
    folder.page("", top='help_lines = ["line"]', position=0)
    folder.page("support", "Who can help.\n")
    folder.page("support/line", "Words.\n", SOURCE_AND_CONTACT)
    publish_again(folder)
    made, page = [], layout.page
    monkeypatch.setattr(layout, "page", lambda *what: made.append(what[2]) or page(*what))
    for number in ("+60387654321", "+60387654322"):
        folder.facts("support/line", SOURCE_AND_CONTACT.replace("+60312345678", number))
        publish_again(folder)
        for language in LANGUAGES:
            assert f'href="tel:{number}"' in html(published, f"/{language}/types/")
    assert "types/outing" in made and "types" not in made
    in_part = bodies(published)
    settings.DATA_DIR = tmp_path / "elsewhere"
    edition.forget()
    edition.write()
    assert bodies(edition.folder()) == in_part


def test_a_new_process_remembers_how_answers_were_made(folder: Folder, published: EditionFolder, monkeypatch):
    edition.forget()
    made, page = [], layout.page
    monkeypatch.setattr(layout, "page", lambda *what: made.append(what) or page(*what))
    folder.english("types/outing", "Other words.\n\n## Do this first {#do-first}\n\n1. Breathe.\n")
    publish_again(folder)
    assert 0 < len(made) < 15


def test_the_folder_for_web_servers_has_the_same_bytes_by_address(folder: Folder, published: EditionFolder):
    folder.english("types/outing", "Other words.\n\n## Do this first {#do-first}\n\n1. Breathe.\n")
    publish_again(folder)
    now = read(published)
    for address, entry in published.manifest().answers.items():
        if address.startswith("/") and entry.get("body"):
            file = published.root / "www" / address.strip("/") / ("" if is_file(address) else "index.html")
            answer = now.answer(address)
            assert answer is not None
            assert file.read_bytes() == answer.bodies[""]
            assert file.with_name(f"{file.name}.br").read_bytes() == answer.bodies["br"]


def laid_out(folder: EditionFolder) -> set[str]:
    return {str(one.parent.relative_to(folder.root / "www")) for one in (folder.root / "www").rglob("index.html")}


def test_an_address_that_leads_elsewhere_now_has_no_file_any_more(folder: Folder, published: EditionFolder):
    folder.page("types/old-name", "Words.\n", position=9)
    publish_again(folder)
    assert "ta/types/old-name" in laid_out(published)
    shutil.rmtree(folder.root / "types" / "old-name")
    folder.facts("types/outing", top='aliases = ["types/old-name"]')
    publish_again(folder)
    assert "ta/types/old-name" not in laid_out(published)


def test_other_headers_have_a_tree_of_their_own_and_the_one_before_stays(published: EditionFolder, monkeypatch):
    """A web server that has not heard of the new headers yet must not serve new pages with the old ones."""
    web = published.root / "web" / "nginx.conf"
    before, said = (published.root / "www").resolve(), web.read_text()
    assert f'root "{before}"' in said and "Content-Security-Policy" in said
    for number in (1, 2):
        monkeypatch.setattr("survivors.leaving.headers.PERMISSIONS_POLICY", f"camera=(), x{number}=()")
        monkeypatch.setattr(edition, "code", lambda made=number: f"code {made}")
        edition.write()
        now = (published.root / "www").resolve()
        assert before.exists() and now != before and web.read_text().startswith(f'root "{now}";')
        assert {one.name for one in (published.root / "laid").iterdir()} == {before.name, now.name}
        before = now
    assert len(laid_out(published)) > 20


def test_what_web_servers_serve_is_laid_out_again_where_it_is_missing(published: EditionFolder):
    whole = laid_out(published)
    (published.root / "www").unlink()
    shutil.rmtree(published.root / "laid")
    edition.write()
    assert laid_out(published) == whole


def test_a_page_that_moved_answers_with_its_new_address(folder: Folder, published: EditionFolder):
    folder.facts("types/outing", top='aliases = ["types/old-name"]')
    publish_again(folder)
    answer = read(published).answer("/ta/types/old-name/")
    assert answer is not None
    assert (answer.status, answer.location) == (301, "/ta/types/outing/")


def test_the_guide_of_an_edition_is_the_live_guide(published: EditionFolder, db):
    assert read(published).guide.site == live_site()


def test_a_reader_sees_a_publication_and_keeps_the_last_one_whatever_happens(folder: Folder, published: EditionFolder):
    first = reading.current()
    folder.english("", "Brand new words.\n")
    publish_again(folder)
    second = looked_at_again()
    assert second.version == first.version + 1
    (published.root / "current").write_text("nonsense")
    assert looked_at_again() is second
    (published.root / "current").unlink()
    assert looked_at_again() is second


def test_no_edition_is_said(tmp_path, settings):
    settings.DATA_DIR, settings.EDITION = tmp_path, "survivors.edition.from_folder"
    with pytest.raises(NoEditionError):
        reading.current()


def test_an_emptied_body_is_written_again(published: EditionFolder):
    name = published.manifest().answers["/en/"]["body"]
    (path,) = (published.root / "bodies").rglob(f"{name}.br")
    whole = path.read_bytes()
    path.write_bytes(b"")
    published.keep_body({"": published.body(name), "br": whole, "gzip": published.body(name, "gzip")})
    assert path.read_bytes() == whole


def test_a_law_that_starts_makes_the_edition_anew_on_its_day(folder: Folder, published: EditionFolder, monkeypatch):
    tomorrow = timezone.localdate() + timedelta(days=1)
    folder.facts("types/outing", _provision(tomorrow))
    publish_again(folder)
    before = published.manifest()
    assert date.fromisoformat(before.until) == tomorrow
    monkeypatch.setattr(timezone, "localdate", lambda *_: tomorrow)
    assert edition.is_behind()
    assert edition.write().version == before.version + 1


def fails() -> None:
    raise RecursionError


def takes_long() -> None:
    """In the processor's time, as a busy machine must refuse nothing."""
    end = thread_time() + SLOWEST + 0.1
    while thread_time() < end:
        pass


@pytest.fixture(params=[fails, takes_long])
def spoilt(request, published: EditionFolder, monkeypatch) -> EditionFolder:
    """Where a page of these words cannot be made, though the check has nothing against them."""
    made = layout.page

    def page(guide, language, path):
        if "unheard of" in guide.site[path].prose["en"].body:
            request.param()
        return made(guide, language, path)

    monkeypatch.setattr(layout, "page", page)
    return published


def test_what_cannot_be_made_is_named_and_left_out_and_the_rest_goes_on(folder: Folder, spoilt: EditionFolder):
    folder.english("types/outing", "Something unheard of.\n\n## Do this first {#do-first}\n\n{{ contact line }}\n")
    folder.english("types/threats", "Other words, which are fine.\n")
    report = sync.import_files(folder.root)
    assert "types/outing/en.md:1: this page cannot be made of its texts" in map(str, report.errors)
    edition.write()
    assert "Other words, which are fine." in html(spoilt, "/en/types/threats/")
    assert "Breathe." in html(spoilt, "/en/types/outing/")


def test_what_cannot_be_made_is_refused_in_the_rooms_and_changes_nothing(spoilt: EditionFolder):
    page = live_site()["types/outing"]
    wanted = replace(page.prose["en"], body=f"Something unheard of.\n\n{page.prose['en'].body}")
    change = Change.of("types/outing", "en", wanted, digest(write_part(page.prose["en"])))
    with pytest.raises(NotFitError) as refused:
        publish([change], origin="staff")
    assert [problem.file for problem in refused.value.problems] == ["types/outing/en.md"]
    assert live_site()["types/outing"] == page


def test_a_text_with_very_many_definitions_is_a_page_like_any_other(folder: Folder, published: EditionFolder):
    folder.english("types/outing", "## Do this first {#do-first}\n\n" + "a\n:   b\n\n" * 1500 + "{{ contact line }}\n")
    assert sync.import_files(folder.root).errors == []
    edition.write()
    assert html(published, "/en/types/outing/").count("<dt>") == 1500


def test_one_page_that_cannot_be_made_by_new_code_stays_and_holds_up_no_other(
    folder: Folder, published: EditionFolder, monkeypatch
):
    made = layout.page
    monkeypatch.setattr(
        layout, "page", lambda guide, language, path: 1 / 0 if path == "types/outing" else made(guide, language, path)
    )
    monkeypatch.setattr(edition, "code", lambda: "newer code")
    folder.english("types/threats", "Other words, which are fine.\n")
    edition.write()
    publish_again(folder)
    assert "Other words, which are fine." in html(published, "/en/types/threats/")
    assert "Breathe." in html(published, "/en/types/outing/")
    monkeypatch.setattr(layout, "page", made)
    folder.english("types/threats", "And others again.\n")
    publish_again(folder)
    assert not edition.is_behind()


def _provision(starts: date) -> str:
    return f"""
[[sources]]
id = "act"
title = "An act"
publisher = "A publisher"
url = "https://law.example.org/act"
checked = 2026-11-22

[[provisions]]
id = "act-1"
act = "An Act"
status = "not-commenced"
in_force_from = {starts.isoformat()}
sources = ["act"]
checked = 2026-11-22
"""


def test_questions_are_answered_from_the_edition_before_until_the_new_one_is_ready(
    folder: Folder, published: EditionFolder
):
    first = reading.current()
    warming.warm(first)
    folder.english("types/threats", "Zebras are mentioned now.\n")
    publish_again(folder)
    second = looked_at_again()
    assert second.version == first.version + 1
    assert reading.for_questions() is first
    warming.warm(second)
    assert [hit.path for hit in index_of(reading.for_questions()).find("zebras", "en").hits] == ["types/threats"]
