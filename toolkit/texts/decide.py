"""The three-way decision between a file, the live text and the text on which they last agreed."""

from collections.abc import Sequence
from enum import Enum


class Decision(Enum):
    IN_SYNC = "in sync"
    IMPORT = "to import"
    EXPORT = "to export"
    CONFLICT = "conflict"
    ROLLBACK = "rollback?"
    MISSING_FILE = "file missing"


def decide(agreed: Sequence[str], file: str | None, live: str | None) -> Decision:
    """What to do with one unit.

    ``agreed`` lists the digests on which file and site have agreed, oldest first; ``file`` and ``live`` are today's
    digests, None where there is no text. A file never disappears a live text; a file that went back to an older
    agreed text is a rollback, which a person has to want.
    """
    base = agreed[-1] if agreed else None
    if file == live:
        return Decision.IN_SYNC
    if file is None:
        return Decision.EXPORT if base is None else Decision.MISSING_FILE
    if live is None:
        return Decision.IMPORT
    if file == base:
        return Decision.EXPORT
    if file in agreed:
        return Decision.ROLLBACK
    return Decision.IMPORT if live == base else Decision.CONFLICT
