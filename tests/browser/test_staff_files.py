"""Files and site that differ, decided by a person; and every room on a phone: accessible, in bounds, on its own."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.staff_server import StaffServer, add_sentence, button, publish, write_and_publish
from tests.browser.test_reading import RULES

ON_SITE, IN_FILE = "Ayat di laman ini.", "Ayat dalam fail."


@pytest.fixture
def enter(new_context, rooms: StaffServer):
    return lambda name, **how: rooms.enter(new_context, name, **how)


def set_against(rooms: StaffServer, page: Page, path: str) -> None:
    """The Malay text of a page is changed on the site, then by a file, which is committed, and the files taken over."""
    rooms.manage("content_export")
    rooms.commit()
    write_and_publish(page, rooms.unit(path, "ms"), ON_SITE)
    file = rooms.file(path, "ms")
    file.write_text(file.read_text().rstrip() + f"\n\n{IN_FILE}\n")
    rooms.commit()
    assert "changed here and on the site" in rooms.manage("content_sync")


def decide(page: Page, rooms: StaffServer, path: str, answer: str) -> None:
    """From the overview of the page to its three columns, and one of the three answers."""
    page.goto(f"/staff/pages/{rooms.pages[path]}/")
    page.get_by_role("link", name="See both and decide").click()
    before, on_site, in_files = page.locator(".columns > section").all()
    assert ON_SITE not in before.inner_text() and IN_FILE not in before.inner_text()
    expect(on_site.locator("ins")).to_contain_text([ON_SITE])
    expect(in_files.locator("ins")).to_contain_text([IN_FILE])
    button(page, answer).click()


def seen(reader: Page, path: str) -> list[str]:
    reader.goto(f"/ms/{path}/")
    return [words for words in (ON_SITE, IN_FILE) if words in reader.content()]


def assert_all_agree(rooms: StaffServer) -> None:
    """Another export and another sync: neither the files nor the site change."""
    assert rooms.manage("content_export") == ""
    assert rooms.manage("content_sync").startswith("0 texts taken over")
    assert rooms.git("status", "--porcelain") == ""


def test_keeping_the_sites_text_makes_it_the_files_text_by_one_export(enter, rooms, new_context):
    publisher, reader, path = enter("aminah"), rooms.reader(new_context), "types/hidden-cameras"
    set_against(rooms, publisher, path)
    assert seen(reader, path) == [ON_SITE]
    decide(publisher, rooms, path, "Keep the site's")
    publisher.get_by_text("The site's text stays.").wait_for()
    assert seen(reader, path) == [ON_SITE]
    assert f"{path}/ms.md" in rooms.manage("content_export")
    assert rooms.git("status", "--porcelain").split() == ["M", f"{path}/ms.md"]
    rooms.commit()
    assert_all_agree(rooms)


def test_using_the_files_text_puts_it_before_readers_and_leaves_nothing_to_commit(enter, rooms, new_context):
    publisher, reader, path = enter("aminah"), rooms.reader(new_context), "types/image-threats"
    set_against(rooms, publisher, path)
    decide(publisher, rooms, path, "Use the files'")
    publisher.get_by_text("The files' text is live now.").wait_for()
    assert seen(reader, path) == [IN_FILE]
    assert_all_agree(rooms)


def test_combining_by_hand_keeps_the_sites_text_until_both_are_published(enter, rooms, new_context):
    publisher, reader, path = enter("aminah"), rooms.reader(new_context), "types/under-18"
    set_against(rooms, publisher, path)
    decide(publisher, rooms, path, "Combine by hand")
    expect(publisher.locator(".notice .compare ins")).to_contain_text([IN_FILE])
    assert ON_SITE in publisher.locator("#id_body").input_value()
    add_sentence(publisher, IN_FILE)
    button(publisher, "Save and go to publish").click()
    assert seen(reader, path) == [ON_SITE]
    publish(publisher)
    assert seen(reader, path) == [ON_SITE, IN_FILE]
    assert f"{path}/ms.md" in rooms.manage("content_export")
    rooms.commit()
    assert_all_agree(rooms)


# ---- every room


@dataclass
class Watch:
    """What a page says in the console, and asks other hosts for."""

    said: list[str]

    def over(self, page: Page, host: str) -> None:
        page.on("console", lambda message: self.said.append(f"{page.url}: {message.text}"))
        page.on("pageerror", lambda error: self.said.append(f"{page.url}: {error}"))
        page.on("request", lambda request: self._ask(page, request.url, host))

    def _ask(self, page: Page, url: str, host: str) -> None:
        if urlsplit(url).netloc not in (host, "") or urlsplit(url).scheme not in ("http", "data"):
            self.said.append(f"{page.url}: asks for {url}")


def faults(page: Page) -> list[str]:
    """What axe finds, light and dark, with everything open; and whether the page is wider than the screen."""
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
    width = page.evaluate("document.scrollingElement.scrollWidth")
    found = [f"is {width} px wide"] if width > 360 else []
    found += _violations(page, RULES)
    page.emulate_media(color_scheme="dark")
    found += _violations(page, {"runOnly": ["color-contrast"]})
    page.emulate_media(color_scheme="light")
    return found


def _violations(page: Page, rules: dict[str, object]) -> list[str]:
    response = Axe().run(page, options=rules).response
    return [
        f"{one['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for one in response["violations"]
        for node in one["nodes"][:3]
    ]


@pytest.fixture
def phone(enter, rooms: StaffServer):
    """Opens windows of a phone, all of them watched."""
    watch = Watch([])

    def opened(name: str) -> Page:
        page = enter(name, viewport={"width": 360, "height": 700})
        watch.over(page, urlsplit(rooms.url).netloc)
        return page

    yield opened
    assert watch.said == []


def addresses(rooms: StaffServer, page: Page) -> list[str]:
    """Every room once, with a draft that has a mistake, one to be published, a decision, and an older version."""
    path = "types/fake-images"
    set_against(rooms, page, path)
    home = f"/staff/pages/{rooms.pages[path]}/"
    page.goto(home)
    decision = page.get_by_role("link", name="See both and decide").get_attribute("href")
    page.goto(f"{home}ms/history/")
    version = page.locator("tbody tr").last.get_by_role("link").get_attribute("href")
    page.goto(f"{home}ta/")
    add_sentence(page, "[இணைப்பு](/types/nowhere/)")
    button(page, "Save draft").click()
    page.goto(f"{home}en/")
    add_sentence(page, "One more sentence.")
    button(page, "Save and ask for review").click()
    draft = urlsplit(page.url).path
    assert decision and version
    return [
        "/staff/", "/staff/pages/", home, f"{home}ta/", f"{home}en/", f"{home}facts/", draft, f"{draft}preview/",
        decision, f"{home}ms/history/", version, f"{version}?with=live", "/staff/translations/", "/staff/due/",
        "/staff/links/", "/staff/files/", "/staff/second-factor/", "/staff/password_change/",
    ]  # fmt: skip


def test_every_room_is_accessible_light_and_dark_and_fits_a_phone(phone, rooms: StaffServer):
    page = phone("aminah")
    found = []
    for address in addresses(rooms, page):
        answer = page.goto(address)
        assert answer and answer.status == 200, address
        found += [f"{address}: {one}" for one in faults(page)]
    assert found == []


def test_the_administrators_rooms_and_the_log_in_are_accessible_and_fit_a_phone(phone, rooms: StaffServer):
    page = phone("nurul")
    found = []
    for address in ("/staff/", "/staff/auth/user/", "/staff/auth/user/add/", "/staff/toolkit/auditentry/"):
        answer = page.goto(address)
        assert answer and answer.status == 200, address
        found += [f"{address}: {one}" for one in faults(page)]
    page.locator("tbody th a").first.click()
    found += [f"{page.url}: {one}" for one in faults(page)]
    button(page, "Log out").click()
    found += [f"logged out: {one}" for one in faults(page)]
    page.get_by_role("link", name="Log in again").click()
    found += [f"log-in: {one}" for one in faults(page)]
    assert found == []
