"""The rooms in Tamil and Chinese: chosen under one's name, and no long word pushes a room sideways."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.staff_server import StaffServer

PAGE = "/staff/pages/types/threats/"
ROOMS = (
    "/staff/", "/staff/pages/", PAGE, f"{PAGE}ta/", f"{PAGE}facts/", f"{PAGE}en/history/", f"{PAGE}address/",
    "/staff/translations/?language=ta", "/staff/due/", "/staff/links/", "/staff/files/", "/staff/find/",
    "/staff/second-factor/", "/staff/password_change/",
)  # fmt: skip
OFFICE = ("/staff/auth/user/", "/staff/auth/user/add/", "/staff/toolkit/auditentry/", "/staff/")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(("name", "rooms_of_hers"), [("aminah", ROOMS), ("nurul", OFFICE)], ids=["text", "office"])
@pytest.mark.parametrize(("language", "said"), [("ta", "தமிழ்"), ("zh-hans", "简体中文")])
def test_no_room_is_wider_than_its_window(enter, rooms: StaffServer, language, said, name, rooms_of_hers, width):
    page: Page = enter(name, viewport={"width": width, "height": 800})
    page.goto("/staff/")
    page.locator(".account > summary").click()
    page.get_by_role("button", name=said).click()
    found = []
    for address in rooms_of_hers:
        answer = page.goto(address)
        assert answer and answer.status == 200, address
        assert page.locator("html").get_attribute("lang") == language
        page.locator("main details").evaluate_all("all => all.forEach(one => { one.open = true; })")
        if (wide := page.evaluate("document.scrollingElement.scrollWidth")) > width:
            found.append((address, wide))
    assert found == []
