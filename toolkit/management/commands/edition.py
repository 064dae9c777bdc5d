"""Writes the edition that readers are served from, where it is behind what is published."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from toolkit import edition


class Command(BaseCommand):
    help = "Brings the readers' edition up to what is published; says which one is current then."

    def handle(self, *args: Any, **options: Any) -> None:
        manifest = edition.write()
        if options["verbosity"]:
            self.stdout.write(f"edition {manifest.version}: {len(manifest.answers)} answers, made {manifest.made}")
