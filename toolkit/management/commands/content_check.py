from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from toolkit.files import sync
from toolkit.texts.canonical import decode
from toolkit.texts.folder import read_folder
from toolkit.texts.languages import BUTTONS, PLAN
from toolkit.texts.problem import TextError
from toolkit.texts.words.terms import never_said, never_said_in_plan, read_terms


class Command(BaseCommand):
    help = "Says what is wrong with the files in CONTENT_DIR, as path:line: what is wrong. Exits 1 when anything is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--strict", action="store_true", help="warnings count too")
        parser.add_argument(
            "--format", action="store_true", help="first rewrite readable files in their canonical form"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            for name in sync.format_files(settings.CONTENT_DIR) if options["format"] else []:
                self.stdout.write(f"{name}: rewritten")
            for place in sync.record_places(settings.CONTENT_DIR) if options["format"] else []:
                self.stdout.write(f"{place}: now among the places that last")
            problems = sync.check_files(settings.CONTENT_DIR)
            unsaid = list(_words_never_to_use())
        except FileNotFoundError as error:
            raise CommandError(str(error)) from None
        for problem in problems:
            self.stdout.write(str(problem))
        for warning in unsaid:
            self.stdout.write(warning)
        if (unsaid and options["strict"]) or any(options["strict"] or not problem.is_warning for problem in problems):
            raise SystemExit(1)


def _words_never_to_use() -> Iterator[str]:
    """A warning for each form of docs/terms.md that a text must not use."""
    terms = read_terms((settings.BASE_DIR / "docs/terms.md").read_text())
    for file in read_folder(settings.CONTENT_DIR):
        try:
            # Words of buttons are refused for it, where they are judged.
            text = decode(b"" if file.fault or file.part == BUTTONS else file.raw)
        except TextError:
            continue
        said = never_said_in_plan(text, terms) if file.part == PLAN else never_said(text, file.part, terms)
        for line, term in said:
            yield f"{file.name}:{line}: warning: not “{term.form.removeprefix('-')}” ({term.why}): say {term.say}"
