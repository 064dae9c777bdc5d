"""The published versions of every page: what each of its texts was from one publication to the next."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from toolkit import models
from toolkit.texts.languages import BUTTONS, FACTS, SOURCE
from toolkit.texts.page import Version

# Texts of a page that one publication made live together were written down within less than this.
_TOGETHER = timedelta(seconds=1)
_AT_ONCE = 900

Versions = Mapping[str, tuple[Version, ...]]


class _Publication:
    """What one publication changed of a page: part -> digest, part -> what readers are told."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.texts: dict[str, str] = {}
        self.notes: dict[str, str] = {}

    def takes(self, at: datetime, part: str) -> bool:
        return part not in self.texts and at - self.at < _TOGETHER


def published() -> dict[str, tuple[Version, ...]]:
    """Path -> the versions of the page that is there now, oldest first. History never changes, nor do their numbers."""
    # Words of buttons stand on every page, and are no version of one.
    live = models.Revision.objects.filter(was_live=True, page__is_retired=False)
    rows = live.exclude(part=BUTTONS).order_by("pk")
    found: dict[str, list[_Publication]] = {}
    for path, part, digest, at, note in rows.values_list("page__path", "part", "digest", "created", "note"):
        publications = found.setdefault(path, [])
        if not publications or not publications[-1].takes(at, part):
            publications.append(_Publication(at))
        publications[-1].texts[part] = digest
        if note:
            publications[-1].notes[part] = note
    return {path: _versions(publications) for path, publications in found.items()}


def texts_of(digests: Iterable[str]) -> dict[str, str]:
    """The published texts that some digests name."""
    wanted, found = list(digests), dict[str, str]()
    for start in range(0, len(wanted), _AT_ONCE):
        some = models.Revision.objects.filter(was_live=True, digest__in=wanted[start : start + _AT_ONCE])
        found |= dict(some.values_list("digest", "text"))
    return found


def _versions(publications: list[_Publication]) -> tuple[Version, ...]:
    """Numbered from one, without what readers could not see: a page before it was whole, a text published again."""
    texts: dict[str, str] = {}
    versions: list[Version] = []
    for one in publications:
        before, texts = texts, texts | one.texts
        if {FACTS, SOURCE} <= texts.keys() and (before != texts or one.notes):
            versions.append(Version(len(versions) + 1, one.at, texts, one.notes, _id_of(one)))
    return tuple(versions)


def _id_of(one: _Publication) -> str:
    """The same for ever, wherever the page moves to."""
    name = " ".join([one.at.isoformat(), *(f"{part} {digest}" for part, digest in sorted(one.texts.items()))])
    return uuid.uuid5(uuid.NAMESPACE_OID, name).urn
