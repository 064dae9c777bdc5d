"""From a draft to a reader's phone, by real browsers side by side: review, races, old versions, roles, previews."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Page, expect

from tests.browser.staff_server import StaffServer, add_sentence, button, fill_in_publication, publish
from toolkit.texts.languages import LANGUAGES, TRANSLATIONS

REFUSED = "This is not yours to do"
# A post such as the form for publishing makes, from a page that does not show that form.
PUBLISH_BY_HAND = """async () => {
  const data = new FormData(document.querySelector("main form"));
  for (const [name, value] of [["action", "publish"], ["version", "1"], ["size", "minor"], ["reason", "x"]]) data.set(name, value);
  const answer = await fetch(location.href, {method: "POST", body: data});
  return [answer.status, (await answer.text()).includes("This is not yours to do")];
}"""


@pytest.fixture
def enter(new_context, rooms: StaffServer):
    return lambda name, **how: rooms.enter(new_context, name, **how)


@pytest.fixture
def reader(new_context, rooms: StaffServer) -> Page:
    return rooms.reader(new_context)


def seen_in(reader: Page, path: str, words: str) -> list[str]:
    """The languages in which readers of a page see these words (once: a list of one request for each language)."""
    found = []
    for language in LANGUAGES:
        reader.goto(f"/{language}/{path}/")
        if words in reader.content():
            found.append(language)
    return found


def open_records(page: Page) -> None:
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")


def test_a_text_goes_by_draft_and_review_to_the_readers_of_its_language_at_once(enter, reader, rooms):
    editor, publisher = enter("mei"), enter("aminah")
    path, words = "types/fake-accounts", "Words that mei wrote."
    editor.goto(rooms.unit(path, "en"))
    add_sentence(editor, words)
    button(editor, "Save and ask for review").click()
    editor.get_by_text("It now waits for review").wait_for()
    assert seen_in(reader, path, words) == []

    publisher.goto("/staff/")
    publisher.locator("section", has_text="Waits for review").get_by_role("link").first.click()
    expect(publisher.locator(".compare ins")).to_contain_text([words])
    fill_in_publication(publisher)
    pressed = time.perf_counter()
    button(publisher, "Publish now").click()
    publisher.get_by_text("Published. Readers see it now.").wait_for()
    reader.goto(f"/en/{path}/")
    assert words in reader.content()
    print(f"\nfrom the button to the reader's page: {(time.perf_counter() - pressed) * 1000:.0f} ms")
    assert seen_in(reader, path, words) == ["en"]


def test_a_number_is_called_by_a_second_person_and_then_new_in_all_four_languages_at_once(enter, reader, rooms):
    editor, publisher, second, path = enter("mei"), enter("aminah"), enter("farah"), "support/wao"
    assert seen_in(reader, path, "tel:+60330008858") == list(LANGUAGES)
    editor.goto(rooms.unit(path, "facts"))
    open_records(editor)
    editor.locator("[name='contacts-0-channels-0-value']").fill("(03) 3000 8859")
    button(editor, "Save and ask for review").click()
    editor.get_by_text("It now waits for review").wait_for()
    draft = editor.url
    expect(editor.locator("#calls").get_by_role("button")).to_have_count(0)

    publisher.goto(draft)
    expect(publisher.locator("#calls")).to_contain_text("03-3000 8859")
    fill_in_publication(publisher)
    button(publisher, "Publish now").click()
    publisher.get_by_text("somebody other than its writer has to call 03-3000 8859 first").wait_for()
    assert seen_in(reader, path, "tel:+60330008859") == []

    second.goto("/staff/")
    second.locator("section", has_text="Numbers to call").get_by_role("link", name="03-3000 8859").click()
    second.get_by_role("button", name="I called: it is right").click()
    second.get_by_text("farah called on").wait_for()

    publisher.goto(draft)
    publish(publisher)
    assert seen_in(reader, path, "tel:+60330008859") == list(LANGUAGES)
    assert seen_in(reader, path, "tel:+60330008858") == []


@pytest.mark.parametrize(("first", "second", "path"), [
    ("aminah", "farah", "types/threats"), ("farah", "aminah", "types/group-attacks"),
])  # fmt: skip
def test_who_publishes_second_is_shown_both_texts_and_brings_them_together(enter, reader, rooms, first, second, path):
    one, other = enter(first), enter(second)
    for page, name in ((one, first), (other, second)):
        page.goto(rooms.unit(path, "en"))
        add_sentence(page, f"A sentence of {name}.")
        button(page, "Save and go to publish").click()
        fill_in_publication(page)
    button(one, "Publish now").click()
    one.get_by_text("Published. Readers see it now.").wait_for()

    button(other, "Publish now").click()
    other.get_by_text("Not published").wait_for()
    expect(button(other, "Publish now")).to_have_count(0)
    assert seen_in(reader, path, f"A sentence of {second}.") == []

    other.get_by_role("link", name="Go on writing").click()
    expect(other.locator(".notice .compare ins")).to_contain_text([f"A sentence of {first}."])
    expect(other.get_by_role("alert")).to_contain_text(first)
    assert f"A sentence of {second}." in other.locator("#id_body").input_value()
    add_sentence(other, f"A sentence of {first}.")
    button(other, "My text has it all: go on from here").click()
    other.get_by_text("Your draft now goes on from the text on the site.").wait_for()
    button(other, "Save and go to publish").click()
    publish(other)
    reader.goto(f"/en/{path}/")
    assert all(f"A sentence of {name}." in reader.content() for name in (first, second))


def test_who_opened_the_text_first_and_saves_last_is_shown_both_too(enter, rooms):
    slow, quick, path = enter("mei"), enter("aminah"), "types/unwanted-pictures"
    slow.goto(rooms.unit(path, "en"))
    quick.goto(rooms.unit(path, "en"))
    add_sentence(quick, "A sentence of aminah.")
    button(quick, "Save and go to publish").click()
    publish(quick)
    add_sentence(slow, "A sentence of mei.")
    button(slow, "Save draft").click()
    expect(slow.locator(".notice .compare ins")).to_contain_text(["A sentence of aminah."])
    assert "A sentence of mei." in slow.locator("#id_body").input_value()


@pytest.mark.parametrize(("first", "second", "path"), [
    ("kavitha", "lihua", "types/false-romance"), ("lihua", "kavitha", "types/being-followed"),
])  # fmt: skip
def test_two_translators_of_one_page_never_meet(enter, reader, rooms, first, second, path):
    words = {"kavitha": ("ta", "கவிதா எழுதியது."), "lihua": ("zh-hans", "丽华写的。")}
    drafts = []
    for name in (first, second):
        page = enter(name)
        page.goto(rooms.unit(path, words[name][0]))
        add_sentence(page, words[name][1])
        drafts.append((page, name))
    publisher = enter("aminah")
    for page, name in drafts:
        expect(page.locator(".notice:visible", has_text="changed since you began")).to_have_count(0)
        button(page, "Save and ask for review").click()
        page.get_by_text("It now waits for review").wait_for()
        publisher.goto(page.url)
        publish(publisher)
        assert seen_in(reader, path, words[name][1]) == [words[name][0]]


def test_an_old_version_is_back_before_readers_with_one_click(enter, reader, rooms):
    publisher, path, words = enter("aminah"), "types/private-details", "A sentence that was a mistake."
    publisher.goto(rooms.unit(path, "en"))
    add_sentence(publisher, words)
    button(publisher, "Save and go to publish").click()
    publish(publisher)
    assert seen_in(reader, path, words) == ["en"]
    publisher.goto(f"/staff/pages/{path}/en/history/")
    publisher.locator("tbody tr").nth(1).get_by_role("link").click()
    button(publisher, "Restore this version").click()
    publisher.get_by_text("is before readers again").wait_for()
    assert seen_in(reader, path, words) == []


def test_a_translator_has_her_languages_only_and_is_told_so_calmly(enter, rooms):
    page, path = enter("kavitha"), "types/outing"
    page.goto(f"/staff/pages/{path}/")
    assert [link.get_attribute("href") for link in page.get_by_role("link", name="Edit", exact=True).all()] == [
        rooms.unit(path, "ta")
    ]
    page.goto(rooms.unit(path, "ta"))
    add_sentence(page, "ஒரு வாக்கியம்.")
    button(page, "Save and ask for review").click()
    page.get_by_text("It now waits for review").wait_for()
    expect(button(page, "Publish now")).to_have_count(0)
    draft = page.url
    for part in ("facts", *(one for one in LANGUAGES if one != "ta")):
        answer = page.goto(rooms.unit(path, part))
        assert answer and answer.status == 403
        expect(page.locator("h1")).to_have_text(REFUSED)
    page.goto(draft)
    assert page.evaluate(PUBLISH_BY_HAND) == [403, True]


def test_the_preview_follows_what_is_typed_and_its_link_opens_for_a_stranger(enter, new_context, rooms):
    editor, path, words = enter("mei"), "types/account-access", "Only in the preview."
    editor.goto(rooms.unit(path, "en"))
    frame = editor.frame_locator("#live-preview iframe")
    for sentence in (words, "And then another."):
        add_sentence(editor, sentence)
        frame.get_by_text(sentence).wait_for(state="attached", timeout=10_000)  # its part may be folded
    editor.get_by_role("link", name="History of this text").click()
    editor.goto(rooms.unit(path, "en"))
    editor.get_by_role("link", name="Preview on phones").click()
    link = editor.locator(".notice .text").inner_text()
    for number, language in enumerate(LANGUAGES):
        phone = editor.frame_locator("iframe").nth(number)
        expect(phone.locator("html")).to_have_attribute("lang", language)
    stranger = new_context().new_page()
    stranger.goto(link)
    assert words in stranger.content()
    for language in TRANSLATIONS:
        address = link.replace("/en/", f"/{language}/").replace("/light/", "/dark/")
        answer = stranger.goto(address)
        assert answer and answer.status == 200
        expect(stranger.locator("html")).to_have_attribute("lang", language)
        assert brightness(stranger) < 60
    assert stranger.context.cookies() == []
    stranger.goto(f"{rooms.url}/en/{path}/")
    assert words not in stranger.content()


def brightness(page: Page) -> float:
    """Of the page's background, from 0 to 255."""
    colours = page.evaluate(
        "[document.body, document.documentElement].map(one => getComputedStyle(one).backgroundColor).join()"
    )
    found = re.search(r"rgb\((\d+), (\d+), (\d+)\)", colours)
    assert found, colours
    return sum(int(one) for one in found.groups()) / 3


def test_without_script_a_draft_is_written_reviewed_and_published(enter, reader, rooms):
    editor, publisher = (enter(name, java_script_enabled=False) for name in ("mei", "aminah"))
    path, words = "types/shared-images", "Written without script."
    editor.goto(rooms.unit(path, "en"))
    add_sentence(editor, words)
    button(editor, "Save draft").click()
    editor.get_by_text("Draft saved. Readers do not see it yet.").wait_for()
    assert words in editor.locator("#id_body").input_value()
    button(editor, "Save and ask for review").click()
    editor.get_by_text("It now waits for review").wait_for()
    publisher.goto(editor.url)
    publish(publisher, note="We explain it better.")
    assert seen_in(reader, path, words) == ["en"]
    reader.goto(f"/ta/{path}/")
    assert "We explain it better." in reader.content()
