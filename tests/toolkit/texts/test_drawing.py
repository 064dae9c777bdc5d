"""What a picture may be: a drawing of shapes alone, or a photograph of pixels alone."""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO

import pytest
from PIL import Image

from toolkit.texts.problem import FaultError, TextError
from toolkit.texts.records.page_toml import read_facts, write_facts
from toolkit.texts.records.picture import LARGEST, MOST_ON_A_PAGE, PHOTOGRAPH, read_image

SVG = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'>%s</svg>"
DRAWN = SVG % "<path d='M0 0h8v8z' fill='#900'></path>"


def webp(**more) -> bytes:
    out = BytesIO()
    Image.new("RGB", (16, 16), "teal").save(out, "WEBP", quality=30, **more)
    return out.getvalue()


def kept(data: bytes) -> str:
    return PHOTOGRAPH + b64encode(data).decode()


def facts(*images: str, more: str = "shows_nobody = true\n") -> str:
    pictures = "".join(
        f'\n[[pictures]]\nid = "one-{number}"\nimage = "{image}"\n{more}checked = 2026-11-22\n'
        for number, image in enumerate(images)
    )
    return f"position = 1\nchecked = 2026-11-22\n{pictures}"


def test_a_drawing_and_a_photograph_of_pixels_alone_are_kept_as_they_are():
    assert read_image(DRAWN) == DRAWN
    assert read_image(kept(webp())) == kept(webp())


@pytest.mark.parametrize(
    "within",
    [
        "<script>alert(1)</script>",
        "<style>path{fill:red}</style>",
        "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>",
        "<image href='https://elsewhere.example/x.png'/>",
        "<use href='#a'/>",
        "<a href='javascript:alert(1)'><path d='M0 0'/></a>",
        "<text x='1' y='1'>0123456789</text>",
        "<animate attributeName='fill' to='red'/>",
        "<path d='M0 0' onload='alert(1)'/>",
        "<path d='M0 0' fill='url(https://elsewhere.example/x)'/>",
        "<path d='M0 0' style='fill:url(//elsewhere.example)'/>",
        "<path d='M0 0' clip-path='\\75rl(x)'/>",
    ],
)
def test_a_drawing_with_anything_but_shapes_is_refused(within):
    with pytest.raises(FaultError) as refused:
        read_image(SVG % within)
    assert refused.value.fault.code == "logo-part"


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE svg [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]>" + SVG % "<title>&b;</title>",
        '<!DOCTYPE svg SYSTEM "file:///etc/passwd" [<!ENTITY % x SYSTEM "https://elsewhere.example">]>' + DRAWN,
        "<!ENTITY a 'b'>" + DRAWN,
        SVG % ("<g>" * 40 + "</g>" * 40),
        "<svg xmlns='http://www.w3.org/2000/svg'></svg>",
        "<html></html>",
        "words",
        "",
    ],
)
def test_entities_depths_and_other_files_are_refused(text):
    with pytest.raises(FaultError):
        read_image(text)


@pytest.mark.parametrize(
    "data",
    [
        webp(exif=b"Exif\x00\x00II*\x00\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00"),
        webp(xmp=b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>where it was taken</x:xmpmeta>"),
        webp() + b"and where it was taken",
        webp()[:-4],
        b"\x89PNG\r\n\x1a\n",
        b"",
    ],
    ids=["exif", "xmp", "something-behind", "cut-short", "png", "empty"],
)
def test_a_photograph_with_anything_but_its_pixels_is_refused(data):
    with pytest.raises(FaultError) as refused:
        read_image(kept(data))
    assert refused.value.fault.code == "image-unreadable"


@pytest.mark.parametrize(
    "address", ["data:text/html;base64,PGI+", "data:image/png;base64,AAAA", PHOTOGRAPH + "not base64"]
)
def test_another_kind_of_address_is_no_picture(address):
    with pytest.raises(FaultError):
        read_image(address)


def test_one_picture_and_those_of_a_page_together_have_a_limit():
    path = "<path d='M0 0%s'></path>"
    with pytest.raises(FaultError):
        read_image(SVG % (path % ("h1" * (LARGEST // 2))))
    half = SVG % (path % ("h1" * (MOST_ON_A_PAGE // 4)))
    read_facts(facts(half))
    with pytest.raises(TextError) as refused:
        read_facts(facts(half, half))
    assert refused.value.fault.code == "pictures-heavy"


def test_it_is_written_as_it_was_read():
    read = read_facts(facts(DRAWN))
    assert read_facts(write_facts(read)) == read and read.pictures[0].image == DRAWN


@pytest.mark.parametrize("more", ["", "shows_nobody = false\n"])
def test_somebody_must_have_said_that_it_shows_nobody(more):
    with pytest.raises(TextError):
        read_facts(facts(DRAWN, more=more))
