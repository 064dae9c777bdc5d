"""The live texts, and the only way to change them: ``publish``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import fields
from typing import Any, cast

from django.contrib.auth.models import User
from django.db import models as db
from django.db import transaction
from django.utils.timezone import localdate

from toolkit import models
from toolkit.texts import facts as schema
from toolkit.texts.canonical import digest
from toolkit.texts.facts import Facts
from toolkit.texts.languages import FACTS, LANGUAGES, PLAN
from toolkit.texts.page import ChangeNote, PageTexts, Part, Site, write_part
from toolkit.texts.plan import PlanText, read_plan_text
from toolkit.texts.prose import Prose
from toolkit.translation import TRANSLATED, column

_RECORDS: dict[str, tuple[type[models.facts.Fact], type[Any]]] = {
    "sources": (models.Source, schema.Source),
    "contacts": (models.Contact, schema.Contact),
    "routes": (models.ReportRoute, schema.Route),
    "provisions": (models.Provision, schema.Provision),
    "figures": (models.Figure, schema.Figure),
}
_PAGE_FACTS = ("position", "checked", "aliases", "help_lines", "anchor_aliases")


class StaleTextError(Exception):
    """The live text is no longer the one that the change was made from."""


def live_site() -> dict[str, PageTexts]:
    """What readers are served: path -> texts. Eight queries, whatever the number of pages."""
    records = _live_records()
    plan = _live_plan()
    return {
        page.path: PageTexts(
            page.path,
            _facts_of(page, records) if page.checked else None,
            {language: prose for language in LANGUAGES if (prose := _prose_of(page, language))},
            None if page.path else plan,
        )
        for page in models.Page.objects.filter(is_retired=False)
    }


def change_notes() -> dict[str, list[ChangeNote]]:
    """What readers are told of major changes: path -> notes, newest first."""
    found: dict[str, list[ChangeNote]] = defaultdict(list)
    rows = models.Revision.objects.exclude(note="").values_list("page__path", "part", "created", "note")
    for path, part, created, note in rows:
        found[path].append(ChangeNote(part, localdate(created), note))
    return found


def live_text(site: Site, path: str, part: str) -> str | None:
    """The canonical live text of a unit, or None."""
    page = site.get(path)
    value = page.part(part) if page else None
    return write_part(value) if value else None


def publish(
    path: str,
    part: str,
    value: Part,
    *,
    origin: str,
    expected: str | None,
    author: User | None = None,
    reason: str = "",
    note: str = "",
) -> models.Revision:
    """Makes ``value`` the live text of a unit and keeps it in history, in one transaction.

    ``expected`` is the digest of the live text that the change was made from (None: there was none). ``reason`` is for
    colleagues, ``note`` for readers. Raises StaleTextError when the live text has changed since.
    """
    with transaction.atomic():
        page, _ = models.Page.objects.get_or_create(path=path)
        page = models.Page.objects.select_for_update().get(pk=page.pk)
        if _live_digest(page, part) != expected:
            raise StaleTextError(f"{path} {part}")
        if isinstance(value, Facts):
            _save_facts(page, value)
        elif isinstance(value, Prose):
            _save_prose(page, part, value)
        text = write_part(value)
        models.ContentVersion.advance()
        return models.Revision.objects.create(
            page=page,
            part=part,
            digest=digest(text),
            text=text,
            origin=origin,
            author=author,
            reason=reason,
            note=note,
        )


def agree(path: str, part: str, agreed: str) -> None:
    """Records that file and site hold the same text of a unit; nothing waits for a decision any more."""
    page = models.Page.objects.get(path=path)
    state, _ = models.UnitState.objects.get_or_create(page=page, part=part)
    if state.base != agreed or state.hold:
        state.agreed = [*state.agreed, agreed]
        state.hold = state.held = ""
        state.save()


def hold(path: str, part: str, why: str, text: str) -> None:
    """Keeps the file's text of a unit until a person decides; the live text goes on serving."""
    with transaction.atomic():
        page = models.Page.objects.get(path=path)
        state, _ = models.UnitState.objects.get_or_create(page=page, part=part)
        if (state.hold, state.held) == (why, text):
            return
        state.hold, state.held = why, text
        state.save()
        models.Revision.objects.create(
            page=page, part=part, digest=digest(text), text=text, origin="files", was_live=False
        )


def text_of(path: str, part: str, wanted: str) -> str | None:
    """The text that a digest names, from the history of its unit."""
    found = models.Revision.objects.filter(page__path=path, part=part, digest=wanted).first()
    return found.text if found else None


def _live_digest(page: models.Page, part: str) -> str | None:
    value: Part | None
    if part == PLAN:
        value = _live_plan()
    elif part == FACTS:
        value = _facts_of(page, _live_records(page)) if page.checked else None
    else:
        value = _prose_of(page, part)
    return digest(write_part(value)) if value else None


def _live_plan() -> PlanText | None:
    """The rules of the plan are read whole, so their latest version is all there is to keep."""
    latest = models.Revision.objects.filter(page__path="", part=PLAN, was_live=True).first()
    return read_plan_text(latest.text) if latest else None


def _live_records(page: models.Page | None = None) -> dict[str, dict[int, list[Any]]]:
    """Kind -> page id -> records, of all pages or of one."""
    found: dict[str, dict[int, list[Any]]] = {}
    for kind, (model, record) in _RECORDS.items():
        rows: Iterable[db.Model] = model._default_manager.filter(**({"page": page} if page else {}))
        if model is models.Contact:
            rows = cast(db.QuerySet[models.Contact], rows).prefetch_related("channels")
        by_page = found[kind] = defaultdict(list)
        for row in rows:
            by_page[cast(models.facts.Fact, row).page_id].append(_as_record(row, record))
    return found


def _facts_of(page: models.Page, records: dict[str, dict[int, list[Any]]]) -> Facts:
    own = {kind: tuple(by_page.get(page.pk, ())) for kind, by_page in records.items()}
    values: dict[str, Any] = {name: getattr(page, name) for name in _PAGE_FACTS}
    values |= {name: tuple(values[name]) for name in ("aliases", "help_lines")}
    return Facts(**(values | own))


def _prose_of(page: models.Page, language: str) -> Prose | None:
    values = {name: getattr(page, column(name, language)) for name in TRANSLATED}
    if not values["title"]:
        return None
    empty: dict[str, Any] = {"keywords": [], "labels": {}, "notes": {}}
    found: dict[str, Any] = {name: values[name] or empty.get(name, "") for name in TRANSLATED}
    return Prose(**(found | {"keywords": tuple(found["keywords"])}))


def _as_record(row: Any, record: type[Any]) -> Any:
    values = {}
    for one in fields(record):
        if one.name == "id":
            values["id"] = row.slug
        elif not hasattr(row, one.name):
            continue
        elif one.name == "channels":
            values["channels"] = tuple(_as_record(channel, schema.Channel) for channel in row.channels.all())
        else:
            value = getattr(row, one.name)
            values[one.name] = tuple(value) if isinstance(value, list) else value
    return record(**values)


def _columns(record: Any, model: type[db.Model]) -> dict[str, Any]:
    columns = {one.name for one in model._meta.get_fields()} - {"id", "channels"}
    values = {one.name: getattr(record, one.name) for one in fields(record) if one.name in columns}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


def _save_prose(page: models.Page, language: str, prose: Prose) -> None:
    for name in TRANSLATED:
        value = getattr(prose, name)
        setattr(page, column(name, language), list(value) if isinstance(value, tuple) else value)
    page.save(update_fields=["is_retired", *(column(name, language) for name in TRANSLATED)])


def _save_facts(page: models.Page, facts: Facts) -> None:
    for name in _PAGE_FACTS:
        value = getattr(facts, name)
        setattr(page, name, list(value) if isinstance(value, tuple) else value)
    page.save(update_fields=list(_PAGE_FACTS))
    for kind, (model, _) in _RECORDS.items():
        model._default_manager.filter(page=page).delete()
        for place, record in enumerate(getattr(facts, kind)):
            row = model._default_manager.create(page=page, place=place, slug=record.id, **_columns(record, model))
            for order, channel in enumerate(getattr(record, "channels", ())):
                models.Channel.objects.create(
                    contact=cast(models.Contact, row), place=order, **_columns(channel, models.Channel)
                )
