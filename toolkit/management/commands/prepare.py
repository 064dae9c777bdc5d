from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from toolkit.operating import database, static_files
from toolkit.operating.database import State


class Command(BaseCommand):
    help = "Brings database, texts and edition up to the code and the files, as `make run` does before staff come in."
    requires_system_checks: list[str] = []  # some of them ask the database

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--new-database", action="store_true", help="begin anew although the old one is gone")

    def handle(self, *args: Any, **options: Any) -> None:
        state, said = database.state()
        if state is State.AWAY:
            raise CommandError(
                f"The database does not answer ({said}). Readers go on being served; `manage.py doctor` says more, "
                "and `manage.py restore FILE` puts a backup in its place."
            )
        if state is State.VANISHED and not options["new_database"]:
            raise CommandError(database.vanished())
        call_command("migrate", verbosity=0)
        call_command("clearsessions")
        self._each_for_itself("content_sync", stdout=self.stdout, stderr=self.stderr)
        self._each_for_itself("publish_due", stdout=self.stdout)
        self._each_for_itself("edition", stdout=self.stdout)
        static_files.collect()

    def _each_for_itself(self, command: str, **options: Any) -> None:
        """A fault in the files or in one text must not keep staff from the rooms where they can mend it."""
        try:
            call_command(command, **options)
        except Exception as error:
            self.stderr.write(f"{command} could not be finished: {type(error).__name__}: {error}")
