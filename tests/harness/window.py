"""The real window, once for all tests: Kivy has only one. Drawn off screen by software."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kiosk.access import rime_deployment
from kiosk.access.chinese_input import ChineseInput, ChineseInputUnavailable, Composition, Method
from kiosk.access.phrases import Phrases
from kiosk.access.profile import Contrast, Language, Profile, TextSize
from kiosk.access.rime import SHARED_FOLDER, RimeInput
from kiosk.journey.page import Page
from kiosk.narration.port import Place
from screens.driver import WindowDriver
from screens.interaction import ScreenSignal
from screens.panel import Fonts, Panel
from screens.window import TerminalWindow
from yici.fonts import FONTS, prepare

ROOT = Path(__file__).parents[2]
FONT_FOLDER = ROOT / "build" / "fonts"
ICON_FONT = Path(
    "/usr/share/fonts/truetype/materialdesignicons-webfont/materialdesignicons-webfont.ttf"
)
TODAY = date(2026, 7, 21)


class Clock:
    """Seconds that pass only when told."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


class ChangingInput:
    """An input method that a test can take away."""

    def __init__(self, engine: ChineseInput) -> None:
        self._engine = engine
        self.broken = False

    def _working(self) -> ChineseInput:
        if self.broken:
            raise ChineseInputUnavailable("librime is not there; install librime1")
        return self._engine

    @property
    def method(self) -> Method:
        return self._engine.method

    def begin(self, method: Method, *, surname: bool = False) -> Composition:
        return self._working().begin(method, surname=surname)

    def type(self, letter: str) -> Composition:
        return self._working().type(letter)

    def backspace(self) -> Composition:
        return self._working().backspace()

    def choose(self, index: int) -> Composition:
        return self._working().choose(index)

    def turn(self, *, forward: bool) -> Composition:
        return self._working().turn(forward=forward)

    def clear(self) -> Composition:
        return self._working().clear()

    def forget(self) -> None:
        self._working().forget()

    def surnames(self) -> tuple[str, ...]:
        return self._working().surnames()


@dataclass
class Told:
    """A narrator that only writes down what it is told, as lines a person can read.

    `texts` are the names of the texts that it makes places of; empty: nothing is read aloud.
    """

    lines: list[str] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    texts: tuple[str, ...] = ()
    talking: bool = False

    def shown(self, page: Page, profile: Profile) -> None:
        self.lines.append(f"shown {page.id}")

    def focused(self, place: Place) -> None:
        self.lines.append(f"focused {place.name}")
        self.places.append(place)

    def moved(self, place: Place) -> None:
        self.lines.append(f"moved {place.name}")

    def typed(self, field: str, text: str, preedit: str) -> None:
        self.lines.append(f"typed {field}={text}|{preedit}")

    def unfinished(self, script: str) -> None:
        self.lines.append(f"unfinished {script}")

    def counting(self, seconds: int) -> None:
        self.lines.append(f"counting {seconds}")

    def again(self) -> None:
        self.lines.append("again")

    def pause(self) -> None:
        self.lines.append("pause")

    def stops(self) -> tuple[str, ...]:
        return self.texts

    @property
    def speaking(self) -> bool:
        return self.talking

    def forget(self) -> None:
        self.lines.append("forget")

    def clear(self) -> None:
        """As before anything was told."""
        self.lines.clear()
        self.places.clear()
        self.texts, self.talking = (), False


@dataclass
class Glass:
    """The window under test with what it sent and told."""

    window: TerminalWindow
    driver: WindowDriver
    clock: Clock
    chinese_input: ChangingInput
    told: Told
    signals: list[ScreenSignal] = field(default_factory=list)
    touches: list[float] = field(default_factory=list)

    def show(
        self,
        page: Page,
        text: TextSize = TextSize.NORMAL,
        contrast: Contrast = Contrast.LIGHT,
        language: Language = Language.ZH,
        **more: Any,
    ) -> None:
        """Put a page on the glass and let it settle; `more` of the profile."""
        self.window.show(page, Profile(text, contrast, language, **more))
        self.driver.settle()

    def later(self, seconds: float) -> None:
        """Let that much time go by for count-downs and rings, in one step."""
        self.clock.seconds += seconds

    def turns(self) -> Iterator[int]:
        """Every side of the page on the glass, turned to one after another."""
        yield 0
        while self.driver.frame.turns.more:
            self.driver.touch("turn.next")
            yield self.driver.frame.turns.at


def fonts() -> Fonts:
    """The fonts of a terminal, taken out of Debian's collections when they are not yet."""
    prepare(FONT_FOLDER)
    return Fonts(FONT_FOLDER / FONTS[0].face, FONT_FOLDER / FONTS[1].face, ICON_FONT)


def off_screen() -> None:
    """Let Kivy draw without a display."""
    os.environ["SDL_VIDEODRIVER"] = "offscreen"


@pytest.fixture(scope="session")
def _glass(tmp_path_factory: pytest.TempPathFactory) -> Glass:
    off_screen()
    os.environ["KCFG_GRAPHICS_MAXFPS"] = "0"
    rime_folder = ROOT / "build" / "rime"
    rime_deployment.deploy(rime_folder)
    clock = Clock()
    engine = ChangingInput(RimeInput(SHARED_FOLDER, rime_folder))
    signals: list[ScreenSignal] = []
    touches: list[float] = []
    told = Told()
    window = TerminalWindow(
        Panel(fullscreen=False),
        fonts(),
        Phrases.load(ROOT / "config" / "phrases"),
        engine,
        signals.append,
        lambda: touches.append(clock.seconds),
        home=tmp_path_factory.mktemp("kivy"),
        narrator=told,
        today=lambda: TODAY,
        now=clock,
    )
    return Glass(window, WindowDriver(window), clock, engine, told, signals, touches)


@pytest.fixture
def glass(_glass: Glass) -> Glass:
    """The window, empty, as after a session that ended, with no finger on it."""
    from kivy.base import EventLoop  # noqa: PLC0415  there is no loop before the window

    for finger in tuple(EventLoop.touches):
        EventLoop.post_dispatch_input("end", finger)
    _glass.window.forget()
    _glass.driver.settle()
    _glass.chinese_input.broken = False
    _glass.told.clear()
    _glass.signals.clear()
    _glass.touches.clear()
    return _glass
