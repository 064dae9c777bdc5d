"""The processes that answer what readers ask. One gets each edition ready; those that answer are forked from it.

    python -m survivors.serving.answering PARENT LINE...

It ends with ``PARENT``, the process that hands out pages. ``LINE`` are descriptors, each for one of them to be asked on
(survivors/serving/questions.py). So texts and indexes are in memory once, each answer has an interpreter to itself, and
work that is overdue is ended by the kernel.
"""

import gc
import gzip
import logging
import os
import signal
import sys
import time
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from typing import Any, NoReturn

import brotli

from survivors.serving.process import ready_for_readers, write_no_file
from survivors.serving.questions import ANSWER_SECONDS, IS_ANYBODY_THERE, Question
from survivors.wrong.counts import COUNTS
from toolkit.serving.behind import Reply, ask
from toolkit.serving.worker import die_with_parent
from toolkit.texts.edition_folder import NoEditionError

LOOKED_EVERY = 0.05  # seconds
COMPRESSED_FROM = 200  # bytes
QUALITY = 5

log = logging.getLogger("survivors.serving")


class Answering:
    """Who answers on which line. Whoever does is a copy of this process as it was when it was forked."""

    def __init__(self, django: Any, lines: list[Connection]) -> None:
        self._django = django
        self._by_line: dict[Connection, int | None] = dict.fromkeys(lines)
        self._over, self._held = os.pipe()

    def begin_anew(self) -> None:
        """From now on by copies of this process as it is now: the others end when they have answered."""
        os.close(self._over)
        os.close(self._held)
        self._over, self._held = os.pipe()

    def look_after(self) -> None:
        """Someone answers on each line: who has ended, or died, or was too slow, is replaced.

        What is asked meanwhile waits in the line."""
        for line, process in self._by_line.items():
            if process is None or os.waitpid(process, os.WNOHANG)[0]:
                self._by_line[line] = os.fork() or self._answer(line)

    def _answer(self, line: Connection) -> NoReturn:
        """Until nobody holds the other end of ``_over``, or nobody can ask any more."""
        try:
            os.close(self._held)
            die_with_parent()
            while self._over not in wait([line, self._over]):
                number, question = line.recv()
                signal.alarm(ANSWER_SECONDS)
                answer = _answer(self._django, question)
                signal.alarm(0)
                line.send((number, *answer))
        except (EOFError, OSError):  # the process that hands out pages has gone
            pass
        finally:
            os._exit(0)


def _answer(django: Any, question: Question) -> tuple[Reply, list[tuple[str, str, str, int]]]:
    """The answer, and what was counted meanwhile (survivors/wrong/)."""
    if question == IS_ANYBODY_THERE:
        return Reply(200, [], b""), []
    try:
        reply = _compressed(ask(django, question.head, question.body), question.encoding)
    except Exception as error:
        log.error("An answer failed: %s", type(error).__name__)
        reply = Reply(500, [], b"")
    return reply, COUNTS.take()


def _compressed(reply: Reply, encoding: str) -> Reply:
    """What Django made, in the best encoding that the browser takes."""
    names = {name.lower() for name, _ in reply.headers}
    headers = [(name.lower(), value) for name, value in reply.headers if name.lower() != "content-length"]
    body = reply.body
    if encoding and len(body) >= COMPRESSED_FROM and "content-encoding" not in names:
        body = brotli.compress(body, quality=QUALITY) if encoding == "br" else gzip.compress(body, 6)
        headers.append(("content-encoding", encoding))
        if not any(name == "vary" and "Accept-Encoding" in value for name, value in headers):
            headers.append(("vary", "Accept-Encoding"))
    return Reply(reply.status, [*headers, ("content-length", str(len(body)))], body)


def main(parent: int, *descriptors: int) -> None:
    die_with_parent()
    answering = Answering(ready_for_readers(), [Connection(one) for one in descriptors])
    from survivors import edition, warming  # they read settings

    write_no_file()
    ready = None
    while os.getppid() == parent:
        answering.look_after()
        with suppress(NoEditionError, OSError):
            if (newest := edition.current()) is not ready:
                warming.warm(newest)
                ready = newest
                gc.unfreeze()
                gc.collect()
                gc.freeze()  # memory that nobody writes to stays shared with those that are forked
                answering.begin_anew()
        time.sleep(LOOKED_EVERY)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
