"""The terminal's window: pages in from any thread, touches and keys out as signals.

Kivy is imported when a window is made, not before, so that importing this opens nothing.
"""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiosk.access.chinese_input import ChineseInput
from kiosk.access.phrases import Phrases
from kiosk.access.profile import Profile
from kiosk.journey.page import Page
from kiosk.narration.port import Narrator, Silent
from screens import environment
from screens.curtain import Curtain
from screens.desk_keyboard import DeskKeyboard
from screens.editor import Editor
from screens.interaction import Interaction, ScreenSignal
from screens.keypad import Keypad
from screens.panel import Fonts, Panel
from screens.renderer import Renderer
from screens.scanning import PACE_S
from screens.sketch import Box
from screens.theme import rgba

if TYPE_CHECKING:
    from screens.glass.stage import Stage

COLLECT_AFTER_S = 0.4  # a frame settles in a tenth of it


class TerminalWindow:
    """The one window. `show`, `press`, `forget` and `close` may be called from any thread.

    `on_signal` is called in the window's thread and must return at once; `on_touch` at every
    touch and every key of a keyboard. `home`: a folder for what Kivy must write; `pace_s`: how
    long the ring of a switch rests on each place.
    """

    def __init__(  # noqa: PLR0917 -- what a window stands on, in the order of the design
        self,
        panel: Panel,
        fonts: Fonts,
        phrases: Phrases,
        chinese_input: ChineseInput,
        on_signal: Callable[[ScreenSignal], None],
        on_touch: Callable[[], None],
        *,
        home: Path,
        narrator: Narrator | None = None,
        pace_s: float = PACE_S,
        today: Callable[[], date] = date.today,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Open the window, still empty. Raises KivyAlreadyImported, RuntimeError (no display)."""
        environment.prepare(home)
        self._panel = panel
        self._lock = threading.Lock()
        self._next: tuple[Page, Profile] | None = None
        self._pressed: list[str] = []
        self._answered = 0
        self._forgetting = False
        self._closing = False
        self._window, self._clock, self._loop = _open(panel)
        from screens.glass.lettering import Lettering  # noqa: PLC0415 -- knows Kivy

        self._lettering = Lettering(fonts)
        self._interaction = Interaction(
            Renderer(panel, phrases, self._lettering.measure),
            Curtain(panel, phrases, self._lettering.measure),
            lambda: Editor(chinese_input, today),
            on_signal,
            narrator or Silent(),
            now=now,
        )
        self._keypad = Keypad(
            self._interaction,
            lambda row: phrases.text(self.profile.language, "scanning.row", number=row),
            now=now,
            pace_s=pace_s,
        )
        self._stage = self._staged(on_touch, now)
        self._window.bind(on_request_close=self._refuse_to_close)
        self._desk_keyboard = DeskKeyboard(self._stage.key, self._stage.character, now)
        self._desk_keyboard.listen(self._window, self._stage)
        self._collect = self._clock.create_trigger(self._collect_garbage, COLLECT_AFTER_S)

    def _staged(self, on_touch: Callable[[], None], now: Callable[[], float]) -> Stage:
        from screens.glass.painter import Painter  # noqa: PLC0415
        from screens.glass.stage import Stage  # noqa: PLC0415

        stage = Stage(
            self._panel,
            self._interaction,
            self._keypad,
            lambda canvas: Painter(canvas, self._panel.height, self._lettering),
            now=now,
            on_touch=on_touch,
            on_colour=self._colour,
        )
        self._window.add_widget(stage)
        return stage

    @property
    def stage(self) -> Stage:
        """What is on the glass."""
        return self._stage

    @property
    def panel(self) -> Panel:
        """The glass."""
        return self._panel

    @property
    def page(self) -> Page | None:
        """The page on the glass."""
        return self._interaction.page

    @property
    def profile(self) -> Profile:
        """What is in force on the glass."""
        return self._interaction.profile

    @property
    def focus(self) -> str | None:
        """The place that a key would select, where keys are used."""
        return self._keypad.focus

    @property
    def ring(self) -> Box | None:
        """What the ring is drawn around."""
        return self._keypad.ring[0] if self._keypad.ring else None

    @property
    def waiting(self) -> bool:
        """Whether something was asked for that is not yet on the glass."""
        return self._next is not None or self._forgetting or bool(self._pressed)

    @property
    def collecting(self) -> bool:
        """Whether the garbage of the pages shown is still to be collected."""
        return bool(self._collect.is_triggered)

    @property
    def answered(self) -> int:
        """How many keys of the keypad were answered so far."""
        return self._answered

    def show(self, page: Page, profile: Profile) -> None:
        """Put a page on the glass with the next frame. Of several, the newest wins."""
        with self._lock:
            asked = self._next is not None
            self._next = (page, profile)
        if not asked:
            self._clock.schedule_once(self._deliver, -1)

    def press(self, key: str) -> None:
        """Do with the next frame what a key of the keypad asks for; one it does not know, nothing.

        Keys come after the page that was to be shown before them.
        """
        with self._lock:
            self._pressed.append(key)
            first = len(self._pressed) == 1
        if first:
            self._clock.schedule_once(self._deliver, -1)

    def run(self) -> None:
        """Serve the window until `close`. Automatic garbage collection is off meanwhile."""
        gc.disable()
        try:
            self._loop.start()
            while not self._closing and not self._loop.quit:
                self._loop.idle()
                self._window.mainloop()
        finally:
            gc.enable()
            self._loop.close()

    def close(self) -> None:
        """End `run` after the frame in hand."""
        self._closing = True

    def forget(self) -> None:
        """Drop every text of the session with the next frame: fields, sketches, textures.

        The glass goes empty. A page shown afterwards is drawn as the first one.
        """
        with self._lock:
            self._next = None
            self._pressed.clear()
            self._forgetting = True
        self._clock.schedule_once(self._deliver, -1)

    def texts_kept(self) -> frozenset[str]:
        """All texts held in caches, for the proof that none remains."""
        return self._lettering.texts()

    def _deliver(self, _: float) -> None:
        with self._lock:
            given, self._next = self._next, None
            forgetting, self._forgetting = self._forgetting, False
            pressed, self._pressed = self._pressed, []
        if forgetting:
            self._interaction.forget()
            self._keypad.forget()
            self._stage.blank()
            self._lettering.forget()
            gc.collect()
        if given is not None:
            self._interaction.show(*given)
            self._keypad.shown()
            self._stage.draw()
            self._collect.cancel()
            self._collect()
        for key in pressed:
            self._stage.press(key)
            self._answered += 1

    def _collect_garbage(self, _: float) -> None:
        gc.collect()

    def _colour(self, colour: str) -> None:
        wanted = list(rgba(colour))
        if list(self._window.clearcolor) != wanted:
            self._window.clearcolor = wanted

    def _refuse_to_close(self, *_: Any, **__: Any) -> bool:
        """Nothing on a terminal's glass may end the program; a window on a desk may be shut."""
        if not self._panel.fullscreen:
            self.close()
        return True


def _open(panel: Panel) -> tuple[Any, Any, Any]:
    """Kivy's window, clock and event loop."""
    from kivy.config import Config  # noqa: PLC0415 -- not before environment.prepare

    Config.set("graphics", "width", str(panel.width))
    Config.set("graphics", "height", str(panel.height))
    Config.set("graphics", "fullscreen", "auto" if panel.fullscreen else "0")
    from kivy.base import EventLoop  # noqa: PLC0415
    from kivy.clock import Clock  # noqa: PLC0415
    from kivy.input.providers.mouse import MouseMotionEventProvider  # noqa: PLC0415

    EventLoop.ensure_window()
    if EventLoop.window is None:
        raise RuntimeError(
            "no window: there is no display; set DISPLAY, or SDL_VIDEODRIVER=offscreen"
        )
    # Fingers reach the loop by SDL itself. The mouse has to be asked for by whoever does not
    # use Kivy's App; no other reader is, since it would give each touch twice.
    mouse = MouseMotionEventProvider("mouse", "disable_multitouch,disable_on_activity")
    EventLoop.add_input_provider(mouse)
    return EventLoop.window, Clock, EventLoop
