"""Where the focus can be on a page: its tab stops, in the order in which they are read. Pure.

The order is the reading order over all sides of the page: its content, with the keyboard after
the field that it fills, then the actions, then the bar above. The page turns to wherever the
focus goes; turning over is a stop of its own on a side with nothing else to come to, so that
every side is seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from kiosk.journey.page import Block, Page
from kiosk.narration.passages import FOOT, WHERE
from screens.commands import Enter, Turn
from screens.frame import BACKGROUND, Frame
from screens.sketch import Box, Key, Placed, Target

BESIDE_TEXT = 0.25  # of the margin: as much of it is inside the ring around a text
BARS = ("top", "adjust", "bottom", "keyboard", BACKGROUND)  # keys of pieces that are no content

_Waiting = tuple[str, tuple[str, str]]  # a text and what it is of: the block, and which piece
Mark = tuple[str, str]  # a stop from one drawing to the next: the block or bar, and the name


class Zone(Enum):
    """Which part of the page a place is in."""

    CONTENT = auto()
    KEYS = auto()  # of the keyboard on the glass
    ACTIONS = auto()
    TOP = auto()


@dataclass(frozen=True, slots=True)
class TabStop:
    """One place. `owner`: the id of its block, else the key of its bar; `side` counts from 0.

    Turning over belongs to the side that it turns.

    `target` is None for a text that is only read; `box` is None for one that is not on the glass.
    """

    name: str
    owner: str
    zone: Zone
    side: int
    box: Box | None
    target: Target | None = None

    @property
    def mark(self) -> Mark:
        """What tells it from all others of its page."""
        return self.owner, self.name

    @property
    def radius(self) -> float:
        """Of the corners of its box."""
        return self.target.radius if self.target else 0.0


def walk(
    page: Page, sides: Sequence[Frame], *, texts: Sequence[str] = (), field: str | None, at: int
) -> tuple[TabStop, ...]:
    """Every place in reading order. `texts`: names of texts that are places, as `Narrator.stops`.

    `field`: the one with the caret; `at`: the side on the glass, where the bar above stays.
    """
    lowered = _bar(sides, _side_with(sides, "adjust", at), "adjust")  # for who sits
    above = (*_bar(sides, at, "top"), *lowered)
    last = [text for text in texts if text == WHERE]
    content = _content(page, sides, [text for text in texts if text != WHERE], field)
    low = [TabStop(text, FOOT, Zone.ACTIONS, len(sides) - 1, None) for text in last]
    places = (*content, *_actions(sides), *low, *above)
    first: dict[Mark, TabStop] = {}
    for stop in places:
        first.setdefault(stop.mark, stop)
    return tuple(first.values())


def _content(
    page: Page, sides: Sequence[Frame], texts: Sequence[str], field: str | None
) -> Iterator[TabStop]:
    waiting = [(text, _owner(page, text)) for text in texts]
    for number in range(len(sides)):
        stops = [*_of_side(sides, number, waiting, field)]
        yield from stops or _turning(sides, number)
    for text, (owner, _) in waiting:  # said of the page, and not on the glass
        yield TabStop(text, owner, Zone.CONTENT, len(sides) - 1, None)


def _of_side(
    sides: Sequence[Frame], number: int, waiting: list[_Waiting], field: str | None
) -> Iterator[TabStop]:
    """The content of one side; takes the texts that it has from those that are `waiting`."""
    side = sides[number]
    for placed in side.placed:
        if placed.key[0] in BARS:
            continue
        here = owner_of(placed.key)
        for text, (owner, part) in list(waiting):
            if owner == here and part in ("", _part(placed)):
                waiting.remove((text, (owner, part)))
                box = _around(side, placed, whole=not part)
                yield TabStop(text, owner, Zone.CONTENT, number, box)
        for target in placed.targets:
            yield TabStop(target.name, here, Zone.CONTENT, number, target.box, target)
            if field is not None and target.command == Enter(field):
                yield from _bar(sides, number, "keyboard")


def _turning(sides: Sequence[Frame], number: int) -> Iterator[TabStop]:
    """The button that turns a side over: on, or back from a last one that has no actions."""
    turns = [target for target in sides[number].targets if isinstance(target.command, Turn)]
    if turns and (number < len(sides) - 1 or not any(_bar(sides, number, "bottom"))):
        on = turns[-1]
        yield TabStop(on.name, f"side.{number}", Zone.CONTENT, number, on.box, on)


def _actions(sides: Sequence[Frame]) -> Iterator[TabStop]:
    """Those of the last side, then what only an earlier side has."""
    for number in reversed(range(len(sides))):
        yield from _bar(sides, number, "bottom")


ZONES = {"top": Zone.TOP, "adjust": Zone.TOP, "bottom": Zone.ACTIONS, "keyboard": Zone.KEYS}


def _bar(sides: Sequence[Frame], at: int, key: str) -> Iterator[TabStop]:
    for placed in sides[at].placed if sides else ():
        if placed.key[0] == key:
            for target in placed.targets:
                if not isinstance(target.command, Turn):
                    yield TabStop(target.name, key, ZONES[key], at, target.box, target)


def _side_with(sides: Sequence[Frame], key: str, at: int) -> int:
    """The side on the glass if it has that bar, else the first that has it."""
    having = [n for n, side in enumerate(sides) if any(p.key[0] == key for p in side.placed)]
    return at if at in having or not having else having[0]


def owner_of(key: Key) -> str:
    """The id of the block that a piece is of, else the key of its bar."""
    return key[1] if key[0] == "block" else key[0]


def _part(placed: Placed) -> str:
    return placed.key[3] if placed.key[0] == "block" else ""


def _owner(page: Page, text: str) -> tuple[str, str]:
    """The block that `text:<block>[.<item>]` is of, and which of its pieces: empty for all."""
    name = text.partition(":")[2]
    block_id, _, item = name.partition(".")
    block = next((block for block in page.blocks if block.id in (name, block_id)), None)
    if block is None:
        return block_id, ""
    return block.id, _number(block, item) if block.id != name else ""


def _number(block: Block, item: str) -> str:
    for name in ("rows", "steps", "faults"):
        items = [one.id for one in getattr(block, name, ())]
        if item in items:
            return str(items.index(item))
    return ""


def _around(side: Frame, placed: Placed, *, whole: bool) -> Box:
    """The piece, or all pieces of its block on that side."""
    owner = owner_of(placed.key)
    pieces = [p for p in side.placed if owner_of(p.key) == owner] if whole else [placed]
    reach = side.room.x * BESIDE_TEXT
    box = around([Box(p.x, p.y, side.room.width, p.piece.height) for p in pieces])
    return Box(box.x - reach, box.y, box.width + 2 * reach, box.height)


def around(boxes: Sequence[Box]) -> Box:
    """The smallest box around all of these, at least one."""
    x, y = min(box.x for box in boxes), min(box.y for box in boxes)
    right, bottom = max(box.right for box in boxes), max(box.bottom for box in boxes)
    return Box(x, y, right - x, bottom - y)
