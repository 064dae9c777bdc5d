"""The plan of a life as a file that a case worker can read, sign or correct: ``docs/lives/ID.md``, in English."""

from collections.abc import Iterator
from itertools import groupby

from survivors.lives.life import Life
from survivors.lives.seen import Seen, plan_of
from toolkit.rendering.guide import Guide, wording
from toolkit.texts.canonical import digest
from toolkit.texts.languages import SOURCE
from toolkit.texts.plans.plan import Question

_PARTS = {"now": "Now", "today": "Today", "week": "This week"}
_ASK = "Read by (name, organisation, day): ______  ·  right / wrong / better: ______"


def file_of(life: Life, guide: Guide) -> str:
    """The whole text of the file."""
    steps = plan_of(life, guide, SOURCE)
    return "\n".join(_lines(life, guide, steps)).rstrip() + "\n"


def index_of(lives: tuple[Life, ...]) -> str:
    rows = "\n".join(f"- [{life.who}]({life.id}.md)" for life in lives)
    return f"""# Lives

{len(lives)} people who may open "What do I do now?", and the plan that each is shown. Nobody here is a real
person. They stand in `tests/content/lives.toml`; `manage.py lives` writes these files, and nobody edits them by hand.

A case worker reads a plan and says whether it is right. If it is, the life gets a line
`signed = {{ by = "…", on = 2026-11-29, plan = "…" }}`, with the short mark of its file. If not, what the plan must or
must never hold is put right there, and the rules follow.

{rows}
"""


def mark_of(steps: list[Seen]) -> str:
    """A short mark of what a plan says, which changes when that does."""
    return digest("\n".join(" ".join((step.when, *step.told)) for step in steps))[:8]


def _lines(life: Life, guide: Guide, steps: list[Seen]) -> Iterator[str]:
    yield f"# {life.who}"
    yield ""
    yield f"`{life.id}` · plan `{mark_of(steps)}` · {_signed(life, mark_of(steps))}"
    yield ""
    yield "| she answers | |"
    yield "|---|---|"
    for name, given in life.answers.items():
        yield f"| {_question(name, guide)} | {'; '.join(_choice(name, one, guide) for one in given)} |"
    if life.must:
        yield f"\nMust hold: {', '.join(life.must)}."
    if life.never:
        yield f"\nNever: {', '.join(life.never)}."
    if life.before:
        yield f"\nOrder: {'; '.join(f'{first} before {then}' for first, then in life.before)}."
    for when, part in groupby(steps, key=lambda step: step.when):
        yield f"\n## {_PARTS[when]}\n"
        for number, step in enumerate(part, 1):
            yield from _step(number, step)
    yield f"\n---\n{_ASK}"


def _step(number: int, step: Seen) -> Iterator[str]:
    first, *rest = step.told or [step.id]
    yield f"{number}. **{first}** ({', '.join(step.does)})"
    yield from (f"   - {line}" for line in rest)


def _signed(life: Life, mark: str) -> str:
    if not life.signed:
        return "not read by a case worker yet"
    said = f"signed by {life.signed['by']} on {life.signed['on']}"
    return said if life.signed["plan"] == mark else f"{said}, and **changed since**"


def _question(name: str, guide: Guide) -> str:
    asked = _asked(name, guide)
    return asked.text[SOURCE] if asked else name


def _choice(name: str, choice: str, guide: Guide) -> str:
    asked = _asked(name, guide)
    if asked and choice in asked.choices:
        return asked.choices[choice][SOURCE]
    page = guide.site.get(f"{name}/{choice}")
    return wording(page, SOURCE, "title" if name == "platforms" else "h1").text if page else choice


def _asked(name: str, guide: Guide) -> Question | None:
    return next((one for one in guide.plan.questions if one.id == name), None) if guide.plan else None
