"""Drives the real window without a person: finds what is drawn by name, touches it, measures it.

Runs Kivy's loop itself, step by step, so that nothing waits longer than it must. Used by scripted
journeys and by tests, with SDL_VIDEODRIVER=offscreen where there is no display.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from kiosk.journey.page import Page
from screens import seen
from screens.commands import Choose
from screens.desk_keyboard import KEYS
from screens.frame import Frame
from screens.seen import Drawn
from screens.sketch import Box, Target
from screens.touches import HOLD_S
from screens.window import COLLECT_AFTER_S, TerminalWindow

if TYPE_CHECKING:
    from PIL import Image

SETTLED_FRAMES = 2  # drawn without anything left to do
CODES = {name: code for code, name in reversed(KEYS.items())}
QUICK_S = 0.0  # how long a touch seems to take
BETWEEN_TOUCHES_S = 1.0  # of the touches' own clock, so that none is taken for a double touch


class NotOnTheGlass(LookupError):
    """What was to be touched is not drawn; says what is."""


class NotSettled(TimeoutError):
    """The window was still busy when the time was up."""


class WindowDriver:
    """Drives one window, in the thread of the window. Several drivers share one time of touches."""

    _touch_time: ClassVar[float] = 0.0  # s; there is one window, and touches come one by one

    def __init__(self, window: TerminalWindow, *, patience_s: float = 30.0) -> None:
        from kivy.base import EventLoop  # noqa: PLC0415 -- known only once there is a window

        self.window = window
        self._loop = EventLoop
        self._glass = EventLoop.window
        self.redraws = 0  # how often the window was drawn
        self._glass.bind(on_draw=self._drawn)
        self._patience_s = patience_s
        self._fingers = count(1)
        if EventLoop.status != "started":
            EventLoop.start()

    @property
    def page(self) -> Page | None:
        """The page on the glass."""
        return self.window.page

    @property
    def focus(self) -> str | None:
        """The place with the focus ring."""
        return self.window.focus

    @property
    def ring(self) -> Box | None:
        """What the focus ring is drawn around."""
        return self.window.ring

    @property
    def alive(self) -> bool:
        """Whether Kivy's loop still runs."""
        return self._loop.status == "started" and not self._loop.quit

    def _drawn(self, _: object) -> None:
        self.redraws += 1

    @property
    def frame(self) -> Frame:
        """What is drawn. Raises NotOnTheGlass when nothing is."""
        frame = self.window.stage.frame
        if frame is None:
            raise NotOnTheGlass("no page is on the glass")
        return frame

    def step(self) -> None:
        """One round of Kivy's loop."""
        self._loop.idle()

    def settle(self) -> None:
        """Until what was asked for is drawn. Raises NotSettled."""
        still = 0
        until = time.monotonic() + self._patience_s
        while still < SETTLED_FRAMES:
            if time.monotonic() > until:
                raise NotSettled(f"not settled after {self._patience_s} s")
            self.step()
            still = 0 if self.window.waiting else still + 1

    def wait(self, condition: Callable[[], bool], what: str) -> None:
        """Until the condition holds. Raises NotSettled, naming `what` was waited for."""
        until = time.monotonic() + self._patience_s
        while not condition():
            if time.monotonic() > until:
                raise NotSettled(f"waited {self._patience_s} s for {what}")
            self.step()
        self.settle()

    def target(self, name: str) -> Target:
        """The target of an action, choice, row, key or field. Raises NotOnTheGlass.

        `block.choice` tells a choice from those of other blocks that have the same name.
        """
        for target in self.frame.targets:
            match target.command:
                case Choose(block, choice) if name == f"{block}.{choice}":
                    return target
            if target.name == name:
                return target
        there = ", ".join(target.name for target in self.frame.targets)
        raise NotOnTheGlass(f"{name} is not on the glass of {self.frame.page}; there are: {there}")

    def touch(self, name: str) -> None:
        """Touch the middle of a target, and let the page settle."""
        x, y = self.target(name).box.centre
        self.touch_at(x, y)

    def touch_at(
        self,
        x: float,
        y: float,
        *,
        end: tuple[float, float] | None = None,
        by: Sequence[tuple[float, float]] = (),
        after_s: float = BETWEEN_TOUCHES_S,
        held_s: float | None = None,
    ) -> None:
        """Touch a point of the glass, px from its top left; lift the finger there or at `end`.

        `by`: points that the finger slides over meanwhile; `after_s`: how long after the touch
        before it seems to come; `held_s`: how long it seems to be held, long enough when not said.
        """
        if held_s is None:
            held_s = HOLD_S if self.window.profile.steady else QUICK_S
        WindowDriver._touch_time += after_s
        self.step()
        finger = self.finger(x, y)
        self._loop.post_dispatch_input("begin", finger)
        self.step()
        for point in (*by, *(() if end is None else (end,))):
            finger.move(self._position(*point))
            self._loop.post_dispatch_input("update", finger)
        WindowDriver._touch_time += held_s
        finger.time_end = WindowDriver._touch_time
        self._loop.post_dispatch_input("end", finger)
        self.settle()

    def time_to_next_page(self, name: str) -> float:
        """Seconds from lifting the finger off a target to the next page drawn whole."""
        from kivy.graphics.opengl import glFinish  # noqa: PLC0415

        before = self.page
        WindowDriver._touch_time += BETWEEN_TOUCHES_S
        finger = self.finger(*self.target(name).box.centre)
        self._loop.post_dispatch_input("begin", finger)
        self.step()
        finger.time_end = WindowDriver._touch_time
        lifted = time.perf_counter()
        self._loop.post_dispatch_input("end", finger)
        until = lifted + self._patience_s
        while self.page == before:  # the page is drawn in the round that takes it
            if time.perf_counter() > until:
                raise NotSettled(f"no page after {name} within {self._patience_s} s")
            self.step()
        glFinish()
        return time.perf_counter() - lifted

    def rest(self) -> None:
        """Let everything drawn be done, and the garbage of it be collected."""
        until = time.monotonic() + COLLECT_AFTER_S + 0.1
        while time.monotonic() < until or self.window.collecting:
            self.step()

    def press(self, *keys: str) -> None:
        """Press keys of the keypad: names of `KEYPAD`, one after another."""
        for key in keys:
            self.window.press(key)
            self.settle()

    def key(self, name: str, *, shift: bool = False) -> None:
        """Press and release a key: a name of `KEYS`, one character, or a code of three digits."""
        self._down(name, shift=shift)
        self.release(name)

    def hold(self, name: str, *, shift: bool = False) -> None:
        """Press a key, or press it again as a key held down does."""
        self._down(name, shift=shift)
        self.settle()

    def _down(self, name: str, *, shift: bool) -> None:
        code, character = _code(name)
        glass = self._glass
        if not glass.dispatch("on_key_down", code, 0, character, ["shift"] if shift else []):
            glass.dispatch("on_keyboard", code, 0, character, ["shift"] if shift else [])
        if character:
            glass.dispatch("on_textinput", character)

    def release(self, name: str) -> None:
        """Let a key go."""
        self._glass.dispatch("on_key_up", _code(name)[0], 0)
        self.settle()

    def type_on_glass(self, text: str) -> None:
        """Touch the keys that show these characters, changing to capitals and back as needed."""
        for character in text:
            if character.isalpha() and not self._keys_showing(character):
                self.touch("key.capitals")
            self.touch("key.space" if character == " " else self._keys_showing(character)[0])

    def _keys_showing(self, character: str) -> list[str]:
        return [
            target.name
            for target in self.frame.targets
            if target.name.startswith("key.") and character in self._words_in(target)
        ]

    def type_pinyin(self, letters: str, wanted: str) -> None:
        """Compose by touching letters, then touch the candidate `wanted`, turning as needed."""
        self.type_on_glass(letters)
        while True:
            for target in self.frame.targets:
                if target.name.startswith("candidate.") and wanted in self._words_in(target):
                    self.touch(target.name)
                    return
            self.touch("candidates.more")

    def _words_in(self, target: Target) -> list[str]:
        return [drawn.text for drawn in self.boxes() if target.box.contains(drawn.box)]

    def texts(self) -> list[str]:
        """Every line of text on the glass, in reading order."""
        return seen.texts(self.frame)

    def boxes(self) -> list[Drawn]:
        """Every line of text with its place, and whether it is cut off."""
        return list(seen.drawn(self.frame, self.window.panel))

    def overlaps(self) -> list[tuple[str, str]]:
        """Pairs of texts that lie over each other, and texts that stick out of their target."""
        return seen.overlaps(self.frame)

    def screenshot(self, path: Path) -> Path:
        """Save the settled glass, true pixels, as PNG."""
        self.picture().save(path)
        return path

    def is_blank(self) -> bool:
        """Whether the glass is of one colour."""
        return self.picture().getcolors(1) is not None

    def picture(self) -> Image.Image:
        """The settled glass, true pixels."""
        from PIL import Image  # noqa: PLC0415 -- only for pictures

        size = self.window.panel.width, self.window.panel.height
        picture = Image.frombytes("RGB", size, self.pixels())
        return picture.transpose(Image.Transpose.FLIP_TOP_BOTTOM)

    def pixels(self) -> bytes:
        """The settled glass: red, green and blue of every pixel, the lowest row first."""
        from kivy.graphics.opengl import GL_RGB, GL_UNSIGNED_BYTE, glReadPixels  # noqa: PLC0415

        self.settle()
        self._glass.dispatch("on_draw")
        panel = self.window.panel
        data = glReadPixels(0, 0, panel.width, panel.height, GL_RGB, GL_UNSIGNED_BYTE)
        self._glass.dispatch("on_flip")
        return bytes(data)

    def _position(self, x: float, y: float) -> dict[str, float]:
        panel = self.window.panel
        return {"sx": x / panel.width, "sy": 1 - y / panel.height}

    def finger(self, x: float, y: float) -> Any:
        """A finger of Kivy's own kind over a point, to be posted to its loop."""
        from kivy.input.motionevent import MotionEvent  # noqa: PLC0415

        class Finger(MotionEvent):
            """A finger on the glass."""

            def depack(self, args: dict[str, float]) -> None:
                self.sx, self.sy = args["sx"], args["sy"]
                self.profile = ["pos"]
                super().depack(args)

        finger = Finger(
            "driver", next(self._fingers), self._position(x, y), is_touch=True, type_id="touch"
        )
        finger.time_start = WindowDriver._touch_time
        return finger


def _code(name: str) -> tuple[int, str]:
    """The key code that SDL gives, and the character that the key types."""
    if len(name) == 1:
        return ord(name.lower()), name
    if name.isdecimal():
        code = int(name)
        return code, chr(code) if 32 <= code < 127 else ""  # noqa: PLR2004 -- printable ASCII
    return CODES[name], " " if name == "spacebar" else ""
