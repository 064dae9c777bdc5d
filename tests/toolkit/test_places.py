"""places.txt: where only files are, nothing that partners link to vanishes either."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.core.management import call_command

from tests.folders import Folder, own_guide
from toolkit.texts.languages import LANGUAGES
from toolkit.texts.lasting import recorded

PAGE = "types/outing"
RECORDED = "/\n/types/\n/types/outing/\n/types/outing/#do-first\n/types/threats/\n"


@pytest.fixture
def listed(folder: Folder, capsys) -> Folder:
    """A folder that keeps the list, and no database that knows of it."""
    (folder.root / recorded.PLACES_FILE).touch()
    call_command("content_check", "--format")
    capsys.readouterr()
    return folder


def said(capsys) -> str:
    """What the check finds."""
    try:
        call_command("content_check")
    except SystemExit as end:
        assert end.code == 1
        return capsys.readouterr().out
    return capsys.readouterr().out


def moved(folder: Folder) -> None:
    (folder.root / PAGE).rename(folder.root / "types/told")
    for part in LANGUAGES:
        text = folder.file("types/threats", part).read_text()
        folder.file("types/threats", part).write_text(text.replace("/types/outing/", "/types/told/"))


def test_every_place_stands_in_the_list_in_order_once_the_files_were_formatted(listed: Folder):
    assert (listed.root / recorded.PLACES_FILE).read_text() == RECORDED


def test_a_page_that_moves_must_say_where_it_was(listed: Folder, capsys):
    moved(listed)
    found = said(capsys)
    assert "places.txt:3: /types/outing/ was published and would lead nowhere" in found
    assert "places.txt:4: /types/outing/#do-first was published" in found
    listed.facts("types/told", top=f'aliases = ["{PAGE}"]')
    assert "places.txt" not in said(capsys)
    call_command("content_check", "--format")
    now = (listed.root / recorded.PLACES_FILE).read_text().splitlines()
    assert now == sorted(now) and set(RECORDED.splitlines()) < set(now) and "/types/told/#do-first" in now


def test_a_part_that_is_renamed_must_say_so_and_a_page_that_is_taken_down_too(listed: Folder, capsys):
    for part in LANGUAGES:
        for path in (PAGE, "types/threats"):
            text = listed.file(path, part).read_text()
            listed.file(path, part).write_text(text.replace("#do-first", "#begin"))
    assert "places.txt:4: /types/outing/#do-first was published" in said(capsys)
    listed.facts(PAGE, top='[anchor_aliases]\ndo-first = "begin"')
    assert "places.txt" not in said(capsys)
    for file in (listed.root / "types/threats").iterdir():
        file.unlink()
    assert "places.txt:5: /types/threats/ was published" in said(capsys)
    listed.facts("types", top='gone = ["types/threats"]')
    assert "places.txt" not in said(capsys)


def test_a_folder_without_the_list_gets_none(folder: Folder):
    call_command("content_check", "--format")
    assert not (folder.root / recorded.PLACES_FILE).exists()


def test_the_guide_keeps_its_own_list_and_nothing_of_it_is_lost():
    kept = (settings.CONTENT_DIR / recorded.PLACES_FILE).read_text().splitlines()
    assert len(kept) > 700 and "/safety/" in kept
    assert recorded.lost(settings.CONTENT_DIR, own_guide().site) == {}
