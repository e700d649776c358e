"""Steps along a line: what is done is ticked, what is under way ringed, what is to come empty.

The sign, its word and the weight of the line say the same as the colour does.
"""

from __future__ import annotations

from kiosk.journey.page import Stage, Step, Timeline
from screens.metrics import BODY_LEADING
from screens.sketch import Box, Fill, Icon, Mark, Outline, Piece
from screens.style import Column, Lettering, Style
from screens.theme import Role

ROLES = {
    Stage.DONE: (Role.OK, Role.OK_TINT),
    Stage.NOW: (Role.PRIMARY, Role.TINT),
    Stage.COMING: (Role.INK2, Role.BG),
    Stage.TROUBLE: (Role.WARN, Role.WARN_TINT),
}


def pieces(block: Timeline, width: float, style: Style) -> tuple[Piece, ...]:
    """One piece a step; together they make one line."""
    made = []
    for number, step in enumerate(block.steps):
        before = block.steps[number - 1].stage if number else None
        last = number == len(block.steps) - 1
        made.append(_step(step, before, width, style, last=last))
    first = style.metrics.px(12)
    return tuple(piece.spaced(first if n == 0 else 0) for n, piece in enumerate(made))


def _step(step: Step, before: Stage | None, width: float, style: Style, *, last: bool) -> Piece:
    metrics = style.metrics
    size = metrics.em(1.3)
    pad = metrics.px(12 if style.tight else 20)
    words = Column(style, size + metrics.px(28), width - size - metrics.px(28), y=pad)
    first = words.text(step.text, style.body(bold=True))
    _when(step, words)
    words.text(step.detail, style.detail())
    height = max(words.y, pad + size) + pad
    middle = first[0].box.centre[1] if first else pad + size / 2
    marks: list[Mark] = []
    if before is not None:
        marks.append(_line(size, 0, middle, style, gone=before is Stage.DONE))
    if not last:
        marks.append(_line(size, middle, height, style, gone=step.stage is Stage.DONE))
    marks.extend(_sign(step.stage, Box(0, round(middle - size / 2), size, size), style))
    return Piece(height, (*marks, *words.marks))


def _line(size: float, start: float, end: float, style: Style, *, gone: bool) -> Fill:
    """A part of the line: thick as far as one has come."""
    thick = style.metrics.px(8 if gone else 3)
    box = Box(round(size / 2 - thick / 2), round(start), thick, round(end) - round(start))
    return Fill(box, Role.OK if gone else Role.INK2)


def _sign(stage: Stage, box: Box, style: Style) -> tuple[Mark, ...]:
    ink, _ = ROLES[stage]
    thick, half = style.metrics.px(5), box.width / 2
    match stage:
        case Stage.DONE:
            return Fill(box, ink, half), Icon(box.grown(-half / 3), "check", Role.SURFACE)
        case Stage.NOW:
            dot = box.grown(-round(0.55 * half))
            return Outline(box, Role.SURFACE, ink, thick, half), Fill(dot, ink, dot.width / 2)
        case Stage.COMING:
            small = box.grown(-round(0.3 * half))
            return (Outline(small, Role.BG, ink, style.metrics.px(3), small.width / 2),)
    return Fill(box, Role.BG, half), Icon(box, "alert", ink)


def _when(step: Step, words: Column) -> None:
    """The word of the stage on its colour, and the day beside it, or below where it is narrow."""
    style, metrics = words.style, words.style.metrics
    ink, area = ROLES[step.stage]
    lettering = Lettering(metrics.em(0.84), True, ink, BODY_LEADING)
    pad = metrics.px(14)
    words.space(metrics.px(6))
    wide = min(style.width(step.state, lettering) + 2 * pad, words.width)
    inside = Column(style, words.x + pad, wide - 2 * pad, y=words.y + metrics.px(4))
    inside.text(step.state, lettering)
    box = Box(words.x, words.y, wide, inside.y + metrics.px(4) - words.y)
    frame = Outline(box, area, ink, metrics.px(2), metrics.px(10))
    words.marks.extend((frame, *inside.marks))
    top, words.y = words.y, box.bottom
    if not step.day:
        words.space(metrics.px(4))
        return
    look = Lettering(metrics.em(0.94), False, Role.INK, BODY_LEADING)
    room = words.width - wide - metrics.px(20)
    if style.width(step.day, look) > room:
        words.text(step.day, look)
        return
    beside = Column(style, words.x + wide + metrics.px(20), room, y=top)
    beside.space((box.height - look.pitch) / 2)
    beside.text(step.day, look)
    words.marks.extend(beside.marks)
    words.space(metrics.px(4))
