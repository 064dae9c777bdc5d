from __future__ import annotations

import pytest

from toolkit import models
from toolkit.files import sync
from toolkit.judging import Change
from toolkit.live import StaleTextError, live_site, live_text
from toolkit.live import publish as make_live
from toolkit.models.history import AppendOnlyError
from toolkit.texts.canonical import digest
from toolkit.texts.page import read_part

pytestmark = pytest.mark.django_db

PAGE = "types/outing"


@pytest.fixture(autouse=True)
def _live(folder):
    sync.import_files(folder.root)


def publish(old: str, new: str, expected: str | None = None) -> models.Revision:
    before = live_text(live_site(), PAGE, "ms") or ""
    value = read_part("ms", before.replace(old, new))
    change = Change.of(PAGE, "ms", value, expected or digest(before), reason="Clearer")
    return make_live([change], origin="staff").revisions[PAGE, "ms"]


def test_a_change_is_live_in_history_and_counted():
    version = models.ContentVersion.current()
    revision = publish("What it is.", "New.")
    assert "New." in (live_text(live_site(), PAGE, "ms") or "")
    assert (revision.reason, revision.origin) == ("Clearer", "staff")
    assert models.ContentVersion.current() == version + 1


def test_a_change_made_from_an_older_text_is_refused_and_changes_nothing():
    old = digest(live_text(live_site(), PAGE, "ms") or "")
    publish("What it is.", "First.")
    with pytest.raises(StaleTextError):
        publish("First.", "Second.", expected=old)
    assert "First." in (live_text(live_site(), PAGE, "ms") or "")


def test_other_languages_do_not_change_with_one():
    before = live_site()[PAGE]
    publish("What it is.", "New.")
    after = live_site()[PAGE]
    assert {part: after.part(part) for part in ("facts", "en", "ta", "zh-hans")} == {
        part: before.part(part) for part in ("facts", "en", "ta", "zh-hans")
    }


def test_history_is_never_changed_or_deleted():
    revision = models.Revision.objects.first()
    assert revision
    for forbidden in (
        revision.save,
        revision.delete,
        models.Revision.objects.all().delete,
        lambda: models.Revision.objects.update(text=""),
    ):
        with pytest.raises(AppendOnlyError):
            forbidden()


def test_a_text_stands_in_its_revision_alone_and_pages_are_named_by_it():
    publish("What it is.", "New.")
    page = models.Page.objects.get(path=PAGE)
    assert (page.title_ms, page.heading_ms, page.summary_ta) == ("ms types/outing", "ms types/outing", "Summary in ta.")
    assert models.UnitState.objects.get(page=page, part="ms").live == models.Revision.objects.first()
