from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from toolkit.files import sync
from toolkit.texts.decide import Decision

WAITING = {
    Decision.CONFLICT: "changed here and on the site; the site's text keeps serving until someone decides",
    Decision.ROLLBACK: "went back to an older text; held until someone confirms it",
    Decision.MISSING_FILE: "is gone; the site keeps its text",
}


class Command(BaseCommand):
    help = (
        "Brings the site up to the files in CONTENT_DIR. A bad file is named and skipped; its old text keeps serving."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--strict", action="store_true", help="exit 1 when a file is bad or waits for a decision")
        parser.add_argument(
            "--take",
            nargs="+",
            default=[],
            metavar="FILE",
            help="follow these files even so (types/outing/ta.md)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = sync.import_files(settings.CONTENT_DIR, options["take"], waiting=self._say_waiting)
        except FileNotFoundError as error:
            raise CommandError(str(error)) from None
        except sync.BusyError:
            raise CommandError("another process is still taking files over: nothing was done") from None
        for problem in report.errors:
            self.stderr.write(str(problem))
        for decision, why in WAITING.items():
            for name in report.named(decision):
                self.stderr.write(f"{name}: {why}")
        imported, same = report.named(Decision.IMPORT), report.named(Decision.IN_SYNC)
        self.stdout.write(f"{len(imported)} texts taken over, {len(same)} as they were, {len(report.errors)} problems")
        if options["strict"] and (report.errors or report.named(*WAITING)):
            raise SystemExit(1)

    def _say_waiting(self) -> None:
        self.stderr.write("another process is taking files over: waiting for it")
