"""The language data of the search: plain files in ``spelling/`` that a linguist can edit (docs/searching.md).

Every file is UTF-8; a line that begins with # is a remark. ``.txt``: one word a line. ``.tsv``: what is written, a
tab, what it stands for. ``asked.toml`` says how parts of pages are asked for; ``crisis.toml`` and
``circumstances.toml`` are read by survivors/search/crisis.py.
"""

import tomllib
from functools import cache
from pathlib import Path

from django.conf import settings

# The parts of pages in asked.toml that are more than their anchor.
AFTER_REPORT, IF_REFUSED = "after", "if-refused"
ROOT = Path(settings.BASE_DIR) / "spelling"


@cache
def word_list(name: str) -> frozenset[str]:
    """The words of ``NAME.txt``: ``en/words`` -> the common words of English."""
    return frozenset(lines(ROOT / f"{name}.txt"))


@cache
def table(name: str) -> dict[str, str]:
    """What stands for what in ``NAME.tsv``; a line without a tab stands for nothing."""
    pairs = (line.partition("\t") for line in lines(ROOT / f"{name}.tsv"))
    return {written: meant.strip() for written, _, meant in pairs}


@cache
def asked() -> dict[str, dict[str, str]]:
    """The words that readers ask for a part of a page with: by its anchor, by language."""
    return tomllib.loads((ROOT / "asked.toml").read_text())


def is_real_word(word: str) -> bool:
    """Whether it is a common word of one of the four languages, which is never taken for a misspelt one."""
    return any(word in word_list(f"{language}/words") for language in ("en", "ms", "ta", "zh-hans"))


def lines(path: Path) -> list[str]:
    return [line for line in path.read_text().splitlines() if line.strip() and not line.startswith("#")]
