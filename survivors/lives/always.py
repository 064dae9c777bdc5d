"""What holds for every life, whoever she is: the hard rules, seen in the page that she gets."""

from collections.abc import Iterator

from survivors.lives.expected import Names, holders
from survivors.lives.life import Life
from survivors.lives.seen import Seen, numbers_in

MOST_NOW = 5
# A frightened person reads no more, even with every part opened. English has the fewest words of the four.
MOST_WORDS = 900
CHILD_LINE, EMERGENCY = "15999", "999"
MAYBE_A_CHILD = ("under-18", "unsure")
# Who passes on what they hear, or asks who she is.
EXPOSING = ("contact police-d11", "contact nsrc-997", "contact jkm", "contact jbg", "contact tags")
TO_THE_STATE = ("report-police", "report-mcmc", f"number {EMERGENCY} outside rescue", *EXPOSING)
NOTICED = ("accounts", "block", "report-platform", "report-mcmc", "report-police", "report-work")
BEFORE_NOTICED = {"rescue", "talk", "hide", "safer-place", "person"}


def against_the_rules(life: Life, steps: list[Seen], names: Names, language: str) -> list[str]:
    if not steps:
        return ["the plan has no step"]
    return [
        *_size(steps, language),
        *_people(steps),
        *_age(life, steps, names),
        *_risk(life, steps, names),
        *_first(life, steps, names),
        *_tie(life, steps, names),
    ]


def _said(life: Life, name: str, *wanted: str) -> bool:
    return not set(wanted).isdisjoint(life.answers.get(name, ()))


def _size(steps: list[Seen], language: str) -> Iterator[str]:
    now = [step for step in steps if step.when == "now"]
    if len(now) > MOST_NOW:
        yield f"{len(now)} steps stand under now"
    words = sum(len(line.split()) for step in steps for line in step.lines)
    if language == "en" and words > MOST_WORDS:
        yield f"the plan has {words} words"
    if unsaid := [step.id for step in steps if not step.does]:
        yield f"nobody knows what these steps do: {', '.join(unsaid)}"


def _people(steps: list[Seen]) -> Iterator[str]:
    reaching = [step for step in steps if any(numbers_in(step.links))]
    if not any({"talk", "person"} & {*step.does} for step in reaching):
        yield "nobody to talk to has a number"
    if steps[0] not in reaching:
        yield f"the first step, {steps[0].id}, has nobody to call or write to"


def _age(life: Life, steps: list[Seen], names: Names) -> Iterator[str]:
    if not _said(life, "age", "adult") and (found := holders("evidence", steps, names)):
        yield f"keeps copies although someone may be under 18: {found[0].id}"
    if _said(life, "age", *MAYBE_A_CHILD) and not holders(f"number {CHILD_LINE}", steps, names):
        yield "someone who is or may be under 18 has no child line"


def _risk(life: Life, steps: list[Seen], names: Names) -> Iterator[str]:
    if not _said(life, "police", "yes"):
        return
    child = _said(life, "age", *MAYBE_A_CHILD)
    for line in (*TO_THE_STATE, *(() if child else (f"number {CHILD_LINE}",))):
        if found := holders(line, steps, names):
            yield f"the police are a risk, and {found[0].id} ({found[0].when}) holds: {line}"


def _first(life: Life, steps: list[Seen], names: Names) -> Iterator[str]:
    danger, dying = _said(life, "danger", "yes"), _said(life, "selfharm", "yes")
    if danger and "rescue" not in steps[0].does:
        yield f"in danger, and the first step is {steps[0].id}"
    if dying and "talk" not in steps[0].does:
        yield f"thinks of dying, and the first step is {steps[0].id}"
    if dying and (found := [*holders("now evidence", steps, names), *holders("now note-links", steps, names)]):
        yield f"thinks of dying, and {found[0].id} stands under now"
    if _said(life, "body", "yes") and not [*holders("now care", steps, names), *holders("today care", steps, names)]:
        yield "her body was hurt, and nobody cares for it today"


def _tie(life: Life, steps: list[Seen], names: Names) -> Iterator[str]:
    related = _said(life, "known", "spouse", "family")
    if not _said(life, "known", "work") and holders("report-work", steps, names):
        yield "tells an employer, who may be the one"
    if not related and holders("page laws/act-521", steps, names):
        yield "names an order of the Domestic Violence Act, which is for spouses and family"
    if (
        (related or _said(life, "police", "yes"))
        and holders("order", steps, names)
        and holders("says 98A", steps, names)
    ):
        yield "names section 98A, which is for the others and needs a police case"
    if _said(life, "home", "yes") or _said(life, "danger", "yes"):
        yield from _noticed_before_planned(steps)


def _noticed_before_planned(steps: list[Seen]) -> Iterator[str]:
    for step in steps:
        if not BEFORE_NOTICED.isdisjoint(step.does):
            return
        if not {*NOTICED}.isdisjoint(step.does):
            yield f"{step.id} may be noticed, and stands before anyone to plan it with"
            return
