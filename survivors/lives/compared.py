"""What a change of the plan's rules does to the lives: which get another plan, and what changes in it."""

from dataclasses import dataclass
from itertools import pairwise

from survivors.lives.expected import broken, names_in
from survivors.lives.life import Life, all_lives
from survivors.lives.seen import Seen, plan_of
from toolkit.rendering.guide import Guide
from toolkit.texts.languages import SOURCE
from toolkit.texts.page import Site
from toolkit.texts.plans.plan import steps_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A life and what changes in her plan: first lines of steps, and pairs of parts or of lines, old and new.

    ``faults``: what would be wrong with the new plan and is not with the old one. ``mended``: the other way round.
    """

    life: Life
    gained: tuple[Seen, ...]
    lost: tuple[Seen, ...]
    moved: tuple[tuple[Seen, Seen], ...]
    reworded: tuple[tuple[Seen, Seen], ...]
    faults: tuple[str, ...]
    mended: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    changed: tuple[Changed, ...]
    number: int


def compared(before: Site, after: Site) -> Comparison:
    """All lives under the rules of two states of the guide, read in English."""
    old, new = Guide.of(before), Guide.of(after)
    found = (_change(life, old, new) for life in all_lives() if _may_differ(life, old, new))
    return Comparison(tuple(one for one in found if one), len(all_lives()))


def _may_differ(life: Life, old: Guide, new: Guide) -> bool:
    """Whether the rules give her other steps at all: then the pages are made and compared."""
    if not old.plan or not new.plan or old.plan.platform_routes != new.plan.platform_routes:
        return True
    return steps_for(old.plan, life.answers) != steps_for(new.plan, life.answers)


def _change(life: Life, old: Guide, new: Guide) -> Changed | None:
    before, after = plan_of(life, old, SOURCE), plan_of(life, new, SOURCE)
    if before == after:
        return None
    was, now = {step.id: step for step in before}, {step.id: step for step in after}
    kept = [(was[step.id], step) for step in after if step.id in was]
    names = names_in(new, SOURCE)
    wrong, still = broken(life, before, names, SOURCE), broken(life, after, names, SOURCE)
    return Changed(
        life=life,
        gained=tuple(step for step in after if step.id not in was),
        lost=tuple(step for step in before if step.id not in now),
        moved=(*(pair for pair in kept if pair[0].when != pair[1].when), *_reordered(kept, before)),
        reworded=tuple((one, other) for one, other in kept if (one.lines, one.does) != (other.lines, other.does)),
        faults=tuple(fault for fault in still if fault not in wrong),
        mended=tuple(fault for fault in wrong if fault not in still),
    )


def _reordered(kept: list[tuple[Seen, Seen]], before: list[Seen]) -> list[tuple[Seen, Seen]]:
    """The steps that come earlier within their part than a step that stood above them."""
    place = {step.id: number for number, step in enumerate(before)}
    return [
        later
        for earlier, later in pairwise(kept)
        if earlier[1].when == later[1].when == later[0].when and place[later[1].id] < place[earlier[1].id]
    ]
