"""One of several answers: a ring before each, filled when it is chosen."""

from __future__ import annotations

from kiosk.journey.page import Choices
from screens.blocks.answers import Answers
from screens.sketch import Box, Fill, Mark, Outline, Piece
from screens.style import Style
from screens.theme import Role


def pieces(block: Choices, width: float, style: Style) -> tuple[Piece, ...]:
    """One piece an answer, or a row of short ones."""
    chosen = frozenset({block.selected} - {""})
    return Answers(block.id, block.choices, chosen, _ring).pieces(width, style)


def _ring(x: float, y: float, radius: float, chosen: bool) -> tuple[Mark, ...]:
    box = Box(x - radius, round(y - radius), 2 * radius, 2 * radius)
    fill = Role.TINT if chosen else Role.SURFACE
    ring = Outline(box, fill, Role.PRIMARY, max(2, round(radius / 5.2)), radius)
    if not chosen:
        return (ring,)
    dot = box.grown(-round(radius * 0.46))
    return ring, Fill(dot, Role.PRIMARY, dot.width / 2)
