"""One of several answers, each a wide card with a ring that is filled when it is chosen."""

from __future__ import annotations

from dataclasses import replace

from kiosk.journey.page import Choice, Choices
from screens.commands import Choose
from screens.metrics import TITLE_LEADING
from screens.sketch import Box, Fill, Frame, Mark, Piece, Target
from screens.style import Column, Lettering, Style, card, icon
from screens.theme import Role

MANY = 8
COLUMNS = (4, 3, 2)
BESIDE = 22  # px at the design pitch, left of the ring


def pieces(block: Choices, width: float, style: Style) -> tuple[Piece, ...]:
    """One piece an answer; of many short answers, one piece a row of them."""
    if len(block.choices) > MANY and not any(c.detail or c.icon for c in block.choices):
        return _grid(block, width, style)
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
    marks.extend(_ring(metrics.px(70), height / 2, metrics.px(26), chosen=chosen))
    marks.extend(words.lowered((height - words.y) / 2))
    size = round(1.2 * metrics.card_title)
    marks.extend(icon(choice.icon, width - metrics.px(36) - size, height / 2, size, Role.PRIMARY))
    target = Target(choice.id, box, Choose(block.id, choice.id), metrics.radius)
    gap = metrics.px(16) if style.tight else metrics.gap
    return Piece(height, tuple(marks), (target,), before=gap)


def _grid(block: Choices, width: float, style: Style) -> tuple[Piece, ...]:
    gap = style.metrics.px(16)
    widest = max(style.width(choice.title, _short(style)) for choice in block.choices)
    columns, cell = 1, width
    for count in COLUMNS:
        room = (width - gap * (count - 1)) / count
        if room >= widest + style.metrics.px(2 * BESIDE + 16) + 2 * _radius(style):
            columns, cell = count, room
            break
    return tuple(
        _cells(block, block.choices[at : at + columns], cell, style)
        for at in range(0, len(block.choices), columns)
    )


def _short(style: Style) -> Lettering:
    return Lettering(style.metrics.em(1.15), True, Role.INK, TITLE_LEADING)


def _radius(style: Style) -> int:
    """Of the ring beside a short answer."""
    return round(0.56 * style.metrics.body)


def _cells(block: Choices, choices: tuple[Choice, ...], cell: float, style: Style) -> Piece:
    metrics = style.metrics
    gap, pad = metrics.px(16), metrics.px(BESIDE)
    radius = _radius(style)
    indent = pad + 2 * radius + metrics.px(14)
    words = [Column(style, indent, cell - indent - metrics.px(12)) for _ in choices]
    for column, choice in zip(words, choices, strict=True):
        column.text(choice.title, _short(style))
    height = max(metrics.px(100), max(column.y for column in words) + 2 * metrics.px(18))
    marks: list[Mark] = []
    targets = []
    for number, (column, choice) in enumerate(zip(words, choices, strict=True)):
        x = round(number * (cell + gap))
        box = Box(x, 0, round(cell), height)
        chosen = choice.id == block.selected
        marks.append(card(box, style, chosen=chosen))
        marks.extend(_ring(x + pad + radius, height / 2, radius, chosen=chosen))
        lowered = column.lowered((height - column.y) / 2)
        marks.extend(replace(mark, box=mark.box.moved(x, 0)) for mark in lowered)
        targets.append(Target(choice.id, box, Choose(block.id, choice.id), metrics.radius))
    return Piece(height, tuple(marks), tuple(targets), before=gap)


def _ring(x: float, y: float, radius: float, *, chosen: bool) -> tuple[Mark, ...]:
    box = Box(x - radius, round(y - radius), 2 * radius, 2 * radius)
    fill = Role.TINT if chosen else Role.SURFACE
    ring = Frame(box, fill, Role.PRIMARY, max(2, round(radius / 5.2)), radius)
    if not chosen:
        return (ring,)
    dot = box.grown(-round(radius * 0.46))
    return ring, Fill(dot, Role.PRIMARY, dot.width / 2)
