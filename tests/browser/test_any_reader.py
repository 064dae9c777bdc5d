"""Read in other ways than on a phone as it comes: on a wide window, in forced colours, on paper, read out."""

from __future__ import annotations

import re

import pytest
from django.utils.translation import override
from playwright.sync_api import Browser, Page

from survivors.reading import layout
from tests.folders import own_guide
from toolkit.rendering.guide import Guide
from toolkit.texts.languages import LANGUAGES

pytestmark = pytest.mark.leaving

DRAWN = ("platforms/telegram", "platforms/whatsapp", "platforms/tiktok", "platforms/instagram", "first-response/police")
# What a reader must see the edge of, whatever colours her screen has.
EDGES = "[data-exit], .act a, main button, .fork > details > summary, .home .rows li:first-child a, .mind, input"
EDGELESS = """(edges) => [...document.querySelectorAll(edges)].filter((one) => {
  const style = getComputedStyle(one), sides = ["Top", "Left"].map((side) => parseFloat(style[`border${side}Width`]));
  return !sides.some((width) => width > 0) || style.borderLeftColor === style.backgroundColor;
}).map((one) => one.outerHTML.slice(0, 80))"""
# Lists that Safari would no longer call lists, as they have neither marks nor a role nor stand in a nav.
LOST_LISTS = """() => [...document.querySelectorAll("ul, ol")].filter((one) =>
  getComputedStyle(one).listStyleType === "none" && one.getAttribute("role") !== "list" && !one.closest("nav") &&
  getComputedStyle(one.firstElementChild, "::before").content === "none").map((one) => one.outerHTML.slice(0, 80))"""

# The last letters of long words that stand on more than one line.
STRANDED = """() => [...document.querySelectorAll("main i")].filter((one) =>
  one.checkVisibility() && one.getClientRects().length > 1).map((one) => one.textContent)"""


@pytest.fixture(scope="module")
def guide() -> Guide:
    return own_guide()


@pytest.fixture
def window(browser: Browser):
    opened = []

    def open_window(width: int = 320, height: int = 568, **more) -> Page:
        opened.append(browser.new_context(viewport={"width": width, "height": height}, **more))
        return opened[-1].new_page()

    yield open_window
    for context in opened:
        context.close()


def show(page: Page, guide: Guide, language: str, path: str) -> None:
    with override(language):
        page.set_content(layout.page(guide, language, path))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["types/fake-images", "platforms/telegram", "support/wao", "laws/cma-233", ""])
def test_on_a_wide_window_what_follows_stands_beside_the_steps_and_the_exit_in_a_corner(guide, window, language, path):
    page = window(1280, 900)
    show(page, guide, language, path)
    left, right = (one.bounding_box() for one in page.locator(".cols > div").all())
    assert right["x"] >= left["x"] + left["width"] and abs(right["y"] - left["y"]) < 40
    assert right["x"] + right["width"] - left["x"] > 900
    leave = page.locator("[data-exit]").bounding_box()
    assert leave["width"] < 400 and leave["x"] + leave["width"] > 1200


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_forced_colours_everything_to_press_keeps_its_edge(guide, window, language, scheme):
    page = window(forced_colors="active", color_scheme=scheme)
    for path in ("", "types/fake-images", "support/wao", "platforms/tiktok"):
        show(page, guide, language, path)
        assert not page.evaluate(EDGELESS, EDGES), path


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_drawing_fits_a_small_phone_and_has_the_colour_of_the_words(guide, window, language, scheme):
    page = window(color_scheme=scheme, forced_colors="active")
    for path in DRAWN:
        show(page, guide, language, path)
        drawn = page.locator(".drawn, .does").first
        box = drawn.bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= 320 and box["height"] < 510, path
        stroke, ink = drawn.locator("svg").first.evaluate(
            "(one) => [getComputedStyle(one).stroke, getComputedStyle(document.body).color]"
        )
        assert stroke == ink, path
        assert drawn.inner_text().strip(), path


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_paper_every_sheet_has_the_help_numbers_and_every_outside_link_its_address(guide, window, language):
    page = window(800, 900)
    for path in ("types/fake-images", "platforms/telegram"):
        show(page, guide, language, path)
        sheets = page.pdf(format="A4")
        number = len(re.findall(rb"/Type\s*/Page\b", sheets))
        assert number > 1 and sheets.count(b"(tel:999)") == number, path
        page.emulate_media(media="print")
        unsaid = page.evaluate(
            "[...document.querySelectorAll('main a[href^=http]')].filter((one) => one.checkVisibility() &&"
            " !getComputedStyle(one, '::after').content.includes(one.getAttribute('href'))).length"
        )
        assert unsaid == 0, path
        page.emulate_media(media="null")


@pytest.mark.parametrize("language", LANGUAGES)
def test_lists_stay_lists_and_a_fold_is_named_by_its_words(guide, window, language):
    page = window()
    for path in ("", "types", "types/fake-images", "platforms", "platforms/telegram", "support"):
        show(page, guide, language, path)
        assert page.evaluate(LOST_LISTS) == [], path
    show(page, guide, language, "types/fake-images")
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    folds = {one["name"]["value"].strip() for one in tree if one["role"]["value"] == "DisclosureTriangle"}
    said = {" ".join(one.split()) for one in page.locator("summary").all_text_contents()}
    assert folds and folds <= said


@pytest.mark.parametrize("language", ["zh-hans", "ta"])
def test_emphasis_is_upright_and_bold_where_a_script_has_no_italics(guide, window, language):
    page = window()
    show(page, guide, language, "")
    page.evaluate("document.querySelector('main p').innerHTML += '<em>x</em>'")
    style = page.locator("main p em").evaluate(
        "(one) => [getComputedStyle(one).fontStyle, getComputedStyle(one).fontWeight]"
    )
    assert style == ["normal", "700"]


@pytest.mark.parametrize(("width", "size"), [(320, "100%"), (360, "200%")])
def test_a_long_tamil_word_strands_no_letter_and_is_still_one_word_to_find_and_to_copy(guide, window, width, size):
    page = window(width)
    for path in ("", "types/fake-images", "first-response/save-evidence", "support/wao"):
        show(page, guide, "ta", path)
        page.evaluate(f"document.documentElement.style.fontSize = `calc({size} * 1.125)`")
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        assert page.evaluate(STRANDED) == [], path
    word = page.locator("main i").first.evaluate(
        "(one) => one.previousSibling.data.split(/\\s/).pop() + one.textContent"
    )
    assert len(word) > 8 and page.evaluate("(word) => find(word)", word)
    assert page.evaluate("getSelection().toString()") == word


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_landscape_half_the_height_is_left_for_the_text(guide, window, language):
    page = window(568, 320)
    for path in ("", "types/fake-images", "platforms/telegram", "support/wao"):
        show(page, guide, language, path)
        assert page.locator("main").bounding_box()["y"] <= 160, path
