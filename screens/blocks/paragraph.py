"""Running text, with a pictogram before it when the page names one."""

from __future__ import annotations

from dataclasses import replace

from kiosk.journey.page import Paragraph
from screens.metrics import BODY_LEADING
from screens.sketch import Piece
from screens.style import Column, Lettering, Style, icon
from screens.theme import Role

TOGETHER = 3  # lines


def pieces(block: Paragraph, width: float, style: Style) -> tuple[Piece, ...]:
    """Few lines a piece, so that a long text can be turned over."""
    metrics = style.metrics
    lettering = style.detail() if block.small else Lettering(metrics.lead, False, Role.INK2)
    lettering = replace(lettering, leading=BODY_LEADING, balance=False)
    made = []
    for number, text in enumerate(block.text.split("\n")):
        indent = 0.0
        column = Column(style, 0, width)
        if block.icon and number == 0:
            pictogram = icon(block.icon, 0, lettering.pitch / 2, lettering.size, Role.INK2)
            column.marks.extend(pictogram)
            indent = lettering.size + metrics.px(16) if pictogram else 0.0
        column.x, column.width = indent, width - indent
        lines = column.text(text, lettering)
        before = metrics.px(20) if number == 0 else 0
        made.extend(_parts(column, len(lines), lettering.pitch, before))
    return tuple(made)


def _parts(column: Column, lines: int, pitch: float, before: float) -> list[Piece]:
    """A paragraph of many lines in parts that fit under each other as if they were one."""
    if lines <= TOGETHER:
        return [column.piece(before=before)]
    parts = []
    for start in range(0, lines, TOGETHER):
        top, count = start * pitch, min(TOGETHER, lines - start)
        marks = tuple(
            replace(mark, box=mark.box.moved(0, -top))
            for mark in column.marks
            if top <= mark.box.centre[1] < top + count * pitch
        )
        parts.append(Piece(count * pitch, marks, before=before if start == 0 else 0))
    return parts
