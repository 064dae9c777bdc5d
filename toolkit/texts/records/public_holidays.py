"""The public holidays of Malaysia's states and federal territories, from the package holidays.

Days that follow the moon are estimates until they are announced (docs/content.md).
"""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from holidays import country_holidays

# Where a national body is taken to be when its record and the reader name no state.
CAPITAL = "kuala-lumpur"

_CODES = {
    "johor": "JHR", "kedah": "KDH", "kelantan": "KTN", "kuala-lumpur": "KUL", "labuan": "LBN", "melaka": "MLK",
    "negeri-sembilan": "NSN", "pahang": "PHG", "penang": "PNG", "perak": "PRK", "perlis": "PLS", "putrajaya": "PJY",
    "sabah": "SBH", "sarawak": "SWK", "selangor": "SGR", "terengganu": "TRG",
}  # fmt: skip


def is_public_holiday(day: date, states: Iterable[str]) -> bool:
    """Whether a day is a public holiday in one of the states (slugs)."""
    return any(day in _days(state, day.year) for state in states)


@lru_cache(maxsize=128)
def _days(state: str, year: int) -> frozenset[date]:
    return frozenset(country_holidays("MY", subdiv=_CODES[state], years=year))
