from __future__ import annotations

import pytest

from toolkit import history, models, sync
from toolkit.models.history import AppendOnlyError
from toolkit.texts.canonical import digest
from toolkit.texts.page import read_part

pytestmark = pytest.mark.django_db

PAGE = "types/outing"


@pytest.fixture(autouse=True)
def _live(folder):
    sync.import_files(folder.root)


def publish(old: str, new: str, expected: str | None = None) -> models.Revision:
    before = history.live_text(history.live_site(), PAGE, "ms") or ""
    value = read_part("ms", before.replace(old, new))
    return history.publish(PAGE, "ms", value, origin="staff", expected=expected or digest(before), reason="Clearer")


def test_a_change_is_live_in_history_and_counted():
    version = models.ContentVersion.current()
    revision = publish("What it is.", "New.")
    assert "New." in (history.live_text(history.live_site(), PAGE, "ms") or "")
    assert (revision.reason, revision.origin) == ("Clearer", "staff")
    assert models.ContentVersion.current() == version + 1


def test_a_change_made_from_an_older_text_is_refused_and_changes_nothing():
    old = digest(history.live_text(history.live_site(), PAGE, "ms") or "")
    publish("What it is.", "First.")
    with pytest.raises(history.StaleTextError):
        publish("First.", "Second.", expected=old)
    assert "First." in (history.live_text(history.live_site(), PAGE, "ms") or "")


def test_other_languages_do_not_change_with_one():
    before = history.live_site()[PAGE]
    publish("What it is.", "New.")
    after = history.live_site()[PAGE]
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


def test_the_live_site_costs_the_same_few_queries_whatever_its_size(folder, django_assert_num_queries):
    with django_assert_num_queries(8):
        history.live_site()
    for number in range(5):
        folder.page(f"types/more-{number}")
    sync.import_files(folder.root)
    with django_assert_num_queries(8):
        assert len(history.live_site()) == 9
