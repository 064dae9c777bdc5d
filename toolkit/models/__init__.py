"""The pages, every version of their texts, which of these is live, and who keeps them."""

from toolkit.models.history import ContentVersion, Revision, UnitState
from toolkit.models.links import Link
from toolkit.models.page import Page
from toolkit.models.staff import AuditEntry, Draft, StaffMember

__all__ = [
    "AuditEntry",
    "ContentVersion",
    "Draft",
    "Link",
    "Page",
    "Revision",
    "StaffMember",
    "UnitState",
]
