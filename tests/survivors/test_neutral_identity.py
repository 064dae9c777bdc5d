"""Nothing that a passer-by may see gives the topic away: titles, addresses, previews, icon, file names (R13, R17)."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from django.conf import settings

from survivors.leaving import inline
from toolkit.texts.languages import LANGUAGES
from toolkit.texts.words.neutral import giveaway


class Head(HTMLParser):
    """The title of a page, its meta tags and the addresses in its head, and the addresses of its own links and files."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.title, self._in_title = "", False
        self.seen: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs) -> None:
        values = dict(attrs)
        self._in_title = tag == "title"
        if tag == "meta":
            self.seen.append(values.get("content") or "")
        if tag == "link" or (values.get("href") or values.get("src") or values.get("action") or "").startswith("/"):
            self.seen += [values.get(name) or "" for name in ("href", "src", "action", "title", "download")]

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data

    def handle_endtag(self, tag: str) -> None:
        self._in_title = False


@pytest.mark.parametrize(
    "word", ["gender violence", "mangsa", "gambar lucah", "性暴力", "裸照", "வன்முறை", "sextortion", "stalking"]
)
def test_the_list_knows_what_gives_the_topic_away(word):
    assert giveaway(word)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_title_preview_address_or_file_name_gives_the_topic_away(reading, language):
    for (one, path), (_, html, _) in reading.items():
        if one == language:
            head = Head(html)
            assert head.title, path
            for text in (path, head.title, *map(unquote, head.seen)):
                assert giveaway(text) is None, (path, text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_preview_card_is_the_same_for_every_page_and_shows_no_picture(reading, language):
    cards = {
        tuple(re.findall(r'<meta property="og:[^>]*>', html))
        for (one, _), (_, html, _) in reading.items()
        if one == language
    }
    assert len(cards) == 1 and any(cards)
    assert "og:image" not in "".join(next(iter(cards)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_differ_so_that_open_pages_can_be_told_apart(reading, language):
    titles = [Head(html).title for (one, _), (_, html, _) in reading.items() if one == language]
    assert len(titles) == len(set(titles))


def test_the_icon_and_the_files_served_name_nothing(reading):
    assert giveaway(unquote(inline.icon())) is None
    for folder in (settings.BASE_DIR / "static", settings.BASE_DIR / "templates" / "inline"):
        for file in Path(folder).rglob("*"):
            assert giveaway(file.name.replace("-", " ").replace("_", " ")) is None, file.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_an_exit_over_https_without_a_query(language):
    target = urlsplit(settings.EXIT_URLS[language])
    assert target.scheme == "https" and target.hostname and not target.query
    assert giveaway(unquote(settings.EXIT_URLS[language])) is None
