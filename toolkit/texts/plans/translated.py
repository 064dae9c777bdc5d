"""Which words of a plan follow its English: a pin for each language, as the other texts have one. Pure functions."""

from toolkit.texts.canonical import digest
from toolkit.texts.languages import SOURCE, TRANSLATIONS
from toolkit.texts.plans.plan import Plan, PlanText, read_plan_text
from toolkit.texts.plans.written import PINS, QUESTIONS, STEPS, Piece, Written


def words_in(plan: Plan, language: str) -> dict[str, dict[str, str]]:
    """``steps/get-safe`` -> its words in a language: ``text``, ``note``, an answer."""
    found: dict[str, dict[str, str]] = {}
    for at, which, words in plan.said():
        found.setdefault(at, {})[which] = words.get(language, "")
    return found


def english_pin(plan: Plan) -> str:
    """The digest of all English words, whatever their order: moving a step leaves its translations right."""
    return digest("\n".join(sorted(f"{at} {which} {words.get(SOURCE, '')}" for at, which, words in plan.said())))


def is_outdated(plan: Plan, language: str) -> bool:
    return language in TRANSLATIONS and plan.translated_from.get(language) != english_pin(plan)


def outdated_languages(plan: Plan) -> tuple[str, ...]:
    """The languages with words in the plan that do not follow its English of today."""
    written = {one for _, _, words in plan.said() for one in words}
    return tuple(one for one in TRANSLATIONS if one in written and is_outdated(plan, one))


def changed_parts(before: Plan, now: Plan) -> set[str]:
    """The questions and steps of which the English says something else, or which are new."""
    old = words_in(before, SOURCE)
    return {at for at, said in words_in(now, SOURCE).items() if said != old.get(at)}


def pinned(text: PlanText, languages: tuple[str, ...]) -> PlanText:
    """The plan with the word that some languages follow its English as it is."""
    rules, written = text.rules, Written.of(text.text)
    pins = {**rules.translated_from, **dict.fromkeys(languages, english_pin(rules))}
    pins = {language: pins[language] for language in TRANSLATIONS if language in pins}
    if pins == rules.translated_from:
        return text
    if not written.piece(PINS):
        # Before the first header, where every other table would end it.
        place = next((n for n, piece in enumerate(written.pieces) if piece.kind in (QUESTIONS, STEPS)), 0)
        start = written.pieces[max(place - 1, 0)].at if place else ""
        place -= 1 if place and not start else 0
        written = Written((*written.pieces[:place], Piece(PINS, f"[{PINS}]\n\n"), *written.pieces[place:]))
    return read_plan_text(written.with_table(PINS, dict(pins)).text)


def followed(before: PlanText, after: PlanText) -> PlanText:
    """``after`` with the languages that followed the English before still following it: its meaning has not changed."""
    current = tuple(language for language in TRANSLATIONS if not is_outdated(before.rules, language))
    return pinned(after, current)
