"""Words changed in many texts at once: reviewed on one page, published together or not at all, taken back by one press."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.utils.html import strip_tags

from tests.staff import logged_in, make_staff
from toolkit.files import sync
from toolkit.finding.replacing import Wanted, replaced, spots
from toolkit.judging import Change
from toolkit.live import live_site, live_text, publish
from toolkit.models import Batch, Draft, Revision
from toolkit.texts.buttons.program import key_of, program
from toolkit.texts.canonical import digest
from toolkit.texts.languages import BUTTONS, LANGUAGES, TRANSLATIONS
from toolkit.texts.page import TranslationState, read_part

pytestmark = pytest.mark.usefixtures("plain_static")
PAGE = "types/outing"
BODY = "Call the hotline. Hotline or [hotline](/types/hotline/).\n\n## Hotline {#hotline}\n\n{{ contact line }}\n"


@pytest.fixture
def live(folder):
    folder.page("types/hotline", "The hotline answers.\n", position=3)
    folder.page("types/calls", BODY, position=4)
    sync.import_files(folder.root)
    return folder


@pytest.fixture
def editor(live):
    return logged_in(None, make_staff("Mei", "Editor"))


@pytest.fixture
def publisher(live):
    return logged_in(None, make_staff("Aminah", "Publisher"))


ASKED = {"old": "hotline", "new": "help line", "texts": list(LANGUAGES), "section": "", "any_case": "on"}


def ticks(client, **more) -> list[str]:
    html = client.get("/staff/find/replace/", ASKED | more).content.decode()
    return re.findall(r'name="spot" value="([^"]+)"', html)


def make(client, chosen=None, **more) -> Batch:
    answer = client.post(
        "/staff/find/replace/", ASKED | more | {"spot": ticks(client, **more) if chosen is None else chosen}
    )
    assert answer.status_code == 302, answer.content.decode()
    return Batch.objects.latest("pk")


def act(client, batch: Batch, action: str, **more):
    address = f"/staff/batches/{batch.pk}/"
    [seen, *_] = re.findall(r'name="seen" value="([^"]*)"', client.get(address).content.decode()) or [""]
    said = {"action": action, "seen": seen, "size": "minor", "reason": "One word for it"}
    return client.post(address, said | more, follow=True)


def body(path: str, language: str = "en") -> str:
    return live_site()[path].prose[language].body


def change(path: str, old: str, new: str, part: str = "en") -> None:
    before = live_text(live_site(), path, part) or ""
    assert old in before
    publish([Change.of(path, part, read_part(part, before.replace(old, new)), digest(before))], origin="staff")


def test_words_are_replaced_in_all_languages_and_never_where_machines_read(editor, publisher):
    batch = make(editor)
    assert batch.drafts.count() == 8 and set(batch.drafts.values_list("state", flat=True)) == {"review"}
    assert "hotline" in body("types/calls")  # readers see nothing of it yet
    act(publisher, batch, "publish")
    for language in LANGUAGES:
        assert body("types/calls", language) == BODY.replace("the hotline", "the help line").replace(
            "Hotline", "Help line"
        ).replace("[hotline]", "[help line]")
        assert body("types/hotline", language) == "The help line answers.\n"
    assert all(live_site()["types/calls"].state(one) is TranslationState.UNREVIEWED for one in TRANSLATIONS)
    assert {one.reason for one in Revision.objects.filter(writer__username="Mei")} == {"One word for it"}


def test_only_the_ticked_places_of_the_chosen_texts_change(editor, publisher):
    chosen = ticks(editor, texts=["ta"], any_case="")
    assert [one.split(":")[0] for one in chosen] == ["types/calls"] * 2 + ["types/hotline"] * 2  # and its title
    batch = make(editor, chosen[:1], texts=["ta"], any_case="")
    act(publisher, batch, "publish")
    assert body("types/calls", "ta").startswith("Call the help line. Hotline or [hotline]")
    assert body("types/calls", "ms") == BODY


def test_addresses_and_names_of_places_change_only_when_she_asks_for_it(live):
    site = live_site()
    asked = {"parts": ["en"], "section": "types"}
    plain, everything = (Wanted("hotline", "line", everything=one) for one in (False, True))
    assert len([one for one in spots(plain, site, **asked) if one.path == "types/calls"]) == 2
    assert len([one for one in spots(everything, site, **asked) if one.path == "types/calls"]) == 4
    changed = replaced(everything, site["types/calls"].prose["en"], range(4))
    assert "(/types/line/)" in changed.body and "{#line}" in changed.body


def test_names_of_facts_change_but_not_their_numbers_addresses_and_short_names(editor, publisher):
    batch = make(editor, old="line", new="voice", texts=["facts"])
    act(publisher, batch, "publish")
    [contact] = live_site()[""].facts.contacts
    assert (contact.name, contact.id, contact.website) == ("A Voice", "line", "https://line.example.org")


def test_a_batch_is_published_whole_or_not_at_all(editor, publisher):
    batch = make(editor, old="answers", new="answers on 03-9999 8888", texts=["en", "ms"], any_case="")
    html = act(publisher, batch, "publish").content.decode()
    assert "typing a number" in html and "types/hotline" not in html.partition("To put right")[0]
    assert body("types/hotline") == body("types/hotline", "ms") == "The hotline answers.\n"
    assert set(batch.drafts.values_list("state", flat=True)) == {"review"}


def test_one_press_brings_the_texts_from_before_it_back_as_one_publication(editor, publisher):
    before = {path: live_text(live_site(), path, "en") for path in ("types/calls", "types/hotline")}
    batch = make(editor)
    act(publisher, batch, "publish")
    versions = Revision.objects.count()
    html = act(publisher, batch, "undo").content.decode()
    assert "Taken back. Readers see the texts from before it." in html
    assert {path: live_text(live_site(), path, "en") for path in before} == before
    assert Revision.objects.count() == versions + 8
    assert all(live_site()["types/calls"].state(one) is TranslationState.UNREVIEWED for one in TRANSLATIONS)
    assert "was taken back already" in act(publisher, batch, "undo").content.decode()
    assert "A batch of changes was taken back" in editor.get("/staff/pages/types/calls/en/history/").content.decode()


def test_what_was_changed_since_stays_when_a_batch_is_taken_back(editor, publisher):
    batch = make(editor)
    act(publisher, batch, "publish")
    change("types/hotline", "answers", "answers all day")
    html = act(publisher, batch, "undo").content.decode()
    assert "Page types/help line, English was changed again since" in html
    assert body("types/hotline") == "The help line answers all day.\n" and body("types/calls") == BODY
    assert body("types/hotline", "ms") == "The hotline answers.\n"


def test_a_text_of_which_she_has_a_draft_is_left_out_and_listed(editor, publisher, live):
    make(editor, texts=["ms"])
    html = editor.get("/staff/find/replace/", ASKED).content.decode()
    assert "You have drafts of these texts already" in html and "/staff/pages/types/calls/ms/" in html
    assert not any(":ms:" in one for one in ticks(editor))
    assert "Colleagues have drafts of these texts" in publisher.get("/staff/find/replace/", ASKED).content.decode()


def test_places_that_changed_meanwhile_are_shown_again(editor):
    chosen = ticks(editor)
    change("types/hotline", "answers", "hotline answers")
    answer = editor.post("/staff/find/replace/", ASKED | {"spot": chosen})
    assert "A text has changed meanwhile" in answer.content.decode() and not Batch.objects.exists()
    assert "Tick at least one place" in editor.post("/staff/find/replace/", ASKED).content.decode()


def test_a_batch_is_sent_back_asked_for_again_and_discarded_together(editor, publisher):
    batch = make(editor)
    act(publisher, batch, "back", remark="The heading stays.")
    assert set(batch.drafts.values_list("state", flat=True)) == {"writing"}
    act(editor, batch, "review")
    assert set(batch.drafts.values_list("state", flat=True)) == {"review"}
    act(editor, batch, "aside")
    assert set(batch.drafts.values_list("state", flat=True)) == {"set aside"}
    assert act(publisher, batch, "publish").status_code == 200 and body("types/calls") == BODY


def test_drafts_that_are_ticked_on_the_list_are_published_together_and_become_a_batch(editor, publisher):
    for language in ("en", "ta"):
        make(editor, texts=[language])
    keys = [str(one.pk) for one in Draft.objects.filter(page__path="types/hotline")]
    listed = publisher.get("/staff/drafts/?state=review").content.decode()
    assert all(f'name="draft" value="{key}"' in listed for key in keys)
    address = f"/staff/drafts/together/?draft={keys[0]}&draft={keys[1]}"
    html = publisher.get(address).content.decode()
    assert html.count('class="part-of"') == 2
    [seen, *_] = re.findall(r'name="seen" value="([^"]*)"', html)
    said = {"action": "publish", "seen": seen, "size": "major", "reason": "agreed", "note.en": "It has a better name."}
    assert "Tell readers in one sentence" in publisher.post(address, said).content.decode()
    publisher.post(address, said | {"note.ta": "பெயர் மாறியது."})
    assert body("types/hotline", "ta") == body("types/hotline") == "The help line answers.\n"
    assert live_site()["types/hotline"].state("ta") is TranslationState.UNREVIEWED
    assert live_site()["types/hotline"].state("ms") is TranslationState.OUTDATED
    assert {one.note for one in Revision.objects.exclude(note="")} == {"It has a better name.", "பெயர் மாறியது."}
    assert Batch.objects.latest("pk").drafts.count() == 2


def test_a_draft_that_changed_since_the_page_was_opened_is_read_again(editor, publisher):
    batch = make(editor, texts=["en"])
    Draft.objects.filter(batch=batch).update(version=7)
    html = publisher.post(
        f"/staff/batches/{batch.pk}/", {"action": "publish", "seen": "", "size": "minor", "reason": "x"}, follow=True
    ).content.decode()
    assert "have changed since you opened this" in html and body("types/hotline") == "The hotline answers.\n"


def test_who_may_not_publish_does_not_and_a_translator_changes_only_her_languages(editor, live):
    batch = make(editor)
    assert act(editor, batch, "publish").status_code == act(editor, batch, "undo").status_code == 403
    translator = logged_in(None, make_staff("Siti", "Translator", languages=["ms"]))
    assert act(translator, batch, "aside").status_code == 403
    assert "not one of the available choices" in translator.get("/staff/find/replace/", ASKED).content.decode()
    assert all(":ms:" in one for one in ticks(translator, texts=["ms"])) and ticks(translator, texts=["ms"])
    nurul = logged_in(None, make_staff("Nurul", "Administrator"))
    assert nurul.get("/staff/find/replace/").status_code == 403


# ---- the same paragraph in several languages


LANGUAGES_PAGE = "/staff/pages/types/calls/languages/"


def words_at(client, key: str) -> dict[str, str]:
    """What stands in the fields of a screen with one paragraph: name -> value."""
    html = client.get(LANGUAGES_PAGE, {"at": key}).content.decode()
    fields = dict(re.findall(r'<textarea[^>]*name="(words\.[^"]+)">([^<]*)</textarea>', html))
    return fields | dict(re.findall(r'name="(was\.[^"]+)" value="([^"]*)"', html))


def test_a_typo_in_four_languages_is_one_job(editor, publisher):
    html = editor.get(LANGUAGES_PAGE).content.decode()
    keys = re.findall(r'href="\?at=([^"]+)"', html)
    assert {"title", "summary", "body..0", "body.hotline.0", "body.hotline.1"} <= set(keys)
    said = words_at(editor, "body..0")
    assert {one for one in said if one.startswith("words.")} == {f"words.{language}" for language in LANGUAGES}
    said |= {f"words.{one}": said[f"words.{one}"].replace("hotline.", f"line in {one}.") for one in LANGUAGES}
    answer = editor.post(LANGUAGES_PAGE, said | {"at": "body..0", "reason": "A typo"}, follow=True)
    batch = Batch.objects.get()
    assert batch.reason == "A typo" and batch.drafts.count() == 4 and "A typo" in answer.content.decode()
    act(publisher, batch, "publish")
    for language in LANGUAGES:
        assert body("types/calls", language) == BODY.replace("the hotline.", f"the line in {language}.")
    assert all(live_site()["types/calls"].state(one) is TranslationState.UNREVIEWED for one in TRANSLATIONS)


def test_what_stays_as_it_is_makes_no_draft_and_fields_have_their_own_screen(editor):
    said = words_at(editor, "title")
    editor.post(LANGUAGES_PAGE, said | {"at": "title", "words.ta": "அழைப்புகள்"})
    [draft] = Batch.objects.get().drafts.all()
    assert draft.part == "ta" and "title: அழைப்புகள்\n" in draft.text and draft.typed["title"] == ["அழைப்புகள்"]
    answer = editor.post(LANGUAGES_PAGE, words_at(editor, "title") | {"at": "title"})
    assert "Nothing is different yet" in answer.content.decode()
    assert "words.ta" not in words_at(editor, "title")  # she has a draft of it


def test_words_are_kept_when_a_text_has_changed_meanwhile_and_when_they_make_no_text(editor):
    said = words_at(editor, "body..0")
    change("types/calls", "Call the", "Do call the", "ms")
    answer = editor.post(LANGUAGES_PAGE, said | {"at": "body..0", "words.en": "All my words."})
    html = answer.content.decode()
    assert "has changed since you opened this" in html and "All my words." in html and not Batch.objects.exists()
    answer = editor.post(LANGUAGES_PAGE, words_at(editor, "summary") | {"at": "summary", "words.en": ""})
    assert answer.status_code == 200 and not Batch.objects.exists()


def test_a_language_with_other_paragraphs_shows_all_of_them_below_the_heading(editor):
    change("types/calls", "{{ contact line }}", "One more.\n\n{{ contact line }}", "zh-hans")
    assert (
        words_at(editor, "body.hotline.1")["words.zh-hans"]
        == "## Hotline {#hotline}\n\nOne more.\n\n{{ contact line }}"
    )
    assert words_at(editor, "body.hotline.1")["words.ta"] == "{{ contact line }}"


def test_a_translator_changes_only_her_languages_there(live):
    translator = logged_in(None, make_staff("Siti", "Translator", languages=["ms"]))
    assert {one for one in words_at(translator, "body..0") if one.startswith("words.")} == {"words.ms"}
    said = words_at(translator, "body..0") | {"at": "body..0", "words.en": "Hers.", "words.ms": "Miliknya."}
    translator.post(LANGUAGES_PAGE, said)
    assert list(Batch.objects.get().drafts.values_list("part", flat=True)) == ["ms"]


def test_a_batch_is_one_line_of_the_first_page_and_what_became_of_it_is_put_away_at_once(editor, publisher):
    batch = make(editor)
    line = f"{batch.reason} 8 texts"
    for desk in (publisher, editor):
        html = desk.get("/staff/").content.decode()
        assert line in unescape(strip_tags(html)) and "types/calls" not in html
    act(publisher, batch, "publish")
    html = editor.get("/staff/").content.decode()
    assert html.count("Published by Aminah. Readers see it.") == 8 and "word for word" not in html
    known = re.findall(r'name="draft" value="(\d+)"', html)
    publisher.post(f"/staff/drafts/{known[0]}/", {"action": "known", "draft": known})
    assert "Published by Aminah." in editor.get("/staff/").content.decode()
    editor.post(f"/staff/drafts/{known[0]}/", {"action": "known", "draft": known})
    assert "Published by Aminah." not in editor.get("/staff/").content.decode()


LEAVE = "Leave now"


def said_on(says: str, language: str) -> tuple[str, ...]:
    """What is changed of the words of a button in a language."""
    words = live_site()[""].buttons
    found = words.of(says) if words else None
    return found.said.get(language, ()) if found else ()


def test_a_typo_on_buttons_is_found_by_the_one_search_and_replaced_with_the_texts_as_one_batch(editor, publisher):
    tamil = program()[LEAVE].said["ta"][0]
    for typo in (LEAVE, tamil):
        html = editor.get("/staff/find/", {"q": typo}).content.decode()
        assert f'href="/staff/pages/-/buttons/{key_of(LEAVE)}/"' in html and "0 lines" not in html
    asked = {"old": tamil, "new": "உடனே செல்", "texts": [*LANGUAGES, BUTTONS]}
    batch = make(editor, **asked)
    assert "உடனே செல்" in (there := publisher.get(f"/staff/batches/{batch.pk}/").content.decode()), there
    assert act(publisher, batch, "publish").status_code == 200
    assert said_on(LEAVE, "ta") == ("உடனே செல்",) and said_on(LEAVE, "ms") == ()
    back = make(editor, **asked | {"old": "உடனே செல்", "new": tamil})
    act(publisher, back, "publish")
    assert live_site()[""].buttons.of(LEAVE) is None, "what the program says again is no longer a changed word"


def test_the_pages_and_the_buttons_that_say_a_word_are_one_batch(editor, publisher):
    change("types/calls", "Call the hotline.", "Press “Leave now”.")
    batch = make(editor, old=LEAVE, new="Leave quickly", any_case="", texts=["en", BUTTONS])
    assert {one.part for one in batch.drafts.all()} == {"en", BUTTONS}
    act(publisher, batch, "publish")
    assert "“Leave quickly”" in body("types/calls") and said_on(LEAVE, "en") == ("Leave quickly",)


def test_a_translator_replaces_the_words_of_buttons_in_her_languages_alone(live):
    translator = logged_in(None, make_staff("Siti", "Translator", languages=["ms"]))
    for asked in (LEAVE, program()[LEAVE].said["ta"][0]):
        assert ticks(translator, old=asked, new="x", texts=["ms", BUTTONS]) == []
    malay = program()[LEAVE].said["ms"][0]
    assert ticks(translator, old=malay, new="Pergi", texts=["ms", BUTTONS])


def test_words_that_would_harm_a_button_wait_until_they_are_put_right(editor, publisher):
    batch = make(editor, old="%(n)d", new="some", texts=[BUTTONS], any_case="")
    act(publisher, batch, "publish")
    assert live_site()[""].buttons is None


def test_an_administrator_finds_the_words_of_buttons_and_is_led_to_their_history(live):
    nurul = logged_in(None, make_staff("Nurul", "Administrator"))
    html = nurul.get("/staff/find/", {"q": LEAVE, "text": BUTTONS}).content.decode()
    [there, *_] = re.findall(r'<li><a href="([^"]+)"', html.partition('<ol class="found"')[2])
    assert nurul.get(there).status_code == 200
