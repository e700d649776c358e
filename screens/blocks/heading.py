"""The heading of a part of the page."""

from __future__ import annotations

from kiosk.journey.page import Heading
from screens.sketch import Piece
from screens.style import Column, Style


def pieces(block: Heading, width: float, style: Style) -> tuple[Piece, ...]:
    """One piece, never the last on the glass."""
    column = Column(style, 0, width)
    column.text(block.text, style.heading())
    space = 28 if style.tight else 48
    return (column.piece(before=style.metrics.px(space), joined=True),)
