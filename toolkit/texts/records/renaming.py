"""Records of a page that have another short name, and are the same otherwise."""

from dataclasses import replace

from toolkit.texts.records.facts import RECORD_TYPES, Facts


def new_names(before: Facts | None, after: Facts | None) -> dict[str, str]:
    """The id that a record had -> the one that it has. Of two that are the same but for their names, the first."""
    found: dict[str, str] = {}
    for kind in RECORD_TYPES:
        old = {one.id: one for one in getattr(before, kind, ())}
        new = {one.id: one for one in getattr(after, kind, ())}
        for name in (one for one in old if one not in new):
            same = (one for one in new if one not in old and one not in found.values())
            if to := next((one for one in same if replace(new[one], id=name) == old[name]), None):
                found[name] = to
    return found
