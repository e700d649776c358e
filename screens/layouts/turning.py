"""Which pieces are on the glass together, and where: eyes above, hands below, over when full.

What the eye needs flows from the top; what the hand needs ends at the bottom. Pieces that do not
fit are turned over to, each of them exactly once and never split; what goes on over a side has its
heading there again.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from screens.sketch import Key, Piece

COMPANY = 3  # pieces of a block on a side, for one of them to go with a lone last one
FULL_ENOUGH = 0.5  # of a side, for a section to be kept whole on the next one


@dataclass(frozen=True)
class Item:
    """A piece, its key, and whether it is for the hand.

    `begins`: it begins a side of its own; `opens`: it begins a section that is rather turned over
    to than split; `again`: the heading to stand above it where it begins a side, as what goes on.
    """

    key: Key
    piece: Piece
    low: bool = False
    begins: bool = False
    opens: bool = False
    again: Item | None = None


Side = Sequence[tuple[Item, float]]
"""What is shown together: items with their y, from the top of the room."""


@dataclass(frozen=True)
class Room:
    """Lengths in pixels. `side`: height of a side with more below; `last`: of the last side.

    `apart`: least space between what is for the eye and what is for the hand; `reach`: above
    this y nothing can be touched.
    """

    side: float
    last: float
    apart: float
    reach: float = 0.0


@dataclass(frozen=True)
class Opening:
    """What a side begins with, and the room there is. `again`: the heading of what goes on."""

    head: Item
    room: Room
    again: Item | None = None

    def going_on(self, item: Item) -> Opening:
        """With the heading of what goes on with this item, where both have room."""
        if item.again is None:
            return self
        headed = replace(self, again=item.again)
        fits = _end(_places(headed, [item], self.room.side)) <= self.room.side
        return headed if fits else self


def arrange(items: Sequence[Item], first: Opening, later: Opening) -> list[Side]:
    """Sides in order: the first one and those turned over to."""
    sides: list[Side] = []
    rest = list(items)
    while rest or not sides:
        opening = later.going_on(rest[0]) if sides else first
        together = next((n for n, item in enumerate(rest) if n and item.begins), len(rest))
        if together == len(rest):
            whole = _places(opening, rest, opening.room.last)
            if _end(whole) <= opening.room.last:
                return [*sides, whole]
        count = _fitting(opening, rest[:together])
        if count == len(rest):  # it would fit on a side that is not the last one, but this is
            count = _unjoined(rest, count - 1)
        count = _whole(rest[:together], count, opening, later)
        if sides:  # only the first side may be its head alone
            count = max(1, count)
        sides.append(_places(opening, rest[:count], opening.room.side))
        rest = rest[count:]
    return sides


def _fitting(opening: Opening, items: Sequence[Item]) -> int:
    """How many of the items fit on a side with more below."""

    def end(count: int) -> float:
        return _end(_places(opening, items[:count], opening.room.side))

    count = bisect_right(range(len(items) + 1), opening.room.side, key=end) - 1
    return count if count == len(items) else _unjoined(items, _accompanied(items, max(0, count)))


def _accompanied(items: Sequence[Item], count: int) -> int:
    """So many or one fewer, so that the last piece of a block is not turned over to alone."""
    block = items[count].key[:2]
    ends = all(item.key[:2] != block for item in items[count + 1 : count + 2])
    stay = [item for item in items[:count] if item.key[:2] == block]
    return count - 1 if ends and len(stay) >= COMPANY else count


def _unjoined(items: Sequence[Item], count: int) -> int:
    """So many or fewer, so that no heading is the last."""
    while count > 0 and items[count - 1].piece.joined:
        count -= 1
    return count


def _whole(items: Sequence[Item], count: int, opening: Opening, later: Opening) -> int:
    """So many or fewer, so that no section is split which the next side would hold.

    The side has to be full enough without it; but answers to choose from are seen all at once.
    """
    start = max((n for n in range(1, count) if items[n].opens), default=0)
    if not start or count == len(items) or items[count].opens:
        return count
    end = next((n for n in range(count, len(items)) if items[n].opens), len(items))
    left = _end(_places(opening, items[:start], opening.room.side))
    next_side = _end(_places(later, items[start:end], later.room.side))
    full = items[start].low or left >= FULL_ENOUGH * opening.room.side
    return start if full and next_side <= later.room.side else count


def _end(places: Side) -> float:
    item, y = places[-1]
    return y + item.piece.height


def _places(opening: Opening, items: Sequence[Item], height: float) -> Side:
    """All items at their places, beyond the height of the room where they do not fit."""
    room = opening.room
    places = [(opening.head, 0.0)]
    above = [opening.again] if opening.again else []
    for cluster in _clusters([*above, *(item for item in items if not item.low)]):
        places += _stacked(cluster, max(_end(places), room.reach - _touch(cluster)))
    low = [item for item in items if item.low]
    if low:
        needed = sum(item.piece.before + item.piece.height for item in low)
        clear = _end(places) + max(0.0, room.apart - low[0].piece.before)
        places += _stacked(low, max(height - needed, clear, room.reach - _touch(low)))
    return places


def _stacked(items: Sequence[Item], y: float) -> list[tuple[Item, float]]:
    places = []
    for item in items:
        y += item.piece.before
        places.append((item, y))
        y += item.piece.height
    return places


def _clusters(items: Sequence[Item]) -> list[list[Item]]:
    """Items that stay together: the pieces of a block, and the headings that belong to them."""
    clusters: list[list[Item]] = []
    for item in items:
        last = clusters[-1][-1] if clusters else None
        if last is not None and (last.piece.joined or last.key[:2] == item.key[:2]):
            clusters[-1].append(item)
        else:
            clusters.append([item])
    return clusters


def _touch(items: Sequence[Item]) -> float:
    """How far below the top of a stack the first thing to touch begins; far where there is none."""
    tops = [y + target.box.y for item, y in _stacked(items, 0.0) for target in item.piece.targets]
    return min(tops, default=float("inf"))
