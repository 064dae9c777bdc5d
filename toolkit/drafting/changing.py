"""What a draft changes: its own text, and what that brings with it in the other texts of its page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from toolkit.judging import Change
from toolkit.models import Cause, Draft
from toolkit.texts.canonical import digest
from toolkit.texts.languages import BUTTONS, FACTS, LANGUAGES, PLAN, SOURCE, TRANSLATIONS
from toolkit.texts.lasting import short_links
from toolkit.texts.page import PageTexts, Part, Site, part_or_none, read_part, write_part
from toolkit.texts.plans.plan import PlanText
from toolkit.texts.plans.translated import followed
from toolkit.texts.records.facts import Facts
from toolkit.texts.records.renaming import new_names
from toolkit.texts.substance import keep_latest_checks
from toolkit.texts.words import markup
from toolkit.texts.words.pins import pins_of
from toolkit.texts.words.prose import Prose

# Before the name of a part: the field that says where it leads once the text has it no more.
KEEP = "keep."
Typed = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Said:
    """What a publication says of its changes: ``notes`` for readers by language; a minor one has none."""

    reason: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)
    is_minor: bool = True
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """One text that shall be live: what it says, and what its form had besides."""

    value: Part
    typed: Typed = field(default_factory=dict)
    answers: str = ""


def read_or_none(draft: Draft) -> Part | None:
    return part_or_none(draft.part, draft.text)


def changes_of(
    draft: Draft, site: Site, reason: str = "", note: str = "", *, is_minor: bool = False
) -> list[Change]:  # fmt: skip
    """Raises TextError."""
    text = Text(read_part(draft.part, draft.text), draft.typed, draft.answers)
    said = Said(reason, {draft.part if draft.part in LANGUAGES else SOURCE: note}, is_minor)
    return list(changes_of_page(draft.page.path, {draft.part: text}, site, said))


def changes_of_page(path: str, texts: Mapping[str, Text], site: Site, said: Said) -> Iterator[Change]:
    """The changes of one page: the texts, and what they bring with them in its others."""
    before = site.get(path) or PageTexts(path)
    facts, words = _facts(before, texts), _words(before, texts, said)
    plan = texts[PLAN].value if PLAN in texts else None
    buttons = texts[BUTTONS].value if BUTTONS in texts else None
    if isinstance(plan, PlanText) and said.is_minor and before.plan:
        plan = followed(before.plan, plan)
    for part, value in ((FACTS, facts), *words.items(), (PLAN, plan), (BUTTONS, buttons)):
        old = before.part(part)
        if value is None or (value == old and part not in texts):
            continue
        own = texts.get(part)
        by_itself = {FACTS: Cause.PLACE_KEPT, SOURCE: Cause.FACT_GONE}.get(part, Cause.ENGLISH_ONLY)
        has_note = own and not said.is_minor and part != BUTTONS
        note = said.notes.get(part if part in LANGUAGES else SOURCE, "") if has_note else ""
        yield Change.of(
            path, part, value, digest(write_part(old)) if old else None, cause=said.cause if own else by_itself,
            agreed=own.answers if own else "", reason=said.reason if own else "", note=note,
        )  # fmt: skip


def _facts(before: PageTexts, texts: Mapping[str, Text]) -> Facts | None:
    """With the later days of checking, and with the old places that the English keeps as leading to others."""
    drafted = texts[FACTS].value if FACTS in texts else None
    facts = drafted if isinstance(drafted, Facts) else before.facts
    if facts and facts is drafted and before.facts:
        facts = keep_latest_checks(facts, before.facts)
    if facts and SOURCE in texts:
        places = kept_places(before, SOURCE, texts[SOURCE].value, texts[SOURCE].typed)
        facts = _leading(facts, places)
    return facts


def _leading(facts: Facts, places: Mapping[str, str]) -> Facts:
    """Facts with old places of the page that lead to new ones."""
    leads = {old: places.get(new, new) for old, new in facts.anchor_aliases.items()}
    return replace(facts, anchor_aliases={**leads, **places})


def _words(before: PageTexts, texts: Mapping[str, Text], said: Said) -> dict[str, Prose]:
    """The words in every language; a translation that follows the English of today goes on following it.

    After a major change of the English only those that change with it. One that follows another English, or of which
    the writer did not say so, is left as she wrote it.
    """
    drafted = texts[FACTS].value if FACTS in texts else None
    facts = drafted if isinstance(drafted, Facts) else before.facts
    gone, now = _ids(before.facts) - _ids(facts), new_names(before.facts, facts)
    words = {
        language: value.without_words_of(gone, now)
        for language in LANGUAGES
        if isinstance(value := texts[language].value if language in texts else before.prose.get(language), Prose)
    }
    today = replace(before, prose=words).source_digest
    pins = pins_of(before.prose[SOURCE]) if SOURCE in before.prose and before.source_digest != today else ()
    for language in set(TRANSLATIONS) & words.keys() if pins else ():
        goes_along = language in texts or said.is_minor or SOURCE not in texts
        if goes_along and words[language].translated_from in pins:
            words[language] = replace(words[language], translated_from=today)
    return words


def _ids(facts: Facts | None) -> set[str]:
    return {record.id for record in facts.records()} if facts else set()


def lost_anchors(before: PageTexts | None, part: str, value: Part | None) -> list[str]:
    """The parts of a page that its English would have no more, and that lead nowhere else."""
    if part != SOURCE or before is None or before.facts is None or not isinstance(value, Prose):
        return []
    kept = {*markup.anchors(value.body), *before.facts.anchor_aliases}
    return [one for one in short_links.anchors(before) if one not in kept]


def kept_places(before: PageTexts | None, part: str, value: Part | None, typed: Typed) -> dict[str, str]:
    """Where those parts shall lead, as her form says it (fields named KEEP and the part): old -> new."""
    chosen = {one: (typed.get(KEEP + one) or [""])[0] for one in lost_anchors(before, part, value)}
    there = markup.anchors(value.body) if isinstance(value, Prose) else []
    return {old: new for old, new in chosen.items() if new in there}


def places_kept(before: PageTexts | None, part: str, value: Part | None, typed: Typed) -> Iterator[Change]:
    """The facts of the page with the old parts that a draft of its English keeps as leading to new ones."""
    places = kept_places(before, part, value, typed)
    if before and before.facts and places:
        facts = _leading(before.facts, places)
        yield Change.of(before.path, FACTS, facts, digest(write_part(before.facts)), cause=Cause.PLACE_KEPT)
