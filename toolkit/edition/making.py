"""Makes the answers of a guide, and only those whose needs have changed since they were made."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from time import thread_time

from django.conf import settings
from django.utils.module_loading import import_string

from toolkit.rendering.answers import CannotBeMadeError, Maker
from toolkit.rendering.guide import Guide
from toolkit.rendering.watching import BUTTONS, ON_TOP, Faces, Need, Needs, WatchedGuide
from toolkit.texts.edition_folder import EditionFolder
from toolkit.texts.languages import SOURCE

# Seconds of the processor's time for one address.
SLOWEST = 2

Values = Mapping[tuple[Need, str], str]


@dataclass(frozen=True, slots=True)
class Made:
    """A finished answer: its kind, the name of its body, and what it stands on."""

    status: int
    language: str
    location: str = ""
    body: str = ""
    needs: tuple[Need, ...] = ()


@dataclass(slots=True)
class MadeBefore:
    """What was made of some earlier state of the guide: address -> answer, the values that its needs had then, and what
    its pages showed of themselves."""

    code: str = ""
    made: Mapping[str, Made] = field(default_factory=dict)
    values: Values = field(default_factory=dict)
    faces: Faces = field(default_factory=dict)


def answers(
    needs: Needs,
    before: MadeBefore,
    folder: EditionFolder,
    keep: Callable[[str], str],
    *,
    is_rehearsal: bool = False,
) -> Iterator[tuple[str, Made | CannotBeMadeError]]:
    """Every address with its answer, or with the reason why it has none.

    ``keep`` takes the HTML of what had to be made and gives its name; ``folder`` has the bodies from before. In a
    rehearsal, what takes too long to make cannot be made, and data are not made.
    """
    watched = WatchedGuide.around(needs)
    changed = _Changed(before.values, needs)
    bodies = set() if is_rehearsal else folder.bodies()
    for address, maker in answers_of(watched):
        if is_rehearsal and not maker.language:
            continue
        if maker.make is None:
            yield address, Made(maker.status, maker.language, maker.location)
            continue
        old = before.made.get(address)
        if old and (old.status != maker.status or not (is_rehearsal or old.body in bodies)):
            old = None
        differs = changed.of(old) if old else []
        if old and not differs:
            yield address, old
            continue
        if old and differs == [ON_TOP]:
            maker = _renewing(watched, maker, old, folder)
        yield address, _make(watched, address, _in_time(maker) if is_rehearsal else maker, keep)


def values_of(made: Mapping[str, Made], needs: Needs) -> dict[tuple[Need, str], str]:
    """The values of everything that the answers stand on."""
    return {(need, one.language): needs.value(need, one.language) for one in made.values() for need in one.needs}


def can_be_made(needs: Needs, address: str) -> bool:
    """Whether this guide answers at an address."""
    watched = WatchedGuide.around(needs)
    maker = dict(answers_of(watched)).get(address)
    if maker is None or maker.make is None:
        return maker is not None
    return isinstance(_make(watched, address, maker, lambda html: ""), Made)


def answers_of(guide: Guide) -> Iterator[tuple[str, Maker]]:
    """What the reader's side says that a guide answers (survivors/answers.py)."""
    found: Iterator[tuple[str, Maker]] = import_string(settings.READER_ANSWERS)(guide)
    return found


def _in_time(maker: Maker) -> Maker:
    """The same, but it fails if it takes too long twice: the first time in a process, much is made for all pages."""

    def make() -> str:
        assert maker.make is not None  # noqa: S101 (answers)
        for _ in range(2):
            began = thread_time()
            html = maker.make()
            if thread_time() - began <= SLOWEST:
                return html
        raise TimeoutError(f"over {SLOWEST} seconds")

    return replace(maker, make=make)


def _renewing(watched: WatchedGuide, maker: Maker, old: Made, folder: EditionFolder) -> Maker:
    """The same, but it only changes the page of before, where it can."""

    def make() -> str:
        assert maker.make is not None  # noqa: S101 (answers)
        with suppress(OSError):
            if maker.renew and (html := maker.renew(folder.body(old.body).decode())):
                watched.seen.update(old.needs)
                return html
        return maker.make()

    return replace(maker, make=make)


def _make(watched: WatchedGuide, address: str, maker: Maker, keep: Callable[[str], str]) -> Made | CannotBeMadeError:
    assert maker.make is not None  # noqa: S101 (answers)
    watched.seen.clear()
    path = address.strip("/").partition("/")[2]
    try:
        with watched.speaking(maker.language or SOURCE):
            html = maker.make()
    except Exception as error:  # whatever it is, this address cannot be served
        failure = CannotBeMadeError(path, maker.language)
        failure.__cause__ = error
        return failure
    own: set[Need] = {("own", path)} if address.startswith("/") and path in watched.whole.site else set()
    return Made(maker.status, maker.language, "", keep(html), tuple(sorted({*watched.seen, *own, BUTTONS})))


class _Changed:
    """Which needs have another value than they had."""

    def __init__(self, was: Values, now: Needs) -> None:
        self._was, self._now = was, now
        self._known: dict[tuple[Need, str], bool] = {}

    def of(self, made: Made) -> list[Need]:
        return [need for need in made.needs if self._one((need, made.language))]

    def _one(self, key: tuple[Need, str]) -> bool:
        if key not in self._known:
            self._known[key] = self._was.get(key) != self._now.value(*key)
        return self._known[key]
