"""Where the focus can be on a page, and which place a key leads to. Pure.

The order is the reading order over all sides of the page: its content, with the keyboard after
the field that it fills, then the actions, then the bar above. Turning over is no place of its
own: the page turns to wherever the focus goes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from kiosk.journey.page import Block, Faults, Field, Page
from kiosk.narration.passages import FOOT, WHERE
from screens.commands import Enter, Pick, Turn
from screens.frame import BACKGROUND, Frame
from screens.sketch import Box, Placed, Target

BESIDE_TEXT = 0.25  # of the margin: as much of it is inside the ring around a text
BARS = ("top", "adjust", "bottom", "keyboard", BACKGROUND)  # keys of pieces that are no content

Mark = tuple[str, str]  # a place from one drawing to the next: the block or bar, and the name


class Zone(Enum):
    """Which part of the page a place is in."""

    CONTENT = auto()
    KEYS = auto()  # of the keyboard on the glass
    ACTIONS = auto()
    TOP = auto()


@dataclass(frozen=True, slots=True)
class Stop:
    """One place. `owner`: the id of its block, else the key of its bar; `side` counts from 0.

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
) -> tuple[Stop, ...]:
    """Every place in reading order. `texts`: names of texts that are places, as `Narrator.stops`.

    `field`: the one with the caret; `at`: the side on the glass, where the bar above stays.
    """
    lowered = _bar(sides, _side_with(sides, "adjust", at), "adjust")  # for who sits
    above = (*_bar(sides, at, "top"), *lowered)
    last = [text for text in texts if text == WHERE]
    content = _content(page, sides, [text for text in texts if text != WHERE], field)
    low = [Stop(text, FOOT, Zone.ACTIONS, len(sides) - 1, None) for text in last]
    places = (*content, *_actions(sides), *low, *above)
    first: dict[Mark, Stop] = {}
    for stop in places:
        first.setdefault(stop.mark, stop)
    return tuple(first.values())


def _content(
    page: Page, sides: Sequence[Frame], texts: Sequence[str], field: str | None
) -> Iterator[Stop]:
    waiting = [(text, _owner(page, text)) for text in texts]
    for number, side in enumerate(sides):
        for placed in side.placed:
            if placed.key[0] in BARS:
                continue
            here = _owner_of(placed)
            for text, (owner, part) in list(waiting):
                if owner == here and part in ("", _part(placed)):
                    waiting.remove((text, (owner, part)))
                    box = _around(side, placed, whole=not part)
                    yield Stop(text, owner, Zone.CONTENT, number, box)
            for target in placed.targets:
                yield Stop(target.name, here, Zone.CONTENT, number, target.box, target)
                if field is not None and target.command == Enter(field):
                    yield from _bar(sides, number, "keyboard")
    for text, (owner, _) in waiting:  # said of the page, and not on the glass
        yield Stop(text, owner, Zone.CONTENT, len(sides) - 1, None)


def _actions(sides: Sequence[Frame]) -> Iterator[Stop]:
    """Those of the last side, then what only an earlier side has."""
    for number in reversed(range(len(sides))):
        yield from _bar(sides, number, "bottom")


ZONES = {"top": Zone.TOP, "adjust": Zone.TOP, "bottom": Zone.ACTIONS, "keyboard": Zone.KEYS}


def _bar(sides: Sequence[Frame], at: int, key: str) -> Iterator[Stop]:
    for placed in sides[at].placed if sides else ():
        if placed.key[0] == key:
            for target in placed.targets:
                if not isinstance(target.command, Turn):
                    yield Stop(target.name, key, ZONES[key], at, target.box, target)


def _side_with(sides: Sequence[Frame], key: str, at: int) -> int:
    """The side on the glass if it has that bar, else the first that has it."""
    having = [n for n, side in enumerate(sides) if any(p.key[0] == key for p in side.placed)]
    return at if at in having or not having else having[0]


def _owner_of(placed: Placed) -> str:
    return placed.key[1] if placed.key[0] == "block" else placed.key[0]


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
    pieces = [p for p in side.placed if _owner_of(p) == _owner_of(placed)] if whole else [placed]
    reach = side.room.x * BESIDE_TEXT
    box = around([Box(p.x, p.y, side.room.width, p.piece.height) for p in pieces])
    return Box(box.x - reach, box.y, box.width + 2 * reach, box.height)


def around(boxes: Sequence[Box]) -> Box:
    """The smallest box around all of these, at least one."""
    x, y = min(box.x for box in boxes), min(box.y for box in boxes)
    right, bottom = max(box.right for box in boxes), max(box.bottom for box in boxes)
    return Box(x, y, right - x, bottom - y)


def find(stops: Sequence[Stop], mark: Mark | None) -> Stop | None:
    """The place of that mark; one of the same name where its block has gone."""
    if mark is None:
        return None
    same = [stop for stop in stops if stop.name == mark[1]]
    return next((stop for stop in same if stop.mark == mark), same[0] if same else None)


def step(stops: Sequence[Stop], here: Stop | None, by: int) -> Stop | None:
    """The next (+1) or previous (-1) place, round and round; in a keyboard the row below or above.

    None: before the first place.
    """
    if here is None or here.zone is not Zone.KEYS:
        there = along(stops, here, by)
        if there is None or there.zone is not Zone.KEYS:
            return there
        return rows(keys_of(stops))[0 if by > 0 else -1][0]
    lines = rows(keys_of(stops))
    at = next((n for n, line in enumerate(lines) if here in line), 0) + by
    if 0 <= at < len(lines):
        if candidate(lines[at]) and not candidate(lines[at - by]):
            return candidate(stops)  # the likeliest character, wherever one comes from
        return min(lines[at], key=lambda stop: _off(stop, here))
    keys = keys_of(stops)
    return along(stops, keys[-1] if by > 0 else keys[0], by)


def along(stops: Sequence[Stop], here: Stop | None, by: int) -> Stop | None:
    """The next or previous place, every key of a keyboard being one."""
    if not stops:
        return None
    if here not in stops:
        return stops[0 if by > 0 else -1]
    return stops[(stops.index(here) + by) % len(stops)]


def beside(stops: Sequence[Stop], here: Stop | None, by: int) -> Stop | None:
    """The nearest place to the right (+1) or left (-1) in the same row; None at its end."""
    if here is None or here.target is None or here not in stops:
        return None
    line = next(line for line in rows(_near(stops, here)) if here in line)
    at = line.index(here) + by
    return line[at] if 0 <= at < len(line) else None


def skip(stops: Sequence[Stop], here: Stop | None, by: int) -> Stop | None:
    """The next or previous place that can be selected, past texts; None within a keyboard."""
    if here is not None and here.zone is Zone.KEYS:
        return None
    wanted = [stop for stop in stops if stop.target is not None or stop == here]
    return step(wanted, here, by)


def candidate(stops: Sequence[Stop]) -> Stop | None:
    """The first of the characters that a keyboard offers."""
    return next((s for s in stops if s.target and isinstance(s.target.command, Pick)), None)


def of_block(stops: Sequence[Stop], block: str) -> Stop | None:
    """The first place of a block."""
    return next((stop for stop in stops if stop.owner == block), None) if block else None


def at_fault(before: Page, after: Page) -> str:
    """The first block that says what is wrong and did not before; empty when none does."""
    old = {block.id: block for block in before.blocks}
    for block in after.blocks:
        was = old.get(block.id)
        if isinstance(block, Field) and block.error:
            if not isinstance(was, Field) or not was.error:
                return block.id
        elif isinstance(block, Faults) and was is None:
            return block.id
    return ""


def keys_of(stops: Sequence[Stop]) -> list[Stop]:
    """The keys of the keyboard."""
    return [stop for stop in stops if stop.zone is Zone.KEYS]


def rows(stops: Sequence[Stop]) -> list[list[Stop]]:
    """Places of one side as lines from above, each from the left."""
    lines: list[list[Stop]] = []
    for stop in sorted(stops, key=lambda stop: _centre(stop)[1]):
        if lines and _level(lines[-1][0], stop):
            lines[-1].append(stop)
        else:
            lines.append([stop])
    return [sorted(line, key=lambda stop: _centre(stop)[0]) for line in lines]


def _near(stops: Sequence[Stop], here: Stop) -> list[Stop]:
    return [
        stop
        for stop in stops
        if stop.target is not None and (stop.side, stop.zone) == (here.side, here.zone)
    ]


def _level(one: Stop, other: Stop) -> bool:
    """Whether two places are in one row: the middle of each is beside the other."""
    a, b = one.box, other.box
    return (
        a is not None
        and b is not None
        and a.y <= _centre(other)[1] < a.bottom
        and b.y <= _centre(one)[1] < b.bottom
    )


def _centre(stop: Stop) -> tuple[float, float]:
    return stop.box.centre if stop.box else (0.0, 0.0)


def _off(stop: Stop, here: Stop) -> float:
    return abs(_centre(stop)[0] - _centre(here)[0])


def nearest(stops: Sequence[Stop], gone: Stop) -> Stop | None:
    """The place in the same part of the page that is closest to where another one was."""
    same = [stop for stop in stops if stop.zone is gone.zone] or list(stops)
    x, y = _centre(gone)

    def far(stop: Stop) -> tuple[int, float]:
        there = _centre(stop)
        return abs(stop.side - gone.side), (there[0] - x) ** 2 + (there[1] - y) ** 2

    return min(same, key=far, default=None)
