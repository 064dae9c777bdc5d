"""What a mirror consists of: every answer of an edition as a file, and what its hosts must know."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from survivors.edition import WrittenEdition
from survivors.mirror import web_servers
from survivors.mirror.forms import answering, without_a_server
from survivors.mirror.links import based, file_of, linked
from survivors.mirror.writing import File
from survivors.reading import layout
from toolkit.rendering.directives import address
from toolkit.texts.languages import LANGUAGES, SELF_NAMES, SOURCE

MISSING = "404"


def files(edition: WrittenEdition, base: str = "/") -> Iterator[File]:
    """Every file of a mirror that is served below ``base``."""
    answers, code = edition.manifest.answers, f"{edition.manifest.code} {base}"
    redirects = {one: entry["location"] for one, entry in answers.items() if entry.get("location")}
    for place, entry in answers.items():
        if place in redirects:
            make = partial(_moved, edition, place, entry["location"])
            yield File(file_of(place), f"{code} {entry['location']}", make)
        elif place.startswith("/"):
            yield File(file_of(place), f"{code} {entry['body']}", partial(_page, edition, place))
    for language in LANGUAGES:
        name, body = f"{language}/404.html", answers[f"{MISSING} {language}"]["body"]
        yield File(name, f"{code} {body}", partial(_missing, edition, language, base))
        if language == SOURCE:
            yield File("404.html", f"{code} {body}", partial(_missing, edition, language, base))
    yield File("index.html", f"{code} {answers[address(SOURCE, '')]['body']}", partial(_start, edition))
    yield from answering(edition)
    headers = web_servers.headers_of(edition.manifest.headers)
    for name, text in web_servers.configurations(headers, base, redirects).items():
        yield File(name, hashlib.sha256(text.encode()).hexdigest(), text.encode)


def _body(edition: WrittenEdition, place: str) -> bytes:
    return edition.folder.body(edition.manifest.answers[place]["body"])


def _page(edition: WrittenEdition, place: str) -> bytes:
    file, raw = file_of(place), _body(edition, place)
    if not file.endswith(".html"):
        return raw
    return linked(without_a_server(edition.guide, raw.decode(), file), file).encode()


def _missing(edition: WrittenEdition, language: str, base: str) -> bytes:
    return based(_body(edition, f"{MISSING} {language}").decode(), base).encode()


def _moved(edition: WrittenEdition, place: str, target: str) -> bytes:
    """For hosts that do not know what has moved."""
    language = target.strip("/").partition("/")[0]
    html = _framed(edition, language if language in LANGUAGES else SOURCE, "mirror/moved.html", {"target": target})
    return linked(html, file_of(place)).encode()


def _start(edition: WrittenEdition) -> bytes:
    """The choice of a language, which a server reads from what the browser says."""
    doors = []
    for language in LANGUAGES:
        with translation.override(language):
            doors.append({
                "code": language, "address": address(language, ""), "name": SELF_NAMES[language],
                "guide": gettext("Online safety guide"),
            })  # fmt: skip
    return linked(_framed(edition, SOURCE, "mirror/start.html", {"doors": doors}), file_of("/")).encode()


def _framed(edition: WrittenEdition, language: str, template: str, more: Mapping[str, Any]) -> str:
    with translation.override(language):
        return render_to_string(template, layout.frame(edition.guide, language, "") | dict(more))
