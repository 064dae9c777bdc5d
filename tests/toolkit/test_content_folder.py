"""Whatever stands in the folder of content: it is named with its path, and everything else goes on."""

from __future__ import annotations

import os
import socket
import tempfile
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.folders import Folder, small_guide
from tests.staff import logged_in, make_staff
from toolkit.files import sync
from toolkit.live import live_site
from toolkit.texts.folder import look_through

PAGE = "types/outing"
FRONT = "---\ntitle: A\nsummary: B\n---\n"


def put(folder: Folder, name: str, text: str | bytes) -> None:
    path = folder.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def in_place_of(folder: Folder, name: str) -> Path:
    path = folder.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    return path


def a_pipe(folder: Folder) -> None:
    os.mkfifo(in_place_of(folder, f"{PAGE}/ms.md"))


def a_socket(folder: Folder) -> None:
    made = socket.socket(socket.AF_UNIX)
    here = Path.cwd()
    os.chdir(folder.root / PAGE)  # a socket's path may only be short
    try:
        in_place_of(folder, f"{PAGE}/ms.md")
        made.bind("ms.md")
    finally:
        os.chdir(here)
        made.close()


def a_folder_with_the_name_of_a_text(folder: Folder) -> None:
    in_place_of(folder, f"{PAGE}/page.toml").mkdir()


def a_link_to_elsewhere(folder: Folder) -> None:
    in_place_of(folder, f"{PAGE}/ms.md").symlink_to("/etc/hostname")


def a_link_to_itself(folder: Folder) -> None:
    in_place_of(folder, f"{PAGE}/ms.md").symlink_to("ms.md")


def a_linked_folder(folder: Folder) -> None:
    (folder.root / "types" / "round").symlink_to(folder.root)


def a_huge_file(folder: Folder) -> None:
    with (folder.root / PAGE / "en.md").open("wb") as file:
        file.truncate(100 * 2**20)


def folders_in_folders(folder: Folder) -> None:
    (folder.root / "types" / "/".join(["a"] * 200)).mkdir(parents=True)


def a_name_that_is_no_utf_8(folder: Folder) -> None:
    path = folder.root / "types" / os.fsdecode(b"caf\xe9")
    path.mkdir()
    (path / "en.md").write_text(FRONT)


STRANGE = [
    (a_pipe, f"{PAGE}/ms.md:1: this is not a file"),
    (a_socket, f"{PAGE}/ms.md:1: this is not a file"),
    (a_folder_with_the_name_of_a_text, f"{PAGE}/page.toml:1: this is not a file"),
    (a_link_to_elsewhere, f"{PAGE}/ms.md:1: a link is not followed"),
    (a_link_to_itself, f"{PAGE}/ms.md:1: a link is not followed"),
    (a_linked_folder, "types/round:1: a link is not followed"),
    (a_huge_file, f"{PAGE}/en.md:1: a file has at most 256 KB"),
    (folders_in_folders, "deep, are not looked into"),
    (a_name_that_is_no_utf_8, r"types/caf\xe9/en.md:1: a page's folder is named in small letters"),
]
FACTS = "position = 1\nchecked = 2026-11-22\n"
BAD = [
    ("page.toml", "x = " + "[" * 3000 + "]" * 3000 + "\n", "1: a line has at most"),
    ("page.toml", f"{FACTS}x = [\n" + "[\n" * 3000 + "]\n" * 3000 + "]\n", "brackets within brackets"),
    ("page.toml", f"{FACTS}x = " + "[" * 30 + "]" * 30 + "\n", "3: brackets within brackets"),
    ("page.toml", f"{FACTS}x = " + "{ a = " * 2000 + "1" + " }" * 2000 + "\n", "3: a line has at most"),
    ("page.toml", f"checked = 2026-11-22\nposition = {'9' * 4900}\n", "2: a number is far too long"),
    ("page.toml", f"checked = 2026-11-22\nposition = {'9' * 30}\n", "2: position must be at most"),
    ("page.toml", "checked = 2026-11-22\nposition = inf\n", "2: position must be a whole number"),
    ("page.toml", "checked = 2026-11-22\nposition = nan\n", "2: position must be a whole number"),
    ("page.toml", "checked = 2026-11-22\nposition = 1e400\n", "2: position must be a whole number"),
    ("page.toml", "position = 1\nchecked = 9999-12-31\n", "2: checked must be a day between 1900 and 2100"),
    ("page.toml", "position = 1\nchecked = 0001-01-01\n", "2: checked must be a day between 1900 and 2100"),
    ("page.toml", "position = 1\nchecked = 2099-12-31\n", "2: checked on a day that has not come: 2099-12-31"),
    ("page.toml", b"position = 1\nchecked = 2026-11-22\n# \xff\n", "3: not valid UTF-8"),
    ("page.toml", FACTS + '[[figures]]\nid = "a"\n' * 201, "1: at most 200 records of one kind on a page"),
    ("en.md", f"{FRONT}{'[' * 30000}\n", "5: a line has at most 5000 characters"),
    ("en.md", FRONT.encode() + b"one\ntwo \xfe\n", "6: not valid UTF-8"),
    ("en.md", f"{FRONT}a\u200bb\n", "5: invisible or control character U+200B"),
    ("en.md", FRONT + "word\n" * 60_000, "1: a file has at most 256 KB"),
]


def sync_and_check(capsys) -> tuple[str, str]:
    """What content_sync and content_check say."""
    call_command("content_sync")
    synced = capsys.readouterr().err
    with pytest.raises(SystemExit):
        call_command("content_check")
    return synced, capsys.readouterr().out


def goes_on(folder: Folder, said: tuple[str, str], wanted: str) -> None:
    """Both named it, and what else changed is live."""
    assert wanted in said[0]
    assert wanted in said[1]
    assert live_site()["types/threats"].facts.position == 7


def something_else_changes(folder: Folder) -> None:
    sync.import_files(folder.root)
    folder.facts("types/threats", position=7)


@pytest.mark.parametrize(("make", "wanted"), STRANGE, ids=lambda one: getattr(one, "__name__", ""))
def test_what_is_no_plain_file_is_named_and_stops_nothing(folder, capsys, make, wanted):
    something_else_changes(folder)
    make(folder)
    before = live_site()[PAGE]
    goes_on(folder, sync_and_check(capsys), wanted)
    assert live_site()[PAGE] == before


@pytest.mark.parametrize(("part", "text", "wanted"), BAD, ids=range(len(BAD)))
def test_a_file_that_cannot_be_taken_is_named_with_its_line_and_stops_nothing(folder, capsys, part, text, wanted):
    something_else_changes(folder)
    put(folder, f"{PAGE}/{part}", text)
    before = live_site()[PAGE]
    goes_on(folder, sync_and_check(capsys), wanted)
    assert live_site()[PAGE] == before


def test_a_folder_that_may_not_be_opened_takes_no_page_away():
    """In a process of its own, which may open less than whoever runs the tests."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name) / "content"
        small_guide(root)
        root.parent.chmod(0o755)
        (root / PAGE / "en.md").chmod(0)
        (root / "types" / "threats").chmod(0)
        reading, writing = os.pipe()
        if (child := os.fork()) == 0:
            if os.geteuid() == 0:
                os.setuid(65534)
            found = look_through(root)
            faults = {file.name: str(file.fault) for file in found.files if file.fault}
            faults |= {name: str(fault) for name, fault in found.faults.items()}
            os.write(writing, repr((faults, found.hides("types/threats/en.md"), len(found.files))).encode())
            os._exit(0)
        os.waitpid(child, 0)
        (root / "types" / "threats").chmod(0o755)
        said = os.read(reading, 10_000).decode()
    denied = "cannot be read: Permission denied"
    assert said == repr(({f"{PAGE}/en.md": denied, "types/threats": denied}, True, 15))


def test_the_room_of_files_opens_whatever_stands_there(folder, plain_static):
    for make, _ in STRANGE:
        make(folder)
    answer = logged_in(None, make_staff("Mei", "Publisher")).get("/staff/files/")
    assert answer.status_code == 200
    assert r"types/caf\xe9/en.md" in answer.content.decode()


def test_formatting_leaves_alone_what_is_no_plain_file(folder):
    for make, _ in STRANGE:
        make(folder)
    assert sync.format_files(folder.root) == []
    assert (folder.root / PAGE / "page.toml").is_dir()


def test_an_export_leaves_alone_what_is_no_plain_file(folder, capsys):
    sync.import_files(folder.root)
    for make, _ in STRANGE:
        make(folder)
    call_command("content_export")
    assert (folder.root / PAGE / "ms.md").is_symlink()
