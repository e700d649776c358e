"""Steps and notices: bar above, content between, actions below; a keyboard over the actions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.journey.page import Layout, Page
from screens.bars import bottom, top
from screens.bars.bottom import Turns
from screens.frame import BACKGROUND, Frame
from screens.layouts import head
from screens.layouts.turning import Item, Room, Side, arrange
from screens.sketch import Box, Fill, Mark, Piece, Placed
from screens.style import Style
from screens.theme import Role

MANY = 9  # sides, for the room that the actions may take before their number is known


@dataclass(frozen=True)
class Sheet:
    """One page to lay out.

    `keyboard`: over the actions of every side (one that belongs to its field is among the items);
    `typing`: there is a keyboard, so the title may give way.
    """

    page: Page
    items: Sequence[Item]
    keyboard: Piece | None = None
    typing: bool = False
    count_down: str = ""


def lay_out(sheet: Sheet, style: Style) -> tuple[Frame, ...]:
    """The frames of all sides."""
    bar = top.draw(sheet.page, style)
    sides = _sides(sheet, bar, style)
    return tuple(
        _frame(sheet, bar, side, Turns(at, len(sides)), style) for at, side in enumerate(sides)
    )


def _frame(sheet: Sheet, bar: Piece, side: Side, turns: Turns, style: Style) -> Frame:
    below = _below(sheet, turns, style)
    room = _room(bar, below.height, sheet, style)
    placed = [Placed(("top",), bar, 0, 0)]
    if sheet.page.layout is Layout.NOTICE:
        placed.insert(0, _backdrop(bar.height, style))
    placed += _content(side, room)
    height = style.metrics.panel.height
    if sheet.keyboard is not None:
        y = room.bottom + sheet.keyboard.before
        placed.append(Placed(("keyboard",), sheet.keyboard, style.metrics.margin, y))
    placed.append(Placed(("bottom",), below, 0, height - below.height))
    return Frame(sheet.page.id, tuple(placed), turns, room)


def _below(sheet: Sheet, turns: Turns, style: Style) -> Piece:
    notice = sheet.page.layout is Layout.NOTICE
    count_down = "" if notice else sheet.count_down
    return bottom.draw(sheet.page, turns, count_down, style, line=not notice)


def _room(bar: Piece, below: float, sheet: Sheet, style: Style) -> Box:
    metrics = style.metrics
    notice = sheet.page.layout is Layout.NOTICE
    start = bar.height + metrics.px(100 if notice else 32 if style.tight else 50)
    end = metrics.panel.height - below - metrics.px(20 if style.tight else 40)
    if sheet.keyboard is not None:
        end -= sheet.keyboard.height + sheet.keyboard.before
    return Box(metrics.margin, start, metrics.width, end - start)


def _sides(sheet: Sheet, bar: Piece, style: Style) -> list[Side]:
    """One side where all fits; else sides that leave room for the actions of their kind."""
    count_down = sheet.count_down if sheet.page.layout is Layout.NOTICE else ""
    first = head.full(sheet.page, style, count_down=count_down)
    heads = (Item(("head",), first), Item(("head",), head.later(sheet.page, style)))
    apart = style.metrics.px(20 if style.tight else 36)

    def high(*turns: Turns) -> float:
        tallest = max(_below(sheet, one, style).height for one in turns)
        return _room(bar, tallest, sheet, style).height

    alone = high(Turns())
    sides = arrange(sheet.items, heads, Room(alone, alone, apart))
    if len(sides) > 1 and style.tight and sheet.typing:
        small = Item(("head",), head.full(sheet.page, style, small=True))
        sides = arrange(sheet.items, (small, heads[1]), Room(alone, alone, apart))
    if len(sides) == 1:
        return sides
    more, last = high(Turns(0, MANY), Turns(1, MANY)), high(Turns(MANY - 1, MANY))
    return arrange(sheet.items, heads, Room(more, last, apart))


def _content(side: Side, room: Box) -> list[Placed]:
    return [
        Placed(item.key, item.piece, room.x, round(room.y + y))
        for item, y in sorted(side.places, key=lambda place: place[1])
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
