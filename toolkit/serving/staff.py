"""The staff's process, as toolkit.serving.worker starts it: Django, bodies within limits, a queue that ends."""

import logging
import os
from functools import partial
from typing import Any

from toolkit.serving.behind import BusyError, Pool, Reply, ask, head_of
from toolkit.serving.bodies import Exchange, Limits, RefusedError, Scope, read_body

# The longest text (60,000 characters, each up to nine bytes in a form) beside the one it is compared with.
LIMITS = Limits(largest=2 * 1024 * 1024, seconds=30)
THREADS, WAITING, ANSWER_SECONDS = 8, 64, 60
# Readers come first where both want the processor.
NICENESS = 5

log = logging.getLogger("toolkit.serving")


class Staff:
    """The application (RSGI)."""

    def __init__(self, django: Any) -> None:
        self._django = django
        self._pool = Pool("staff", THREADS, WAITING, ANSWER_SECONDS)

    async def __rsgi__(self, scope: Scope, exchange: Exchange) -> None:
        try:
            body = b"" if scope.method in ("GET", "HEAD") else await read_body(scope, exchange, LIMITS)
            reply = await self._pool.run(partial(ask, self._django, head_of(scope), body))
        except RefusedError as error:
            reply = _refusal(error.status)
        except BusyError:
            reply = _refusal(503)
        except Exception as error:
            log.error("An answer failed: %s", type(error).__name__)
            reply = _refusal(500)
        if scope.method == "HEAD":
            exchange.response_empty(reply.status, reply.headers)
        else:
            exchange.response_bytes(reply.status, reply.headers, reply.body)


def _refusal(status: int) -> Reply:
    """One line for staff, as no page can be made; what she typed is still in her window."""
    body = b"This could not be done just now. Go back: what you typed is still there. Try again in a minute."
    headers = [("content-type", "text/plain; charset=utf-8"), ("cache-control", "no-store"), ("retry-after", "60")]
    return Reply(status, headers, body)


def application() -> Staff:
    os.environ["DJANGO_SETTINGS_MODULE"] = "toolkit.settings"
    os.nice(NICENESS)
    from django.core.wsgi import get_wsgi_application

    return Staff(get_wsgi_application())
