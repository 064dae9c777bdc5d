"""The guide handed over: a site with every version of its texts comes up from the folder, and nobody's account."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from survivors import edition as reading
from tests.folders import Folder, empty_the_database
from tests.staff import make_staff
from toolkit import edition, models
from toolkit.edition import versions
from toolkit.files import sync
from toolkit.live import live_site
from toolkit.texts.languages import LANGUAGES


@pytest.fixture
def handed_over(folder: Folder, settings, tmp_path: Path) -> Path:
    """A small guide whose page was changed once, handed over in a folder."""
    settings.DATA_DIR = tmp_path / "data"
    edition.forget()
    reading.forget()
    make_staff("puteri-mei", "Administrator")
    sync.import_files(folder.root)
    for language in LANGUAGES:
        text = folder.file("types/outing", language).read_text()
        folder.write("types/outing", language, text.replace("Breathe", f"Breathe slowly ({language})"))
    folder.page("types/outing", "Other words.\n")
    sync.import_files(folder.root)
    call_command("hand_over", tmp_path / "handed", verbosity=0)
    return tmp_path / "handed"


def history() -> list[tuple[object, ...]]:
    rows = models.Revision.objects.order_by("pk")
    return list(rows.values_list("page__path", "part", "digest", "text", "created", "origin", "was_live", "note"))


def test_a_site_comes_up_from_it_with_every_version_and_all_pages(handed_over: Path, folder: Folder, settings):
    before, site, numbered = history(), live_site(), versions.published()
    read = {language: Client().get(f"/{language}/types/outing/").content for language in LANGUAGES}
    empty_the_database()
    call_command("take_over", handed_over, verbosity=0)
    assert history() == before and live_site() == site and versions.published() == numbered
    # Its files are those of the site: nothing is to be decided.
    settings.CONTENT_DIR = handed_over / "content"
    report = sync.import_files(settings.CONTENT_DIR)
    assert set(report.decisions.values()) == {sync.Decision.IN_SYNC} and not report.errors
    assert {language: Client().get(f"/{language}/types/outing/").content for language in LANGUAGES} == read
    assert models.Page.objects.get(path="types/outing").title_ta == "ta types/outing"


def test_it_holds_the_site_a_letter_in_two_languages_and_nobodys_name(handed_over: Path):
    done = subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=handed_over, capture_output=True)
    assert done.returncode == 0
    assert (
        "take_over" in (handed_over / "LETTER.md").read_text() and "take_over" in (handed_over / "SURAT.md").read_text()
    )
    assert (handed_over / "mirror" / "ta" / "types" / "outing" / "index.html").exists()
    assert "@" not in (handed_over / "LETTER.md").read_text() and (handed_over / "LICENCE.txt").read_text().strip()
    written = b"".join(
        path.read_bytes() for path in handed_over.rglob("*") if path.is_file() and "mirror" not in path.parts
    )
    assert b"puteri" not in written and b"secret_key" not in written


def test_what_is_not_whole_or_would_mix_two_guides_is_refused(handed_over: Path):
    with pytest.raises(CommandError, match="pages of its own"):
        call_command("take_over", handed_over)
    empty_the_database()
    file = handed_over / "history" / "versions.jsonl"
    file.write_text(file.read_text().replace("Breathe", "Brathe"))
    with pytest.raises(CommandError, match="not whole"):
        call_command("take_over", handed_over)
    assert not models.Page.objects.exists()
