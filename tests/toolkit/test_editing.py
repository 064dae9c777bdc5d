"""The screen of one text, its review and its decision, as a browser without script meets them."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from html import unescape

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from tests.folders import Folder
from tests.staff import logged_in, make_staff
from tests.survivors.test_pages import Elements
from tests.toolkit.test_sync import rename
from toolkit import models
from toolkit.drafting import previews
from toolkit.files import sync
from toolkit.live import live_site, live_text
from toolkit.models import Draft
from toolkit.texts.folder import is_page_path

PAGE = "types/outing"
JSON = {"accept": "application/json"}


@pytest.fixture
def rooms(folder: Folder, staff_static) -> None:
    sync.import_files(folder.root)


def staff(name: str, *roles: str, languages=(), client: Client | None = None) -> Client:
    return logged_in(client, make_staff(name, *roles, languages=languages))


def screen(part: str = "en", path: str = PAGE) -> str:
    return f"/staff/pages/{path or '-'}/{part}/"


def fields(html: str) -> dict[str, list[str]]:
    """What a browser would send of the form of a text, without any button."""
    form = html.partition('<form id="unit"')[2].partition("</form>")[0]
    sent: dict[str, list[str]] = {}
    for one in Elements(form).all("input"):
        kind = one.get("type", "text")
        if kind not in ("checkbox", "radio"):
            sent.setdefault(one["name"], []).append(one.get("value", ""))
        elif "checked" in one:
            sent.setdefault(one["name"], []).append(one.get("value", "on"))
    for name, text in re.findall(r'<textarea name="([^"]+)"[^>]*>\r?\n?(.*?)</textarea>', form, re.DOTALL):
        sent[name] = [unescape(text)]
    for name, options in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        sent.setdefault(name, []).extend(re.findall(r'<option value="([^"]*)" selected', options) or [""])
    return sent


def write(client: Client, part: str = "en", path: str = PAGE, action: str = "save", headers=None, **changes):
    """Opens the screen, changes some fields and presses a button."""
    form = fields(client.get(screen(part, path)).content.decode())
    changed = form | {name: value if isinstance(value, list) else [value] for name, value in changes.items()}
    return client.post(screen(part, path), {**changed, "action": action}, headers=headers)


def live(part: str = "en", path: str = PAGE) -> str:
    return live_text(live_site(), path, part) or ""


def publish(client: Client, draft: Draft, **said):
    draft.refresh_from_db()
    form = {"action": "publish", "version": draft.version, "size": "minor", "reason": "why", "note": ""}
    return client.post(f"/staff/drafts/{draft.pk}/", form | said)


@pytest.mark.parametrize("part", ["en", "ms", "ta", "zh-hans", "facts"])
def test_a_form_sent_back_unchanged_is_the_text_that_is_live(rooms, part):
    client = staff("mei", "Editor")
    assert write(client, part).status_code == 302
    assert Draft.objects.get().text == live(part)


def test_a_text_goes_from_draft_to_review_to_readers(rooms, client):
    translator, publisher = staff("kavitha", "Translator", languages=["ta"]), staff("aminah", "Publisher")
    write(translator, "ta", action="review", body="புதிய உரை.\n\n## Do this first {#do-first}\n\n{{ contact line }}\n")
    draft = Draft.objects.get()
    assert draft.state == Draft.REVIEW and "புதிய உரை" not in client.get("/ta/types/outing/").content.decode()
    assert "ta" in publisher.get("/staff/").content.decode()
    page = publisher.get(f"/staff/drafts/{draft.pk}/").content.decode()
    assert "புதிய" in page and "Publish now" in page
    assert publish(publisher, draft).status_code == 302
    assert "புதிய உரை" in client.get("/ta/types/outing/").content.decode()


def test_a_major_change_needs_a_note_which_readers_then_see(rooms, client):
    publisher = staff("aminah", "Publisher")
    write(publisher, body="New words.\n\n## Do this first {#do-first}\n\n{{ contact line }}\n")
    draft = Draft.objects.get()
    answer = publish(publisher, draft, size="major")
    assert answer.status_code == 200 and "Tell readers in one sentence" in answer.content.decode()
    assert "New words." not in live()
    publish(publisher, draft, size="major", note="Steps two and three changed places.")
    assert "Steps two and three changed places." in client.get("/en/types/outing/").content.decode()
    tamil = client.get("/ta/types/outing/").content.decode()
    assert '<span lang="en">Steps two and three changed places.</span>' in tamil


def test_what_a_translator_may_not_do_is_refused_by_address_too(rooms):
    translator = staff("kavitha", "Translator", languages=["ta"])
    write(translator, "ta", action="review", summary="புதிய சுருக்கம்.")
    draft = Draft.objects.get()
    state = models.UnitState.objects.first()
    for address in (screen("ms"), screen("en"), screen("facts"), f"{screen(state.part, state.page.path)}decide/"):
        assert translator.get(address).status_code == 403
        assert translator.post(address, {"action": "save", "answer": "site"}).status_code == 403
    assert publish(translator, draft).status_code == 403
    revision = models.Revision.objects.first()
    assert translator.post(f"/staff/history/{revision.pk}/", {"action": "restore"}).status_code == 403
    assert Draft.objects.count() == 1 and "புதிய சுருக்கம்" not in live("ta")


def test_an_editor_cannot_publish(rooms):
    editor = staff("mei", "Editor")
    write(editor, summary="A new summary.")
    draft = Draft.objects.get()
    assert publish(editor, draft).status_code == 403
    assert editor.post(f"/staff/drafts/{draft.pk}/", {"action": "back"}).status_code == 403
    assert "A new summary." not in live()


def test_what_was_typed_is_kept_when_the_log_in_has_ended(rooms):
    client = staff("mei", "Editor")
    form = fields(client.get(screen()).content.decode())
    client.logout()
    answer = client.post(screen(), {**form, "body": "Typed for half an hour.", "action": "save"})
    assert answer.status_code == 302 and answer["Location"].startswith("/staff/login/?next=")
    assert answer["Location"].endswith("&kept=1")
    assert "What you typed is kept" in client.get(answer["Location"]).content.decode()
    again = logged_in(client, models.Draft.objects.get().author)
    assert "Typed for half an hour." in again.get(screen()).content.decode()
    assert "Typed for half an hour." not in live()


def test_what_the_script_sends_after_the_log_in_has_ended_is_kept_too(rooms):
    client = staff("mei", "Editor")
    form = fields(client.get(screen()).content.decode())
    client.logout()
    answer = client.post(screen(), {**form, "body": "Typed.", "action": "save"}, headers=JSON)
    assert answer.status_code == 401 and "is kept" in answer.json()["said"]
    assert Draft.objects.get().typed["body"] == ["Typed."]


def test_a_form_from_before_a_new_log_in_in_another_window_is_saved(rooms):
    client = Client(enforce_csrf_checks=True)
    user = make_staff("mei", "Editor")
    form = fields(logged_in(client, user).get(screen()).content.decode())
    client.logout()
    logged_in(client, user)
    assert client.post(screen(), {**form, "body": "Old form."}).status_code == 302
    assert Draft.objects.get().typed["body"] == ["Old form."]


def test_a_post_without_a_good_pass_saves_nothing(rooms):
    client = staff("mei", "Editor")
    form = fields(client.get(screen()).content.decode())
    stranger = fields(staff("siti", "Editor").get(screen()).content.decode())["pass"]
    for bad in ("", "forged", signing.dumps([1, 1, "en"], salt="other"), *stranger):
        answer = client.post(screen(), {**form, "pass": bad, "body": "Not mine."})
        assert answer.status_code == 403 and "Not mine." in answer.content.decode()
    assert not Draft.objects.exists()


def test_a_pass_is_good_for_its_own_text_only(rooms):
    client = staff("mei", "Editor")
    form = fields(client.get(screen()).content.decode())
    client.logout()
    client.post(screen("ms"), {**form, "body": "Elsewhere."})
    assert not Draft.objects.exists()


def test_another_window_is_told_and_shown_both_and_nothing_is_lost(rooms):
    client = staff("mei", "Editor")
    old = fields(client.get(screen()).content.decode())
    write(client, body="From the first window.")
    answer = client.post(screen(), {**old, "body": "From the second window.", "action": "save"})
    html = answer.content.decode()
    assert answer.status_code == 409 and "first" in html and "From the second window." in html
    assert Draft.objects.get().typed["body"] == ["From the first window."]
    client.post(screen(), {**fields(html), "action": "save"})
    kept = {draft.state: draft.typed["body"][0] for draft in Draft.objects.all()}
    assert kept == {Draft.SET_ASIDE: "From the first window.", Draft.WRITING: "From the second window."}


def test_who_comes_second_sees_what_was_published_and_goes_on_from_there(rooms):
    editor, publisher = staff("mei", "Editor"), staff("aminah", "Publisher")
    write(editor, summary="By mei.")
    mine = Draft.objects.get()
    write(publisher, summary="By aminah.")
    publish(publisher, Draft.objects.get(author__username="aminah"))
    html = editor.get(screen()).content.decode()
    assert "The text on the site has changed since you began" in html and "aminah" in html and "By mei." in html
    answer = publish(publisher, mine)
    assert "changed meanwhile" in answer.content.decode() and "By aminah." in live()
    write(editor, action="caught-up")
    publish(publisher, mine)
    assert "By mei." in live()


def test_as_one_types_the_english_anchors_links_and_directives_are_missed(rooms):
    client = staff("kavitha", "Translator", languages=["ta"])
    answer = write(client, "ta", headers=JSON, body="உரை.\n\n## தலைப்பு {#other}\n\n[x](/types/nowhere/)\n")
    told = answer.json()
    said = told["problems"]
    assert "Not as in the English: the places on the page: do-first" in said
    assert "the facts that are brought in: contact line" in said
    assert "no page /types/nowhere/" in said and told["version"] == 1
    assert '<li data-line="5"' in said


def test_an_editor_changes_a_number_in_a_form_and_it_is_live_in_every_language(rooms, client):
    publisher = staff("aminah", "Publisher")
    write(publisher, "facts", "", **{"contacts-0-channels-0-value": "03-8765 4321"})
    publish(publisher, Draft.objects.get(), skip_call="on", skip_reason="no phone here")
    for language in ("en", "ms", "ta", "zh-hans"):
        assert "tel:+60387654321" in client.get(f"/{language}/types/outing/").content.decode()


def test_a_number_with_a_mistake_is_named_and_kept(rooms):
    client = staff("mei", "Editor")
    write(client, "facts", "", **{"contacts-0-channels-0-value": "03 1234"})
    html = client.get(screen("facts", "")).content.decode()
    assert "+6031234 has 6 digits" in html and 'value="03 1234"' in html
    assert Draft.objects.get().text == ""


def test_a_record_is_named_in_words_where_it_is_opened(rooms):
    html = staff("mei", "Editor").get(screen("facts", "")).content.decode()
    names = [
        " ".join(re.sub("<[^>]+>", "", one).split()) for one in re.findall("<summary>(.*?)</summary>", html, re.DOTALL)
    ]
    assert {"A report", "A Line", "03-1234 5678"} & set(names) >= {"A report", "A Line"}
    assert not any("<input" in one for one in re.findall("<summary>(.*?)</summary>", html, re.DOTALL))


def test_records_are_added_and_taken_away_without_script(rooms):
    client = staff("mei", "Editor")
    write(client, "facts", "", action="add:contacts")
    assert "contacts-1-name" in fields(client.get(screen("facts", "")).content.decode())
    new = {"id": "second", "name": "Second", "checked": "2026-11-22", "sources": "paper"}
    write(client, "facts", "", **{f"contacts-1-{name}": value for name, value in new.items()})
    write(client, "facts", "", action="add:contacts-1-channels")
    channel = {"kind": "tel", "value": "15999", "status": "confirmed"}
    write(client, "facts", "", **{f"contacts-1-channels-0-{name}": value for name, value in channel.items()})
    text = Draft.objects.get().text
    assert 'id = "second"' in text and '"15999"' in text
    write(client, "facts", "", **{"contacts-1-gone": "on"})
    assert Draft.objects.get().text == live("facts", "")


def test_the_rules_of_the_plan_are_changed_by_staff_and_checked_against_the_rules_no_edit_may_break(
    guide, staff_static, client
):
    publisher, translator = staff("aminah", "Publisher"), staff("kavitha", "Translator", languages=["ta"])
    assert translator.get(screen("plan/whole", "")).status_code == 403
    text = live("plan", "")
    captured = text.replace('if = { age = ["adult"], types = ["fake-images"] }', 'if = { types = ["fake-images"] }', 1)
    assert captured != text
    answer = write(publisher, "plan", "", headers=JSON, body=captured)
    assert "keeps copies" in answer.json()["problems"].partition("</li>")[0]
    write(publisher, "plan", "", body=text.replace("Breathe out slowly", "Put both feet on the floor"))
    draft = Draft.objects.get()
    review = publisher.get(f"/staff/drafts/{draft.pk}/").content.decode()
    assert "Put both feet on the floor" in review and 'lang="plan"' not in review
    publish(publisher, draft)
    assert "Put both feet on the floor" in client.post("/en/plan/", {"go": "plan"}).content.decode()


def test_only_the_home_page_has_the_rules_of_the_plan(rooms):
    assert staff("mei", "Editor").get(screen("plan")).status_code == 404


def test_a_preview_shows_the_draft_as_readers_would_get_it_to_whoever_has_the_link(rooms):
    write(staff("mei", "Editor"), body="Only in the draft.\n\n## Do this first {#do-first}\n\n{{ contact line }}\n")
    token = previews.token_for(Draft.objects.get())
    outside = Client()
    answer = outside.get(f"/staff/preview/{token}/en/")
    html = answer.content.decode()
    assert "Only in the draft." in html and "This is a draft" in html and "data-exit" in html
    assert "Set-Cookie" not in answer.headers and answer["Cache-Control"] == "private, no-store"
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert "Only in the draft." not in outside.get("/en/types/outing/").content.decode()


@pytest.mark.parametrize("language", ["en", "ms", "ta", "zh-hans"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_preview_of_facts_is_there_in_every_language_light_and_dark(rooms, language, scheme):
    write(staff("mei", "Editor"), "facts", "", **{"contacts-0-channels-0-value": "+60387654321"})
    token = previews.token_for(Draft.objects.get())
    html = Client().get(f"/staff/preview/{token}/{language}/{scheme}/").content.decode()
    assert "+60387654321" in html and f'content="{scheme}"' in html
    assert ("@media all{" in html) == (scheme == "dark") and "prefers-color-scheme" not in html


def test_a_preview_link_ends_and_cannot_be_made_up(rooms, settings):
    write(staff("mei", "Editor"), summary="Draft.")
    token = previews.token_for(Draft.objects.get())
    outside = Client()
    assert outside.get(f"/staff/preview/{token[:-2]}xx/en/").status_code == 404
    assert outside.get("/staff/preview/1/en/").status_code == 404
    assert outside.get(f"/staff/preview/{token}/en/pink/").status_code == 404
    ends = previews.preview_of(token).ends
    assert timedelta(hours=47) < ends - timezone.now() <= timedelta(hours=48)
    settings.PREVIEW_HOURS = -1
    assert outside.get(f"/staff/preview/{token}/en/").status_code == 404


def test_a_draft_is_sent_back_with_a_remark(rooms):
    editor, publisher = staff("mei", "Editor"), staff("aminah", "Publisher")
    write(editor, summary="Draft.", action="review")
    draft = Draft.objects.get()
    publisher.post(f"/staff/drafts/{draft.pk}/", {"action": "back", "remark": "Name the office."})
    assert "Name the office." in editor.get(screen()).content.decode()
    assert publish(publisher, draft, version=99).status_code == 200 and "Draft." not in live()


def test_a_publisher_decides_a_conflict_on_a_page_with_three_columns(rooms, folder: Folder):
    publisher = staff("aminah", "Publisher")
    write(publisher, summary="On the site.")
    publish(publisher, Draft.objects.get())
    path = folder.file(PAGE, "en")
    path.write_text(path.read_text().replace("A summary.", "In the files."))
    sync.import_files(folder.root)
    state = models.UnitState.objects.get(hold="conflict")
    html = publisher.get(f"{screen(state.part, state.page.path)}decide/").content.decode()
    for said in ("Before", "On the site now", "From the files", "Keep the site", "Use the files", "Combine by hand"):
        assert said in html
    form = {one["name"]: one["value"] for one in Elements(html).all("input") if one.get("name") in ("seen", "live")}
    publisher.post(f"{screen(state.part, state.page.path)}decide/", {"answer": "combine", "seen": form["seen"]})
    assert "You are combining them here" in publisher.get(screen()).content.decode()
    write(publisher, summary="On the site and in the files.")
    publish(publisher, Draft.objects.get(state=Draft.WRITING))
    assert "On the site and in the files." in live()
    assert not models.UnitState.objects.exclude(hold="").exists()


def test_staff_pages_and_their_failures_are_staff_pages(rooms):
    client = staff("mei", "Editor")
    for address, status in ((screen("xx"), 404), (f"{screen('ms')}decide/", 403), ("/staff/pages/types/nowhere/", 404)):
        answer = client.get(address)
        assert answer.status_code == status and "data-exit" not in answer.content.decode()
        assert "Work to do" in answer.content.decode()


def test_the_drafts_of_others_are_told_of(rooms):
    write(staff("mei", "Editor"), summary="Draft.")
    html = staff("siti", "Editor").get(screen()).content.decode()
    assert "mei has a draft of this text" in html


def test_what_the_script_is_told_is_in_the_language_of_the_screens(rooms):
    client = staff("mei", "Editor")
    client.post("/staff/screens/", {"language": "ms"})
    answer = write(client, headers=JSON, summary="Ringkas.")
    assert answer["Content-Language"] == "ms" and json.loads(answer.content)["said"]


class TestAddresses:
    def test_a_text_has_the_address_of_its_page(self, rooms):
        client = staff("mei", "Editor")
        assert "A summary." in client.get("/staff/pages/types/outing/en/").content.decode()
        assert client.get("/staff/pages/-/facts/").status_code == 200  # the home page has no path
        for address in ("/staff/pages/types/outing/", "/staff/pages/types/outing/ta/history/", "/staff/pages/-/"):
            assert client.get(address).status_code == 200

    def test_an_address_by_number_leads_on_with_what_is_posted_there(self, rooms):
        client = staff("mei", "Editor")
        number = models.Page.objects.get(path=PAGE).pk
        answer = client.get(f"/staff/pages/{number}/ta/history/?p=1")
        assert (answer.status_code, answer.url) == (308, "/staff/pages/types/outing/ta/history/?p=1")
        assert client.get(f"/staff/pages/{number}/").url == "/staff/pages/types/outing/"
        assert client.get("/staff/pages/99999/en/").status_code == 404
        form = fields(client.get(screen()).content.decode()) | {"summary": ["Typed before."], "action": "save"}
        client.post(f"/staff/pages/{number}/en/", form, follow=True)
        assert "Typed before." in Draft.objects.get().text

    def test_who_has_a_page_open_while_it_moves_goes_on_at_its_old_address(self, rooms, folder: Folder):
        client, after = staff("mei", "Editor"), "types/doxing"
        form = fields(client.get(screen()).content.decode()) | {"summary": ["Typed as it moved."], "action": "save"}
        rename(folder, new=after)
        sync.import_files(folder.root)
        client.post(screen(), form)
        assert (Draft.objects.get().page.path, "Typed as it moved." in Draft.objects.get().text) == (after, True)

    def test_no_page_is_named_like_a_text_or_a_number(self):
        assert is_page_path("types/outing") and is_page_path("") and is_page_path("types/2fa")
        assert not any(map(is_page_path, ("types/facts", "ta", "support/zh-hans", "2026", "a/b/c", "Types")))
