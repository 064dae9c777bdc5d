"""The documents for people: their pictures and links lead somewhere, and no picture is left over or too heavy."""

from __future__ import annotations

import re
import struct
from pathlib import Path

import pytest
from django.conf import settings

DOCS = Path(settings.BASE_DIR) / "docs"
IMAGES = DOCS / "images"
EDITING = (DOCS / "editing.md").read_text()
SHOWN = re.findall(r"!\[([^\]]*)\]\(images/([^)]+)\)", EDITING + (DOCS / "reading.md").read_text())


def width_of(png: Path) -> int:
    head = png.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n", png.name
    return int(struct.unpack(">I", head[16:20])[0])


def anchors(text: str) -> set[str]:
    """As GitHub makes them of headings."""
    headings = re.findall(r"(?m)^#+ (.+)$", text)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_picture_is_shown_once_and_every_one_shown_exists():
    assert sorted(name for _words, name in SHOWN) == sorted(one.name for one in IMAGES.iterdir())


def test_every_picture_says_in_words_what_it_shows():
    assert all(words.strip() for words, _name in SHOWN)


def test_every_picture_can_be_made_again():
    script = (DOCS / "screenshots.py").read_text()
    taken = re.findall(r'camera\.take\(.+, "([a-z-]+)", height=', script)
    taken += re.findall(r'"(read-[a-z]+)": ', (DOCS / "reader_screenshots.py").read_text())
    assert sorted(taken) == sorted(one.stem for one in IMAGES.iterdir())


def test_the_pictures_are_small():
    assert sum(one.stat().st_size for one in IMAGES.iterdir()) < 1_200_000
    assert all(width_of(one) <= 900 for one in IMAGES.glob("*.png"))


# An address that begins with a slash is an example of what one writes into a text, and no link of the document.
@pytest.mark.parametrize("target", sorted(set(re.findall(r"(?<!!)\[[^\]]+\]\(([^/)][^)]*)\)", EDITING))))
def test_links_of_the_guide_for_staff_lead_somewhere(target):
    file, _hash, anchor = target.partition("#")
    path = DOCS / file if file else DOCS / "editing.md"
    assert path.exists()
    assert not anchor or anchor in anchors(path.read_text())
