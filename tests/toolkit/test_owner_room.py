"""Administrators say who publishes the guide; readers, history, files and drafts of the first page keep it."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.staff import logged_in, make_staff
from toolkit import roles
from toolkit.admin.drafting.editing import form_for
from toolkit.admin.finding.drafting import begun
from toolkit.admin.words.comparing import comparison
from toolkit.files import export, sync
from toolkit.keeping.owner import owner, set_owner
from toolkit.live import live_site
from toolkit.models import AuditEntry, Event, Revision
from toolkit.texts.languages import FACTS
from toolkit.texts.records.owner import Owner
from toolkit.texts.records.page_toml import read_facts

pytestmark = pytest.mark.usefixtures("plain_static")

ROOM = "/staff/owner/"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'><path d='M0 0h8z'/></svg>"
TYPED = {
    "name": "A house", "email": "ask@example.org", "website": "", "licence": "cc-by", "public_url": "https://guide.example.org/",
}  # fmt: skip


@pytest.fixture
def aina(folder) -> Client:
    sync.import_files(folder.root)
    return logged_in(None, make_staff("aina", roles.ADMINISTRATOR))


def test_what_an_administrator_sets_is_live_at_once_and_in_history(aina):
    answer = aina.post(ROOM, TYPED | {"logo": SimpleUploadedFile("logo.svg", SVG)}, follow=True)
    assert "Readers see it now" in answer.content.decode() and "data:image/svg+xml;base64," in answer.content.decode()
    found = owner(live_site())
    assert (found.name, found.licence, found.public_url) == ("A house", "cc-by", "https://guide.example.org")
    assert found.logo.startswith("<svg ") and found.website == ""
    assert AuditEntry.objects.latest("id").event == Event.OWNER_SET
    before, after = Revision.objects.filter(page__path="", part=FACTS).order_by("id").values_list("text", flat=True)
    lines = [
        "".join(piece.text for piece in row.pieces) for row in comparison(FACTS, before, after) if row.kind == "added"
    ]
    assert lines[:2] == ["Who publishes the guide · Name: A house", "Who publishes the guide · E-mail: ask@example.org"]
    assert '<link rel="canonical" href="https://guide.example.org/en/">' in Client().get("/en/").content.decode()


def test_what_is_not_right_is_said_and_changes_nothing(aina):
    wrong = TYPED | {"email": "nobody", "public_url": "https://guide.example.org/en/"}
    answer = aina.post(ROOM, wrong | {"logo": SimpleUploadedFile("logo.svg", b"<svg/>")})
    said = answer.content.decode()
    assert answer.status_code == 422 and owner(live_site()) == Owner()
    assert all(
        one in said for one in ("This is not an e-mail address", "the address of the site", "not a drawing in SVG")
    )


def test_the_environments_public_address_goes_before_the_rooms(aina, settings):
    settings.PUBLIC_URL = "https://other.example.org"
    assert "https://other.example.org is set where" in aina.get(ROOM).content.decode()
    aina.post(ROOM, TYPED)
    assert 'href="https://other.example.org/en/"' in Client().get("/en/").content.decode()
    assert owner(live_site()).public_url == ""


def test_only_administrators_may_set_it(aina):
    for role in (roles.TRANSLATOR, roles.EDITOR, roles.PUBLISHER):
        client = logged_in(None, make_staff(role, role))
        assert client.post(ROOM, TYPED).status_code == 403
        assert ROOM not in client.get("/staff/").content.decode()
    assert ROOM in aina.get("/staff/").content.decode()


def test_it_can_be_taken_away_and_pages_then_say_nothing(aina):
    aina.post(ROOM, TYPED | {"logo": SimpleUploadedFile("logo.svg", SVG)})
    aina.post(ROOM, dict.fromkeys(TYPED, "") | {"no_logo": "on"})
    assert live_site()[""].facts.owner is None


def test_an_editors_draft_of_the_first_page_and_its_files_keep_it(aina, folder):
    set_owner(Owner(name="A house", licence="cc-by"), make_staff("mei", roles.ADMINISTRATOR), timezone.localdate())
    site = live_site()
    form = form_for(FACTS, begun(site[""], FACTS), site[""], site)
    assert read_facts(form.text()).owner == Owner(name="A house", licence="cc-by")
    assert '[owner]\nname = "A house"\nlicence = "cc-by"\n' in export.changed_texts(folder.root)["page.toml"]
