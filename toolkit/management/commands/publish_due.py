"""What a new day brings: drafts that were set for it go live, and the edition follows."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from toolkit import edition
from toolkit.drafting.scheduled import publish_due
from toolkit.models import Draft
from toolkit.texts.edition_folder import NoEditionError


class Command(BaseCommand):
    help = "Publishes the drafts of which the day has come, and brings the readers' edition up to the day."

    def handle(self, *args: Any, **options: Any) -> None:
        for draft in publish_due():
            draft.refresh_from_db()
            done = "published" if draft.state == Draft.PUBLISHED else f"not published: {draft.refused}"
            self.stdout.write(f"{draft.page} {draft.part}: {done}")
        try:
            edition.write()
        except NoEditionError as error:
            raise CommandError(str(error)) from None
