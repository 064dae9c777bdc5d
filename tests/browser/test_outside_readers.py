"""Someone without an account reads on her phone, with and without a script, on a train; an editor takes in what she says."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.accessibility import assert_accessible
from tests.browser.staff_server import StaffServer, button, publish

PHONE = {"viewport": {"width": 360, "height": 740}}
ASK = """
from datetime import timedelta
from django.utils.timezone import now
from toolkit.reviewing.asked import token_for
reader = OutsideReader.objects.create(
    name="Puan Devi", of=%r, texts=%r, asked_by=User.objects.get(username="mei"), expires=now() + timedelta(days=3))
print(json.dumps([reader.pk, token_for(reader)]))
"""
SAID = """
print(json.dumps([[one.verdict, one.wording, one.words] for one in Remark.objects.filter(reader=%r)]))
"""
TARGETS = "all => all.map(one => one.getBoundingClientRect()).filter(box => box.width && box.height < 48).length"


class Reader:
    """Her link, and what has arrived of what she said."""

    def __init__(self, rooms: StaffServer, of: str, *texts: list[str]) -> None:
        self._rooms = rooms
        self.pk, self.token = rooms.python(ASK % (of, [*texts]))
        self.link = f"/staff/read/{self.token}/"

    def said(self) -> list[Any]:
        return list(self._rooms.python(SAID % self.pk))


def open_phone(new_context, rooms: StaffServer, **how: Any) -> tuple[BrowserContext, Page]:
    context = new_context(base_url=rooms.url, **PHONE, **how)
    return context, context.new_page()


def tap(page: Page, number: int, verdict: str) -> None:
    page.locator(f"#s{number} input[value={verdict}] + label").click()


def wait_until_sent(page: Page) -> None:
    """No copy lies on her device any more: all of it has arrived."""
    for _ in range(300):
        if page.evaluate("localStorage.length") == 0:
            return
        page.wait_for_timeout(100)
    raise AssertionError(page.evaluate("JSON.stringify({...localStorage})"))


def assert_fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.locator("a, button, summary, fieldset label:not(.unseen, .wording label)").evaluate_all(TARGETS) == 0


@pytest.mark.parametrize(("of", "part"), [("ta", "ta"), ("zh-hans", "zh-hans"), ("ms", "ms"), ("law", "facts")])
def test_her_pages_fit_a_phone_and_every_reader(new_context, rooms, of, part):
    reader = Reader(rooms, of, ["laws/penal-code-507a", part], ["", "plan"] if of != "law" else ["laws/act-866", part])
    context, page = open_phone(new_context, rooms)
    page.goto(reader.link)
    assert_fits(page)
    assert_accessible(page, of)
    page.locator("a.button").click()
    tap(page, 2, "better")
    assert_fits(page)
    assert_accessible(page, of)
    assert context.cookies() == []


def test_what_she_taps_and_types_is_saved_at_once_and_she_goes_on_where_she_was(new_context, rooms):
    reader = Reader(rooms, "ta", ["types/outing", "ta"], ["types/private-details", "ta"])
    context, page = open_phone(new_context, rooms)
    page.goto(f"{reader.link}1/")
    status = page.locator("#status")
    tap(page, 1, "right")
    expect(status).to_contain_text("1")
    tap(page, 2, "wrong")
    page.locator("#s2 summary").click()
    page.locator("#s2 .remark textarea").fill("யாரும் இப்படிச் சொல்வதில்லை.")
    tap(page, 3, "better")
    page.locator("#s3 .wording textarea").fill("இப்படிச் சொல்வோம்.")
    page.keyboard.press("Tab")
    wait_until_sent(page)
    tap(page, 1, "wrong")
    wait_until_sent(page)
    assert [[*one] for one in reader.said() if one[1] or one[2]] == [
        ["wrong", "", "யாரும் இப்படிச் சொல்வதில்லை."], ["better", "இப்படிச் சொல்வோம்.", ""],
    ]  # fmt: skip
    page.goto(reader.link)
    page.locator("a.button").click()
    assert page.url.endswith("/1/#s4") and context.cookies() == []
    # What she has answered is folded, what she has not stands open.
    assert not page.locator("#s1 .text").is_visible() and page.locator("#s4 .text").is_visible()
    page.locator("#s1 summary").first.click()
    assert_fits(page)
    assert page.locator("#s1 input[value=wrong]").is_checked()
    expect(page.locator("#s3 .wording textarea")).to_have_value("இப்படிச் சொல்வோம்.")
    # What she taps last before she goes on arrives from the next part.
    page.route("**/read/**", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    tap(page, 4, "wrong")
    page.locator(".ways a.button").last.click()
    assert page.url.endswith("/1/2/") and page.evaluate("document.documentElement.scrollHeight") < 6 * 740
    page.unroute("**/read/**")
    page.reload()
    wait_until_sent(page)
    assert reader.said()[-1] == ["wrong", "", ""] and len(reader.said()) == 6
    assert reader.token not in rooms.log.read_text()


def test_nothing_that_she_typed_on_a_train_is_lost(new_context, rooms):
    reader = Reader(rooms, "zh-hans", ["types/outing", "zh-hans"])
    context, page = open_phone(new_context, rooms)
    page.goto(f"{reader.link}1/")
    context.set_offline(True)
    tap(page, 1, "right")
    tap(page, 2, "better")
    page.locator("#s2 .wording textarea").fill("我们会这样说。")
    button(page, "保存").click()
    expect(page.locator("#status")).to_contain_text("没有网络")
    assert reader.said() == []  # before it is closed: with that it has a network again for a moment
    page.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto(f"{reader.link}1/")
    wait_until_sent(page)
    assert reader.said() == [["right", "", ""], ["better", "我们会这样说。", ""]]
    expect(page.locator("#s2 .wording textarea")).to_have_value("我们会这样说。")
    context.set_offline(True)
    tap(page, 3, "wrong")
    context.set_offline(False)
    wait_until_sent(page)
    assert reader.said()[-1] == ["wrong", "", ""]


def test_without_a_script_one_button_saves_the_page(new_context, rooms):
    reader = Reader(rooms, "ms", ["types/outing", "ms"])
    _context, page = open_phone(new_context, rooms, java_script_enabled=False)
    page.goto(f"{reader.link}1/")
    assert not page.locator("#s2 .wording textarea").is_visible()
    tap(page, 1, "right")
    tap(page, 2, "better")
    page.locator("#s2 .wording textarea").fill("Begini lebih baik.")
    page.locator("#s3 summary").click()
    page.locator("#s3 .remark textarea").fill("Siapa kata?")
    button(page, "Simpan").click()
    expect(page.locator("#status")).to_contain_text("Disimpan")
    assert reader.said() == [["right", "", ""], ["better", "Begini lebih baik.", ""], ["said", "", "Siapa kata?"]]
    assert page.locator("#s2 input[value=better]").is_checked()


def test_an_editor_asks_takes_in_her_wording_and_a_publisher_publishes_it(new_context, rooms):
    editor = rooms.enter(new_context, "mei", **PHONE)
    editor.goto("/staff/outside/")
    if not button(editor, "Make a link").is_visible():
        editor.locator("main summary").first.click()
    editor.get_by_label("Her name").fill("Cikgu Lim")
    editor.get_by_label("What she reads").select_option("ms")
    editor.get_by_label("The pages ticked below").check()
    editor.locator("input[name=pages][value='types/fake-images']").check()
    assert_accessible(editor)
    button(editor, "Make a link").click()
    link = editor.locator(".notice .text").inner_text()
    assert link.startswith(rooms.url)

    _context, phone = open_phone(new_context, rooms)
    phone.goto(link)
    phone.locator("a.button").click()
    number = phone.locator("li", has=phone.locator(".number", has_text="summary")).first.get_attribute("id") or ""
    tap(phone, int(number[1:]), "better")
    phone.locator(f"#{number} .wording textarea").fill("Ringkasan yang ditulisnya.")
    phone.keyboard.press("Tab")
    wait_until_sent(phone)

    editor.reload()
    assert editor.evaluate("document.documentElement.scrollWidth") <= 360
    assert_accessible(editor)
    editor.get_by_role("button", name="Make a draft of her wordings").click()
    expect(editor.locator("#id_summary")).to_have_value("Ringkasan yang ditulisnya.")
    button(editor, "Save and ask for review").click()
    editor.get_by_text("It now waits for review").wait_for()
    publisher = rooms.enter(new_context, "aminah")
    publisher.goto(editor.url)
    expect(publisher.locator("#id_reason")).to_have_value("Wordings of Cikgu Lim")
    publish(publisher)
