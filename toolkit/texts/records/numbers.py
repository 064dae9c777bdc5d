"""Telephone numbers: as they are dialled, which is all that is kept, and as they are written, which follows from it."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat

from toolkit.texts.canonical import INVISIBLE, SPACES
from toolkit.texts.problem import Fault, FaultError

HOME, HOME_CODE = "MY", "+60"
# With its country, or a short number, or one that is dialled in Malaysia only.
DIALLABLE = re.compile(r"\+[1-9]\d{7,14}|\d{3,6}|1[38]00\d{6}", re.ASCII)
_SCHEME = re.compile(r"(?:tel|sms|callto|whatsapp):|(?:https?://)?(?:wa\.me|api\.whatsapp\.com)/", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s().\-\u2010-\u2015\u2212]+")
# First digits after the country's -> how many digits follow the country's, and such a number as it is written.
_LENGTHS = (
    (r"1[3678]00", 10, "1-300-88-2999"),
    (r"1[15]", 10, "011-1234 5678"),
    (r"1", 9, "012-345 6789"),
    (r"3", 9, "03-1234 5678"),
    (r"[4-79]", 8, "04-123 4567"),
    (r"8", 8, "088-123 456"),
)


def read_number(typed: str) -> str:
    """A number as people write it -> as it is dialled: ``+60330008858``, or ``15999``. Raises FaultError."""
    text = SPACES.sub(" ", INVISIBLE.sub("", unicodedata.normalize("NFKC", typed))).strip()
    bare = _BETWEEN.sub("", _SCHEME.sub("", text, count=1))
    if re.search(r"[^\W\d_]", bare):
        raise FaultError(Fault("number-letters", number=typed[:40]))
    if not re.fullmatch(r"\+?\d{1,40}", bare, re.ASCII):
        raise FaultError(Fault("number-signs", number=typed[:40]))
    value = _with_country(bare)
    if not DIALLABLE.fullmatch(value):
        raise FaultError(_length_fault(value) or Fault("number-how", number=typed[:40]))
    return value


def number_faults_of(value: str) -> Iterator[tuple[Fault, bool]]:
    """What is wrong with a number that can be dialled, and whether it is only worth a look."""
    if not value.startswith("+"):
        return
    if fault := _length_fault(value):
        yield fault, False
        return
    number = _parsed(value)
    if number is None or not phonenumbers.is_possible_number(number):
        yield Fault("number-impossible", number=written(value)), False
    elif not phonenumbers.is_valid_number(number):
        yield Fault("number-no-range", number=written(value)), True
    elif (country := phonenumbers.region_code_for_number(number)) != HOME:
        yield Fault("number-abroad", number=written(value), country=country or ""), True


@lru_cache(maxsize=4096)
def written(value: str) -> str:
    """A number as it is written where it is dialled: ``03-3000 8858``, ``15999``, ``+65 6123 4567``."""
    number = _parsed(value) if len(value) > 6 else None
    if number is None:
        return value
    is_home = value.startswith(HOME_CODE) or not value.startswith("+")
    shown = phonenumbers.format_number(
        number, PhoneNumberFormat.NATIONAL if is_home else PhoneNumberFormat.INTERNATIONAL
    )
    # What is shown is always what is dialled, whatever a list of countries says.
    return shown if is_dialled_by(shown, value) else value


def is_dialled_by(typed: str, value: str) -> bool:
    """Whether what stands somewhere is a way to write a number."""
    try:
        return read_number(typed) == value
    except FaultError:
        return False


def _with_country(bare: str) -> str:
    if bare.startswith("00"):
        bare = f"+{bare[2:]}"
    if bare.startswith(HOME_CODE):
        bare = HOME_CODE + bare[3:].removeprefix("0")
        inside = bare[3:]
        return inside if re.fullmatch(r"1[38]00\d{6}", inside) else bare
    if bare.startswith("0"):
        return HOME_CODE + bare[1:]
    if bare.startswith("60") and len(bare) > 9:
        return f"+{bare}"
    return bare


def _length_fault(value: str) -> Fault | None:
    """A digit too few or too many in a number of Malaysia."""
    if not value.startswith(HOME_CODE):
        return None
    inside = value[3:]
    for first, length, example in _LENGTHS:
        if re.match(first, inside):
            if len(inside) == length:
                return None
            wanted = sum(one.isdigit() for one in example)
            return Fault(
                "number-length", number=value, digits=len(inside) + wanted - length, wanted=wanted, example=example
            )
    return Fault("number-how", number=value)


def _parsed(value: str) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(value, HOME)
    except phonenumbers.NumberParseException:
        return None
