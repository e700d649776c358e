"""Parts side by side of which one is in force."""

from __future__ import annotations

from dataclasses import replace

from kiosk.journey.page import Segments
from screens.caption import Caption
from screens.commands import Choose
from screens.metrics import TITLE_LEADING
from screens.sketch import Box, Fill, Frame, Mark, Piece, Target
from screens.style import Lettering, Style
from screens.theme import Role


def pieces(block: Segments, width: float, style: Style) -> tuple[Piece, ...]:
    """One piece: equal cells in one frame, all words of one size."""
    metrics = style.metrics
    cell = width / len(block.choices)
    inside = cell - 2 * metrics.px(12)
    captions = _captions(block, inside, style)
    height = max(
        metrics.px(110),
        max(caption.height(style, inside) for caption in captions) + 2 * metrics.px(18),
    )
    frame = Frame(
        Box(0, 0, width, height), Role.SURFACE, Role.PRIMARY, metrics.px(3), metrics.radius
    )
    marks: list[Mark] = [frame]
    targets = []
    for number, (choice, caption) in enumerate(zip(block.choices, captions, strict=True)):
        left = round(number * cell)
        box = Box(left, 0, round((number + 1) * cell) - left, height)
        if choice.id == block.selected:
            marks.extend(_filled(box, number, len(block.choices), style))
        marks.extend(caption.marks(box.grown(-metrics.px(12)), style))
        targets.append(Target(choice.id, box, Choose(block.id, choice.id), metrics.radius))
    return (Piece(height, tuple(marks), tuple(targets), before=metrics.px(32)),)


def _captions(block: Segments, inside: float, style: Style) -> list[Caption]:
    lettering = Lettering(style.metrics.card_title, True, Role.PRIMARY, TITLE_LEADING, True)
    for choice in block.choices:
        room = inside - Caption("x", lettering, choice.icon).icon_room()
        lettering = min(
            lettering, style.fitted(choice.title, lettering, room), key=lambda one: one.size
        )
    chosen = replace(lettering, role=Role.ON_PRIMARY)
    return [
        Caption(choice.title, chosen if choice.id == block.selected else lettering, choice.icon)
        for choice in block.choices
    ]


def _filled(box: Box, number: int, count: int, style: Style) -> list[Mark]:
    """The chosen cell: rounded where it is an end of the frame, square elsewhere."""
    marks: list[Mark] = [Fill(box, Role.PRIMARY, style.metrics.radius)]
    half = box.width / 2
    if number > 0:
        marks.append(Fill(Box(box.x, box.y, half, box.height), Role.PRIMARY))
    if number < count - 1:
        marks.append(Fill(Box(box.x + half, box.y, half, box.height), Role.PRIMARY))
    return marks
