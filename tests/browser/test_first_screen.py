"""What a reader sees before she scrolls, on a small phone: measured for every page in every language.

The first action of a page is its first link, button, form control or step, navigation aside.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict
from django.utils.translation import override
from playwright.sync_api import Browser, Page

from survivors.directories import pages as directories
from survivors.reading import layout
from tests.folders import own_guide
from toolkit.rendering.guide import Guide
from toolkit.texts.languages import LANGUAGES

PHONE = {"width": 320, "height": 568}
SCREEN = 510  # what is left above the exit bar
MEASURED = """() => {
  const main = document.querySelector("main"), bar = document.querySelector(".leave").getBoundingClientRect();
  const isSeen = (one) => one.checkVisibility({ visibilityProperty: true }) &&
    !(one.closest("nav") && !one.closest("nav").querySelector(".rows, .grid"));
  const first = [...main.querySelectorAll("a, button, input, select, ol > li")].find(isSeen);
  const head = document.querySelector("h1");
  return {
    bar: bar.top, first: first ? first.getBoundingClientRect().bottom : Infinity,
    lines: Math.round(head.getBoundingClientRect().height / parseFloat(getComputedStyle(head).lineHeight)),
    height: document.documentElement.scrollHeight, width: document.documentElement.scrollWidth,
    broken: [...document.querySelectorAll(".number")].filter((one) => one.getClientRects().length > 1).length,
  };
}"""
# Numbers that stand on more than one line, of the help strip too.
SHARED = """() => [...document.querySelectorAll(".help b, .number")].filter((one) =>
  one.checkVisibility({ visibilityProperty: true }) && one.getClientRects().length > 1).map((one) => one.textContent)"""
KINDS = (
    "", "types", "types/fake-images", "first-response/right-now", "first-response/save-evidence", "laws/cma-233",
    "platforms", "platforms/telegram", "support", "support/wao", "what-is-ogbv/numbers", "safety",
)  # fmt: skip


@pytest.fixture(scope="module")
def guide() -> Guide:
    return own_guide()


@pytest.fixture
def phone(browser: Browser):
    context = browser.new_context(viewport=PHONE)
    yield context.new_page()
    context.close()


def measured(page: Page, html: str) -> dict[str, Any]:
    page.set_content(html)
    found: dict[str, Any] = page.evaluate(MEASURED)
    return found


def screens(path: str) -> float:
    """How long a page may be before she opens anything."""
    return 4.5 if path.startswith("types/") else 6


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_act_of_every_page_is_on_the_first_screen_and_no_page_is_long(guide: Guide, phone: Page, language):
    for path in guide.site:
        with override(language):
            found = measured(phone, layout.page(guide, language, path))
        assert found["width"] <= PHONE["width"], path
        assert not found["broken"], path
        assert found["first"] <= found["bar"], path
        assert found["lines"] <= 3, path
        assert found["height"] <= screens(path) * SCREEN, path


@pytest.mark.parametrize("language", LANGUAGES)
def test_home_is_one_screen_with_help_languages_search_and_four_doors(guide: Guide, phone: Page, language):
    with override(language):
        phone.set_content(layout.page(guide, language, ""))
    seen = {"main .rows a": 4, ".help a": 3, ".languages a, .languages span": len(LANGUAGES), ".tools .find": 1}
    for what, number in seen.items():
        boxes = [one.bounding_box() for one in phone.locator(what).all()]
        assert len(boxes) == number, what
        assert all(box and box["y"] >= 0 and box["y"] + box["height"] <= SCREEN for box in boxes), what
    tools = [one.bounding_box() for one in phone.locator(".languages a, .languages span, .tools .find").all()]
    assert len({box["y"] + box["height"] / 2 for box in tools}) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_form_finds_is_on_the_first_screen(guide: Guide, phone: Page, language):
    with override(language):
        answers = {
            "a contact": directories.help_directory(guide, language, QueryDict("need=legal&free=yes")),
            "a report route": directories.route_directory(
                guide, language, QueryDict("platform=telegram&type=shared-images")
            ),
            "a law": directories.law_directory(guide, language, QueryDict("type=shared-images")),
        }
    for name, html in answers.items():
        phone.set_content(html)
        box = phone.locator("main ol.steps").first.bounding_box()
        assert box and box["y"] < SCREEN - 100, name
        assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], name


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("width", "height", "size"), [(360, 640, "200%"), (320, 568, "130%"), (568, 320, "100%")])
def test_with_large_text_and_in_landscape_nothing_scrolls_sideways_and_the_exit_is_whole(
    guide: Guide, browser: Browser, language, width, height, size
):
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    for path in KINDS:
        with override(language):
            page.set_content(layout.page(guide, language, path))
        page.evaluate(f"document.documentElement.style.fontSize = `calc({size} * 1.125)`")
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        box = page.locator("[data-exit]").bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= width and box["y"] + box["height"] <= height, path
        assert page.evaluate(SHARED) == [], path
        if height < width:
            assert (width - box["width"]) * height >= width * height / 2, path
    context.close()


# Her words -> the page that answers them.
STORIES = {
    "pictures": ["shared-images", "fake-images", "image-threats", "unwanted-pictures", "hidden-cameras"],
    "people": [
        "being-followed", "account-access", "false-romance", "private-details", "outing", "group-attacks", "threats",
        "fake-accounts", "under-18",
    ],
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_taps_from_home_lead_to_the_page_in_her_own_words_and_its_first_help(server, browser, language):
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    for door, pages in STORIES.items():
        for name in pages:
            page.goto(f"{server.url}/{language}/")
            page.locator(f"main .rows a[href='/{language}/types/#{door}']").click()
            row = page.locator(f"main .rows a[href='/{language}/types/{name}/']")
            said = row.inner_text().strip()
            row.click()
            assert page.locator("h1").inner_text().strip() == said
            found = page.evaluate(MEASURED)
            assert found["first"] <= found["bar"], name
    context.close()
