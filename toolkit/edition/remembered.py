"""How each answer was made, kept beside the edition, so that a new process need not make everything again."""

import json
import os
from pathlib import Path

from toolkit.edition.making import Made, MadeBefore
from toolkit.rendering.watching import Need

_NAME = "making.json"


def write(root: Path, before: MadeBefore) -> None:
    needs: dict[Need, int] = {}
    made = {}
    for address, one in before.made.items():
        numbers = [needs.setdefault(need, len(needs)) for need in one.needs]
        made[address] = [one.status, one.language, one.location, one.body, numbers]
    values = [[needs[need], language, value] for (need, language), value in before.values.items()]
    table = {"code": before.code, "needs": list(needs), "made": made, "values": values}
    table["faces"] = list(before.faces.items())
    beside = root / f".{_NAME}.{os.getpid()}"
    beside.write_text(json.dumps(table, ensure_ascii=False, separators=(",", ":")))
    beside.replace(root / _NAME)


def read(root: Path) -> MadeBefore:
    """Nothing where there is nothing, or nothing that can be read."""
    try:
        table = json.loads((root / _NAME).read_text())
        needs = [tuple(need) for need in table["needs"]]
        made = {
            address: Made(status, language, location, body, tuple(needs[n] for n in own))
            for address, (status, language, location, body, own) in table["made"].items()
        }
        values = {(needs[n], language): value for n, language, value in table["values"]}
        return MadeBefore(table["code"], made, values, {tuple(key): value for key, value in table["faces"]})
    except (OSError, ValueError, TypeError, KeyError, IndexError):
        return MadeBefore()
