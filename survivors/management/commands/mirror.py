"""Writes the readers' site as static files, for any host, a content network or a memory stick."""

import re
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from survivors import edition
from survivors.mirror.files import files
from survivors.mirror.writing import NotAMirrorError, write
from toolkit.texts.edition_folder import NoEditionError

_BASE = re.compile(r"/(?:[A-Za-z0-9._~-]+/)*")


class Command(BaseCommand):
    help = "Writes the whole guide to DIR as static files; run again, only what has changed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("dir", type=Path, metavar="DIR")
        parser.add_argument("--base", default="/", metavar="PATH", help="the path it will be served below (/)")

    def handle(self, *args: Any, **options: Any) -> None:
        base = f"/{options['base'].strip('/')}/".replace("//", "/")
        if not _BASE.fullmatch(base):
            raise CommandError(f"--base is a path such as /guide/, not {options['base']}")
        # Where only the edition's folder is, it is taken as it is.
        with suppress(DatabaseError):
            call_command("edition", verbosity=0)
        try:
            written = write(options["dir"], files(edition.from_folder(), base))
        except NoEditionError:
            raise CommandError("Nothing has been published yet: manage.py content_sync.") from None
        except NotAMirrorError:
            raise CommandError(f"{options['dir']} holds something else than a mirror.") from None
        self.stdout.write(
            f"{options['dir']}: {written.total} files, {len(written.files)} written, {len(written.gone)} taken away"
        )
