"""What the readers' process answers.

A page is a file of the edition and needs nobody. A form is read within limits, then waits for one of a few processes
beside this one, where Django answers it. Whatever else fails, the answer is a page of the guide with its help lines.
"""

import json
import logging
from collections.abc import Mapping
from functools import lru_cache, partial

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port, validate_host

from survivors import edition
from survivors.answers import FORMS
from survivors.reading.language import meant_by, negotiated
from survivors.reading.pages import best_encoding
from survivors.serving.questions import ANSWER_SECONDS, Answerers, Question
from survivors.wrong.counts import COUNTS, may_take
from toolkit.rendering.answers import DATA, PAGE_TYPE, Answer, content_type, headers_at, is_file
from toolkit.rendering.directives import address
from toolkit.rendering.doubts import TAKEN_AT
from toolkit.serving.behind import BusyError, Pool, Reply, head_of
from toolkit.serving.bodies import Exchange, Limits, RefusedError, Scope, read_body, throw_away
from toolkit.texts.edition_folder import NoEditionError
from toolkit.texts.languages import LANGUAGES

FORM_LIMITS = Limits(largest=64 * 1024, seconds=10)
UNWANTED = Limits(largest=64 * 1024, seconds=2)
FORM_TYPE = "application/x-www-form-urlencoded"
# Statuses of Django's that are answered with the edition's page.
GUIDES_OWN = (400, 403, 500)
# At once; of what is no form, one. More wait.
OTHERS, WAITING = 1, 64

log = logging.getLogger("survivors.serving")
FORM_ADDRESSES = frozenset(address(language, path) for language in LANGUAGES for path in FORMS)


class Readers:
    """The application (RSGI)."""

    def __init__(self, answerers: Answerers) -> None:
        self._answerers = answerers
        self._forms = Pool("forms", answerers.number, WAITING, ANSWER_SECONDS)
        self._others = Pool("others", OTHERS, WAITING, ANSWER_SECONDS)

    async def __rsgi__(self, scope: Scope, exchange: Exchange) -> None:
        try:
            reply = self._page(scope)
            if reply and scope.method not in ("GET", "HEAD"):
                await throw_away(scope, exchange, UNWANTED)
            reply = reply or await self._made(scope, exchange)
        except RefusedError as error:
            reply = _failure(scope, error.status)
        except BusyError:
            reply = _failure(scope, 503)
        except Exception as error:
            log.error("An answer failed: %s", type(error).__name__)
            reply = _failure(scope, 500)
        if scope.method == "HEAD":
            exchange.response_empty(reply.status, reply.headers)
        else:
            exchange.response_bytes(reply.status, reply.headers, reply.body)

    def _page(self, scope: Scope) -> Reply | None:
        """An answer that needs nobody: from the edition, or the refusal of what is not to be read."""
        if scope.path == TAKEN_AT and may_take(scope.headers.get("x-key") or ""):
            return _counts()
        if not _is_ours(scope.headers.get("host") or ""):
            return _failure(scope, 400)
        if scope.path == "/healthz":
            return _health()
        if scope.method in ("GET", "HEAD"):
            found = _answer(scope.path)
            if found is None and scope.path.startswith(DATA):
                return _failure(scope, 404)
            return _finished(scope, found) if found else None
        if scope.method == "POST" and scope.path in FORM_ADDRESSES:
            return None
        is_there = scope.path == "/" or scope.path in FORM_ADDRESSES or _answer(scope.path)
        return _failure(scope, 405 if is_there else 404)

    async def _made(self, scope: Scope, exchange: Exchange) -> Reply:
        """An answer by Django: to a form, to the bare address, to one that is mistyped."""
        if scope.method != "POST":
            reply = await self._others.run(partial(self._answerers.ask, _question(scope, b"")))
            return _failure(scope, reply.status) if reply.status in GUIDES_OWN else reply
        if _media_type(scope) not in (FORM_TYPE, ""):
            await throw_away(scope, exchange, UNWANTED)
            raise RefusedError(415)
        body = await read_body(scope, exchange, FORM_LIMITS)
        reply = await self._forms.run(partial(self._answerers.ask, _question(scope, body)))
        return reply if reply.body else _failure(scope, reply.status)


def _question(scope: Scope, body: bytes) -> Question:
    return Question(head_of(scope), body, best_encoding(scope.headers.get("accept-encoding") or ""))


def _answer(path: str) -> Answer | None:
    try:
        return edition.current().answer(path)
    except NoEditionError:
        return None


def _finished(scope: Scope, found: Answer) -> Reply:
    if found.location:
        return Reply(found.status, [*_headers(scope, found.status), ("location", found.location)], b"")
    encoding = best_encoding(scope.headers.get("accept-encoding") or "")
    kind = content_type(scope.path) if found.status == 200 else PAGE_TYPE
    headers = [*_headers(scope, found.status), ("content-type", kind)]
    if found.tag and scope.path.startswith(DATA) and found.status == 200:
        headers.append(("etag", found.tag))
        if found.tag in (scope.headers.get("if-none-match") or ""):
            return Reply(304, headers, b"")
    if encoding:
        headers.append(("content-encoding", encoding))
    return Reply(found.status, _with_length(headers, found.bodies[encoding]), found.bodies[encoding])


def _headers(scope: Scope, status: int) -> list[tuple[str, str]]:
    """What every finished answer carries; HSTS where the proxy says that the reader came by https."""
    named = headers_at(scope.path, _edition_headers()) if status == 200 else _edition_headers()
    found = [(name.lower(), value) for name, value in named.items()]
    found.append(("vary", "Accept-Encoding"))
    if status != 200 or not is_file(scope.path):
        found.append(("content-language", _language(scope)))
    if scope.headers.get("x-forwarded-proto") == "https":
        found.append(("strict-transport-security", _hsts()))
    return found


def _edition_headers() -> Mapping[str, str]:
    current = edition.current()
    assert isinstance(current, edition.WrittenEdition)  # noqa: S101 (setting EDITION of survivors.settings)
    return current.manifest.headers


@lru_cache(maxsize=1)
def _hsts() -> str:
    parts = [f"max-age={settings.SECURE_HSTS_SECONDS}"]
    parts += ["includeSubDomains"] if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS else []
    parts += ["preload"] if settings.SECURE_HSTS_PRELOAD else []
    return "; ".join(parts)


def _failure(scope: Scope, status: int) -> Reply:
    """The guide's own page of an error; a bare line where there is no guide."""
    try:
        found = edition.current().answer(f"{status} {_language(scope)}")
    except Exception:
        found = None
    allow = [("allow", "GET, HEAD, POST" if scope.path in FORM_ADDRESSES else "GET, HEAD")] if status == 405 else []
    retry = [("retry-after", "10")] if status == 503 else []
    if found is None:
        headers = [("content-type", "text/plain"), ("cache-control", "private, no-store"), *allow, *retry]
        return Reply(status, _with_length(headers, b""), b"")
    reply = _finished(scope, found)
    return Reply(reply.status, [*reply.headers, *allow, *retry], reply.body)


def _counts() -> Reply:
    body = json.dumps(COUNTS.take()).encode()
    headers = [("content-type", "application/json"), ("cache-control", "no-store")]
    return Reply(200, _with_length(headers, body), body)


def _health() -> Reply:
    is_well = _answer(address(LANGUAGES[0], "")) is not None
    body = b"ok" if is_well else b"no content"
    headers = [("content-type", "text/plain"), ("cache-control", "private, no-store")]
    return Reply(200 if is_well else 503, _with_length(headers, body), body)


def _language(scope: Scope) -> str:
    if language := meant_by(scope.path.strip("/").partition("/")[0]):
        return language
    request = HttpRequest()
    request.META["HTTP_ACCEPT_LANGUAGE"] = scope.headers.get("accept-language") or ""
    return negotiated(request)


@lru_cache(maxsize=256)
def _is_ours(host: str) -> bool:
    """Whether a Host header names this site; HTTP/1.0 knows none."""
    domain, _ = split_domain_port(host)
    return not host or (bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS))


def _media_type(scope: Scope) -> str:
    return str(scope.headers.get("content-type") or "").partition(";")[0].strip().lower()


def _with_length(headers: list[tuple[str, str]], body: bytes) -> list[tuple[str, str]]:
    return [*headers, ("content-length", str(len(body)))]
