"""The fields of the three directories: what may be chosen, in words, and what was chosen."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from django.http import QueryDict
from django.utils.translation import gettext

from survivors.directories import matching
from survivors.directories.matching import Case, Period, Wish
from toolkit.rendering import words
from toolkit.rendering.guide import PLATFORMS, TYPES, Guide, Wording, wording
from toolkit.texts.page import PageTexts
from toolkit.texts.plans.plan import ADULT, UNDER_18
from toolkit.texts.records.facts import NEEDS, SERVES, SPOKEN, STATES


@dataclass(frozen=True, slots=True)
class Option:
    """An answer; ``language`` when its words are in another one than the page's."""

    value: str
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Field:
    """One question with a list of answers, of which the first leaves it open."""

    name: str
    label: str
    options: list[Option]
    open: str
    is_required: bool = False


def wish(data: QueryDict) -> Wish:
    """What was chosen, as far as it can be chosen; anything else leaves the field open."""
    return Wish(
        need=_chosen(data, "need", NEEDS),
        state=_chosen(data, "state", STATES[1:]),
        language=_chosen(data, "language", SPOKEN),
        serves=_chosen(data, "serves", SERVES[1:]),
        free="free" in data,
        open="open" in data,
    )


def case(data: QueryDict, guide: Guide) -> Case:
    by_key = {period.key: period for period in matching.periods(guide)}
    return Case(
        type=_page_chosen(data, "type", TYPES, guide, guide.children(TYPES)),
        age=_chosen(data, "age", (ADULT, UNDER_18)),
        platform=_page_chosen(data, "platform", PLATFORMS, guide, matching.platforms(guide)),
        period=by_key.get(_chosen(data, "when", by_key)),
    )


def chosen_in(asked: Wish | Case) -> dict[str, str]:
    """What was chosen, by the names of the fields."""
    named = {"when": asked.period.key if asked.period else ""} if isinstance(asked, Case) else {}
    ticked = {True: "yes", False: ""}
    found = {name: ticked.get(value, value) for name, value in asdict(asked).items() if name != "period"} | named
    return {name: value for name, value in found.items() if value}


def wish_fields(guide: Guide, language: str) -> list[Field]:
    need, served = need_words(), words.serves_words()
    needs = {one: need[one] for one in matching.offered(guide, "needs", NEEDS)}
    serves = {one: served[one] for one in matching.offered(guide, "serves", SERVES[1:])}
    states = {one: _plan_word(guide, "state", one, language) for one in STATES[1:]}
    languages = {one: _plan_word(guide, "language", one, language) for one in SPOKEN}
    return [
        _field("need", gettext("What do you need?"), needs),
        _field("state", gettext("Where are you?"), states, gettext("Anywhere in Malaysia")),
        _field("language", gettext("Which language do you want to speak?"), languages),
        _field("serves", gettext("Who is it for?"), serves),
    ]


def route_fields(guide: Guide, language: str) -> list[Field]:
    platforms = {page.slug: wording(page, language, "title") for page in matching.platforms(guide)}
    return [
        _field("platform", gettext("I have a problem on"), platforms, gettext("Not listed, or several")),
        _type_field(guide, language, gettext("The problem is")),
        _age_field(gettext("How old was the person in the image when it was made?"), gettext("Not known, or no image")),
    ]


def law_fields(guide: Guide, language: str) -> list[Field]:
    times = {period.key: _time(period) for period in matching.periods(guide)}
    return [
        _type_field(guide, language, gettext("What happened?"), is_required=True),
        _age_field(gettext("How old is the person harmed, or shown in the image?"), gettext("Not known")),
        _field("when", gettext("When did it happen?"), times, gettext("Not sure, or over a longer time")),
    ]


def _type_field(guide: Guide, language: str, label: str, *, is_required: bool = False) -> Field:
    types = {page.slug: wording(page, language, "h1") for page in guide.children(TYPES)}
    return _field("type", label, types, gettext("Choose what fits best"), is_required=is_required)


def _age_field(label: str, open_words: str) -> Field:
    return _field("age", label, age_words(), open_words)


def need_words() -> dict[str, str]:
    return {
        "danger": gettext("I am in danger now"),
        "talk": gettext("Someone to talk to"),
        "counselling": gettext("Counselling"),
        "shelter": gettext("A safe place to stay"),
        "legal": gettext("Legal advice"),
        "police": gettext("Help with the police"),
        "medical": gettext("Medical help"),
        "takedown": gettext("Getting something taken down"),
        "money": gettext("I sent money"),
        "children": gettext("Help for someone under 18"),
        "technical": gettext("Help with an account or a device"),
        "tribunal": gettext("A claim at the tribunal"),
        "welfare": gettext("Help from the welfare office"),
        "casework": gettext("Someone beside me, step by step"),
    }


def age_words() -> dict[str, str]:
    return {ADULT: gettext("18 or over"), UNDER_18: gettext("Under 18")}


def spoken_words(guide: Guide, languages: Iterable[str], language: str) -> str:
    return gettext(", ").join(_plan_word(guide, "language", one, language) for one in languages)


def state_words(guide: Guide, states: Iterable[str], language: str) -> str:
    return gettext(", ").join(_plan_word(guide, "state", one, language) for one in states)


def _field(
    name: str, label: str, choices: Mapping[str, Wording | str], open_words: str = "", *, is_required: bool = False
) -> Field:
    options = [
        Option(value, str(text), text.language if isinstance(text, Wording) and text.is_fallback else "")
        for value, text in choices.items()
    ]
    return Field(name, label, options, open_words or gettext("I leave this open"), is_required)


def _chosen(data: QueryDict, name: str, allowed: Iterable[str]) -> str:
    value = data.get(name, "")
    return value if value in allowed else ""


def _page_chosen(data: QueryDict, name: str, section: str, guide: Guide, pages: Iterable[PageTexts]) -> str:
    value = guide.name_now(section, data.get(name, ""))
    return value if value in (page.slug for page in pages) else ""


def _plan_word(guide: Guide, question: str, choice: str, language: str) -> str:
    """The name of a state or language, which content/plan.toml has in four languages."""
    rules = guide.plan
    asked = next((one for one in rules.questions if one.id == question), None) if rules else None
    named = asked.choices.get(choice) if asked else None
    return named[language] if named else choice.replace("-", " ").title()


def _time(period: Period) -> str:
    if period.first and period.last:
        return gettext("From %(first)s to %(last)s") % {
            "first": words.day(period.first),
            "last": words.day(period.last),
        }
    if period.first:
        return gettext("Since %(day)s") % {"day": words.day(period.first)}
    if period.last:
        return gettext("Before %(day)s") % {"day": words.day(period.last + matching.ONE_DAY)}
    return gettext("At any time")
