"""The words of buttons, menus and notices: changed in the rooms or in a file, before readers in their language alone."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext, ngettext

from survivors import edition as reading
from survivors.mirror.files import files
from survivors.mirror.writing import write as write_mirror
from tests.folders import Folder
from tests.staff import make_staff
from tests.toolkit.test_editing import fields, publish, staff
from toolkit import edition, models
from toolkit.drafting import drafts, previews, publishing
from toolkit.files import sync
from toolkit.live import live_site, live_text
from toolkit.models import Draft, Page
from toolkit.rendering import buttons
from toolkit.texts.buttons import check
from toolkit.texts.buttons.program import OwnWords, key_of, program
from toolkit.texts.buttons.text import Buttons, Words, brought_together, read_buttons, write_buttons
from toolkit.texts.check import judge
from toolkit.texts.folder import ContentFile
from toolkit.texts.languages import BUTTONS, LANGUAGES

LEAVE = "Leave now"
TAMIL = "உடனே வெளியேறு"
ROOM = "/staff/pages/-/buttons/"
JSON = {"accept": "application/json"}


@pytest.fixture
def rooms(folder: Folder, staff_static, settings, tmp_path: Path) -> Folder:
    settings.DATA_DIR = tmp_path / "data"
    edition.forget()
    reading.forget()
    sync.import_files(folder.root)
    return folder


def room(says: str = LEAVE) -> str:
    return f"{ROOM}{key_of(says)}/"


def field(language: str, says: str = LEAVE, form: int = 0) -> str:
    return f"{key_of(says)}.{language}.{form}"


def type_in(client: Client, action: str = "save", says: str = LEAVE, headers=None, **said: str):
    """Opens the form of some words, types in some languages and presses a button."""
    form = fields(client.get(room(says)).content.decode())
    typed = {field(language.replace("_", "-"), says): [words] for language, words in said.items()}
    return client.post(room(says), {**form, **typed, "action": action}, headers=headers)


def draft_of(name: str) -> Draft:
    return Draft.objects.get(author__username=name, part=BUTTONS, state__in=Draft.OPEN)


def released(text: str) -> None:
    """A text of the words of buttons, published by somebody."""
    user = make_staff("aminah", "Publisher")
    live = live_text(live_site(), "", BUTTONS)
    page, typed = Page.objects.get(path=""), {"body": [text]}
    base = models.UnitState.objects.filter(page=page, part=BUTTONS).values_list("live__digest", flat=True).first()
    draft = drafts.save(user, page, BUTTONS, typed, text, version=0, base=base or "", follows="")
    publishing.publish(draft, user, reason="why", is_minor=True)
    assert live_text(live_site(), "", BUTTONS) != live


def file_with(**said: str | list[str]) -> str:
    """What stands in buttons.toml of ``Leave now``."""
    rows = [f"{language.replace('_', '-')} = {json.dumps(words)}" for language, words in said.items()]
    return "\n".join(["[[words]]", f'says = "{LEAVE}"', *rows, ""])


def bodies() -> dict[str, bytes]:
    """Every page, form and error that readers get, by its address."""
    edition.write()
    one = reading.from_folder()
    return {place: one.answer(place).bodies[""] for place in one.manifest.answers if one.answer(place).bodies}


def language_at(place: str) -> str:
    return place.strip("/").partition("/")[0] if place.startswith("/") else place.split(" ")[1]


def test_a_translator_changes_a_button_in_tamil_and_it_stands_on_every_tamil_page_and_nowhere_else(rooms, settings):
    before = bodies()
    kavitha, aminah = staff("kavitha", "Translator", languages=["ta"]), staff("aminah", "Publisher")
    found = kavitha.get(ROOM, {"q": "leave NOW"}).content.decode()
    assert room() in found and room("Sources") not in found
    form = kavitha.get(room()).content.decode()
    assert field("ta") in form and field("ms") not in form, "she writes Tamil"
    assert type_in(kavitha, ta=TAMIL, action="review").status_code == 302
    assert TAMIL in aminah.get(f"/staff/drafts/{draft_of('kavitha').pk}/").content.decode()
    assert publish(aminah, draft_of("kavitha")).status_code == 302
    reading.forget()
    after = bodies()
    old = program()[LEAVE].said["ta"][0].encode()
    with_it = [place for place, body in before.items() if b">" + old + b"<" in body]
    assert {"/ta/", "/ta/search/", "/ta/plan/", "/ta/types/outing/", "404 ta"} <= set(with_it)
    for place in with_it:
        assert f">{TAMIL}<".encode() in after[place] and b">" + old + b"<" not in after[place], place
    others = [place for place in before if language_at(place) in ("en", "ms", "zh-hans")]
    assert others and all(after[place] == before[place] for place in others)


def test_what_a_reader_asks_is_answered_in_the_new_words_and_the_rooms_keep_theirs(rooms, client):
    released(file_with(ta=TAMIL) + '\n[[words]]\nsays = "Search"\nen = "Look for it"\n')
    html = client.post("/ta/search/", {"q": "x"}).content.decode()
    assert f">{TAMIL}<" in html
    assert "Look for it" in client.get("/en/search/").content.decode()
    assert f">{TAMIL}<" in client.get("/ta/nowhere/").content.decode()
    mei = staff("mei", "Editor")
    assert "Look for it" not in mei.get("/staff/find/").content.decode()


def test_the_readers_process_answers_in_them_from_the_edition_without_a_database(rooms, settings, client):
    edition.write()
    settings.EDITION = "survivors.edition.from_folder"
    assert f">{TAMIL}<" not in client.post("/ta/search/", {"q": "x"}).content.decode()
    released(file_with(ta=TAMIL))
    edition.write()
    reading.forget()
    assert f">{TAMIL}<" in client.post("/ta/search/", {"q": "x"}).content.decode()


def test_a_draft_is_seen_in_a_preview_and_by_no_reader(rooms, client):
    type_in(staff("mei", "Editor"), en="Get out of here")
    token = previews.token_for(draft_of("mei"))
    assert "Get out of here" in client.get(f"/staff/preview/{token}/en/").content.decode()
    assert "Get out of here" in client.get(f"/staff/preview/{token}/en/plan/").content.decode()
    assert "Get out of here" not in client.get("/en/").content.decode()


def codes(text: str) -> list[str]:
    """The codes of what is wrong with a text, those within others too."""
    found = judge([ContentFile("", BUTTONS, "buttons.toml", text.encode())], {}).problems
    return [one.code for one in found] + [one.parts["fault"].code for one in found if "fault" in one.parts]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("no-words", ' '),
        ("button-html", "<i>Keluar</i>"),
        ("button-html", 'Keluar" onclick="x'),
        ("button-html", "Keluar &amp; pergi"),
        ("button-lines", "Keluar\nsekarang"),
        ("button-long", "Keluar " * 10),
        ("button-adds", "Keluar %(name)s"),
        ("button-adds", "Keluar {}"),
        ("button-adds", "Keluar 100%"),
        ("button-never", "Revenge porn"),
        ("hidden-character", "Keluar \u202e"),
        ("typed-number", "Telefon 03-1234 5678"),
        ("link-elsewhere", "Lihat https://contoh.my"),
    ],
)  # fmt: skip
def test_words_that_would_harm_a_page_are_refused(code, said):
    assert code in codes(file_with(ms=said))
    assert codes(file_with(ms="Keluar cepat")) == ["not-canonical"]


def test_what_the_program_puts_in_stays_as_it_is():
    days = '[[words]]\nsays = "%(n)d day"\nplural = "%(n)d days"\n'
    assert codes(days + 'ms = ["%(n)d hari", "%(n)d hari-hari"]\n') == ["not-canonical"]
    assert "button-lacks" in codes(days + 'ms = ["%(n)d hari", "hari"]\n')
    assert "button-lacks" in codes(days + 'ms = ["%(m)d hari", "%(n)d hari"]\n')
    assert "button-forms" in codes(days + 'ms = ["%(n)d hari"]\n')
    assert "button-plural" in codes('[[words]]\nsays = "%(n)d day"\nms = "%(n)d hari"\n')
    bold = "<b>The platform</b> can remove the post."
    assert codes(f'[[words]]\nsays = "{bold}"\nms = "<b>Platform</b> boleh."\n') == ["not-canonical"]
    assert "button-html" in codes(f'[[words]]\nsays = "{bold}"\nms = "Platform</b> boleh."\n')


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('[[words]]\nsays = "Nothing says this"\nms = "x"\n', "button-unknown"),
        (file_with(ms="a") + file_with(ta="b"), "button-twice"),
        ("[[buttons]]\n", "no-such-key"),
        ("words = 1\n", "not-tables"),
        ('[[words]]\nms = "x"\n', "in-field"),
        (file_with(en="x") + "follows = 1\n", "in-field"),
        (file_with(en="x") + 'follows.en = "x"\n', "in-field"),
        (file_with(id="x"), "no-such-key"),
    ],
)
def test_a_file_that_is_no_list_of_words_is_refused(text, code):
    assert code in codes(text)


def test_an_empty_file_changes_nothing_and_what_is_written_reads_the_same():
    assert read_buttons("") == Buttons()
    for text in ("", file_with(ms="Keluar", ta=TAMIL)):
        assert read_buttons(write_buttons(read_buttons(text))) == read_buttons(text)


def test_a_draft_with_a_fault_says_where_and_is_not_published(rooms):
    siti, aminah = staff("siti", "Translator", languages=["ms"]), staff("aminah", "Publisher")
    type_in(siti, ms="Keluar %(name)s")
    html = siti.get(room()).content.decode()
    assert "%(name)s does not belong here" in html and f'href="{room()}"' in html
    assert publish(aminah, draft_of("siti")).status_code == 200
    assert live_text(live_site(), "", BUTTONS) is None


def test_an_empty_field_and_the_button_go_back_to_the_programs_words(rooms):
    mei = staff("mei", "Editor")
    type_in(mei, ms="Keluar cepat", ta=TAMIL)
    type_in(mei, ms="")
    assert read_buttons(draft_of("mei").text).of(LEAVE).said == {"ta": (TAMIL,)}
    type_in(mei, action="program")
    assert read_buttons(draft_of("mei").text) == Buttons()


def test_a_translator_writes_hers_alone_whatever_is_posted(rooms):
    kavitha = staff("kavitha", "Translator", languages=["ta"])
    type_in(kavitha, ms="Keluar cepat", ta=TAMIL)
    assert read_buttons(draft_of("kavitha").text).of(LEAVE).said == {"ta": (TAMIL,)}
    assert staff("lawyer").get(ROOM).status_code == 403


def test_words_that_count_have_a_field_for_one_and_for_several(rooms):
    mei, says = staff("mei", "Editor"), "%(n)d hour"
    form = fields(mei.get(room(says)).content.decode())
    mei.post(room(says), {**form, field("en", says, 1): ["%(n)d whole hours"], "action": "save"})
    assert read_buttons(draft_of("mei").text).of(says).said == {"en": ("%(n)d hour", "%(n)d whole hours")}


def test_what_was_typed_is_kept_when_the_log_in_has_ended_and_other_words_of_another_window_are_no_conflict(rooms):
    mei = staff("mei", "Editor")
    first, second = (fields(mei.get(room(says)).content.decode()) for says in (LEAVE, "Sources"))
    mei.post(room(), {**first, field("en"): ["Out of here"], "action": "save"})
    answer = mei.post(room("Sources"), {**second, field("en", "Sources"): ["Where it is from"]}, headers=JSON)
    assert answer.status_code == 200
    again = {**first, field("en"): ["Away"], "action": "save"}
    assert mei.post(room(), again).status_code == 409, "the same words"
    mei.logout()
    form = fields(staff("yan", "Editor").get(room()).content.decode())
    assert Client().post(room(), {**form, field("ms"): ["Keluar cepat"], "action": "save"}).status_code == 302
    assert read_buttons(draft_of("yan").text).of(LEAVE).said == {"ms": ("Keluar cepat",)}
    assert {one.says for one in read_buttons(draft_of("mei").text).words} == {LEAVE, "Sources"}


def test_two_who_write_at_once_are_brought_together(rooms):
    kavitha, siti = staff("kavitha", "Translator", languages=["ta"]), staff("siti", "Translator", languages=["ms"])
    aminah = staff("aminah", "Publisher")
    type_in(kavitha, ta="முதல்")
    publish(aminah, draft_of("kavitha"))
    type_in(kavitha, ta=TAMIL)
    type_in(siti, ms="Keluar cepat")
    publish(aminah, draft_of("kavitha"))
    assert "has changed since you began" in siti.get(room()).content.decode()
    type_in(siti, action="caught-up")
    publish(aminah, draft_of("siti"))
    live = read_buttons(live_text(live_site(), "", BUTTONS))
    assert live.of(LEAVE).said == {"ms": ("Keluar cepat",), "ta": (TAMIL,)}
    base = Buttons((Words("a", "", {"ms": ("1",), "ta": ("1",)}),))
    mine, now = base.with_words(Words("a", "", {"ta": ("1",)})), base.with_words(Words("a", "", {"ms": ("2",)}))
    assert brought_together(base, mine, now) == Buttons()


def test_every_version_is_in_the_history_and_an_older_one_comes_back(rooms, client):
    released(file_with(en="Get out"))
    mei = staff("mei", "Publisher")
    type_in(mei, en="Away from here")
    publish(mei, draft_of("mei"))
    assert "Away from here" in client.get("/en/").content.decode()
    history = mei.get(f"{ROOM}history/").content.decode()
    first = models.Revision.objects.filter(part=BUTTONS).order_by("pk")[0]
    assert f"/staff/history/{first.pk}/" in history
    assert mei.post(f"/staff/history/{first.pk}/").status_code == 302
    assert "Get out" in client.get("/en/").content.decode()


def test_a_file_brings_them_in_and_they_go_out_again(rooms, tmp_path):
    file = rooms.root / "buttons.toml"
    file.write_text(write_buttons(read_buttons(file_with(ms="Keluar cepat"))))
    assert not sync.import_files(rooms.root).errors
    assert live_text(live_site(), "", BUTTONS) == file.read_text()
    mei = staff("mei", "Publisher")
    type_in(mei, ta=TAMIL)
    publish(mei, draft_of("mei"))
    sync.export_texts(rooms.root, rooms.root)
    assert TAMIL in file.read_text() and "Keluar cepat" in file.read_text()
    assert not sync.import_files(rooms.root).errors
    type_in(mei, ta="வெளியே")
    publish(mei, draft_of("mei"))
    file.write_text(file.read_text().replace("Keluar cepat", "Keluar"))
    sync.import_files(rooms.root)
    assert models.UnitState.objects.get(part=BUTTONS).hold == "conflict"
    sync.export_texts(rooms.root, tmp_path / "out")
    assert "வெளியே" in (tmp_path / "out" / "buttons.toml").read_text()


def test_words_that_the_program_has_no_more_are_named_and_stop_nothing(rooms, monkeypatch, client, settings):
    """As after an upgrade."""
    gone = "There was a button"
    before = dict(program())
    monkeypatch.setattr(check, "program", lambda: before | {gone: OwnWords(gone, "", {"en": (gone,)})})
    file = rooms.root / "buttons.toml"
    file.write_text(
        write_buttons(read_buttons(file_with(ms="Keluar cepat") + f'[[words]]\nsays = "{gone}"\nen = "x"\n'))
    )
    assert not sync.import_files(rooms.root).errors
    monkeypatch.setattr(check, "program", lambda: before)
    assert not sync.import_files(rooms.root).errors
    assert [one.code for one in sync.check_files(rooms.root) if one.file == "buttons.toml"] == ["button-unknown"]
    assert "Keluar cepat" in client.get("/ms/").content.decode()
    mei = staff("mei", "Publisher")
    assert gone in mei.get(ROOM).content.decode()
    type_in(mei, ta=TAMIL)
    publish(mei, draft_of("mei"))
    assert {one.says for one in read_buttons(live_text(live_site(), "", BUTTONS)).words} == {LEAVE}


def test_a_fresh_database_takes_an_old_file_in_and_names_the_words_that_the_program_has_no_more(folder):
    folder.root.joinpath("buttons.toml").write_text(
        write_buttons(read_buttons(file_with(ms="Keluar cepat") + '[[words]]\nsays = "There was a button"\nen = "x"\n'))
    )
    report = sync.import_files(folder.root)
    assert not report.errors and "button-unknown" in [one.code for one in report.problems]
    assert "There was a button" in live_text(live_site(), "", BUTTONS), "nothing of the file is lost"
    assert live_site()[""].buttons.of(LEAVE).said == {"ms": ("Keluar cepat",)}


def test_a_mirror_has_them(rooms, tmp_path):
    released(file_with(ta=TAMIL) + '\n[[words]]\nsays = "Online safety guide"\nta = "வழிகாட்டி"\n')
    edition.write()
    reading.forget()
    write_mirror(tmp_path / "out", files(reading.from_folder()))
    for name in ("ta/index.html", "ta/search/index.html", "ta/404.html"):
        assert f">{TAMIL}<" in (tmp_path / "out" / name).read_text(), name
    assert "வழிகாட்டி" in (tmp_path / "out" / "index.html").read_text(), "made by the mirror itself"


def test_what_reviewers_read_offline_has_them(rooms, tmp_path):
    released('[[words]]\nsays = "Right"\nms = "Betul begitu"\n')
    call_command("review_pack", "ms", tmp_path / "pack", stdout=StringIO())
    assert "Betul begitu" in (tmp_path / "pack" / "review-ms.html").read_text()


def test_the_search_of_the_rooms_leads_to_them(rooms):
    mei = staff("mei", "Editor")
    html = mei.get("/staff/find/", {"q": "Leave now"}).content.decode()
    assert f'href="{ROOM}?q=Leave+now"' in html
    released(file_with(en="Get out of here"))
    html = mei.get("/staff/find/", {"q": "Get out of here"}).content.decode()
    assert f'href="{room()}"' in html


def test_they_are_in_force_where_they_are_put_in_force_and_keep_the_spaces_of_the_programs():
    said = {"ms": {" and ": ("serta",), "%(n)d day": ("%(n)d hari", "%(n)d hari-hari")}}
    with translation.override("ms"):
        with buttons.in_force(lambda: said):
            assert gettext(" and ") == " serta " and ngettext("%(n)d day", "%(n)d days", 3) == "%(n)d hari-hari"
            with buttons.in_force(dict):
                assert gettext(" and ") == " dan "
        assert gettext(" and ") == " dan "
        with buttons.in_force(lambda: 1 / 0):
            assert gettext(" and ") == " dan ", "the program's words are always right"


def test_every_word_of_the_program_is_fit_to_stand_where_it_stands():
    words = tuple(
        Words(one.says, one.plural, {name: tuple(map(str.strip, one.said[name])) for name in LANGUAGES})
        for one in program().values()
    )
    assert list(check.button_faults(Buttons(words), None, {"999"})) == []
