"""The few words of a page that show why it was found, each match marked and everything escaped.

By plain string search: compiled patterns would stay in Python's cache of them, and a query is kept nowhere.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from html import escape
from itertools import accumulate

from django.utils.safestring import SafeString, mark_safe

from survivors.search.documents import Document, Section
from survivors.search.words import Term, is_part_of_word

_LENGTHS = {"zh-hans": 70}
_LENGTH = 160

Span = tuple[int, int]


class Found:
    """Where a query is in a page."""

    def __init__(self, page: Document, wanted: Sequence[Term]) -> None:
        self._page = page
        self._wanted = wanted
        self._length = _LENGTHS.get(page.language, _LENGTH)
        texts = [part for one in page.sections for part in (one.heading, one.text, one.asked)]
        self._summary, self._text, *found = _places([page.summary, page.text, *texts], wanted)
        self._sections = list(zip(page.sections, found[::3], found[1::3], found[2::3], strict=True))

    def best_section(self) -> Section | None:
        """The section that is asked for; else that has most of the query, of several most of it in its heading."""
        best = max(
            self._sections, key=lambda one: (_terms(one[3]), _terms(one[1], one[2]), _terms(one[1])), default=None
        )
        return best[0] if best and any(best[1:]) else None

    def is_asked_for(self, section: Section) -> bool:
        """Whether the query has words that this part is asked for with."""
        return any(one[3] for one in self._sections if one[0] is section)

    def covered(self, section: Section) -> tuple[float, float]:
        """How much of the query a section's heading answers, and heading and text together."""
        heading, text = next((one[1], one[2]) for one in self._sections if one[0] is section)
        return _terms(heading) / len(self._wanted), _terms(heading, text) / len(self._wanted)

    def snippet(self, section: Section | None = None) -> SafeString:
        """The words around the best match; of a page its summary, where that matches as well as any other part."""
        parts = [(one[0].text, one[2]) for one in self._sections if section in (None, one[0])]
        if section is None:
            parts = [(self._page.summary, self._summary), (self._page.text, self._text), *parts]
        text, places = max(parts, key=lambda part: _terms(part[1]))
        spans = _joined([span for span, _ in places])
        if text is self._page.summary:
            return _marked(text, spans)
        starts = [start for start, _ in spans] or [0]
        # Of these places, in their order, the first with most of them within the length of a snippet.
        _, nth = max((bisect_left(starts, start + self._length) - nth, -nth) for nth, start in enumerate(starts))
        start = starts[-nth]
        return _window(text, spans, max(0, start - self._length // 4), self._length)


def _terms(*places: Sequence[tuple[Span, Term]]) -> int:
    """How many different terms there are in some places."""
    return len({term.word for some in places for _, term in some})


def _places(texts: Sequence[str], wanted: Sequence[Term]) -> list[list[tuple[Span, Term]]]:
    """Where the terms stand in each text; a word is marked to its end. They are looked through as one, to be fast."""
    line = "\n".join(map(_low, texts))
    starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
    found: list[list[tuple[Span, Term]]] = [[] for _ in texts]
    for term in wanted:
        for sought, is_han, may_grow in term.marked:
            start = line.find(sought)
            while start >= 0:
                end = start + len(sought)
                is_whole = is_han
                if not is_han and not (start and is_part_of_word(line[start - 1])):
                    while end < len(line) and is_part_of_word(line[end]):
                        end += 1
                    is_whole = may_grow or end == start + len(sought)
                if is_whole:
                    nth = bisect_right(starts, start) - 1
                    found[nth].append(((start - starts[nth], end - starts[nth]), term))
                start = line.find(sought, end)
    return found


def _low(text: str) -> str:
    low = text.lower()
    return low if len(low) == len(text) else text


def _joined(spans: Sequence[Span]) -> list[Span]:
    """Spans in order, those that touch made one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _window(text: str, spans: Sequence[Span], start: int, length: int) -> SafeString:
    """A piece of a text that begins and ends between words, with its matches marked."""
    if start and (space := text.find(" ", start, start + 20)) > 0:
        start = space + 1
    end = min(len(text), start + length)
    if end < len(text) and (space := text.rfind(" ", end - 20, end)) > 0:
        end = space
    inside = [(one - start, other - start) for one, other in spans if start <= one and other <= end]
    before, after = "… " if start else "", " …" if end < len(text) else ""
    return mark_safe(before + _marked(text[start:end], inside) + after)


def _marked(text: str, spans: Sequence[Span]) -> SafeString:
    """A text, escaped, its matches in <mark>."""
    pieces, last = [], 0
    for start, end in spans:
        pieces += [escape(text[last:start]), "<mark>", escape(text[start:end]), "</mark>"]
        last = end
    return mark_safe("".join([*pieces, escape(text[last:])]))
