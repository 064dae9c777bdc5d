"""The one list of languages. English is the source that the others follow."""

SOURCE = "en"
TRANSLATIONS = ("ms", "ta", "zh-hans")
LANGUAGES = (SOURCE, *TRANSLATIONS)
SELF_NAMES = {"en": "English", "ms": "Bahasa Melayu", "ta": "தமிழ்", "zh-hans": "简体中文"}

FACTS = "facts"
PARTS = (FACTS, *LANGUAGES)
FILE_NAMES = {FACTS: "page.toml", **{language: f"{language}.md" for language in LANGUAGES}}
