"""What a start does with the static files of the rooms."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from toolkit.operating import static_files


@pytest.fixture
def source(tmp_path: Path, settings) -> Path:
    """The one static file that there is."""
    settings.STATIC_ROOT = tmp_path / "served"
    settings.STATICFILES_DIRS = [tmp_path / "static"]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    made = tmp_path / "static" / "room.css"
    made.parent.mkdir()
    made.write_text("a { color: red }\n" * 20)
    return made


def served(settings) -> Path:
    named = json.loads((settings.STATIC_ROOT / "staticfiles.json").read_text())["paths"]
    return Path(settings.STATIC_ROOT / named["room.css"])


def test_a_start_makes_them_ready_and_the_next_one_leaves_them_as_they_are(source, settings):
    static_files.collect()
    first = served(settings)
    assert first.read_text() == source.read_text() and first.with_name(f"{first.name}.gz").is_file()
    first.write_text("as it was left")
    static_files.collect()
    assert first.read_text() == "as it was left"


def test_one_that_has_changed_is_served_under_a_new_name(source, settings):
    static_files.collect()
    first = served(settings)
    source.write_text("a { color: blue }\n")
    static_files.collect()
    assert served(settings) != first and "blue" in served(settings).read_text()


def test_after_a_start_that_was_cut_off_they_are_made_ready_anew(source, settings, monkeypatch):
    def cut_off(*args: object, **options: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(static_files, "call_command", cut_off)
        static_files.collect()
    static_files.collect()
    assert served(settings).read_text() == source.read_text()
