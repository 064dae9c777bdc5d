"""Log lines without the reader: what failed, never who asked or for which page."""

import logging


class NoAddress(logging.Filter):
    """Replaces Django's "Internal Server Error: /ta/types/…" and drops the request that handlers might print."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django.request"):
            record.msg, record.args = "A page failed: %s", (_failure(record),)
        record.__dict__.pop("request", None)
        return True


def _failure(record: logging.LogRecord) -> str:
    error = record.exc_info[1] if record.exc_info else None
    return type(error).__name__ if error else f"status {getattr(record, 'status_code', '?')}"
