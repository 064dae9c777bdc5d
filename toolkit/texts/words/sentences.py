"""Where a sentence ends, by the rules of each language."""

import re

_CLOSING = r"[”’»」』）】)\]\"']*"
# 。！？ end a sentence wherever they stand; a full stop between Chinese characters is none.
_CHINESE_END = re.compile(rf"(?:[。！？]|[!?…]+(?=[\s\u3400-\u9fff]|$)){_CLOSING}\s*")
# Malay and English: a mark, a space, then no small letter. A Tamil sentence may begin with any English word.
_END = {
    "en": re.compile(rf"[.!?…]+{_CLOSING}(?=\s+[^\sa-z])"),
    "ta": re.compile(rf"[.!?…]+{_CLOSING}(?=\s)"),
}
# A full stop that shortens a word: a section, a number, a page, a company, a title, an initial.
_SHORTENED = re.compile(
    r"(?:^|[\s(“\"'/])(?:ss?|secs?|arts?|paras?|seks|per|regs?|No|Nos|no|nos|bil|pp?|ch|vol|v|vs|Dr|Mr|Mrs|Ms|Prof|Hj|"
    r"Bhd|Sdn|Jln|St|Jr|cf|approx|etc|e\.g|i\.e|a\.m|p\.m|[A-Z])\.$"
)


def sentences(text: str, language: str) -> list[str]:
    """A block of plain words -> its sentences, in order; together they are the whole text."""
    text = " ".join(text.split())
    if language == "zh-hans":
        return _cut(text, [match.end() for match in _CHINESE_END.finditer(text)])
    ends = (match.end() for match in _END.get(language, _END["en"]).finditer(text))
    return _cut(text, [end for end in ends if not _SHORTENED.search(text[:end])])


def _cut(text: str, ends: list[int]) -> list[str]:
    parts = (text[start:end].strip() for start, end in zip([0, *ends], [*ends, len(text)], strict=True))
    return [part for part in parts if part]
