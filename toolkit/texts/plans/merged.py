"""Two changes of one plan brought together, piece by piece and word by word: several people write in it at once.

No prose is put together out of two: where both changed the same words, the draft keeps its own; a person has seen both.
"""

from typing import Any

from toolkit.texts.plans.written import Piece, Written, write_piece


def brought_together(base: str, mine: str, live: str) -> str:
    """The live text with what a draft changed since ``base``. Raises TextError."""
    old, own, now = Written.of(base), Written.of(mine), Written.of(live)
    moved = _order(own, old) != _order(old, own)
    first, second = (own, now) if moved else (now, own)
    pieces = [one for piece in first.pieces for one in _one(piece, old, own, now)]
    known = {piece.at for piece in first.pieces}
    found = Written(tuple(pieces))
    before = ""
    for piece in second.pieces:
        if piece.at and piece.at not in known and not old.piece(piece.at):
            found = found.with_piece(piece, before, is_first=not before)
        before = piece.at if found.piece(piece.at) and piece.at else before
    return found.text


def _order(one: Written, other: Written) -> list[str]:
    """The pieces that both have, in the order of the first."""
    return [piece.at for piece in one.pieces if piece.at and other.piece(piece.at)]


def _one(piece: Piece, old: Written, own: Written, now: Written) -> list[Piece]:
    """A piece as it is to be; none where one side took it away and the other left it as it was."""
    if not piece.at:
        return [piece]
    before, mine, live = old.piece(piece.at), own.piece(piece.at), now.piece(piece.at)
    if mine is None or live is None:
        kept = mine or live
        return [kept] if kept and (before is None or kept.table != before.table) else []
    table = _merged(before.table if before else {}, mine.table, live.table)
    if table == live.table:
        return [live]
    return [mine if table == mine.table else Piece(piece.at, write_piece(piece.at, table))]


def _merged(before: Any, mine: Any, live: Any) -> Any:
    if mine == before:
        return live
    if live == before or not (isinstance(mine, dict) and isinstance(live, dict)):
        return mine
    old = before if isinstance(before, dict) else {}
    keys = dict.fromkeys((*live, *mine))
    found = {key: _merged(old.get(key), mine.get(key), live.get(key)) for key in keys}
    return {key: value for key, value in found.items() if value is not None}
