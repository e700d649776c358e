"""Steps and notices: bar above, content between, actions below; a keyboard over the actions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from kiosk.journey.page import Choices, Field, Layout, Page
from screens.bars import bottom, top
from screens.bars.bottom import Turns
from screens.commands import Choose
from screens.count_down import NONE, CountDown
from screens.frame import BACKGROUND, Frame
from screens.layouts import head
from screens.layouts.turning import Item, Opening, Room, Side, arrange
from screens.sketch import Box, Fill, Key, Mark, Outline, Piece, Placed
from screens.style import Style
from screens.theme import Role

MANY = 19  # sides, for the room that the actions may take before their number is known


@dataclass(frozen=True)
class Sheet:
    """One page to lay out.

    `keyboard`: over the actions of every side (one that belongs to its field is among the items);
    `keyboard_once`: over those of the first side alone; `typing`: there is a keyboard, so the
    title may give way; `pills_once`: what a hand from a chair would not find in the bar is on the
    first side alone.
    """

    page: Page
    items: Sequence[Item]
    keyboard: Piece | None = None
    typing: bool = False
    count_down: CountDown = NONE
    keyboard_once: bool = False
    pills_once: bool = False

    def keys(self, at: int) -> Piece | None:
        """The keyboard over the actions of that side."""
        return None if at and self.keyboard_once else self.keyboard


def lay_out(sheet: Sheet, style: Style) -> tuple[Frame, ...]:
    """The frames of all sides."""
    surroundings = _Surroundings(sheet, style)
    sides = _sides(surroundings)
    marked = {Choose(block.id, block.selected) for block in surroundings.choices}
    frames: list[Frame] = []
    chosen = False
    for at, side in enumerate(sides):
        chosen = chosen or any(
            target.command in marked for item, _ in side for target in item.piece.targets
        )
        frames.append(_frame(surroundings, side, Turns(at, len(sides), chosen)))
    return tuple(frames)


@dataclass
class _Surroundings:
    """What stands above and below the content of one page, each drawn once."""

    sheet: Sheet
    style: Style
    _below: dict[Turns, list[tuple[Key, Piece]]] = field(default_factory=dict)

    @property
    def notice(self) -> bool:
        return self.sheet.page.layout is Layout.NOTICE

    @cached_property
    def choices(self) -> tuple[Choices, ...]:
        """Blocks of answers of which one can be marked."""
        return tuple(block for block in self.sheet.page.blocks if isinstance(block, Choices))

    @cached_property
    def bar(self) -> Piece:
        return top.draw(self.sheet.page, self.style)

    def below(self, turns: Turns) -> list[tuple[Key, Piece]]:
        """The actions, and above them what a hand from a chair would not find in the bar."""
        if turns not in self._below:
            page, style = self.sheet.page, self.style
            count_down = NONE if self.notice else self.sheet.count_down
            actions = bottom.draw(page, turns, count_down, style, line=not self.notice)
            once = self.sheet.pills_once and turns.at > 0
            pills = top.pills(page, style) if style.lowered and not once else None
            above = [] if pills is None else [(("adjust",), pills)]
            self._below[turns] = [*above, (("bottom",), actions)]
        return self._below[turns]

    def start(self, turns: Turns) -> float:
        """Where what stands below begins: in one place, whether an answer is marked or not.

        So what an answer brings among the actions moves nothing, and never the answer itself.
        """
        states = {turns, replace(turns, chosen=True)} if self.choices else {turns}
        high = max(sum(piece.height for _, piece in self.below(state)) for state in states)
        return self.style.reach.bottom - high

    def room(self, turns: Turns) -> Box:
        """Where the content of that side may be."""
        metrics, tight = self.style.metrics, self.style.tight
        start = self.bar.height + metrics.px(100 if self.notice else 32 if tight else 50)
        end = self.start(turns) - metrics.px(20 if tight else 40)
        keys = self.sheet.keys(turns.at)
        if keys is not None:
            end -= keys.height + keys.before
        return Box(metrics.margin, start, metrics.width, end - start)


def _frame(surroundings: _Surroundings, side: Side, turns: Turns) -> Frame:
    """From top to bottom, as it is read."""
    sheet, style = surroundings.sheet, surroundings.style
    room = surroundings.room(turns)
    placed = [Placed(("top",), surroundings.bar, 0, 0), *_content(side, room)]
    if surroundings.notice:
        placed.insert(0, _backdrop(surroundings.bar.height, style))
    keys = sheet.keys(turns.at)
    if keys is not None:
        y = room.bottom + keys.before
        placed.append(Placed(("keyboard",), keys, style.metrics.margin, y))
    *above, (key, actions) = surroundings.below(turns)
    placed += [Placed(over, piece, 0, surroundings.start(turns)) for over, piece in above]
    placed.append(Placed(key, actions, 0, style.reach.bottom - actions.height))
    return Frame(sheet.page.id, tuple(placed), turns, room)


def _sides(surroundings: _Surroundings) -> list[Side]:
    """One side where all fits; else sides that leave room for the actions of their kind."""
    sheet, style = surroundings.sheet, surroundings.style
    heads = _heads(surroundings)
    whole = surroundings.room(Turns())
    alone = _heights(style, whole, whole)
    for first, later in heads:
        sides = arrange(sheet.items, Opening(first, alone), Opening(later, alone))
        if len(sides) == 1:
            return sides
    begun, between, last = (surroundings.room(Turns(at, MANY)) for at in (0, MANY - 2, MANY - 1))
    kept: list[Side] = []
    for first, later in heads:
        sides = arrange(
            sheet.items,
            Opening(first, _heights(style, begun, whole)),
            Opening(later, _heights(style, between, last)),
        )
        typable = _whole_fields(sides)
        if typable and len(sides[0]) > 1:
            return sides
        if not kept or (typable and not _whole_fields(kept)):
            kept = sides
    return kept


def _heads(surroundings: _Surroundings) -> list[tuple[Item, Item]]:
    """What the first side and the later ones begin with, the best first.

    Where there is a keyboard they give way to it, and never part it from its field. A title that
    would fill more than its side is no larger than a heading.
    """
    sheet, style = surroundings.sheet, surroundings.style
    count_down = sheet.count_down if surroundings.notice else NONE

    def item(piece: Piece) -> Item:
        return Item(("head",), piece)

    full = item(head.full(sheet.page, style, count_down=count_down))
    later = item(head.later(sheet.page, style))
    small = item(head.full(sheet.page, style, small=True, count_down=count_down))
    if full.piece.height > surroundings.room(Turns(0, MANY)).height:
        full = small
    if not (style.tight and sheet.typing):
        return [(full, later)]
    return [(full, later), (small, later), (full, item(Piece(0.0)))]


def _whole_fields(sides: Sequence[Side]) -> bool:
    return all(_with_field(item.key for item, _ in side) for side in sides)


def together(frames: Sequence[Frame]) -> bool:
    """Whether every keyboard is on the side of its field."""
    return all(_with_field(placed.key for placed in frame.placed) for frame in frames)


def begun(frame: Frame) -> bool:
    """Whether a side has more than the head of its page."""
    return frame.first is not None


def _with_field(keys: Iterable[Key]) -> bool:
    parts = {part for key in keys for part in key}
    return "keyboard" not in parts or Field.__name__ in parts


def _heights(style: Style, side: Box, last: Box) -> Room:
    """The room of a side with more below, and of the last one."""
    apart = style.metrics.px(20 if style.tight else 36)
    return Room(side.height, last.height, apart, style.reach.top - side.y)


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
        Outline(sheet, Role.SURFACE, Role.LINE, metrics.px(2), metrics.px(32)),
    )
    return Placed((BACKGROUND,), Piece(whole.height, marks), 0, 0)
