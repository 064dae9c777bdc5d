"""What someone from outside was asked to read, how far she is, and what she says of it.

Every sentence is looked for in today's text: what has changed since she judged it stands before her anew.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import groupby

from django.contrib.auth.models import User
from django.core import signing
from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import override

from toolkit import models
from toolkit.judging import Change
from toolkit.live import publish, text_of
from toolkit.models import AuditEntry, Event, OutsideReader, Remark
from toolkit.rendering.guide import Guide
from toolkit.reviewing.law import law_sheet, pages_of_law
from toolkit.reviewing.pack import Sheet, Statement, page_sheet, plan_sheet
from toolkit.reviewing.risk import by_risk
from toolkit.reviewing.words import LAW
from toolkit.texts.canonical import digest, tidy_line
from toolkit.texts.languages import FACTS, LANGUAGES, PLAN, SOURCE
from toolkit.texts.page import PageTexts, read_part, write_part
from toolkit.texts.problem import TextError
from toolkit.texts.words.sentences import sentences
from toolkit.texts.words.tidied import without_invisible

VERDICTS = (Remark.RIGHT, Remark.WRONG, Remark.BETTER)
LONGEST_WORDING, LONGEST_WORDS = 5_000, 2_000
# Sentences of a part: more are too many screens of a phone.
AT_ONCE = 8
# More in ten minutes is not someone who reads.
MOST_REMARKS, IN_MINUTES = 300, 10

_SALT = "outside-reader"
# (path of a page, part)
Text = tuple[str, str]


class TooManyError(Exception):
    """She says more in a short time than anyone can read."""


@dataclass(frozen=True, slots=True)
class Said:
    """What she taps and types at a sentence: ``verdict`` is one of VERDICTS, or "" with a remark alone."""

    verdict: str
    wording: str = ""
    words: str = ""


@dataclass(frozen=True)
class Reading:
    """One text that she was asked to read, as it is today. ``number`` counts from 1 in her list.

    ``version`` names the texts that the sheet was made of; ``latest`` is what she last said of each sentence of the
    page, by part and sentence.
    """

    number: int
    of: str
    page: PageTexts
    part: str
    sheet: Sheet
    latest: Mapping[tuple[str, str], Remark]

    @property
    def parts(self) -> tuple[str, ...]:
        """The texts of the page that stand in the sheet."""
        return (SOURCE, FACTS) if self.of == LAW else (self.part,)

    @cached_property
    def version(self) -> str:
        return ".".join(self.digest_of(part) for part in self.parts)

    def digest_of(self, part: str) -> str:
        value = self.page.part(part)
        return digest(write_part(value)) if value else ""

    @cached_property
    def statements(self) -> list[Statement]:
        """Those to be judged: where a translation lacks a sentence, there is none."""
        return [one for one in self.sheet.statements if one.text]

    @cached_property
    def screens(self) -> list[list[Statement]]:
        """The statements in parts of at most AT_ONCE, which begin with a heading wherever that is possible."""
        found: list[list[Statement]] = [[]]
        for _heading, below in groupby(self.statements, key=lambda one: one.what.partition(" ")[0]):
            some = list(below)
            most = -(-len(some) // -(-len(some) // AT_ONCE))
            for start in range(0, len(some), most):
                if len(found[-1]) + len(some[start : start + most]) > AT_ONCE:
                    found.append([])
                found[-1] += some[start : start + most]
        return found

    def part_of(self, statement: Statement) -> str:
        return self.part if self.of != LAW else FACTS if statement.is_fact else SOURCE

    def remark_on(self, statement: Statement) -> Remark | None:
        return self.latest.get((self.part_of(statement), statement.text))

    @cached_property
    def read(self) -> int:
        """How many of its sentences she has judged."""
        return sum(_is_judged(self.remark_on(one)) for one in self.statements)

    @property
    def is_read(self) -> bool:
        return self.read == len(self.statements)

    @cached_property
    def is_right(self) -> bool:
        """Whether she has found every sentence of today's text right, or wrote it herself."""
        hers = {
            sentence
            for one in self.latest.values()
            if one.verdict == Remark.BETTER
            for sentence in sentences(one.wording, self.of if self.of in LANGUAGES else SOURCE)
        }
        said = ((one, self.remark_on(one)) for one in self.statements)
        return all(one.text in hers or (remark and remark.verdict == Remark.RIGHT) for one, remark in said)

    @property
    def next_unread(self) -> Statement | None:
        return next((one for one in self.statements if not _is_judged(self.remark_on(one))), None)

    @cached_property
    def gone(self) -> list[Remark]:
        """What she last said of sentences that today's text no longer has, or of the whole."""
        standing = {(self.part_of(one), one.text) for one in self.statements}
        return [remark for key, remark in self.latest.items() if key not in standing]

    @property
    def last_day(self) -> date | None:
        return max((localdate(one.written) for one in self.latest.values()), default=None)


def token_for(reader: OutsideReader) -> str:
    return signing.Signer(salt=_SALT).sign_object(reader.pk)


def reader_of(token: str) -> OutsideReader | None:
    """Whose link it is, ended or not; None when it was never one."""
    try:
        pk = signing.Signer(salt=_SALT).unsign_object(token)
    except (signing.BadSignature, ValueError):
        return None
    return OutsideReader.objects.filter(pk=pk).first()


def readings(reader: OutsideReader, guide: Guide) -> list[Reading]:
    """What she was asked to read and still is in the guide."""
    latest: dict[str, dict[tuple[str, str], Remark]] = {}
    for remark in reader.remarks.select_related("page", "draft"):
        latest.setdefault(remark.page.path, {})[remark.part, remark.sentence] = remark
    found = (_reading(reader, guide, number) for number in range(1, len(reader.texts) + 1))
    return [_with_latest(one, latest) for one in found if one]


def reading(reader: OutsideReader, guide: Guide, number: int) -> Reading | None:
    """The text with this number in her list; None where there is none, or no longer."""
    found = _reading(reader, guide, number) if 0 < number <= len(reader.texts) else None
    if not found:
        return None
    said = reader.remarks.filter(page__path=found.page.path).select_related("page", "draft")
    return _with_latest(found, {found.page.path: {(one.part, one.sentence): one for one in said}})


def unread_by_risk(of: str, guide: Guide, first: int) -> list[Text]:
    """The first texts, in the order of risk, that nobody has compared and nobody from outside is reading now."""
    asked = OutsideReader.objects.filter(of=of, revoked=None, expires__gt=now())
    taken = {tuple(text) for one in asked for text in one.texts}
    pages = pages_of_law(guide) if of == LAW else by_risk(guide)
    wanted = (
        (page.path, part_for(of))
        for page in pages
        if of == LAW or (of in page.prose and page.prose[of].review != "reviewed")
    )
    return [text for text in wanted if text not in taken][:first]


def part_for(of: str) -> str:
    """The part that stands in a reader's list for a page."""
    return FACTS if of == LAW else of


def say(reader: OutsideReader, at: Reading, guide: Guide, version: str, said: Mapping[str, Said]) -> None:
    """Keeps what she says, by the digest of each sentence; what is as she said it before is not kept twice.

    ``version`` is that of the texts she had before her. What was changed meanwhile is kept with the sentence as she
    read it; where nobody can tell which it was, as said of the whole. Raises TooManyError.
    """
    since = now() - timedelta(minutes=IN_MINUTES)
    if reader.remarks.filter(written__gt=since).count() >= MOST_REMARKS:
        raise TooManyError
    page = models.Page.objects.get(path=at.page.path)
    today, before = {digest(one.text): one for one in at.statements}, _before(at, guide, version)
    for key, one in said.items():
        statement, read = (today[key], at) if key in today else before.get(key, (None, at))
        part = read.part_of(statement) if statement else at.parts[0]
        sentence = statement.text if statement else ""
        wording = tidy_line(without_invisible(one.wording)) if one.verdict == Remark.BETTER else ""
        new = Said(one.verdict, "" if wording == sentence else wording, without_invisible(one.words).strip())
        if new == as_said(at.latest.get((part, sentence))):
            continue
        # What she said of it before stays, and asks nothing of anybody any more.
        reader.remarks.filter(page=page, part=part, sentence=sentence, settled=None).update(settled=now())
        Remark.objects.create(
            page=page, part=part, digest=read.digest_of(part), sentence=sentence, reader=reader,
            verdict=new.verdict or Remark.SAID, wording=new.wording, words=new.words,
        )  # fmt: skip


def as_said(remark: Remark | None) -> Said:
    if remark is None:
        return Said("")
    return Said(remark.verdict if remark.verdict in VERDICTS else "", remark.wording, remark.words)


def _is_judged(remark: Remark | None) -> bool:
    return remark is not None and remark.verdict in VERDICTS


def _reading(reader: OutsideReader, guide: Guide, number: int) -> Reading | None:
    path, part = reader.texts[number - 1]
    page = guide.site.get(guide.aliases.get(path, path))
    sheet = _sheet(reader.of, part, page, guide) if page else None
    return Reading(number, reader.of, page, part, sheet, {}) if page and sheet else None


def _sheet(of: str, part: str, page: PageTexts, guide: Guide) -> Sheet | None:
    with override(of if of in LANGUAGES else SOURCE):
        if of == LAW:
            return law_sheet(page, guide)
        if part == PLAN:
            return plan_sheet(guide.plan, of) if guide.plan else None
        return page_sheet(page, guide, of) if of in page.prose else None


def _with_latest(one: Reading, latest: Mapping[str, Mapping[tuple[str, str], Remark]]) -> Reading:
    """With what she said of the texts that stand in it."""
    said = latest.get(one.page.path, {})
    return replace(one, latest={key: remark for key, remark in said.items() if key[0] in one.parts})


def _before(at: Reading, guide: Guide, version: str) -> dict[str, tuple[Statement, Reading]]:
    """The sentences of the texts that she had before her, where these are no longer today's, by their digests."""
    if version == at.version:
        return {}
    page = at.page
    try:
        for part, wanted in zip(at.parts, version.split("."), strict=True):
            page = page.with_part(part, read_part(part, text_of(page.path, part, wanted) or ""))
    except (TextError, ValueError):
        return {}
    old = Guide.of({**guide.site, page.path: page})
    sheet = _sheet(at.of, at.part, page, old)
    read = replace(at, page=page, sheet=sheet) if sheet else at
    return {digest(one.text): (one, read) for one in read.statements}


def say_reviewed(at: Reading, user: User, reason: str) -> None:
    """The translation has been compared by her: said before readers by a Publisher, through the one door.

    ``reason`` names her and the day. Raises StaleTextError when it is no longer the text that ``at`` is of.
    """
    path, prose = at.page.path, at.page.prose[at.part]
    reviewed = replace(prose, review="reviewed")
    change = Change.of(path, at.part, reviewed, digest(write_part(prose)), reason=reason)
    with transaction.atomic():
        publish([change], origin="staff", author=user)
        AuditEntry.of_text(user, Event.PUBLISHED, models.Page.objects.get(path=path), at.part)


def wordings(at: Reading) -> Iterator[tuple[Statement, Remark]]:
    """The sentences of today's text for which she has written another."""
    for statement in at.statements:
        remark = at.remark_on(statement)
        if remark and remark.verdict == Remark.BETTER and remark.wording:
            yield statement, remark
