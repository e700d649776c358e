"""Running text, with a pictogram before it when the page names one."""

from __future__ import annotations

from dataclasses import replace

from kiosk.journey.page import Paragraph
from screens.metrics import BODY_LEADING
from screens.sketch import Piece
from screens.style import Column, Lettering, Style, icon
from screens.theme import Role


def pieces(block: Paragraph, width: float, style: Style) -> tuple[Piece, ...]:
    """One piece a paragraph line feed, so that a long text can be turned over."""
    metrics = style.metrics
    lettering = style.detail() if block.small else Lettering(metrics.lead, False, Role.INK2)
    lettering = replace(lettering, leading=BODY_LEADING)
    made = []
    for number, text in enumerate(block.text.split("\n")):
        indent = 0.0
        column = Column(style, 0, width)
        if block.icon and number == 0:
            pictogram = icon(block.icon, 0, lettering.pitch / 2, lettering.size, Role.INK2)
            column.marks.extend(pictogram)
            indent = lettering.size + metrics.px(16) if pictogram else 0.0
        column.x, column.width = indent, width - indent
        column.text(text, lettering)
        made.append(column.piece(before=metrics.px(20) if number == 0 else 0))
    return tuple(made)
