"""Search: an index of the guide in the memory of this process, made anew when the guide changes.

SQLite's FTS5, whatever the main database. Two tables per language: what a page is called (title, keywords, names,
summary, English), and its whole text. A page's ranks in both are added up, then raised by how much of the query it
answers. Sections are looked for only in the pages that will be shown, so that a large guide stays fast. No query is
kept or logged.
"""

from __future__ import annotations

import sqlite3
import threading
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain
from typing import Any, NamedTuple

from django.utils.safestring import SafeString

from survivors.edition import Edition
from survivors.search.crisis import Crisis, hear
from survivors.search.documents import Document, documents
from survivors.search.numbers import Numbers
from survivors.search.reading import LIKE, NEARLY_RIGHT, Reader, Reading
from survivors.search.snippet import Found
from survivors.search.vocabulary import Vocabulary
from survivors.search.words import HAN, LONGEST_QUERY, TOKENIZER, Term, indexed, size, spaced
from toolkit.rendering.guide import Guide
from toolkit.texts.languages import LANGUAGES

MOST_PAGES = 12
_MOST_NAMED = 4
_MOST_CRISES = 2
_CANDIDATES = 20
# Of a long query, only so many words are looked up, the rarest; all of them count in the ranking.
_TELLING = 5
_FRONTS_KEPT = 2000
_INSERT_FRONT = "INSERT INTO fronts(rowid, title, keywords, names, summary, english) VALUES (?,?,?,?,?,?)"
_INSERT_TEXT = "INSERT INTO texts(rowid, text) VALUES (?,?)"
_BEST_FRONTS = (
    "SELECT rowid, -bm25(fronts, 10, 8, 6, 4, 3) AS score FROM fronts WHERE fronts MATCH ? ORDER BY score DESC LIMIT ?"
)
_BEST_TEXTS = "SELECT rowid, -bm25(texts) AS score FROM texts WHERE texts MATCH ? ORDER BY score DESC LIMIT ?"
_ANY = (
    "SELECT 1 FROM fronts WHERE fronts MATCH ? LIMIT 1",
    "SELECT 1 FROM texts WHERE texts MATCH ? LIMIT 1",
)
# What happened to her comes before where to report it, that before the law, and that before the tables of contents.
_SECTION_FACTORS = {"types": 1.6, "first-response": 1.2, "what-is-ogbv": 0.8}
_CONTENTS_FACTOR = 0.7
# One rare word weighs much in FTS5's rank; damped, a page that answers more of the query comes before it.
_DAMPED = 0.6
_WORD_FOR_WORD = 2
_NO_GUESS = 2.0
# Another language answers where the reader's own can read less than this of a query, and it can read more.
_OWN_ENOUGH = 0.39
_CLEARLY = 0.2


@dataclass(frozen=True, slots=True)
class Hit:
    """A link to show: a page, or a section of one. ``language`` is the one its words are in."""

    path: str
    anchor: str
    title: str
    page_title: str
    language: str
    snippet: SafeString
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, in which language's guide.

    ``instead`` are the words that stood in for those typed, ``crises`` what she may be in, ``circumstances`` what
    decides which lines fit her, ``replaced`` the contacts whose number was typed that answers no more.
    """

    hits: tuple[Hit, ...] = ()
    language: str = ""
    instead: tuple[str, ...] = ()
    crises: tuple[Crisis, ...] = ()
    circumstances: frozenset[str] = frozenset()
    replaced: tuple[str, ...] = ()


class Front:
    """What a page is called, one phrase after the other, to see how much of a query it answers."""

    def __init__(self, page: Document) -> None:
        phrases = [page.title, page.short_title, *page.keywords, *page.names, *page.english, page.summary]
        asked = " ".join(dict.fromkeys(one.asked for one in page.sections))
        lines = spaced(*phrases, asked)
        self._asked = len(lines) - 1
        # Most of these words say nothing by themselves: "salah saya ke".
        self._sayings = [one for one in lines if len(one.split()) > 1 and size(one) == 1]
        self._starts = [0, *accumulate(len(line) for line in lines)]
        self._line = "".join(lines)
        self._sizes: dict[int, int] = {}

    def says(self, typed: str) -> bool:
        """Whether a query stands here word for word, or a saying of the page's in the query: "is it my fault"."""
        return typed in self._line or any(one in typed for one in self._sayings)

    def phrases(self, term: Term) -> set[int]:
        """The phrases that have a term, by their place in the line."""
        found = set()
        for sought in term.sought:
            place = self._line.find(sought)
            while place >= 0:
                following = bisect_right(self._starts, place)
                found.add(following - 1)
                place = self._line.find(sought, self._starts[following])
        return found

    def is_asked_of(self, found: Sequence[set[int]]) -> bool:
        """Whether a query is what one asks of a page for one of its parts, and else only the page's name."""
        others = [phrases for phrases in found if self._asked not in phrases]
        return 0 < len(others) < len(found) and all(0 in phrases or 1 in phrases for phrases in others)

    def compare(self, found: Sequence[set[int]]) -> tuple[float, float]:
        """How much of a query is here at all, and how near it comes to being one of the phrases: 0 to 1 each."""
        shared: dict[int, int] = {}
        for one in chain.from_iterable(found):
            shared[one] = shared.get(one, 0) + 1
        closest = max((self._likeness(one, n, len(found)) for one, n in shared.items()), default=0)
        return sum(map(bool, found)) / len(found), closest

    def _likeness(self, phrase: int, shared: int, wanted: int) -> float:
        """How near a phrase comes to being the query, by the number of terms that they share."""
        if phrase not in self._sizes:
            self._sizes[phrase] = size(self._line[self._starts[phrase] : self._starts[phrase + 1]])
        return 2 * min(shared, self._sizes[phrase]) / (wanted + self._sizes[phrase])


class Fit(NamedTuple):
    """How well a page fits a query; ``covered`` is the part of the query that its front answers."""

    row: int
    score: float
    covered: float


class LanguageIndex:
    """The pages of a guide in one language."""

    def __init__(self, language: str, pages: list[Document], factors: list[float]) -> None:
        """``factors``: how likely each page is what someone looks for, whatever she typed."""
        self.language = language
        self._documents, self._factors = pages, factors
        self._by_path = {page.path: page for page in pages}
        self._lock = threading.Lock()
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        self._fill()
        counts = Counter(dict(self._rows("SELECT term, doc FROM vocabulary")))
        counts.update(dict(self._rows("SELECT term, doc FROM text_vocabulary")))
        phrases = (phrase for one in self._documents for phrase in han_phrases(one))
        self._vocabulary = Vocabulary(counts, phrases, self._has_phrase)
        self._vocabulary.prepare()
        self.reader = Reader(self._vocabulary, language)
        self._fronts = lru_cache(maxsize=_FRONTS_KEPT)(lambda row: Front(self._documents[row]))
        for row in range(min(_FRONTS_KEPT, len(self._documents))):
            self._fronts(row)

    def is_of(self, pages: list[Document], factors: list[float]) -> bool:
        return pages == self._documents and factors == self._factors

    def search(self, reading: Reading, typed: str) -> list[Hit]:
        """The best hits, best first; no page more than twice."""
        hits = [hit for fit in self._best(reading, typed) for hit in self._hits(fit, reading.terms)]
        return sorted(hits, key=lambda hit: -hit.score)

    def ranked(self, reading: Reading, typed: str) -> list[str]:
        """The paths of the best pages, best first."""
        return [self._documents[fit.row].path for fit in self._best(reading, typed)]

    def _best(self, reading: Reading, typed: str) -> list[Fit]:
        fits = [self._fit(row, score, reading, typed) for row, score in self._candidates(reading.terms).items()]
        return sorted(fits, key=lambda fit: -fit.score)[:MOST_PAGES]

    def pinned(self, paths: Sequence[str]) -> list[Hit]:
        """The pages that a number names, or that help in a crisis."""
        pages = [self._by_path[path] for path in dict.fromkeys(paths) if path in self._by_path]
        return [Hit(one.path, "", one.title, "", one.language, Found(one, ()).snippet()) for one in pages]

    def _candidates(self, wanted: Sequence[Term]) -> Counter[int]:
        """Pages by FTS5's rank: those with all of the words; where they are few, with any, and their texts."""
        telling = sorted(wanted, key=self._vocabulary.count)[:_TELLING]
        rows = self._rows(_BEST_FRONTS, (" AND ".join(f"({term.match})" for term in telling), _CANDIDATES))
        if len(rows) == _CANDIDATES:
            return Counter(dict(rows))
        scores: Counter[int] = Counter()
        for statement in (_BEST_FRONTS, _BEST_TEXTS):
            for row, score in self._rows(statement, (" OR ".join(term.match for term in telling), _CANDIDATES)):
                scores[row] += score
        return scores

    def _has_phrase(self, phrase: str) -> bool:
        return any(self._rows(one, (f'"{phrase}"',)) for one in _ANY)

    def _fit(self, row: int, score: float, reading: Reading, typed: str) -> Fit:
        """FTS5's rank, raised by how much of the query the page's front answers, and by a keyword that is the query."""
        front = self._fronts(row)
        found = [front.phrases(term) for term in reading.terms]
        covered, closest = front.compare(found)
        is_said = front.says(typed) or front.says(reading.line) or front.is_asked_of(found)
        likely = self._factors[row] * (_WORD_FOR_WORD if is_said else 1)
        return Fit(row, score**_DAMPED * (0.3 + covered) * (1 + closest * closest) * likely, covered)

    def _hits(self, fit: Fit, wanted: Sequence[Term]) -> Iterator[Hit]:
        """A page, and below it the section that has most of the query; before it only if it fits clearly better."""
        page = self._documents[fit.row]
        found = Found(page, wanted)
        yield Hit(page.path, "", page.title, "", page.language, found.snippet(), fit.score)
        if (section := found.best_section()) and section.anchor:
            in_heading, in_all = found.covered(section)
            is_meant = in_heading > fit.covered or found.is_asked_for(section)
            score = fit.score * (1.1 if is_meant else in_all / 2)
            around = found.snippet(section)
            yield Hit(page.path, section.anchor, section.heading, page.title, page.language, around, score)

    def _fill(self) -> None:
        self._database.executescript(
            f"""
            CREATE VIRTUAL TABLE fronts USING fts5(title, keywords, names, summary, english,
                content='', tokenize="{TOKENIZER}");
            CREATE VIRTUAL TABLE texts USING fts5(text, content='', tokenize="{TOKENIZER}");
            CREATE VIRTUAL TABLE vocabulary USING fts5vocab(fronts, row);
            CREATE VIRTUAL TABLE text_vocabulary USING fts5vocab(texts, row);
            """
        )
        for row, page in enumerate(self._documents):
            self._database.execute(_INSERT_FRONT, (row, *_columns(page)))
            self._database.execute(_INSERT_TEXT, (row, indexed(_whole(page))))
        for table in ("fronts", "texts"):
            self._database.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")  # noqa: S608
        self._database.commit()

    def _rows(self, statement: str, values: Sequence[object] = ()) -> list[Any]:
        with self._lock:
            return self._database.execute(statement, values).fetchall()


def factor(guide: Guide, path: str) -> float:
    """How likely a page is what someone looks for, whatever she typed."""
    contents = _CONTENTS_FACTOR if guide.children(path) else 1.0
    return contents * _SECTION_FACTORS.get(path.partition("/")[0], 1.0)


def _columns(page: Document) -> tuple[str, ...]:
    title = page.title if page.title == page.short_title else f"{page.title} | {page.short_title}"
    columns = (title, " | ".join(page.keywords), " | ".join(page.names), page.summary, " | ".join(page.english))
    return tuple(indexed(column) for column in columns)


def han_phrases(page: Document) -> Iterator[str]:
    """What a page goes by in Chinese, for reading what is typed by its sound."""
    headings = (section.heading for section in page.sections)
    for phrase in (page.title, page.short_title, *page.keywords, *page.names, page.summary, *headings):
        if HAN.search(phrase):
            yield phrase


def _whole(page: Document) -> str:
    return " ".join([page.text, *(f"{one.heading} {one.text} {one.asked}" for one in page.sections)])


def _typed(query: str) -> str:
    return "".join(spaced(query[:LONGEST_QUERY]))


class Index:
    """A guide in all its languages.

    ``before``: the index of an edition before, from which languages that say the same are taken over as they are."""

    def __init__(self, guide: Guide, before: Index | None = None) -> None:
        self.guide = guide
        self._before = dict(before._made) if before else {}
        self._numbers = Numbers(guide)
        self._lock = threading.Lock()
        self._made: dict[str, LanguageIndex] = {}

    def find(self, query: str, language: str, as_typed: bool = False) -> Answer:
        """What answers a query: in the reader's language; else in another; misspelt words set right unless as typed."""
        named = self._numbers.named(query)
        index, reading = self._read(query, language, as_typed, bool(named.pages))
        heard = hear(query)
        first = [*named.pages[:_MOST_NAMED], *(one.pages[0] for one in heard.crises[:_MOST_CRISES])]
        found = index.search(reading, _typed(query)) if reading.terms else ()
        return Answer(
            hits=(*index.pinned(first), *(hit for hit in found if hit.path not in first)),
            language=index.language,
            instead=tuple(dict.fromkeys(reading.named)),
            crises=heard.crises,
            circumstances=heard.circumstances,
            replaced=named.replaced,
        )

    def ranked(self, query: str, language: str) -> list[str]:
        """The paths of the pages that answer a query in the reader's own language, best first."""
        named = self._numbers.named(query).pages[:_MOST_NAMED]
        index, reading = self._read(query, language, False, bool(named))
        found = index.ranked(reading, _typed(query)) if reading.terms else []
        return [*named, *found] if index.language == language else []

    def _read(self, query: str, language: str, as_typed: bool, is_named: bool) -> tuple[LanguageIndex, Reading]:
        """A query as the reader's language has it, or another that can read more of it without guessing.

        Where a number names a page (``is_named``), that is shown in the reader's own language.
        """
        own = self._in(language)
        guess = _NO_GUESS if as_typed else NEARLY_RIGHT
        reading = own.reader.read(query, guess)
        if reading.share < _OWN_ENOUGH and not is_named:
            others = [(one.reader.read(query, guess), one) for one in map(self._in, LANGUAGES) if one is not own]
            best, other = max(others, key=lambda one: one[0].share)
            if best.terms and best.share > reading.share + _CLEARLY:
                return other, best
        if not reading.terms and not as_typed:
            # Where nothing else is known, even a word that is only somewhat like another is taken for it.
            reading = own.reader.read(query, LIKE)
        return own, reading

    def reader(self, language: str) -> Reader:
        """What reads queries in a language."""
        return self._in(language).reader

    def prepare(self, language: str) -> None:
        """Builds the index of a language, if it is not there yet."""
        self._in(language)

    def _in(self, language: str) -> LanguageIndex:
        with self._lock:
            if language not in self._made:
                pages = list(documents(self.guide, language))
                factors = [factor(self.guide, page.path) for page in pages]
                kept = self._before.pop(language, None)
                is_same = kept is not None and kept.is_of(pages, factors)
                self._made[language] = kept if kept and is_same else LanguageIndex(language, pages, factors)
            return self._made[language]


_building = threading.Lock()


def index_of(live: Edition, before: Edition | None = None) -> Index:
    """The index of an edition, built at its first search; it goes when the guide goes."""
    with _building:
        kept = live.guide.kept
        if "search" not in kept:
            kept["search"] = Index(live.guide, before.guide.kept.get("search") if before else None)
        found: Index = kept["search"]
        return found
