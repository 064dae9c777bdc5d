"""What readers may say is wrong on a page, and where staff's process takes the counts from the readers' process."""

from pathlib import Path

from django.conf import settings

REASONS = ("number", "link", "law", "hard", "language", "else")
TAKEN_AT = "/counts"


def key_file() -> Path:
    """The digest of staff's key, beside the edition: all that the readers' process sees of staff's."""
    return Path(settings.DATA_DIR) / "edition" / "collector"
