"""An area to sign in with a finger, and a button that takes all strokes away."""

from __future__ import annotations

from kiosk.journey.page import Signature
from screens.caption import Caption
from screens.commands import Unsign
from screens.sketch import Box, Fill, Ink, Outline, Piece, Target
from screens.style import Column, Style
from screens.theme import Role

INK_MM = 1.5  # as a felt-tip writes
CLEAR = "clear."  # target names: this and the id of the block


def pieces(block: Signature, width: float, style: Style) -> tuple[Piece, ...]:
    """One piece: label, area with a line to write on, the button below it."""
    metrics = style.metrics
    column = Column(style, 0, width)
    column.text(block.label, style.body(bold=True))
    column.space(metrics.px(8))
    high = metrics.px(320 if style.tight else 480)
    area = Box(0, column.y, width, high)
    line = Box(metrics.px(60), column.y + 0.78 * high, width - metrics.px(120), metrics.px(2))
    column.marks.append(Outline(area, Role.SURFACE, Role.PRIMARY, metrics.px(3), metrics.radius))
    column.marks.append(Fill(line, Role.INK2))
    if block.hint and not block.strokes:
        hint = Column(style, metrics.px(60), width - metrics.px(120))
        hint.text(block.hint, style.body(role=Role.INK2), "centre")
        column.marks.extend(hint.lowered(column.y + (0.78 * high - hint.y) / 2))
    column.marks.append(Ink(area, block.strokes, metrics.mm(INK_MM), Role.INK, block.id))
    column.y += high
    column.space(metrics.px(20))
    _clear(block, column)
    return (column.piece(before=metrics.px(24)),)


def _clear(block: Signature, column: Column) -> None:
    style, metrics = column.style, column.style.metrics
    caption = Caption(block.clear, style.body(bold=True, role=Role.PRIMARY), "eraser")
    pad = metrics.px(32)
    wide = min(column.width, caption.width(style) + 2 * pad)
    high = max(metrics.px(88), caption.height(style, wide - 2 * pad) + metrics.px(28))
    box = Box(column.width - wide, column.y, wide, high)
    column.marks.append(Outline(box, Role.SURFACE, Role.PRIMARY, metrics.px(3), metrics.radius))
    column.marks.extend(caption.marks(box.grown(-pad / 2), style))
    column.targets.append(
        Target(f"{CLEAR}{block.id}", box, Unsign(block.id), metrics.radius, says=block.clear)
    )
    column.y = box.bottom
