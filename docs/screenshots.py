"""Makes every picture of docs/editing.md anew: a fresh guide, invented staff, and the real rooms in a real browser.

    .venv/bin/python -m docs.screenshots [PICTURE…]

With names it writes those pictures only. The state that a picture shows comes about by pressing the rooms' own buttons,
so a step that the document describes and that no longer works stops this script.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from base64 import b32decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.conftest import BROWSER_ARGUMENTS, HOST, ROOT, start_server
from tests.browser.find_chromium import HOW, find
from tests.ready import brought_up

IMAGES = Path(__file__).resolve().parent / "images"
WIDTH, HEIGHT, WIDE, PHONE = 900, 700, 1200, 360
COLOURS = 20
PASSWORD = "an invented long passphrase"  # noqa: S105  of accounts that are gone when the script ends
ENGLISH_PAGE, OTHER_PAGE, CONTACT_PAGE = "types/image-threats", "types/outing", "support/awam"
# Role -> the groups and languages of the invented account that is named after it.
STAFF: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "publisher": (("Publisher",), ()),
    "editor": (("Editor",), ()),
    "translator-ta": (("Translator",), ("ta",)),
}


@dataclass
class Camera:
    """Takes the pictures that were asked for; all of them where none was named."""

    wanted: set[str]

    def take(self, page: Page, name: str, *, height: int = HEIGHT, at: str = "", above: int = 12) -> None:
        """The window as it stands, ``height`` high, with what the selector ``at`` finds near its top."""
        if self.wanted and name not in self.wanted:
            return
        page.set_viewport_size({"width": page.viewport_size["width"], "height": height})  # type: ignore[index]
        page.evaluate("scrollTo(0, 0)")
        if at:
            page.locator(at).first.evaluate(
                "(found, above) => scrollTo(0, found.getBoundingClientRect().top + scrollY - above)", above
            )
        page.wait_for_timeout(300)
        file = IMAGES / f"{name}.png"
        page.screenshot(path=file, animations="disabled", caret="hide")
        shrink(file)
        print(f"{file.stat().st_size:7} {file.relative_to(ROOT)}")


def shrink(file: Path) -> None:
    """Few colours: a room is mostly white, and few lines of a picture are lost."""
    with Image.open(file) as taken:
        few = taken.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(file, optimize=True)


@dataclass
class Rooms:
    """The staff's rooms as one colleague sees them."""

    page: Page
    url: str

    def open(self, address: str) -> Page:
        answer = self.page.goto(f"{self.url}/staff/{address}")
        want(answer and answer.ok, f"{address} does not open: {answer and answer.status}")
        return self.page

    def text(self, path: str, part: str) -> Page:
        """The screen of one text of a page."""
        return self.open(f"pages/{path}/{part}/")

    def press(self, name: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).first.click()

    def replace(self, old: str, new: str) -> None:
        """Changes the words of the open text, as typing does."""
        body = self.page.locator("#id_body")
        words = body.input_value()
        want(old in words, f"the text has not the words: {old}")
        body.fill(words.replace(old, new, 1))
        body.evaluate("found => { found.scrollTop = 0 }")

    def saved_by_itself(self) -> None:
        self.page.locator("#saved", has_text="saved at").wait_for()

    def publish(self, why: str, note: str = "") -> None:
        """From the review page of a draft; a change with a note is major."""
        self.page.get_by_label("Major" if note else "Minor").check()
        self.page.get_by_label("Note for readers").fill(note)
        self.page.get_by_label("Why, for your colleagues").fill(why)
        self.press("Publish now")
        self.said("Published. Readers see it now.")

    def said(self, words: str) -> None:
        want(words in self.page.locator("body").inner_text(), f"not said: {words}")


def want(is_so: object, otherwise: str) -> None:
    if not is_so:
        raise RuntimeError(otherwise)


# ---- before the browser: a guide in a folder of its own, and the accounts


def copy_content(folder: Path) -> Path:
    """The guide's files, with one contact that was last checked long ago."""
    content = folder / "content"
    shutil.copytree(ROOT / "content", content)
    file = content / CONTACT_PAGE / "page.toml"
    file.write_text(re.sub(r"(?m)^checked = .*$", "checked = 2026-01-05", file.read_text()))
    return content


def make_accounts() -> dict[str, list[dict[str, str]]]:
    """The cookies of every account but the first, which sets itself up in the browser."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "toolkit.settings")
    import django

    django.setup()
    from tests.staff import logged_in, make_staff

    cookies = {}
    for name, (roles, languages) in STAFF.items():
        client = logged_in(None, make_staff(name, *roles, languages=languages))
        cookies[name] = [
            {"name": key, "value": one.value, "domain": HOST, "path": "/staff/"} for key, one in client.cookies.items()
        ]
    return cookies


def manage(*arguments: str) -> str:
    done = subprocess.run(  # noqa: S603
        [sys.executable, "manage.py", *arguments], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return done.stdout


def code_of(secret: str) -> str:
    """The six digits that an authenticator app shows for a key."""
    from django_otp.oath import TOTP

    totp = TOTP(b32decode(secret.replace(" ", "")))
    totp.time = time.time()
    return f"{totp.token():06d}"


# ---- the pictures, in the order of the document


def getting_in(camera: Camera, context: BrowserContext, url: str) -> Page:
    """The first account, from the command to the list of what waits."""
    link = manage("create_staff", "administrator", "--link").split()[-1]
    page = context.new_page()
    page.goto(url + re.sub(r"https?://[^/]+", "", link))
    for field in ("#id_new_password1", "#id_new_password2"):
        page.fill(field, PASSWORD)
    page.get_by_role("button", name="Set my password").click()
    page.fill("#id_username", "administrator")
    page.fill("#id_password", PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()
    camera.take(page, "second-factor", height=800)
    page.fill("#id_code", code_of(page.locator(".secret").inner_text()))
    page.get_by_role("button", name="Go on").click()
    camera.take(page, "backup-codes", height=600)
    page.get_by_role("link", name="I have them on paper").click()
    page.goto(f"{url}/staff/auth/user/add/")
    page.fill("#id_username", "translator-ms")
    page.get_by_label("Translator", exact=True).check()
    page.get_by_label("Bahasa Melayu", exact=True).check()
    camera.take(page, "account", height=820)
    return page


def changing(camera: Camera, editor: Rooms, publisher: Rooms) -> None:
    """The editor changes an English text; the publisher reads it and puts it before readers."""
    page = editor.text(ENGLISH_PAGE, "en")
    editor.replace("Paying rarely makes it stop,", "Paying rarely ends it,")
    editor.saved_by_itself()
    page.wait_for_timeout(1000)
    camera.take(page, "edit", height=860, at="label[for=id_body]", above=80)
    editor.press("Save and ask for review")
    editor.said("It now waits for review")
    draft = page.url
    page.goto(f"{draft}preview/")
    page.wait_for_timeout(1000)
    camera.take(page, "preview", height=900)
    publisher.page.goto(draft)
    publisher.page.get_by_label("Note for readers").fill("The first step now says more clearly not to pay.")
    publisher.page.get_by_label("Why, for your colleagues").fill("Clearer first step")
    camera.take(publisher.page, "publish", height=900, at="h2")
    publisher.publish("Clearer first step", "The first step now says more clearly not to pay.")


def wrong_number(camera: Camera, publisher: Rooms) -> None:
    """A number that must not be shown any more is hidden; then the contact is as it was."""
    page = publisher.text(CONTACT_PAGE, "facts")
    for record in ("#contacts-0", "#contacts-0-channels-1"):
        if page.locator(record).get_attribute("open") is None:
            page.locator(f"{record} > summary").click()
    page.locator("#id_contacts-0-channels-1-status").select_option("unconfirmed")
    publisher.saved_by_itself()
    camera.take(page, "wrong-number", height=760, at="#contacts-0-channels")
    publisher.press("Save and go to publish")
    camera.take(page, "wrong-number-publish", height=760, at="h2")
    publisher.press("Discard")


def translating(camera: Camera, translator: Rooms) -> None:
    camera.take(translator.open("translations/"), "desk", height=900)
    page = translator.text(ENGLISH_PAGE, "ta")
    camera.take(page, "translate", height=760, at=".columns")
    camera.take(page, "follows", height=330, at="label:has(#id_follows_today)", above=120)
    page = translator.open(f"translations/{ENGLISH_PAGE}/")
    page.get_by_label("தமிழ்").check()
    camera.take(page, "still-correct", height=700, at="h2")


def going_back(camera: Camera, publisher: Rooms) -> None:
    page = publisher.open(f"pages/{ENGLISH_PAGE}/en/history/")
    camera.take(page, "history", height=480)
    page.locator("table a").last.click()
    page.goto(f"{page.url.partition('?')[0]}?with=live")
    camera.take(page, "restore", height=620)


def two_at_once(camera: Camera, editor: Rooms, publisher: Rooms) -> None:
    """While the editor writes, the publisher publishes the same text."""
    editor.text(OTHER_PAGE, "en")
    _add_a_line(editor, "A sentence that the editor is writing.")
    editor.press("Save draft")
    publisher.text(OTHER_PAGE, "en")
    _add_a_line(publisher, "Another sentence, of the publisher.")
    publisher.press("Save and go to publish")
    publisher.publish("An example")
    camera.take(editor.text(OTHER_PAGE, "en"), "two-at-once", height=620)


def log_in_ended(camera: Camera, editor: Rooms) -> None:
    """Her log-in ends while she writes; then she is let in again."""
    editor.text(OTHER_PAGE, "en")
    _add_a_line(editor, "One more.")
    kept = editor.page.context.cookies()
    editor.page.context.clear_cookies()
    editor.press("Save draft")
    camera.take(editor.page, "log-in-ended", height=520)
    editor.page.context.clear_cookies()
    editor.page.context.add_cookies(kept)  # type: ignore[arg-type]


def files_and_site(camera: Camera, publisher: Rooms, content: Path, browser: Browser) -> None:
    """A text that the files have changed too, and one that only they have changed."""
    _append(content / OTHER_PAGE / "en.md", "A sentence that came with the files.")
    _append(content / "types/threats/en.md", "Another sentence from the files.")
    page = publisher.open("files/")
    publisher.press("Take over the files' changes now")
    publisher.said("needs a decision")
    camera.take(page, "files", height=860)
    with window(browser, page.context.cookies(), width=WIDE) as context:
        wide = context.new_page()
        wide.goto(page.url)
        wide.get_by_role("link", name="See both and decide").first.click()
        camera.take(wide, "decide", height=900)


def overviews(camera: Camera, editor: Rooms, publisher: Rooms, browser: Browser) -> None:
    """What the rooms show now that something waits in each."""
    editor.text(ENGLISH_PAGE, "ms")
    editor.press("Save and ask for review")
    camera.take(publisher.open(""), "start", height=900)
    camera.take(publisher.open(f"pages/{ENGLISH_PAGE}/"), "page", height=820)
    camera.take(publisher.open("due/"), "due", height=760)
    with window(browser, publisher.page.context.cookies(), width=PHONE) as context:
        phone = Rooms(context.new_page(), publisher.url)
        camera.take(phone.open("due/"), "phone", height=720, at="h1")


def _add_a_line(rooms: Rooms, words: str) -> None:
    body = rooms.page.locator("#id_body")
    body.fill(f"{body.input_value().rstrip()}\n\n{words}\n")


def _append(file: Path, words: str) -> None:
    file.write_text(f"{file.read_text().rstrip()}\n\n{words}\n")


@contextmanager
def window(browser: Browser, cookies: list[Any], *, width: int = WIDTH) -> Iterator[BrowserContext]:
    """A browser window with these cookies. A wider one is drawn smaller: no picture is wider than WIDTH."""
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHT}, locale="en-GB", color_scheme="light",
        device_scale_factor=min(1, WIDTH / width),
    )  # fmt: skip
    context.add_cookies(cookies)
    yield context
    context.close()


def take_all(camera: Camera, url: str, content: Path, browser: Browser, staff: dict[str, Any]) -> None:
    with (
        window(browser, []) as first,
        window(browser, staff["editor"]) as second,
        window(browser, staff["publisher"]) as third,
        window(browser, staff["translator-ta"]) as fourth,
    ):
        getting_in(camera, first, url)
        editor, publisher, translator = (Rooms(one.new_page(), url) for one in (second, third, fourth))
        with window(browser, staff["editor"], width=WIDE) as wide:
            changing(camera, Rooms(wide.new_page(), url), publisher)
        wrong_number(camera, publisher)
        translating(camera, translator)
        going_back(camera, publisher)
        two_at_once(camera, editor, publisher)
        log_in_ended(camera, editor)
        files_and_site(camera, publisher, content, browser)
        overviews(camera, editor, publisher, browser)


def main(wanted: set[str]) -> None:
    program = find()
    if not program:
        sys.exit(HOW)
    with tempfile.TemporaryDirectory() as folder:
        data, content = Path(folder) / "data", copy_content(Path(folder))
        ready = Path(folder) / "ready"
        data.mkdir()
        ready.mkdir()
        os.environ.update(DATA_DIR=str(data), CONTENT_DIR=str(content), DATABASE_URL="")
        server, process = start_server(brought_up(ready), data, CONTENT_DIR=str(content))
        try:
            staff = make_accounts()
            os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=program, args=BROWSER_ARGUMENTS)
                take_all(Camera(wanted), server.url, content, browser, staff)
        finally:
            process.terminate()
            process.wait(10)


if __name__ == "__main__":
    IMAGES.mkdir(exist_ok=True)
    main(set(sys.argv[1:]))
