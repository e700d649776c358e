"""Numbers side by side, each with what it was before struck out below: 72 天 → 5 天."""

from __future__ import annotations

from kiosk.journey.page import Figure, Figures
from screens.metrics import TITLE_LEADING
from screens.sketch import Box, Fill, Line, Piece
from screens.style import Column, Lettering, Style, card
from screens.theme import Role
from screens.wrapping import widest_unit


def pieces(block: Figures, width: float, style: Style) -> tuple[Piece, ...]:
    """Rows of cards, as many beside each other as their words allow."""
    columns = _columns(block.figures, width, style)
    gap = style.metrics.px(18)
    cell = (width - gap * (columns - 1)) / columns
    rows = [block.figures[at : at + columns] for at in range(0, len(block.figures), columns)]
    first = style.metrics.px(28)
    return tuple(
        _row(figures, cell, gap, style).spaced(first if number == 0 else gap)
        for number, figures in enumerate(rows)
    )


def _columns(figures: tuple[Figure, ...], width: float, style: Style) -> int:
    """Four abreast become two, and two one, where a word would not fit."""
    gap, inside = style.metrics.px(18), 2 * style.metrics.px(22)
    needed = max(
        max(
            style.width(figure.now, _now(style)),
            widest_unit(figure.label, lambda part: style.width(part, _label(style))),
            style.width(figure.before, _label(style)),
        )
        for figure in figures
    )
    columns = len(figures)
    while columns > 1 and (width - gap * (columns - 1)) / columns < needed + inside:
        columns = (columns + 1) // 2
    return columns


def _label(style: Style) -> Lettering:
    return style.body(role=Role.INK2)


def _now(style: Style) -> Lettering:
    return Lettering(style.metrics.card_title, True, Role.INK, TITLE_LEADING)


def _row(figures: tuple[Figure, ...], cell: float, gap: float, style: Style) -> Piece:
    pad = style.metrics.px(24)
    columns = []
    for number, figure in enumerate(figures):
        column = Column(style, number * (cell + gap) + pad, cell - 2 * pad, y=pad)
        column.text(figure.label, _label(style))
        column.text(figure.now, _now(style))
        for line in column.text(figure.before, _label(style)):
            column.marks.append(_stroke(line, style))
        columns.append(column)
    height = max(column.y for column in columns) + pad
    marks = [
        mark
        for number, column in enumerate(columns)
        for mark in (
            card(Box(round(number * (cell + gap)), 0, round(cell), height), style, acts=False),
            *column.marks,
        )
    ]
    return Piece(height, tuple(marks))


def _stroke(line: Line, style: Style) -> Fill:
    middle = line.box.y + 0.54 * line.box.height  # through digits and characters alike
    thickness = max(2, style.metrics.px(2))
    return Fill(Box(line.box.x - 2, round(middle), line.box.width + 4, thickness), line.role)
