"""Numbers, amounts and addresses that stand in words instead of in a record, however they are typed.

A record has a source and a day of checking; a number in a sentence is right on the day it is typed.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import lru_cache

from toolkit.texts.words.grammar import MARK_END, MARK_START

_MARKED = re.compile(f"{MARK_START}[^{MARK_END}]*{MARK_END}")
# Ten, a hundred and a thousand of the old Tamil numerals end in as many noughts; one stands for them.
_TAMIL_TENS = {"௰": "0", "௱": "0", "௲": "0"}

# Seven digits or more, with at most three signs between two of them.
_DIGITS = re.compile(r"(?<![\w.,])\+?\(?\d(?:[ .\-()/·_]{0,3}\d){6,40}")
_DATE = re.compile(r"\d{1,2}[./-] ?\d{1,2}[./-] ?(?:19|20)\d\d|(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2}")
_LOCAL = re.compile(r"(?<![\w.,/-])\d{3,4}[ -]\d{4}(?![\w,/-])")
_YEAR = re.compile(r"(?:19|20)\d\d")
_IN_HAN = re.compile(r"[〇零一二三四五六七八九]{7,}")
_NUMBER = re.compile(r"(?<![\w.,-])\d{3,6}(?!\w|[.,-]\d)")

_LATIN_CURRENCY = r"(?<![a-z])(?:r\.?m\.?|myr|usd|us\$|sgd|s\$|ringgits?(?: malaysia)?)(?![a-z])"
_CURRENCY = rf"(?:{_LATIN_CURRENCY}|[$€£]|令吉|零吉|林吉特|马币|馬幣|ரிங்கிட்|ரிங்கிட|ரி\.ம\.?)"
_SCALE = (
    "(?:k|ribu|juta|bilion|thousand|million|billion|hundred|ratus|puluh"
    "|ஆயிரம்|லட்சம்|இலட்சம்|மில்லியன்|கோடி|[百千万萬亿億]{1,9})"
)
_LATIN_NUMBERS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty"
    "|ninety|hundred|thousand|million|satu|dua|tiga|empat|lima|enam|tujuh|lapan|sembilan|sepuluh|belas|puluh|ratus|seratus"
    "|ribu|seribu|juta|sejuta|setengah"
)
# "A few thousand" (几千) is no amount; of a Tamil word, its end says the number.
_HAN_NUMBERS = "(?<![几数幾數])[一二两兩三四五六七八九十百千万萬亿億]{1,20}"
_TAMIL_NUMBERS = "ஆயிரம்|ாயிரம்|நூறு|ூறு|லட்சம்|மில்லியன்|கோடி|பது|பத்து|இரண்டு|மூன்று|நான்கு|ஐந்து|ஆறு|ஏழு|எட்டு"
_IN_WORDS = f"(?:(?<![a-z])(?:{_LATIN_NUMBERS})(?![a-z])|{_HAN_NUMBERS}|{_TAMIL_NUMBERS})"
_AMOUNT = re.compile(
    rf"{_CURRENCY}[ :~.\-]{{0,3}}(?:\d|{_IN_WORDS})"
    rf"|(?:\d[\d.,]{{0,20}}[ -]{{0,2}}{_SCALE}?|{_IN_WORDS})[ -]{{0,2}}{_CURRENCY}"
)
_EMAIL = re.compile(
    r"[\w.+-]{1,64}(?:@| ?[\[(] ?(?:at|@) ?[\])] ?)[\w-]{1,63}(?:(?:\.| ?[\[(] ?(?:dot|\.) ?[\])] ?)[\w-]{1,63})+"
    r"|(?<!\w)[\w.+-]{1,64} at [\w-]{1,63} dot (?:com|org|net|my)(?!\w)"
)
_LONG_ENDS = "com|org|net|gov|edu|info|app|int|biz|dev|online|site|link|page|xyz"
_SHORT_ENDS = "my|io|me|co|sg|uk|us|tv|ly|gl|ai|id|cn|hk|tw|au|eu|nz"
_HOST = re.compile(
    rf"https?://[^\s<>)\]]+|(?<!\w)www\.\w[\w.-]*"
    rf"|(?<![\w@.-])(?:[a-z0-9][a-z0-9-]{{0,62}}\.){{1,4}}(?:{_LONG_ENDS}|{_SHORT_ENDS})(?![\w-])(?:\.(?:{_SHORT_ENDS}))?",
    re.ASCII,
)


def typed_number(words: str) -> tuple[str, int] | None:
    """The first telephone number or amount in some words, as it is typed, and where it begins."""
    text = _plain(words)
    places = [*_phones(text), *(match.span() for match in _AMOUNT.finditer(text.lower()))]
    return _first(words, places)


def typed_short_number(words: str, known: Collection[str]) -> tuple[str, int] | None:
    """The first of the ``known`` short numbers (such as 999) that stands by itself."""
    text = _plain(words)
    return _first(words, [match.span() for match in _NUMBER.finditer(text) if match.group() in known])


def typed_email(words: str) -> tuple[str, int] | None:
    text = _plain(words).lower()
    return _first(words, [match.span() for match in _EMAIL.finditer(text)])


def typed_hosts(words: str) -> Iterator[tuple[str, int]]:
    """Each web address or host in some words, in small letters, and where it begins."""
    text = _plain(words)
    low = text.lower()
    for match in _HOST.finditer(low):
        end = match.group().rpartition(".")[2]
        # "Ask for help.My friend did": a short ending counts in small letters only.
        if end not in _SHORT_ENDS.split("|") or text[match.end() - len(end) : match.end()].islower():
            yield match.group(), match.start()


def host_of(address: str) -> str:
    """A web address or a host -> the host, without "www."."""
    return address.rpartition("://")[2].partition("/")[0].lower().removeprefix("www.")


def _phones(text: str) -> Iterator[tuple[int, int]]:
    for match in _DIGITS.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        if _is_phone(match.group(), digits) and not _DATE.fullmatch(match.group().strip(" ()-.")):
            yield match.span()
    for match in _LOCAL.finditer(text):
        if not _YEAR.fullmatch(match.group()[-4:]):
            yield match.span()
    yield from (match.span() for match in _IN_HAN.finditer(text))


def _is_phone(typed: str, digits: str) -> bool:
    if typed.startswith(("+", "(+")) or (digits.startswith("0") and len(digits) >= 8):
        return True
    return (digits.startswith("60") and len(digits) >= 9) or bool(re.match(r"1[3578]00\d{6}", digits))


def _first(words: str, places: list[tuple[int, int]]) -> tuple[str, int] | None:
    if not places:
        return None
    start, end = min(places)
    return " ".join(words[start:end].split()), start


@lru_cache(maxsize=32)  # each kind of number is looked for in the same words
def _plain(words: str) -> str:
    """The words sign for sign, with digits, spaces, dashes and full-width signs as the plain ones; directives away."""
    return _MARKED.sub(lambda match: "\ufffc" * len(match.group()), words).translate(_PLAIN_SIGNS)


class _PlainSigns(dict[int, str]):
    """Each sign that was met, as the plain one."""

    def __missing__(self, sign: int) -> str:
        self[sign] = plain = _plain_sign(chr(sign))
        return plain


_PLAIN_SIGNS = _PlainSigns()


def _plain_sign(sign: str) -> str:
    if sign.isascii():
        return " " if sign.isspace() else sign
    if sign.isdecimal():
        return str(unicodedata.decimal(sign))
    if sign.isspace():
        return " "
    if unicodedata.category(sign) == "Pd" or sign == "−":
        return "-"
    if "！" <= sign <= "～":
        return chr(ord(sign) - 0xFEE0)
    return _TAMIL_TENS.get(sign, sign)
