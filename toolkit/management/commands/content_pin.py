from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from toolkit.texts.canonical import decode
from toolkit.texts.languages import FILE_NAMES, SOURCE, TRANSLATIONS
from toolkit.texts.problem import TextError
from toolkit.texts.words.pins import pin_of
from toolkit.texts.words.prose import Prose, read_prose, write_prose


class Command(BaseCommand):
    help = "Records that translations follow today's English text: writes its digest into their translated_from."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "pages", nargs="+", metavar="PAGE", help="address without the language, such as types/outing"
        )
        parser.add_argument("--language", nargs="+", choices=TRANSLATIONS, default=TRANSLATIONS)

    def handle(self, *args: Any, **options: Any) -> None:
        for page in options["pages"]:
            folder = settings.CONTENT_DIR / page
            follows = pin_of(_read(folder / FILE_NAMES[SOURCE]))
            for language in options["language"]:
                if (path := folder / FILE_NAMES[language]).exists():
                    path.write_bytes(write_prose(replace(_read(path), translated_from=follows)).encode())


def _read(path: Path) -> Prose:
    try:
        return read_prose(decode(path.read_bytes()))
    except FileNotFoundError:
        raise CommandError(f"no such text: {path}") from None
    except TextError as error:
        raise CommandError(f"{path}:{error.line}: {error}") from None
