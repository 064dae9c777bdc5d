from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from toolkit.operating.backup import back_up


class Command(BaseCommand):
    help = "Writes everything that a site needs to come back into one verified file in DIR, while it is running."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("dir", type=Path, metavar="DIR")
        parser.add_argument("--keep", type=int, default=14, metavar="N", help="how many backups stay (14)")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["keep"] < 1:
            raise CommandError("--keep must be at least 1")
        file = back_up(options["dir"], options["keep"])
        self.stdout.write(f"{file} ({file.stat().st_size // 1024} KB), verified")
