from __future__ import annotations

import os
import shutil
import subprocess

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.staff import make_staff
from toolkit import models
from toolkit.drafting import drafts
from toolkit.files import conflicts, sync
from toolkit.judging import Change
from toolkit.live import live_site, publish
from toolkit.live import live_text as text_in
from toolkit.texts.canonical import digest
from toolkit.texts.decide import Decision
from toolkit.texts.languages import PARTS
from toolkit.texts.page import read_part, write_part

pytestmark = pytest.mark.django_db

UNITS = 4 * len(PARTS)
PAGE = "types/outing"


def live_text(page: str, part: str) -> str | None:
    return text_in(live_site(), page, part)


def edit_on_site(page: str, part: str, old: str, new: str) -> None:
    before = live_text(page, part)
    assert before and old in before
    value = read_part(part, before.replace(old, new))
    publish([Change.of(page, part, value, digest(before))], origin="staff")


def edit_file(folder, page: str, part: str, old: str, new: str) -> None:
    path = folder.file(page, part)
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def test_every_file_is_taken_over_once(folder):
    assert len(sync.import_files(folder.root).named(Decision.IMPORT)) == UNITS
    assert models.Revision.objects.count() == UNITS


def test_a_second_sync_changes_nothing(folder):
    sync.import_files(folder.root)
    version, revisions = models.ContentVersion.current(), models.Revision.objects.count()
    assert len(sync.import_files(folder.root).named(Decision.IN_SYNC)) == UNITS
    assert (models.ContentVersion.current(), models.Revision.objects.count()) == (version, revisions)


def test_what_is_live_is_what_the_file_says(folder):
    sync.import_files(folder.root)
    for page in ("", "types", PAGE, "types/threats"):
        for part in PARTS:
            assert live_text(page, part) == folder.file(page, part).read_text()


def test_a_changed_file_becomes_live_and_the_old_text_stays_in_history(folder):
    sync.import_files(folder.root)
    before = folder.file(PAGE, "ta").read_text()
    edit_file(folder, PAGE, "ta", "What it is.", "Something else.")
    assert sync.import_files(folder.root).named(Decision.IMPORT) == [f"{PAGE}/ta.md"]
    assert "Something else." in live_text(PAGE, "ta")
    assert models.Revision.objects.filter(page__path=PAGE, part="ta", text=before).exists()


@pytest.mark.parametrize(
    "spoiled",
    [
        b"---\ntitle: A\n",
        b"---\ntitle: \xff\n---\n",
        b"---\ntitle: A\nsummary: B\n---\n{{ contact nobody }}\n",
        b"## x\n",
    ],
)
def test_a_bad_file_is_named_and_nothing_else_is_affected(folder, spoiled, capsys):
    sync.import_files(folder.root)
    before = live_text(PAGE, "en")
    folder.file(PAGE, "en").write_bytes(spoiled)
    edit_file(folder, "types/threats", "facts", "position = 2", "position = 7")
    with pytest.raises(SystemExit) as stop:
        call_command("content_sync", "--strict")
    assert stop.value.code == 1
    assert f"{PAGE}/en.md:" in capsys.readouterr().err
    assert live_text(PAGE, "en") == before
    assert live_site()["types/threats"].facts.position == 7


def test_without_strict_a_bad_file_does_not_stop_a_deployment(folder, capsys):
    folder.file(PAGE, "en").write_text("---\n")
    call_command("content_sync")
    assert f"{PAGE}/en.md:2: the front matter is not closed" in capsys.readouterr().err


def test_what_staff_changed_is_not_overwritten_by_an_unchanged_file(folder):
    sync.import_files(folder.root)
    edit_on_site(PAGE, "ms", "What it is.", "By staff.")
    assert sync.import_files(folder.root).named(Decision.EXPORT) == [f"{PAGE}/ms.md"]
    assert "By staff." in live_text(PAGE, "ms")


def test_a_text_changed_on_both_sides_is_a_conflict_and_nothing_is_written(folder):
    sync.import_files(folder.root)
    edit_on_site(PAGE, "ms", "What it is.", "By staff.")
    edit_file(folder, PAGE, "ms", "What it is.", "By hand.")
    in_file = folder.file(PAGE, "ms").read_bytes()
    assert sync.import_files(folder.root).named(Decision.CONFLICT) == [f"{PAGE}/ms.md"]
    sync.export_texts(folder.root, folder.root)
    assert "By staff." in live_text(PAGE, "ms")
    assert folder.file(PAGE, "ms").read_bytes() == in_file
    assert "By hand." in models.UnitState.objects.get(page__path=PAGE, part="ms", hold="conflict").held


def test_a_conflict_ends_by_taking_the_file(folder):
    test_a_text_changed_on_both_sides_is_a_conflict_and_nothing_is_written(folder)
    sync.import_files(folder.root, take=[f"{PAGE}/ms.md"])
    assert "By hand." in live_text(PAGE, "ms")
    assert not models.UnitState.objects.exclude(hold="").exists()
    assert models.Revision.objects.filter(text__contains="By staff.").exists()


def test_a_conflict_ends_by_taking_the_site(folder):
    test_a_text_changed_on_both_sides_is_a_conflict_and_nothing_is_written(folder)
    sync.export_texts(folder.root, folder.root, take=[f"{PAGE}/ms.md"])
    assert "By staff." in folder.file(PAGE, "ms").read_text()
    assert sync.import_files(folder.root).named(Decision.CONFLICT) == []


def test_different_texts_of_one_page_never_conflict(folder):
    sync.import_files(folder.root)
    edit_on_site(PAGE, "ms", "What it is.", "By staff.")
    edit_file(folder, PAGE, "ta", "What it is.", "By hand.")
    report = sync.import_files(folder.root)
    assert report.named(Decision.CONFLICT) == []
    assert "By staff." in live_text(PAGE, "ms") and "By hand." in live_text(PAGE, "ta")


def test_a_file_that_went_back_to_an_older_text_is_held(folder):
    sync.import_files(folder.root)
    first = folder.file(PAGE, "en").read_text()
    edit_file(folder, PAGE, "en", "What it is.", "Better words.")
    sync.import_files(folder.root)
    folder.file(PAGE, "en").write_text(first)
    assert sync.import_files(folder.root).named(Decision.ROLLBACK) == [f"{PAGE}/en.md"]
    assert "Better words." in live_text(PAGE, "en")
    sync.import_files(folder.root, take=[f"{PAGE}/en.md"])
    assert "What it is." in live_text(PAGE, "en")


def test_a_missing_file_never_deletes_a_live_text(folder):
    sync.import_files(folder.root)
    folder.file(PAGE, "ta").unlink()
    assert sync.import_files(folder.root).named(Decision.MISSING_FILE) == [f"{PAGE}/ta.md"]
    assert live_text(PAGE, "ta")


def test_a_record_can_move_to_another_page(folder):
    sync.import_files(folder.root)
    records = folder.file("", "facts").read_text().partition("[[sources]]")
    folder.write("", "facts", records[0])
    folder.file("types/threats", "facts").write_text(
        folder.file("types/threats", "facts").read_text() + "\n[[sources]]" + records[2]
    )
    for part in PARTS[1:]:
        for page in ("", "types/threats"):
            text = folder.file(page, part).read_text()
            text = (
                text.replace("label.line: The line\n", "")
                if page == ""
                else text.replace("\n---\n", "\nlabel.line: The line\n---\n", 1)
            )
            folder.file(page, part).write_text(text)
    assert sync.import_files(folder.root).errors == []
    assert live_site()["types/threats"].facts.contacts[0].id == "line"


def test_a_contact_that_others_name_does_not_go_and_the_pages_that_name_it_are_said(folder):
    sync.import_files(folder.root)
    before = live_site()
    folder.page("", "New words.\n", position=0)
    edit_file(folder, "types", "ms", "Find yours.", "Cari.")
    report = sync.import_files(folder.root)
    assert report.named(Decision.IMPORT) == ["types/ms.md"]
    assert live_site()[""] == before[""] and live_site()[PAGE] == before[PAGE]
    assert {problem.file for problem in report.errors} >= {
        f"{page}/{one}.md" for page in (PAGE, "types/threats") for one in ("en", "ms", "ta", "zh-hans")
    }


def test_a_contact_goes_once_nobody_names_it_and_all_its_texts_go_with_it(folder):
    sync.import_files(folder.root)
    folder.page("", "New words.\n", position=0)
    folder.page(PAGE, "What it is.\n\n## Do this first {#do-first}\n")
    folder.page("types/threats", "Nobody.\n", position=2)
    assert sync.import_files(folder.root).errors == []
    assert live_site()[""].facts.contacts == () and "New words." in live_text("", "ta")


def test_a_page_waits_with_its_facts(folder):
    sync.import_files(folder.root)
    folder.file(PAGE, "facts").write_text("position = 'one'\n")
    edit_file(folder, PAGE, "ta", "What it is.", "New words.")
    assert sync.import_files(folder.root).named(Decision.IMPORT) == []
    assert "New words." not in live_text(PAGE, "ta")


def rename(folder, old: str = PAGE, new: str = "types/told") -> None:
    (folder.root / old).rename(folder.root / new)
    folder.facts(new, top=f'aliases = ["{old}"]')
    for part in PARTS[1:]:
        edit_file(folder, "types/threats", part, f"/{old}/", f"/{new}/")


def test_a_renamed_page_takes_its_history_drafts_owner_and_published_changes_along(folder):
    sync.import_files(folder.root)
    page, owner = models.Page.objects.get(path=PAGE), make_staff("Mei", "Editor")
    models.Page.objects.filter(pk=page.pk).update(owner=owner)
    draft = drafts.save(owner, page, "ta", {}, live_text(PAGE, "ta"), version=0, base="", follows="")
    edit_on_site(PAGE, "ms", "What it is.", "By staff.")
    rename(folder)
    assert sync.import_files(folder.root).errors == []
    moved = models.Page.objects.get(path="types/told")
    assert (moved.pk, moved.owner, models.Draft.objects.get().page) == (page.pk, owner, moved)
    assert draft.page_id == moved.pk and PAGE not in live_site()
    assert "By staff." in live_text("types/told", "ms")
    assert models.Revision.objects.filter(page__path="types/told").count() == len(PARTS) + 2
    assert sync.import_files(folder.root).named(Decision.EXPORT) == ["types/told/ms.md"]


@pytest.mark.parametrize("part", ["ms", "facts"])
@pytest.mark.parametrize("answer", ["site", "files"])
def test_a_page_that_both_sides_changed_moves_once_a_person_has_decided(folder, part, answer):
    sync.import_files(folder.root)
    edit_on_site(
        PAGE, *(("ms", "What it is.", "By staff.") if part == "ms" else ("facts", "position = 1", "position = 9"))
    )
    if part == "ms":
        edit_file(folder, PAGE, "ms", "What it is.", "By hand.")
    rename(folder)
    assert len(sync.import_files(folder.root).named(Decision.CONFLICT)) == 1
    assert PAGE in live_site() and "types/told" not in live_site()
    [state] = conflicts.waiting()
    editor = make_staff("Mei", "Publisher")
    if answer == "site":
        conflicts.keep_the_sites(state, digest(state.held), editor)
    else:
        conflicts.use_the_files(state, digest(state.held), editor, digest(live_text(PAGE, part)))
    report = sync.import_files(folder.root)
    assert report.errors == [] and PAGE not in live_site()
    told = live_site()["types/told"]
    assert told.facts.aliases == (PAGE,)
    if part == "ms":
        assert ("By staff." in told.prose["ms"].body) == (answer == "site")
    else:
        assert told.facts.position == (9 if answer == "site" else 1)


# Where the part of the page that gives way is now.
KEPT = "[anchor_aliases]\ndo-first = 'now'\n"


def test_a_page_gives_way_to_another_that_is_there_already(folder):
    sync.import_files(folder.root)
    folder.page("types/threats", "## Now {#now}\n", KEPT, top=f'aliases = ["{PAGE}"]', position=2)
    shutil.rmtree(folder.root / PAGE)
    assert sync.import_files(folder.root).errors == []
    assert PAGE not in live_site()
    assert models.Revision.objects.filter(page__path=PAGE).count() == len(PARTS)


def test_a_page_whose_part_would_lead_nowhere_does_not_give_way(folder):
    sync.import_files(folder.root)
    folder.page("types/threats", "## Now {#now}\n", top=f'aliases = ["{PAGE}"]', position=2)
    shutil.rmtree(folder.root / PAGE)
    said = [problem for problem in sync.import_files(folder.root).errors if problem.code == "place-vanishes"]
    assert [problem.parts for problem in said] == [{"place": f"/{PAGE}/#do-first"}]
    assert PAGE in live_site() and live_site()["types/threats"].facts.aliases == ()


def test_a_page_that_comes_back_is_served_again(folder):
    test_a_page_gives_way_to_another_that_is_there_already(folder)
    folder.facts("types/threats", KEPT, position=2)
    folder.page(PAGE, "What it is.\n\n## Do this first {#do-first}\n")
    assert sync.import_files(folder.root).errors == []
    assert PAGE in live_site()


def test_export_after_a_sync_leaves_a_git_work_tree_clean(folder):
    git = ["git", "-C", str(folder.root)]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "."], check=True)
    call_command("content_sync")
    call_command("content_export")
    changes = subprocess.run([*git, "diff", "--stat"], check=True, capture_output=True, text=True).stdout
    assert changes == ""


def test_what_staff_changed_is_exported_in_canonical_form(folder, capsys):
    sync.import_files(folder.root)
    edit_on_site(PAGE, "zh-hans", "What it is.", "新的文字。")
    call_command("content_export")
    assert capsys.readouterr().out.split() == [f"{PAGE}/zh-hans.md"]
    assert folder.file(PAGE, "zh-hans").read_text() == live_text(PAGE, "zh-hans")
    assert len(sync.import_files(folder.root).named(Decision.IN_SYNC)) == UNITS


def test_everything_can_be_exported_to_another_folder(folder, tmp_path):
    sync.import_files(folder.root)
    call_command("content_export", "--out", str(tmp_path / "copy"))
    for path in folder.root.rglob("*.*"):
        assert (tmp_path / "copy" / path.relative_to(folder.root)).read_bytes() == path.read_bytes()


def test_check_says_what_is_wrong_and_exits_one(folder, capsys):
    edit_file(folder, PAGE, "en", "{{ contact line }}", "{{ contact nobody }}")
    with pytest.raises(SystemExit):
        call_command("content_check")
    assert f"{PAGE}/en.md:11: no contact nobody" in capsys.readouterr().out


def test_check_knows_what_is_published_here(folder, capsys):
    sync.import_files(folder.root)
    (folder.root / PAGE).rename(folder.root / "types/told")
    with pytest.raises(SystemExit):
        call_command("content_check")
    assert "/types/outing/ was published and would vanish" in capsys.readouterr().out


def test_format_writes_the_canonical_form(folder, capsys):
    text = folder.file(PAGE, "en").read_text()
    folder.file(PAGE, "en").write_text(text.replace("\n", "  \r\n"))
    call_command("content_check", "--format")
    assert folder.file(PAGE, "en").read_text() == text


def test_pin_records_that_a_translation_follows_todays_english(folder, capsys):
    edit_file(folder, PAGE, "en", "What it is.", "Better words.")
    sync.import_files(folder.root)
    assert live_site()[PAGE].state("ta").value == "outdated"
    call_command("content_pin", PAGE, "--language", "ta")
    sync.import_files(folder.root)
    assert live_site()[PAGE].state("ta").value == "unreviewed"
    assert live_site()[PAGE].state("ms").value == "outdated"


@pytest.mark.parametrize("part", ["en", "ta"])
def test_pin_names_what_is_no_file_and_never_waits_for_it(folder, part):
    folder.file(PAGE, part).unlink()
    os.mkfifo(folder.file(PAGE, part))
    with pytest.raises(CommandError, match=rf"{part}\.md:1: "):
        call_command("content_pin", PAGE)
    with pytest.raises(CommandError, match=r"no such text: types/none/en\.md"):
        call_command("content_pin", "types/none")


def test_every_live_text_is_canonical(folder):
    sync.import_files(folder.root)
    for page in live_site().values():
        for part in PARTS:
            text = write_part(page.part(part))
            assert write_part(read_part(part, text)) == text
