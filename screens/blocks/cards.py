"""Cards that act at once, in rows; beside each other where their words allow.

Four faces: compact (icon above one word, as for ratings), tall (icon above title and detail),
flat (icon left of them), and plain (a single word in a wide frame: "more").
"""

from __future__ import annotations

from dataclasses import replace

from kiosk.journey.page import Cards, Choice
from screens.blocks.marking import underlines
from screens.commands import Press
from screens.icons import has_icon
from screens.metrics import TITLE_LEADING
from screens.sketch import Box, Mark, Piece, Target
from screens.style import Align, Column, Lettering, Style, card, icon
from screens.theme import Role
from screens.wrapping import widest_unit

FEW = 4  # so many cards or fewer, those without icons and those in one column, are drawn flat
LEAST_SHRINK = 0.78
MOST_LINES = 2  # of a detail beside another card
PAD = 36  # px at the design pitch, left and right of the words


def pieces(block: Cards, width: float, style: Style) -> tuple[Piece, ...]:
    """One piece a row of cards; the heading of the cards goes before the first."""
    metrics = style.metrics
    columns = _columns(block, width, style)
    gap = metrics.px(16) if block.compact or style.tight else metrics.gap
    cell = (width - gap * (columns - 1)) / columns
    made = []
    if block.title:
        title = Column(style, 0, width)
        title.text(block.title, style.heading() if block.compact else style.body(bold=True))
        made.append(title.piece(before=metrics.px(32 if style.tight else 52), joined=True))
    for at in range(0, len(block.cards), columns):
        row = block.cards[at : at + columns]
        before = metrics.px(16) if at == 0 and block.title else gap
        made.append(_row(block, row, cell, gap, style).spaced(before))
    return tuple(made)


def _columns(block: Cards, width: float, style: Style) -> int:
    """As many beside each other as the page asks for, fewer where words would be squeezed."""
    columns = block.columns
    gap = style.metrics.px(16)
    lettering = _title(block, style)
    needed = max(
        widest_unit(choice.title, lambda part: style.width(part, lettering))
        for choice in block.cards
    )
    inside: float = style.metrics.px(24 if block.compact else 72)
    if not block.compact and _flat(block, style):
        inside += _icon_room(block, style)
    while columns > 1 and (width - gap * (columns - 1)) / columns < needed + inside:
        columns -= 1
    while columns > 1 and _squeezed(block, (width - gap * (columns - 1)) / columns, style):
        columns -= 1
    return columns


def _squeezed(block: Cards, cell: float, style: Style) -> bool:
    """Whether the detail of a card would take more lines than are read at a glance."""
    if block.compact:
        return False
    room = cell - 2 * style.metrics.px(PAD)
    if _flat(block, style):
        room -= _icon_room(block, style)
    details = (choice.detail for choice in block.cards if choice.detail)
    return any(len(style.wrap(text, style.detail(), room)) > MOST_LINES for text in details)


def _flat(block: Cards, style: Style) -> bool:
    pictured = any(has_icon(choice.icon) for choice in block.cards)
    return style.tight or block.columns == 1 or len(block.cards) <= FEW or not pictured


def _plain(block: Cards) -> bool:
    return block.columns == 1 and not any(c.detail or c.icon for c in block.cards)


def _icon_room(block: Cards, style: Style) -> float:
    shown = any(has_icon(choice.icon) for choice in block.cards)
    return round(1.35 * style.metrics.card_title) + style.metrics.px(32) if shown else 0.0


def _title(block: Cards, style: Style) -> Lettering:
    if block.compact:
        return Lettering(style.metrics.body, True, Role.INK, TITLE_LEADING, balance=True)
    return style.heading(Role.PRIMARY if _plain(block) else Role.INK)


def _shrunk(block: Cards, cell: float, style: Style) -> Lettering:
    """The lettering of the titles, somewhat smaller where that keeps all of them on one line."""
    lettering = _title(block, style)
    room = cell - 2 * style.metrics.px(PAD)
    if _flat(block, style):
        room -= _icon_room(block, style)
    widest = max(style.width(choice.title, lettering) for choice in block.cards)
    if block.compact or not room < widest <= room / LEAST_SHRINK:
        return lettering
    return replace(lettering, size=int(lettering.size * room / widest))


def _row(block: Cards, row: tuple[Choice, ...], cell: float, gap: float, style: Style) -> Piece:
    faces = [_face(block, choice, cell, style) for choice in row]
    metrics = style.metrics
    pad = metrics.px(26 if block.compact else 34)
    if style.tight:
        pad = metrics.px(20)
    least = metrics.px(104 if _plain(block) else 130)
    height = max(least, max(face.y for face in faces) + 2 * pad)
    marks: list[Mark] = []
    targets = []
    for number, (choice, face) in enumerate(zip(row, faces, strict=True)):
        x = round(number * (cell + gap))
        box = Box(x, 0, round(cell), height)
        chosen = bool(block.selected) and choice.id == block.selected
        marks.append(card(box, style, chosen=chosen, strong=block.compact or _plain(block)))
        top = (height - face.y) / 2 if block.compact or _flat(block, style) else pad
        marks.extend(replace(mark, box=mark.box.moved(x, 0)) for mark in face.lowered(top))
        if not block.compact and _flat(block, style):
            size = round(1.35 * metrics.card_title)
            marks.extend(icon(choice.icon, x + metrics.px(PAD), height / 2, size, Role.PRIMARY))
        targets.append(Target(choice.id, box, Press(choice.id), metrics.radius))
    return Piece(height, tuple(marks), tuple(targets))


def _face(block: Cards, choice: Choice, cell: float, style: Style) -> Column:
    """The words of a card (and its icon when that stands above them), from y = 0."""
    metrics = style.metrics
    pad = metrics.px(12 if block.compact else PAD)
    face = Column(style, pad, cell - 2 * pad)
    align: Align = "centre" if block.compact or _plain(block) else "left"
    if block.compact:
        _above(face, choice, metrics.em(1.6), metrics.px(10), centred=True)
    elif not _flat(block, style):
        _above(face, choice, round(1.5 * metrics.card_title), metrics.px(14), centred=False)
    else:
        room = _icon_room(block, style)
        face.x += room
        face.width -= room
    look = _shrunk(block, cell, style)
    before = len(face.marks)
    face.text(choice.title, look, align)
    if choice.marks:
        lines = face.marks[before:]
        face.marks.extend(underlines(lines, choice.title, choice.marks, style, look))
    if not block.compact:
        face.text(choice.detail, style.detail(), align)
    return face


def _above(face: Column, choice: Choice, size: float, below: float, *, centred: bool) -> None:
    x = face.x + (face.width - size) / 2 if centred else face.x
    pictogram = icon(choice.icon, x, size / 2, size, Role.PRIMARY)
    if pictogram:
        face.marks.extend(pictogram)
        face.space(size + below)
