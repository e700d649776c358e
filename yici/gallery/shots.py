"""Pictures of a page as it is drawn, the same at every drawing: nothing moves, no time passes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image

from kiosk.access.phrases import Phrases
from kiosk.access.profile import Contrast, Language, Profile, TextSize
from screens.driver import NotOnTheGlass, WindowDriver
from screens.film import Playing
from screens.sketch import Box
from screens.window import TerminalWindow
from yici.gallery.components import Component, page

SHARE = 2  # one pixel of the picture for so many of the glass, each way
MOST_KEYS = 80  # places on one page
TRACK = 16  # px around the lower edge of the bar above, where waiting moves


@dataclass(frozen=True)
class Look:
    """One way of seeing a page. `name` is part of the names of its pictures."""

    name: str
    text: TextSize
    contrast: Contrast
    language: Language

    @property
    def profile(self) -> Profile:
        """What the citizen would have chosen."""
        return Profile(self.text, self.contrast, self.language)


LOOKS = (
    Look("default", TextSize.NORMAL, Contrast.LIGHT, Language.ZH),
    Look("dark-largest-en", TextSize.LARGEST, Contrast.DARK, Language.EN),
    Look("small-en", TextSize.SMALL, Contrast.LIGHT, Language.EN),
    Look("high-large", TextSize.LARGE, Contrast.HIGH_LIGHT, Language.ZH),
    Look("glare-largest", TextSize.LARGEST, Contrast.LOW_GLARE, Language.ZH),
)
COMPARED = LOOKS[:2]  # held against stored pictures


@dataclass(frozen=True)
class Shot:
    """One side of one state in one look. `moving`: rows of it that are never twice the same."""

    state: str
    look: Look
    side: int
    picture: Image.Image
    moving: Box | None = None

    @property
    def name(self) -> str:
        """`rest-default-1`."""
        return f"{self.state}-{self.look.name}-{self.side}"


class Photographer:
    """Shows states of components in one window, and keeps what is seen."""

    def __init__(self, window: TerminalWindow, driver: WindowDriver, phrases: Phrases) -> None:
        self._window = window
        self._driver = driver
        self._phrases = phrases

    def shots(self, component: Component, state: str, look: Look) -> Iterator[Shot]:
        """Every side of a state; of one with a caret or a ring, the side that has it."""
        shown = component.states[state]
        self._window.forget()
        self._driver.settle()
        self._window.show(page(component, state, look.language, self._phrases), look.profile)
        self._driver.settle()
        for name in shown.touch:
            self._driver.touch(name)
        if shown.focus:
            self._focus(shown.focus)
        one_side = bool(shown.focus or shown.touch)
        side = 1
        while True:
            yield Shot(state, look, side, self._picture(), self._moving(busy=shown.busy))
            if one_side or not self._driver.frame.turns.more:
                return
            self._driver.touch("turn.next")
            side += 1

    def _focus(self, name: str) -> None:
        """Walk there by keypad. Raises NotOnTheGlass when no key leads there."""
        for _ in range(MOST_KEYS):
            if self._driver.focus == name:
                return
            self._driver.key("down")
        raise NotOnTheGlass(f"no key leads to {name}; the focus is on {self._driver.focus}")

    def _picture(self) -> Image.Image:
        stage = self._window.stage
        self._driver.wait(lambda: stage.playing is not Playing.LOADING, "the film to begin")
        stage.end_motion()
        whole = self._driver.picture()
        size = (whole.width // SHARE, whole.height // SHARE)
        return whole.resize(size, Image.Resampling.BOX)

    def _moving(self, *, busy: bool) -> Box | None:
        """Where the bar of waiting goes to and fro."""
        if not busy:
            return None
        bar = next(p for p in self._driver.frame.placed if p.key == ("top",)).piece
        top = bar.height - TRACK
        return Box(0, top / SHARE, self._window.panel.width / SHARE, 2 * TRACK / SHARE)
