"""The words of the interface: complete in every language, from the templates and code as they are now."""

from __future__ import annotations

import re
from pathlib import Path

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
# The staff's rooms have a catalogue of their own, in English and in Malay.
STAFF, STAFF_LANGUAGE = "locale/staff", "ms"
SAME_IN_MALAY = {"Editor", "Logo", "Platform", "Status", "Tribunal"}


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


def staff_messages() -> dict[str, tuple[tuple[str, ...], tuple[str, ...], bool]]:
    """English (the singular, where there are two) -> its forms in English, its forms in Malay, whether it is fuzzy."""
    found = {}
    for message in catalogue(STAFF_LANGUAGE, STAFF):
        if message.id:
            english = message.id if message.pluralizable else (message.id,)
            malay = message.string if message.pluralizable else (message.string,)
            found[english[0]] = (english, malay, message.fuzzy)
    return found


def test_every_string_of_the_staffs_rooms_is_in_malay():
    messages = staff_messages()
    assert set(messages) == extracted(STAFF)
    assert [english for english, (_, malay, fuzzy) in messages.items() if fuzzy or not all(malay)] == []


def test_the_staffs_malay_keeps_the_placeholders_of_each_form():
    for english, malay, _ in staff_messages().values():
        assert len(english) == len(malay), english
        assert list(map(placeholders, english)) == list(map(placeholders, malay)), english


def test_the_staffs_malay_keeps_the_space_around_words_that_stand_between_others():
    around = re.compile(r"^(\s*).*?(\s*)$", re.DOTALL)
    for english, malay, _ in staff_messages().values():
        for one, other in zip(english, malay, strict=True):
            assert around.match(one).groups() == around.match(other).groups(), one  # type: ignore[union-attr]


def test_nothing_of_the_staffs_rooms_is_left_in_english():
    same = {one for english, malay, _ in staff_messages().values() for one in english if one in malay}
    assert same <= SAME_IN_MALAY


def test_the_staffs_malay_uses_no_indonesian_word():
    terms = read_terms((ROOT / "docs/terms.md").read_text())
    assert "tautan" in {term.form for term in terms if term.language == STAFF_LANGUAGE}
    said = "\n".join(string for _, malay, _ in staff_messages().values() for string in malay)
    assert [term.form for _, term in never_said(said, STAFF_LANGUAGE, terms)] == []


def test_the_staffs_catalogue_declares_its_language_and_names_nobody():
    found = catalogue(STAFF_LANGUAGE, STAFF)
    assert str(found.locale) == STAFF_LANGUAGE
    assert found.num_plurals == catalogue(STAFF_LANGUAGE).num_plurals
    assert found.plural_expr == catalogue(STAFF_LANGUAGE).plural_expr
    assert found.last_translator == catalogue(STAFF_LANGUAGE).last_translator
