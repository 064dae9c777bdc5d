"""Commands and publications that are killed, or find the disk full, half way: nothing half is left, the next one heals."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.conftest import Site, waited_for
from tests.faults.staff_visitor import asked
from tests.ready import ROOT
from toolkit.texts.languages import FILE_NAMES, LANGUAGES

LIVE = """
import django, json; django.setup()
from toolkit.live import live_site
print(json.dumps({f"{path}|{part}": one.body for path, page in live_site().items() for part, one in page.prose.items()}))
"""
PUBLISH = """
import django, sys; django.setup()
from dataclasses import replace
from toolkit.judging import Change
from toolkit.live import live_site, publish
from toolkit.texts.canonical import digest
from toolkit.texts.page import write_part
for number in range(int(sys.argv[1])):
    prose = live_site()["types/threats"].prose["en"]
    made = replace(prose, body=f"Words number {number}.\\n\\n" + "More words.\\n\\n" * int(sys.argv[2]))
    publish([Change.of("types/threats", "en", made, digest(write_part(prose)))], origin="staff")
    print(number, flush=True)
"""

# Three texts of a page, set for yesterday by a Publisher who goes home.
SET = """
import django; django.setup()
from dataclasses import replace
from datetime import timedelta
from django.utils.timezone import localdate
from tests.staff import make_staff
from toolkit.drafting import drafts, scheduled
from toolkit.live import live_site
from toolkit.models import Draft, Page
from toolkit.texts.canonical import digest
from toolkit.texts.page import write_part
user, page = make_staff("aminah", "Publisher"), live_site()["types/threats"]
for part, prose in page.prose.items():
    made, today = replace(prose, body=prose.body + "From that day.\\n"), page.source_digest
    at = Page.objects.get(path="types/threats")
    draft = drafts.save(user, at, part, {}, write_part(made), version=0, base=digest(write_part(prose)), follows=today)
    scheduled.set_for(draft, user, localdate() + timedelta(days=1), reason="A law starts", is_minor=True)
Draft.objects.update(goes_live=localdate() - timedelta(days=1))
print("{}")
"""
# What runs on the day, until the first of them is noted as published.
HALF = """
import django, time; django.setup()
from django.core.management import call_command
from django.db.models.signals import post_save
from toolkit.models import AuditEntry
post_save.connect(lambda **_: (print("half", flush=True), time.sleep(600)), AuditEntry, weak=False)
call_command("publish_due")
"""
TOLD = """
import django, json; django.setup()
from django.contrib.auth.models import User
from tests.staff import logged_in
from toolkit.models import AuditEntry
desk = logged_in(None, User.objects.get(username="aminah"))
print(json.dumps([desk.get(f"/staff/{room}", SERVER_NAME="127.0.0.1").content.decode() for room in ("", "due/", "happened/")]))
"""


def texts(folder: Path) -> dict[str, bytes]:
    return {str(one.relative_to(folder)): one.read_bytes() for one in sorted(folder.rglob("*")) if one.is_file()}


def begun(site: Site, *command: str, **how: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, *command], cwd=ROOT, env=site.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **how
    )  # type: ignore[call-overload, no-any-return]


def test_an_export_that_is_killed_leaves_each_file_as_it_was_or_whole_and_the_next_one_heals(on_each: Site, tmp_path):
    out = tmp_path / "out"
    on_each.manage("content_export", "--out", str(out))
    whole = texts(out)
    for name in list(whole)[::2]:
        (out / name).write_bytes(b"")  # as a machine leaves them that lost its power
    process = begun(on_each, "manage.py", "content_export", "--out", str(out))
    # Killed as soon as it has mended its first file.
    emptied = list(whole)[::2]
    assert waited_for(lambda: any((out / name).stat().st_size for name in emptied) or process.poll() is not None)
    process.kill()
    process.wait()
    left = {name: raw for name, raw in texts(out).items() if not Path(name).name.startswith(".")}
    assert all(raw in (b"", whole[name]) for name, raw in left.items())
    on_each.manage("content_export", "--out", str(out))
    assert texts(out) == whole


def test_a_sync_that_is_killed_has_taken_over_all_of_it_or_nothing_and_the_next_one_the_rest(on_each: Site):
    before = asked(on_each, LIVE)
    for page in ("types/outing", "types/threats"):
        file = on_each.content.root / page / FILE_NAMES["en"]
        file.write_text(file.read_text().rstrip() + "\n\nA sentence more.\n")
    for wait in (0.5, 1.5, 3):
        process = begun(on_each, "manage.py", "content_sync")
        time.sleep(wait)
        process.kill()
        process.wait()
        now = asked(on_each, LIVE)
        for unit in before:
            assert now[unit] == before[unit] or now[unit].endswith("A sentence more.\n")
    on_each.manage("content_sync")
    now = asked(on_each, LIVE)
    assert sorted(unit for unit in now if now[unit] != before[unit]) == ["types/outing|en", "types/threats|en"]


def test_what_a_killed_publisher_was_told_is_published_is_and_readers_get_it(on_each: Site):
    on_each.start()
    process = begun(on_each, "-c", PUBLISH, "50", "10")
    assert process.stdout
    told = [process.stdout.readline() for _ in range(3)]
    process.kill()
    process.wait()
    live = str(asked(on_each, LIVE)["types/threats|en"])  # type: ignore[index]
    number = int(live.removeprefix("Words number ").partition(".")[0])
    assert number >= int(told[-1])
    on_each.manage("edition")
    assert waited_for(lambda: f"Words number {number}.".encode() in on_each.get("/en/types/threats/").body)


def test_what_is_set_for_a_day_is_published_whole_though_its_process_was_killed_and_staff_are_told(own_site: Site):
    asked(own_site, SET)
    before = asked(own_site, LIVE)
    process = begun(own_site, "-c", HALF)
    assert process.stdout and process.stdout.readline() == b"half\n"
    process.kill()
    process.wait()
    assert asked(own_site, LIVE) == before
    start, due, _happened = asked(own_site, TOLD)  # type: ignore[misc]
    assert start.count("has not come to it yet") == due.count("has not come to it yet") == len(LANGUAGES)
    own_site.manage("publish_due")
    now = asked(own_site, LIVE)
    assert {unit for unit in now if now[unit].endswith("From that day.\n")} == {  # type: ignore[attr-defined, index]
        unit
        for unit in before  # type: ignore[attr-defined]
        if unit.startswith("types/threats|")
    }
    start, due, happened = asked(own_site, TOLD)  # type: ignore[misc]
    assert "has not come to it yet" not in start + due and happened.count("</b> published") == len(LANGUAGES)


@pytest.fixture
def small_disk(own_site: Site, tmp_path: Path) -> Iterator[Site]:
    """A site whose data lie on a disk of their own with little room."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", str(disk)], capture_output=True).returncode:
        pytest.skip("this machine mounts no disk")
    try:
        shutil.copytree(own_site.data, disk / "data", symlinks=True)
        own_site.data = disk / "data"
        own_site.env["DATA_DIR"] = str(own_site.data)
        own_site.manage("edition")
        yield own_site
        own_site.stop()
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def filled(site: Site) -> Path:
    """Everything that is left, taken."""
    file = site.data / "filler"
    with file.open("wb", buffering=0) as filling:
        try:
            while True:
                filling.write(b"\0" * 65536)
        except OSError:
            pass
    return file


def test_on_a_full_disk_readers_read_on_nothing_is_lost_and_publishing_works_again_with_room(small_disk: Site):
    small_disk.start()
    before = asked(small_disk, LIVE)
    filler = filled(small_disk)
    refused = begun(small_disk, "-c", PUBLISH, "1", "4000")
    refused.wait(90)
    assert refused.returncode != 0
    assert small_disk.get("/en/types/threats/").status == small_disk.get("/ms/search/", data=b"q=words").status == 200
    assert "MB are free" in small_disk.manage("doctor", check=False).stdout
    filler.unlink()
    assert asked(small_disk, LIVE) == before
    again = begun(small_disk, "-c", PUBLISH, "1", "4000")
    assert again.wait(90) == 0
    small_disk.manage("edition")
    assert waited_for(lambda: b"Words number 0." in small_disk.get("/en/types/threats/").body)
