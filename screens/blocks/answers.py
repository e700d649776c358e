"""Answers to touch: wide cards, each with a sign that says whether it is chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from kiosk.journey.page import Choice
from screens.commands import Choose
from screens.metrics import TITLE_LEADING
from screens.sketch import Box, Mark, Piece, Target
from screens.style import Column, Lettering, Style, card, icon
from screens.theme import Role

MANY = 8
COLUMNS = (4, 3, 2)
BESIDE = 22  # px at the design pitch, left of the sign

Sign = Callable[[float, float, float, bool], tuple[Mark, ...]]
"""The sign around a point: x, y, half its width, whether the answer is chosen."""


@dataclass(frozen=True)
class Answers:
    """What is drawn: the answers of one block, those chosen, and the sign of its kind."""

    block: str
    choices: tuple[Choice, ...]
    chosen: frozenset[str]
    sign: Sign

    def pieces(self, width: float, style: Style) -> tuple[Piece, ...]:
        """One piece an answer; of many short answers, one piece a row of them."""
        if len(self.choices) > MANY and not any(c.detail or c.icon for c in self.choices):
            return _grid(self, width, style)
        return tuple(_answer(self, choice, width, style) for choice in self.choices)


def _answer(answers: Answers, choice: Choice, width: float, style: Style) -> Piece:
    metrics = style.metrics
    chosen = choice.id in answers.chosen
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
    marks.extend(answers.sign(metrics.px(70), height / 2, metrics.px(26), chosen))
    marks.extend(words.lowered((height - words.y) / 2))
    size = round(1.2 * metrics.card_title)
    marks.extend(icon(choice.icon, width - metrics.px(36) - size, height / 2, size, Role.PRIMARY))
    target = Target(choice.id, box, Choose(answers.block, choice.id), metrics.radius)
    gap = metrics.px(16) if style.tight else metrics.gap
    return Piece(height, tuple(marks), (target,), before=gap)


def _grid(answers: Answers, width: float, style: Style) -> tuple[Piece, ...]:
    gap = style.metrics.px(16)
    widest = max(style.width(choice.title, _short(style)) for choice in answers.choices)
    columns, cell = 1, width
    for count in COLUMNS:
        room = (width - gap * (count - 1)) / count
        if room >= widest + style.metrics.px(2 * BESIDE + 16) + 2 * _radius(style):
            columns, cell = count, room
            break
    return tuple(
        _cells(answers, answers.choices[at : at + columns], cell, style)
        for at in range(0, len(answers.choices), columns)
    )


def _short(style: Style) -> Lettering:
    return Lettering(style.metrics.em(1.15), True, Role.INK, TITLE_LEADING)


def _radius(style: Style) -> int:
    """Of the sign beside a short answer."""
    return round(0.56 * style.metrics.body)


def _cells(answers: Answers, choices: tuple[Choice, ...], cell: float, style: Style) -> Piece:
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
        chosen = choice.id in answers.chosen
        marks.append(card(box, style, chosen=chosen))
        marks.extend(answers.sign(x + pad + radius, height / 2, radius, chosen))
        lowered = column.lowered((height - column.y) / 2)
        marks.extend(replace(mark, box=mark.box.moved(x, 0)) for mark in lowered)
        targets.append(Target(choice.id, box, Choose(answers.block, choice.id), metrics.radius))
    return Piece(height, tuple(marks), tuple(targets), before=gap)
