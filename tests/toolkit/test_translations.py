from __future__ import annotations

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from tests.staff import logged_in, make_staff
from tests.timing import timed
from tests.toolkit import test_buttons
from tests.toolkit.test_editing import fields, staff
from tests.toolkit.test_editing import publish as publish_draft
from toolkit import models
from toolkit.admin import translations
from toolkit.admin.translations import changes_since, english_changes, words_of
from toolkit.files import sync
from toolkit.judging import Change
from toolkit.live import live_site, live_text, publish
from toolkit.models import AuditEntry, Draft, Event, Page, UnitState
from toolkit.texts.buttons.program import key_of
from toolkit.texts.buttons.text import Buttons, Words, brought_together, read_buttons, write_buttons
from toolkit.texts.canonical import digest
from toolkit.texts.languages import BUTTONS, TRANSLATIONS
from toolkit.texts.page import TranslationState, read_part

pytestmark = pytest.mark.usefixtures("plain_static")

PAGE = "types/outing"
DESK = "/staff/translations/"


@pytest.fixture
def live(folder):
    """The small guide, published, with translations that a native speaker has compared."""
    for language in TRANSLATIONS:
        path = folder.file(PAGE, language)
        path.write_text(path.read_text().replace("review: unreviewed", "review: reviewed"))
    sync.import_files(folder.root)
    return folder


def publish_english(old: str, new: str, path: str = PAGE) -> None:
    before = live_text(live_site(), path, "en") or ""
    assert old in before
    value = read_part("en", before.replace(old, new))
    publish([Change.of(path, "en", value, digest(before))], origin="staff")


def texts(path: str = PAGE):
    return live_site()[path]


def outdated_address(path: str = PAGE) -> str:
    return reverse("admin:outdated", args=[path])


def cells(answer, path: str = PAGE) -> dict[str, object]:
    [found] = [shown for line, shown in answer.context["lines"] if line.path == path]
    return {cell.language: cell for cell in found}


def test_the_desk_shows_each_page_in_each_language_in_the_guides_order(live):
    answer = logged_in(None, make_staff("Siti", "Translator", languages=["ms"])).get(DESK)
    assert [line.title for line, _ in answer.context["lines"]] == [
        "Page home", "Page types", "Page types/outing", "Page types/threats",
    ]  # fmt: skip
    assert [cell.language for _, shown in answer.context["lines"] for cell in shown] == [*TRANSLATIONS] * 4
    unit = reverse("admin:unit", args=[PAGE, "ta"])
    assert unit in answer.content.decode()


def test_a_translation_is_current_unreviewed_missing_or_older_than_the_english(live):
    UnitState.objects.filter(page__path="types/threats", part="ta").update(live=None)
    publish_english("Find yours.", "Find it here.", "types")
    answer = logged_in(None, make_staff("Mei", "Editor")).get(DESK)
    assert cells(answer)["ta"].says == "Current"
    assert cells(answer, "types/threats")["ta"].says == "Missing"
    assert cells(answer, "types/threats")["ms"].says == "Not checked by a native speaker"
    assert cells(answer, "types")["ms"].says == "Older than the English by 1 change"
    tamil = next(one for one in answer.context["summary"] if one["language"] == "ta")
    assert [(state, n) for state, _, _, n in tamil["counts"]] == [
        ("current", 1), ("outdated", 1), ("unreviewed", 1), ("missing", 1),
    ]  # fmt: skip


def test_the_changes_of_the_english_since_a_translation_are_counted(live):
    followed = texts().source_digest
    assert changes_since(PAGE, followed) == 0
    publish_english("What it is.", "What this is.")
    publish_english("What this is.", "What that is.")
    assert changes_since(PAGE, followed) == 2
    answer = logged_in(None, make_staff("Mei", "Editor")).get(DESK)
    assert cells(answer)["ta"].says == "Older than the English by 2 changes"
    # Back to the text that it follows: nothing has changed for it.
    publish_english("What that is.", "What it is.")
    assert changes_since(PAGE, followed) == 0 and texts().state("ta") is TranslationState.CURRENT


def test_a_translation_of_an_english_text_that_is_not_kept_is_older_by_one_change_at_least(live):
    assert changes_since(PAGE, "0123456789ab") == 1


def test_what_changed_in_the_english_is_shown_and_nothing_where_nothing_did(live):
    assert english_changes(texts(), "ta") is None
    publish_english("What it is.", "What this is.")
    rows = english_changes(texts(), "ta") or []
    assert [(piece.kind, piece.text) for row in rows for piece in row.pieces if piece.kind != "same"] == [
        ("out", "it"), ("in", "this"),
    ]  # fmt: skip
    html = logged_in(None, make_staff("Mei", "Editor")).get(outdated_address()).content.decode()
    assert "<del>" in html and "translated_from" not in html


def test_still_correct_for_two_languages_at_once_stays_out_of_the_third(live):
    publish_english("What it is.", "What this is.")
    client = logged_in(None, make_staff("Mei", "Editor"))
    shown = client.get(outdated_address())
    assert [code for code, _ in shown.context["may_say"]] == [*TRANSLATIONS]
    client.post(outdated_address(), {"english": shown.context["english"], "languages": ["ms", "zh-hans"]})
    now = texts()
    assert [now.state(language).value for language in TRANSLATIONS] == ["current", "outdated", "current"]
    assert AuditEntry.objects.filter(event=Event.STILL_CORRECT, who="Mei").count() == 2
    assert [code for code, _ in client.get(outdated_address()).context["may_say"]] == ["ta"]


def test_a_translator_says_it_of_her_own_language_only(live):
    publish_english("What it is.", "What this is.")
    client = logged_in(None, make_staff("Siti", "Translator", languages=["ms"]))
    shown = client.get(outdated_address())
    assert [code for code, _ in shown.context["may_say"]] == ["ms"]
    typed = {"english": shown.context["english"]}
    assert client.post(outdated_address(), typed | {"languages": ["ms", "ta"]}).status_code == 403
    assert texts().state("ms") is TranslationState.OUTDATED
    client.post(outdated_address(), typed | {"languages": ["ms"]})
    assert texts().state("ms") is TranslationState.CURRENT
    assert texts().state("ta") is TranslationState.OUTDATED


def test_nobody_vouches_for_english_that_she_has_not_seen(live):
    publish_english("What it is.", "What this is.")
    client = logged_in(None, make_staff("Mei", "Editor"))
    seen = client.get(outdated_address()).context["english"]
    publish_english("What this is.", "What that is.")
    answer = client.post(outdated_address(), {"english": seen, "languages": ["ms"]}, follow=True)
    assert "has changed again" in answer.content.decode()
    assert texts().state("ms") is TranslationState.OUTDATED


def test_an_administrator_without_another_role_says_nothing_of_texts(live):
    publish_english("What it is.", "What this is.")
    client = logged_in(None, make_staff("Ana", "Administrator"))
    assert client.get(outdated_address()).context["may_say"] == []
    assert client.post(outdated_address(), {"english": texts().source_digest, "languages": ["ms"]}).status_code == 403


def test_the_desk_is_narrowed_by_language_and_state(live):
    publish_english("What it is.", "What this is.")
    client = logged_in(None, make_staff("Mei", "Editor"))
    answer = client.get(DESK, {"language": "ta", "state": "outdated"})
    assert [line.title for line, _ in answer.context["lines"]] == ["Page types/outing"]
    assert [code for code, _ in answer.context["columns"]] == ["ta"]
    assert client.get(DESK, {"state": "missing"}).context["lines"] == []
    assert len(client.get(DESK, {"state": "nonsense", "language": "fr"}).context["lines"]) == 4


def test_a_draft_of_a_translation_is_named_and_can_be_opened(live):
    author = make_staff("Siti", "Translator", languages=["ms"])
    draft = Draft.objects.create(page=Page.objects.get(path=PAGE), part="ms", author=author)
    client = logged_in(None, author)
    assert cells(client.get(DESK))["ms"].drafts == [draft]
    narrowed = client.get(DESK, {"state": "draft"})
    assert [line.title for line, _ in narrowed.context["lines"]] == ["Page types/outing"]
    assert reverse("admin:draft", args=[draft.pk]) in narrowed.content.decode()


def test_words_are_counted_without_what_is_not_for_readers():
    prose = read_part(
        "en",
        "---\ntitle: Two words\nsummary: One.\n---\n## Do it {#do-first}\n\nCall {{ phone line }} or [see](/types/).\n",
    )
    assert words_of(prose) == 8
    chinese = read_part("zh-hans", "---\ntitle: 裸照\nsummary: 好。\n---\n您可以报警。\n")
    assert words_of(chinese) == 8


def test_the_desk_has_every_page_of_the_whole_guide_within_a_second(guide):
    client = logged_in(None, make_staff("Mei", "Editor"))
    desk, seconds = timed(lambda: client.get(DESK))
    pages = models.Page.objects.filter(is_retired=False).count()
    assert desk.context["number"] == pages + 1  # and the rules of the plan
    assert len(desk.context["lines"]) == 8 and "page=2" in desk.content.decode()
    assert seconds < 1


def late(client: Client) -> dict[str, tuple[str, int]]:
    """What the desk of translations says of the words of buttons: language -> state, words that changed in English."""
    lines = client.get("/staff/translations/").context["lines"]
    found = [cells for line, cells in lines if line.part == BUTTONS]
    return {cell.language: (cell.state.value, cell.changes) for cells in found for cell in cells}


def test_a_button_whose_english_was_changed_waits_in_the_list_of_translations_until_it_is_compared(live, monkeypatch):
    monkeypatch.setattr(translations, "LINES_SHOWN", 100)
    mei, siti = staff("mei", "Publisher"), staff("siti", "Translator", languages=["ms"])

    def released_by(client: Client, **said: str) -> None:
        test_buttons.type_in(client, **said)
        publish_draft(mei, Draft.objects.get(part=BUTTONS, state__in=Draft.OPEN))

    assert late(siti) == {}
    released_by(mei, en="Get out of here")
    assert late(siti) == dict.fromkeys(("ms", "ta", "zh-hans"), ("outdated", 1))
    assert (
        f'href="{test_buttons.ROOM}">What changed? Still correct?' in siti.get("/staff/translations/").content.decode()
    )
    assert "English changed since: Bahasa Melayu, தமிழ், 简体中文" in siti.get(test_buttons.ROOM).content.decode()
    form = fields(siti.get(test_buttons.room()).content.decode())
    siti.post(test_buttons.room(), {**form, f"{key_of(test_buttons.LEAVE)}.ms.follows": "on", "action": "save"})
    draft = test_buttons.draft_of("siti")
    assert "Compared with the English as it is now" in siti.get(f"/staff/drafts/{draft.pk}/").content.decode()
    publish_draft(mei, draft)
    released_by(mei, ta=test_buttons.TAMIL)
    assert [state for state, _changes in late(siti).values()] == ["current", "current", "outdated"]
    released_by(mei, en="Out of here")
    assert late(siti)["ms"] == late(siti)["ta"] == ("outdated", 1), "the English is another one again"
    released_by(mei, en=test_buttons.LEAVE)
    assert set(late(siti).values()) == {("current", 0)}


def test_what_two_say_of_two_languages_is_brought_together_and_a_command_says_it_in_a_file(folder, settings):
    def said(**follows: str) -> Buttons:
        return Buttons((Words(test_buttons.LEAVE, "", {"en": ("Go",)}, follows),))

    now = brought_together(said(), said(ms="a"), said(ta="b"))
    assert now.words[0].follows == {"ms": "a", "ta": "b"} and read_buttons(write_buttons(now)) == now
    settings.CONTENT_DIR, file = folder.root, folder.root / "buttons.toml"
    file.write_text(write_buttons(said()))
    call_command("content_pin", BUTTONS, "--language", "ta")
    assert read_buttons(file.read_text()).words[0].outdated == ("ms", "zh-hans")
