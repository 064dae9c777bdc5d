"""The live state: what readers are served, the records it is made of, and the history of every text."""

from toolkit.models.facts import Channel, Contact, Figure, Provision, ReportRoute, Source
from toolkit.models.history import ContentVersion, Revision, UnitState
from toolkit.models.links import Link
from toolkit.models.page import Page
from toolkit.models.staff import AuditEntry, Draft, StaffMember

__all__ = [
    "AuditEntry",
    "Channel",
    "Contact",
    "ContentVersion",
    "Draft",
    "Figure",
    "Link",
    "Page",
    "Provision",
    "ReportRoute",
    "Revision",
    "Source",
    "StaffMember",
    "UnitState",
]
