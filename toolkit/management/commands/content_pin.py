from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from toolkit.texts.buttons.text import Buttons, read_buttons, write_buttons
from toolkit.texts.canonical import decode
from toolkit.texts.folder import ContentFile, read_folder, write_file
from toolkit.texts.languages import FILE_NAMES, OF_HOME, PLAN, SOURCE, TRANSLATIONS
from toolkit.texts.plans import translated
from toolkit.texts.plans.plan import read_plan_text
from toolkit.texts.problem import TextError
from toolkit.texts.words.pins import pin_of
from toolkit.texts.words.prose import read_prose, write_prose

T = TypeVar("T")


class Command(BaseCommand):
    help = "Records that translations follow today's English text: writes its digest into their translated_from."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "pages",
            nargs="+",
            metavar="PAGE",
            help="address without the language, such as types/outing; or plan, or buttons",
        )
        parser.add_argument("--language", nargs="+", choices=TRANSLATIONS, default=TRANSLATIONS)

    def handle(self, *args: Any, **options: Any) -> None:
        for page in options["pages"]:
            if page in OF_HOME:
                _pin_home(page, tuple(options["language"]))
                continue
            folder = settings.CONTENT_DIR / page
            found = read_folder(folder) if folder.is_dir() else []
            files = {file.part: file for file in found if not file.page}  # below it lie other pages
            if SOURCE not in files:
                raise CommandError(f"no such text: {page}/{FILE_NAMES[SOURCE]}")
            follows = pin_of(_read(files[SOURCE], read_prose))
            for language in files.keys() & set(options["language"]):
                pinned = replace(_read(files[language], read_prose), translated_from=follows)
                write_file(folder / files[language].name, write_prose(pinned).encode())


def _pin_home(part: str, languages: tuple[str, ...]) -> None:
    for file in read_folder(settings.CONTENT_DIR):
        if file.part == part and not file.page:
            if part == PLAN:
                text = translated.pinned(_read(file, read_plan_text), languages).text
            else:
                words = _read(file, read_buttons).words
                text = write_buttons(Buttons(tuple(one.following(languages) for one in words)))
            write_file(settings.CONTENT_DIR / file.name, text.encode())


def _read(file: ContentFile, read: Callable[[str], T]) -> T:
    try:
        if file.fault:
            raise TextError(file.fault)
        return read(decode(file.raw))
    except TextError as error:
        raise CommandError(f"{file.name}:{error.line}: {error}") from None
