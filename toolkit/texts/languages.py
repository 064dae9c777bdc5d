"""The one list of languages. English is the source that the others follow."""

SOURCE = "en"
TRANSLATIONS = ("ms", "ta", "zh-hans")
LANGUAGES = (SOURCE, *TRANSLATIONS)
SELF_NAMES = {"en": "English", "ms": "Bahasa Melayu", "ta": "தமிழ்", "zh-hans": "简体中文"}
# As people write them where there is no room.
SHORT_NAMES = {"en": "English", "ms": "BM", "ta": "தமிழ்", "zh-hans": "中文"}

FACTS = "facts"
# The parts of every page; the home page has the rules of the plan and the words of buttons besides.
PARTS = (FACTS, *LANGUAGES)
PLAN, BUTTONS = "plan", "buttons"
OF_HOME = (PLAN, BUTTONS)
ALL_PARTS = (*PARTS, *OF_HOME)
FILE_NAMES = {
    FACTS: "page.toml",
    **{language: f"{language}.md" for language in LANGUAGES},
    **{part: f"{part}.toml" for part in OF_HOME},
}


def parts_of(path: str) -> tuple[str, ...]:
    """The parts that the page at ``path`` has."""
    return PARTS if path else ALL_PARTS
