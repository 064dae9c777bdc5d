"""Who publishes the guide: what may be set, and a logo that can do nothing but be seen."""

from __future__ import annotations

import pytest

from toolkit.rendering.guide import Guide
from toolkit.texts.page import PageTexts
from toolkit.texts.problem import FaultError, TextError
from toolkit.texts.records.drawing import LARGEST, read_logo
from toolkit.texts.records.owner import Owner
from toolkit.texts.records.page_toml import read_facts, write_facts
from toolkit.texts.words.prose import Prose

HOME = "position = 0\nchecked = 2026-11-22\n\n[owner]\n"
SVG = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'>%s</svg>"
SET = (
    HOME
    + f"""name = "A house"
email = "ask@example.org"
website = "https://example.org/about"
licence = "cc-by-sa"
public_url = "https://guide.example.org"
logo = "{SVG % "<path d='M0 0h8v8z'></path>"}"
"""
)


def guide_of(text: str) -> Guide:
    return Guide.of({"": PageTexts("", read_facts(text), {"en": Prose(title="A", summary="B", body="")})})


def test_who_publishes_the_guide_is_part_of_the_facts_of_home():
    assert write_facts(read_facts(SET)) == SET
    owner = guide_of(SET).owner
    assert (owner.name, owner.email, owner.licence) == ("A house", "ask@example.org", "cc-by-sa")


def test_where_nothing_is_set_nothing_is_said():
    assert guide_of(HOME.replace("[owner]\n", "")).owner == Owner()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('name = ""', "owner name must be some text"),
        ('email = "example.org"', "owner email example.org is not an e-mail"),
        ('website = "javascript:alert(1)"', "owner website must be a whole"),
        ('licence = "mine"', "owner licence must be one of: cc0"),
        ('public_url = "http://guide.example.org"', "owner public_url must be a whole https"),
        ('public_url = "https://guide.example.org/en/"', "owner public_url must be the address of a site"),
        ('slogan = "x"', "unknown field: slogan"),
    ],
)
def test_what_cannot_be_so_is_refused_with_its_field(line, message):
    with pytest.raises(TextError, match=message):
        read_facts(HOME + line)


def test_a_logo_of_a_drawing_program_keeps_what_it_draws():
    drawn = """<?xml version="1.0" encoding="UTF-8"?><!-- made --><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "a.dtd">
        <svg xmlns="http://www.w3.org/2000/svg" xmlns:i="http://i.example" viewBox="0 0 8 8" i:kept="no"><metadata>x</metadata>
        <i:view/><title>A &amp; B</title><g style="fill:url(#a); -i-x: 1"><path d="M0 0h8z"/></g></svg>"""
    assert read_logo(drawn) == SVG % "<title>A &amp; B</title><g fill='url(#a)'><path d='M0 0h8z'></path></g>"
    assert read_logo(read_logo(drawn)) == read_logo(drawn)


@pytest.mark.parametrize(
    "within",
    [
        "<script>alert(1)</script>", "<path onload='alert(1)'/>", "<foreignObject/>", "<style>@import 'x'</style>",
        "<image href='https://example.org/x.png'/>", "<use href='#a'/>", "<a href='https://example.org'/>", "<text>x</text>",
        "<path style='background: URL(https://example.org/x)'/>", "<path fill='url(https://example.org/x)'/>",
        "<path fill='u\\72l(x)'/>", "<path fill='url(&#35;a) url(//example.org)'/>", "<animate attributeName='x'/>",
        "<set/>", "<script xmlns=''/>", "<g>" * 20 + "</g>" * 20,
    ],
)  # fmt: skip
def test_a_logo_that_does_anything_or_names_another_place_is_refused(within):
    with pytest.raises(FaultError, match="drawn shapes"):
        read_logo(SVG % within)


@pytest.mark.parametrize(
    "text",
    [
        "", "not a drawing", "<svg/>", "<html xmlns='http://www.w3.org/1999/xhtml'/>", SVG % "<path",
        "<svg xmlns='http://www.w3.org/2000/svg'/>", SVG % f"<path d='{'M0 0' * LARGEST}'/>", "x" * 1_000_000,
        "<!DOCTYPE svg [<!ENTITY a 'aaaa'>]>" + SVG % "<title>&a;</title>",
    ],
)  # fmt: skip
def test_what_is_no_drawing_or_too_large_is_refused(text):
    with pytest.raises(FaultError):
        read_logo(text)


def test_a_foreign_script_in_a_logo_draws_nothing_and_is_left_out():
    assert "script" not in read_logo(SVG % "<script xmlns='http://www.w3.org/1999/xhtml'>alert(1)</script>")
