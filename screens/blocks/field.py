"""One thing to fill in: its name, what is typed so far, the caret, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kiosk.journey.page import Field
from screens.blocks.numbers import units
from screens.commands import Enter
from screens.entry import Entry
from screens.metrics import BODY_LEADING
from screens.sketch import Box, Fill, Line, Mark, Outline, Piece, Target
from screens.style import Column, Lettering, Style, icon
from screens.theme import Role

CARET = 1.25  # em
BELOW_LABEL = 16  # px at the design pitch: the ring round the box has room under the label


def pieces(
    block: Field, entry: Entry, width: float, style: Style, *, focused: bool
) -> tuple[Piece, ...]:
    """One piece: label, box, error."""
    metrics = style.metrics
    column = Column(style, 0, width)
    if block.label:
        column.text(block.label, style.body(bold=True))
        column.space(metrics.px(8 if style.tight else BELOW_LABEL))
    error = style.say(f"keyboard.unfinished_{entry.script}") if entry.unfinished else block.error
    # The error goes where no hand need reach, when what it does reach is full of keys.
    above = style.tight and style.lowered
    if error and above:
        _error(error, column)
        column.space(metrics.px(10))
    box = _box(block, entry, column, focused=focused, wrong=bool(error))
    if error and not above:
        column.space(metrics.px(10))
        _error(error, column)
    column.targets.append(Target(block.id, box, Enter(block.id), metrics.radius))
    return (column.piece(before=metrics.px(24)),)


def _box(block: Field, entry: Entry, column: Column, *, focused: bool, wrong: bool) -> Box:
    style, metrics = column.style, column.style.metrics
    pad = metrics.px(28)
    lettering = Lettering(round(1.25 * metrics.body), False, Role.INK, 1.4)
    hint = Lettering(metrics.lead, False, Role.INK2, BODY_LEADING)
    inside = Column(style, pad, column.width - 2 * pad)
    lines = _lines(units(block, entry.shown), lettering, inside.width, style)
    if entry.shown:
        for line in lines:
            inside.text("".join(line), lettering)
    elif not focused:
        inside.text(block.placeholder, hint)
    inside.y = max(inside.y, lettering.pitch)
    height = max(metrics.px(104), inside.y + 2 * metrics.px(8 if style.tight else 18))
    box = Box(0, column.y, column.width, height)
    border = Role.WARN if wrong else Role.PRIMARY
    thickness = metrics.px(5 if focused else 3)
    column.marks.append(Outline(box, Role.SURFACE, border, thickness, metrics.radius))
    down = round(column.y + (height - inside.y) / 2)
    column.marks.extend(inside.lowered(down))
    if focused and entry.parts is None:
        column.marks.append(_caret(lines, entry.caret, Box(pad, down, 0, 0), lettering, style))
    column.y += height
    return box


def _lines(
    units: Iterable[list[str]], lettering: Lettering, width: float, style: Style
) -> list[list[str]]:
    """Full lines, broken between any two units so that the caret is where it seems."""
    lines: list[list[str]] = [[]]
    for unit in units:
        if lines[-1] and style.width("".join([*lines[-1], *unit]), lettering) > width:
            lines.append([unit[0][-1], *unit[1:]])  # a line's first group needs no gap
        else:
            lines[-1].extend(unit)
    return lines


def _caret(
    lines: list[list[str]], caret: int, start: Box, lettering: Lettering, style: Style
) -> Mark:
    number = 0
    while number < len(lines) - 1 and caret > len(lines[number]):
        caret -= len(lines[number])
        number += 1
    before = style.width("".join(lines[number][:caret]), lettering)
    height = CARET * lettering.size
    y = start.y + number * lettering.pitch + (lettering.pitch - height) / 2
    return Fill(
        Box(round(start.x + before) + 1, round(y), style.metrics.px(4), height), Role.PRIMARY
    )


def _error(text: str, column: Column) -> None:
    """The sentence with its sign, in the tone that asks for attention."""
    style = column.style
    size = style.metrics.em(1.15)
    indent = size + style.metrics.px(16)
    words = Column(style, column.x + indent, column.width - indent, y=column.y)
    lettering = replace(style.body(bold=True, role=Role.WARN), balance=True)
    lines: list[Line] = words.text(text, lettering)
    middle = lines[0].box.y + lines[0].box.height / 2
    column.marks.extend(icon("alert-circle", column.x, middle, size, Role.WARN))
    column.marks.extend(words.marks)
    column.y = words.y
