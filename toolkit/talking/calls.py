"""A hotline's number goes before readers when a second person has called it and says that it is right."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.models import User
from django.utils import timezone

from toolkit.live import NotFitError
from toolkit.models import Call, Draft, SkippedCall
from toolkit.texts.folder import file_name
from toolkit.texts.languages import FACTS
from toolkit.texts.page import Site, contacts_of, part_or_none
from toolkit.texts.problem import Fault, Problem
from toolkit.texts.records.facts import Contact, Facts
from toolkit.texts.records.numbers import written
from toolkit.texts.records.renaming import new_names

# A call from before that says nothing of today.
LASTS = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Asked:
    """A number that a draft would bring before readers, and the last call to it that counts, by whom it counts for."""

    contact: str
    name: str
    number: str
    call: Call | None

    @property
    def is_right(self) -> bool:
        return self.call is not None and self.call.was_right

    @property
    def shown(self) -> str:
        return written(self.number)


def asked_of(draft: Draft, site: Site) -> list[Asked]:
    """The numbers that a draft adds to its contacts or changes; of one that readers can see, nothing is asked."""
    facts = part_or_none(FACTS, draft.text) if draft.part == FACTS else None
    if not isinstance(facts, Facts):
        return []
    live = {one.id: _numbers(one) for one in contacts_of(site)}
    before = site[draft.page.path].facts if draft.page.path in site else None
    # One that only has another short name is the one that readers see.
    live |= {new: live[old] for old, new in new_names(before, facts).items() if old in live}
    return [
        Asked(contact.id, contact.name, number, _call(contact.id, number, draft.author_id))
        for contact in facts.contacts
        for number in _numbers(contact)
        if number not in live.get(contact.id, ())
    ]


def see_to(draft: Draft, user: User, site: Site, *, skipped: str = "") -> None:
    """Raises NotFitError naming the numbers that nobody else has called, unless ``skipped`` says why it cannot wait."""
    missing = [one for one in asked_of(draft, site) if not one.is_right]
    if missing and not skipped:
        raise NotFitError(list(_problems(draft, missing)))
    _skip(draft, user, missing, skipped)


def restored(draft: Draft, user: User, site: Site) -> None:
    """What an older version brings back is called afterwards."""
    _skip(draft, user, [one for one in asked_of(draft, site) if not one.is_right], "")


def still_skipped(site: Site) -> list[SkippedCall]:
    """The numbers before readers that went there without a call and have had none since; each once."""
    shown = {(contact.id, number) for contact in contacts_of(site) for number in _numbers(contact)}
    found = {
        (one.contact, one.number): one
        for one in SkippedCall.objects.select_related("page", "publisher", "writer").order_by("id")
        if (one.contact, one.number) in shown
    }
    return [one for one in found.values() if not _is_made_up_for(one)]


def _is_made_up_for(skipped: SkippedCall) -> bool:
    calls = Call.objects.filter(contact=skipped.contact, number=skipped.number, at__gte=skipped.at)
    call = calls.exclude(caller_id=skipped.writer_id).first()
    return call is not None and call.was_right


def _call(contact: str, number: str, writer: int | None) -> Call | None:
    """The last call of somebody other than the writer."""
    since = timezone.now() - LASTS
    calls = Call.objects.filter(contact=contact, number=number, at__gte=since).exclude(caller_id=writer)
    found: Call | None = calls.select_related("caller").first()
    return found


def _numbers(contact: Contact) -> list[str]:
    return list(dict.fromkeys(channel.value for channel in contact.phones))


def _skip(draft: Draft, user: User, missing: list[Asked], reason: str) -> None:
    for one in missing:
        SkippedCall.objects.create(
            page=draft.page, contact=one.contact, number=one.number, reason=reason[:300],
            writer_id=draft.author_id, publisher=user,
        )  # fmt: skip


def _problems(draft: Draft, missing: list[Asked]) -> Iterator[Problem]:
    for one in missing:
        fault = Fault("not-called", number=one.shown)
        fault = Fault("in-record", kind="contacts", record=one.contact, fault=fault)
        yield Problem.of(file_name(draft.page.path, FACTS), 1, fault)
