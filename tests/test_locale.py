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
from toolkit.texts.neutral import giveaway

ROOT = Path(settings.BASE_DIR)
SAME_IN_EVERY_LANGUAGE = {"WhatsApp %(number)s", "SMS %(number)s", "%(day)s, %(times)s", ", ", "; "}


def extracted() -> set[str]:
    mapping, _ = parse_mapping_cfg((ROOT / "locale/babel.cfg").open())
    found = extract_from_dir(ROOT, mapping, {})
    return {message[0] if isinstance(message, tuple) else message for _, _, message, _, _ in found}


def catalogue(language: str):
    return read_po((ROOT / "locale" / to_locale(language) / "LC_MESSAGES/django.po").open("rb"))


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
