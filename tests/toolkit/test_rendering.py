from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.utils import translation

from survivors.reading import layout
from tests.folders import SOURCE_AND_CONTACT
from tests.timing import timed
from toolkit.files import sync
from toolkit.live import live_site
from toolkit.rendering.directives import Place, prose_html
from toolkit.rendering.guide import Guide
from toolkit.texts.languages import LANGUAGES
from toolkit.texts.records.owner import Owner
from toolkit.texts.words.markup import parsed

pytestmark = pytest.mark.django_db

LOGO = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'></svg>"
# What an attacker with an editor's account would try.
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe src='https://evil.example'></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "<style>body{display:none}</style>",
    "<!-- --><script>alert(1)</script>",
    "</div></main><script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](vbscript:alert(1))",
    "[x]: javascript:alert(1)\n\n[x]",
    "<javascript:alert(1)>",
    "![x](https://evil.example/pixel.gif)",
    "![x][y]\n\n[y]: https://evil.example/pixel.gif",
    "## x {: onclick=alert(1) }",
    "x {: style='position:fixed' onmouseover=alert(1) }",
    "[x](/types/){: onclick=alert(1) target=_blank ping=https://evil.example }",
    "* x {: id=main data-exit=1 }",
    "para\n{: data-exit=1 class=leave }",
    "`<script>alert(1)</script>`",
    "    <script>alert(1)</script>",
    '!!! save "<script>alert(1)</script>"\n    x',
    '!!! leave "x"\n    x',
    "{{ contact line }}<script>alert(1)</script>",
    "{{ contact <script> }}",
    "{{ contact line|safe }}",
    "{{ settings.SECRET_KEY }}",
    "{% include 'base.html' %}",
    "{% load i18n %}",
    "\u0002wzxhzdk:0\u0003",
    "| <b onclick=alert(1)>x</b> |\n|---|\n| <script>1</script> |",
    "term\n:   <script>alert(1)</script>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    '"><script>alert(1)</script>',
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<a href=\"https://x\" title=\"`onmouseover=alert(1)\">",
    "<https://evil.example/?<script>>",
]  # fmt: skip


@pytest.fixture
def place(folder):
    sync.import_files(folder.root)
    guide = Guide.of(live_site())
    return Place(guide, "en", guide.site["types/outing"])


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_markdown_makes_no_element_attribute_or_address_that_acts(text, place):
    html = str(prose_html(text, place))
    tags = re.findall(r"<[^>]*>", html)
    for tag in tags:
        assert not re.search(
            r"<\s*/?(script|style|img|svg|iframe|form|math|object|embed|base|meta|link)\b", tag, re.I
        ), html
        assert not re.search(r"\s(on\w+|style|ping|target|data-exit|srcdoc)\s*=", tag, re.I), html
        assert not re.search(r"(javascript|vbscript|data)\s*:", tag, re.I), html


def test_raw_html_is_shown_as_text():
    assert parsed("a <b>bold</b> word").html == "<p>a &lt;b&gt;bold&lt;/b&gt; word</p>"


def test_headings_carry_their_anchors_and_links_the_readers_language(place):
    ta = Place(place.guide, "ta", place.page)
    html = prose_html("## Save {#save-first}\n\n[x](/types/threats/#a)\n", ta)
    assert '<h2 id="save-first">Save</h2>' in html
    assert 'href="/ta/types/threats/#a"' in html


def test_a_directive_on_its_own_line_is_a_card_and_in_a_sentence_some_words(place):
    card = prose_html("{{ contact line }}\n", place)
    assert 'class="card"' in card and 'href="tel:+60312345678"' in card and "03-1234 5678" in card
    assert (
        prose_html("Call {{ phone line }} now.\n", place)
        == '<p>Call <a href="tel:+60312345678"><span class="number">03-1234 5678</span></a> now.</p>'
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_stale_translation_shows_todays_number_in_every_language(folder, language):
    sync.import_files(folder.root)
    folder.facts("", SOURCE_AND_CONTACT.replace("+60312345678", "+60399990000").replace("03-1234 5678", "03-9999 0000"),
                 top='help_lines = ["line"]', position=0)  # fmt: skip
    sync.import_files(folder.root)
    guide = Guide.of(live_site())
    with translation.override(language):
        html = prose_html("{{ contact line }}\n", Place(guide, language, guide.site["types/outing"]))
    assert "tel:+60399990000" in html and "1234" not in html


def test_a_doubtful_number_is_never_shown_and_the_help_lines_stand_in_for_it(folder):
    doubtful = SOURCE_AND_CONTACT[SOURCE_AND_CONTACT.index("[[contacts]]") :]
    doubtful = (
        doubtful.replace('"line"', '"other"')
        .replace("+60312345678", "+60377770000")
        .replace("03-1234 5678", "03-7777 0000")
    )
    source = SOURCE_AND_CONTACT[: SOURCE_AND_CONTACT.index("[[contacts]]")]
    folder.facts("types/threats", source + doubtful.replace('"confirmed"', '"unconfirmed"'), position=2)
    assert sync.import_files(folder.root).errors == []
    guide = Guide.of(live_site())
    place = Place(guide, "en", guide.site["types/threats"])
    for text in ("{{ contact other }}\n", "Call {{ phone other }}.\n"):
        assert "7777" not in prose_html(text, place)
    card = prose_html("{{ contact other }}\n", place)
    assert "https://line.example.org" in card and "tel:+60312345678" in card


def test_a_record_that_is_gone_leaves_the_help_lines_in_its_place(place):
    assert "tel:+60312345678" in prose_html("Call {{ phone gone }}.\n", place)
    assert "tel:+60312345678" in prose_html("{{ contact gone }}\n", place)
    assert "{{" not in prose_html("{{ route gone }} {{ provision gone }} {{ figure gone }}\n", place)


def test_a_fallback_label_is_marked_with_its_own_language(folder):
    folder.file("", "ta").unlink()
    sync.import_files(folder.root)
    guide = Guide.of(live_site())
    with translation.override("ta"):
        html = prose_html("{{ contact line }}\n", Place(guide, "ta", guide.site["types/outing"]))
    assert '<span lang="en">The line</span>' in html


def test_prose_that_was_rendered_before_costs_next_to_nothing():
    parsed.cache_clear()
    body = "Some *words* and a [link](/types/).\n\n" * 400
    first, slow = timed(lambda: parsed(body))
    again, quick = timed(lambda: parsed(body))
    assert again == first and quick < slow / 5
    assert parsed(f"{body}Other words.\n") != first


def test_a_heading_that_names_a_number_is_a_place_with_todays_number(folder):
    body = "".join(
        f"## Call {{{{ phone line }}}} {name} {{#{name}}}\n\nWords.\n\n" for name in ("a1", "a2", "a3", "a4")
    )
    folder.page("types/outing", f"{body}## Do this first {{#do-first}}\n")
    sync.import_files(folder.root)
    for language in LANGUAGES:
        html = layout.page(Guide.of(live_site()), language, "types/outing")
        assert re.search(r'id="a1"[^>]*>\W*Call <a href="tel:\+60312345678">.*?03-1234 5678.*? a1<', html)
        assert "{{" not in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_says_who_publishes_the_guide_and_nothing_where_that_is_not_set(place, language):
    with translation.override(language):
        assert prose_html("{{ owner all }}\n", place) == ""
        home = place.guide.site[""]
        owner = Owner(name="A <house>", email="ask@example.org", licence="cc-by", logo=LOGO)
        texts = {**place.guide.site, "": replace(home, facts=replace(home.facts, owner=owner))}
        said = prose_html("{{ owner all }}\n", Place(Guide.of(texts), language, texts[""]))
    assert "A &lt;house&gt;" in said and 'href="mailto:ask@example.org"' in said
    assert 'href="https://creativecommons.org/licenses/by/4.0/"' in said and 'src="data:image/svg+xml;base64,' in said
