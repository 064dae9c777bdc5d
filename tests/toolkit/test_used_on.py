"""Whoever changes a fact sees first where it stands: pages and languages, the plan, the top of every page."""

from __future__ import annotations

import pytest

from tests.folders import Folder, own_guide
from tests.staff import logged_in, make_staff
from tests.toolkit.test_editing import screen, write
from toolkit.files import sync
from toolkit.keeping.used_on import uses_of
from toolkit.live import live_site
from toolkit.models import Draft


@pytest.fixture
def editor(folder: Folder, staff_static):
    sync.import_files(folder.root)
    return logged_in(None, make_staff("mei", "Editor"))


def test_a_contact_stands_where_words_name_it_in_every_language_and_at_the_top(editor):
    uses = uses_of(live_site(), "", "contacts", "line")
    languages = ("en", "ms", "ta", "zh-hans")
    assert uses.pages == {"": (), "types/outing": languages, "types/threats": languages}
    assert uses.is_on_top


def test_a_name_within_another_name_is_no_use_of_it(editor, folder):
    folder.page("types/threats", "Call the line or the on-line desk. {{ phone line }}\n", position=2)
    sync.import_files(folder.root)
    assert uses_of(live_site(), "", "contacts", "lin").pages == {"": ()}
    assert uses_of(live_site(), "", "routes", "line").pages == {"": ()}


def test_the_form_of_facts_says_on_how_many_pages_each_stands(editor):
    html = editor.get(screen("facts", "")).content.decode()
    contact = html.partition('id="contacts-0"')[2].partition("<label")[0]
    assert "Stands on 3 pages" in contact and 'href="/ta/types/outing/"' in contact
    source = html.partition('id="sources-0"')[2].partition("<label")[0]
    assert "Stands on 1 page" in source and "Named as the source of: line" in source


def test_a_draft_lists_where_what_it_changes_stands_before_it_is_published(editor):
    write(editor, "facts", "", **{"contacts-0-channels-0-value": "03-8765 4321"})
    used = editor.get(f"/staff/drafts/{Draft.objects.get().pk}/").content.decode()
    used = used.partition('id="used"')[2].partition("</section>")[0]
    assert "Contact A Line" in used and "Source" not in used.partition("Stands")[0]
    assert "At the top of every page" in used
    assert all(f"/{language}/types/threats/" in used for language in ("en", "ms", "ta", "zh-hans"))


def test_a_long_list_of_pages_is_folded(editor, folder):
    for number in range(10):
        folder.page(f"types/more-{number}", "Call {{ phone line }}.\n", position=number + 5)
    sync.import_files(folder.root)
    write(editor, "facts", "", **{"contacts-0-name": "Another name"})
    html = editor.get(f"/staff/drafts/{Draft.objects.get().pk}/").content.decode()
    assert '<details class="used"><summary>Stands on 13 pages' in html


def test_a_contact_of_the_guide_stands_in_steps_of_the_plan():
    uses = uses_of(own_guide().site, "support/talian-kasih", "contacts", "talian-kasih")
    assert uses.steps and uses.is_on_top and len(uses.pages) > 10
