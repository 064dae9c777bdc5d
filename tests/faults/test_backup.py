"""A site that is lost and comes back from its backup, and a backup that is not whole."""

from __future__ import annotations

import sqlite3

from tests.faults.conftest import Site
from tests.faults.staff_visitor import asked

COUNTS = """
import django, json; django.setup()
from django.apps import apps
print(json.dumps({one._meta.label: one._base_manager.count() for one in apps.get_models()}))
"""


def rows(site: Site) -> dict[str, int]:
    with sqlite3.connect(site.data / "toolkit.sqlite3") as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: database.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0] for name in names}


def lost(site: Site) -> None:
    for file in site.data.glob("toolkit.sqlite3*"):
        file.unlink()


def test_a_lost_site_comes_back_whole_from_the_backup_of_a_running_one(own_site, tmp_path):
    own_site.start()
    own_site.manage("create_staff", "mei", "--link")
    own_site.manage("backup", str(tmp_path / "backups"))
    before = rows(own_site)
    own_site.stop()
    key = (own_site.data / "secret_key").read_text()
    lost(own_site)
    (own_site.data / "secret_key").unlink()
    (file,) = (tmp_path / "backups").glob("backup-*.tar.gz")
    own_site.manage("restore", str(file))
    assert rows(own_site) == before and before["auth_user"] == 1
    assert (own_site.data / "secret_key").read_text() == key
    assert own_site.start().answers()
    assert own_site.manage("doctor").stdout == "Nothing is wrong.\n"


def test_a_lost_postgresql_comes_back_whole_from_the_backup_of_a_running_site(on_postgres, postgres, tmp_path):
    on_postgres.start()
    on_postgres.manage("create_staff", "mei", "--link")
    on_postgres.manage("backup", str(tmp_path / "backups"))
    before = asked(on_postgres, COUNTS)
    on_postgres.stop()
    postgres.begin_anew()
    (file,) = (tmp_path / "backups").glob("backup-*.tar.gz")
    on_postgres.manage("restore", str(file))
    assert asked(on_postgres, COUNTS) == before and before["auth.User"] == 1 and before["toolkit.Revision"] > 0
    assert on_postgres.start().answers()
    assert on_postgres.manage("doctor").stdout == "Nothing is wrong.\n"


def test_a_damaged_backup_is_refused_and_changes_nothing(own_site, tmp_path):
    own_site.manage("prepare")
    own_site.manage("backup", str(tmp_path / "backups"))
    (file,) = (tmp_path / "backups").glob("backup-*.tar.gz")
    whole = file.read_bytes()
    before = (own_site.data / "toolkit.sqlite3").read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    done = own_site.manage("restore", str(file), check=False)
    assert done.returncode == 1 and "Nothing was changed" in done.stderr
    assert (own_site.data / "toolkit.sqlite3").read_bytes() == before


def test_the_doctor_names_what_is_wrong_and_the_way_back(own_site):
    own_site.manage("prepare")
    lost(own_site)
    done = own_site.manage("doctor", check=False)
    assert done.returncode == 1 and "restore FILE" in done.stdout


def test_an_emptied_file_is_healed_by_the_export(own_site):
    own_site.manage("prepare")
    emptied = own_site.content.file("types/outing", "ta")
    before = emptied.read_bytes()
    emptied.write_bytes(b"")
    own_site.manage("content_export")
    assert emptied.read_bytes() == before
