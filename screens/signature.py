"""Signing with a finger: strokes followed on the glass until they are finished.

A stroke begins and stays in its area; what leaves it is held at its edge. Strokes are kept as
points from 0 to 1000 of the area, so they mean the same at every size. Knows no widget.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from kiosk.journey.page import Page, Signature, Strokes
from screens.frame import Frame
from screens.sketch import Box, Ink

WHOLE = 1000  # units across the area, each way
APART = 4  # units; points closer to the last one say nothing
MOST_POINTS = 400  # a stroke; more is not writing
MOST_STROKES = 60

Point = tuple[int, int]


@dataclass
class Signing:
    """The signature of the page on the glass; one finger writes at a time."""

    _page: str = ""
    _block: str = ""
    _strokes: Strokes = field(default=(), repr=False)
    _page_says: Strokes = field(default=(), repr=False)
    _sent: list[Strokes] = field(default_factory=list, repr=False)
    _finger: object = None
    _box: Box | None = None
    _stroke: list[Point] = field(default_factory=list, repr=False)

    def show(self, page: Page) -> None:
        """Take what the page says; what it only echoes of what was sent changes nothing.

        The echo of a stroke may come after the next stroke was begun, or after all were cleared.
        """
        block = next((b for b in page.blocks if isinstance(b, Signature)), None)
        if block is None:
            self.forget()
        elif (page.id, block.id) != (self._page, self._block):
            self.forget()
            self._page, self._block, self._strokes = page.id, block.id, block.strokes
        elif block.strokes == self._page_says:
            return  # shown again for another reason; what was sent is not yet answered
        elif block.strokes in self._sent:
            del self._sent[: self._sent.index(block.strokes) + 1]
        elif block.strokes != self._strokes:
            self._strokes = block.strokes
            self._sent.clear()
        self._page_says = block.strokes if block is not None else ()

    def forget(self) -> None:
        """Drop every stroke."""
        self._page = self._block = ""
        self._strokes = self._page_says = ()
        self._sent.clear()
        self._lift()

    @property
    def block(self) -> str:
        """The id of the signature on the page, empty when there is none."""
        return self._block

    @property
    def strokes(self) -> Strokes:
        """All there is, with the one being drawn."""
        return (*self._strokes, tuple(self._stroke)) if self._stroke else self._strokes

    def begin(self, finger: object, frame: Frame, x: float, y: float) -> bool:
        """A finger came down, px from the top left; whether it writes."""
        if self._finger is not None:
            return self._box is not None and self._box.holds(x, y)  # a palm beside the finger
        ink = area(frame, self._block)
        box = ink.box if ink else None
        if box is None or not box.holds(x, y) or len(self._strokes) >= MOST_STROKES:
            return False
        self._finger, self._box = finger, box
        self._stroke = [_point(box, x, y)]
        return True

    def move(self, finger: object, x: float, y: float) -> bool:
        """The finger moved; whether it writes."""
        if finger != self._finger or self._box is None:
            return False
        point = _point(self._box, x, y)
        last = self._stroke[-1]
        far = max(abs(point[0] - last[0]), abs(point[1] - last[1])) >= APART
        if far and len(self._stroke) < MOST_POINTS:
            self._stroke.append(point)
        return True

    def end(self, finger: object) -> Strokes | None:
        """The finger left: all finished strokes; None when this finger did not write."""
        if finger != self._finger or not self._stroke:
            return None
        self._strokes = self.strokes
        self._lift()
        self._sent.append(self._strokes)
        return self._strokes

    def clear(self, block: str) -> bool:
        """Take all strokes away; whether there were any."""
        self._lift()
        if block != self._block or not self._strokes:
            return False
        self._strokes = ()
        self._sent.append(())
        return True

    def _lift(self) -> None:
        self._finger = self._box = None
        self._stroke = []


def area(frame: Frame, block: str) -> Ink | None:
    """Where and how a signature is written, when it is on this side of the page."""
    return next(
        (
            replace(mark, box=mark.box.moved(placed.x, placed.y))
            for placed in frame.placed
            for mark in placed.piece.marks
            if isinstance(mark, Ink) and mark.block == block
        ),
        None,
    )


def _point(box: Box, x: float, y: float) -> Point:
    return (
        min(WHOLE, max(0, round((x - box.x) * WHOLE / box.width))),
        min(WHOLE, max(0, round((y - box.y) * WHOLE / box.height))),
    )
