from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from toolkit import sync


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
            problems = sync.check_files(settings.CONTENT_DIR)
        except FileNotFoundError as error:
            raise CommandError(str(error)) from None
        for problem in problems:
            self.stdout.write(str(problem))
        if any(options["strict"] or not problem.is_warning for problem in problems):
            raise SystemExit(1)
