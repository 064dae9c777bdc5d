"""The translation desk: how every text stands in every language, and saying that some are still correct."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, groupby, takewhile
from typing import Any

import regex  # type: ignore[import-untyped]
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from toolkit import roles
from toolkit.admin.addresses import page_or_404
from toolkit.admin.room import Room
from toolkit.admin.showing import asked_again, page_name, part_name, require, show, who
from toolkit.admin.words.comparing import comparison
from toolkit.drafting import publishing
from toolkit.live import english_of, live_site
from toolkit.models import Draft, Page, Revision
from toolkit.rendering.guide import HOME, Guide
from toolkit.texts.buttons.program import as_shown
from toolkit.texts.buttons.text import Buttons
from toolkit.texts.canonical import digest
from toolkit.texts.compare import Row, words
from toolkit.texts.languages import BUTTONS, LANGUAGES, OF_HOME, PLAN, SELF_NAMES, SOURCE, TRANSLATIONS
from toolkit.texts.page import PageTexts, TranslationState, write_part
from toolkit.texts.plans.plan import Plan
from toolkit.texts.plans.translated import is_outdated, words_in
from toolkit.texts.problem import TextError
from toolkit.texts.words.pins import is_pinned, pin_of
from toolkit.texts.words.prose import Prose, read_prose

DRAFT = "draft"
LINES_SHOWN = 8
STATE_NAMES = {
    "missing": _("Missing"),
    "outdated": _("Older than the English"),
    "unreviewed": _("Not checked by a native speaker"),
    "current": _("Current"),
    DRAFT: _("Someone has a draft"),
}
LOOKS = {"current": "good", "outdated": "work", "unreviewed": "work", "missing": "bad"}
# What stands in a text for the machine: anchors, facts shown by their name, addresses of links.
_FOR_THE_MACHINE = regex.compile(r"\{#[^}]*\}|\{\{[^}]*\}\}|(?<=\])\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Cell:
    """One text of the desk. ``changes`` counts the versions of the English since the one that it follows."""

    language: str
    state: TranslationState
    says: str
    words: int
    drafts: list[Draft]
    changes: int = 0
    # Which text of the page the words stand in: that of the language, the plan or the words of buttons.
    part: str = ""

    @property
    def name(self) -> str:
        return SELF_NAMES[self.language]

    @property
    def look(self) -> str:
        return LOOKS[self.state.value]

    @property
    def to(self) -> str:
        return self.part or self.language


@dataclass(frozen=True, slots=True)
class Line:
    """One page of the desk; ``part``: the plan or the words of buttons, which stand in one text in all languages."""

    path: str
    title: str
    is_section: bool
    words: int
    cells: list[Cell]
    part: str = ""

    @property
    def is_outdated(self) -> bool:
        return any(cell.state is TranslationState.OUTDATED for cell in self.cells)


@dataclass(slots=True)
class English:
    """The versions of the English texts that were ever live: path -> texts, newest first."""

    texts: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, paths: Iterable[str]) -> English:
        rows = Revision.objects.filter(part=SOURCE, was_live=True, page__path__in=list(paths)).order_by("-pk")
        found = cls()
        for path, text in rows.values_list("page__path", "text"):
            found.texts.setdefault(path, []).append(text)
        return found

    def changes_since(self, path: str, pin: str) -> int:
        """How often what is read changed since the version that ``pin`` names; 1 where it is older than all kept."""
        texts = self.texts.get(path, [])
        since = list(takewhile(lambda text: not is_pinned(text, pin), texts))
        return sum(1 for _ in groupby(since, _pin)) if len(since) < len(texts) else 1


def changes_since(path: str, pin: str) -> int:
    """How often a page's English changed since the version that ``pin`` names: 0 for today's, 1 if it is not kept."""
    return English.of([path]).changes_since(path, pin)


def _pin(text: str) -> str:
    try:
        return pin_of(read_prose(text))
    except TextError:
        return digest(text)


def english_changes(page: PageTexts, language: str) -> list[Row] | None:
    """What changed in the English since the version that the live translation follows.

    None when it follows today's English, and when that version is not known.
    """
    prose = page.prose.get(language)
    if prose is None or SOURCE not in page.prose or page.state(language) is not TranslationState.OUTDATED:
        return None
    before = english_of(page.path, prose.translated_from)
    return None if before is None else comparison(SOURCE, before, write_part(page.prose[SOURCE]))


def words_of(prose: Prose) -> int:
    """How much there is to translate: words, or characters of Chinese, without what is not for readers."""
    text = "\n".join(
        (
            prose.title,
            prose.heading,
            prose.called,
            prose.summary,
            *prose.labels.values(),
            *prose.notes.values(),
            prose.body,
        )
    )
    return words(_FOR_THE_MACHINE.sub(" ", text))


def translations_page(request: HttpRequest) -> TemplateResponse:
    """The desk: pages down, languages across. GET ``language``, ``state`` and ``section`` narrow it."""
    chosen = {one: request.GET.get(one, "") for one in ("language", "state", "section")}
    language, state, section = chosen.values()
    shown = [language] if language in TRANSLATIONS else list(TRANSLATIONS)
    lines = list(_lines())
    found = [
        line
        for line in lines
        if (not section or line.path.partition("/")[0] == section.strip("/"))
        and (state not in STATE_NAMES or any(_is(cell, state) for cell in line.cells if cell.language in shown))
    ]
    sheet = Paginator(found, LINES_SHOWN).get_page(request.GET.get("page"))
    return show(
        request,
        "translations",
        gettext("Translations"),
        lines=[(line, [cell for cell in line.cells if cell.language in shown]) for line in sheet],
        number=len(found),
        sheet=sheet,
        again=asked_again(chosen),
        section=section,
        sections=[(f"{line.path}/", line.title) for line in lines if line.is_section and not line.part],
        columns=[(code, SELF_NAMES[code]) for code in shown],
        languages=[(code, SELF_NAMES[code]) for code in TRANSLATIONS],
        states=STATE_NAMES,
        writable=[code for code in TRANSLATIONS if roles.may_draft(request.user, code)],
        language=language,
        state=state,
        summary=_summary(lines),
    )


def outdated_page(request: HttpRequest, path: str) -> HttpResponse:
    """What changed in a page's English since its translations. POST ``languages``: they are still correct.

    ``english`` is the digest of the English text as it was shown: nobody vouches for one that she has not seen.
    """
    page = page_or_404(path)
    texts = live_site().get(page.path) or PageTexts(page.path)
    if request.method == "POST":
        return _confirm(request, page, texts)
    groups = _by_version(texts)
    return show(
        request,
        "translations_outdated",
        gettext("%(name)s: translations older than the English") % {"name": page_name(page)},
        page=page,
        english=texts.source_digest,
        groups=groups,
        may_say=[one for group in groups for one in group["languages"] if roles.may_draft(request.user, one[0])],
    )


def _confirm(request: HttpRequest, page: Page, texts: PageTexts) -> HttpResponseRedirect:
    chosen = [language for language in TRANSLATIONS if language in request.POST.getlist("languages")]
    require(all(roles.may_draft(request.user, language) for language in chosen))
    if request.POST.get("english") != texts.source_digest:
        messages.warning(request, gettext("The English has changed again. Please look at what is new."))
        return HttpResponseRedirect(request.path)
    if not chosen:
        messages.info(request, gettext("Tick the languages that are still correct."))
        return HttpResponseRedirect(request.path)
    done = publishing.still_correct(page, chosen, who(request))
    if done:
        names = ", ".join(SELF_NAMES[language] for language in done)
        messages.success(request, gettext("Still correct: %(languages)s.") % {"languages": names})
    return HttpResponseRedirect(reverse("admin:translations"))


def _by_version(texts: PageTexts) -> list[dict[str, Any]]:
    """The outdated languages of a page, those that follow the same English text together."""
    since: dict[str, list[tuple[str, str]]] = {}
    for language in TRANSLATIONS:
        if texts.state(language) is TranslationState.OUTDATED:
            since.setdefault(texts.prose[language].translated_from, []).append((language, SELF_NAMES[language]))
    english = English.of([texts.path])
    return [
        {
            "languages": languages,
            "names": ", ".join(name for _, name in languages),
            "changes": english.changes_since(texts.path, pin),
            "rows": english_changes(texts, languages[0][0]),
        }
        for pin, languages in since.items()
    ]


def _lines() -> Iterator[Line]:
    """Every page in the guide's order, sections before the pages below them; pages without facts come last."""
    site = live_site()
    guide = Guide.of(site)
    opened: dict[tuple[str, str], list[Draft]] = {}
    for draft in (
        Draft.objects.filter(part__in=(*TRANSLATIONS, *OF_HOME), state__in=Draft.OPEN)
        .defer("text", "typed")
        .select_related("author", "page")
    ):
        opened.setdefault((draft.page.path, draft.part), []).append(draft)
    english = English.of(path for path, page in site.items() if _is_outdated(page))
    ordered = [guide.home.path] if guide.home else []
    for section in guide.children(HOME):
        ordered += [section.path, *(page.path for page in guide.children(section.path))]
    for path in ordered + sorted(set(site) - set(ordered)):
        page = site[path]
        source = page.prose.get(SOURCE)
        yield Line(
            path,
            source.h1 if source else f"/{path}/",
            path == page.section,
            words_of(source) if source else 0,
            [_cell(page, language, english, opened.get((path, language), [])) for language in TRANSLATIONS],
        )
        if page.plan:
            yield _plan_line(page.plan.rules, opened.get((path, PLAN), []))
        if page.buttons or (path, BUTTONS) in opened:
            yield _buttons_line(page.buttons or Buttons(), opened.get((path, BUTTONS), []))


def _plan_line(plan: Plan, opened: list[Draft]) -> Line:
    """The questions and steps of "What do I do now?"."""
    late = {one: int(is_outdated(plan, one)) for one in TRANSLATIONS}
    return _line_of_home(PLAN, late, {one: _words_of_plan(plan, one) for one in LANGUAGES}, opened)


def _buttons_line(buttons: Buttons, opened: list[Draft]) -> Line:
    late = Counter(language for one in buttons.words for language in one.outdated)
    shown = as_shown(buttons).by_language().items()
    number = {language: words("\n".join(chain.from_iterable(said.values()))) for language, said in shown}
    return _line_of_home(BUTTONS, late, number, opened)


def _line_of_home(part: str, late: Mapping[str, int], number: Mapping[str, int], opened: list[Draft]) -> Line:
    """A text of the first page in which all languages stand. ``late``: language -> changes of the English since."""
    cells = []
    for language in TRANSLATIONS:
        state = TranslationState.OUTDATED if late[language] else TranslationState.CURRENT
        says = str(STATE_NAMES[state.value])
        cells.append(Cell(language, state, says, number[language], opened, late[language], part))
    return Line(HOME, part_name(part), False, number[SOURCE], cells, part)


def _words_of_plan(plan: Plan, language: str) -> int:
    return sum(words(line) for said in words_in(plan, language).values() for line in said.values())


def _is_outdated(page: PageTexts) -> bool:
    return any(page.state(language) is TranslationState.OUTDATED for language in TRANSLATIONS)


def _cell(page: PageTexts, language: str, english: English, opened: list[Draft]) -> Cell:
    state, changes = page.state(language), 0
    says = str(STATE_NAMES[state.value])
    if state is TranslationState.OUTDATED:
        changes = max(1, english.changes_since(page.path, page.prose[language].translated_from))
        says = ngettext("Older than the English by %(n)d change", "Older than the English by %(n)d changes", changes)
        says %= {"n": changes}
    prose = page.prose.get(language)
    return Cell(language, state, says, words_of(prose) if prose else 0, opened, changes)


def _is(cell: Cell, state: str) -> bool:
    return bool(cell.drafts) if state == DRAFT else cell.state.value == state


def _summary(lines: list[Line]) -> list[dict[str, Any]]:
    """For each language, how many texts are in which state, as links that show them."""
    counted: dict[str, Counter[str]] = {language: Counter() for language in TRANSLATIONS}
    for line in lines:
        for cell in line.cells:
            counted[cell.language][cell.state.value] += 1
    return [
        {
            "language": language,
            "name": SELF_NAMES[language],
            "counts": [(state, look, STATE_NAMES[state], counted[language][state]) for state, look in LOOKS.items()],
        }
        for language in TRANSLATIONS
    ]


ROOMS: list[Room] = [
    ("translations/", translations_page, "translations", None),
    ("translations/<page:path>/", outdated_page, "outdated", None),
]
