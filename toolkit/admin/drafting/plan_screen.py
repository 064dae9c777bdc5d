"""What the forms of the plan show: its questions and steps in a list, one of them, and what changed in the English."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.translation import gettext

from toolkit import roles
from toolkit.admin.drafting import plan_saving
from toolkit.admin.drafting.plan_form import WHOLE, PlanForm, pending
from toolkit.admin.drafting.plan_part import NEW
from toolkit.admin.words.comparing import head
from toolkit.admin.words.plan_labels import ACTS, QUESTIONS, WHENS
from toolkit.live import english_plan_of
from toolkit.texts.compare import Row, compare
from toolkit.texts.languages import PLAN, SELF_NAMES, SOURCE, TRANSLATIONS
from toolkit.texts.plans import written as pieces
from toolkit.texts.plans.plan import Plan, PlanText, read_plan_text
from toolkit.texts.plans.translated import changed_parts, is_outdated, words_in
from toolkit.texts.plans.written import Written
from toolkit.texts.problem import Fault

TEMPLATES = {"": "unit_plan", WHOLE: "unit_plan_whole"}


def address(at: str) -> str:
    return reverse("admin:unit_piece", args=["", PLAN, at])


def template_of(at: str) -> str:
    return TEMPLATES.get(at, "unit_plan_part")


def context(form: PlanForm, at: str, live: PlanText | None, user: User) -> dict[str, Any]:
    only = plan_saving.only(user)
    shared = {"at": at, "only": only, "may_change_rules": roles.may_draft_rules(user)}
    if at == "":
        return shared | _list(form, live, only)
    if at == WHOLE:
        return shared
    part = form.part(at, only)
    if part is not None:
        part.result()
    return shared | {
        "piece": part,
        "name": _name(at),
        "was": plan_saving.was(form.typed, at),
        "is_step": at.startswith(pieces.STEPS),
        "english_was": _english_was(form, at, only),
    }


def place_of(fault: Fault) -> str:
    """The address of the form in which a fault can be put right; "" where it names no question or step."""
    for name, kind in (("step", pieces.STEPS), ("question", pieces.QUESTIONS)):
        if name in fault.parts:
            return address(f"{kind}/{fault.parts[name]}") if _is_slug(fault.parts[name]) else ""
    within = fault.parts.get("fault")
    return place_of(within) if isinstance(within, Fault) else ""


def part_problems(form: PlanForm) -> Iterator[dict[str, Any]]:
    for at, message in form.errors_of_parts():
        yield {"line": 0, "message": message, "is_warning": False, "href": address(at)}


def _is_slug(name: str) -> bool:
    return bool(name) and all(sign.isalnum() or sign == "-" for sign in name)


@dataclass(frozen=True, slots=True)
class Listed:
    """A piece in the list. ``marks``: (look, words). ``said``: its words in the language of whoever reads the list."""

    at: str
    name: str
    said: str
    lang: str
    about: str
    marks: list[tuple[str, str]]


def _list(form: PlanForm, live: PlanText | None, only: tuple[str, ...]) -> dict[str, Any]:
    written = form.written()
    if written is None:
        return {"is_readable": False}
    plan = read_plan_text(written.text).rules
    languages = only or TRANSLATIONS
    outdated = {one: _changed_since(plan, one) for one in languages if is_outdated(plan, one)}
    old = Written.of(live.text) if live else None
    rows = list(_rows(form, plan, written, old, outdated, only[0] if only else SOURCE))
    return {
        "is_readable": True,
        "questions": [row for row in rows if row.at.startswith(pieces.QUESTIONS)],
        "steps": [row for row in rows if row.at.startswith(pieces.STEPS)],
        "routes_at": pieces.ROUTES if written.piece(pieces.ROUTES) else "",
        "gone": [one.at for one in old.pieces if one.at and not written.piece(one.at)] if old else [],
        "new_at": NEW,
        "is_new_typed": NEW in pending(form.typed),
        "ticks": [(one, SELF_NAMES[one], one not in outdated) for one in languages],
        "english_changes": [
            (SELF_NAMES[one], _compared(plan, one)) for one in outdated if plan.translated_from.get(one)
        ],
    }


def _rows(
    form: PlanForm, plan: Plan, written: Written, live: Written | None,
    outdated: dict[str, set[str]], language: str,
) -> Iterator[Listed]:  # fmt: skip
    said, waiting = words_in(plan, language), pending(form.typed)
    steps = {step.id: step for step in plan.steps}
    for piece in written.pieces:
        if piece.kind not in (pieces.QUESTIONS, pieces.STEPS):
            continue
        old = live.piece(piece.at) if live else None
        step = steps.get(piece.at.partition("/")[2]) if piece.kind == pieces.STEPS else None
        marks = [("work", gettext("being written"))] if piece.at in waiting else []
        if old is None or old.digest != piece.digest:
            marks.append(("work", gettext("new in this draft") if old is None else gettext("changed in this draft")))
        late = [SELF_NAMES[one] for one, changed in outdated.items() if piece.at in changed]
        if late:
            marks.append(("bad", gettext("English changed since: %(languages)s") % {"languages": ", ".join(late)}))
        about = ", ".join(str(one) for one in (WHENS[step.when], *(ACTS[act] for act in step.does))) if step else ""
        yield Listed(piece.at, _name(piece.at), said.get(piece.at, {}).get("text", ""), language, about, marks)


def _name(at: str) -> str:
    name = at.partition("/")[2]
    if at == pieces.ROUTES:
        return gettext("Routes that platforms share")
    if at == NEW:
        return gettext("New step")
    return str(QUESTIONS[name]) if at.startswith(pieces.QUESTIONS) else name


def _changed_since(plan: Plan, language: str) -> set[str]:
    """Which pieces say something else in English than when the words of a language were written; all if unknown."""
    before = english_plan_of(plan.translated_from.get(language, ""))
    return changed_parts(before, plan) if before else set(words_in(plan, SOURCE))


def _compared(plan: Plan, language: str) -> list[Row]:
    before = english_plan_of(plan.translated_from[language])
    return compare(_english(before), _english(plan), head=head) if before else []


def _english(plan: Plan) -> str:
    said = words_in(plan, SOURCE)
    return "\n".join(f"{_name(at)}: {line}" for at in said for line in said[at].values() if line)


def _english_was(form: PlanForm, at: str, only: tuple[str, ...]) -> list[tuple[str, str]]:
    """Of a piece whose English changed since a language was written: the language, and the English as it was."""
    written = form.written()
    if written is None:
        return []
    plan = read_plan_text(written.text).rules
    found = []
    for language in only or TRANSLATIONS:
        before = english_plan_of(plan.translated_from.get(language, "")) if is_outdated(plan, language) else None
        if before and at in changed_parts(before, plan):
            said = "\n".join(filter(None, words_in(before, SOURCE).get(at, {}).values()))
            found.append((SELF_NAMES[language], said or gettext("(it was not there)")))
    return found
