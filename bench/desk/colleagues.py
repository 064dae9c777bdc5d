"""Jobs between people: remarks, readers from outside, accounts, who did what."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from bench.desk.pages import open_review
from bench.desk.people import Desk
from tests.staff import PASSWORD


def remark(desk: Desk) -> None:
    """Said of a sentence, answered, settled; and the author is told what became of her draft."""
    mei = desk.person("mei")
    mei.open_text("types/group-attacks", "en")
    mei.type_at_end("They may come together.")
    draft = mei.send()
    siti = desk.person("siti", is_phone=True)
    open_review(siti, draft)
    siti.desk.steps.fields += 1
    siti.page.locator("#sentence").select_option(index=2)
    siti.fill(siti.page.get_by_label("Your remark"), "Is this how people say it?")
    siti.press("Keep this remark")
    siti.is_told()
    mei.go()
    mei.follow(mei.page.locator("main a", has_text="Group attacks, English"))
    with mei.page.context.expect_page() as beside:  # her text stays open
        mei.press("Answer or settle it (opens beside)", "link")
    mei.sit_at(beside.value)
    mei.press(mei.page.locator(".remark summary"))
    mei.fill(mei.page.get_by_label("Your answer"), "Yes, my aunt does.")
    mei.press("Answer")
    mei.is_told()
    siti.go()
    siti.follow(siti.page.locator(f"main a[href='{urlsplit(draft).path}']"))
    siti.press(siti.page.locator(".remark summary"))
    siti.press("It is settled")
    siti.is_told()


def told(desk: Desk) -> None:
    """A draft waits for a Publisher; its author is told that it was published, and asks for a word by e-mail."""
    siti = desk.person("siti")
    siti.open_text("types/account-access", "en")
    siti.type_at_end("Keep the codes on paper.")
    draft = siti.send()
    aminah = desk.person("aminah")
    open_review(aminah, draft)
    aminah.publish("good")
    siti.go()
    siti.page.locator("#news", has_text="Published by aminah.").wait_for()
    siti.press(siti.page.locator("#news button"))
    siti.press(siti.page.locator(".account > summary"))
    siti.follow("A word by e-mail")
    siti.fill(siti.page.locator("main input[type=email]"), "siti@example.org")
    for box in siti.page.locator("main input[type=checkbox]").all():
        siti.tick(box)
    siti.press("Save")
    siti.is_told()


def lawyer(desk: Desk) -> None:
    mei = desk.person("mei")
    mei.room("Outside readers")
    if not mei.page.get_by_role("button", name="Make a link").is_visible():
        mei.press(mei.page.locator("main summary").first)
    mei.fill(mei.page.get_by_label("Her name"), "Puan Devi")
    mei.desk.steps.fields += 1
    mei.page.get_by_label("What she reads").select_option("law")
    mei.press("Make a link")
    link = mei.page.locator(".notice .text").inner_text()
    her = desk.stranger("lawyer, phone", link)
    her.follow(her.page.locator("a.button"))
    her.press(her.page.locator("input[value=right] + label"))
    wrong = her.page.locator("li", has=her.page.locator("input[value=wrong]")).nth(1)
    her.press(wrong.locator("input[value=wrong] + label"))
    her.press(wrong.locator("summary"))
    her.fill(wrong.locator(".remark textarea"), "It is two years, not three.")
    her.page.keyboard.press("Tab")
    for _ in range(100):
        if her.page.evaluate("localStorage.length") == 0:
            break
        her.page.wait_for_timeout(100)
    mei.go()
    mei.room("Outside readers")
    mei.follow("Puan Devi")
    mei.reads("It is two years, not three.")


def who_did_what(desk: Desk) -> None:
    kavitha = desk.person("kavitha", is_phone=True)
    kavitha.room("What happened")
    kavitha.choose("who", label="aminah")
    kavitha.press("Show")
    kavitha.page.locator(".differences li").first.wait_for()


def in_tamil_and_chinese(desk: Desk) -> None:
    yasmin = desk.person("yasmin", is_phone=True)
    for language in ("ta", "zh-hans"):
        yasmin.press(yasmin.page.locator(".account > summary"))
        yasmin.press(yasmin.page.locator(f".account button[value='{language}']"))
        yasmin.page.locator(f"html[lang='{language}']").wait_for()
        yasmin.follow(yasmin.page.locator("nav.rooms a").nth(1))
        yasmin.page.locator("main details.whole").first.wait_for()
        yasmin.follow(yasmin.page.locator("nav.rooms a").first)
    yasmin.press(yasmin.page.locator(".account > summary"))
    yasmin.press(yasmin.page.locator(".account button[value='en']"))


def account(desk: Desk) -> None:
    """A new colleague has an account and gets in; one who leaves is cut off."""
    nurul = desk.person("nurul")
    nurul.room("Accounts")
    nurul.follow(nurul.page.locator("a[href$='/user/add/']"))
    nurul.fill("username", "priya")
    nurul.tick(nurul.page.get_by_label("Translator"))
    nurul.tick(nurul.page.get_by_label(re.compile("தமிழ்|Tamil")))
    nurul.press("Save")
    link = nurul.page.locator("p.secret").inner_text()
    priya = desk.stranger("new colleague", link, is_phone=True)
    priya.fill("new_password1", PASSWORD)
    priya.fill("new_password2", PASSWORD)
    priya.press(priya.page.locator("main button, #content button"))
    ain = desk.person("ain")
    nurul.follow("Back to the accounts")
    nurul.follow("ain")
    nurul.page.get_by_label("May log in").uncheck()
    nurul.press("Save")
    nurul.is_told()
    ain.go()
    ain.page.get_by_label("Password").wait_for()


JOBS = [
    ("A remark on a sentence, answered and settled", remark),
    ("Be told: it waits, it was published", told),
    ("A lawyer without an account", lawyer),
    ("Who did what", who_did_what),
    ("The rooms in Tamil and Chinese", in_tamil_and_chinese),
    ("An account made, another switched off", account),
]
