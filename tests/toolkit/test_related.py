"""Types and the records that help with them lead to each other: the same relation from both ends."""

from __future__ import annotations

import pytest

from survivors import edition
from tests.folders import SOURCE_AND_CONTACT, Folder
from tests.survivors.test_pages import Elements
from toolkit.files import sync
from toolkit.live import live_site
from toolkit.rendering.directives import Place
from toolkit.rendering.guide import TYPES, Guide, facts_of
from toolkit.rendering.related import KINDS, related
from toolkit.texts.languages import LANGUAGES


@pytest.fixture
def live(guide) -> Guide:
    return edition.current().guide


def block(html: str) -> set[str]:
    """Where the block of related links leads, without anchors."""
    inside = html.partition('<nav class="related"')[2].partition("</nav>")[0]
    return {str(link["href"]).partition("#")[0] for link in Elements(inside).all("a")}


def records(guide: Guide):
    """(page, record, directive) of each record that has types."""
    for page in guide.site.values():
        for kind, directive in KINDS.items():
            for record in getattr(facts_of(page), kind):
                yield page, record, directive


def test_a_type_lists_a_record_if_and_only_if_the_page_of_the_record_lists_the_type(live, reading):
    pairs = 0
    for type_page in live.children(TYPES):
        slug = type_page.path.partition("/")[2]
        shown = {one for _, record, directive in records(live) if (one := f"{directive} {record.id}")}
        in_prose = {one for one in shown if f"{{{{ {one} }}}}" in type_page.prose["en"].body}
        listed = block(reading["en", type_page.path].html)
        for page, record, directive in records(live):
            lists_type = f"/en/{type_page.path}/" in block(reading["en", page.path].html)
            its_types = {one for kind in KINDS for other in getattr(facts_of(page), kind) for one in other.types}
            assert lists_type == (slug in its_types), (type_page.path, page.path)
            if slug in record.types:
                pairs += 1
                is_there = f"/en/{page.path}/" in listed or f"{directive} {record.id}" in in_prose
                assert is_there and lists_type, (type_page.path, record.id)
        helping = {f"/en/{page.path}/" for page, record, _ in records(live) if slug in record.types}
        assert listed <= helping, type_page.path
    assert pairs > 300


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_relation_is_the_same_in_every_language(reading, language):
    for (one, path), answer in reading.items():
        if one == language:
            there = {href.removeprefix(f"/{language}") for href in block(answer.html)}
            assert there == {href.removeprefix("/en") for href in block(reading["en", path].html)}, path


def test_a_type_does_not_list_again_what_its_prose_shows(live):
    page = live.site["types/fake-images"]
    links = related(Place(live, "en", page), page.prose["en"])
    names = {str(link.name) for link in links["provisions"]}
    assert "{{ provision penal-code-292 }}" in page.prose["en"].body
    assert page.prose["en"].labels or names
    assert str(live.site["laws/penal-code-292-293"].prose["en"].labels["penal-code-292"]) not in names


def test_no_other_page_has_such_a_block(live, reading):
    with_records = {page.path for page, record, _ in records(live) if record.types}
    types = {page.path for page in live.children(TYPES)}
    for (language, path), answer in reading.items():
        if path not in with_records | types:
            assert not block(answer.html), (language, path)


def test_a_record_that_gains_a_type_is_listed_there_at_once_and_the_type_on_its_page(folder: Folder, client):
    folder.page("support", "Help.\n", position=3)
    line = SOURCE_AND_CONTACT.replace('"line"', '"other"').replace('hours = "24/7"', 'types = ["threats"]')
    folder.facts("support", line)
    sync.import_files(folder.root)
    assert live_site()["support"].facts.contacts
    assert "/en/support/" in block(client.get("/en/types/threats/").content.decode())
    assert "/en/support/" not in block(client.get("/en/types/outing/").content.decode())
    assert block(client.get("/en/support/").content.decode()) == {"/en/types/threats/"}
