"""The live state: what readers are served, the records it is made of, and the history of every text."""

from toolkit.models.facts import Channel, Contact, Figure, Provision, ReportRoute, Source
from toolkit.models.history import ContentVersion, Revision, UnitState
from toolkit.models.page import Page

__all__ = [
    "Channel",
    "Contact",
    "ContentVersion",
    "Figure",
    "Page",
    "Provision",
    "ReportRoute",
    "Revision",
    "Source",
    "UnitState",
]
