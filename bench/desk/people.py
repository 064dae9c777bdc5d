"""People at their desks: what they press and type is counted, each screen is looked at before they leave it."""

from __future__ import annotations

import re
import time
import urllib.request
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Frame, Locator, Page, Request

from tests.browser.accessibility import violations
from tests.browser.conftest import HOST
from tests.browser.staff_server import PEOPLE, StaffServer
from toolkit.texts.languages import LANGUAGES

PHONE = {"viewport": {"width": 360, "height": 700}, "is_mobile": True, "has_touch": True}
DESK = {"viewport": {"width": 1280, "height": 800}}
MOST_WAITING = 60_000  # ms
TARGET = 47  # CSS pixels of height, of what a finger presses on a phone
SMALL = """least => [...document.querySelectorAll("main button, main summary, main a.button, main select")]
  .filter(one => {
    const box = one.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && box.height < least;
  })
  .map(one => one.outerHTML.slice(0, 90))"""


@dataclass
class Steps:
    """What one job took: presses, filled fields, screens, seconds without looking, and the slowest answer."""

    clicks: int = 0
    fields: int = 0
    screens: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    slow_address: str = ""
    who: dict[str, None] = field(default_factory=dict)


@dataclass
class Looking:
    """What is looked at on each screen: ``wrong`` says what is not right; pictures go to ``folder``."""

    folder: Path | None = None
    is_checking: bool = False
    wrong: dict[str, None] = field(default_factory=dict)
    seconds: float = 0.0

    def at(self, page: Page, job: str, name: str, number: int, is_phone: bool) -> None:
        begun = time.perf_counter()
        if self.folder:
            file = re.sub(r"\W+", "-", f"{job} {number:02} {name}") + ".png"
            page.screenshot(path=self.folder / file, full_page=True)
        if self.is_checking and page.url.startswith("http"):
            self._check(page, is_phone)
        self.seconds += time.perf_counter() - begun

    def _check(self, page: Page, is_phone: bool) -> None:
        page.wait_for_load_state("networkidle")  # a press before may still be about to lead elsewhere
        where = re.sub(r"https?://[^/]+", "", page.url).partition("#")[0]
        width = page.evaluate("document.scrollingElement.scrollWidth")
        if width > page.viewport_size["width"]:  # type: ignore[index]
            self.wrong[f"{where}: sideways, {width} px"] = None
        for one in violations(page):
            self.wrong[f"{where}: {one['id']}: {one['nodes'][0]['html'][:120]}"] = None
        if is_phone:
            for html in page.evaluate(SMALL, TARGET):
                self.wrong[f"{where}: under {TARGET} px: {html}"] = None


class Person:
    """Someone with a browser of her own. She begins at her first page and gets everywhere by pressing."""

    def __init__(self, desk: Desk, name: str, page: Page, is_phone: bool) -> None:
        self.desk, self.name, self.is_phone = desk, name, is_phone
        self._asked: set[Request] = set()
        self.sit_at(page)

    def sit_at(self, page: Page) -> None:
        """In a window of hers."""
        self.page, self._was_seen = page, True
        page.set_default_timeout(MOST_WAITING)
        page.on("framenavigated", self._screen)
        page.on("request", self._begun)
        page.on("requestfinished", self._ended)

    def _screen(self, frame: Frame) -> None:
        if frame == self.page.main_frame and not frame.url.startswith("about:"):
            self.desk.steps.screens += 1
            self._was_seen = False

    def _begun(self, request: Request) -> None:
        if request.is_navigation_request() and request.frame == self.page.main_frame:
            self._asked.add(request)

    def _ended(self, request: Request) -> None:
        if request in self._asked:
            took = request.timing["responseStart"] / 1000
            if took > self.desk.steps.slowest:
                self.desk.steps.slowest = took
                self.desk.steps.slow_address = f"{request.method} {re.sub(r'https?://[^/]+', '', request.url)}"

    def look(self) -> None:
        """At the screen as it is when she leaves it."""
        self._was_seen = True
        self.desk.look(self)

    # ---- what she does

    def go(self, address: str = "/staff/") -> None:
        self.page.goto(address)

    def press(self, what: str | Locator, role: str = "button") -> None:
        """A button, or what ``what`` finds; a name is the whole name."""
        found = self.page.get_by_role(role, name=what, exact=True) if isinstance(what, str) else what  # type: ignore[arg-type]
        if not self._was_seen:
            self.look()
        self.desk.steps.clicks += 1
        found.first.click()
        self.page.wait_for_load_state("load")

    def follow(self, what: str | Locator) -> None:
        """A link to another screen."""
        with self.page.expect_navigation():
            self.press(what, "link")

    def unfold(self, what: Locator) -> None:
        """Every folded part around it, the outermost first."""
        what.wait_for(state="attached")
        folded = what.locator("xpath=ancestor::details[not(@open)]")
        while folded.count():
            self.press(folded.first.locator("> summary"))

    def fill(self, what: str | Locator, words: str) -> None:
        """A field, by its name in the form."""
        found = self.page.locator(f"[name='{what}']:visible") if isinstance(what, str) else what
        self.desk.steps.fields += 1
        found.first.fill(words)

    def choose(self, what: str, value: str | None = None, label: str | None = None) -> None:
        self.desk.steps.fields += 1
        self.page.locator(f"[name='{what}']").first.select_option(value=value, label=label)

    def tick(self, what: str | Locator) -> None:
        self.desk.steps.clicks += 1
        found = self.page.locator(what) if isinstance(what, str) else what
        found.first.check()

    def type_at_end(self, words: str) -> None:
        """In the editor of a text."""
        self.desk.steps.fields += 1
        self.page.get_by_role("textbox", name="Text", exact=True).click()
        self.page.keyboard.press("Control+End")
        self.page.keyboard.type("\n\n" + words)

    def reads(self, words: str | re.Pattern[str]) -> None:
        """Waits until the screen says so."""
        self.page.get_by_text(words).first.wait_for()

    def is_told(self) -> None:
        """Waits for the line at the top that says what her press did."""
        self.page.locator(".messagelist").wait_for()

    # ---- where she goes

    def room(self, name: str) -> None:
        self.follow(self.page.locator("nav.rooms").get_by_role("link", name=name, exact=True))

    def open_page(self, path: str) -> None:
        self.room("Pages")
        link = self.page.locator(f"main a[href='/staff/pages/{path or '-'}/']").first
        self.unfold(link)
        self.follow(link)

    def open_text(self, path: str, part: str) -> None:
        self.open_page(path)
        self.follow(self.page.locator(f"main a[href='/staff/pages/{path or '-'}/{part}/']"))

    def send(self) -> str:
        """For review; the address of the draft."""
        self.press("Save and ask for review")
        self.reads("It now waits for review")
        return self.page.url

    def publish(self, reason: str, note: str = "") -> None:
        """On the page of a draft."""
        self.tick(self.page.get_by_role("radio", name="Major" if note else "Minor"))
        if note:
            self.fill("note", note)
        self.fill("reason", reason)
        self.press("Publish now")
        self.reads("Published. Readers see it now.")


class Desk:
    """The site, its people, and what is counted while they do a job."""

    def __init__(self, rooms: StaffServer, browser: Browser, looking: Looking) -> None:
        self.rooms, self.browser, self.looking = rooms, browser, looking
        self.steps = Steps()
        self.job = ""
        self._contexts: list[BrowserContext] = []
        self.people: list[Person] = []

    def begin(self, job: str) -> None:
        self.job, self.steps, self.people = job, Steps(), []
        self._begun, self.looking.seconds = time.perf_counter(), 0.0

    def end(self) -> Steps:
        """Everyone looks at her last screen and goes home."""
        self.steps.seconds = time.perf_counter() - self._begun - self.looking.seconds
        for one in self.people:
            one.look()
        for context in self._contexts:
            context.close()
        self._contexts = []
        return self.steps

    def look(self, person: Person) -> None:
        self.looking.at(person.page, self.job, person.name, self.steps.screens, person.is_phone)

    def _context(self, **how: object) -> BrowserContext:
        context = self.browser.new_context(**how)  # type: ignore[arg-type]
        self._contexts.append(context)
        return context

    def person(self, name: str, is_phone: bool = False) -> Person:
        """One of PEOPLE, logged in, at her first page."""
        page = self.rooms.enter(partial(self._context), name, **(PHONE if is_phone else DESK))
        return self._sits_down(name, PEOPLE[name][0] + (", phone" if is_phone else ""), page, is_phone)

    def stranger(self, role: str, address: str, is_phone: bool = True) -> Person:
        """Someone without a log-in."""
        page = self.rooms.reader(partial(self._context), **(PHONE if is_phone else DESK))
        return self._sits_down(role, role, page, is_phone, address)

    def _sits_down(self, name: str, role: str, page: Page, is_phone: bool, address: str = "/staff/") -> Person:
        self.steps.who[role] = None
        person = Person(self, name, page, is_phone)
        self.people.append(person)
        person.go(address)
        return person

    def seen_by_readers(self, path: str, words: str) -> list[str]:
        """The languages in which readers see these words on a page."""
        found = []
        for language in LANGUAGES:
            address = self.rooms.url.replace(HOST, "127.0.0.1") + f"/{language}/{path}/"
            with urllib.request.urlopen(address, timeout=20) as answer:
                if words in answer.read().decode():
                    found.append(language)
        return found
