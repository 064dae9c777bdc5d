"""A guide of any size, made of the real one's words, as files that pass the check.

    .venv/bin/python -m bench.large_guide FOLDER PAGES

Pages beyond the real ones have the text of one real page, the keywords of a second and the title of a third.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import django
from django.conf import settings

from toolkit.texts.folder import file_name, read_folder
from toolkit.texts.languages import SOURCE
from toolkit.texts.lasting.short_links import code_of, places
from toolkit.texts.page import PageTexts, read_part, write_part
from toolkit.texts.records.facts import Facts
from toolkit.texts.words.prose import Prose

SECTIONS = ("types", "laws", "platforms", "support", "first-response", "what-is-ogbv")
LETTERS = str.maketrans("0123456789", "BDFGKLMNPR")


def write_large_guide(root: Path, pages: int) -> None:
    """Writes the real content and as many made-up pages as are missing to ``root``, which must not exist."""
    shutil.copytree(settings.CONTENT_DIR, root)
    for page in made_up(pages):
        _write(root, page)


def made_up(pages: int) -> Iterator[PageTexts]:
    """As many pages as the real guide has fewer than ``pages``."""
    real = list(real_site().values())
    chance = random.Random(1)
    taken = {code for page in real for code in _codes(page)}
    for number in range(pages - len(real)):
        body, keywords, title = chance.choices(real, k=3)
        path = f"{SECTIONS[number % len(SECTIONS)]}/page-{number}"
        page = _mixed(path, number, body, keywords, title)
        while not taken.isdisjoint(_codes(page)):  # two short links that would be one
            path += "x"
            page = replace(page, path=path)
        taken |= _codes(page)
        yield page


def _codes(page: PageTexts) -> set[str]:
    return {code_of(*place) for place, _ in places(page)}


def real_site() -> dict[str, PageTexts]:
    """The guide in the content folder."""
    site: dict[str, PageTexts] = {}
    for file in read_folder(settings.CONTENT_DIR):
        page = site.get(file.page, PageTexts(file.page))
        site[file.page] = page.with_part(file.part, read_part(file.part, file.raw.decode()))
    return site


def _mixed(path: str, number: int, body: PageTexts, keywords: PageTexts, title: PageTexts) -> PageTexts:
    assert body.facts is not None
    page = PageTexts(path, Facts(position=number + 100, checked=body.facts.checked, sources=body.facts.sources))
    for language in body.prose:
        page = page.with_part(language, _words(number, *(one.prose[language] for one in (body, keywords, title))))
    for language in page.prose.keys() - {SOURCE}:
        page = page.with_part(language, replace(page.prose[language], translated_from=page.source_digest))
    return page


def _words(number: int, body: Prose, keywords: Prose, title: Prose) -> Prose:
    name = str(number).translate(LETTERS)  # digits after a title's own may be a telephone number, which is refused
    return replace(
        body,
        title=f"{title.title} {name}",
        heading=f"{title.h1} {name}",
        summary=title.summary,
        keywords=keywords.keywords,
        labels={},
        notes={},
        further={},
    )


def _write(root: Path, page: PageTexts) -> None:
    for part in ("facts", *page.prose):
        value = page.part(part)
        assert value is not None
        path = root / file_name(page.path, part)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(write_part(value))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "toolkit.settings")
    django.setup()
    write_large_guide(Path(sys.argv[1]), int(sys.argv[2]))
