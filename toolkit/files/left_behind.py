"""Files at addresses that a page of theirs has left in the rooms: they are read where the page is now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from toolkit.judging import Unit
from toolkit.texts.canonical import decode, digest
from toolkit.texts.check import alias_targets, old_paths
from toolkit.texts.folder import ContentFile, file_name
from toolkit.texts.languages import FACTS
from toolkit.texts.page import Site, canonical_part
from toolkit.texts.problem import TextError


@dataclass(slots=True)
class LeftBehind:
    """``moved``: name of a file where its page is now -> its name there; ``over``: of pages that are no more."""

    files: list[ContentFile] = field(default_factory=list)
    moved: dict[str, str] = field(default_factory=dict)
    over: list[str] = field(default_factory=list)


def followed(files: Sequence[ContentFile], site: Site, agreed: Mapping[Unit, Sequence[str]]) -> LeftBehind:
    """The files, those of a page that staff moved at its new address, without those of one that staff retired.

    Where the folder says anything else itself, it is read as it is: another page may have come to an old address.
    """
    folders, leads = {file.page for file in files}, alias_targets(site)
    is_old = {path for path in folders & old_paths(site) if path not in site}
    found = LeftBehind()
    for file in files:
        new = leads.get(file.page)
        if file.page in is_old and new is not None and new not in folders:
            there = replace(file, page=new, name=file_name(new, file.part))
            found.files.append(there)
            found.moved[there.name] = file.name
        elif file.page in is_old and _is_site_ahead(file, files, site, agreed):
            found.over.append(file.name)
        else:
            found.files.append(file)
    return found


def _is_site_ahead(
    file: ContentFile, files: Sequence[ContentFile], site: Site, agreed: Mapping[Unit, Sequence[str]]
) -> bool:
    """Whether a retired page's file is as the site had it, and the page that names it does not say so yet in files."""
    names = {path for path, page in site.items() if page.facts and file.page in page.facts.old_paths}
    return _is_agreed(file, agreed) and all(
        _is_agreed(one, agreed) and file.page.encode() not in one.raw
        for one in files
        if one.part == FACTS and one.page in names
    )


def _is_agreed(file: ContentFile, agreed: Mapping[Unit, Sequence[str]]) -> bool:
    """Whether a file is what it and the site last agreed on."""
    try:
        named = digest(canonical_part(file.part, decode(file.raw)))
    except TextError:
        return False
    return list(agreed.get((file.page, file.part), ()))[-1:] == [named]


def is_behind(file: ContentFile, agreed: Mapping[Unit, Sequence[str]], live: str | None) -> bool:
    """Whether only the site has gone on since a file and it agreed. ``live``: the digest of its text there."""
    return live is not None and list(agreed.get((file.page, file.part), ()))[-1:] != [live] and _is_agreed(file, agreed)


def clear(root: Path, names: Sequence[str]) -> None:
    """Takes away files that were left behind, and their folder where nothing else is in it."""
    for name in names:
        (root / name).unlink(missing_ok=True)
    for folder in {(root / name).parent for name in names}:
        if folder != root and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
