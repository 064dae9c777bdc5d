"""The sentences of a text, numbered as in the packs for outside readers (toolkit/reviewing/)."""

from toolkit.rendering.guide import Guide
from toolkit.reviewing.pack import Statement, statements_of
from toolkit.texts.buttons.text import Buttons
from toolkit.texts.page import PageTexts, Part, Site
from toolkit.texts.plans.plan import PlanText
from toolkit.texts.records.facts import RECORD_TYPES, Facts
from toolkit.texts.words.prose import Prose


def statements(path: str, part: str, value: Part | None, site: Site) -> list[Statement]:
    """What one can say something of in a text, as it would stand in the ``site``.

    Of prose its sentences, each with its English. Of facts the records and of the plan its pieces, each by kind and id
    (``contacts wao``, ``steps call``), as what is said of them changes with the language of the screens. Of
    buttons their English.
    """
    if isinstance(value, Prose):
        page = (site.get(path) or PageTexts(path)).with_part(part, value)
        return statements_of(page, Guide.of({**site, path: page}), part)
    names: list[str] = []
    if isinstance(value, Facts):
        names = [f"{kind} {record.id}" for kind in RECORD_TYPES for record in getattr(value, kind)]
    elif isinstance(value, PlanText):
        names = list(dict.fromkeys(at.replace("/", " ") for at, _which, _words in value.rules.said()))
    elif isinstance(value, Buttons):
        names = [one.says for one in value.words]
    return [Statement(path, number, "", name) for number, name in enumerate(names, 1)]
