"""Reads what a client sends: so many bytes, so many seconds, and no thread waits for it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol


class Scope(Protocol):
    """A request's head, as granian gives it. ``path`` is decoded; a header that was sent twice is asked by name."""

    method: str
    path: str
    query_string: str
    scheme: str
    server: str
    client: str
    headers: Any


class Exchange(Protocol):
    """The body of a request, and the way to answer it."""

    def __aiter__(self) -> AsyncIterator[bytes]: ...
    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None: ...
    def response_empty(self, status: int, headers: list[tuple[str, str]]) -> None: ...


@dataclass(frozen=True, slots=True)
class Limits:
    """``largest`` bytes of a body, ``seconds`` until all of it must be there."""

    largest: int
    seconds: float


# Of a body that is too long, so much more is read and thrown away: a client that is still sending when its connection
# ends loses the answer that says why.
THROWN_AWAY = 256 * 1024


class RefusedError(Exception):
    """A body that is not read to its end; ``status`` says why: 400, 408, 413."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


async def read_body(scope: Scope, exchange: Exchange, limits: Limits) -> bytes:
    """The whole body, whether its length was named or it comes in chunks. Raises RefusedError."""
    if _named_length(scope) > limits.largest + THROWN_AWAY:
        raise RefusedError(413)
    found, size = bytearray(), 0
    try:
        async with asyncio.timeout(limits.seconds):
            async for chunk in exchange:
                size += len(chunk)
                if size > limits.largest + THROWN_AWAY:
                    break
                found += chunk if size <= limits.largest else b""
    except TimeoutError:
        raise RefusedError(408) from None
    if max(size, _named_length(scope)) > limits.largest:
        raise RefusedError(413)
    if size < _named_length(scope):
        raise RefusedError(400)
    return bytes(found)


async def throw_away(scope: Scope, exchange: Exchange, limits: Limits) -> None:
    """Reads a body that nobody wants, so that whoever sends it gets an answer."""
    with suppress(RefusedError):
        await read_body(scope, exchange, limits)


def _named_length(scope: Scope) -> int:
    value = scope.headers.get("content-length") or "0"
    if not value.isascii() or not value.isdigit() or len(value) > 18:
        raise RefusedError(400)
    return int(value)
