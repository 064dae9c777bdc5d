"""Gets a new edition ready for questions before any is asked, so that no reader's search waits for an index."""

from django.http import QueryDict

from survivors import edition
from survivors.answers import FORMS
from survivors.plan.pages import next_screen
from survivors.search.index import index_of
from toolkit.texts.languages import LANGUAGES

FIRST_QUERY, ANY_PLAN = "misspeltt jingcha 999", "go=plan"


def warm(one: edition.Edition) -> None:
    """Reads an edition's texts and builds what has changed of its indexes; then questions are answered from it."""
    index = index_of(one, edition.for_questions())
    for language in LANGUAGES:
        with one.guide.speaking(language):
            index.prepare(language)
            index.find(FIRST_QUERY, language)  # reads the language data
            for first_screen in FORMS.values():
                first_screen(one.guide, language)  # reads the templates, and makes what every answer has
            next_screen(one.guide, language, QueryDict(ANY_PLAN))
    edition.is_warm(one)
