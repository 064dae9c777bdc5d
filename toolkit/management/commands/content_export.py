from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from toolkit.files import sync
from toolkit.texts.decide import Decision


class Command(BaseCommand):
    help = "Writes the site's texts to files: into CONTENT_DIR what staff changed, into another folder everything."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--out", type=Path, default=settings.CONTENT_DIR, metavar="DIR")
        parser.add_argument(
            "--take",
            nargs="+",
            default=[],
            metavar="FILE",
            help="overwrite these files even so (types/outing/ta.md)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        report = sync.export_texts(settings.CONTENT_DIR, options["out"], take=options["take"])
        for name in report.named(Decision.EXPORT):
            self.stdout.write(name)
        for name in report.named(Decision.CONFLICT, Decision.ROLLBACK, Decision.IMPORT, Decision.MISSING_FILE):
            self.stderr.write(f"{name}: left alone, it differs for another reason (content_sync says why)")
