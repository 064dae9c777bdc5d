"""The readers' process, as toolkit.serving.worker starts it."""

from __future__ import annotations

import os
import resource
import stat
import sys
from typing import Any


def application() -> Any:
    """Django with the readers' settings, and the newest edition made ready for questions beside it."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "survivors.settings"
    from django.core.wsgi import get_wsgi_application

    django = get_wsgi_application()
    from survivors import warming
    from survivors.serving.readers import Readers  # it reads settings

    warming.keep_warm()
    _write_no_file()
    return Readers(django)


def _write_no_file() -> None:
    """From here on the kernel refuses this process every byte in a file: what a reader types cannot come to lie on a
    disk. Not where its messages go to a file, which has to grow."""
    if not stat.S_ISREG(os.fstat(sys.stderr.fileno()).st_mode):
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
