"""A page as it was drawn: every side of it, and where keys led. What all rules look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from kiosk.access.profile import Hand, Profile
from kiosk.journey.page import Page
from kiosk.narration.passages import Passage
from kiosk.narration.wording import Wording
from screens.frame import Frame
from screens.metrics import CAPITAL_EM, MM_PER_INCH
from screens.panel import Panel
from screens.sketch import Key, Line, Target
from screens.stops import TabStop

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Picture = NDArray[np.uint8]  # rows × columns × red, green, blue

# Keys of pieces that every page has: the bar above, its pills where they are lowered, …
TOP, ADJUST, BOTTOM, KEYBOARD = ("top",), ("adjust",), ("bottom",), ("keyboard",)


@dataclass(frozen=True)
class Heard:
    """A page as it is read aloud, and how its texts are worded for that."""

    passages: tuple[Passage, ...]
    wording: Wording


@dataclass(frozen=True)
class Marked:
    """An answer that was touched on a side, and whether it was still on the glass afterwards."""

    answer: str
    side: int
    shown: bool


@dataclass(frozen=True)
class DrawnPage:
    """One page in one profile.

    `state`: what was done to it before (`composing`), nothing as a rule. `downs` and `ups`: where
    the focus went when only DOWN, or only UP, was pressed (within a keyboard along each row).
    `texts`: names of texts that are places too. `after_touch_s`: what was left of the count-down
    after ten touches, each in its last second. `heard`: the page as it is read. `usual`: where
    Back, help and the like are on other pages, px. `extensions`: how often the idle warning was
    answered without anything being lost. `marked`: what became of the lowest answer of each side
    with more below, once it was touched. `pictures`: the pixels of each side, where it was drawn
    through the window; `ringed`: a side, and its pixels once more after the key DOWN.
    """

    page: Page
    profile: Profile
    panel: Panel
    sides: tuple[Frame, ...]
    state: str = ""
    downs: tuple[TabStop, ...] | None = None
    ups: tuple[TabStop, ...] | None = None
    texts: frozenset[str] = frozenset()
    after_touch_s: int | None = None
    heard: Heard | None = field(default=None, compare=False, repr=False)
    usual: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    extensions: int | None = None
    marked: tuple[Marked, ...] = ()
    pictures: tuple[Picture, ...] = field(default=(), compare=False, repr=False)
    ringed: tuple[int, Picture] | None = field(default=None, compare=False, repr=False)

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

    @cached_property
    def glass(self) -> tuple[Glass, ...]:
        """What is on each side, at its place."""
        return tuple(
            Glass(
                tuple((placed.key, line) for placed in frame.placed for line in placed.lines),
                tuple((placed.key, one) for placed in frame.placed for one in placed.targets),
            )
            for frame in self.sides
        )

    def lines(self) -> Iterator[tuple[int, Key, Line]]:
        """Every line of text: its side, the key of its piece, and itself at its place."""
        for number, side in enumerate(self.glass):
            for key, line in side.lines:
                yield number, key, line

    def targets(self) -> Iterator[tuple[int, Key, Target]]:
        """Every target: its side, the key of its piece, and itself at its place."""
        for number, side in enumerate(self.glass):
            for key, target in side.targets:
                yield number, key, target


@dataclass(frozen=True)
class Glass:
    """Lines and targets of one side with the keys of their pieces, at their places."""

    lines: tuple[tuple[Key, Line], ...]
    targets: tuple[tuple[Key, Target], ...]


def setting(profile: Profile) -> str:
    """A profile in a few words: `large dark en seated`."""
    words = [profile.text.value, profile.contrast.value, profile.language.value]
    words += [name for name in ("care", "seated", "steady") if getattr(profile, name)]
    if profile.hand is Hand.LEFT:
        words.append("left")
    if profile.speech.on:
        words.append("speech")
    return " ".join(words)
