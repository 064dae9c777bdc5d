"""How many readers said what of which page, in the memory of the readers' process until staff's process takes it.

A count is a page, a reason and a day. Limits are for all readers together, so that nobody has to be remembered.
"""

import hashlib
import hmac
import threading
import time
from collections import Counter
from datetime import date

from toolkit.rendering.doubts import key_file

# Of one page and reason a day, of all a minute, and of different ones that wait to be taken.
MOST_A_DAY, MOST_A_MINUTE, MOST_WAITING = 50, 60, 5_000


class Counts:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._today: Counter[tuple[str, str]] = Counter()
        self._waiting: Counter[tuple[str, str, str]] = Counter()
        self._day, self._minute, self._in_minute = date.min, 0, 0

    def add(self, path: str, reason: str, day: date) -> None:
        """Counts it, or above a limit does not."""
        with self._lock:
            if day != self._day:
                self._day, self._today = day, Counter()
            if (minute := int(time.monotonic() // 60)) != self._minute:
                self._minute, self._in_minute = minute, 0
            one, key = (path, reason), (path, reason, day.isoformat())
            is_full = key not in self._waiting and len(self._waiting) >= MOST_WAITING
            if self._today[one] >= MOST_A_DAY or self._in_minute >= MOST_A_MINUTE or is_full:
                return
            self._today[one] += 1
            self._waiting[key] += 1
            self._in_minute += 1

    def take(self) -> list[tuple[str, str, str, int]]:
        """(path, reason, day, number) since it was taken last."""
        with self._lock:
            found = [(*key, number) for key, number in self._waiting.items()]
            self._waiting.clear()
            return found


COUNTS = Counts()


def may_take(key: str) -> bool:
    """Whether the key is staff's (toolkit/keeping/doubts.py), whose digest lies with the edition."""
    try:
        known = key_file().read_text()
    except OSError:
        return False
    return hmac.compare_digest(hashlib.sha256(key.encode()).hexdigest(), known)
