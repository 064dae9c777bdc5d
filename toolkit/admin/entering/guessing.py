"""How often a log-in may be tried, counted before a password is hashed: hashing is what makes guesses dear for us.

Beside axes, which keeps who failed for a name from an address in the database. This counts tries, in memory.
"""

import threading
import time
from collections import deque

WINDOW = 5 * 60  # seconds
# A whole office may share an address; a name belongs to one person, but strangers may try it from many addresses, and
# must not be able to shut her out with a few.
FROM_AN_ADDRESS, FOR_A_NAME = 20, 30
MOST_KEPT = 20_000

_lock = threading.Lock()
_tries: dict[tuple[str, str], deque[float]] = {}


def wait(address: str | None, name: str) -> int:
    """Notes a try; seconds to wait where there were too many, which is not noted, else 0."""
    now = time.monotonic()
    with _lock:
        if len(_tries) > MOST_KEPT:
            _forget_the_old(now)
        counted = [(("address", address or ""), FROM_AN_ADDRESS), (("name", name.casefold()[:150]), FOR_A_NAME)]
        tries = [(_recent(key, now), limit) for key, limit in counted]
        full = [one[0] for one, limit in tries if len(one) >= limit]
        if full:
            return max(1, int(max(full) + WINDOW - now) + 1)
        for one, _ in tries:
            one.append(now)
    return 0


def worked(address: str | None, name: str) -> None:
    """Whoever has got in has not been guessing."""
    with _lock:
        _tries.pop(("address", address or ""), None)
        _tries.pop(("name", name.casefold()[:150]), None)


def forget() -> None:
    with _lock:
        _tries.clear()


def _recent(key: tuple[str, str], now: float) -> deque[float]:
    found = _tries.setdefault(key, deque())
    while found and found[0] < now - WINDOW:
        found.popleft()
    return found


def _forget_the_old(now: float) -> None:
    for key in [key for key, times in _tries.items() if not times or times[-1] < now - WINDOW]:
        del _tries[key]
    if len(_tries) > MOST_KEPT:
        _tries.clear()
