"""Facts that doubt: what is typed into their form is dialled, dated and limited as it should be, or refused in words."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest
from django.forms import MultipleChoiceField
from hypothesis import given
from hypothesis import strategies as st

from tests.folders import Folder, own_guide
from tests.staff import logged_in, make_staff
from tests.toolkit.test_editing import fields, live, publish, screen, write
from toolkit.admin.drafting import facts_form
from toolkit.files import sync
from toolkit.live import live_site
from toolkit.models import Draft
from toolkit.texts.check import judge
from toolkit.texts.folder import ContentFile
from toolkit.texts.languages import FACTS
from toolkit.texts.problem import FaultError
from toolkit.texts.records.numbers import number_faults_of, read_number, written
from toolkit.texts.records.page_toml import read_facts, write_facts

LINE = "contacts-0-channels-0-value"


@pytest.fixture
def rooms(folder: Folder, staff_static) -> None:
    sync.import_files(folder.root)


@pytest.fixture
def editor(rooms):
    return logged_in(None, make_staff("mei", "Editor"))


def to_put_right(client, path: str = "") -> list[tuple[str, str]]:
    """What the screen says is wrong: words, and the id of the field that they lead to."""
    html = client.get(screen("facts", path)).content.decode()
    list_ = html.partition('<div id="problems"')[2].partition("</div>")[0]
    found = re.findall(r"<li[^>]*>(?:<a href=\"#([^\"]*)\">)?([^<]+)", list_)
    for place, _ in found:
        assert not place or f'id="{place}"' in html, f"{place} is nowhere on the screen"
    return [(unescape(words).strip(), place) for place, words in found]


@pytest.mark.parametrize(
    ("typed", "dialled", "shown"),
    [
        ("(03) 3000-8858", "+60330008858", "03-3000 8858"),
        ("+60 3-3000 8858", "+60330008858", "03-3000 8858"),
        ("+60 (0)3 3000 8858", "+60330008858", "03-3000 8858"),
        ("0060 3 3000 8858", "+60330008858", "03-3000 8858"),
        ("60330008858", "+60330008858", "03-3000 8858"),
        ("tel:+60330008858", "+60330008858", "03-3000 8858"),
        ("https://wa.me/60189888058", "+60189888058", "018-988 8058"),
        ("０１８－９８８　８０５８", "+60189888058", "018-988 8058"),
        ("\u202a018\u2011988\u00a08058\u202c", "+60189888058", "018-988 8058"),
        ("011-1234 5678", "+601112345678", "011-1234 5678"),
        ("088-219 110", "+6088219110", "088-219 110"),
        ("1-300-88-2999", "1300882999", "1-300-88-2999"),
        ("+60 1300 88 2999", "1300882999", "1-300-88-2999"),
        ("1800 188 030", "1800188030", "1-800-18-8030"),
        ("999", "999", "999"),
        ("15999", "15999", "15999"),
        ("13 11 14", "131114", "131114"),
        ("+65 6123 4567", "+6561234567", "+65 6123 4567"),
    ],
)
def test_a_number_is_dialled_as_it_was_meant_and_shown_as_it_is_dialled(typed, dialled, shown):
    assert (read_number(typed), written(dialled)) == (dialled, shown)
    assert [fault for fault, is_warning in number_faults_of(dialled) if not is_warning] == []


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("03-3000 885", "number-length"),
        ("03-3000 88588", "number-length"),
        ("018-988 805", "number-length"),
        ("+60 18-77", "number-length"),
        ("011-123 4567", "number-length"),
        ("1300 88 299", "number-how"),
        ("6123 4567", "number-how"),
        ("12", "number-how"),
        ("1-300-88-TALK", "number-letters"),
        ("03-3000 8858 ext 2", "number-letters"),
        ("03-3000 8858 / 9", "number-signs"),
        ("03-3000 8858, 03-3000 8859", "number-signs"),
        ("", "number-signs"),
        ("9" * 5000, "number-signs"),
        ("+65 6123 456", "number-impossible"),
    ],
)
def test_a_number_that_cannot_be_one_is_refused(typed, says):
    try:
        faults = [fault for fault, is_warning in number_faults_of(read_number(typed)) if not is_warning]
    except FaultError as error:
        faults = [error.fault]
    assert [fault.code for fault in faults] == [says]


@given(
    st.text(alphabet="0123456789+-() ０１٣", max_size=20) | st.from_regex(r"\+[1-9]\d{7,14}|\d{3,6}", fullmatch=True)
)
def test_whatever_number_is_shown_dials_the_same_number(typed):
    try:
        value = read_number(typed)
    except FaultError:
        return
    assert read_number(written(value)) == value


def test_a_text_of_an_older_site_shows_what_it_dials(rooms):
    old = (
        '[[contacts.channels]]\nkind = "sms"\nvalue = "+60187771234"\ndisplay = "018-988 8058"\nstatus = "confirmed"\n'
    )
    assert read_facts(with_channel(old)).contacts[0].channels[0].shown == "018-777 1234"


def test_a_file_that_shows_another_number_than_it_dials_is_refused(rooms):
    old = (
        '[[contacts.channels]]\nkind = "sms"\nvalue = "+60187771234"\ndisplay = "018-988 8058"\nstatus = "confirmed"\n'
    )
    file = ContentFile("", FACTS, "page.toml", with_channel(old).encode())
    faults = [one.parts["fault"].code for one in judge([file], live_site()).errors if "fault" in one.parts]
    assert faults == ["number-two"]


def with_channel(text: str) -> str:
    facts = live("facts", "")
    return facts.partition("channels = [")[0].rstrip() + "\n\n" + text


def as_a_browser_sends_it(typed: facts_form.Typed, forms_of) -> facts_form.Typed:
    """Ticks come in the order of the screen, whatever the order of the record is."""
    sent = dict(typed)
    for form in forms_of:
        for name, field in form.fields.items():
            if isinstance(field, MultipleChoiceField):
                ticked = typed.get(form.add_prefix(name), [])
                sent[form.add_prefix(name)] = [value for value, _ in field.choices if value in ticked]
        for part in form.within:
            sent = as_a_browser_sends_it(sent, part.forms)
    return sent


@pytest.mark.parametrize("path", list(own_guide().site))
def test_no_page_of_the_guide_is_changed_by_opening_and_saving_its_facts(path):
    """Not the order of a list, not a line: whoever saves one change has made one change."""
    facts = own_guide().site[path].facts
    types = sorted((one.removeprefix("types/"), one) for one in own_guide().site if one.startswith("types/"))
    typed = facts_form.typed_of(facts)
    shown = facts_form.FactsForm(typed, types, facts)
    sent = as_a_browser_sends_it(typed, [form for kind in shown.kinds for form in kind.forms])
    assert facts_form.FactsForm(sent, types, facts).text() == write_facts(facts)
    changed = facts_form.FactsForm({**sent, "position": ["77"]}, types, facts)
    assert changed.text() == write_facts(replace(facts, position=77))


def test_what_was_typed_locally_is_published_as_it_is_dialled(editor):
    write(editor, "facts", "", **{LINE: "(03) 3000-8858"})
    assert 'value = "+60330008858"' in Draft.objects.get().text
    assert fields(editor.get(screen("facts", "")).content.decode())[LINE] == ["(03) 3000-8858"]


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        (LINE, "03-3000 885", "+6033000885 has 9 digits"),
        (LINE, "CALL-US", "A number has digits only, no letters: CALL-US"),
        (LINE, "9" * 5000, "with nothing before or behind it"),
        ("contacts-0-checked", "2062-01-01", "2062-01-01"),
        ("contacts-0-website", "nowhere", "Must be a whole address"),
        ("contacts-0-channels-0-hours-kind", "week", "Tick the days"),
        ("contacts-0-sources", [], "This field is required"),
        ("checked", "2062-01-01", "2062-01-01"),
        ("position", "9" * 5000, ""),
        ("aliases", "types", "is the address of a page today"),
        ("anchor_aliases", "old: new", "old: new"),
    ],
)
def test_what_is_wrong_is_said_with_its_place_and_a_way_there(editor, field, typed, says):
    write(editor, "facts", "", **{field: typed})
    told = [(words, place) for words, place in to_put_right(editor) if says.lower() in words.lower()]
    assert told, to_put_right(editor)
    assert any(place.startswith(f"id_{field}") or place == "sources" for _, place in told), told


def test_one_contact_that_is_not_right_is_called_by_its_name(editor):
    write(editor, "facts", "", **{LINE: "03-30"})
    assert to_put_right(editor)[0][0].startswith("Contact A Line, Way to reach them 03-30: Number or address:")


def test_the_same_number_under_another_way_is_changed_with_one_press(editor):
    write(editor, "facts", "", action="add:contacts-0-channels")
    second = {"contacts-0-channels-1-kind": "sms", "contacts-0-channels-1-status": "confirmed"}
    write(editor, "facts", "", **second, **{"contacts-0-channels-1-value": "03-1234 5678", LINE: "03-3000 8858"})
    html = editor.get(screen("facts", "")).content.decode()
    assert "03-1234 5678 became 03-3000 8858, and still stands as it was under: SMS." in html
    write(editor, "facts", "", action="same:+60312345678:+60330008858")
    assert Draft.objects.get().text.count('value = "+60330008858"') == 2
    assert "still stands as it was" not in editor.get(screen("facts", "")).content.decode()


def test_a_new_contact_on_a_page_without_sources_gets_its_source_in_the_same_form(editor):
    write(editor, "facts", "types/outing", action="add:contacts")
    new = {"contacts-0-id": "b-line", "contacts-0-name": "B Line", "contacts-0-checked": "2026-11-20"}
    answer = write(editor, "facts", "types/outing", action="cite:contacts-0", **new)
    assert answer["location"].endswith("#sources-0")
    html = editor.get(screen("facts", "types/outing")).content.decode()
    assert 'href="#contacts-0"' in html.partition('id="sources-0"')[2].partition("</details>")[0]
    source = {"title": "Its site", "publisher": "B Line", "url": "https://b.example.org", "checked": "2026-11-20"}
    write(editor, "facts", "types/outing", **{f"sources-0-{name}": value for name, value in source.items()})
    facts = read_facts(Draft.objects.get().text)
    assert facts.contacts[0].sources == (facts.sources[0].id,)


@pytest.mark.parametrize("typed", ["Mo-Su 25:00", "Mo 99:00-12:00", "24:61", "' OR 1=1"])
def test_hours_that_nobody_can_keep_are_refused(editor, typed):
    times = {"contacts-0-hours-kind": "week", "contacts-0-hours-0-days": ["Mo"], "contacts-0-hours-0-opens": typed}
    write(editor, "facts", "", **times, **{"contacts-0-hours-0-closes": "12:00"})
    assert Draft.objects.get().text == ""
    assert any("times are written like 09:00" in words for words, _ in to_put_right(editor))


def test_an_empty_list_of_records_stays_one(editor):
    write(editor, "facts", "types/outing", **{"contacts-number": "5", "sources-number": "5"})
    assert "[[" not in Draft.objects.get().text


def test_a_short_name_is_given_once(editor):
    write(editor, "facts", "types/outing", action="add:contacts")
    new = {"contacts-0-id": "line", "contacts-0-name": "B", "contacts-0-checked": "2026-11-20"}
    write(editor, "facts", "types/outing", action="cite:contacts-0", **new)
    source = {"title": "Its site", "publisher": "B", "url": "https://b.example.org", "checked": "2026-11-20"}
    write(editor, "facts", "types/outing", **{f"sources-0-{name}": value for name, value in source.items()})
    assert to_put_right(editor, "types/outing") == [("The short name line is used on another page too", "contacts-0")]
    assert publish(logged_in(None, make_staff("aminah", "Publisher")), Draft.objects.get()).status_code == 200
    assert live_site()["types/outing"].facts.contacts == ()
    write(editor, "facts", "types/outing", **{"contacts-0-id": "b-line"})
    assert to_put_right(editor, "types/outing") == []


def test_the_same_number_elsewhere_is_shown_beside_the_contact_and_to_the_reviewer(editor, folder):
    own = folder.file("", FACTS).read_text()
    second = own.partition("[[sources]]")[2].replace('"line"', '"second"').replace('"A Line"', '"Second"')
    folder.facts("types/threats", "[[sources]]" + second, position=2)
    assert sync.import_files(folder.root).errors == []
    html = editor.get(screen("facts", "")).content.decode()
    there = (
        '03-1234 5678: <a href="/staff/pages/types/threats/facts/#contacts-0">Second, Phone</a> (Page types/threats)'
    )
    assert there in html.partition('id="contacts-0"')[2].partition("<label")[0]
    write(editor, "facts", "", **{LINE: "03-3000 8858"})
    assert there in editor.get(f"/staff/drafts/{Draft.objects.get().pk}/").content.decode()
    write(editor, "facts", "", **{LINE: "03-1234 5678", "contacts-0-name": "Another name"})
    assert there not in editor.get(f"/staff/drafts/{Draft.objects.get().pk}/").content.decode()
