"""Files and site that differ, decided by a person; and every room on a phone: accessible, in bounds, on its own."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import OF_COLOURS, violations
from tests.browser.staff_server import StaffServer, add_sentence, button, log_out, publish, write_and_publish

ON_SITE, IN_FILE = "Ayat di laman ini.", "Ayat dalam fail."


@pytest.fixture
def enter(new_context, rooms: StaffServer):
    return lambda name, **how: rooms.enter(new_context, name, **how)


@pytest.fixture(scope="module")
def against(rooms: StaffServer, browser: Browser) -> dict[str, str]:
    """Pages whose Malay text was changed on the site, and by a file, which is committed; the files are taken over."""
    pages = {
        "site": "types/hidden-cameras", "files": "types/image-threats", "both": "types/under-18", "open": "types/fake-images",
    }  # fmt: skip
    rooms.manage("content_export")
    rooms.commit()
    publisher = rooms.enter(browser.new_context, "aminah")
    for path in pages.values():
        write_and_publish(publisher, rooms.unit(path, "ms"), ON_SITE)
        file = rooms.file(path, "ms")
        file.write_text(file.read_text().rstrip() + f"\n\n{IN_FILE}\n")
    publisher.context.close()
    rooms.commit()
    said = rooms.manage("content_sync")
    assert all(f"{path}/ms.md: changed here and on the site" in said for path in pages.values())
    return pages


def decide(page: Page, rooms: StaffServer, path: str, answer: str) -> None:
    """From the overview of the page to its three columns, and one of the three answers."""
    page.goto(f"/staff/pages/{path}/")
    page.get_by_role("link", name="See both and decide").click()
    columns = page.locator(".columns > section")
    expect(columns).to_have_count(3)
    before, on_site, in_files = columns.all()
    assert ON_SITE not in before.inner_text() and IN_FILE not in before.inner_text()
    expect(on_site.locator("ins")).to_contain_text([ON_SITE])
    expect(in_files.locator("ins")).to_contain_text([IN_FILE])
    button(page, answer).click()


def seen(reader: Page, path: str) -> list[str]:
    reader.goto(f"/ms/{path}/")
    return [words for words in (ON_SITE, IN_FILE) if words in reader.content()]


def assert_all_agree(rooms: StaffServer, path: str) -> None:
    """Another export and another sync: neither the files nor the site change, and nothing waits."""
    assert f"{path}/ms.md" not in rooms.manage("content_export")
    said = rooms.manage("content_sync")
    assert f"{path}/ms.md" not in said and "\n0 texts taken over" in f"\n{said}"
    assert rooms.git("status", "--porcelain") == ""


def test_keeping_the_sites_text_makes_it_the_files_text_by_one_export(enter, rooms, new_context, against):
    publisher, reader, path = enter("aminah"), rooms.reader(new_context), against["site"]
    assert seen(reader, path) == [ON_SITE]
    decide(publisher, rooms, path, "Keep the site's")
    publisher.get_by_text("The site's text stays.").wait_for()
    assert seen(reader, path) == [ON_SITE]
    assert f"{path}/ms.md" in rooms.manage("content_export").splitlines()
    assert rooms.git("status", "--porcelain").split() == ["M", f"{path}/ms.md"]
    rooms.commit()
    assert_all_agree(rooms, path)


def test_using_the_files_text_puts_it_before_readers_and_leaves_nothing_to_commit(enter, rooms, new_context, against):
    publisher, reader, path = enter("aminah"), rooms.reader(new_context), against["files"]
    decide(publisher, rooms, path, "Use the files'")
    publisher.get_by_text("The files' text is live now.").wait_for()
    assert seen(reader, path) == [IN_FILE]
    assert_all_agree(rooms, path)


def test_combining_by_hand_keeps_the_sites_text_until_both_are_published(enter, rooms, new_context, against):
    publisher, reader, path = enter("aminah"), rooms.reader(new_context), against["both"]
    decide(publisher, rooms, path, "Combine by hand")
    expect(publisher.locator(".notice .compare")).to_contain_text("dalam fail")
    assert ON_SITE in publisher.locator("#id_body").input_value()
    add_sentence(publisher, IN_FILE)
    button(publisher, "Save and go to publish").click()
    assert seen(reader, path) == [ON_SITE]
    publish(publisher)
    assert seen(reader, path) == [ON_SITE, IN_FILE]
    assert f"{path}/ms.md" in rooms.manage("content_export").splitlines()
    rooms.commit()
    assert_all_agree(rooms, path)


# ---- every room


class Phone:
    """A narrow window that is watched: what it says in the console, what it asks other hosts for, what axe finds."""

    def __init__(self, page: Page, host: str) -> None:
        self.page, self.host = page, host
        self.found: list[str] = []
        self._is_axe_at_work = False
        page.on("console", lambda message: self._note(message.text))
        page.on("pageerror", lambda error: self._note(str(error)))
        page.on("request", lambda request: self._ask(request.url))

    def _note(self, what: str) -> None:
        if not self._is_axe_at_work:  # its own styles are refused, too
            self.found.append(f"{self.page.url}: {what}")

    def _ask(self, url: str) -> None:
        to = urlsplit(url)
        if to.scheme != "data" and to.netloc != self.host:
            self._note(f"asks for {url}")

    def visit(self, *addresses: str) -> None:
        for address in addresses:
            answer = self.page.goto(address)
            assert answer and answer.status == 200, address
            self.look()

    def look(self) -> None:
        """At the page that is open: with everything in it open, its width, and axe in light and dark."""
        self.page.wait_for_load_state("networkidle")
        self.page.locator("main details").evaluate_all("all => all.forEach(one => { one.open = true; })")
        width = self.page.evaluate("document.scrollingElement.scrollWidth")
        if width > 360:
            self._note(f"is {width} px wide")
        self._is_axe_at_work = True
        found = violations(self.page)
        self.page.emulate_media(color_scheme="dark")
        found += violations(self.page, OF_COLOURS)
        self.page.emulate_media(color_scheme="light")
        self._is_axe_at_work = False
        for one in found:
            for node in one["nodes"][:2]:
                self._note(f"{one['id']}: {node['html'][:120]}: {node['failureSummary'][:160]}")


@pytest.fixture
def phone(enter, rooms: StaffServer):
    return lambda name: Phone(enter(name, viewport={"width": 360, "height": 700}), urlsplit(rooms.url).netloc)


def addresses(rooms: StaffServer, page: Page, path: str) -> list[str]:
    """Every room once, with a draft that has a mistake, one to be published, a decision, and an older version."""
    home = f"/staff/pages/{path}/"
    page.goto(home)
    decision = page.get_by_role("link", name="See both and decide").get_attribute("href")
    page.goto(f"{home}ms/history/")
    version = page.locator("tbody tr").last.get_by_role("link").get_attribute("href")
    page.goto(f"{home}ta/")
    add_sentence(page, "[இணைப்பு](/types/nowhere/)")
    button(page, "Save draft").click()
    page.get_by_text("no page /types/nowhere/").wait_for()
    page.goto(f"{home}en/")
    add_sentence(page, "One more sentence.")
    button(page, "Save and ask for review").click()
    page.get_by_text("It now waits for review").wait_for()
    draft = urlsplit(page.url).path
    assert decision and version
    return [
        "/staff/", "/staff/pages/", home, f"{home}ta/", f"{home}en/", f"{home}facts/", draft, f"{draft}preview/",
        decision, f"{home}ms/history/", f"{version}?with=live", f"{home}address/", "/staff/translations/?language=ta",
        "/staff/due/", "/staff/links/", "/staff/files/",
    ]  # fmt: skip


def test_every_room_is_accessible_light_and_dark_and_fits_a_phone_and_asks_nobody_else(phone, rooms, against):
    seen_by = phone("aminah")
    seen_by.visit(*addresses(rooms, seen_by.page, against["open"]))
    seen_by.page.locator(".account > summary").click()
    seen_by.look()
    assert seen_by.found == []


def test_so_are_the_administrators_rooms_and_the_log_in(phone):
    seen_by = phone("nurul")
    seen_by.visit(
        "/staff/toolkit/auditentry/", "/staff/second-factor/", "/staff/password_change/", "/staff/auth/user/add/",
        "/staff/auth/user/",
    )  # fmt: skip
    seen_by.page.get_by_role("link", name="mei", exact=True).click()
    seen_by.look()
    log_out(seen_by.page)
    seen_by.look()
    seen_by.page.get_by_role("link", name="Log in again").click()
    seen_by.look()
    assert seen_by.found == []
