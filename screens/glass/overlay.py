"""What lies over a page: a signature, the mark of a finger, the ring, the bar of waiting."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from kivy.graphics import Color, InstructionGroup, SmoothLine

from kiosk.journey.page import Strokes
from screens.bars.top import TRACK
from screens.frame import Frame
from screens.glass.painter import Painter
from screens.metrics import DESIGN_PPI
from screens.panel import Panel
from screens.signature import Signing
from screens.sketch import Box, Target
from screens.theme import Role, Theme, rgba

RING = 8  # px at the design pitch, without its edges
EDGE = 3  # px, on both sides of it, so that it is seen on every background
PRESSED_ALPHA = 0.14
BUSY_ROUND_S = 2.4
CORNERS = 40  # segments


@dataclass(frozen=True)
class Over:
    """All that is drawn there.

    `strokes` are those of a signature; `held` says how much of the time is over that the target
    pressed must be held; `waiting` is the moment of the bar that goes to and fro, in seconds.
    """

    theme: Theme
    strokes: Strokes = ()
    ring: tuple[Box, float] | None = None
    pressed: Target | None = None
    held: float | None = None
    waiting: float | None = None


class Overlay:
    """Draws on a group of its own, and only when something is another than it was."""

    def __init__(self, canvas: Any, panel: Panel, painter: Painter) -> None:
        self._panel = panel
        self._painter = painter
        self._group = InstructionGroup()
        self._drawn: Over | None = None
        canvas.add(self._group)

    def draw(self, over: Over, frame: Frame, signing: Signing) -> None:
        """Bring it to this."""
        if over == self._drawn:
            return  # touching the canvas would have all of it drawn again
        self._drawn = over
        self._group.clear()
        if over.strokes:
            self._painter.sign(self._group, frame, signing)
        if over.pressed is not None:
            self._press(over.pressed, over)
        if over.ring is not None:
            self._ring(*over.ring, over.theme)
        if over.waiting is not None:
            self._waiting(over.waiting, frame, over.theme)

    def clear(self) -> None:
        """Nothing."""
        self._group.clear()
        self._drawn = None

    def _px(self, distance: float) -> float:
        return distance * self._panel.ppi / DESIGN_PPI

    def _press(self, target: Target, over: Over) -> None:
        red, green, blue, _ = rgba(over.theme[Role.INK])
        self._group.add(Color(red, green, blue, PRESSED_ALPHA))
        self._painter.shape(self._group, target.box, target.radius)
        if over.held is not None:
            self._fill(target, over.held, over.theme)

    def _ring(self, around: Box, radius: float, theme: Theme) -> None:
        """A ring with an edge of the other tone inside and outside."""
        width, edge = self._px(RING), self._px(EDGE)
        box = around.grown(width / 2 + edge)
        self._line(box, radius, width + 2 * edge, theme[Role.FOCUS_EDGE])
        self._line(box, radius, width, theme[Role.FOCUS])

    def _line(self, box: Box, radius: float, width: float, colour: str) -> None:
        self._group.add(Color(*rgba(colour)))
        corner = min(radius + width / 2, box.width / 2, box.height / 2)
        y = self._panel.height - box.bottom
        shape = (box.x, y, box.width, box.height, max(1.0, corner), CORNERS)
        self._group.add(SmoothLine(rounded_rectangle=shape, width=width / 2, overdraw_width=1))

    def _fill(self, target: Target, share: float, theme: Theme) -> None:
        """A ring that goes round the target while it is held, from the middle of its top."""
        width = self._px(RING) + 2 * self._px(EDGE)
        box = target.box.grown(width / 2)
        points = _round(box, share)
        for thick, role in ((width, Role.FOCUS_EDGE), (self._px(RING), Role.FOCUS)):
            self._group.add(Color(*rgba(theme[role])))
            flipped = [n for x, y in points for n in (x, self._panel.height - y)]
            self._group.add(SmoothLine(points=flipped, width=thick / 2, overdraw_width=1))

    def _waiting(self, moment: float, frame: Frame, theme: Theme) -> None:
        """A short bar that goes to and fro under the bar above."""
        high = self._px(TRACK)
        y = next((p.piece.height for p in frame.placed if p.key == ("top",)), high)
        part = moment % BUSY_ROUND_S / BUSY_ROUND_S
        there = 1 - abs(2 * part - 1)
        wide = self._panel.width / 4
        track = Box(0, y - high, self._panel.width, high)
        moving = Box(round(there * (self._panel.width - wide)), y - high, wide, high)
        self._painter.fill(self._group, track, theme[Role.TINT], 0)
        self._painter.fill(self._group, moving, theme[Role.PRIMARY], 0)


def _round(box: Box, share: float) -> list[tuple[float, float]]:
    """The corners of a way round a box, clockwise from the middle of its top, up to a share."""
    middle = box.x + box.width / 2
    way = [
        (middle, box.y),
        (box.right, box.y),
        (box.right, box.bottom),
        (box.x, box.bottom),
        (box.x, box.y),
        (middle, box.y),
    ]
    left = share * 2 * (box.width + box.height)
    points = way[:1]
    for (x, y), (next_x, next_y) in pairwise(way):
        length = abs(next_x - x) + abs(next_y - y)
        part = min(1.0, left / length) if length else 0.0
        points.append((x + part * (next_x - x), y + part * (next_y - y)))
        left -= length
        if left <= 0:
            break
    return points
