"""The static files of the rooms as they are served: hashed and compressed, once for the same files."""

import hashlib
from importlib.metadata import version

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def collect() -> None:
    """Compressing them takes longer than all else that a start has to do, so it is done when they have changed."""
    stamp = settings.STATIC_ROOT / ".collected"
    named = _digest()
    if not stamp.is_file() or stamp.read_text() != named:
        stamp.unlink(missing_ok=True)
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(named)


def _digest() -> str:
    """Names the files, and what makes of them what is served."""
    found = hashlib.sha256(f"{version('django')} {version('whitenoise')} {settings.STORAGES}".encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            with storage.open(path) as file:
                found.update(f"{path}\0{file.size}\0".encode() + file.read())
    return found.hexdigest()
