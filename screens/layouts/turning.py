"""Which pieces are on the glass together, and where: eyes above, hands below, over when full.

What the eye needs flows from the top; what the hand needs ends at the bottom. Pieces that do not
fit are turned over to, each of them exactly once and never split.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from screens.sketch import Key, Piece


@dataclass(frozen=True)
class Item:
    """A piece, its key, and whether it is for the hand."""

    key: Key
    piece: Piece
    low: bool = False


@dataclass
class Side:
    """What is shown together: items with their y, from the top of the room."""

    places: list[tuple[Item, float]] = field(default_factory=list)


@dataclass(frozen=True)
class Room:
    """Heights in pixels. `side`: of a side with more below; `last`: of the last side.

    `apart`: least space between what is for the eye and what is for the hand.
    """

    side: float
    last: float
    apart: float


def arrange(items: Sequence[Item], heads: tuple[Item, Item], room: Room) -> list[Side]:
    """Sides in order. `heads`: what begins the first side, and every later one."""
    sides: list[Side] = []
    rest = list(items)
    while rest or not sides:
        head = heads[0] if not sides else heads[1]
        used = head.piece.height
        if _fitting(rest, room.last - used, room.apart) == len(rest):
            sides.append(_side(head, rest, room.last))
            break
        count = min(_fitting(rest, room.side - used, room.apart), len(rest) - 1)
        if sides:  # only the first side may be its head alone
            count = max(1, count)
        sides.append(_side(head, rest[:count], room.side))
        rest = rest[count:]
    return sides


def _fitting(items: Sequence[Item], room: float, apart: float) -> int:
    """How many of the items fit."""
    used, count, low = 0.0, 0, False
    for item in items:
        used += item.piece.before + item.piece.height
        if item.low and not low:
            low = True
            used += max(0.0, apart - item.piece.before)
        if used > room:
            break
        count += 1
    while 0 < count < len(items) and items[count - 1].piece.joined:
        count -= 1
    return count


def _side(head: Item, items: Sequence[Item], room: float) -> Side:
    side: Side = Side([(head, 0.0)])
    y = head.piece.height
    for item in items:
        if not item.low:
            y += item.piece.before
            side.places.append((item, y))
            y += item.piece.height
    low = [item for item in items if item.low]
    if low:
        height = sum(i.piece.before + i.piece.height for i in low) - low[0].piece.before
        y = max(room - height, y) - low[0].piece.before
    for item in low:
        y += item.piece.before
        side.places.append((item, y))
        y += item.piece.height
    return side
