"""A day of three people on twenty texts: two write on phones, on a train and with a flat battery; one publishes."""

from __future__ import annotations

from playwright.sync_api import expect

from bench.desk.people import Desk, Person

PLATFORMS = (
    "discord", "facebook", "instagram", "linkedin", "messenger", "reddit", "snapchat", "telegram", "threads", "tiktok",
)  # fmt: skip
SENTENCES = {"en": "Written on the bus, number {n}.", "ta": "பேருந்தில் எழுதியது, எண் {n}."}
HISTORY = """
found = {}
for one in Revision.objects.filter(was_live=True, page__path__startswith="platforms/").order_by("pk"):
    found[one.page.path + " " + one.part] = [str(one.writer), str(one.author)]
print(json.dumps(found))
"""


def day(desk: Desk) -> None:
    siti, kavitha = desk.person("siti", is_phone=True), desk.person("kavitha", is_phone=True)
    for number, name in enumerate(PLATFORMS):
        _write(siti, f"platforms/{name}", "en", number)
        _write(kavitha, f"platforms/{name}", "ta", number)
    aminah = desk.person("aminah")
    _sent_back_and_sent_again(aminah, kavitha)
    _publish_all(aminah)
    for number, name in enumerate(PLATFORMS):
        for language, sentence in SENTENCES.items():
            assert desk.seen_by_readers(f"platforms/{name}", sentence.format(n=number)) == [language], (name, language)
    history = desk.rooms.python(HISTORY)
    wrong = {
        text: who
        for name in PLATFORMS
        for text, writer in ((f"platforms/{name} en", "siti"), (f"platforms/{name} ta", "kavitha"))
        if (who := history[text]) != [writer, "aminah"]
    }
    assert not wrong, wrong


def _write(person: Person, path: str, part: str, number: int) -> None:
    person.open_text(path, part)
    sentence = SENTENCES[part].format(n=number)
    if number == 3:
        _on_a_train(person, sentence)
    elif number == 5:
        _with_a_flat_battery(person, path, part, sentence)
    else:
        person.type_at_end(sentence)
    person.send()


def _on_a_train(person: Person, sentence: str) -> None:
    """She presses the button where there is no network; the form stays, and she presses it again later."""
    person.page.context.set_offline(True)
    person.type_at_end(sentence)
    person.page.get_by_role("button", name="Save and ask for review", exact=True).click()
    expect(person.page.locator(".kept-said")).to_contain_text("No answer from the site")
    person.page.context.set_offline(False)


def _with_a_flat_battery(person: Person, path: str, part: str, sentence: str) -> None:
    """Her window is gone before the site has it; the next one offers what she typed."""
    context = person.page.context
    context.set_offline(True)
    person.type_at_end(sentence)
    person.page.wait_for_function("Object.keys(localStorage).some(key => key.startsWith('typed '))")
    person.page.close(run_before_unload=False)
    context.set_offline(False)
    person.sit_at(context.new_page())
    person.go()
    person.follow("Go where you wrote it")
    person.press("Put it in the form")
    assert sentence in person.page.locator("#id_body").input_value(), (path, part)


def _sent_back_and_sent_again(aminah: Person, kavitha: Person) -> None:
    aminah.go()
    aminah.follow(aminah.page.locator("main a", has_text="Telegram, தமிழ்"))
    aminah.fill("remark", "Shorter, please.")
    aminah.press("Send back to its author")
    aminah.is_told()
    kavitha.go()
    kavitha.follow(kavitha.page.locator("#news a", has_text="Telegram"))
    kavitha.reads("Shorter, please.")
    kavitha.send()


def _publish_all(aminah: Person) -> None:
    aminah.room("Drafts")
    aminah.page.locator("input[name=draft]").first.wait_for()
    for one in aminah.page.locator("input[name=draft]").all():
        aminah.tick(one)
    aminah.press("Read the ticked ones together")
    aminah.fill("reason", "The day's work")
    aminah.press(aminah.page.locator("#publish button"))
    aminah.reads("Published. Readers see it now.")
