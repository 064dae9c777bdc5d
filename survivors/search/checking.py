"""What is wrong with the language data in ``spelling/``: for linguists, before the search is built from it."""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from survivors.search.crisis import Crisis, circumstances, crises, hear, written_out
from survivors.search.spelling import ROOT, lines
from survivors.search.words import empty_words, fold
from toolkit.rendering.guide import Guide
from toolkit.texts.records.facts import Contact


def problems(guide: Guide) -> list[str]:
    """Each as ``file: what is wrong``; none if all is well."""
    found = problems_of_lists(ROOT)
    for name, kinds in (("crisis", crises()), ("circumstances", circumstances())):
        found += [f"{name}.toml: {wrong}" for kind in kinds for wrong in _in_crisis(kind, guide)]
    return found


def problems_of_lists(root: Path) -> list[str]:
    """Of the files with a word or a pair of words in each line."""
    return [f"{path.relative_to(root)}: {wrong}" for path in sorted(root.rglob("*.t?[tv]")) for wrong in _in_file(path)]


def _in_file(path: Path) -> Iterator[str]:
    written = lines(path)
    counted = Counter(line.partition("\t")[0] for line in written)
    yield from (f"{word!r} stands there more than once" for word, times in counted.items() if times > 1)
    for line in written:
        if line != unicodedata.normalize("NFC", line) or (line != line.strip() and "\t" not in line):
            yield f"{line!r} has blanks at an end, or is not in the usual form of its letters (NFC)"
        if path.suffix == ".tsv" and line.count("\t") != 1:
            yield f"{line!r} must have one tab"
        if path.suffix == ".txt" and fold(line) != line:
            yield f"{line!r} must be in small letters and simplified characters"


def _in_crisis(crisis: Crisis, guide: Guide) -> Iterator[str]:
    for name in crisis.lines:
        placed = guide.records.get(("contacts", name))
        if placed is None or not isinstance(placed.record, Contact) or not placed.record.phones:
            yield f"{crisis.kind}: {name} is no contact of the guide with a number"
    yield from (f"{crisis.kind}: there is no page {path}" for path in crisis.pages if path not in guide.site)
    for language, patterns in crisis.patterns.items():
        for pattern in (one for several in patterns for one in written_out(several)):
            typed = " ".join(pattern)
            heard = hear(typed)
            if crisis not in heard.crises and crisis.kind not in heard.circumstances:
                yield f"{crisis.kind}: {language}: {typed!r} is not heard when it is typed"
            if len(pattern) == 1 and pattern[0] in empty_words():
                yield f"{crisis.kind}: {language}: {typed!r} is in a list of words that say nothing"
