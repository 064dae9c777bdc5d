"""A page moves, gives way, is taken down and comes back in its room; every address that there was leads on."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client

from tests.folders import Folder, own_guide
from tests.staff import logged_in, make_staff
from toolkit import roles
from toolkit.admin.keeping import doubts
from toolkit.drafting import addresses, drafts, publishing
from toolkit.drafting.addresses import MOVE, Wish
from toolkit.files import export, sync
from toolkit.judging import weigh
from toolkit.live import live_site
from toolkit.models import AuditEntry, Doubt, Draft, Event, Page, Revision
from toolkit.texts.decide import Decision
from toolkit.texts.languages import FACTS, LANGUAGES, PLAN, SOURCE, TRANSLATIONS
from toolkit.texts.lasting.short_links import code_of
from toolkit.texts.page import TranslationState
from toolkit.texts.words import markup

pytestmark = pytest.mark.usefixtures("plain_static")

OLD, NEW = "types/outing", "types/told"
ROOM = f"/staff/pages/{OLD}/address/"


@pytest.fixture
def mei(folder: Folder) -> Client:
    sync.import_files(folder.root)
    return logged_in(None, make_staff("mei", roles.EDITOR))


@pytest.fixture
def aminah(mei) -> Client:
    return logged_in(None, make_staff("aminah", roles.PUBLISHER))


def ask(client: Client, room: str = ROOM, **typed: str) -> Draft:
    answer = client.post(room, typed)
    assert answer.status_code == 302, answer.context["form"].errors or answer.context["problems"]
    return Draft.objects.get(part=Draft.ADDRESS, state=Draft.REVIEW)


def release(client: Client, draft: Draft) -> str:
    posted = {"action": "publish", "version": draft.version, "reason": "A better name"}
    answer = client.post(f"/staff/drafts/{draft.pk}/", posted, follow=True)
    return answer.content.decode()


def move(mei: Client, aminah: Client, old: str = OLD, new: str = NEW) -> None:
    section, _, name = new.partition("/")
    draft = ask(mei, f"/staff/pages/{old}/address/", kind="move", section=section, name=name)
    assert "Published" in release(aminah, draft)


def test_a_reviewer_sees_where_a_page_moves_and_readers_are_led_there_from_all_that_there_was(mei, aminah):
    owner = make_staff("siti", roles.EDITOR)
    page = Page.objects.get(path=OLD)
    Page.objects.filter(pk=page.pk).update(owner=owner)
    facts = Revision.objects.get(page=page, part=FACTS)
    Doubt.objects.create(path=OLD, reason="number", day=date(2026, 11, 29), number=2)
    theirs = drafts.save(owner, page, "ta", {}, "", version=0, base="", follows="")
    draft = ask(mei, kind="move", section="types", name="told")
    assert OLD in live_site()
    shown = aminah.get(f"/staff/drafts/{draft.pk}/").content.decode()
    assert "/types/told/" in shown and "/types/outing/" in shown and "4 links on 1 page" in shown
    for _language, _name, preview in aminah.get(f"/staff/drafts/{draft.pk}/").context["previews"]:
        assert 'id="do-first"' in Client().get(preview).content.decode()
    assert "Published" in release(aminah, draft)
    moved = Page.objects.get(path=NEW)
    theirs.refresh_from_db()
    assert (moved.pk, moved.owner, theirs.page_id) == (page.pk, owner, page.pk) and OLD not in live_site()
    assert Revision.objects.filter(page=moved, part=FACTS).count() == 2 and facts.page_id == moved.pk
    assert Revision.objects.filter(page=moved).first().reason == "A better name"
    assert AuditEntry.objects.latest("id").event == Event.ADDRESS_CHANGED
    assert [row.page for row in doubts.rows({NEW: moved})] == [moved]
    reader = Client()
    for language in LANGUAGES:
        answer = reader.get(f"/{language}/{OLD}/")
        assert (answer.status_code, answer["Location"]) == (301, f"/{language}/{NEW}/")
        assert 'id="do-first"' in reader.get(f"/{language}/{NEW}/").content.decode()
        assert f'href="/{language}/{NEW}/"' in reader.get(f"/{language}/types/").content.decode()
        for anchor, part in (("", ""), ("do-first", "#do-first")):
            there = reader.get(f"/p/{code_of(OLD, anchor)}.{language}")["Location"]
            assert there == f"/{language}/{NEW}/{part}"


def test_files_of_a_page_that_moved_are_read_at_its_new_address_and_written_there(mei, aminah, folder):
    move(mei, aminah)
    report = sync.look(folder.root)
    assert report.errors == [] and not report.named(Decision.CONFLICT, Decision.IMPORT, Decision.MISSING_FILE)
    texts = export.changed_texts(folder.root)
    assert [texts[f"{OLD}/{name}"] for name in ("page.toml", "en.md")] == [None, None] and texts[f"{NEW}/ta.md"]
    assert b"deleted file mode" in export.patch(folder.root, texts)
    folder.write(OLD, "ms", folder.file(OLD, "ms").read_text().replace("What it is.", "By hand."))
    assert sync.import_files(folder.root).errors == []
    assert "By hand." in live_site()[NEW].prose["ms"].body and OLD not in live_site()
    call_command("content_export")
    assert not (folder.root / OLD).exists() and f'"{OLD}"' in folder.file(NEW, FACTS).read_text()
    report = sync.import_files(folder.root)
    assert report.errors == [] and set(report.decisions.values()) == {Decision.IN_SYNC}
    call_command("content_check")


def test_moving_back_undoes_it_and_makes_no_loop(mei, aminah, folder):
    for _ in range(2):
        move(mei, aminah)
        move(mei, aminah, NEW, OLD)
    assert live_site()[OLD].facts.aliases == (NEW,) and NEW not in live_site()
    reader = Client()
    assert reader.get(f"/ta/{OLD}/").status_code == 200
    assert reader.get(f"/ta/{NEW}/")["Location"] == f"/ta/{OLD}/"
    call_command("content_export")
    assert set(sync.import_files(folder.root).decisions.values()) == {Decision.IN_SYNC}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("outing", "its address today"),
        ("threats", "the address of a page"),
        ("was-threats", "leads to another page"),
        ("Told you", "small letters, digits and single hyphens"),
        ("facts", "cannot be the name of a page"),
        ("rape", "gives the topic away"),
    ],
)
def test_an_address_that_cannot_be_is_refused_with_a_sentence(mei, folder, name, said):
    folder.page("types/threats", "Words.\n", top='aliases = ["types/was-threats"]', position=2)
    assert sync.import_files(folder.root).errors == []
    answer = mei.post(ROOM, {"kind": "move", "section": "types", "name": name})
    assert answer.status_code == 422 and said in answer.content.decode()
    assert not Draft.objects.exists()


def test_a_section_and_the_first_page_stay_and_a_translator_changes_no_address(mei):
    assert "its address is that of the guide" in mei.get("/staff/pages/-/address/").content.decode()
    assert "all pages below it begin with its own" in mei.get("/staff/pages/types/address/").content.decode()
    assert mei.post("/staff/pages/types/address/", {"kind": "move", "section": "types", "name": "x"}).status_code == 403
    kavi = logged_in(None, make_staff("kavi", roles.TRANSLATOR, languages=["ta"]))
    assert kavi.post(ROOM, {"kind": "move", "section": "types", "name": "told"}).status_code == 403


def test_a_colleagues_draft_of_the_facts_goes_on_with_the_new_addresses(mei, aminah):
    page = Page.objects.get(path=OLD)
    typed = {"position": "7", "checked": "2026-11-22", "action": "save", "aliases": ""}
    form = aminah.get(f"/staff/pages/{OLD}/facts/").context
    aminah.post(f"/staff/pages/{OLD}/facts/", typed | {"pass": form["passed"], "version": 0, "base": form["base"]})
    move(mei, aminah)
    draft = Draft.objects.get(page=page, part=FACTS)
    assert not drafts.is_overtaken(draft, live_site())
    publishing.publish(draft, draft.author, reason="Order")
    assert (live_site()[NEW].facts.position, live_site()[NEW].facts.aliases) == (7, (OLD,))


LINKS = f"/staff/pages/{NEW}/address/links/"


def links() -> set[str]:
    """What the other page links to, in any language."""
    return {link.value for prose in live_site()["types/threats"].prose.values() for link in markup.links(prose.body)}


def test_links_to_the_old_address_are_corrected_in_one_batch_of_drafts_and_published_together(mei, aminah):
    move(mei, aminah)
    assert "4 links lead to an old address" in mei.get(f"/staff/pages/{NEW}/").content.decode()
    shown = mei.get(LINKS).content.decode()
    assert "Correct 4 links" in shown and "on 1 page" in shown
    assert Client().get("/ta/types/threats/").status_code == 200
    mei.post(LINKS, {"action": "make"})
    assert set(Draft.objects.filter(state=Draft.REVIEW).values_list("part", flat=True)) == set(LANGUAGES)
    assert mei.post(LINKS, {"action": "publish", "reason": "x"}).status_code == 403 and links() == {f"/{OLD}/#do-first"}
    seen = aminah.get(LINKS).context["seen"]
    assert aminah.post(LINKS, {"action": "publish", "seen": "older", "reason": "x"}).status_code == 422
    answer = aminah.post(LINKS, {"action": "publish", "seen": seen, "reason": "It moved"}, follow=True)
    assert "Published" in answer.content.decode() and links() == {f"/{NEW}/#do-first"}
    threats = live_site()["types/threats"]
    assert all(threats.state(language) is TranslationState.UNREVIEWED for language in TRANSLATIONS)
    assert {one.reason for one in Revision.objects.filter(page__path="types/threats", origin="staff")} == {"It moved"}
    assert "No link leads to an old address" in mei.get(LINKS).content.decode()
    call_command("content_check")


@pytest.mark.parametrize("part", [SOURCE, "zh-hans"])
def test_a_corrected_link_can_be_published_alone_and_a_draft_of_hers_is_left_to_her(mei, aminah, part):
    move(mei, aminah)
    page = Page.objects.get(path="types/threats")
    drafts.save(User.objects.get(username="mei"), page, "ta", {}, "", version=0, base="", follows="")
    answer = mei.post(LINKS, {"action": "make"}, follow=True)
    assert "correct its links there" in answer.content.decode()
    draft = Draft.objects.get(part=part, state=Draft.REVIEW)
    posted = {"action": "publish", "version": draft.version, "reason": "It moved", "size": "minor"}
    aminah.post(f"/staff/drafts/{draft.pk}/", posted)
    draft.refresh_from_db()
    assert draft.state == Draft.PUBLISHED and links() == {f"/{OLD}/#do-first", f"/{NEW}/#do-first"}
    assert all(live_site()["types/threats"].state(language) is TranslationState.UNREVIEWED for language in TRANSLATIONS)


OTHER = "types/threats"
THERE = "Words.\n\n## Now {#now}\n\n1. Call.\n"


@pytest.fixture
def unlinked(mei, folder) -> None:
    """Nothing leads to the page but the list of its section, and the other page has a part of its own."""
    folder.page(OTHER, THERE, position=2)
    assert sync.import_files(folder.root).errors == []


def answers(path: str) -> set[int]:
    return {Client().get(f"/{language}/{path}/").status_code for language in LANGUAGES}


@pytest.mark.usefixtures("unlinked")
def test_a_page_gives_way_to_another_with_all_its_parts_and_comes_back(mei, aminah, folder):
    half = mei.post(ROOM, {"kind": "give-way", "to": OTHER})
    assert half.status_code == 200 and "Say where each part leads" in half.content.decode()
    assert mei.post(ROOM, {"kind": "give-way", "to": OTHER, "part-do-first": ""}).status_code == 422
    draft = ask(mei, **{"kind": "give-way", "to": OTHER, "part-do-first": "now"})
    assert "#do-first" in aminah.get(f"/staff/drafts/{draft.pk}/").content.decode()
    assert "Published" in release(aminah, draft)
    for language in LANGUAGES:
        assert Client().get(f"/{language}/{OLD}/")["Location"] == f"/{language}/{OTHER}/"
        assert Client().get(f"/p/{code_of(OLD, 'do-first')}.{language}")["Location"] == f"/{language}/{OTHER}/#now"
    report = sync.look(folder.root)
    assert report.errors == [] and not report.named(Decision.CONFLICT, Decision.IMPORT, Decision.MISSING_FILE)
    call_command("content_export")
    assert not (folder.root / OLD).exists() and sync.import_files(folder.root).errors == []
    bring_back(mei, aminah, OTHER)
    assert answers(OLD) == {200}
    assert Client().get(f"/p/{code_of(OLD, 'do-first')}.ta")["Location"] == f"/ta/{OLD}/#do-first"
    call_command("content_export")
    assert set(sync.import_files(folder.root).decisions.values()) == {Decision.IN_SYNC}


def bring_back(mei: Client, aminah: Client, where: str) -> None:
    page = Page.objects.get(path=OLD)
    assert "Bring it back" in mei.get(f"/staff/pages/{where}/address/").content.decode()
    draft = ask(mei, f"/staff/pages/{where}/address/", kind="come-back", page=str(page.pk))
    assert "comes back" in aminah.get(f"/staff/drafts/{draft.pk}/").content.decode()
    assert "Published" in release(aminah, draft)
    assert Page.objects.get(path=OLD).pk == page.pk


@pytest.mark.usefixtures("unlinked")
def test_a_page_that_is_taken_down_says_so_with_help_and_so_do_the_codes_of_its_parts_until_it_comes_back(
    mei, aminah, folder
):
    draft = ask(mei, kind="take-down")
    preview = aminah.get(f"/staff/drafts/{draft.pk}/").context["previews"][0][2]
    assert "03-1234" in Client().get(preview).content.decode()
    assert "Published" in release(aminah, draft)
    assert answers(OLD) == {410} and "03-1234" in Client().get(f"/ms/{OLD}/").content.decode()
    for anchor in ("", "do-first"):
        there = Client().get(f"/p/{code_of(OLD, anchor)}.ta", follow=True)
        assert there.status_code == 410
    assert sync.look(folder.root).errors == []
    call_command("content_export")
    assert not (folder.root / OLD).exists()
    assert set(sync.import_files(folder.root).decisions.values()) == {Decision.IN_SYNC}
    bring_back(mei, aminah, "types")
    assert answers(OLD) == {200} and live_site()["types"].facts.gone == ()


def test_a_page_that_others_need_is_not_taken_down_and_they_are_named(mei, folder):
    answer = mei.post(ROOM, {"kind": "take-down"})
    said = answer.content.decode()
    assert answer.status_code == 422 and "/types/outing/ would be gone, and 1 page names it:" in said
    assert f'href="/staff/pages/{OTHER}/ta/#line-1"' in said and not Draft.objects.exists()


def test_a_place_that_an_edited_text_has_no_more_is_offered_to_lead_to_another_and_does(mei, aminah):
    room = f"/staff/pages/{OLD}/en/"
    shown = mei.get(room).context
    typed = {name: field.value() or "" for name, field in ((one.name, one) for one in shown["form"])}
    typed |= {"pass": shown["passed"], "base": shown["base"], "version": 0, "action": "save"}
    typed["body"] = "What it is.\n\n## Begin here {#begin}\n\n1. Breathe.\n\n{{ contact line }}\n"
    answer = mei.post(room, typed, follow=True)
    assert "#do-first leads to" in answer.content.decode() and any(
        "do-first" in one["message"] for one in answer.context["problems"]
    )
    answer = mei.post(room, typed | {"keep.do-first": "begin", "version": 1, "action": "review"}, follow=True)
    draft = Draft.objects.get(state=Draft.REVIEW)
    assert "The old place <code>#do-first</code> leads to <code>#begin</code>" in answer.content.decode()
    posted = {"action": "publish", "version": draft.version, "reason": "Plainer", "size": "major", "note": "Plainer."}
    assert "Published" in aminah.post(f"/staff/drafts/{draft.pk}/", posted, follow=True).content.decode()
    assert live_site()[OLD].facts.anchor_aliases == {"do-first": "begin"}
    assert 'id="do-first"' in Client().get(f"/en/{OLD}/").content.decode()
    for language in LANGUAGES:
        assert Client().get(f"/p/{code_of(OLD, 'do-first')}.{language}")["Location"] == f"/{language}/{OLD}/#begin"
        assert Client().get(f"/{language}/types/threats/").status_code == 200


def test_links_of_the_plan_move_with_the_page_that_they_lead_to():
    site, old, new = own_guide().site, "first-response/tell-someone", "first-response/somebody"
    changes, moves = addresses.changes_of(Page(path=old), Wish(MOVE, new), site)
    rules = next(one.raw.decode() for one in changes if one.part == PLAN)
    assert moves == {old: new} and f'"/{old}/' in site[""].plan.text
    assert {f'"/{new}/"', f'"/{new}/#under-18"'} <= set(re.findall(r'"/[^"]+"', rules)) and f'"/{old}/' not in rules
    assert weigh(changes, site, moves).errors == []
