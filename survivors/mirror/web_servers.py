"""What the hosts of a mirror must know to answer as the guide does: its headers, its errors, what has moved.

    _headers _redirects     taken by hosts of static files as they are (Netlify, Cloudflare Pages and others)
    web/nginx.conf          for the server { } of a site, and web/Caddyfile for its block; the folder is ROOT
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from toolkit.texts.languages import LANGUAGES, SOURCE

ROOT = "/var/www/guide"
Redirects = Mapping[str, str]
# nginx knows no kind of file here but these.
_KINDS = {
    "text/html": "html", "text/javascript": "js", "application/json": "json", "application/atom+xml": "atom",
    "application/xml": "xml", "image/svg+xml": "svg", "image/png": "png", "application/pdf": "pdf",
    "text/plain": "txt", "application/yaml": "yaml",
}  # fmt: skip


def headers_of(edition: Mapping[str, str]) -> dict[str, str]:
    """The guide's own headers; the mirror's script, which answers what is asked, is a file of it."""
    policy = edition["Content-Security-Policy"].replace("script-src ", "script-src 'self' ", 1)
    return {**edition, "Content-Security-Policy": policy}


def configurations(headers: Mapping[str, str], base: str, redirects: Redirects) -> dict[str, str]:
    """File -> its text. ``redirects``: address -> address, below ``base``."""
    moved = {f"{base}{old[1:]}": f"{base}{new[1:]}" for old, new in sorted(redirects.items())}
    made = {
        "_headers": _hosts(headers, base),
        "web/nginx.conf": _nginx(headers, base, moved),
        "web/Caddyfile": _caddy(headers, base, moved),
    }
    return made | ({"_redirects": "".join(f"{old} {new} 301\n" for old, new in moved.items())} if moved else {})


def _places(base: str) -> Iterator[tuple[str, str, str]]:
    """Each part of a mirror, its language, and its page for what is not there."""
    yield base, SOURCE, f"{base}404.html"
    for language in LANGUAGES:
        yield f"{base}{language}/", language, f"{base}{language}/404.html"


def _hosts(headers: Mapping[str, str], base: str) -> str:
    rows = [f"{base}*", *(f"  {name}: {value}" for name, value in headers.items())]
    for language in LANGUAGES:
        rows += [f"{base}{language}/*", f"  Content-Language: {language}"]
    return "\n".join([*rows, ""])


def _nginx(headers: Mapping[str, str], base: str, moved: Redirects) -> str:
    kinds = " ".join(f"{kind} {ending};" for kind, ending in _KINDS.items())
    rows = [
        "access_log off;", "error_log /dev/null;", "server_tokens off;", "etag off;", "if_modified_since off;",
        "max_ranges 0;", "gzip on;", "gzip_vary on;", f"gzip_types {' '.join(kind for kind in _KINDS if kind != 'text/html')};",
        f"types {{ {kinds} }}", "default_type text/plain;", "charset utf-8;", "charset_types *;", "index index.html;",
        "absolute_redirect off;",
    ]  # fmt: skip
    rows += [f"location = {old} {{ return 301 {new}; }}" for old, new in moved.items()]
    for place, language, missing in _places(base):
        rows += [f"location {place} {{", f"    alias {ROOT}/{place.removeprefix(base)};", f"    error_page 404 {missing};"]
        rows += [f'    add_header {name} "{value}" always;' for name, value in headers.items()]
        rows += [f"    add_header Content-Language {language} always;", '    add_header Last-Modified "";', "}"]
    return "\n".join([*rows, ""])


def _caddy(headers: Mapping[str, str], base: str, moved: Redirects) -> str:
    rows = [f"redir {old} {new} 301" for old, new in moved.items()]
    rows += ["encode gzip", f"handle_path {base}* {{", f"\troot * {ROOT}", "\theader {"]
    rows += [f'\t\t{name} "{value}"' for name, value in headers.items()]
    rows += ["\t\t-Etag", "\t\t-Last-Modified", "\t\t-Accept-Ranges", "\t\t-Server", "\t\tdefer", "\t}"]
    rows += [f"\theader /{language}/* Content-Language {language}" for language in LANGUAGES]
    rows += ["\tfile_server", "}", "handle_errors {"]
    rows += ["\theader {", *(f'\t\t{name} "{value}"' for name, value in headers.items()), "\t\tdefer", "\t}"]
    for place, language, _ in [*_places(base)][1:]:
        rows += [f"\t@{language} path {place}*", f"\thandle @{language} {{", f"\t\trewrite * /{language}/404.html"]
        rows += [f"\t\theader Content-Language {language}", f"\t\troot * {ROOT}", "\t\tfile_server", "\t}"]
    rows += ["\thandle {", "\t\trewrite * /404.html", f"\t\theader Content-Language {SOURCE}"]
    return "\n".join([*rows, f"\t\troot * {ROOT}", "\t\tfile_server", "\t}", "}", ""])
