"""Steps and notices: bar above, content between, actions below; a keyboard over the actions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.journey.page import Layout, Page
from screens.bars import bottom, top
from screens.bars.bottom import Turns
from screens.frame import BACKGROUND, Frame
from screens.layouts import head
from screens.layouts.turning import Item, Opening, Room, Side, arrange
from screens.sketch import Box, Fill, Key, Mark, Piece, Placed
from screens.style import Style
from screens.theme import Role

MANY = 9  # sides, for the room that the actions may take before their number is known


@dataclass(frozen=True)
class Sheet:
    """One page to lay out.

    `keyboard`: over the actions of every side (one that belongs to its field is among the items);
    `keyboard_once`: over those of the first side alone; `typing`: there is a keyboard, so the
    title may give way.
    """

    page: Page
    items: Sequence[Item]
    keyboard: Piece | None = None
    typing: bool = False
    count_down: str = ""
    keyboard_once: bool = False

    def keys(self, at: int) -> Piece | None:
        """The keyboard over the actions of that side."""
        return None if at and self.keyboard_once else self.keyboard


def lay_out(sheet: Sheet, style: Style) -> tuple[Frame, ...]:
    """The frames of all sides."""
    bar = top.draw(sheet.page, style)
    sides = _sides(sheet, bar, style)
    return tuple(
        _frame(sheet, bar, side, Turns(at, len(sides)), style) for at, side in enumerate(sides)
    )


def _frame(sheet: Sheet, bar: Piece, side: Side, turns: Turns, style: Style) -> Frame:
    """From top to bottom, as it is read."""
    below = _below(sheet, turns, style)
    room = _room(bar, below, sheet.keys(turns.at), sheet, style)
    placed = [Placed(("top",), bar, 0, 0), *_content(side, room)]
    if sheet.page.layout is Layout.NOTICE:
        placed.insert(0, _backdrop(bar.height, style))
    keys = sheet.keys(turns.at)
    if keys is not None:
        y = room.bottom + keys.before
        placed.append(Placed(("keyboard",), keys, style.metrics.margin, y))
    y = style.reach.bottom - sum(piece.height for _, piece in below)
    for key, piece in below:
        placed.append(Placed(key, piece, 0, y))
        y += piece.height
    return Frame(sheet.page.id, tuple(placed), turns, room)


def _below(sheet: Sheet, turns: Turns, style: Style) -> list[tuple[Key, Piece]]:
    """What stands under the content: the actions, and what a hand from a chair finds there."""
    notice = sheet.page.layout is Layout.NOTICE
    count_down = "" if notice else sheet.count_down
    actions = bottom.draw(sheet.page, turns, count_down, style, line=not notice)
    below: list[tuple[Key, Piece]] = [(("bottom",), actions)]
    if style.lowered and (pills := top.pills(sheet.page, style)) is not None:
        below.insert(0, (("adjust",), pills))
    return below


def _room(
    bar: Piece,
    below: Sequence[tuple[Key, Piece]],
    keys: Piece | None,
    sheet: Sheet,
    style: Style,
) -> Box:
    metrics = style.metrics
    notice = sheet.page.layout is Layout.NOTICE
    start = bar.height + metrics.px(100 if notice else 32 if style.tight else 50)
    end = style.reach.bottom - sum(piece.height for _, piece in below)
    end -= metrics.px(20 if style.tight else 40)
    if keys is not None:
        end -= keys.height + keys.before
    return Box(metrics.margin, start, metrics.width, end - start)


def _sides(sheet: Sheet, bar: Piece, style: Style) -> list[Side]:
    """One side where all fits; else sides that leave room for the actions of their kind."""
    count_down = sheet.count_down if sheet.page.layout is Layout.NOTICE else ""
    first = Item(("head",), head.full(sheet.page, style, count_down=count_down))
    later = Item(("head",), head.later(sheet.page, style))
    small = Item(("head",), head.full(sheet.page, style, small=True))
    apart = style.metrics.px(20 if style.tight else 36)

    def room(at: int, more: Sequence[Turns], last: Turns) -> Room:
        keys = sheet.keys(at)
        ends = [_room(bar, _below(sheet, one, style), keys, sheet, style) for one in (*more, last)]
        height = min(end.height for end in ends[:-1])
        return Room(height, ends[-1].height, apart, style.reach.top - ends[-1].y)

    # where there is a keyboard the title gives way to it, and never parts it from its field
    smaller = [first, small, later] if style.tight and sheet.typing else [first]
    alone = room(0, [Turns()], Turns())
    for opening in smaller[:2]:
        sides = arrange(sheet.items, Opening(opening, alone), Opening(later, alone))
        if len(sides) == 1:
            return sides
    several = [Turns(0, MANY), Turns(1, MANY)], Turns(MANY - 1, MANY)
    rooms = room(0, *several), room(1, *several)
    for opening in smaller:
        sides = arrange(sheet.items, Opening(opening, rooms[0]), Opening(later, rooms[1]))
        if len(sides[0]) > 1:
            break
    return sides


def _content(side: Side, room: Box) -> list[Placed]:
    return [
        Placed(item.key, item.piece, room.x, round(room.y + y))
        for item, y in sorted(side, key=lambda place: place[1])
    ]


def _backdrop(bar_height: float, style: Style) -> Placed:
    """A page in front of another: tinted around, one large surface."""
    metrics = style.metrics
    edge = metrics.px(20)
    whole = Box(0, 0, metrics.panel.width, metrics.panel.height)
    sheet = Box(
        edge,
        bar_height + 2 * edge,
        whole.width - 2 * edge,
        whole.height - bar_height - 3 * edge,
    )
    marks: tuple[Mark, ...] = (
        Fill(whole, Role.TINT),
        Fill(sheet, Role.SURFACE, metrics.px(32)),
    )
    return Placed((BACKGROUND,), Piece(whole.height, marks), 0, 0)
