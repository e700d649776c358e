"""What is to be drawn, as data: marks, targets and the pieces that hold them. Draws nothing.

All lengths are pixels; x grows to the right and y downwards from the top left corner of the
glass (within a piece: of the piece).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.journey.page import Motion, Strokes
from screens.commands import Command
from screens.theme import Role

Key = tuple[str, ...]  # tells one piece of a page from the others, the same at every drawing


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of the right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of the lower edge."""
        return self.y + self.height

    @property
    def centre(self) -> tuple[float, float]:
        """The point in the middle."""
        return self.x + self.width / 2, self.y + self.height / 2

    def moved(self, x: float, y: float) -> Box:
        """The same rectangle elsewhere."""
        return Box(self.x + x, self.y + y, self.width, self.height)

    def grown(self, by: float) -> Box:
        """Larger by `by` on every side."""
        return Box(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)

    def holds(self, x: float, y: float) -> bool:
        """Whether the point lies inside."""
        return self.x <= x < self.right and self.y <= y < self.bottom

    def contains(self, other: Box, slack: float = 1.0) -> bool:
        """Whether all of `other` lies inside, but for `slack`."""
        return (
            other.x >= self.x - slack
            and other.y >= self.y - slack
            and other.right <= self.right + slack
            and other.bottom <= self.bottom + slack
        )

    def overlaps(self, other: Box, slack: float = 1.0) -> bool:
        """Whether the two share more than `slack`."""
        return (
            min(self.right, other.right) - max(self.x, other.x) > slack
            and min(self.bottom, other.bottom) - max(self.y, other.y) > slack
        )


@dataclass(frozen=True, slots=True)
class Fill:
    """A filled rectangle, its corners rounded by `radius`."""

    box: Box
    role: Role
    radius: float = 0


@dataclass(frozen=True, slots=True)
class Outline:
    """A filled rectangle with a border inside its edge."""

    box: Box
    fill: Role
    border: Role
    thickness: float
    radius: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text. `box` is as high as the em and as wide as the text measured."""

    box: Box
    text: str
    size: int
    bold: bool
    role: Role
    heavy: bool = False


@dataclass(frozen=True, slots=True)
class Icon:
    """One pictogram of the icon font in a square box."""

    box: Box
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Matrix:
    """A printed code: rows of modules, true where dark, scaled to the box."""

    box: Box
    modules: tuple[tuple[bool, ...], ...]


@dataclass(frozen=True, slots=True)
class Ink:
    """Lines drawn by a finger: points from 0 to 1000 of the box, from its top left corner."""

    box: Box
    strokes: Strokes
    thickness: float
    role: Role
    block: str  # the signature that they belong to


@dataclass(frozen=True, slots=True)
class Moving:
    """A picture that moves for a few seconds after it came, and then rests."""

    box: Box
    motion: Motion


@dataclass(frozen=True, slots=True)
class Screen:
    """Where a film is shown, as large as its shape allows; `broken` says that it cannot be."""

    box: Box
    block: str
    broken: tuple[Line, ...]


Mark = Fill | Outline | Line | Icon | Matrix | Ink | Moving | Screen


@dataclass(frozen=True, slots=True)
class Target:
    """A place to touch. `name` tells it from the others of its page (and finds it in tests).

    `says`: what a key of the screen's own is called when it is read aloud; what the page names
    is read by the page.
    """

    name: str
    box: Box
    command: Command
    radius: float = 0
    says: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the page that is never split. `before`: least space above it.

    `joined`: never last on the glass when what follows it is turned over (a heading).
    `continued`: it goes on with what the piece before it began.
    """

    height: float
    marks: tuple[Mark, ...] = ()
    targets: tuple[Target, ...] = ()
    before: float = 0
    joined: bool = False
    continued: bool = False

    def spaced(self, before: float) -> Piece:
        """The same with another space above."""
        return replace(self, before=before)


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece at its place on the glass. `key` is stable from one drawing to the next."""

    key: Key
    piece: Piece
    x: float
    y: float

    @property
    def targets(self) -> tuple[Target, ...]:
        """The targets at their place on the glass."""
        return tuple(
            replace(target, box=target.box.moved(self.x, self.y)) for target in self.piece.targets
        )

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines of text at their place on the glass."""
        return tuple(
            replace(mark, box=mark.box.moved(self.x, self.y))
            for mark in self.piece.marks
            if isinstance(mark, Line)
        )
