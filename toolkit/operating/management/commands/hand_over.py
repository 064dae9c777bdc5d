from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from toolkit.operating.handing_over import hand_over


class Command(BaseCommand):
    help = "Writes all that whoever takes the guide over needs into DIR: mirror, content, history, licence, a letter."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("dir", type=Path, metavar="DIR")

    def handle(self, *args: Any, **options: Any) -> None:
        number = hand_over(options["dir"])
        self.stdout.write(f"{options['dir']}: the guide with {number} versions of its texts. LETTER.md says the rest.")
