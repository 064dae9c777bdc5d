"""Jobs with words: one text, many texts, four languages."""

from __future__ import annotations

import re

from bench.desk.pages import open_review
from bench.desk.people import Desk, Person
from tests.browser.test_staff_pasting import PASTE


def typo_on_a_phone(desk: Desk) -> None:
    mei = desk.person("mei", is_phone=True)
    mei.open_text("types/unwanted-pictures", "en")
    mei.type_at_end("A sentence from the bus.")
    draft = mei.send()
    aminah = desk.person("aminah", is_phone=True)
    open_review(aminah, draft)
    aminah.publish("as agreed")
    assert desk.seen_by_readers("types/unwanted-pictures", "A sentence from the bus.") == ["en"]


def typo_in_four_languages(desk: Desk) -> None:
    mei = desk.person("mei")
    mei.open_page("support/wao")
    mei.follow("Change in several languages")
    link = mei.page.locator("main a[href*='?at=']").first
    mei.unfold(link)
    mei.follow(link)
    for language in ("en", "ms", "ta", "zh-hans"):
        field = mei.page.locator(f"[name='words.{language}']")
        mei.fill(field, field.input_value().rstrip() + " *")
    mei.fill("reason", "The star was missing")
    mei.press("Save as drafts and ask for review")
    mei.reads("A Publisher can publish them.")
    batch = mei.page.url
    aminah = desk.person("aminah")
    _open_batch(aminah, batch)
    aminah.fill("reason", "as agreed")
    aminah.press(aminah.page.locator("#publish button"))
    aminah.reads("Published. Readers see it now.")


def _open_batch(aminah: Person, address: str) -> None:
    """From her first page, else from the drafts."""
    path = "/staff/" + address.partition("/staff/")[2]
    link = aminah.page.locator(f"main a[href='{path}']")
    if not link.count():
        aminah.room("Drafts")
    aminah.follow(link)


def search(desk: Desk) -> None:
    siti = desk.person("siti", is_phone=True)
    siti.fill(siti.page.get_by_role("searchbox", name="Search all texts"), "Talian Kasih")
    siti.press(siti.page.get_by_role("button", name="Search", exact=True))
    siti.follow(siti.page.locator(".found a"))


def find_and_replace(desk: Desk) -> None:
    mei = desk.person("mei")
    mei.fill(mei.page.get_by_role("searchbox", name="Search all texts"), "EMPOWER")
    mei.press(mei.page.get_by_role("button", name="Search", exact=True))
    mei.follow("Find and replace")
    mei.fill(mei.page.get_by_label("Words to put in their place"), "Empower")
    mei.desk.steps.fields += 1
    mei.page.get_by_label("Section").select_option("support/")
    mei.press("Show the places")
    mei.press("Make drafts of what is ticked")
    mei.reads("A Publisher can publish them.")
    aminah = desk.person("aminah")
    _open_batch(aminah, mei.page.url)
    aminah.fill("reason", "They write it so")
    aminah.press(aminah.page.locator("#publish button"))
    aminah.reads("Published. Readers see it now.")
    aminah.press(aminah.page.get_by_role("button", name="Take"))
    aminah.reads("Taken back. Readers see the texts from before it.")


def button_words(desk: Desk) -> None:
    """By what stands on it, on a phone; every page of that language has the new words."""
    kavitha = desk.person("kavitha", is_phone=True)
    kavitha.fill(kavitha.page.get_by_role("searchbox", name="Search all texts"), "Leave now")
    kavitha.press(kavitha.page.get_by_role("button", name="Search", exact=True))
    kavitha.follow(kavitha.page.locator("main a[href*='/buttons/?q=']"))
    kavitha.follow(kavitha.page.locator(".plan a"))
    kavitha.fill(kavitha.page.locator("[name$='.ta.0']"), "உடனே வெளியேறு")
    draft = kavitha.send()
    farah = desk.person("farah")
    open_review(farah, draft)
    farah.publish("shorter")
    assert desk.seen_by_readers("types/unwanted-pictures", ">உடனே வெளியேறு<") == ["ta"]


def paste_from_word(desk: Desk) -> None:
    hana = desk.person("hana")
    hana.open_text("helpers/parent", "en")
    hana.page.get_by_role("textbox", name="Text", exact=True).click()
    hana.page.keyboard.press("Control+End")
    html = "<p class=MsoNormal>A <b>bold</b> word\u200b.</p><p class=MsoListParagraph>\u00b7&nbsp; One</p>"
    hana.desk.steps.fields += 1
    hana.page.evaluate(PASTE, [html, "x"])
    hana.reads("Pasted text was tidied.")
    hana.press("Save draft")
    hana.reads("Draft saved.")


def translate(desk: Desk) -> None:
    """The English changes; the translator sees what, and follows; her text is read beside the English and published."""
    aminah = desk.person("aminah")
    aminah.open_text("types/threats", "en")
    aminah.type_at_end("Tell someone you trust today.")
    aminah.press("Save and go to publish")
    aminah.publish("A new step", "There is a new step at the end.")
    kavitha = desk.person("kavitha", is_phone=True)
    kavitha.follow(kavitha.page.locator("main a[href*='language=ta'][href*='outdated']"))
    kavitha.follow(kavitha.page.locator("main a[href='/staff/pages/types/threats/ta/']"))
    kavitha.reads("What changed in the English since this translation")
    kavitha.type_at_end("நீங்கள் நம்பும் ஒருவரிடம் இன்றே சொல்லுங்கள்.")
    kavitha.tick("[name='follows_today']")
    draft = kavitha.send()
    farah = desk.person("farah")
    open_review(farah, draft)
    farah.reads("Compare it with the English")
    farah.publish("follows")


def still_correct(desk: Desk) -> None:
    """After ``translate``: the Chinese says it already."""
    lihua = desk.person("lihua")
    lihua.follow(lihua.page.locator("main a[href*='language=zh-hans'][href*='outdated']"))
    lihua.follow("What changed? Still correct?")
    lihua.tick("input[value='zh-hans']")
    lihua.press("Still correct")
    lihua.is_told()


def compare_unread(desk: Desk) -> None:
    yasmin = desk.person("yasmin", is_phone=True)
    yasmin.follow(yasmin.page.locator("#unread a[href*='/ta/']"))
    yasmin.follow(yasmin.page.locator("main .tasks a"))
    yasmin.press("I have compared it: it is right")
    yasmin.is_told()


def plan_in_tamil(desk: Desk) -> None:
    kavitha = desk.person("kavitha")
    kavitha.open_text("", "plan")
    step = kavitha.page.locator("#steps li a").first
    kavitha.unfold(step)
    kavitha.follow(step)
    field = kavitha.page.locator("[name$='.ta']:visible").first
    kavitha.fill(field, field.input_value().rstrip() + " ")
    kavitha.press("Save draft")
    kavitha.reads("Draft saved.")


def restore(desk: Desk) -> None:
    aminah = desk.person("aminah")
    aminah.open_text("types/private-details", "en")
    aminah.type_at_end("A sentence that was a mistake.")
    aminah.press("Save and go to publish")
    aminah.publish("x")
    aminah.open_page("types/private-details")
    aminah.follow(aminah.page.locator("main a[href='/staff/pages/types/private-details/en/history/']"))
    aminah.follow(aminah.page.locator("tbody tr").nth(1).get_by_role("link"))
    aminah.press("Restore this version")
    aminah.reads(re.compile("is before readers again"))


JOBS = [
    ("One word, on phones of 360 px", typo_on_a_phone),
    ("One typo in four languages", typo_in_four_languages),
    ("Every place that says X", search),
    ("Find and replace, and take it back", find_and_replace),
    ("The words of a button of the guide", button_words),
    ("A text pasted from Word", paste_from_word),
    ("A translation follows its English", translate),
    ("A translation is still correct", still_correct),
    ("Compare a text that nobody has compared", compare_unread),
    ("A step of the plan, in Tamil", plan_in_tamil),
    ("Back to an older version", restore),
]
