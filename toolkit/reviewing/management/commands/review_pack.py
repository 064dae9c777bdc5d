from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from toolkit.live import change_notes, live_site
from toolkit.rendering import buttons
from toolkit.rendering.guide import Guide
from toolkit.texts.languages import LANGUAGES

LAW = "law"


class Command(BaseCommand):
    help = "Writes what is published for a native reader, or for a lawyer, to read on paper or offline (DOCX and HTML)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("of", choices=[*LANGUAGES, LAW], metavar="LANG|law", help=", ".join([*LANGUAGES, LAW]))
        parser.add_argument("dir", type=Path, metavar="DIR")
        parser.add_argument("--first", type=int, metavar="N", help="only the first N pages in the order of risk")

    def handle(self, *args: Any, of: str, dir: Path, first: int | None, **options: Any) -> None:
        # Here, and nowhere else: neither readers nor staff wait for what makes documents.
        from toolkit.reviewing.document import write_document
        from toolkit.reviewing.law import law_pack
        from toolkit.reviewing.pack import pack_in
        from toolkit.reviewing.printed import write_printed

        guide = Guide.of(live_site(), change_notes())
        if not guide.site:
            raise CommandError("nothing is published yet: `make run`, or `manage.py prepare`, does it")
        sheets = (law_pack(guide) if of == LAW else pack_in(guide, of))[:first]
        dir.mkdir(parents=True, exist_ok=True)
        for write, name in ((write_document, f"review-{of}.docx"), (write_printed, f"review-{of}.html")):
            with buttons.in_force(lambda: guide.buttons):
                write(dir / name, of, sheets)
            self.stdout.write(str(dir / name))
        self.stdout.write(f"{len(sheets)} pages, {sum(len(sheet.statements) for sheet in sheets)} sentences")
