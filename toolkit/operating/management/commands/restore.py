from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from toolkit.operating.backup import restore


class Command(BaseCommand):
    help = "Verifies a backup and puts it in the place of what is there, which is kept in DATA_DIR/before-restore-…"
    requires_system_checks: list[str] = []  # what they look at may be what is broken

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        manifest = restore(options["file"])
        self.stdout.write(
            f"Restored what was there on {manifest['made']}. Restart the site (make run, or systemctl restart): it "
            "brings database and edition up to the code."
        )
