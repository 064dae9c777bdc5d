"""The words of the interface: complete in every language, from the templates and code as they are now."""

from __future__ import annotations

import re
from pathlib import Path

import django
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation import to_locale

from toolkit.texts.languages import LANGUAGES, TRANSLATIONS
from toolkit.texts.words.neutral import giveaway
from toolkit.texts.words.terms import never_said, read_terms

ROOT = Path(settings.BASE_DIR)
SAME_IN_EVERY_LANGUAGE = {
    "WhatsApp %(number)s", "SMS %(number)s", ", ", "; ", "%(day)s %(time)s", "%(day)s, %(date)s, %(time)s",
    "%(days)s, %(times)s", "%(number)s: %(sentence)s",
}  # fmt: skip
# The staff's rooms have catalogues of their own. Words that a language says as English does:
STAFF = "locale/staff"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
SAME_AS_ENGLISH = {
    "ms": {"Editor", "Logo", "Platform", "Status", "Tribunal"},
    "ta": {"%(n)s link", "Code", "Link", "Log out", "Logo", "Phone", "Source", "Username", "%(name)s, %(at)s"},
    "zh-hans": set(),
}  # fmt: skip


def extracted(folder: str = "locale") -> set[str]:
    mapping, _ = parse_mapping_cfg((ROOT / folder / "babel.cfg").open())
    found = extract_from_dir(ROOT, mapping, {})
    return {message[0] if isinstance(message, tuple) else message for _, _, message, _, _ in found}


def catalogue(language: str, folder: str = "locale"):
    return read_po((ROOT / folder / to_locale(language) / "LC_MESSAGES/django.po").open("rb"))


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)[sd]", text))


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_every_string_of_the_interface_is_translated(language):
    messages = {
        message.id[0] if message.pluralizable else message.id: message for message in catalogue(language) if message.id
    }
    assert set(messages) == extracted()
    for message in messages.values():
        strings = message.string if message.pluralizable else (message.string,)
        assert all(strings) and not message.fuzzy, message.id


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_every_translation_keeps_the_placeholders(language):
    for message in catalogue(language):
        strings = message.string if message.pluralizable else (message.string,)
        wanted = placeholders(message.id[0] if message.pluralizable else message.id) if message.id else set()
        assert all(placeholders(string) == wanted for string in strings if message.id), message.id


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_the_interface_never_says_what_the_terms_forbid(language):
    terms = read_terms((ROOT / "docs/terms.md").read_text(encoding="utf-8"))
    strings = "\n".join(
        string
        for message in catalogue(language)
        if message.id
        for string in (message.string if message.pluralizable else (message.string,))
    )
    assert [f"{found.form}: say {found.say}" for _, found in never_said(strings, language, terms)] == []


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_nothing_is_left_in_english(language):
    same = {message.id for message in catalogue(language) if message.id and message.id == message.string}
    assert same <= SAME_IN_EVERY_LANGUAGE


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_the_sites_name_and_its_tabs_give_nothing_away(language):
    names = {"Online safety guide", "Page not found", "Something is broken here", "Leave now"}
    for message in catalogue(language):
        if message.id in names:
            assert giveaway(str(message.string)) is None, message.id


def test_the_catalogues_are_those_of_the_one_list_of_languages():
    found = {path.parent.parent.name for path in (ROOT / "locale").glob("*/LC_MESSAGES/django.po")}
    assert found == {to_locale(language) for language in TRANSLATIONS}
    assert [code for code, _ in settings.LANGUAGES] == list(LANGUAGES)


def staff_messages(language: str) -> dict[tuple[str, str], tuple[tuple[str, ...], tuple[str, ...], bool]]:
    """(context, English singular) -> its forms in English, its forms in the language, whether it is fuzzy."""
    found = {}
    for message in catalogue(language, STAFF):
        if message.id:
            english = message.id if message.pluralizable else (message.id,)
            said = message.string if message.pluralizable else (message.string,)
            found[message.context or "", english[0]] = (english, said, message.fuzzy)
    return found


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_every_string_of_the_staffs_rooms_is_translated(language):
    messages = staff_messages(language)
    assert {english for _, english in messages} == extracted(STAFF)
    assert [english for english, (_, said, fuzzy) in messages.items() if fuzzy or not all(said)] == []


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_the_staffs_words_keep_the_placeholders_of_each_form(language):
    plurals = catalogue(language, STAFF).num_plurals
    for english, said, _ in staff_messages(language).values():
        assert len(said) == (1 if len(english) == 1 else plurals), english
        # Where a language has one form for all numbers, it says what English says of many.
        forms = english if len(said) == len(english) else english[-1:]
        assert list(map(placeholders, forms)) == list(map(placeholders, said)), english


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_the_staffs_words_keep_the_space_around_words_that_stand_between_others(language):
    around = re.compile(r"^(\s*).*?(\s*)$", re.DOTALL)
    for english, said, _ in staff_messages(language).values():
        for other in said:
            assert around.match(english[0]).groups() == around.match(other).groups(), english  # type: ignore[union-attr]


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_nothing_of_the_staffs_rooms_is_left_in_english(language):
    same = {one for english, said, _ in staff_messages(language).values() for one in english if one in said}
    assert same <= SAME_AS_ENGLISH[language]


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_the_staffs_words_never_say_what_the_terms_forbid(language):
    terms = read_terms((ROOT / "docs/terms.md").read_text())
    said = "\n".join(string for _, said, _ in staff_messages(language).values() for string in said)
    assert [f"{term.form}: say {term.say}" for _, term in never_said(said, language, terms)] == []


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_the_staffs_catalogues_declare_their_language_and_name_nobody(language):
    found, readers = catalogue(language, STAFF), catalogue(language)
    assert str(found.locale) == to_locale(language)
    assert (found.num_plurals, found.plural_expr) == (readers.num_plurals, readers.plural_expr)
    assert found.last_translator == readers.last_translator


def test_the_staffs_catalogues_are_those_of_the_one_list_of_languages():
    found = {path.parent.parent.name for path in (ROOT / STAFF).glob("*/LC_MESSAGES/django.po")}
    assert found == {to_locale(language) for language in TRANSLATIONS}


@pytest.mark.parametrize("language", ["ms", "ta"])
def test_what_is_said_for_django_is_asked_for_by_django_and_keeps_its_placeholders(language):
    asked = {}
    for app in ("conf", "contrib/admin", "contrib/auth"):
        with (Path(django.__file__).parent / app / "locale/en/LC_MESSAGES/django.po").open("rb") as file:
            asked |= {message.id[0] if message.pluralizable else message.id: message.id for message in read_po(file)}
    for message in catalogue(language, "locale/django"):
        if message.id:
            forms = message.id if message.pluralizable else (message.id,)
            said = message.string if message.pluralizable else (message.string,)
            assert asked[forms[0]] == message.id
            for form, other in zip(forms, said, strict=True):
                assert sorted(PLACEHOLDER.findall(form)) == sorted(PLACEHOLDER.findall(other)), form
