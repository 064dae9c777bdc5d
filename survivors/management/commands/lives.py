from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from survivors.lives.always import against_the_rules
from survivors.lives.expected import Names, broken, names_in
from survivors.lives.life import Life, all_lives
from survivors.lives.seen import plan_of
from survivors.lives.written import file_of, index_of
from toolkit.rendering.guide import Guide
from toolkit.texts.check import judge
from toolkit.texts.folder import read_folder
from toolkit.texts.languages import LANGUAGES

FOLDER = Path(settings.BASE_DIR, "docs", "lives")


class Command(BaseCommand):
    help = "Writes the plan of every life in tests/content/lives.toml to docs/lives/, from the files in CONTENT_DIR."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; say which lives get a wrong plan")
        parser.add_argument("--out", type=Path, default=FOLDER, help="another folder than docs/lives")

    def handle(self, *args: Any, check: bool, out: Path, **options: Any) -> None:
        guide = Guide.of(judge(read_folder(settings.CONTENT_DIR), {}).site)
        if check:
            self._check(guide)
            return
        written = files(guide)
        for path in {*out.glob("*.md")} - {out / name for name in written}:
            path.unlink()
        out.mkdir(parents=True, exist_ok=True)
        for name, text in written.items():
            (out / name).write_text(text)
        self.stdout.write(f"{len(written) - 1} lives written to {out}")

    def _check(self, guide: Guide) -> None:
        faults = [
            f"{life.id}, {language}: {fault}"
            for language in LANGUAGES
            for names in [names_in(guide, language)]
            for life in all_lives()
            for fault in wrong_with(life, guide, names, language)
        ]
        for fault in faults:
            self.stdout.write(fault)
        if faults:
            raise CommandError(f"{len(faults)} faults")
        self.stdout.write(f"{len(all_lives())} lives, each with the plan it needs")


def files(guide: Guide) -> dict[str, str]:
    """Name -> text of everything below docs/lives."""
    lives = all_lives()
    return {"README.md": index_of(lives)} | {f"{life.id}.md": file_of(life, guide) for life in lives}


def wrong_with(life: Life, guide: Guide, names: Names, language: str) -> list[str]:
    """What a life's plan lacks or must not hold, and which rule for everyone it breaks."""
    steps = plan_of(life, guide, language)
    return [*broken(life, steps, names, language), *against_the_rules(life, steps, names, language)]
