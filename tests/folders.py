"""Small real folders of content, for tests that change them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings

from toolkit.rendering.guide import Guide
from toolkit.texts.canonical import digest
from toolkit.texts.check import judge
from toolkit.texts.folder import read_folder
from toolkit.texts.languages import FILE_NAMES, TRANSLATIONS
from toolkit.texts.page import canonical_part

SOURCE_AND_CONTACT = """
[[sources]]
id = "paper"
title = "A report"
publisher = "A newspaper"
url = "https://news.example.org/report"
checked = 2026-11-22

[[contacts]]
id = "line"
name = "A Line"
website = "https://line.example.org"
hours = "24/7"
sources = ["paper"]
checked = 2026-11-22

[[contacts.channels]]
kind = "tel"
value = "+60312345678"
status = "confirmed"
"""


@cache
def own_guide() -> Guide:
    """The guide's own content, read once for a whole run: nobody changes it."""
    return Guide.of(judge(read_folder(settings.CONTENT_DIR), {}).site)


def empty_the_database() -> None:
    """No page and no history, for the rest of a test (its transaction is rolled back)."""
    for model in reversed(list(apps.get_app_config("toolkit").get_models())):
        model._base_manager.all()._raw_delete(using="default")  # type: ignore[attr-defined]


class Folder:
    """A content folder that tests write to; every page is complete and right until a test spoils it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def file(self, page: str, part: str) -> Path:
        return self.root / page / FILE_NAMES[part]

    def write(self, page: str, part: str, text: str, *, canonical: bool = True) -> None:
        path = self.file(page, part)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(canonical_part(part, text) if canonical else text)

    def facts(self, page: str, more: str = "", *, top: str = "", position: int = 1) -> None:
        self.write(page, "facts", f"position = {position}\nchecked = 2026-11-22\n{top}\n{more}")

    def english(self, page: str, body: str, *, front: str = "") -> None:
        self.write(page, "en", f"---\ntitle: Page {page or 'home'}\nsummary: A summary.\n{front}---\n{body}")

    def translate(self, page: str, language: str, body: str, *, front: str = "") -> None:
        follows = digest(self.file(page, "en").read_text())
        self.write(
            page,
            language,
            f"---\ntitle: {language} {page or 'home'}\nsummary: Summary in {language}.\n"
            f"translated_from: {follows}\nreview: unreviewed\n{front}---\n{body}",
        )

    def page(self, page: str, body: str = "Words.\n", more: str = "", *, top: str = "", position: int = 1) -> None:
        """A whole page in four languages with the same body."""
        front = "label.line: The line\n" if "[[contacts]]" in more else ""
        self.facts(page, more, top=top, position=position)
        self.english(page, body, front=front)
        for language in TRANSLATIONS:
            self.translate(page, language, body, front=front)


def small_guide(root: Path) -> Folder:
    """Home with a help line, a section and two pages."""
    folder = Folder(root)
    folder.page("", more=SOURCE_AND_CONTACT, top='help_lines = ["line"]', position=0)
    folder.page("types", "Find yours.\n")
    folder.page("types/outing", "What it is.\n\n## Do this first {#do-first}\n\n1. Breathe.\n\n{{ contact line }}\n")
    folder.page("types/threats", "See [outing](/types/outing/#do-first) or call {{ phone line }}.\n", position=2)
    return folder
