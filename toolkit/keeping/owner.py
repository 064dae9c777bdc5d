"""Who publishes the guide: set by Administrators, and live at once."""

from dataclasses import replace
from datetime import date

from django.contrib.auth.models import User
from django.db import transaction

from toolkit.judging import Change
from toolkit.live import live_site, publish
from toolkit.models import AuditEntry, Cause, Event
from toolkit.rendering.guide import HOME
from toolkit.texts.canonical import digest
from toolkit.texts.languages import FACTS
from toolkit.texts.page import Site, write_part
from toolkit.texts.records.owner import Owner


def owner(site: Site) -> Owner:
    facts = site[HOME].facts if HOME in site else None
    return (facts.owner if facts else None) or Owner()


def set_owner(new: Owner, user: User, today: date) -> None:
    """As a version of home's facts. Raises NotFitError, StaleTextError, KeyError where there is no home."""
    site = live_site()
    facts = site[HOME].facts
    if facts is None:
        raise KeyError(HOME)
    if new == owner(site):
        return
    change = Change.of(HOME, FACTS, replace(facts, owner=new if new != Owner() else None), digest(write_part(facts)))
    with transaction.atomic():
        publish([change], origin="staff", author=user, cause=Cause.OWNER_SET, today=today)
        AuditEntry.add(user, Event.OWNER_SET, new.name)
