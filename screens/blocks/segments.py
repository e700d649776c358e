"""Parts side by side of which one is in force."""

from __future__ import annotations

from dataclasses import replace

from kiosk.journey.page import Segments
from screens.caption import Caption
from screens.commands import Choose
from screens.metrics import MIN_GAP_MM, TITLE_LEADING
from screens.sketch import Box, Mark, Outline, Piece, Target
from screens.style import Lettering, Style
from screens.theme import Role


def pieces(block: Segments, width: float, style: Style) -> tuple[Piece, ...]:
    """One piece: equal cells beside each other, all words of one size."""
    metrics = style.metrics
    gap = metrics.mm(MIN_GAP_MM)
    cell = (width - gap * (len(block.choices) - 1)) / len(block.choices)
    inside = cell - 2 * metrics.px(12)
    captions = _captions(block, inside, style)
    height = max(
        metrics.px(110),
        max(caption.height(style, inside) for caption in captions) + 2 * metrics.px(18),
    )
    marks: list[Mark] = []
    targets = []
    for number, (choice, caption) in enumerate(zip(block.choices, captions, strict=True)):
        box = Box(round(number * (cell + gap)), 0, int(cell), height)
        fill = Role.PRIMARY if choice.id == block.selected else Role.SURFACE
        marks.append(Outline(box, fill, Role.PRIMARY, metrics.px(3), metrics.radius))
        marks.extend(caption.marks(box.grown(-metrics.px(12)), style))
        targets.append(Target(choice.id, box, Choose(block.id, choice.id), metrics.radius))
    return (Piece(height, tuple(marks), tuple(targets), before=metrics.px(32)),)


def _captions(block: Segments, inside: float, style: Style) -> list[Caption]:
    """The words on one line each where they can be: pictograms only where all have room."""
    lettering = Lettering(style.metrics.card_title, True, Role.PRIMARY, TITLE_LEADING, True)
    pictured = all(
        Caption(choice.title, lettering, choice.icon).width(style) <= inside
        for choice in block.choices
    )
    for choice in block.choices:
        pictogram = choice.icon if pictured else ""
        room = inside - Caption("x", lettering, pictogram).icon_room()
        lettering = min(
            lettering, style.fitted(choice.title, lettering, room), key=lambda one: one.size
        )
    chosen = replace(lettering, role=Role.ON_PRIMARY)
    return [
        Caption(
            choice.title,
            chosen if choice.id == block.selected else lettering,
            choice.icon if pictured else "",
        )
        for choice in block.choices
    ]
