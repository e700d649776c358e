"""A QR code to be read by the citizen's own phone."""

from __future__ import annotations

from functools import lru_cache

import segno

from kiosk.journey.page import Code
from screens.sketch import Box, Fill, Matrix, Piece
from screens.style import Column, Style
from screens.theme import Role

QUIET_ZONE = 4  # modules, ISO/IEC 18004
SIDE_MM = 84  # read at arm's length by any phone


def pieces(block: Code, width: float, style: Style) -> tuple[Piece, ...]:
    """One piece: the code on white, its caption below."""
    modules = _modules(block.payload)
    side = len(modules)
    scale = max(2, style.metrics.mm(SIDE_MM) // (side + 2 * QUIET_ZONE))
    edge = scale * (side + 2 * QUIET_ZONE)
    left = round((width - edge) / 2)
    column = Column(style, 0, width, y=edge)
    column.marks.append(Fill(Box(left, 0, edge, edge), Role.PAPER, style.metrics.radius))
    inner = scale * QUIET_ZONE
    column.marks.append(Matrix(Box(left + inner, inner, scale * side, scale * side), modules))
    if block.caption:
        column.space(style.metrics.px(12))
        column.text(block.caption, style.body(role=Role.INK2), "centre")
    return (column.piece(before=style.metrics.px(32)),)


@lru_cache(maxsize=1)
def _modules(payload: str) -> tuple[tuple[bool, ...], ...]:
    code = segno.make_qr(payload, error="m")
    return tuple(tuple(module == 1 for module in row) for row in code.matrix)


def forget() -> None:
    """Drop the code last drawn: it may name a case."""
    _modules.cache_clear()
