"""Several of many: a square before each, ticked when it is chosen."""

from __future__ import annotations

from kiosk.journey.page import Options
from screens.blocks.answers import Answers
from screens.sketch import Box, Fill, Icon, Mark, Outline, Piece
from screens.style import Style
from screens.theme import Role

CORNER = 0.25  # of half the width


def pieces(block: Options, width: float, style: Style) -> tuple[Piece, ...]:
    """One piece an answer, or a row of short ones."""
    return Answers(block.id, block.choices, block.selected, _box).pieces(width, style)


def _box(x: float, y: float, half: float, chosen: bool) -> tuple[Mark, ...]:
    box = Box(round(x - half), round(y - half), round(2 * half), round(2 * half))
    if not chosen:
        thickness = max(2, round(half / 5.2))
        return (Outline(box, Role.SURFACE, Role.PRIMARY, thickness, CORNER * half),)
    return Fill(box, Role.PRIMARY, CORNER * half), Icon(box, "check", Role.ON_PRIMARY)
