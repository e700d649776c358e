"""A drawn picture that says what to do with the hands."""

from __future__ import annotations

from kiosk.journey.page import Motion, Picture
from screens.sketch import Box, Fill, Moving, Piece
from screens.style import Column, Style, icon
from screens.theme import Role


def pieces(block: Picture, width: float, style: Style) -> tuple[Piece, ...]:
    """One piece: the picture in the middle of a tinted area, its caption below."""
    metrics = style.metrics
    high = metrics.px(300 if style.tight else 500)
    wide = min(width, metrics.px(720))
    size = metrics.px(210 if style.tight else 340)
    area = Fill(Box((width - wide) / 2, 0, wide, high), Role.TINT, metrics.px(40))
    column = Column(style, 0, width, y=high)
    column.marks.append(area)
    if block.motion is Motion.NONE:
        column.marks.extend(icon(block.name, (width - size) / 2, high / 2, size, Role.PRIMARY))
    else:
        room = Box((width - 1.2 * high) / 2, 0, 1.2 * high, high).grown(-metrics.px(20))
        column.marks.append(Moving(room, block.motion))
    if block.caption:
        column.space(metrics.px(16))
        column.text(block.caption, style.body(role=Role.INK2), "centre")
    return (column.piece(before=metrics.px(28 if style.tight else 40)),)
