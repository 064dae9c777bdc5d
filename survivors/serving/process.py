"""The readers' process, as toolkit.serving.worker starts it."""

from __future__ import annotations

import os
from typing import Any


def application() -> Any:
    """Django with the readers' settings, and the newest edition made ready for questions beside it."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "survivors.settings"
    from django.core.wsgi import get_wsgi_application

    django = get_wsgi_application()
    from survivors import warming
    from survivors.serving.readers import Readers  # it reads settings

    warming.keep_warm()
    return Readers(django)
