"""What a mirror consists of: every answer of an edition as a file, and what its hosts must know."""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache, partial
from itertools import chain
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from survivors.edition import WrittenEdition
from survivors.mirror import web_servers
from survivors.mirror.forms import answering, without_a_server
from survivors.mirror.links import based, file_of, linked, relative, sheets_elsewhere
from survivors.mirror.writing import File
from survivors.reading import layout
from toolkit.rendering import buttons
from toolkit.rendering.directives import address
from toolkit.rendering.owner import public_url
from toolkit.texts.languages import LANGUAGES, SELF_NAMES, SOURCE

MISSING = "404"
# A short link as any other, and where it is to lead, which is put in later.
_SHORT, _OPEN = "p/short", "/p/{}@/"


def files(edition: WrittenEdition, base: str = "/") -> Iterator[File]:
    """Every file of a mirror that is served below ``base``."""
    redirects = {place: entry["location"] for place, entry in edition.manifest.answers.items() if entry.get("location")}
    headers = web_servers.headers_of(edition.manifest.headers)
    tops: set[str] = {""}  # the bare address
    for file in chain(_pages(edition, base), answering(edition)):
        tops.add(re.match(r"[^/]*/?", file.name)[0])  # type: ignore[index]
        yield file._replace(make=partial(_in_words_of, edition, file.make))
    for name, text in web_servers.configurations(headers, base, redirects, tops).items():
        yield File(name, hashlib.sha256(text.encode()).hexdigest(), text.encode)


def _in_words_of(edition: WrittenEdition, make: Callable[[], bytes]) -> bytes:
    with buttons.in_force(lambda: edition.guide.buttons):
        return make()


def _pages(edition: WrittenEdition, base: str) -> Iterator[File]:
    answers, own = edition.manifest.answers, edition.manifest.texts.get("|buttons", "")
    code = f"{edition.manifest.code} {base} {own}"
    for place, entry in answers.items():
        if location := entry.get("location"):
            yield File(file_of(place), f"{code} {location}", partial(_moved, edition, place, location))
        elif place.startswith("/"):
            yield File(file_of(place), f"{code} {entry['body']}", partial(_page, edition, place))
    yield from _short_links(edition, code)
    for name, language in [("404.html", SOURCE), *((f"{one}/404.html", one) for one in LANGUAGES)]:
        body = answers[f"{MISSING} {language}"]["body"]
        yield File(name, f"{code} {body}", partial(_missing, edition, language, base))
    yield File("index.html", f"{code} {answers[address(SOURCE, '')]['body']}", partial(_start, edition))


def _body(edition: WrittenEdition, place: str) -> bytes:
    return edition.folder.body(edition.manifest.answers[place]["body"])


def _page(edition: WrittenEdition, place: str) -> bytes:
    file, raw = file_of(place), _body(edition, place)
    if not file.endswith(".html"):
        return raw
    html = sheets_elsewhere(without_a_server(edition.guide, raw.decode(), file), public_url(edition.guide))
    return linked(html, file).encode()


def _missing(edition: WrittenEdition, language: str, base: str) -> bytes:
    return based(_body(edition, f"{MISSING} {language}").decode(), base).encode()


def _moved(edition: WrittenEdition, place: str, target: str) -> bytes:
    """For hosts that do not know what has moved."""
    language = target.strip("/").partition("/")[0]
    html = _framed(edition, language if language in LANGUAGES else SOURCE, "mirror/moved.html", {"target": target})
    return linked(html, file_of(place)).encode()


def _short_links(edition: WrittenEdition, code: str) -> Iterator[File]:
    """A page for each short link, and for each with a language: no server is there to lead on."""
    for short, (path, anchor) in edition.guide.short_links.items():
        place, part = f"/p/{short}", f"#{anchor}" if anchor else ""
        targets = {_OPEN.format(language): address(language, path) + part for language in LANGUAGES}
        yield File(file_of(place), f"{code} {path}{part}", partial(_leading, edition, "", targets))
        for language, (opening, target) in zip(LANGUAGES, targets.items(), strict=True):
            make = partial(_leading, edition, language, {opening: target})
            yield File(file_of(f"{place}.{language}"), f"{code} {target}", make)


def _leading(edition: WrittenEdition, language: str, targets: Mapping[str, str]) -> bytes:
    html = _leading_anywhere(edition, language)
    for opening, target in targets.items():
        html = html.replace(relative(opening, _SHORT), relative(target, _SHORT))
    return html.encode()


@lru_cache(maxsize=len(LANGUAGES) + 1)
def _leading_anywhere(edition: WrittenEdition, language: str) -> str:
    """What all short links of a language have alike; without one, a choice."""
    if not language:
        return _choice(edition, _OPEN.format, file_of(_SHORT))
    html = _framed(edition, language, "mirror/moved.html", {"target": _OPEN.format(language)})
    return linked(html, file_of(_SHORT))


def _start(edition: WrittenEdition) -> bytes:
    return _choice(edition, lambda language: address(language, ""), file_of("/")).encode()


def _choice(edition: WrittenEdition, target: Callable[[str], str], file: str) -> str:
    """The choice of a language, which a server reads from what the browser says."""
    doors = []
    for language in LANGUAGES:
        with translation.override(language):
            doors.append({
                "code": language, "address": target(language), "name": SELF_NAMES[language],
                "guide": gettext("Online safety guide"),
            })  # fmt: skip
    return linked(_framed(edition, SOURCE, "mirror/start.html", {"doors": doors}), file)


def _framed(edition: WrittenEdition, language: str, template: str, more: Mapping[str, Any]) -> str:
    with translation.override(language):
        return render_to_string(template, layout.frame(edition.guide, language, "") | dict(more))
