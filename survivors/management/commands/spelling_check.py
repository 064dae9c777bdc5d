from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from survivors.search.checking import problems
from toolkit.rendering.guide import Guide
from toolkit.texts.check import judge
from toolkit.texts.folder import read_folder


class Command(BaseCommand):
    help = "Says what is wrong with the language data of the search in spelling/ (docs/searching.md)."

    def handle(self, *args: Any, **options: Any) -> None:
        found = problems(Guide.of(judge(read_folder(settings.CONTENT_DIR), {}).site))
        for one in found:
            self.stdout.write(one)
        if found:
            raise CommandError(f"{len(found)} to mend in spelling/")
        self.stdout.write("spelling/ is as it should be")
