"""One of several answers, each a wide card with a ring that is filled when it is chosen."""

from __future__ import annotations

from kiosk.journey.page import Choice, Choices
from screens.commands import Choose
from screens.sketch import Box, Fill, Frame, Mark, Piece, Target
from screens.style import Column, Style, card, icon
from screens.theme import Role


def pieces(block: Choices, width: float, style: Style) -> tuple[Piece, ...]:
    """One piece an answer."""
    return tuple(_answer(block, choice, width, style) for choice in block.choices)


def _answer(block: Choices, choice: Choice, width: float, style: Style) -> Piece:
    metrics = style.metrics
    chosen = choice.id == block.selected
    indent = metrics.px(130)
    words = Column(style, indent, width - indent - metrics.px(36))
    if choice.icon:
        words.width -= 2 * metrics.card_title
    words.text(choice.title, style.heading())
    words.text(choice.detail, style.detail())
    pad = metrics.px(24 if style.tight else 40)
    least = metrics.px(120 if style.tight else 188 if choice.detail else 160)
    height = max(least, words.y + 2 * pad)
    box = Box(0, 0, width, height)
    marks: list[Mark] = [card(box, style, chosen=chosen)]
    marks.extend(_ring(metrics.px(70), height / 2, style, chosen=chosen))
    marks.extend(words.lowered((height - words.y) / 2))
    size = round(1.2 * metrics.card_title)
    marks.extend(icon(choice.icon, width - metrics.px(36) - size, height / 2, size, Role.PRIMARY))
    target = Target(choice.id, box, Choose(block.id, choice.id), metrics.radius)
    gap = metrics.px(16) if style.tight else metrics.gap
    return Piece(height, tuple(marks), (target,), before=gap)


def _ring(x: float, y: float, style: Style, *, chosen: bool) -> tuple[Mark, ...]:
    radius = style.metrics.px(26)
    box = Box(x - radius, round(y - radius), 2 * radius, 2 * radius)
    fill = Role.TINT if chosen else Role.SURFACE
    ring = Frame(box, fill, Role.PRIMARY, style.metrics.px(5), radius)
    if not chosen:
        return (ring,)
    dot = box.grown(-style.metrics.px(12))
    return ring, Fill(dot, Role.PRIMARY, dot.width / 2)
