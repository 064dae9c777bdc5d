"""What a web server must know to serve an edition's files as the guide itself would: their tree and their headers.

    web/nginx.conf         included by deploy/nginx.conf, for pages
    web/nginx-data.conf    the same for data, which other sites may read
    web/Caddyfile          imported by deploy/Caddyfile

The policy names the digests of the pages' own style and script, so tree and headers change together: a server goes on
with the tree and the headers before until it is told to read its configuration again (deploy/guide-web.path).
"""

from collections.abc import Mapping
from pathlib import Path

from toolkit.rendering.answers import DATA, headers_at
from toolkit.texts.edition_folder import EditionFolder, Manifest
from toolkit.texts.folder import write_at_once

# Whatever a value could do to a configuration but stand there.
_FORBIDDEN = set('"\\`${}\n\r')


def tell(folder: EditionFolder, manifest: Manifest) -> None:
    """Writes all, where they say something else than before: whoever watches them is woken only then."""
    tree, page, data = folder.tree(manifest).resolve(), manifest.headers, headers_at(DATA, manifest.headers)
    told = {"nginx.conf": nginx(tree, page), "nginx-data.conf": nginx(tree, data), "Caddyfile": caddy(tree, page, data)}
    for name, text in told.items():
        file = folder.root / "web" / name
        if not file.exists() or file.read_text() != text:
            write_at_once(file, text.encode())


def nginx(tree: Path, headers: Mapping[str, str]) -> str:
    rows = [f'add_header {name} "{_plain(value)}" always;' for name, value in headers.items()]
    return "\n".join([f'root "{_plain(str(tree))}";', *rows, ""])


def caddy(tree: Path, page: Mapping[str, str], data: Mapping[str, str]) -> str:
    """Three snippets: where the files are, and what goes with pages and with data."""
    rows = ["(edition_root) {", f'\troot * "{_plain(str(tree))}"', "}"]
    for name, headers in (("edition_headers", page), ("edition_data_headers", data)):
        rows += [f"({name}) {{", *(f'\theader {one} "{_plain(value)}"' for one, value in headers.items()), "}"]
    return "\n".join([*rows, ""])


def _plain(value: str) -> str:
    if found := _FORBIDDEN & set(value):
        raise ValueError(f"{sorted(found)} in a header would end up in a web server's configuration: {value}")
    return value
