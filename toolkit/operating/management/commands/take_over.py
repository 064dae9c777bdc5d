from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from toolkit.operating.handing_over import take_over


class Command(BaseCommand):
    help = "Brings a guide that was handed over, with every version of its texts, into a site that has no pages."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("dir", type=Path, metavar="DIR")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(
            f"{take_over(options['dir'])} versions taken over. Now: manage.py content_sync, and make run."
        )
