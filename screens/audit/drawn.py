"""A page as it was drawn: every side of it, and where keys led. What all rules look at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kiosk.access.profile import Hand, Profile
from kiosk.journey.page import Page
from kiosk.narration.passages import Passage
from kiosk.narration.wording import Wording
from screens.frame import Frame
from screens.metrics import CAPITAL_EM, MM_PER_INCH
from screens.panel import Panel
from screens.sketch import Key, Line, Target

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Picture = NDArray[np.uint8]  # rows × columns × red, green, blue

# Keys of pieces that every page has: the bar above, its pills where they are lowered, …
TOP, ADJUST, BOTTOM, KEYBOARD = ("top",), ("adjust",), ("bottom",), ("keyboard",)


@dataclass(frozen=True)
class Stop:
    """Where the focus went after a key: the name of the place, and the side on the glass."""

    name: str
    side: int


@dataclass(frozen=True)
class Heard:
    """A page as it is read aloud, and how its texts are worded for that."""

    passages: tuple[Passage, ...]
    wording: Wording


@dataclass(frozen=True)
class DrawnPage:
    """One page in one profile.

    `state`: what was done to it before (`composing`), nothing as a rule. `downs` and `ups`: where
    the focus went when only DOWN, or only UP, was pressed (within a keyboard along each row).
    `texts`: names of texts that are places too. `after_touch_s`: what was left of the count-down
    after ten touches, each in its last second.
    `heard`: the page as it is read. `pictures`: the pixels of each side, where it was drawn
    through the window.
    """

    page: Page
    profile: Profile
    panel: Panel
    sides: tuple[Frame, ...]
    state: str = ""
    downs: tuple[Stop, ...] | None = None
    ups: tuple[Stop, ...] | None = None
    texts: frozenset[str] = frozenset()
    after_touch_s: int | None = None
    heard: Heard | None = field(default=None, compare=False, repr=False)
    pictures: tuple[Picture, ...] = field(default=(), compare=False, repr=False)

    @property
    def name(self) -> str:
        """The page and what was done to it."""
        return f"{self.page.id} ({self.state})" if self.state else self.page.id

    @property
    def setting(self) -> str:
        """The profile in a few words."""
        return setting(self.profile)

    def mm(self, pixels: float) -> float:
        """A length on the glass."""
        return pixels * MM_PER_INCH / self.panel.ppi

    def capital_mm(self, line: Line) -> float:
        """Height of a capital letter."""
        return self.mm(line.size * CAPITAL_EM)

    def lines(self) -> Iterator[tuple[int, Key, Line]]:
        """Every line of text: its side, the key of its piece, and itself at its place."""
        for number, frame in enumerate(self.sides):
            for placed in frame.placed:
                for line in placed.lines:
                    yield number, placed.key, line

    def targets(self) -> Iterator[tuple[int, Key, Target]]:
        """Every target: its side, the key of its piece, and itself at its place."""
        for number, frame in enumerate(self.sides):
            for placed in frame.placed:
                for target in placed.targets:
                    yield number, placed.key, target


def setting(profile: Profile) -> str:
    """A profile in a few words: `large dark en seated`."""
    words = [profile.text.value, profile.contrast.value, profile.language.value]
    words += [name for name in ("care", "seated", "steady") if getattr(profile, name)]
    if profile.hand is Hand.LEFT:
        words.append("left")
    if profile.speech.on:
        words.append("speech")
    return " ".join(words)
