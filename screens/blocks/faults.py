"""All that is wrong on a page, in one place; each line leads to where it is put right."""

from __future__ import annotations

from kiosk.journey.page import Fault, Faults
from screens.commands import Press
from screens.metrics import MIN_GAP_MM
from screens.sketch import Box, Fill, Mark, Piece, Target
from screens.style import Column, Style, icon
from screens.theme import Role

BAR = 12  # px at the design pitch: the edge that says without colour that this stands apart


def pieces(block: Faults, width: float, style: Style) -> tuple[Piece, ...]:
    """The heading, never last on the glass, and one piece a fault, closed up to one area."""
    drawn = [_heading(block, width, style)]
    drawn += [_line(fault, width, style) for fault in block.faults]
    return tuple(
        Piece(
            piece.height,
            (*_ground(piece.height, width, style), *piece.marks),
            piece.targets,
            before=piece.before,
            joined=piece.joined,
        )
        for piece in drawn
    )


def _ground(height: float, width: float, style: Style) -> tuple[Mark, ...]:
    bar = style.metrics.px(BAR)
    return (
        Fill(Box(0, 0, width, height), Role.WARN_TINT),
        Fill(Box(0, 0, bar, height), Role.WARN),
    )


def _heading(block: Faults, width: float, style: Style) -> Piece:
    metrics = style.metrics
    left, size = metrics.px(40), metrics.em(1.4)
    indent = left + size + metrics.px(20)
    column = Column(style, indent, width - indent - left, y=metrics.px(24))
    first = column.text(block.title, style.heading(Role.WARN))
    middle = first[0].box.centre[1] if first else column.y
    column.marks.extend(icon("alert-circle", left, middle, size, Role.WARN))
    return column.piece(before=metrics.px(28), joined=bool(block.faults), bottom=metrics.px(8))


def _line(fault: Fault, width: float, style: Style) -> Piece:
    metrics = style.metrics
    left, size = metrics.px(40), metrics.em(1.2)
    apart = metrics.mm(MIN_GAP_MM) / 2
    ends = size + metrics.px(24) if fault.action else 0
    column = Column(style, left, width - 2 * left - ends, y=apart + metrics.px(14))
    column.text(fault.text, style.body(bold=True, role=Role.PRIMARY if fault.action else Role.INK))
    column.text(fault.detail, style.detail())
    height = max(column.y + metrics.px(14) + apart, metrics.target + 2 * apart)
    marks = column.marks
    if not fault.action:
        return Piece(height, tuple(marks))
    marks.extend(icon("arrow-right", width - left - size, height / 2, size, Role.PRIMARY))
    bar = metrics.px(BAR)
    reach = Box(bar + apart, apart, width - bar - 2 * apart, height - 2 * apart)
    target = Target(fault.action, reach, Press(fault.action), metrics.px(10))
    return Piece(height, tuple(marks), (target,))
