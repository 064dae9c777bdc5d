"""The pages, every version of their texts, which of these is live, and who keeps them."""

from toolkit.models.history import Cause, ContentVersion, Revision, UnitState
from toolkit.models.links import Doubt, Link
from toolkit.models.page import Page
from toolkit.models.remarks import OutsideReader, Remark
from toolkit.models.staff import AuditEntry, Batch, Call, Draft, Event, SkippedCall, StaffMember

__all__ = [
    "AuditEntry",
    "Batch",
    "Call",
    "Cause",
    "ContentVersion",
    "Doubt",
    "Draft",
    "Event",
    "Link",
    "OutsideReader",
    "Page",
    "Remark",
    "Revision",
    "SkippedCall",
    "StaffMember",
    "UnitState",
]
