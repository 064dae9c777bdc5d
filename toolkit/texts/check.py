"""The judgement of texts: what is wrong with each file, by itself and among the others.

``judge`` takes the files and what is live, and says which texts would be good to publish. A text with an error is
set aside and everything else is judged as if it were not there, so one bad file never touches another.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from toolkit.texts.buttons.check import button_faults
from toolkit.texts.buttons.text import Buttons, line_of_says
from toolkit.texts.canonical import tidy_line
from toolkit.texts.folder import ContentFile, file_name, is_page_path
from toolkit.texts.languages import FACTS, LANGUAGES, OF_HOME, PLAN, SOURCE
from toolkit.texts.lasting.short_links import Place, address_of, anchors, clashes, places
from toolkit.texts.mentions import (
    directive_fault,
    host_faults,
    hosts_of,
    leads_to,
    link_fault,
    number_faults,
    numbers_of,
    records_of,
    short_number_faults,
    typed_faults,
)
from toolkit.texts.page import PageTexts, Part, Site, TranslationState, take_in, write_part
from toolkit.texts.plans.check import check_plan
from toolkit.texts.plans.plan import PlanText
from toolkit.texts.plans.translated import outdated_languages
from toolkit.texts.problem import Fault, Problem, TextError
from toolkit.texts.records.facts import Facts, days_checked
from toolkit.texts.records.hours import MALAYSIA
from toolkit.texts.records.page_toml import line_of, line_of_day
from toolkit.texts.words import markup
from toolkit.texts.words.neutral import giveaway
from toolkit.texts.words.prose import Prose, line_of_words, split
from toolkit.texts.words.tidied import tidied

# The front matter is shown as it is: marks of the text would stand there as they are typed.
_FRONT_MARK = re.compile(r"\{\{|\}\}|｛｛|｝｝|\*\*|\]\(|\{#")


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that could be read: its decoded text and the parsed part."""

    file: ContentFile
    text: str
    part: Part


@dataclass(frozen=True, slots=True)
class _Coming:
    """The guide as readers would get it, with what every text is compared to, gathered once."""

    site: Site
    live: Site
    records: Mapping[str, set[str]]
    owners: Mapping[str, set[str]]
    # An old address -> the pages that name it, and the page that it leads to.
    aliases: Mapping[str, set[str]]
    moved: Mapping[str, str]
    # The path of a page that is not live as it is -> two of the places whose short links would be one.
    clashes: Mapping[str, tuple[Place, Place]]
    numbers: set[str]
    today: date


@dataclass(slots=True)
class Judgement:
    """``good`` holds the files fit to publish; ``site`` is what readers would get: the live texts with them over it."""

    good: list[ReadFile]
    site: Site
    problems: list[Problem] = field(default_factory=list)

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if not problem.is_warning]


# What a file says, and what is wrong with it whatever stands beside it, by its name.
Looked = dict[str, tuple[ReadFile, list[Problem]]]


def judge(
    files: Iterable[ContentFile], live: Site, today: date | None = None, looked: Looked | None = None
) -> Judgement:
    """Every problem of ``files``, and the files without one, judged against what is ``live`` (path -> page).

    ``today`` is the day in Malaysia, which no day of checking may be after. Whoever judges the same files again, some
    of them left out, gives the same ``looked``.
    """
    today = today or datetime.now(MALAYSIA).date()
    looked = {} if looked is None else looked
    problems: list[Problem] = []
    good = []
    for file in files:
        try:
            if file.name not in looked:
                read = _read(file)
                looked[file.name] = read, list(_problems_alone(read))
            good.append(looked[file.name][0])
        except TextError as error:
            problems.append(Problem.of(file.name, error.line, error.fault))
    moved = _moved_paths(good)
    while True:
        site = {path: page for path, page in overlay(live, good).items() if path not in moved}
        coming = _coming(site, live, today)
        found = [(read, [*looked[read.file.name][1], *_problems_of(read, coming)]) for read in good]
        bad = {read.file.name for read, these in found if any(not one.is_warning for one in these)}
        if not bad:
            problems += [one for _, these in found for one in these]
            return Judgement(good, site, sorted(set(problems)))
        problems += [one for read, these in found if read.file.name in bad for one in these]
        good = [read for read in good if read.file.name not in bad]


def overlay(live: Site, good: Iterable[ReadFile]) -> dict[str, PageTexts]:
    """The live pages with the read texts laid over them, text by text."""
    site = dict(live)
    for read in good:
        page = site.get(read.file.page) or PageTexts(read.file.page)
        site[read.file.page] = page.with_part(read.file.part, read.part)
    return site


def vanished_pages(paths: Iterable[str], live: Site, named: Iterable[str]) -> list[Problem]:
    """Published pages that have no folder any more and that no page names among its old addresses."""
    return [
        Problem.of(file_name(path, FACTS), 1, Fault("page-vanishes", path=f"/{path}/"))
        for path in sorted(set(live) - set(paths) - set(named))
    ]


def alias_targets(site: Site) -> dict[str, str]:
    """Old path -> today's path."""
    return {old: path for path, page in site.items() if page.facts for old in page.facts.aliases}


def old_paths(site: Site) -> set[str]:
    """The addresses that there were: they lead to another page, or say that theirs was taken down."""
    return {old for page in site.values() if page.facts for old in page.facts.old_paths}


def _moved_paths(good: Iterable[ReadFile]) -> set[str]:
    """Old paths that the files name and have no folder for any more: those pages give way."""
    named = {alias for read in good if isinstance(read.part, Facts) for alias in read.part.old_paths}
    return named - {read.file.page for read in good}


def _read(file: ContentFile) -> ReadFile:
    if file.fault:
        raise TextError(file.fault)
    if not is_page_path(file.page):
        raise TextError(Fault("folder-name"))
    if file.part in OF_HOME and file.page:
        raise TextError(Fault("plan-misplaced") if file.part == PLAN else Fault("buttons-misplaced"))
    return ReadFile(file, *take_in(file.part, file.raw))


def _coming(site: Site, live: Site, today: date) -> _Coming:
    owners: dict[str, set[str]] = {}
    aliases: dict[str, set[str]] = {}
    for path, page in site.items():
        for record in page.facts.records() if page.facts else ():
            owners.setdefault(record.id, set()).add(path)
        for alias in page.facts.old_paths if page.facts else ():
            aliases.setdefault(alias, set()).add(path)
    numbers = numbers_of(site)
    moved = {old: new for old, new in alias_targets(site).items() if old not in site}
    return _Coming(site, live, records_of(site), owners, aliases, moved, clashes(site, live), numbers, today)


def _problems_alone(read: ReadFile) -> Iterator[Problem]:
    name = read.file.name
    if read.text != write_part(read.part) or read.text != tidied(read.file.part, read.text):
        yield Problem.of(name, 1, Fault("not-canonical"), is_warning=True)
    if isinstance(read.part, Prose):
        yield from prose_problems(name, read.text, read.file.part, read.part)


def _problems_of(read: ReadFile, coming: _Coming) -> Iterator[Problem]:
    page = coming.site[read.file.page]
    name = read.file.name
    if read.file.part in (FACTS, SOURCE):
        yield from _code_problems(read, coming)
    if isinstance(read.part, PlanText):
        yield from check_plan(read.text, coming.site)
        for language in outdated_languages(read.part.rules):
            yield Problem.of(name, 1, Fault("plan-outdated", language=language), is_warning=True)
    elif isinstance(read.part, Buttons):
        before = coming.live[""].buttons if "" in coming.live else None
        for says, fault, is_warning in button_faults(read.part, before, coming.numbers):
            yield Problem.of(name, line_of_says(read.text, says), fault, is_warning=is_warning)
    elif isinstance(read.part, Facts):
        yield from _facts_problems(name, read.text, read.part, page, coming)
    else:
        yield from _mention_problems(name, read.text, read.part, page, coming)
        yield from _translation_problems(name, read.file.part, read.part, page, coming)
        yield from _vanished_anchors(name, read.file.part, read.part, page, coming.live)


def _facts_problems(name: str, text: str, facts: Facts, page: PageTexts, coming: _Coming) -> Iterator[Problem]:
    for step in page.path.split("/"):
        if word := giveaway(step.replace("-", " ")):
            yield Problem.of(name, 1, Fault("address-gives-away", word=word))
    for alias in facts.old_paths:
        if alias in coming.site:
            yield Problem.of(name, line_of(text, alias), Fault("alias-is-page", path=alias))
        if len(coming.aliases.get(alias, ())) > 1:
            yield Problem.of(name, line_of(text, alias), Fault("alias-twice", path=alias))
    for place in _lost_places(page, facts, coming):
        yield Problem.of(name, 1, Fault("place-vanishes", place=address_of(place)))
    before = coming.live.get(page.path)
    # What is live already, as after a clock that went wrong, must not keep the page from being edited.
    known = set(days_checked(before.facts)) if before and before.facts else set()
    for day in days_checked(facts):
        if day > coming.today and day not in known:
            yield Problem.of(name, line_of_day(text, day), Fault("checked-early", day=day))
    for fault, contact, is_warning in number_faults(facts, before.facts if before else None):
        yield Problem.of(name, line_of(text, contact), fault, is_warning=is_warning)
    yield from _record_problems(name, text, facts, coming)
    anchors = set(markup.anchors(page.prose[SOURCE].body)) if SOURCE in page.prose else set()
    for old, new in facts.anchor_aliases.items():
        if anchors and new not in anchors:
            yield Problem.of(name, line_of(text, new), Fault("alias-lost", old=old, new=new))
    for language in LANGUAGES:
        if language not in page.prose:
            yield Problem.of(name, 1, Fault("no-language", language=language), is_warning=True)


def _lost_places(page: PageTexts, facts: Facts, coming: _Coming) -> Iterator[Place]:
    """What was published of a page, or of one that it takes the place of, and would lead nowhere.

    An anchor that its own text has no more is for that text to say.
    """
    kept = {place for place, _ in places(page)}
    for path in (page.path, *facts.aliases):
        before = coming.live.get(path)
        if before is None:
            continue
        own = set(anchors(before)) if path == page.path else set()
        old = before.facts.old_paths if before.facts else ()
        yield from ((one, "") for one in old if one not in coming.site and one not in coming.aliases)
        for place, _ in places(before):
            if place[0] == path and place not in kept and place[1] not in own:
                yield place


def _code_problems(read: ReadFile, coming: _Coming) -> Iterator[Problem]:
    if found := coming.clashes.get(read.file.page):
        place, other = map(address_of, found)
        yield Problem.of(read.file.name, 1, Fault("code-twice", place=place, other=other))


def _record_problems(name: str, text: str, facts: Facts, coming: _Coming) -> Iterator[Problem]:
    for help_line in (*facts.help_lines, *facts.ngo_lines):
        if help_line not in coming.records["contacts"]:
            fault = Fault("no-record", sort="contact", record=help_line)
            yield Problem.of(name, line_of(text, help_line), fault)
    for record in facts.records():
        line = line_of(text, record.id)
        for channel in getattr(record, "channels", ()):
            now = channel.superseded_by
            if now and now not in coming.records["contacts"] and now not in coming.numbers:
                fault = Fault("superseded-lost", record=record.id, number=channel.value, name=now)
                yield Problem.of(name, line, fault)
        if len(coming.owners.get(record.id, ())) > 1:
            yield Problem.of(name, line, Fault("id-elsewhere", record=record.id))
        for slug in (*getattr(record, "types", ()), *getattr(record, "may_fit", ())):
            if f"types/{slug}" not in coming.site:
                yield Problem.of(name, line, Fault("no-type", record=record.id, page=f"types/{slug}"))


def prose_problems(name: str, text: str, language: str, prose: Prose) -> Iterator[Problem]:
    _, _, body_line = split(text)
    start = body_line + _leading_blanks(text, body_line) - 1
    if word := giveaway(prose.title):
        yield Problem.of(name, 2, Fault("title-gives-away", word=word))
    seen: set[str] = set()
    for heading in markup.headings(prose.body):
        yield from (Problem.of(name, start + heading.line, fault) for fault in _heading_faults(heading, seen))
        seen.add(heading.anchor)
    for fault, line in markup.parsed(prose.body).faults:
        yield Problem.of(name, start + line, fault)
    for number, row in enumerate(text.split("\n")[: body_line - 1], start=1):
        if mark := _FRONT_MARK.search(row):
            yield Problem.of(name, number, Fault("front-marks", mark=mark.group()))
    for line, words in _worded(text, prose):
        for fault, place in typed_faults(words):
            yield Problem.of(name, line + words.count("\n", 0, place), fault)
    is_source = language == SOURCE
    if is_source and (prose.translated_from or prose.review):
        yield Problem.of(name, 2, Fault("pins-in-source"))
    if not is_source and not (prose.translated_from and prose.review):
        yield Problem.of(name, 2, Fault("no-pins"))


def _worded(text: str, prose: Prose) -> Iterator[tuple[int, str]]:
    """(line, words) of everything in a text that a reader reads, words of several lines together."""
    rows = text.split("\n")
    _, _, body_line = split(text)
    for number, row in enumerate(rows[: body_line - 1], start=1):
        if not row.startswith(("keywords:", "translated_from:", "review:")):
            yield number, row.partition(":")[2]
    start = body_line + _leading_blanks(text, body_line) - 1
    yield from ((start + one.line, one.value) for one in markup.parsed(prose.body).words)


def _heading_faults(heading: markup.Heading, seen: set[str]) -> Iterator[Fault]:
    if heading.level == 1 or heading.level > 3:
        yield Fault("heading-level")
    if not markup.SLUG.match(heading.anchor):
        yield Fault("heading-anchor", heading=markup.MARKED.sub(r"{{ \1 }}", heading.text)[:40])
    elif heading.anchor in seen:
        yield Fault("anchor-twice", place=heading.anchor)


def _mention_problems(name: str, text: str, prose: Prose, page: PageTexts, coming: _Coming) -> Iterator[Problem]:
    _, _, body_line = split(text)
    start = body_line + _leading_blanks(text, body_line) - 1
    pictures = {one.id for one in page.facts.pictures} if page.facts else set()
    sources = {one.id for one in page.facts.sources} if page.facts else set()
    known = {**coming.records, "sources": sources, "pictures": pictures}
    for mention in markup.directives(prose.body):
        kind, _, record = mention.value.partition(" ")
        if fault := directive_fault(kind, record, known, prose.labels):
            yield Problem.of(name, start + mention.line, fault)
    for mention in markup.links(prose.body):
        if fault := link_fault(mention.value, page, coming.site, coming.moved):
            yield Problem.of(name, start + mention.line, fault, is_warning=fault.code == "link-moved")
    hosts = hosts_of(page.facts) if page.facts else set()
    for line, words in _worded(text, prose):
        for fault, place in host_faults(words, hosts):
            yield Problem.of(name, line + words.count("\n", 0, place), fault)
        # A name may have its number in it: Emergency 999.
        is_name = line < body_line and tidy_line(words) != prose.summary
        for fault, place in () if is_name else short_number_faults(words, coming.numbers):
            yield Problem.of(name, line + words.count("\n", 0, place), fault)
    own = {record.id for record in page.facts.records()} if page.facts else set()
    for record in sorted(prose.named_records):
        if record not in own:
            yield Problem.of(name, line_of_words(text, record), Fault("words-for-nothing", record=record))


def _translation_problems(
    name: str, language: str, prose: Prose, page: PageTexts, coming: _Coming
) -> Iterator[Problem]:
    if language == SOURCE or SOURCE not in page.prose:
        return
    source = page.prose[SOURCE]
    is_outdated = page.state(language) is TranslationState.OUTDATED
    if is_outdated:
        yield Problem.of(name, 1, Fault("outdated"), is_warning=True)
    compare: list[tuple[str, Callable[[Prose], list[str]]]] = [
        ("anchors", lambda one: markup.anchors(one.body)),
        (
            "links",
            lambda one: sorted(leads_to(link.value, coming.site, coming.moved) for link in markup.links(one.body)),
        ),
        ("directives", lambda one: sorted(mention.value for mention in markup.directives(one.body))),
        ("labels and notes", lambda one: _record_words(one, language)),
    ]
    for what, get in compare:
        theirs, ours = get(source), get(prose)
        if theirs != ours:
            missing = tuple(one for one in theirs if one not in ours)
            fault = Fault("differs", what=what, names=missing) if missing else Fault("order-differs", what=what)
            yield Problem.of(name, 1, fault, is_warning=is_outdated)


def _record_words(prose: Prose, language: str) -> list[str]:
    """``key.record`` of every wording; a reader of Malay needs neither the sound nor the sense of a Malay sentence."""
    needless = ("sounds", "means") if language == "ms" else ()
    words = prose.words_of_records()
    return sorted(f"{key}.{record}" for key in words if key not in needless for record in words[key])


def _vanished_anchors(name: str, language: str, prose: Prose, page: PageTexts, live: Site) -> Iterator[Problem]:
    before = live.get(page.path)
    if before is None or language not in before.prose:
        return
    aliases = page.facts.anchor_aliases if page.facts else {}
    kept = {*markup.anchors(prose.body), *aliases}
    for anchor in markup.anchors(before.prose[language].body):
        if anchor not in kept:
            yield Problem.of(name, 1, Fault("anchor-vanishes", place=anchor))


def _leading_blanks(text: str, body_line: int) -> int:
    rows = text.split("\n")[body_line - 1 :]
    return next((number for number, row in enumerate(rows) if row.strip()), 0)
