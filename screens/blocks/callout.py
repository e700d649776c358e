"""A framed remark that must not be missed."""

from __future__ import annotations

from dataclasses import replace

from kiosk.journey.page import Callout
from screens.caption import Caption
from screens.commands import Press
from screens.sketch import Box, Mark, Outline, Piece, Target
from screens.style import Column, Style, icon
from screens.theme import TONES, Role


def pieces(block: Callout, width: float, style: Style) -> tuple[Piece, ...]:
    """One piece: pictogram left, words right of it."""
    metrics = style.metrics
    ink, area = TONES[block.tone]
    pad, size = metrics.px(34), metrics.em(1.75)
    column = Column(style, pad, width - 2 * pad, y=metrics.px(26))
    pictogram = icon(block.icon, pad, 0, size, ink)
    if pictogram:
        column.x += size + metrics.px(32)
        column.width -= size + metrics.px(32)
    column.text(block.title, replace(style.body(bold=True), balance=True))
    column.text(block.text, replace(style.body(role=Role.INK2), balance=True))
    height = column.y + metrics.px(26)
    pictogram = icon(block.icon, pad, height / 2, size, ink)
    button, targets = _button(block, column.x, height, width - column.x - pad, style)
    if targets:
        height = targets[0].box.bottom + metrics.px(26)
    frame = Outline(Box(0, 0, width, height), area, ink, metrics.px(2), metrics.radius)
    marks = (frame, *pictogram, *column.marks, *button)
    return (Piece(height, marks, targets, before=metrics.px(36)),)


def _button(
    block: Callout, x: float, y: float, width: float, style: Style
) -> tuple[tuple[Mark, ...], tuple[Target, ...]]:
    if not block.action:
        return (), ()
    metrics = style.metrics
    caption = Caption(block.action_text, style.body(bold=True, role=Role.PRIMARY))
    pad = metrics.px(32)
    wide = min(width, caption.width(style) + 2 * pad)
    high = max(metrics.px(88), caption.height(style, wide - 2 * pad) + metrics.px(28))
    box = Box(x, y, wide, high)
    frame = Outline(box, Role.SURFACE, Role.PRIMARY, metrics.px(3), metrics.radius)
    target = Target(block.action, box, Press(block.action), metrics.radius)
    return (frame, *caption.marks(box.grown(-pad / 2), style)), (target,)
