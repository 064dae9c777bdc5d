"""Writing a mirror again: cost and changes follow what has changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command

from survivors import edition as reading
from survivors.mirror.files import files
from survivors.mirror.writing import File, NotAMirrorError, Written, write
from tests.folders import Folder
from toolkit import edition
from toolkit.files import sync


def mirrored(folder: Folder, target: Path) -> Written:
    sync.import_files(folder.root)
    call_command("edition", verbosity=0)
    reading.forget()
    return write(target, files(reading.from_folder()))


def test_a_second_run_writes_nothing_and_a_changed_page_is_written_alone(folder: Folder, settings, tmp_path: Path):
    settings.DATA_DIR = tmp_path / "data"
    edition.forget()
    first = mirrored(folder, tmp_path / "out")
    assert len(first.files) == first.total > 40
    assert mirrored(folder, tmp_path / "out") == Written((), (), first.total)
    text = folder.file("types/threats", "en").read_text()
    folder.write("types/threats", "en", text.replace("or call", "or ring"))
    pages = [name for name in mirrored(folder, tmp_path / "out").files if name.endswith(".html")]
    assert "en/types/threats/index.html" in pages and all("/types/threats/" in name for name in pages)
    assert "or ring" in (tmp_path / "out" / "en/types/threats/index.html").read_text()


def test_what_is_gone_vanishes_with_its_folders_and_nothing_else_is_written_over(tmp_path: Path):
    both = [File(f"en/{name}/index.html", "1", name.encode) for name in ("here", "gone")]
    write(tmp_path / "out", iter(both))
    assert write(tmp_path / "out", iter(both[:1])).gone == ("en/gone/index.html",)
    assert not (tmp_path / "out" / "en" / "gone").exists() and (tmp_path / "out" / "en/here/index.html").exists()
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").write_text("a letter")
    with pytest.raises(NotAMirrorError):
        write(tmp_path / "letters", iter(both))
