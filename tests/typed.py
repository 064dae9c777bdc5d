"""How people type a text of the guide: in another script, romanised, in a chat's spelling. For tests of the search."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from opencc import OpenCC
from pypinyin import lazy_pinyin

from survivors.search.spelling import is_real_word

_HAN = re.compile("[\u4e00-\u9fff]+")
_CONSONANTS = "கஙசஞடணதநபமயரலவழளறனஜஷஸஹ"
_SIGNS = "ாிீுூெேைொோௌ"
_VOWELS = "அஆஇஈஉஊஎஏஐஒஓஔ"
# The three ways in which Tamil is most often typed in Latin letters: as in books, as in chats, as in Malaysian chats.
_SCHEMES = {
    "books": (
        "k ng ch nj t n th n p m y r l v zh l r n j sh s h",
        "aa i ee u oo e ae ai o oa au",
        "a aa i ee u oo e ae ai o oa au",
    ),
    "chats": (
        "g ng s nj d n dh n b m y r l v zh l r n j sh s h",
        "a i i u u e e ai o o au",
        "a a i i u u e e ai o o au",
    ),
    "malaysian": (
        "k ng c nj t n t n p m y r l w l l r n j s s h",
        "a i ii u uu e ee ei o oo au",
        "a aa i ii u uu e ee ei o oo au",
    ),
}


def romanised(scheme: str) -> Callable[[str], str]:
    """A function that types Tamil script in Latin letters."""
    consonants, signs, vowels = (letters.split() for letters in _SCHEMES[scheme])
    of_consonant = dict(zip(_CONSONANTS, consonants, strict=True))
    of_sign = dict(zip(_SIGNS, signs, strict=True)) | {"்": ""}
    of_vowel = dict(zip(_VOWELS, vowels, strict=True)) | {"ஃ": ""}

    def typed(text: str) -> str:
        letters = []
        for place, one in enumerate(text):
            if one in of_consonant:
                follows = text[place + 1 : place + 2]
                letters.append(of_consonant[one] + ("" if follows and follows in of_sign else "a"))
            else:
                letters.append(of_sign.get(one, of_vowel.get(one, one)))
        return "".join(letters)

    return typed


def converted(standard: str) -> Callable[[str], str]:
    """A function that types simplified characters as elsewhere: s2t, s2twp, s2hk."""
    return _opencc(standard).convert


@cache
def _opencc(standard: str) -> OpenCC:
    return OpenCC(standard)


def pinyin(between: str) -> Callable[[str], str]:
    """A function that types characters as pinyin."""
    return lambda text: _HAN.sub(lambda run: f" {between.join(lazy_pinyin(run[0]))} ", text).strip()


_MALAY = {
    "saya": "sy", "yang": "yg", "dengan": "dgn", "tidak": "x", "tak": "x", "gambar": "gmbr", "orang": "org", "kawan": "kwn",
    "macam mana": "camne", "kepada": "kpd", "untuk": "utk", "telefon": "tepon", "akaun": "acc", "nak": "nk", "anak": "ank",
}  # fmt: skip
_ENGLISH = {
    "please": "pls", "you": "u", "your": "ur", "pictures": "pics", "picture": "pic", "photo": "foto", "videos": "vids",
    "video": "vid", "account": "acc", "someone": "sum1", "people": "ppl", "and": "n", "message": "msg", "messages": "msgs",
    "instagram": "ig", "facebook": "fb", "telegram": "tele", "boyfriend": "bf", "girlfriend": "gf", "phone": "hp",
    "password": "pw", "number": "no", "because": "bcoz", "the": "da",
}  # fmt: skip


def malay_chat(text: str) -> str:
    return re.sub(r"\b(\w+)-\1\b", r"\g<1>2", _replaced(text, _MALAY))


def malay_by_ear(text: str) -> str:
    """k as q, a last a as e, unless that is another word: dosa is not dose."""
    return re.sub(r"\w+", lambda word: _by_ear(word[0]), text.lower())


def _by_ear(word: str) -> str:
    if len(word) < 4 or not word.isalpha():
        return word
    heard = re.sub("(?<=[a-z]{3})a$", "e", word.replace("k", "q"))
    return word if is_real_word(heard) or is_real_word(heard.replace("q", "k")) else heard


def english_chat(text: str) -> str:
    return _replaced(text, _ENGLISH).replace("'", "")


def drawn_out(text: str) -> str:
    """The last letter of each longer word is kept down."""
    return re.sub(r"\b([a-z]{3,}?)([a-z])\b", r"\1\2\2\2", text.lower())


def _replaced(text: str, short: dict[str, str]) -> str:
    for long, typed in short.items():
        text = re.sub(rf"\b{long}\b", typed, text, flags=re.IGNORECASE)
    return text


def phone_forms(number: str) -> list[str]:
    """Ways to write +60192615999 or 15999."""
    if not number.startswith("+60"):
        forms = [number, " ".join(number), number[:1] + "-" + number[1:]]
    else:
        rest = number.removeprefix("+60")
        local = "0" + rest
        forms = [
            number, local, f"+60 {rest[:2]}-{rest[2:5]} {rest[5:]}", f"{local[:3]}-{local[3:]}", f"0060{rest}", f"60{rest}",
            f"{local[:3]} {local[3:6]} {local[6:]}", f"({local[:2]}) {local[2:]}", f"{local[:3]}.{local[3:]}",
        ]  # fmt: skip
    digits = [str.maketrans("0123456789", other) for other in ("０１２３４５６７８９", "௦௧௨௩௪௫௬௭௮௯")]
    return forms + [form.translate(one) for form in forms[:2] for one in digits]


_HAN_DIGITS = str.maketrans("0123456789", "零一二三四五六七八九")


def section_forms(section: str) -> list[str]:
    """Ways to cite a section: 507b, 233(3)."""
    return [
        f"s {section}", f"s.{section}", f"s{section}", f"sec {section}", f"Section {section}", f"seksyen {section}",
        f"Seksyen {section.upper()}", f"第{section.upper()}条", f"第{section}條", f"{section.upper()}条", f"பிரிவு {section}",
        f"section {section} penal code", f"第{section.translate(_HAN_DIGITS)}条",
    ]  # fmt: skip
