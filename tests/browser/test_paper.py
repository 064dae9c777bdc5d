"""What partners print: in four languages, on its paper, with every glyph, nothing cut, and codes that lead to their page."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
import zxingcpp
from django.utils.translation import override
from PIL import Image
from playwright.sync_api import Page

from survivors.partners import sheets
from survivors.partners.book import book
from survivors.partners.links import qr_png, qr_svg, short_link
from tests.folders import own_guide
from toolkit.drafting.photograph import image_of
from toolkit.rendering.guide import Guide, wording
from toolkit.texts.languages import LANGUAGES
from toolkit.texts.records.picture import Picture

PUBLIC = "https://guide.example.org"
# A host as long as an organisation may have.
LONG = "https://panduan.pertubuhan-wanita-malaysia.org.my"
A4, A6 = (595, 842), (298, 420)  # points
# Words that do not fit where they stand: wider than their box, higher by more than a font's own leading, or outside
# their slip or sheet.
CUT = """() => {
  const sheet = document.querySelector(".sheet").getBoundingClientRect();
  return [...document.querySelectorAll(".sheet *")].filter((one) => {
    if (one.closest("svg")) return false;
    const box = one.getBoundingClientRect(), within = (one.closest(".slip") || one.closest(".sheet")).getBoundingClientRect();
    return one.scrollWidth > one.clientWidth + 1 && one.clientWidth || one.clientHeight && one.scrollHeight > one.clientHeight + parseFloat(getComputedStyle(one).fontSize) / 3 ||
      box.left < within.left - 1 || box.right > within.right + 1 || box.top < within.top - 1 || box.bottom > within.bottom + 1 ||
      within.right > sheet.right + 1 || within.bottom > sheet.bottom + 1;
  }).map((one) => one.className + ": " + one.textContent.slice(0, 60));
}"""
# Signs that are drawn as the box of a font that has none, by the pixels of U+10FFFE, which none has.
WITHOUT_GLYPH = """() => {
  const canvas = document.createElement("canvas"), pen = canvas.getContext("2d", { willReadFrequently: true });
  canvas.width = canvas.height = 24;
  const drawn = (sign, font) => {
    pen.clearRect(0, 0, 24, 24);
    pen.font = "16px " + font;
    pen.fillText(sign, 2, 18);
    return new Uint32Array(pen.getImageData(0, 0, 24, 24).data.buffer).join();
  };
  const font = getComputedStyle(document.body).fontFamily, none = drawn(String.fromCodePoint(0x10FFFE), font);
  const segments = new Intl.Segmenter().segment(document.querySelector("main").textContent);
  return [...new Set([...segments].map((one) => one.segment))].filter((sign) => sign.trim() && drawn(sign, font) === none);
}"""
# A picture as grey values, in the browser, which can read it.
GREY = """async (png) => {
  const picture = await createImageBitmap(await (await fetch("data:image/png;base64," + png)).blob());
  const pen = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
  pen.drawImage(picture, 0, 0);
  const data = pen.getImageData(0, 0, picture.width, picture.height).data;
  let grey = "";
  for (let at = 0; at < data.length; at += 4) grey += String.fromCharCode(data[at]);
  return [picture.width, picture.height, btoa(grey)];
}"""


@pytest.fixture(scope="module")
def guide() -> Guide:
    return own_guide()


def decoded(page: Page, png: bytes) -> list[str]:
    """What the codes on a picture say."""
    width, height, grey = page.evaluate(GREY, base64.b64encode(png).decode())
    picture = memoryview(base64.b64decode(grey)).cast("B", (height, width))
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def sizes(pdf: bytes) -> list[tuple[int, int]]:
    """The size of each page of a PDF in points."""
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    return [(round(float(width)), round(float(height))) for width, height in boxes]


def longest(guide: Guide, language: str) -> str:
    """The page whose title takes most room."""
    return max(guide.site, key=lambda path: len(wording(guide.site[path], language, "title").text))


@pytest.mark.parametrize("kind", sheets.PAPERS)
def test_a_sheet_is_one_page_of_its_size_with_every_glyph_nothing_cut_and_codes_that_lead_to_the_page(
    page: Page, guide, kind
):
    width, height = paper = A6 if kind == "card" else A4
    page.emulate_media(media="print")
    page.set_viewport_size({"width": round(width * 96 / 72), "height": round(height * 96 / 72)})
    for language in LANGUAGES:
        for path, public in (("", PUBLIC), (longest(guide, language), LONG)):
            with override(language):
                page.set_content(sheets.KINDS[kind](guide, language, path, public))
            where = (kind, language, path)
            assert page.evaluate(CUT) == [], where
            assert page.evaluate(WITHOUT_GLYPH) == [], where
            assert sizes(page.pdf(prefer_css_page_size=True)) == [paper], where
            link = short_link(public, path, language)
            for code in (page.locator(".qr").first, page.locator(".qr").last):
                assert decoded(page, code.screenshot()) == [link], where
            shown = re.sub(r"\s", "", page.locator(".sheet").inner_text())
            assert shown.count(link.removeprefix("https://")) >= len(sheets.PAPERS[kind]) - 1


def test_a_missing_glyph_and_cut_words_are_seen(page: Page):
    page.set_content(
        "<main><div class=sheet><p style='width:20px;overflow:hidden;white-space:nowrap'>\U0010fffd words</p>"
    )
    assert page.evaluate(WITHOUT_GLYPH) == ["\U0010fffd"]
    assert len(page.evaluate(CUT)) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_on_paper_has_its_address_short_link_date_and_code(page: Page, guide, language):
    path = "types/outing"
    with override(language):
        page.set_content(sheets.print_page(guide, language, path, PUBLIC))
    assert page.locator(".paper").is_hidden()
    page.emulate_media(media="print")
    link = short_link(PUBLIC, path, language)
    shown = page.locator("footer").inner_text()
    assert f"{PUBLIC}/{language}/{path}/" in shown and link in shown and "2026" in shown
    assert decoded(page, page.locator(".qr").screenshot()) == [link]
    assert page.evaluate(WITHOUT_GLYPH) == []


def test_the_whole_guide_has_numbered_pages_contents_and_every_glyph(page: Page, guide):
    few = [path for path in guide.site if path.split("/")[0] in ("", "safety", "what-is-ogbv")]
    part = Guide.of({path: guide.site[path] for path in few})
    for language in LANGUAGES:
        with override(language):
            page.set_content(book(part, language, PUBLIC))
        assert page.locator(".contents a").count() == len(few) - 1
        assert page.evaluate(WITHOUT_GLYPH) == [], language
        assert decoded(page, page.locator(".qr").screenshot()) == [short_link(PUBLIC, "", language)]
    assert set(sizes(page.pdf(prefer_css_page_size=True))) == {A4}
    style = page.evaluate("[...document.styleSheets].flatMap((one) => [...one.cssRules].map((rule) => rule.cssText))")
    assert any("@bottom-center" in rule and "counter(page)" in rule for rule in style)


def test_a_code_as_a_file_of_any_size_leads_to_its_page(page: Page):
    link = short_link(PUBLIC, "types/outing", "ta")
    for pixels in (1, 150, 900):
        assert decoded(page, qr_png(link, pixels)) == [link]
    page.set_content(qr_svg(link, whole=True))
    assert decoded(page, page.screenshot()) == [link]


SHOWN = """all => all.map((one) => ({
  alt: one.alt, high: one.getBoundingClientRect().height, right: one.getBoundingClientRect().right,
  isThere: one.complete && one.naturalWidth > 0, breaks: getComputedStyle(one.parentNode).breakInside,
}))"""
TALL = (
    b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 300"><path d="M5 5h90v290H5z" stroke="#900"/></svg>"""
)


def with_pictures(guide: Guide, path: str) -> Guide:
    """The guide with a high drawing and a photograph on a page."""
    taken = BytesIO()
    Image.linear_gradient("L").resize((900, 600)).save(taken, "JPEG")
    images = {"tall": image_of(TALL), "taken": image_of(taken.getvalue())}
    pictures = tuple(
        Picture(id=name, image=image, credit="", shows_nobody=True, checked=date(2026, 11, 1))
        for name, image in images.items()
    )
    page = guide.site[path]
    assert page.facts
    page = replace(page, facts=replace(page.facts, pictures=pictures))
    for language, prose in page.prose.items():
        body = prose.body + "".join(f"\n{{{{ picture {name} }}}}\n" for name in images)
        words = {name: f"{name} {language}" for name in images}
        page = page.with_part(language, replace(prose, body=body, labels={**prose.labels, **words}))
    return Guide.of({**guide.site, path: page})


def test_pictures_stand_whole_on_a_screen_and_on_a_sheet_and_keep_their_words(page: Page, guide):
    path = "platforms/tiktok"
    shown_in = with_pictures(guide, path)
    few = Guide.of({one: shown_in.site[one] for one in ("", "platforms", path)})
    for make in (sheets.print_page, None):
        with override("ta"):
            page.set_content(make(shown_in, "ta", path, PUBLIC) if make else book(few, "ta", PUBLIC))
        for media, width, height, highest in (("screen", 360, 640, 0.71), ("print", A4[0] * 4 / 3, A4[1] * 4 / 3, 0.5)):
            page.emulate_media(media=media)
            page.set_viewport_size({"width": round(width), "height": round(height)})
            page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
            found = page.locator("figure.drawn img").evaluate_all(SHOWN)
            assert [one["alt"] for one in found] == ["tall ta", "taken ta"]
            assert all(
                one["isThere"] and 0 < one["high"] <= height * highest and one["right"] <= width for one in found
            )
        assert {one["breaks"] for one in found} == {"avoid"}
        # A drawing of the program's own is lines, not a black box.
        assert page.locator("figure.drawn svg").first.evaluate("one => getComputedStyle(one).fill") == "none"
        pdf = page.pdf(prefer_css_page_size=True, tagged=True)
        assert pdf.count(b"/S /Figure") >= 2 and all(f"({one['alt']})".encode() in pdf for one in found)
