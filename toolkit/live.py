"""The live texts, and the only way to change them: ``publish``."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Manager
from django.dispatch import Signal
from django.utils.timezone import localdate

from toolkit import models
from toolkit.judging import Change, Unit, Verdict, weigh
from toolkit.rendering.answers import CannotBeMadeError
from toolkit.texts.canonical import digest
from toolkit.texts.languages import FACTS, LANGUAGES, PLAN, SOURCE
from toolkit.texts.page import ChangeNote, PageTexts, Part, Site, read_part, write_part
from toolkit.texts.plans.plan import Plan, read_plan_text
from toolkit.texts.plans.translated import english_pin
from toolkit.texts.problem import Fault, Problem, TextError
from toolkit.texts.words.pins import is_pinned
from toolkit.texts.words.prose import Prose
from toolkit.translation import TRANSLATED, column

_LOG = logging.getLogger(__name__)

# What a text says is known by its part and digest, in every process, for ever. None: not readable by this code.
_parsed: dict[tuple[str, str], Part | None] = {}
# How many texts that are live no more are kept beside those that are, for drafts and comparisons.
_KEPT = 5000
# Databases limit how many values a query may name.
_AT_ONCE = 900


# Sent within the transaction, with the ``site`` that is about to be live. A receiver that raises CannotBeMadeError
# refuses it.
rehearsing = Signal()
# Sent once what readers get has changed, after the transaction. A receiver that fails undoes nothing.
published = Signal()


class StaleTextError(Exception):
    """The live text is no longer the one that the change was made from."""


class NotFitError(Exception):
    """What is wrong with a change, or would be with other texts because of it."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems


def live_site() -> dict[str, PageTexts]:
    """What readers are served: path -> texts. One query, and the texts that this process has not read yet."""
    units = models.UnitState.objects.filter(live__isnull=False, page__is_retired=False).order_by("page__path")
    rows = list(units.values_list("page__path", "part", "live__digest", "live"))
    _read({(part, digest): revision for _, part, digest, revision in rows})
    site: dict[str, PageTexts] = {}
    for path, part, named, _ in rows:
        if value := _parsed[part, named]:
            site[path] = (site.get(path) or PageTexts(path)).with_part(part, value)
    return site


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


Revisions = dict[Unit, models.Revision]


@dataclass(frozen=True, slots=True)
class Published:
    """What became live, by unit, and moved; what was left out, and everything that is wrong or worth a look."""

    revisions: Revisions
    moves: Mapping[str, str]
    left_out: list[Change]
    problems: list[Problem]


def publish(
    changes: Sequence[Change],
    *,
    origin: str,
    author: User | None = None,
    cause: str = "",
    moves: Mapping[str, str] | None = None,
    drafts: Mapping[Unit, models.Draft] | None = None,
    partly: bool = False,
    today: date | None = None,
) -> Published:
    """Makes texts live together and keeps them in history: the one door, in one transaction.

    Judges the site that would come of it, whole. Raises NotFitError when anything would be wrong, break another text or
    not be made into a page; with ``partly``, leaves out what is not fit instead. Raises StaleTextError when a text was
    made from another than the one that is live. ``moves``: old path -> new path of pages that take everything along to
    another address. ``drafts``: where the texts come from, which say who wrote and who read them. ``cause`` is for the
    changes that have none of their own. ``today``: the day after which nothing can have been checked.
    """
    with transaction.atomic():
        one_at_a_time()
        moves = moves or {}
        _refuse_stale(changes, live_digests(), moves)
        verdict = _servable(changes, moves, today or localdate())
        if verdict.errors and not partly:
            raise NotFitError(verdict.errors)
        good = [change for change, _ in verdict.good]
        kept = {change.unit for change in good}
        _move(verdict.moves)
        revisions = _keep(verdict.good, origin, author, cause, drafts or {})
        if good or verdict.moves:
            touch()
        left_out = [change for change in changes if change.unit not in kept]
        return Published(revisions, verdict.moves, left_out, verdict.problems)


def _servable(changes: Sequence[Change], moves: Mapping[str, str], today: date) -> Verdict:
    """The verdict on the changes, without those of pages that could not be shown."""
    if not changes and not moves:
        return Verdict([], {}, {}, [])
    site, left, spoilt = live_site(), list(changes), list[Problem]()
    while True:
        verdict = weigh(left, site, moves, today)
        if not verdict.good and not verdict.moves:
            break
        try:
            rehearsing.send(sender=None, site=verdict.site)
            break
        except CannotBeMadeError as error:
            # The page's own texts are at fault, or else the facts of another that it shows.
            own = [one for one in left if one.path == error.path]
            guilty = own or [one for one in left if one.part == FACTS] or left
            spoilt += [Problem.of(one.file.name, 1, Fault("page-unmade")) for one in guilty]
            units = {one.unit for one in guilty}
            left = [one for one in left if one.unit not in units]
    return replace(verdict, problems=sorted({*verdict.problems, *spoilt}))


def one_at_a_time() -> None:
    """Whoever judges the site waits here until whoever changes it is done. Within a transaction."""
    models.ContentVersion.objects.get_or_create(pk=1)
    models.ContentVersion.objects.select_for_update().get(pk=1)


def live_digests() -> dict[Unit, str]:
    """The digest of every live text."""
    units = models.UnitState.objects.filter(live__isnull=False, page__is_retired=False)
    return {(path, part): named for path, part, named in units.values_list("page__path", "part", "live__digest")}


def touch() -> None:
    """Tells readers, once this transaction is done, that what they get has changed."""
    models.ContentVersion.advance()
    transaction.on_commit(lambda: published.send_robust(sender=None))


def renames(moves: Mapping[str, str]) -> dict[str, str]:
    """The moves to addresses at which there never was a page."""
    there = set(models.Page.objects.filter(path__in=set(moves.values())).values_list("path", flat=True))
    return {old: new for old, new in moves.items() if new not in there}


def _refuse_stale(changes: Sequence[Change], live: Mapping[Unit, str], moves: Mapping[str, str]) -> None:
    old = {new: old for old, new in renames(moves).items()}
    for change in changes:
        if live.get((old.get(change.path, change.path), change.part)) != change.expected:
            raise StaleTextError(f"{change.path} {change.part}")


def _move(moves: Mapping[str, str]) -> None:
    """A page takes along what belongs to its row: history, drafts, owner, texts. Or it gives way to another page."""
    renamed = renames(moves)
    for old, new in moves.items():
        page = models.Page.objects.filter(path=old)
        page.update(path=new) if old in renamed else page.update(is_retired=True)


def _keep(
    good: list[tuple[Change, Part]],
    origin: str,
    author: User | None,
    cause: str,
    drafts: Mapping[Unit, models.Draft],
) -> Revisions:
    units = states_of([change.unit for change, _ in good])
    revisions = []
    for change, value in good:
        text = write_part(value)
        revision = models.Revision(page=units[change.unit].page, part=change.part, digest=digest(text), text=text)
        if change.raw == text.encode():
            _parsed[change.part, revision.digest] = value
        revision.origin, revision.author = origin, author
        revision.reason, revision.cause, revision.note = change.reason, change.cause or cause, change.note
        if draft := drafts.get(change.unit):
            revision.writer_id, revision.reviewer_id = draft.author_id, draft.reviewer_id
        revisions.append(revision)
    models.Revision.objects.bulk_create(revisions, batch_size=_AT_ONCE)
    for (change, value), revision in zip(good, revisions, strict=True):
        state = units[change.unit]
        state.live = revision
        if change.agreed:
            _agree(state, change.agreed)
        if isinstance(value, Prose):
            name_page(state.page, change.part, value)
    _write(models.UnitState.objects, units.values(), ["live", "agreed", "hold", "held"])
    pages = {state.page.pk: state.page for state in units.values()}
    columns = ["is_retired", *(column(name, one) for name in TRANSLATED for one in LANGUAGES)]
    _write(models.Page.objects, pages.values(), columns)
    return {change.unit: revision for (change, _), revision in zip(good, revisions, strict=True)}


def _write(rows: Manager[Any], changed: Iterable[Any], columns: list[str]) -> None:
    """Some columns of rows that are there, as bulk_update does in ten times the time."""
    rows.bulk_create(changed, 50, update_conflicts=True, unique_fields=["id"], update_fields=columns)


def states_of(units: Iterable[Unit]) -> dict[Unit, models.UnitState]:
    """The units' rows, made where there are none; one object for each page. A page that had given way comes back."""
    wanted = list(dict.fromkeys(units))
    paths = list(dict.fromkeys(path for path, _ in wanted))
    models.Page.objects.bulk_create([models.Page(path=path) for path in paths], ignore_conflicts=True, batch_size=50)
    pages: dict[int, models.Page] = {}
    found: dict[Unit, models.UnitState] = {}
    for some in _in_batches(paths):
        pages |= {page.pk: page for page in models.Page.objects.filter(path__in=some)}
    for batch in _in_batches(list(pages)):
        for state in models.UnitState.objects.filter(page__in=batch).select_related("live"):
            state.page = pages[state.page_id]
            found[state.page.path, state.part] = state
    by_path = {page.path: page for page in pages.values()}
    missing = [models.UnitState(page=by_path[path], part=part) for path, part in wanted if (path, part) not in found]
    models.UnitState.objects.bulk_create(missing, batch_size=_AT_ONCE // 5)
    found |= {(state.page.path, state.part): state for state in missing}
    for page in pages.values():
        page.is_retired = False
    return {unit: found[unit] for unit in wanted}


def agree(agreed: Mapping[Unit, str]) -> None:
    """Records that file and site have the same text of units, or that the site's stays; nothing waits there any more.

    ``agreed``: unit -> the digest of the file's text.
    """
    states = states_of(agreed)
    changed = [state for unit, state in states.items() if _agree(state, agreed[unit])]
    _write(models.UnitState.objects, changed, ["agreed", "hold", "held"])


def _agree(state: models.UnitState, agreed: str) -> bool:
    if state.base == agreed and not state.hold:
        return False
    state.agreed = state.agreed if state.base == agreed else [*state.agreed, agreed]
    state.hold = state.held = ""
    return True


def hold(path: str, part: str, why: str, text: str) -> None:
    """Keeps the file's text of a unit until a person decides; the live text goes on serving."""
    with transaction.atomic():
        page = models.Page.objects.get(path=path)
        state = _state(page, part)
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


def english_of(path: str, pin: str) -> str | None:
    """The newest English text of a page that a translation with this pin follows."""
    known = models.Revision.objects.filter(page__path=path, part=SOURCE, was_live=True).order_by("-pk")
    return next((text for text in known.values_list("text", flat=True) if is_pinned(text, pin)), None)


def english_plan_of(pin: str) -> Plan | None:
    """The newest rules of the plan whose English words have this digest."""
    known = models.Revision.objects.filter(part=PLAN, was_live=True).order_by("-pk") if pin else ()
    for revision in known:
        try:
            plan = read_plan_text(revision.text).rules
        except TextError:
            continue
        if english_pin(plan) == pin:
            return plan
    return None


def _state(page: models.Page, part: str) -> models.UnitState:
    state, _ = models.UnitState.objects.select_related("live").get_or_create(page=page, part=part)
    return state


def _read(live: dict[tuple[str, str], int]) -> None:
    """Sees to it that every live text is in ``_parsed``. ``live``: part and digest -> revision."""
    global _parsed
    unread = {revision: unit for unit, revision in live.items() if unit not in _parsed}
    if len(_parsed) + len(unread) > len(live) + _KEPT:
        _parsed = {unit: value for unit, value in _parsed.items() if unit in live}
    for some in _in_batches(list(unread)):
        for revision, text in models.Revision.objects.filter(pk__in=some).values_list("pk", "text"):
            _parsed[unread[revision]] = _parse(unread[revision][0], text)


def _parse(part: str, text: str) -> Part | None:
    try:
        return read_part(part, text)
    except TextError as error:
        # An older version of the project took it. The page goes on without it, and content_sync says what is missing.
        _LOG.error("a live text (%s %s) cannot be read any more: %s", part, digest(text), error)
        return None


def _in_batches(keys: list[Any]) -> Iterable[list[Any]]:
    return (keys[start : start + _AT_ONCE] for start in range(0, len(keys), _AT_ONCE))


def name_page(page: models.Page, language: str, prose: Prose) -> None:
    """Title, heading and summary for lists and searches."""
    for name, value in zip(TRANSLATED, (prose.title, prose.h1, prose.summary), strict=True):
        setattr(page, column(name, language), value)
