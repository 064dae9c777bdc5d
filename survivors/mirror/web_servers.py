"""What the hosts of a mirror must know to answer as the guide does: its headers, its errors, what has moved.

_headers _redirects     taken by hosts of static files as they are (Netlify, Cloudflare Pages and others)
web/nginx.conf          for the server { } of a site, and web/Caddyfile for its block; the folder is ROOT
"""

from collections.abc import Iterable, Iterator, Mapping

from toolkit.rendering.answers import DATA, FILE_TYPES, headers_at
from toolkit.texts.languages import LANGUAGES, SOURCE

ROOT = "/var/www/guide"
Redirects = Mapping[str, str]
# What has headers of its own, beside the languages: data, which other sites may read.
DATA_FOLDER = DATA.strip("/")
_KINDS = {"text/html": "html", "text/javascript": "js", "image/svg+xml": "svg", "image/png": "png"} | {
    kind.partition(";")[0]: ending.lstrip(".") for ending, kind in FILE_TYPES.items()
}


def headers_of(edition: Mapping[str, str]) -> dict[str, str]:
    """The guide's own headers; the mirror's script, which answers what is asked, is a file of it."""
    policy = edition["Content-Security-Policy"].replace("script-src ", "script-src 'self' ", 1)
    return {**edition, "Content-Security-Policy": policy}


def configurations(headers: Mapping[str, str], base: str, redirects: Redirects, tops: Iterable[str]) -> dict[str, str]:
    """File -> its text. ``redirects``: address -> address, below ``base``; ``tops``: what lies right in the mirror."""
    moved = {f"{base}{old[1:]}": f"{base}{new[1:]}" for old, new in sorted(redirects.items())}
    made = {
        "_headers": _hosts(headers, base, tops),
        "web/nginx.conf": _nginx(headers, base, moved),
        "web/Caddyfile": _caddy(headers, base, moved),
    }
    return made | ({"_redirects": "".join(f"{old} {new} 301\n" for old, new in moved.items())} if moved else {})


def _places(headers: Mapping[str, str]) -> Iterator[tuple[str, dict[str, str], str]]:
    """Each folder of a mirror, the headers of what is in it, and the page for what is not there."""
    yield "", {**headers, "Content-Language": SOURCE}, "404.html"
    for language in LANGUAGES:
        yield f"{language}/", {**headers, "Content-Language": language}, f"{language}/404.html"
    yield f"{DATA_FOLDER}/", headers_at(DATA, headers), "404.html"


def _hosts(headers: Mapping[str, str], base: str, tops: Iterable[str]) -> str:
    """Folder by folder, as a header that two patterns give would be sent twice."""
    named = {place: found for place, found, _ in _places(headers)}
    rows = []
    for top in sorted(tops):
        pattern = f"{base}{top}*" if top.endswith("/") else f"{base}{top}"
        rows += [pattern, *(f"  {name}: {value}" for name, value in named.get(top, named[""]).items())]
    return "\n".join([*rows, ""])


def _nginx(headers: Mapping[str, str], base: str, moved: Redirects) -> str:
    kinds = " ".join(f"{kind} {ending};" for kind, ending in _KINDS.items())
    packed = " ".join(kind for kind in _KINDS if kind != "text/html")
    rows = [
        "access_log off;", "error_log /dev/null;", "server_tokens off;", "etag off;", "if_modified_since off;",
        "max_ranges 0;", "gzip on;", "gzip_vary on;", f"gzip_types {packed};", f"types {{ {kinds} }}",
        "default_type text/plain;", "charset utf-8;", "charset_types text/plain text/javascript;",
        "index index.html;", "absolute_redirect off;",
    ]  # fmt: skip
    rows += [f"location = {old} {{ return 301 {new}; }}" for old, new in moved.items()]
    for place, found, missing in _places(headers):
        rows += [f"location {base}{place} {{", f"    alias {ROOT}/{place};", f"    error_page 404 {base}{missing};"]
        rows += [f'    add_header {name} "{_plain(value)}" always;' for name, value in found.items()]
        rows += ['    add_header Last-Modified "";', *(["    etag on;"] if _is_data(place) else []), "}"]
    return "\n".join([*rows, ""])


def _caddy(headers: Mapping[str, str], base: str, moved: Redirects) -> str:
    rows = [f"redir {old} {new} 301" for old, new in moved.items()]
    rows += ["encode gzip", f"root * {ROOT}"]
    for place, found, _ in [*_places(headers)][::-1]:  # the first that fits answers
        rows += [f"handle {base}{place}* {{", f"\turi strip_prefix {base.rstrip('/')}", *_caddys(found, place)]
        rows += ["\t@atom path *.atom", "\theader @atom Content-Type application/atom+xml"] if _is_data(place) else []
        rows += ["\tfile_server", "}"]
    rows += ["handle_errors {"]
    for place, found, missing in [*_places(headers)][::-1]:
        rows += [f"\thandle {base}{place}* {{", *(f"\t{row}" for row in _caddys(found, place))]
        rows += [f"\t\trewrite * /{missing}", "\t\tfile_server", "\t}"]
    return "\n".join([*rows, "}", ""])


def _caddys(headers: Mapping[str, str], place: str) -> list[str]:
    rows = [f'\t\t{name} "{_plain(value)}"' for name, value in headers.items()]
    unsaid = ["Last-Modified", "Accept-Ranges", "Server", *([] if _is_data(place) else ["Etag"])]
    return ["\theader {", *rows, *(f"\t\t-{name}" for name in unsaid), "\t\tdefer", "\t}"]


def _is_data(place: str) -> bool:
    """Whether what is in a folder may be kept by a browser, and compared with what is there (ETag)."""
    return place.rstrip("/") == DATA_FOLDER


def _plain(value: str) -> str:
    if found := set('"\\`${}\n\r') & set(value):
        raise ValueError(f"{sorted(found)} in a header would end up in a web server's configuration: {value}")
    return value
