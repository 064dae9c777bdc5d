"""How long something takes."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """What it gave, and the seconds of processor that it took here: another program's load does not count."""
    began = time.thread_time()
    found = work()
    return found, time.thread_time() - began
