import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from toolkit.operating.doctor import complaints


class Command(BaseCommand):
    help = "Says what is wrong with this site today, and what to do about it; exits 1 where something is."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--backups", type=Path, metavar="DIR", help="where backups are kept, to look at their age")

    def handle(self, *args: Any, **options: Any) -> None:
        found = complaints(options["backups"])
        for wrong, remedy in found:
            self.stdout.write(f"{wrong}\n    {remedy}")
        if found:
            sys.exit(1)
        self.stdout.write("Nothing is wrong.")
