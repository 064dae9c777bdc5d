"""Gets a new edition ready for questions before any is asked, so that no reader's search waits for an index."""

from survivors import edition
from survivors.search.index import index_of
from toolkit.rendering import buttons
from toolkit.texts.languages import LANGUAGES

FIRST_QUERY = "misspeltt jingcha 999"


def warm(one: edition.Edition) -> None:
    """Reads an edition's texts and builds what has changed of its indexes; then questions are answered from it."""
    with buttons.in_force(lambda: one.guide.buttons):
        index = index_of(one, edition.for_questions())
        for language in LANGUAGES:
            index.prepare(language)
            index.find(FIRST_QUERY, language)  # reads the language data
    edition.is_warm(one)
