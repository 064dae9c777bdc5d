"""Writes the edition that readers are served from, where it is behind what is published."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from toolkit import edition
from toolkit.texts.edition_folder import NoEditionError


class Command(BaseCommand):
    help = "Brings the readers' edition up to what is published; says which one is current then."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = edition.write()
        except NoEditionError as error:
            raise CommandError(str(error)) from None
        if options["verbosity"]:
            self.stdout.write(f"edition {manifest.version}: {len(manifest.answers)} answers, made {manifest.made}")
