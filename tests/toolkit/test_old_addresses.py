"""Old addresses lead to one page and in no circle, however drafts, moves and files cross each other."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.folders import Folder
from tests.staff import logged_in, make_staff
from tests.toolkit.test_editing import publish, screen, write
from tests.toolkit.test_moving import move
from toolkit import roles
from toolkit.drafting.together import problems_together
from toolkit.files import sync
from toolkit.live import live_site
from toolkit.models import Draft

pytestmark = pytest.mark.usefixtures("plain_static")
OUTING, THREATS, TOLD, SAID = "types/outing", "types/threats", "types/told", "types/said"


@pytest.fixture
def mei(folder: Folder) -> Client:
    sync.import_files(folder.root)
    return logged_in(None, make_staff("mei", roles.EDITOR))


@pytest.fixture
def aminah(mei) -> Client:
    return logged_in(None, make_staff("aminah", roles.PUBLISHER))


def named(client: Client, path: str, *old: str) -> Draft:
    """A draft of a page's facts that names old addresses."""
    write(client, "facts", path, aliases="\n".join(old))
    return Draft.objects.get(page__path=path, part="facts", state__in=Draft.OPEN)


def codes(*drafts: Draft) -> set[str]:
    drafts = tuple(Draft.objects.select_related("page").get(pk=one.pk) for one in drafts)
    return {one.code for one in problems_together(drafts, live_site()) if not one.is_warning}


def test_two_pages_cannot_be_each_others_old_address_in_drafts_or_in_files(mei, folder):
    assert codes(named(mei, OUTING, THREATS), named(mei, THREATS, OUTING)) == {"alias-is-page"}
    for one, other in ((OUTING, THREATS), (THREATS, OUTING)):
        file = folder.file(one, "facts")
        file.write_text(file.read_text().replace("checked =", f'aliases = ["{other}"]\nchecked =', 1))
    assert {one.code for one in sync.import_files(folder.root).errors} >= {"alias-is-page"}
    assert {OUTING, THREATS} <= live_site().keys()
    assert live_site()[OUTING].facts.aliases == live_site()[THREATS].facts.aliases == ()


def test_a_chain_of_pages_that_name_the_next_takes_none_of_them_away(mei):
    assert codes(named(mei, "types", OUTING), named(mei, OUTING, THREATS)) == {"alias-is-page"}
    assert codes(named(mei, "types", OUTING)) == {"alias-is-page"}


def test_a_page_that_moved_twice_is_reached_from_each_address_in_one_step(mei, aminah):
    move(mei, aminah)
    move(mei, aminah, TOLD, SAID)
    assert set(live_site()[SAID].facts.aliases) == {OUTING, TOLD}
    for old in (OUTING, TOLD):
        assert Client().get(f"/ms/{old}/")["Location"] == f"/ms/{SAID}/"


def test_an_old_address_in_a_draft_goes_along_when_the_page_itself_moves(mei, aminah):
    draft = named(mei, OUTING, "types/was-outing")
    move(mei, aminah)
    assert codes(draft) == set()
    assert publish(aminah, draft).status_code == 302
    assert set(live_site()[TOLD].facts.aliases) == {OUTING, "types/was-outing"}


@pytest.mark.parametrize(("name", "why"), [(TOLD, "alias-is-page"), (OUTING, "alias-twice")])
def test_a_draft_names_an_address_that_another_page_took_or_left_meanwhile(mei, aminah, name, why):
    if name == TOLD:
        draft = named(mei, THREATS, name)
        assert codes(draft) == set()
        move(mei, aminah)
    else:
        move(mei, aminah)
        draft = named(mei, THREATS, name)
    assert codes(draft) == {why}
    publish(aminah, draft)
    assert live_site()[THREATS].facts.aliases == () and OUTING in live_site()[TOLD].facts.aliases
    assert "ddress" in mei.get(screen("facts", THREATS)).content.decode().partition('id="problems"')[2][:900]
