"""The words that a text must not use, read from the table "Never" of docs/terms.md, and where a text uses them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_UNSEARCHED = ("keywords:", "translated_from:", "review:")
# Names of records, places and pages: no words of the text.
_NAMES = re.compile(r"^[a-z_]+\.[a-z0-9-]+:|\{\{[^{}]*\}\}|\]\([^()]*\)|\{#[^{}]*\}")
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class NeverSay:
    """A form that a language must not use, what to say instead, and why.

    It is found at the beginning of a word, whatever the word's ending; a form that begins with a hyphen, or one in
    Chinese, is found inside words too.
    """

    language: str
    form: str
    say: str
    why: str

    @property
    def pattern(self) -> re.Pattern[str]:
        inside = self.form.startswith("-") or _HAN.match(self.form)
        form = re.escape(self.form.removeprefix("-"))
        # A Tamil vowel sign is no letter to ``\w``: what follows one still stands inside the word.
        return re.compile(form if inside else rf"(?<![\w\u0b80-\u0bff]){form}", re.IGNORECASE)


def read_terms(text: str) -> list[NeverSay]:
    """docs/terms.md -> its forms never to use. Raises ValueError naming a row that is none."""
    table = text.partition("\n## Never\n")[2].partition("\n## ")[0]
    rows = [row for row in table.splitlines() if row.startswith("| ")][1:]
    found = []
    for row in rows:
        cells = [cell.strip() for cell in row.strip("| ").split("|")]
        if len(cells) != 4 or not all(cells):
            raise ValueError(f"a row of Never has a language, a form, what to say and why: {row}")
        found.append(NeverSay(*cells))
    return found


def never_said(text: str, language: str, terms: list[NeverSay]) -> Iterator[tuple[int, NeverSay]]:
    """(line, form) for each form that a text in a language uses; search words are left out, they are people's own."""
    mine = [(term, term.pattern) for term in terms if term.language == language]
    for number, row in enumerate(text.split("\n"), start=1):
        if not row.startswith(_UNSEARCHED):
            words = _NAMES.sub(" ", row)
            yield from ((number, term) for term, pattern in mine if pattern.search(words))


def never_said_in_plan(text: str, terms: list[NeverSay]) -> Iterator[tuple[int, NeverSay]]:
    """The same for plan.toml, where each line of words begins with its language."""
    for number, row in enumerate(text.split("\n"), start=1):
        language, _, words = row.partition(" = ")
        yield from ((number, term) for _, term in never_said(words, language, terms))
