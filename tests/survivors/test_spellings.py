"""Every title and keyword of the guide, typed back in each script and form, finds its page as it does as written."""

from __future__ import annotations

import re
from functools import cache

import pytest

from survivors.search.index import Index
from tests import typed
from toolkit.live import live_site
from toolkit.rendering.guide import Guide, facts_of

# A run of this file alone has a database only if a test asks for one; the index is made of what is in it.
pytestmark = pytest.mark.django_db
FIRST = 5
FORMS = {
    "zh-hans": {
        "traditional": typed.converted("s2t"),
        "taiwan": typed.converted("s2twp"),
        "hong kong": typed.converted("s2hk"),
        "pinyin": typed.pinyin(""),
        "pinyin spaced": typed.pinyin(" "),
    },
    "ta": {scheme: typed.romanised(scheme) for scheme in ("books", "chats", "malaysian")},
    "ms": {"chat": typed.malay_chat, "by ear": typed.malay_by_ear, "drawn out": typed.drawn_out},
    "en": {"chat": typed.english_chat, "drawn out": typed.drawn_out},
}
# Known to be lost, each for a reason: what is left of it when it is typed so is another word (எண், number, sounds like
# என், my; insta becomes inste; 假微信, a false WeChat, sounds like adding one), or says so little that other pages come
# first (தொல்லை, trouble; 找人谈谈, to talk to someone).
SOUNDS_LIKE_ANOTHER = {
    "உதவி எண்", "insta", "akaun X", "从bing删除", "AI色情", "AI裸照", "gambar kena sebar",
    "mcm mana nak report", "nak report kat mana", "report ramai-ramai", "tak boleh buat apa", "kena ugut",
    "தொல்லை", "找人谈谈", "假微信",
}  # fmt: skip
SCRIPTS = {"zh-hans": re.compile("[\u4e00-\u9fff]{2}"), "ta": re.compile("[\u0b80-\u0bff]{3}")}
WORDS = re.compile("[A-Za-z]{3}")


@pytest.fixture(scope="session")
def index(real_content, django_db_blocker) -> Index:
    with django_db_blocker.unblock():
        return Index(Guide.of(live_site()))


def lost(index: Index, language: str, form) -> list[tuple[str, str, str]]:
    """What has its page among the first hits as written, and among none in another form: (path, written, typed)."""
    return [
        (path, written, form(written))
        for path, written in found_as_written(index, language)
        if (other := form(written)) != written and path not in ranked(index, other, language)
    ]


@cache
def found_as_written(index: Index, language: str) -> list[tuple[str, str]]:
    """Every title and keyword that finds its page among the first, with its page."""
    pages = ((path, page.prose[language]) for path, page in index.guide.site.items() if path)
    names = sorted({(path, name) for path, prose in pages for name in (prose.title, prose.h1, *prose.keywords)})
    script = SCRIPTS.get(language, WORDS)
    return [(path, name) for path, name in names if script.search(name) and path in first(index, name, language)]


def first(index: Index, query: str, language: str) -> list[str]:
    return list(dict.fromkeys(ranked(index, query, language)))[:FIRST]


@cache
def ranked(index: Index, query: str, language: str) -> list[str]:
    """A keyword stands on several pages, and many forms are the same in Taiwan and Hong Kong."""
    return index.ranked(query, language)


@pytest.mark.parametrize(("language", "name"), [(one, name) for one in FORMS for name in FORMS[one]])
def test_what_is_found_as_written_is_found_in_every_script_and_form(index, language, name):
    assert [one for one in lost(index, language, FORMS[language][name]) if one[1] not in SOUNDS_LIKE_ANOTHER] == []


@pytest.mark.parametrize("language", ["en", "ms", "ta", "zh-hans"])
def test_every_telephone_number_is_found_in_any_writing(index, language):
    missed = [
        (path, form)
        for path, page in index.guide.site.items()
        for contact in facts_of(page).contacts
        for channel in contact.phones
        for form in typed.phone_forms(channel.value)
        if path not in first(index, form, language)
    ]
    assert missed == []


@pytest.mark.parametrize("language", ["en", "ms", "ta", "zh-hans"])
def test_every_number_that_was_replaced_says_who_answers_now(index, language):
    missed = [
        (path, form)
        for path, page in index.guide.site.items()
        for contact in facts_of(page).contacts
        for channel in contact.channels
        if channel.status == "superseded" and channel.kind in ("tel", "whatsapp", "sms")
        for form in typed.phone_forms(channel.value)
        if channel.superseded_by not in index.find(form, language).replaced
    ]
    assert missed == []


@pytest.mark.parametrize("language", ["en", "ms", "ta", "zh-hans"])
def test_every_section_of_a_law_is_found_however_it_is_cited(index, language):
    missed = [
        (path, form)
        for path, page in index.guide.site.items()
        for provision in facts_of(page).provisions
        if re.fullmatch(r"\d+[A-Z]?(\(\d\))?", provision.section)
        for form in typed.section_forms(provision.section.lower())
        if path not in first(index, form, language)
    ]
    assert missed == []
