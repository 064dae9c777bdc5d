"""A picture from a file that staff choose to a page: in the rooms, through the one door, before readers."""

from __future__ import annotations

import re
from base64 import b64decode
from dataclasses import replace
from html import unescape
from io import BytesIO
from urllib.parse import unquote

import brotli
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import translation
from docx import Document
from PIL import Image

from survivors import edition as reading
from survivors.data.pages import whole_page
from survivors.mirror.files import files
from survivors.mirror.links import file_of
from survivors.reading import layout
from survivors.search.documents import documents
from tests.staff import logged_in, make_staff
from tests.toolkit.test_editing import JSON, PAGE, fields, live, publish, rooms, screen, write  # noqa: F401 (a fixture)
from toolkit import edition
from toolkit.drafting.photograph import MOST_PIXELS, image_of
from toolkit.live import live_site
from toolkit.models import Draft
from toolkit.rendering.guide import Guide
from toolkit.reviewing.document import write_document
from toolkit.reviewing.pack import pack_in
from toolkit.reviewing.printed import write_printed
from toolkit.texts.languages import LANGUAGES
from toolkit.texts.problem import FaultError
from toolkit.texts.records.picture import LARGEST, PHOTOGRAPH, read_image

DRAWN = b"""<?xml version="1.0"?>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8" width="80"><!-- mine --><path d="M0 0h8v8z" fill="#900"/></svg>"""
KEPT = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8' width='80'><path d='M0 0h8v8z' fill='#900'></path></svg>"
)
LABELS = {"en": "A red corner", "ms": "Sudut merah", "ta": "சிவப்பு மூலை", "zh-hans": "红色的角"}


def photograph(kind: str = "JPEG", size=(900, 600), **more) -> bytes:
    """A noisy picture, as cameras make them."""
    out = BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(out, kind, **more)
    return out.getvalue()


def with_gps() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "Her own phone"
    exif[0x0112] = 6  # turned by a quarter
    exif.get_ifd(0x8825)[2] = (3.0, 8.0, 20.0)
    return photograph(exif=exif, comment=b"at home")


def pixels(image: str) -> Image.Image:
    return Image.open(BytesIO(b64decode(image.removeprefix(PHOTOGRAPH))))


class TestAFile:
    def test_a_drawing_is_kept_without_what_draws_nothing(self):
        assert read_image(image_of(DRAWN)) == KEPT

    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
    def test_a_photograph_is_made_small_enough_for_a_page(self, kind):
        image = read_image(image_of(photograph(kind)))
        assert len(image) <= LARGEST and max(pixels(image).size) >= 160

    def test_nothing_stays_of_what_a_camera_writes_beside_a_photograph(self):
        before = with_gps()
        assert b"Her own phone" in before and b"at home" in before
        image = read_image(image_of(before))
        found = pixels(image)
        assert not found.getexif() and not {"exif", "xmp", "icc_profile", "comment"} & found.info.keys()
        assert b"phone" not in b64decode(image.removeprefix(PHOTOGRAPH))
        # Turned as the camera meant it, since what said so is gone.
        assert found.width < found.height

    def test_what_is_seen_through_stands_on_white(self):
        out = BytesIO()
        Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(out, "PNG")
        assert pixels(image_of(out.getvalue())).convert("L").getextrema()[0] > 250

    def test_a_small_file_that_becomes_a_huge_picture_is_refused_before_it_is_opened(self, monkeypatch):
        out = BytesIO()
        Image.new("1", (20_000, 20_000)).save(out, "PNG")
        assert len(out.getvalue()) < 100_000 and MOST_PIXELS < 20_000**2
        monkeypatch.setattr(Image.Image, "convert", lambda *_: pytest.fail("it was opened"))
        with pytest.raises(FaultError):
            image_of(out.getvalue())

    @pytest.mark.parametrize(
        "file",
        [b"", b"words", photograph()[:400], b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", b"%PDF-1.7", b"\xff\xd8\xff\xe0"],
        ids=["empty", "words", "cut-short", "gif", "pdf", "a-beginning"],
    )
    def test_another_file_is_no_picture(self, file):
        with pytest.raises(FaultError):
            read_image(image_of(file))

    def test_entities_in_a_drawing_are_never_opened(self):
        bomb = b"<!DOCTYPE svg [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]>" + DRAWN.replace(b"mine", b"&b;")
        with pytest.raises(FaultError):
            read_image(image_of(bomb))


@pytest.fixture
def publisher(rooms) -> Client:  # noqa: F811 (a fixture)
    return logged_in(None, make_staff("farah", "Publisher"))


def add(client: Client, file: bytes, **more):
    """Adds a picture to the facts of a page, as a browser without script does."""
    write(client, "facts", action="add:pictures")
    form = fields(client.get(screen("facts")).content.decode())
    typed = {"pictures-0-id": "corner", "pictures-0-checked": "2026-11-22", "pictures-0-shows_nobody": "on", **more}
    sent = {**form, **{name: [value] for name, value in typed.items() if value}, "action": "save"}
    return client.post(screen("facts"), {**sent, "pictures-0-image-file": SimpleUploadedFile("x", file)}, follow=True)


def published(client: Client, file: bytes = DRAWN) -> None:
    """A page that shows the picture in four languages."""
    add(client, file)
    publish(client, Draft.objects.get(part="facts"))
    for language in LANGUAGES:
        body = live(language).partition("---\n")[2].partition("---\n")[2]
        words = {"body": body + "\n{{ picture corner }}\n", "label.corner": LABELS[language]}
        write(client, language, **words, **({} if language == "en" else {"follows_today": "on"}))
        size = {"size": "major", "note": "There is a picture."} if language == "en" else {}
        publish(client, Draft.objects.get(part=language, state__in=Draft.OPEN), **size)


def page(language: str) -> str:
    with translation.override(language):
        return layout.page(Guide.of(live_site()), language, PAGE)


class TestInTheRooms:
    def test_the_chosen_file_is_looked_at_in_the_form_and_waits_in_the_draft(self, publisher):
        html = add(publisher, DRAWN).content.decode()
        shown = re.search(r'<img class="picture" src="data:image/svg\+xml,([^"]+)"', html)
        assert shown and unquote(unescape(shown[1])).startswith("<svg xmlns=")
        assert KEPT in Draft.objects.get().text

    def test_what_is_no_picture_is_said_and_what_was_there_stays(self, publisher):
        add(publisher, DRAWN)
        form = fields(publisher.get(screen("facts")).content.decode())
        sent = {**form, "action": "save", "pictures-0-image-file": SimpleUploadedFile("x", b"words")}
        html = publisher.post(screen("facts"), sent, follow=True).content.decode()
        assert "neither a drawing nor a photograph" in html
        assert KEPT in Draft.objects.get().text

    def test_nobody_publishes_one_without_saying_that_it_shows_nobody(self, publisher):
        add(publisher, DRAWN, **{"pictures-0-shows_nobody": ""})
        assert Draft.objects.get().text == ""

    def test_what_is_chosen_after_the_log_in_has_ended_waits_in_the_draft_too(self, publisher):
        add(publisher, b"words")
        form = fields(publisher.get(screen("facts")).content.decode())
        publisher.logout()
        publisher.post(screen("facts"), {**form, "pictures-0-image-file": SimpleUploadedFile("x", DRAWN)})
        assert "<svg" in Draft.objects.get().typed["pictures-0-image"][0]

    def test_the_script_is_told_at_once_that_a_file_is_no_picture(self, publisher):
        add(publisher, DRAWN)
        form = fields(publisher.get(screen("facts")).content.decode())
        told = publisher.post(
            screen("facts"), {**form, "pictures-0-image-file": SimpleUploadedFile("x", b"words")}, headers=JSON
        ).json()
        assert "neither a drawing nor a photograph" in told["problems"].partition("</li>")[0]
        assert KEPT in Draft.objects.get().text

    def test_an_upload_is_held_in_memory_alone(self, publisher, settings, monkeypatch):
        monkeypatch.setattr("tempfile.NamedTemporaryFile", lambda *_, **__: pytest.fail("it touched the disk"))
        settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
        add(publisher, photograph(size=(1600, 1200)))
        assert PHOTOGRAPH in Draft.objects.get().text

    def test_a_text_that_shows_it_must_say_what_it_shows(self, publisher):
        add(publisher, DRAWN)
        publish(publisher, Draft.objects.get(part="facts"))
        body = live("en").partition("---\n")[2].partition("---\n")[2]
        write(publisher, "en", body=body + "\n{{ picture corner }}\n")
        html = publisher.get(screen("en")).content.decode()
        assert "ay what the picture corner shows" in html

    def test_another_page_cannot_show_it(self, publisher):
        add(publisher, DRAWN)
        publish(publisher, Draft.objects.get(part="facts"))
        write(publisher, "en", "types/threats", body="Words.\n\n{{ picture corner }}\n")
        assert "here is no picture corner" in publisher.get(screen("en", "types/threats")).content.decode()


class TestBeforeReaders:
    @pytest.mark.parametrize("file", [DRAWN, photograph()], ids=["drawing", "photograph"])
    def test_it_stands_in_the_page_with_its_words_in_four_languages(self, publisher, file):
        published(publisher, file)
        for language in LANGUAGES:
            html = page(language)
            shown = re.findall(r'<img src="(data:[^"]+)" alt="([^"]*)"', html)
            assert [alt for _, alt in shown] == [LABELS[language]]
            assert not re.search(r'<img[^>]+src="(?!data:)', html) and " style=" not in html
            assert len(brotli.compress(html.encode(), quality=5)) <= 14_600

    def test_search_finds_the_page_by_its_words_and_data_stay_as_described(self, publisher):
        published(publisher)
        guide = Guide.of(live_site())
        found = next(one for one in documents(guide, "en") if one.path == PAGE)
        assert LABELS["en"] not in found.names
        with translation.override("en"):
            assert "pictures" not in whole_page(guide, PAGE)["facts"]

    def test_its_words_stand_wherever_the_page_is_read_elsewhere(self, publisher, tmp_path, settings):
        settings.DATA_DIR = tmp_path / "data"
        published(publisher)
        guide = Guide.of(live_site())
        for language in LANGUAGES:
            sheet = next(one for one in pack_in(guide, language) if one.path == PAGE)
            assert LABELS[language] in [one.text for one in sheet.statements if one.what == "label.corner"]
            assert not any("{{" in one.text or "data:" in one.text for one in sheet.statements)
            write_document(tmp_path / "pack.docx", language, [sheet])
            assert LABELS[language] in Document(str(tmp_path / "pack.docx")).element.xml
            write_printed(tmp_path / "pack.html", language, [sheet])
            assert LABELS[language] in (tmp_path / "pack.html").read_text()
            assert f'alt="{LABELS[language]}"' in whole_page(guide, PAGE)["texts"][language]["html"]

    def test_a_mirror_has_it_in_the_page_and_asks_nobody_for_it(self, publisher, tmp_path, settings):
        settings.DATA_DIR = tmp_path / "data"
        edition.forget()
        published(publisher)
        call_command("edition", verbosity=0)
        reading.forget()
        places = {file_of(f"/{language}/{PAGE}/"): LABELS[language] for language in LANGUAGES}
        found = {one.name: one.make().decode() for one in files(reading.from_folder()) if one.name in places}
        for name, words in places.items():
            assert re.findall(r'<img src="(data:)[^"]*" alt="([^"]*)"', found[name]) == [("data:", words)]

    def test_a_text_whose_picture_was_taken_away_shows_nothing_in_its_place(self, publisher):
        published(publisher)
        site = live_site()
        texts = site[PAGE]
        assert texts.facts
        without = texts.with_part("facts", replace(texts.facts, pictures=()))
        with translation.override("en"):
            html = layout.page(Guide.of({**site, PAGE: without}), "en", PAGE)
        assert "<img" not in html and "picture corner" not in html
