"""Presses out of the kernel's input events: no repetition, no bounce, no part of an event. Pure.

A key that is held repeats neither by the kernel (value 2) nor by a keypad that sends it down again
without up. A key that comes down within `bounce_s` after it went up bounces, as contacts do and
unsteady hands; time is the kernel's, so a reader that is late judges the same. A clock set back in
between can only make a bounce count as a press, never swallow one.
"""

from __future__ import annotations

from dataclasses import dataclass

from evdev import ecodes

from drivers.input_event import DOWN, EVENT, UP
from drivers.nav_keypad.layout import Jack, Layout
from drivers.nav_keypad.port import HeadphonesChanged, Key, KeyPressed

_MICROSECONDS = 1_000_000

Told = KeyPressed | HeadphonesChanged


@dataclass
class _Contact:
    """One key. `let_go_at`: seconds, by the kernel's clock; None before the first time."""

    down: bool = False
    let_go_at: float | None = None


class Presses:
    """Bytes of `struct input_event` in, what they mean out. Holds back less than one event."""

    def __init__(self, layout: Layout, bounce_s: float) -> None:
        self._layout = layout
        self._bounce_s = bounce_s
        self._bytes = bytearray()
        self._contacts: dict[int, _Contact] = {}

    @property
    def pending(self) -> int:
        """Bytes of an event not yet whole."""
        return len(self._bytes)

    def feed(self, data: bytes) -> list[Told]:
        """What these bytes mean, in order."""
        self._bytes += data
        whole = len(self._bytes) - len(self._bytes) % EVENT.size
        events, self._bytes = self._bytes[:whole], self._bytes[whole:]
        told: list[Told] = []
        for seconds, micros, kind, code, value in EVENT.iter_unpack(events):
            if kind == ecodes.EV_KEY and code in self._layout.meanings:
                told += self._key(code, value, seconds + micros / _MICROSECONDS)
            elif kind == ecodes.EV_SW and code == ecodes.SW_HEADPHONE_INSERT:
                told.append(HeadphonesChanged(bool(value)))
            elif kind == ecodes.EV_SYN and code == ecodes.SYN_DROPPED:
                self._contacts.clear()  # the kernel lost events: which keys are down is not known
        return told

    def reset(self) -> None:
        """Forget what is held; an event that has begun is lost."""
        self._bytes.clear()
        self._contacts.clear()

    def _key(self, code: int, value: int, now: float) -> list[Told]:
        contact = self._contacts.setdefault(code, _Contact())
        if value == UP:
            contact.down, contact.let_go_at = False, now
            return []
        if value != DOWN or contact.down:
            return []
        contact.down = True
        before = contact.let_go_at
        if before is not None and 0 <= now - before < self._bounce_s:
            return []
        return [_told(self._layout.meanings[code])]


def _told(meaning: Key | Jack) -> Told:
    if isinstance(meaning, Jack):
        return HeadphonesChanged(meaning is Jack.IN)
    return KeyPressed(meaning)
