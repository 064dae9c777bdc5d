"""Tells staff who asked for it, by e-mail and without content, that something waits for them."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from toolkit.admin.talking.nudge import nudge


class Command(BaseCommand):
    help = "Tells staff who asked for it by e-mail that something waits for them: once a day at most, without content."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.SENDS_MAIL:
            self.stdout.write("EMAIL_URL names no mail server: nobody is told anything.")
            return
        sent, failed = nudge(timezone.now())
        self.stdout.write(f"{sent} told")
        if failed:
            raise CommandError(f"{failed} could not be told: is the mail server that EMAIL_URL names there?")
