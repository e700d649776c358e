"""A silent film with buttons to play it, to hold it and to see it again, and its words below."""

from __future__ import annotations

from dataclasses import replace

from kiosk.journey.page import Video
from screens.caption import Caption
from screens.commands import Command, HoldFilm, PlayFilm, ReplayFilm
from screens.sketch import Box, Fill, Line, Outline, Piece, Screen, Target
from screens.style import Column, Style
from screens.theme import Role

SHAPE = 9 / 16  # height of the area by its width; a film of another shape stands in its middle


def pieces(block: Video, width: float, style: Style) -> tuple[Piece, ...]:
    """Film and buttons together, the words below in a piece of their own."""
    metrics = style.metrics
    area = Box(0, 0, width, round(width * SHAPE * (0.8 if style.tight else 1)))
    film = Column(style, 0, width, y=area.height)
    film.marks.append(Fill(area, Role.TINT, metrics.radius))
    film.marks.append(Screen(area, block.id, _broken(block, area, style)))
    film.space(metrics.px(20))
    _buttons(block, film)
    words = Column(style, 0, width)
    words.text(block.caption, style.body(role=Role.INK2))
    return film.piece(before=metrics.px(24)), words.piece(before=metrics.px(20))


def _broken(block: Video, area: Box, style: Style) -> tuple[Line, ...]:
    """The sentence in the middle of the area, drawn only when there is nothing to show."""
    pad = style.metrics.px(40)
    column = Column(style, pad, area.width - 2 * pad)
    lines = column.text(block.broken, style.body(bold=True), "centre")
    down = (area.height - column.y) / 2
    return tuple(replace(line, box=line.box.moved(0, round(down))) for line in lines)


def _buttons(block: Video, column: Column) -> None:
    """Beside each other where their words fit, else one under another."""
    style, metrics = column.style, column.style.metrics
    buttons: tuple[tuple[str, str, str, Command], ...] = (
        ("play", block.play, "play", PlayFilm(block.id)),
        ("hold", block.hold, "pause", HoldFilm(block.id)),
        ("again", block.again, "replay", ReplayFilm(block.id)),
    )
    captions = [
        Caption(text, style.body(bold=True, role=Role.PRIMARY), icon)
        for _, text, icon, _ in buttons
    ]
    pad = metrics.px(20)
    cell = (column.width - 2 * metrics.gap) / len(buttons)
    beside = all(caption.width(style) + 2 * pad <= cell for caption in captions)
    wide = cell if beside else column.width
    x = 0.0
    high = float(metrics.px(100))
    for (name, text, _, command), caption in zip(buttons, captions, strict=True):
        high = max(high, caption.height(style, wide - 2 * pad) + 2 * pad)
        box = Box(round(x), column.y, round(wide), high)
        column.marks.append(Outline(box, Role.SURFACE, Role.PRIMARY, metrics.px(3), metrics.radius))
        column.marks.extend(caption.marks(box.grown(-pad), style))
        target = Target(f"{name}.{block.id}", box, command, metrics.radius, says=text)
        column.targets.append(target)
        if beside:
            x += wide + metrics.gap
        else:
            column.y += high + metrics.gap
    column.y += high if beside else -metrics.gap
