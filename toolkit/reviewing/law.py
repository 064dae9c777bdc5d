"""What the guide says of the law, in English, with the sources and the day of each statement beside it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape

from django.utils.html import strip_tags
from django.utils.translation import override

from toolkit.rendering import buttons, words
from toolkit.rendering.directives import Place, card, plain_words
from toolkit.rendering.guide import Guide, Placed, facts_of
from toolkit.reviewing.pack import Sheet, Statement, marked_blocks
from toolkit.reviewing.risk import by_risk
from toolkit.texts.languages import SOURCE
from toolkit.texts.page import PageTexts
from toolkit.texts.records.facts import Provision, cited_sources
from toolkit.texts.words.markup import MARKED, RECORD_DIRECTIVES
from toolkit.texts.words.pins import pin_of
from toolkit.texts.words.sentences import sentences

_LAWS = "laws"
_ENDS_OF_LINES = re.compile(r"</(?:p|summary|li|dd)>")

# (where it stands, statement, what it stands on)
Piece = tuple[str, str, str]


def law_pack(guide: Guide) -> list[Sheet]:
    """The pages of the law, and others that have provisions, in the order of risk."""
    with override(SOURCE):
        return [law_sheet(page, guide) for page in pages_of_law(guide)]


def pages_of_law(guide: Guide) -> list[PageTexts]:
    return [page for page in by_risk(guide) if page.section == _LAWS or facts_of(page).provisions]


def law_sheet(page: PageTexts, guide: Guide) -> Sheet:
    place = Place(guide, SOURCE, page)
    with buttons.in_force(lambda: guide.buttons):
        pieces = [*((*one, False) for one in _said(place)), *((*one, True) for one in _provided(place))]
    facts = facts_of(page)
    return Sheet(
        page.path,
        page.prose[SOURCE].h1,
        pin_of(page.prose[SOURCE]),
        facts.checked,
        tuple(
            Statement(page.path, number, what, text, basis=basis, is_fact=is_fact)
            for number, (what, text, basis, is_fact) in enumerate(pieces, 1)
        ),
        tuple(
            f"[{number}] {one.publisher}: {one.title}, {one.url}, read {words.day(one.checked)}"
            for number, one in enumerate(facts.sources, 1)
        ),
    )


def _said(place: Place) -> Iterator[Piece]:
    """The sentences of the page, each with the records that it names, or else all sources of the page."""
    prose = place.page.prose[SOURCE]
    for key in ("heading", "called", "summary"):
        yield from ((key, one, _page_basis(place.page)) for one in sentences(getattr(prose, key), SOURCE))
    for part, block in marked_blocks(prose.body):
        for sentence in sentences(block.value, SOURCE):
            yield part, plain_words(sentence, place), _basis_of_sentence(sentence, place)


def _provided(place: Place) -> Iterator[Piece]:
    """Each provision as its card says it, and whom and what the guide offers it for."""
    for provision in facts_of(place.page).provisions:
        placed = Placed(provision, place.page)
        basis = _basis(placed, place.page)
        for line in [*_lines_of_card(placed, place), _offered(provision)]:
            yield from ((provision.id, one, basis) for one in sentences(line, SOURCE))


def _lines_of_card(placed: Placed, place: Place) -> Iterable[str]:
    text = unescape(strip_tags(_ENDS_OF_LINES.sub("\x00", card(placed, place, "provision"))))
    return (line for one in text.split("\x00") if (line := " ".join(one.split())))


def _offered(provision: Provision) -> str:
    parts = {
        "fits": provision.types,
        "may fit": provision.may_fit,
        "age of the person harmed": (provision.age,),
        "where to take it": provision.forum,
    }
    return "; ".join(f"{name}: {', '.join(values)}" for name, values in parts.items() if values) + "."


def _basis_of_sentence(sentence: str, place: Place) -> str:
    named = [directive.partition(" ") for directive in MARKED.findall(sentence)]
    placed = [place.find(RECORD_DIRECTIVES.get(kind, ""), record) for kind, _, record in named]
    found = dict.fromkeys(_basis(one, place.page) for one in placed if one)
    return "; ".join(found) or _page_basis(place.page)


def _basis(placed: Placed, page: PageTexts) -> str:
    """The sources of a record, where the law's own text stands, and the day on which they were compared."""
    record = placed.record
    if placed.page.path != page.path:
        return f"{placed.page.path}, compared {words.day(record.checked)}"
    cited = cited_sources(record) or (record.id,)
    numbers = [number for number, one in enumerate(facts_of(page).sources, 1) if one.id in cited]
    text = getattr(record, "act_text", None)
    relied = f"; text of s. {text.section} as at {words.day(text.as_at)}" if text else ""
    return f"{_named(numbers)}, compared {words.day(record.checked)}{relied}"


def _page_basis(page: PageTexts) -> str:
    facts = facts_of(page)
    return f"{_named(range(1, len(facts.sources) + 1))}, compared {words.day(facts.checked)}"


def _named(numbers: Sequence[int]) -> str:
    """The numbers of sources as they are listed above the statements."""
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"[{numbers[0]}–{numbers[-1]}]"
    return ", ".join(f"[{number}]" for number in numbers) or "no source"
