"""A piece too high for one side, cut between its lines into pieces that look like one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from screens.sketch import Mark, Piece

TOGETHER = 3  # bands of marks beside each other, as a rule lines of text


def parted(piece: Piece, most: float) -> tuple[Piece, ...]:
    """The piece, or parts of a few lines if it is higher than `most` px and nothing is touched."""
    if piece.height <= most or piece.targets:
        return (piece,)
    cuts = [0.0, *_cuts(piece)[TOGETHER - 1 : -(TOGETHER - 1) : TOGETHER], piece.height]
    return tuple(
        Piece(
            end - start,
            _between(piece.marks, start, end),
            before=piece.before if start == 0 else 0,
            joined=piece.joined and end == piece.height,
            continued=start > 0,
        )
        for start, end in pairwise(cuts)
    )


def _cuts(piece: Piece) -> list[float]:
    """Where nothing is cut through: in the middle between marks that are not beside each other."""
    cuts: list[float] = []
    bottom = None
    for mark in sorted(piece.marks, key=lambda mark: mark.box.y):
        if bottom is not None and mark.box.y > bottom:
            cuts.append(round((bottom + mark.box.y) / 2))
        bottom = max(bottom or 0.0, mark.box.bottom)
    return cuts


def _between(marks: Sequence[Mark], start: float, end: float) -> tuple[Mark, ...]:
    return tuple(
        replace(mark, box=mark.box.moved(0, -start))
        for mark in marks
        if start <= mark.box.centre[1] < end
    )
