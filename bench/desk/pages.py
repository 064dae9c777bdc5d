"""Jobs with whole pages, facts and pictures."""

from __future__ import annotations

import re
from datetime import date, timedelta
from urllib.parse import urlsplit

from bench.desk.people import Desk, Person
from toolkit.texts.languages import LANGUAGES

WORDS = {"en": "Words to read", "ms": "Kata untuk dibaca", "ta": "படிக்க வார்த்தைகள்", "zh-hans": "给人读的字"}
DRAWING = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 40">
<path d="M0 0h80v40H0z" fill="#fff" stroke="#000"/></svg>"""


def new_page(desk: Desk) -> None:
    mei, path = desk.person("mei"), "platforms/friendster"
    mei.open_page("platforms")
    mei.follow("Make a page here")
    given = {
        "name": "friendster", "heading": "Report on Friendster", "source_title": "Help pages",
        "source_publisher": "Friendster", "source_url": "https://help.friendster.example.org/report",
    }  # fmt: skip
    for name, words in given.items():
        mei.fill(name, words)
    mei.press("Begin the page")
    _facts_of_the_new_page(mei, path)
    for language in LANGUAGES:
        _words_of_the_new_page(mei, path, language)
    mei.press("Ask for review of my texts that are right")
    mei.reads("5 texts wait for review.")
    aminah = desk.person("aminah")
    aminah.follow(aminah.page.locator(f"main a[href*='{path}']"))
    if "/make/" not in aminah.page.url:
        aminah.follow("The whole page")
    aminah.fill("reason", "A new platform")
    aminah.press("Publish the page")
    aminah.reads("Published. Readers see it now.")
    for language, words in WORDS.items():
        assert language in desk.seen_by_readers(path, words), language


def _write(mei: Person, path: str, part: str) -> None:
    mei.follow(mei.page.locator(f"main a.button[href='/staff/pages/{path}/{part}/']"))


def _back_to_the_whole(mei: Person) -> None:
    mei.follow(mei.page.locator("main a[href$='/make/platforms/friendster/']"))


def _facts_of_the_new_page(mei: Person, path: str) -> None:
    _write(mei, path, "facts")
    for name, words in {
        "routes-0-platform": "Friendster",
        "routes-0-url": "https://help.friendster.example.org/report",
    }.items():
        mei.unfold(mei.page.locator(f"[name='{name}']"))
        mei.fill(name, words)
    mei.press("Save draft")
    mei.reads("Draft saved. Readers do not see it yet.")
    _back_to_the_whole(mei)


def _words_of_the_new_page(mei: Person, path: str, language: str) -> None:
    _write(mei, path, language)
    for name in ("title", "heading", "summary", "body"):
        field = mei.page.locator(f"[name='{name}']")
        text = field.input_value()
        while "[[" in text:
            before, _, rest = text.partition("[[")
            text = before + WORDS[language] + rest.partition("]]")[2]
            mei.desk.steps.fields += 1
        field.fill(text)
    if language != "en":
        mei.tick("[name='follows_today']")
    mei.press("Save draft")
    mei.reads("Draft saved. Readers do not see it yet.")
    _back_to_the_whole(mei)


def retire(desk: Desk) -> None:
    mei = desk.person("mei")
    mei.open_page("platforms/bigo")
    mei.follow("Move, rename or retire")
    mei.press(mei.page.locator("#take-down button"))
    mei.reads("It now waits for review")
    address = mei.page.url
    _published_by_aminah(desk, address, "It is closed")
    reader = desk.stranger("reader", "/en/platforms/bigo/")
    reader.reads(re.compile("taken down"))


def _published_by_aminah(desk: Desk, address: str, reason: str) -> Person:
    """She finds the draft on her first page."""
    aminah = desk.person("aminah")
    open_review(aminah, address)
    aminah.fill("reason", reason)
    aminah.press("Publish now")
    aminah.reads("Published. Readers see it now.")
    return aminah


def open_review(person: Person, address: str) -> None:
    """A draft that waits for her, from her first page."""
    path = urlsplit(address).path
    person.follow(person.page.locator(f"main a[href='{path}']"))


def move(desk: Desk) -> None:
    mei = desk.person("mei")
    mei.open_page("laws/civil-claims")
    mei.follow("Move, rename or retire")
    mei.fill(mei.page.locator("#move input[type=text]"), "claims")
    mei.press(mei.page.locator("#move button"))
    mei.reads("It now waits for review")
    aminah = _published_by_aminah(desk, mei.page.url, "Shorter")
    aminah.open_page("laws/claims")
    if aminah.page.get_by_role("link", name="Correct them").count():
        aminah.follow("Correct them")
        aminah.press(aminah.page.locator("button[value=make]"))
        aminah.fill("reason", "The page has moved")
        aminah.press(aminah.page.locator("button[value=publish]"))
        aminah.reads("Published")
    reader = desk.stranger("reader", "/ta/laws/civil-claims/")
    assert reader.page.url.endswith("/ta/laws/claims/"), reader.page.url


def picture(desk: Desk) -> None:
    mei, path = desk.person("mei"), "types/fake-accounts"
    mei.open_text(path, "facts")
    mei.press("Add: Picture")
    mei.fill("pictures-0-id", "one-drawing")
    mei.desk.steps.fields += 1
    files = [{"name": "drawing.svg", "mimeType": "image/svg+xml", "buffer": DRAWING}]
    mei.page.locator("input[type=file]").first.set_input_files(files)  # type: ignore[arg-type]
    mei.tick("[name$='private']:visible, [name^='pictures-0-'][type=checkbox]:visible")
    mei.fill("pictures-0-checked", date.today().isoformat())
    facts = mei.send()
    aminah = desk.person("aminah")
    open_review(aminah, facts)
    aminah.publish("A drawing")
    mei.follow(mei.page.get_by_role("link", name=re.compile("This page in all its languages")))
    for language in LANGUAGES:
        mei.follow(mei.page.locator(f"main a.button[href='/staff/pages/{path}/{language}/']"))
        mei.press(mei.page.locator("summary", has_text="Names and notes of the facts"))
        mei.fill("label.one-drawing", WORDS[language])
        mei.type_at_end("{{ picture one-drawing }}")
        if language != "en":
            mei.tick("[name='follows_today']")
        mei.send()
        mei.follow(mei.page.get_by_role("link", name=re.compile("This page in all its languages")))
    aminah.room("Drafts")
    drafts = aminah.page.locator("main li", has_text="Fake accounts").locator("input[name=draft]")
    for one in drafts.all():
        aminah.tick(one)
    aminah.press("Read the ticked ones together")
    aminah.fill("reason", "A drawing")
    aminah.press(aminah.page.locator("#publish button"))
    aminah.reads("Published. Readers see it now.")
    assert desk.seen_by_readers(path, "<svg") or desk.seen_by_readers(path, "data:image")


def wrong_number(desk: Desk) -> None:
    mei, path = desk.person("mei", is_phone=True), "support/wao"
    mei.open_text(path, "facts")
    field = mei.page.locator("[name='contacts-0-channels-0-value']")
    mei.unfold(field)
    mei.fill(field, "(03) 3000 8859")
    draft = mei.send()
    farah = desk.person("farah", is_phone=True)
    farah.follow(farah.page.locator("section", has_text="Numbers to call").locator("a[href*='draft']"))
    farah.press(farah.page.get_by_role("button", name="I called: it is right"))
    farah.reads(re.compile("farah called on"))
    aminah = desk.person("aminah")
    open_review(aminah, draft)
    aminah.publish("They told us", "The number of WAO has changed.")


def places_of_a_number(desk: Desk) -> None:
    mei = desk.person("mei")
    mei.fill(mei.page.get_by_role("searchbox", name="Search all texts"), "03-3000 8858")
    mei.press(mei.page.get_by_role("button", name="Search", exact=True))
    mei.follow(mei.page.locator("main a[href*='/facts/']"))
    used = mei.page.locator("details.used:visible > summary")
    mei.press(used)
    mei.reads("The plan")


def checked_today(desk: Desk) -> None:
    siti = desk.person("siti", is_phone=True)
    siti.open_page("support/wao")
    confirm = siti.page.locator("button[name=fact]").first
    siti.unfold(confirm)
    siti.press(confirm)
    siti.is_told()


def on_a_day(desk: Desk) -> None:
    aminah = desk.person("aminah")
    aminah.open_text("laws/act-866", "en")
    aminah.type_at_end("The new part is in force.")
    aminah.press("Save and go to publish")
    aminah.tick(aminah.page.get_by_role("radio", name="Minor"))
    aminah.fill("reason", "The law starts on this day")
    aminah.fill("day", (date.today() + timedelta(days=40)).isoformat())
    aminah.press("Publish on that day")
    aminah.reads(re.compile("Set: readers see it from"))
    aminah.room("What is due")
    aminah.reads("Set for a day")


def owner(desk: Desk) -> None:
    mei = desk.person("mei")
    mei.open_page("types/threats")
    mei.choose("owner", label="mei")
    mei.press(mei.page.locator("form", has=mei.page.locator("[name=owner]")).get_by_role("button"))
    mei.is_told()


JOBS = [
    ("A new page, its facts and four languages", new_page),
    ("Retire a page", retire),
    ("Move a page and correct the links to it", move),
    ("A picture in four languages", picture),
    ("Every place where a number stands", places_of_a_number),
    ("A wrong number, called by a second person", wrong_number),
    ("Checked today", checked_today),
    ("A change for the day when a law starts", on_a_day),
    ("An owner for a page", owner),
]
