"""What a person would see of a frame: its texts, what is cut off, what lies over what. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from screens.frame import Frame
from screens.panel import Panel
from screens.sketch import Box, Line

SLACK = 2.0  # px: letters are measured to whole ones


@dataclass(frozen=True)
class Drawn:
    """A line of text on the glass. `cut`: it reaches out of the glass or of its room."""

    text: str
    box: Box
    cut: bool


def texts(frame: Frame) -> list[str]:
    """Every line of text, in reading order."""
    return [line.text for line in _lines(frame)]


def drawn(frame: Frame, panel: Panel) -> Iterator[Drawn]:
    """Every line of text with its place, px from the top left of the glass."""
    glass = Box(0, 0, panel.width, panel.height)
    for placed in frame.placed:
        room = frame.room if placed.key[0] in ("block", "head") else glass
        for line in placed.lines:
            yield Drawn(line.text, line.box, not room.contains(line.box, slack=SLACK))


def overlaps(frame: Frame) -> list[tuple[str, str]]:
    """Pairs of texts that lie over each other, and texts that stick out of their target."""
    lines = _lines(frame)
    pairs = [
        (one.text, other.text)
        for number, one in enumerate(lines)
        for other in lines[number + 1 :]
        if one.box.overlaps(other.box, slack=SLACK)
    ]
    sticking = [
        (line.text, target.name)
        for target in frame.targets
        for line in lines
        if target.box.overlaps(line.box, slack=SLACK)
        and not target.box.contains(line.box, slack=SLACK)
    ]
    return pairs + sticking


def _lines(frame: Frame) -> list[Line]:
    return [line for placed in frame.placed for line in placed.lines]
