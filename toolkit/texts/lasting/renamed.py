"""What a page is called by its short name alone: kinds of harm and platforms, in facts and in the plan.

Laws, routes and contacts say for which kinds of harm they are; the plan asks for kinds and platforms, and its steps are
for some of them. A page that is called otherwise is called so there too. Pure functions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from toolkit.texts.page import Site
from toolkit.texts.plans.plan import SECTIONS, UNDER_18, Plan, PlanText, read_plan_text
from toolkit.texts.plans.translated import followed
from toolkit.texts.plans.written import QUESTIONS, ROUTES, STEPS, Piece, Table, Written
from toolkit.texts.records.facts import RECORD_TYPES, Facts

TYPES, PLATFORMS = SECTIONS
# The fields of facts that name kinds of harm.
IN_FACTS = ("types", "may_fit")
# The rules that hold whatever the plan says know this page by its name.
KEEPS_ITS_NAME = f"{TYPES}/{UNDER_18}"


@dataclass(frozen=True, slots=True)
class Renamed:
    """``old`` and ``new``: short names of pages of a section."""

    section: str
    old: str
    new: str

    @classmethod
    def of(cls, path: str, to: str) -> Renamed | None:
        """None where nothing names the page by its short name, or where it would be in another section."""
        (section, _, old), (other, _, new) = path.partition("/"), to.partition("/")
        return cls(section, old, new) if section == other and section in SECTIONS and old and new else None

    def in_names(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.new if one == self.old else one for one in names))

    def in_facts(self, facts: Facts) -> Facts:
        if self.section != TYPES:
            return facts
        kinds = {kind: tuple(self._in_record(one) for one in getattr(facts, kind)) for kind in RECORD_TYPES}
        return replace(facts, **kinds)  # type: ignore[arg-type]

    def _in_record(self, record: Any) -> Any:
        named = {name: getattr(record, name) for name in IN_FACTS if self.old in getattr(record, name, ())}
        return replace(record, **{name: self.in_names(value) for name, value in named.items()}) if named else record

    def in_typed(self, typed: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
        """What stands in a form of facts or of the plan: ``provisions-0-types``, ``steps/rest.if-1.types``."""
        named = (f".{self.section}", *(f"-{name}" for name in IN_FACTS if self.section == TYPES))
        own = f"{QUESTIONS}/{self.section}.choices."
        keys = {name: name.replace(f"{own}{self.old}.", f"{own}{self.new}.") for name in typed}
        return {keys[name]: [*(self.in_names(said) if name.endswith(named) else said)] for name, said in typed.items()}

    def in_plan(self, plan: PlanText) -> PlanText:
        """The plan with every answer, condition and shared route under the new name; its words say what they said."""
        written = Written.of(plan.text)
        for piece in written.pieces:
            if piece.kind in (QUESTIONS, STEPS, ROUTES) and self.old in piece.text:
                written = written.with_table(piece.at, self._in_piece(piece))
        return followed(plan, read_plan_text(written.text)) if written.text != plan.text else plan

    def _in_piece(self, piece: Piece) -> Table:
        table = piece.table
        if piece.kind == ROUTES:
            return self._in_keys(table) if self.section == PLATFORMS else table
        if "if" in table:
            several = table["if"] if isinstance(table["if"], list) else [table["if"]]
            told = [{key: self._in_answers(key, said) for key, said in one.items()} for one in several]
            table["if"] = told if isinstance(table["if"], list) else told[0]
        if piece.at == f"{QUESTIONS}/{self.section}":
            table |= {"choices": self._in_keys(table["choices"])} if "choices" in table else {}
            table |= {"leave_out": [*self.in_names(table["leave_out"])]} if "leave_out" in table else {}
        return table

    def _in_answers(self, question: str, said: Any) -> Any:
        return [*self.in_names(said)] if question == self.section else said

    def _in_keys(self, table: Mapping[str, Any]) -> Table:
        """Where both names stand, what stands under the new one stays."""
        kept = {key: value for key, value in table.items() if key != self.old or self.new not in table}
        return {self.new if key == self.old else key: value for key, value in kept.items()}


def naming(path: str, site: Site) -> list[str]:
    """The pages whose facts or plan name a page by its short name."""
    section, _, name = path.partition("/")
    named = [other for other, page in site.items() if page.facts and section == TYPES and _in_facts(page.facts, name)]
    plans = (other for other, page in site.items() if page.plan and section in SECTIONS)
    return [*named, *(other for other in plans if _in_rules(site[other].plan.rules, section, name))]  # type: ignore[union-attr]


def _in_facts(facts: Facts, name: str) -> bool:
    return any(name in getattr(record, field, ()) for record in facts.records() for field in IN_FACTS)


def _in_rules(rules: Plan, section: str, name: str) -> bool:
    conditions = [one for asked in rules.questions for one in asked.conditions]
    conditions += [one for step in rules.steps for one in step.conditions]
    questions = (one for one in rules.questions if one.id == section)
    return (
        any(name in one.get(section, ()) for one in conditions)
        or any(name in one.choices or name in one.leave_out for one in questions)
        or (section == PLATFORMS and name in rules.platform_routes)
    )
