from __future__ import annotations

import io
import subprocess
import zipfile
from pathlib import Path

import pytest
from django.urls import reverse

from tests.staff import logged_in, make_staff
from toolkit import models
from toolkit.files import export, sync
from toolkit.judging import Change
from toolkit.live import live_site, publish
from toolkit.live import live_text as text_in
from toolkit.models import AuditEntry, Event, Revision, UnitState
from toolkit.texts.canonical import digest
from toolkit.texts.decide import Decision
from toolkit.texts.page import read_part

pytestmark = pytest.mark.usefixtures("plain_static")

PAGE = "types/outing"
FILES, CHANGES = "/staff/files/", "/staff/files/changes.zip"


@pytest.fixture
def live(folder):
    sync.import_files(folder.root)
    return folder


@pytest.fixture
def publisher(db):
    return logged_in(None, make_staff("Mei", "Publisher"))


def live_text(part: str, page: str = PAGE) -> str:
    return text_in(live_site(), page, part) or ""


def edit_on_site(part: str, old: str, new: str, page: str = PAGE) -> None:
    before = live_text(part, page)
    assert old in before
    publish([Change.of(page, part, read_part(part, before.replace(old, new)), digest(before))], origin="staff")


def edit_file(folder, part: str, old: str, new: str, page: str = PAGE) -> None:
    path = folder.file(page, part)
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def all_that_is_kept() -> tuple[int, int, list[tuple]]:
    states = list(UnitState.objects.order_by("pk").values_list("agreed", "hold", "held"))
    return Revision.objects.count(), models.ContentVersion.current(), states


def shown(client) -> dict[str, list[str]]:
    """Title of each group -> the files in it."""
    groups = client.get(FILES).context["groups"]
    return {group["title"]: [one.file for one in group["differences"]] for group in groups}


def test_all_is_well_is_said_with_the_number_of_texts(live, publisher):
    html = publisher.get(FILES).content.decode()
    assert "All is well: 20 texts are the same" in html and "4 pages are published" in html
    assert "Take over" not in html and CHANGES not in html


def test_a_text_changed_on_the_site_is_shown(live, publisher):
    edit_on_site("ta", "What it is.", "Changed.")
    assert shown(publisher) == {"Changed on the site, not in the files yet": [f"{PAGE}/ta.md"]}
    html = publisher.get(FILES).content.decode()
    assert "Page types/outing, தமிழ்" in html and CHANGES in html


def test_a_text_changed_in_the_files_is_shown(live, publisher):
    edit_file(live, "en", "What it is.", "Changed.")
    assert shown(publisher) == {"Changed in the files, not on the site yet": [f"{PAGE}/en.md"]}


def test_a_text_changed_in_both_needs_a_decision_and_leads_there_once_it_is_held(live, publisher):
    edit_file(live, "ms", "What it is.", "By hand.")
    edit_on_site("ms", "What it is.", "By staff.")
    assert shown(publisher) == {"Changed in both: needs a decision": [f"{PAGE}/ms.md"]}
    assert "Can be decided once the files were taken over" in publisher.get(FILES).content.decode()
    publisher.post(FILES)
    state = UnitState.objects.exclude(hold="").get()
    assert reverse("admin:decide", args=[state.page.path, state.part]) in publisher.get(FILES).content.decode()
    assert "By staff." in live_text("ms")


def test_files_that_went_back_to_an_older_text_need_a_decision(live, publisher):
    older = live.file(PAGE, "ms").read_text()
    edit_file(live, "ms", "What it is.", "Newer.")
    sync.import_files(live.root)
    live.file(PAGE, "ms").write_text(older)
    assert shown(publisher) == {"The files went back to an older text: needs a decision": [f"{PAGE}/ms.md"]}
    sync.import_files(live.root)
    state = UnitState.objects.get(hold="rollback")
    assert reverse("admin:decide", args=[state.page.path, state.part]) in publisher.get(FILES).content.decode()


def test_a_file_put_right_again_no_longer_waits_for_a_decision(live, publisher):
    older = live.file(PAGE, "ms").read_text()
    edit_file(live, "ms", "What it is.", "Newer.")
    newer = live.file(PAGE, "ms").read_text()
    sync.import_files(live.root)
    live.file(PAGE, "ms").write_text(older)
    sync.import_files(live.root)
    assert UnitState.objects.filter(hold="rollback").exists()
    live.file(PAGE, "ms").write_text(newer)
    sync.import_files(live.root)
    assert not UnitState.objects.exclude(hold="").exists()
    assert shown(publisher) == {}


def test_a_text_whose_file_is_gone_is_asked_about(live, publisher):
    for part in ("facts", "en", "ms", "ta", "zh-hans"):
        live.file("types/threats", part).unlink()
    [(title, files)] = shown(publisher).items()
    assert title == "Its file is gone: the site keeps the text" and len(files) == 5
    answer = publisher.get(FILES)
    assert "Is the page to be retired?" in answer.content.decode() and answer.context["errors"] == []
    assert live_text("en", "types/threats")


def test_what_is_wrong_with_a_file_is_named(live, publisher):
    edit_file(live, "en", "{{ contact line }}", "{{ contact nobody }}")
    live.file(PAGE, "ms").with_name("tamil.md").write_text("lost")
    answer = publisher.get(FILES)
    assert [(one.file, one.message) for one in answer.context["errors"]] == [
        (f"{PAGE}/en.md", "There is no contact nobody")
    ]
    assert answer.context["strangers"] == [f"{PAGE}/tamil.md"]
    assert "no contact nobody" in answer.content.decode() and "All is well" not in answer.content.decode()


def test_a_missing_folder_is_told(live, publisher, settings):
    settings.CONTENT_DIR = live.root / "nowhere"
    for answer in (publisher.get(FILES), publisher.post(FILES)):
        assert answer.status_code == 200 and "does not find the folder" in answer.content.decode()
    assert publisher.get(CHANGES).status_code == 302


def test_looking_and_downloading_change_nothing(live, publisher):
    edit_file(live, "ms", "What it is.", "By hand.")
    edit_on_site("ms", "What it is.", "By staff.")
    edit_file(live, "en", "What it is.", "By hand.")
    edit_on_site("ta", "What it is.", "By staff.")
    before, on_disk = all_that_is_kept(), {path: path.read_bytes() for path in live.root.rglob("*.*")}
    publisher.get(FILES)
    assert publisher.get(CHANGES).status_code == 200
    assert all_that_is_kept() == before
    assert {path: path.read_bytes() for path in live.root.rglob("*.*")} == on_disk


def test_a_look_finds_what_an_import_then_does(live):
    edit_file(live, "en", "What it is.", "By hand.")
    edit_file(live, "ms", "What it is.", "By hand.")
    edit_on_site("ms", "What it is.", "By staff.")
    live.page("types/new", position=3)
    looked = sync.look(live.root)
    assert len(looked.named(Decision.IMPORT)) == 6 and len(looked.named(Decision.CONFLICT)) == 1
    assert looked.decisions == sync.import_files(live.root).decisions


def test_a_publisher_takes_over_the_files_changes(live, publisher):
    edit_file(live, "en", "What it is.", "By hand.")
    answer = publisher.post(FILES, follow=True)
    assert "1 text was taken over" in answer.content.decode()
    assert "By hand." in live_text("en") and shown(publisher) == {}
    assert AuditEntry.objects.get(event=Event.USED_FILES).about == f"{PAGE}/en.md"


@pytest.mark.parametrize("role", ["Translator", "Editor", "Administrator"])
def test_nobody_else_takes_them_over(live, role):
    edit_file(live, "en", "What it is.", "By hand.")
    client = logged_in(None, make_staff("Siti", role, languages=["ms"]))
    assert "Take over" not in client.get(FILES).content.decode()
    assert client.post(FILES).status_code == 403
    assert "What it is." in live_text("en")


@pytest.mark.parametrize(
    ("role", "status"), [("Editor", 200), ("Publisher", 200), ("Translator", 403), ("Administrator", 403)]
)
def test_editors_and_publishers_download_the_changes(live, role, status):
    edit_on_site("ta", "What it is.", "Changed.")
    client = logged_in(None, make_staff("Siti", role, languages=["ta"]))
    assert client.get(CHANGES).status_code == status
    assert (CHANGES in client.get(FILES).content.decode()) == (status == 200)


def test_the_zip_holds_the_texts_that_an_export_would_write(live, publisher, tmp_path):
    edit_on_site("ta", "What it is.", "மாற்றப்பட்டது.")
    edit_on_site("zh-hans", "What it is.", "已更改。")
    edit_file(live, "ms", "What it is.", "By hand.")
    answer = publisher.get(CHANGES)
    assert answer["Content-Type"] == "application/zip" and "attachment" in answer["Content-Disposition"]
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    names = {f"content/{PAGE}/ta.md", f"content/{PAGE}/zh-hans.md"}
    assert set(archive.namelist()) == {*names, "changes.patch", "README.txt"}
    assert "git apply changes.patch" in archive.read("README.txt").decode()
    sync.export_texts(live.root, tmp_path / "out")
    for name in names:
        assert archive.read(name) == (tmp_path / "out" / name.removeprefix("content/")).read_bytes()


def git(root: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True)


def test_git_applies_the_patch_and_the_files_are_then_those_of_the_site(live, publisher, tmp_path):
    edit_on_site("ta", "What it is.", "மாற்றப்பட்டது.")
    edit_on_site("zh-hans", "What it is.", "已更改。")
    edit_on_site("facts", 'hours = "24/7"', 'hours = "Mo-Fr 09:00-17:00"', "")
    # Made on the site: no file has it yet.
    new = read_part("en", "---\ntitle: Made here\nsummary: New.\n---\nWords — புதிய.\n")
    publish([Change.of("types/here", "en", new, None)], origin="staff")
    # As an editor may have left it: canonical but for its line ends and without the last one.
    rough = live.file(PAGE, "ta")
    rough.write_bytes(rough.read_bytes().rstrip(b"\n").replace(b"\n\n", b"\r\n\n", 1))
    repository = tmp_path / "repository"
    repository.mkdir()
    git(repository, "init", "-q")
    subprocess.run(["cp", "-r", str(live.root), str(repository / "content")], check=True)
    archive = zipfile.ZipFile(io.BytesIO(publisher.get(CHANGES).content))
    (repository / "changes.patch").write_bytes(archive.read("changes.patch"))
    git(repository, "apply", "--check", "changes.patch")
    git(repository, "apply", "changes.patch")
    for page, part in ((PAGE, "ta"), (PAGE, "zh-hans"), ("", "facts"), ("types/here", "en")):
        name = live.file(page, part).relative_to(live.root)
        assert (repository / "content" / name).read_bytes() == live_text(part, page).encode()
    assert (repository / f"content/{PAGE}/ms.md").read_bytes() == live.file(PAGE, "ms").read_bytes()


def test_a_patch_shows_letters_as_they_are(live):
    edit_on_site("ta", "What it is.", "மாற்றப்பட்டது.")
    made = export.patch(live.root, export.changed_texts(live.root)).decode()
    assert "+மாற்றப்பட்டது." in made and f"diff --git a/content/{PAGE}/ta.md b/content/{PAGE}/ta.md" in made


def test_with_nothing_to_take_home_there_is_no_download(live, publisher):
    assert publisher.get(CHANGES)["Location"] == FILES
