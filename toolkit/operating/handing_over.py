"""Everything that is to be known of the guide, for whoever takes it over, and a site brought up from it.

    mirror/              the readers' site as static files, to be served as it is
    content/             every live text as a file
    history/pages.json   address and whether it has given way, of every page there ever was
    history/units.json   of each text: which version is live, and on which files and site agreed
    history/versions.jsonl   one version a line, oldest first, numbered from 0: page, part, text, digest, day and hour,
                             where it came from, why, what readers were told, whether they got it
    LICENCE.txt LETTER.md SURAT.md SHA256SUMS

Nobody's account, name, draft or secret is in it.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone

from toolkit import live, models
from toolkit.files import sync
from toolkit.operating.backup import sha256
from toolkit.rendering.guide import Guide
from toolkit.rendering.owner import licence, public_url
from toolkit.texts.canonical import digest
from toolkit.texts.lasting.recorded import PLACES_FILE
from toolkit.texts.page import read_part
from toolkit.texts.words.prose import Prose

_LETTERS = {"LETTER.md": "letter.en.md", "SURAT.md": "letter.ms.md"}
_KEPT = ("part", "text", "digest", "origin", "reason", "cause", "note", "was_live")
_AT_ONCE = 200


def hand_over(folder: Path) -> int:
    """Writes all of it into a folder; returns the number of versions."""
    call_command("mirror", folder / "mirror", verbosity=0)
    sync.export_texts(settings.CONTENT_DIR, folder / "content")
    (folder / "content" / PLACES_FILE).touch()
    sync.record_places(folder / "content")
    (folder / "history").mkdir(exist_ok=True)
    number = _write_history(folder / "history")
    guide = Guide.of(live.live_site())
    name, terms = licence(guide.owner)
    (folder / "LICENCE.txt").write_text(
        f"{name} {terms}\n" if name else "No licence is set for the texts: ask who hands this over.\n"
    )
    _write_letters(folder, guide)
    _write_sums(folder)
    return number


def take_over(folder: Path) -> int:
    """Brings the history of a guide into a database without any page; returns the number of versions."""
    _verify(folder)
    if models.Page.objects.exists():
        raise CommandError("This site has pages of its own. A guide is taken over by one that has none.")
    history = folder / "history"
    with transaction.atomic():
        rows = json.loads((history / "pages.json").read_text())
        models.Page.objects.bulk_create([models.Page(**row) for row in rows], batch_size=50)
        pages = {page.path: page for page in models.Page.objects.all()}
        versions = [_version(json.loads(line), pages) for line in (history / "versions.jsonl").open()]
        made = [one.created for one in versions]
        models.Revision.objects.bulk_create(versions, batch_size=_AT_ONCE)
        _made_then(versions, made)
        _bring_units(json.loads((history / "units.json").read_text()), pages, versions)
        live.touch()
    return len(versions)


def _write_letters(folder: Path, guide: Guide) -> None:
    """Who takes the guide over may read English or Malay."""
    said = {
        "@day@": f"{timezone.localdate():%Y-%m-%d}",
        "@address@": public_url(guide) or "-",
        "@name@": guide.owner.name or "-",
    }
    for target, source in _LETTERS.items():
        letter = Path(__file__).with_name(source).read_text()
        for mark, value in said.items():
            letter = letter.replace(mark, value)
        (folder / target).write_text(letter)


def _write_history(folder: Path) -> int:
    pages = list(models.Page.objects.order_by("pk").values("path", "is_retired"))
    (folder / "pages.json").write_text(json.dumps(pages, ensure_ascii=False, indent=1) + "\n")
    numbers: dict[int, int] = {}
    with (folder / "versions.jsonl").open("w") as file:
        for number, one in enumerate(models.Revision.objects.select_related("page").order_by("pk").iterator(_AT_ONCE)):
            numbers[one.pk] = number
            row = {"page": one.page.path, "made": one.created.isoformat()} | {
                name: getattr(one, name) for name in _KEPT
            }
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    units = [
        {"page": path, "part": part, "live": numbers.get(revision), "agreed": agreed}
        for path, part, revision, agreed in models.UnitState.objects.order_by("pk").values_list(
            "page__path", "part", "live", "agreed"
        )
    ]
    (folder / "units.json").write_text(json.dumps(units, ensure_ascii=False, indent=1) + "\n")
    return len(numbers)


def _version(row: dict[str, Any], pages: dict[str, models.Page]) -> models.Revision:
    if digest(row["text"]) != row["digest"]:
        raise CommandError(f"A version of {row['page']} {row['part']} is not what was written. Nothing was changed.")
    found = models.Revision(page=pages[row["page"]], **{name: row[name] for name in _KEPT})
    found.created = datetime.fromisoformat(row["made"])
    return found


def _made_then(versions: list[models.Revision], made: list[datetime]) -> None:
    """The day of each version, which a database sets by itself: the address of an old version stands on it."""
    for version, then in zip(versions, made, strict=True):
        version.created = then
    models.Revision._base_manager.bulk_update(versions, ["created"], batch_size=_AT_ONCE)


def _bring_units(rows: list[dict[str, Any]], pages: dict[str, models.Page], versions: list[models.Revision]) -> None:
    states = [
        models.UnitState(
            page=pages[row["page"]], part=row["part"], agreed=row["agreed"],
            live=None if row["live"] is None else versions[row["live"]],
        )
        for row in rows
    ]  # fmt: skip
    models.UnitState.objects.bulk_create(states, batch_size=_AT_ONCE)
    for state in states:
        value = read_part(state.part, state.live.text) if state.live else None
        if isinstance(value, Prose):
            live.name_page(pages[state.page.path], state.part, value)
    for page in pages.values():
        page.save()


def _write_sums(folder: Path) -> None:
    rows = [f"{sha256(path)}  {path.relative_to(folder).as_posix()}\n" for path in _files(folder)]
    (folder / "SHA256SUMS").write_text("".join(rows))


def _verify(folder: Path) -> None:
    try:
        rows = (folder / "SHA256SUMS").read_text().splitlines()
        spoilt = [name for named, _, name in (row.partition("  ") for row in rows) if sha256(folder / name) != named]
    except OSError as error:
        raise CommandError(f"{folder} is not whole: {error}") from None
    if spoilt or not rows:
        raise CommandError(f"{folder} is not whole: {', '.join(spoilt[:5])}. Nothing was changed.")


def _files(folder: Path) -> Iterator[Path]:
    yield from (path for path in sorted(folder.rglob("*")) if path.is_file() and path != folder / "SHA256SUMS")
