"""The readers' process, as toolkit.serving.worker starts it, and what holds for all that it consists of."""

import os
import resource
import stat
import sys
from contextlib import suppress
from typing import Any

from survivors.serving.questions import IS_ANYBODY_THERE, Answerers
from toolkit.serving.behind import BusyError

MOST_ANSWERERS = 4


def application() -> Any:
    """What hands out pages, with the readers' settings, and beside it a process for each processor that answers what
    is asked."""
    answerers = Answerers(min(os.cpu_count() or 1, MOST_ANSWERERS))
    ready_for_readers()
    from survivors.serving.readers import Readers  # it reads settings

    with suppress(BusyError):  # then pages alone
        answerers.ask(IS_ANYBODY_THERE)
    write_no_file()
    return Readers(answerers)


def ready_for_readers() -> Any:
    """Django with the readers' settings."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "survivors.settings"
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


def write_no_file() -> None:
    """From here on the kernel refuses this process every byte in a file: what a reader types cannot come to lie on a
    disk. Not where its messages go to a file, which has to grow."""
    if not stat.S_ISREG(os.fstat(sys.stderr.fileno()).st_mode):
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
