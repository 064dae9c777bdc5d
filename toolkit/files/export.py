"""What was changed on the site and is not in the files yet, to take home: the files themselves, and a patch."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from difflib import unified_diff
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext

from toolkit.files import sync
from toolkit.live import live_site, live_text
from toolkit.texts.decide import Decision
from toolkit.texts.folder import file_name
from toolkit.texts.languages import ALL_PARTS

# Where the content stands in the repository, whatever the server calls its folder.
FOLDER = "content"
PATCH, README = "changes.patch", "README.txt"


def changed_texts(root: Path) -> dict[str, str | None]:
    """Name of the file below the content folder -> the live text that is to be written there; None: it is to go.

    Raises FileNotFoundError when there is no such folder.
    """
    report = sync.look(root)
    wanted = set(report.named(Decision.EXPORT))
    live = live_site()
    names = {file_name(path, part): (path, part) for path in live for part in ALL_PARTS}
    written = {name: live_text(live, *names[name]) or "" for name in sorted(wanted & names.keys())}
    return written | dict.fromkeys(sorted(report.left_behind))


def packed(root: Path, texts: Mapping[str, str | None]) -> bytes:
    """A zip of the changed files, a patch of them against the files below ``root``, and what to do with them."""
    contents = {f"{FOLDER}/{name}": text.encode() for name, text in texts.items() if text is not None}
    contents[PATCH] = patch(root, texts)
    contents[README] = _readme(len(texts), [name for name, text in texts.items() if text is None]).encode()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in contents.items():
            entry = zipfile.ZipInfo(name, timezone.localtime().timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, raw)
    return made.getvalue()


def patch(root: Path, texts: Mapping[str, str | None]) -> bytes:
    """The changes as ``git apply`` takes them in the repository's root."""
    found = []
    for name, text in texts.items():
        path = root / name
        # Bytes that are no UTF-8 go through unharmed.
        before = path.read_bytes().decode("utf-8", "surrogateescape") if path.is_file() else None
        found += [*_patch_of(f"{FOLDER}/{name}", before, text)]
    return "".join(found).encode("utf-8", "surrogateescape")


def _patch_of(name: str, before: str | None, after: str | None) -> Iterator[str]:
    if before == after:
        return
    yield f"diff --git a/{name} b/{name}\n"
    if before is None:
        yield "new file mode 100644\n"
    if after is None:
        yield "deleted file mode 100644\n"
    old, new = (f"a/{name}" if before is not None else "/dev/null"), (f"b/{name}" if after is not None else "/dev/null")
    for line in unified_diff(_lines(before or ""), _lines(after or ""), old, new):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(text: str) -> list[str]:
    """Lines as git knows them: only a line feed ends one."""
    parts = text.split("\n")
    return [f"{line}\n" for line in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def _readme(number: int, gone: list[str]) -> str:
    go = gettext("When you copy, take these files away: their pages have another address, or are gone.")
    left = [f"{go}\n\n" + "\n".join(f"    {FOLDER}/{name}" for name in gone)] if gone else []
    said = [
        gettext("Changes made on the site that are not in the files yet: %(n)d.") % {"n": number},
        gettext("In the folder %(folder)s are the whole texts, each in its place.") % {"folder": f"{FOLDER}/"},
        gettext("Copy them over the files of the repository, or run this in its root:") + f"\n\n    git apply {PATCH}",
        *left,
        gettext("Then commit, and publish the repository as always. With the next update of the site the texts agree."),
        gettext("Downloading this changed nothing on the site."),
    ]
    return "\n\n".join(said) + "\n"
