"""Words of Django templates for Babel, which knows only Python; `make messages` uses it (locale/babel.cfg)."""

import io
from collections.abc import Collection, Iterator
from typing import IO, Any

from babel.messages.extract import extract_python
from django.utils.translation.template import templatize


def extract_template(fileobj: IO[bytes], keywords: Any, comment_tags: Collection[str], options: Any) -> Iterator[Any]:
    """Babel's extraction interface: (line, function, message, comments) of each translatable string of a template."""
    code = templatize(fileobj.read().decode(), origin=getattr(fileobj, "name", None))
    # Indentation means something to Python's tokenizer, and nothing in a template.
    source = io.BytesIO("\n".join(line.lstrip() for line in code.split("\n")).encode())
    yield from extract_python(source, keywords, comment_tags, options)
