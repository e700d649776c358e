"""One drawing of a page: its pieces at their places, in reading order."""

from __future__ import annotations

from dataclasses import dataclass

from screens.bars.bottom import Turns
from screens.sketch import Box, Placed, Target

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

    def holds(self, block: str) -> bool:
        """Whether a piece of that block is on the glass."""
        return any(placed.key[:2] == ("block", block) for placed in self.placed)
