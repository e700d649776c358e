"""One drawing of a page: its pieces at their places, in reading order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from screens.bars.bottom import Turns
from screens.commands import Command
from screens.sketch import Box, Key, Placed, Target

BACKGROUND = "background"  # the first part of the key of what lies behind everything else


@dataclass(frozen=True)
class Frame:
    """What is on the glass. `room`: where the content may be, between the bars."""

    page: str
    placed: tuple[Placed, ...]
    turns: Turns
    room: Box

    @property
    def targets(self) -> tuple[Target, ...]:
        """Everything that can be touched, in reading order."""
        return tuple(target for placed in self.placed for target in placed.targets)

    @property
    def first(self) -> Key | None:
        """The first piece of a block on the glass."""
        return next((placed.key for placed in self.placed if placed.key[0] == "block"), None)

    def holds(self, block: str) -> bool:
        """Whether a piece of that block is on the glass."""
        return any(placed.key[:2] == ("block", block) for placed in self.placed)

    def offers(self, command: Command) -> bool:
        """Whether something on the glass does that."""
        return any(target.command == command for target in self.targets)


@dataclass(frozen=True)
class Bookmark:
    """What came first on the glass, so that it is found again however the page is laid out.

    `manner`: of the layout it was in (`renderer.manner`).
    """

    manner: object
    first: Key | None

    def side(self, sides: Sequence[Frame], manner: object, otherwise: int) -> int:
        """The side that shows it now; `otherwise` where it is gone, or all is as it was."""
        if manner == self.manner or self.first is None:
            return otherwise
        for parts in (len(self.first), 2):  # the very piece, else one of its block
            for number, frame in enumerate(sides):
                if any(placed.key[:parts] == self.first[:parts] for placed in frame.placed):
                    return number
        return otherwise
