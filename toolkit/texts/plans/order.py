"""In what order the steps of a plan are done, and what belongs to now: pure functions of the steps and the answers.

Rescue, a safer place, a phone that the other person does not reach and someone to talk to come before proof, proof
before reports, and nothing that the other person will notice before it was planned with someone, where that may be
needed. What matters most to the reader moves up within that order.
"""

from collections.abc import Collection, Mapping

from toolkit.texts.plans.plan import ACTS, WHENS, Answers, Plan, Step, as_given, steps_for

NOW, TODAY, WEEK = WHENS
# More does not fit into a frightened head: what is over this waits until later today.
MOST_NOW = 5
PROOF = ("note-links", "evidence")
_RANKS = {act: rank for rank, act in enumerate(ACTS)}
_LAST_OF_PROOF = _RANKS["evidence"]
# Which acts serve what matters most to her.
PRIORITIES: Mapping[str, tuple[str, ...]] = {
    "safe": ("safer-place", "hide", "order"),
    "hidden": ("hide", "accounts"),
    "down": ("report-platform", "report-mcmc"),
    "stop": ("order", "block", "accounts"),
    "justice": ("report-police", "report-work", "law"),
    "alone": ("talk", "person", "recover"),
}

Parts = Mapping[str, list[Step]]


def arranged(plan: Plan, answers: Answers) -> Parts:
    """The steps of a plan by part, each in the order in which they are done."""
    return in_order(steps_for(plan, answers), answers)


def in_order(steps: Collection[Step], answers: Answers) -> Parts:
    given = as_given(answers)
    is_feared = any(step.is_plan_first for step in steps)
    parts: dict[str, list[Step]] = {when: [] for when in WHENS}
    for step in steps:
        parts[_when(step, given, is_feared)].append(step)
    parts[NOW].sort(key=lambda step: _rank(step, given))
    parts[TODAY] += parts[NOW][MOST_NOW:]
    del parts[NOW][MOST_NOW:]
    for when in (TODAY, WEEK):
        parts[when].sort(key=lambda step: _rank(step, given))
    return parts


def _when(step: Step, given: Answers, is_feared: bool) -> str:
    if step.when == WEEK:
        return TODAY if _matters_most(step, given) else WEEK
    if step.when == TODAY:
        return TODAY
    # Where someone is in danger, hurt or may die, proof waits; where she is feared for, so does what they will notice.
    waits = step.does[0] in PROOF and (is_feared or "yes" in (*given["danger"], *given["selfharm"], *given["body"]))
    return TODAY if waits or (is_feared and step.noticed_by_them == "yes") else NOW


def _rank(step: Step, given: Answers) -> float:
    if step.is_plan_first:
        return -2
    if step.does[0] == "talk" and given["selfharm"] == ("yes",) and given["danger"] != ("yes",):
        return -1
    rank = _RANKS[step.does[0]]
    return _LAST_OF_PROOF + 0.5 if rank > _LAST_OF_PROOF and _matters_most(step, given) else rank


def _matters_most(step: Step, given: Answers) -> bool:
    serving = PRIORITIES.get(given["priority"][0])
    return serving is not None and not set(serving).isdisjoint(step.does)
