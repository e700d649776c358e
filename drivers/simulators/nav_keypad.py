"""A simulated assistive keypad: the kernel's input events on a pseudo-terminal.

keypad = NavKeypadSimulator(ScannerLine(folder / "keypad"), layout)
keypad.start()
keypad.press(Key.DOWN)
keypad.plug_headphones(True)
keypad.fault = KeypadFault.BOUNCES
keypad.unplug()                    # the port breaks; plug() brings it back

A kernel without uinput has no keyboard to pretend; the driver reads the same bytes from this line.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from enum import StrEnum

from evdev import ecodes

from drivers.input_event import DOWN, EVENT, UP
from drivers.nav_keypad.layout import Jack, Layout
from drivers.nav_keypad.port import Key
from drivers.simulators.code_scanner import ScannerLine
from drivers.simulators.simulated import Simulated

_REPEATED = 2
_MICROSECONDS = 1_000_000
_PRESS_S, _PAUSE_S = 0.08, 0.12  # how long a finger stays on a key, and away from it
_BOUNCE_S = 0.005
_BOUNCES, _REPETITIONS, _NOISE_EVENTS = 3, 20, 50


class KeypadFault(StrEnum):
    """What can be wrong with the keypad."""

    NONE = "none"
    BOUNCES = "bounces"  # each press opens and closes its contact a few times
    REPEATS = "repeats"  # a press is held for long, and the kernel repeats it
    CHATTERS = "chatters"  # it sends down again and again without up
    PIECES = "pieces"  # events come byte by byte
    GARBAGE = "garbage"  # noise in place of the next presses
    LOST_MID_EVENT = "lost_mid_event"  # unplugged once, in the middle of the next event


class NavKeypadSimulator(Simulated[ScannerLine]):
    """The keypad and its faults. Its clock runs on by how long each press takes."""

    def __init__(
        self,
        line: ScannerLine,
        layout: Layout,
        *,
        chance: random.Random | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(line)
        self._codes = {meaning: code for code, meaning in layout.meanings.items()}
        self._chance = chance or random.Random()  # noqa: S311 - noise, not secrets
        self._clock = clock
        self._lock = threading.Lock()
        self._now = 0.0
        self.fault = KeypadFault.NONE

    def press(self, key: Key) -> None:
        """Press a key and let it go; KeyError when the layout has none of that meaning."""
        with self._lock:
            self._send(self._pressed(self._codes[key]))

    def hold(self, key: Key) -> None:
        """Press a key and keep it down."""
        with self._lock:
            self._look_at_clock()
            self._send(self._moved(self._codes[key], DOWN, after_s=_PAUSE_S))

    def let_go(self, key: Key) -> None:
        """Let a key go that is held."""
        with self._lock:
            self._look_at_clock()
            self._send(self._moved(self._codes[key], UP))

    def plug_headphones(self, plugged: bool) -> None:
        """Plug headphones in or out: a key if the layout has one, else a switch of the kernel's."""
        with self._lock:
            code = self._codes.get(Jack.IN if plugged else Jack.OUT)
            self._look_at_clock()
            self._send(self._switched(plugged) if code is None else self._pressed(code))

    def send(self, data: bytes) -> None:
        """Put bytes on the line as they are."""
        with self._lock:
            self._line.send(data)

    # -- the keypad, as its line calls it

    def power_on(self) -> None:
        """Nothing is kept."""

    def receive(self, data: bytes) -> bytes:  # noqa: ARG002 - it takes no questions
        """A keypad only speaks."""
        return b""

    # -- events

    def _send(self, data: bytes) -> None:
        match self.fault:
            case KeypadFault.GARBAGE:
                self._line.send(self._chance.randbytes(_NOISE_EVENTS * EVENT.size))
            case KeypadFault.PIECES:
                for start in range(len(data)):
                    self._line.send(data[start : start + 1])
            case KeypadFault.LOST_MID_EVENT:
                self.fault = KeypadFault.NONE
                self._line.send(data[: EVENT.size // 2])
                self._line.unplug()
            case _:
                self._line.send(data)

    def _look_at_clock(self) -> None:
        """Once for each movement: how long a contact bounces is not a matter of this machine."""
        self._now = max(self._clock(), self._now)

    def _pressed(self, code: int) -> bytes:
        self._look_at_clock()
        self._now += _PAUSE_S
        match self.fault:
            case KeypadFault.BOUNCES:
                shaky = (
                    self._moved(code, DOWN) + self._moved(code, UP, after_s=_BOUNCE_S)
                    for _ in range(_BOUNCES)
                )
                between = b"".join(shaky)
            case KeypadFault.REPEATS:
                moves = (self._moved(code, _REPEATED) for _ in range(_REPETITIONS))
                between = self._moved(code, DOWN) + b"".join(moves)
            case KeypadFault.CHATTERS:
                between = b"".join(self._moved(code, DOWN) for _ in range(_REPETITIONS))
            case _:
                between = self._moved(code, DOWN)
        return between + self._moved(code, UP, after_s=_PRESS_S)

    def _moved(self, code: int, value: int, after_s: float = 0.001) -> bytes:
        return self._event(ecodes.EV_KEY, code, value, after_s)

    def _switched(self, plugged: bool) -> bytes:
        return self._event(ecodes.EV_SW, ecodes.SW_HEADPHONE_INSERT, int(plugged), _PRESS_S)

    def _event(self, kind: int, code: int, value: int, after_s: float) -> bytes:
        self._now += after_s
        seconds, micros = divmod(int(self._now * _MICROSECONDS), _MICROSECONDS)
        return EVENT.pack(seconds, micros, kind, code, value) + EVENT.pack(
            seconds, micros, ecodes.EV_SYN, ecodes.SYN_REPORT, 0
        )
