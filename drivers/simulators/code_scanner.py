"""A simulated code scanner: on a serial line, or as a keyboard.

scanner = CodeScannerSimulator(ScannerLine(folder / "code-scanner"))
scanner.start()
scanner.show("yici:case:430100202611220001234")
scanner.show("长沙市样例街道", encoding="gb18030")
scanner.fault = ScannerFault.CUT_SHORT
scanner.unplug()                   # the port breaks; plug() brings it back

`CodeScannerSimulator(line, keyboard=True)` puts the kernel's input events on its line instead.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from evdev import ecodes

from drivers.code_scanner.keys import US_LAYOUT
from drivers.code_scanner.lines import LONGEST
from drivers.input_event import EVENT
from drivers.simulators.line import PtyLine
from drivers.simulators.simulated import Simulated

Encoding = Literal["utf-8", "gb18030"]

_NOISE_BYTES = 40
_ROOM_S, _LOOK_S = 5.0, 0.002  # how long a full line is waited for, and how often looked at
_STROKE = 6  # events of one key, pressed and let go


class ScannerFault(StrEnum):
    """What can be wrong with the scanner, or with how it is set up."""

    NONE = "none"
    GARBAGE = "garbage"  # noise comes in place of the code, as with a wrong baud rate
    CUT_SHORT = "cut_short"  # half of the code comes, and no end
    NO_END = "no_end"  # set up to send nothing after a code
    ENDLESS = "endless"  # more bytes than any code has, then the end
    PIECES = "pieces"  # byte by byte
    SLOW = "slow"  # byte by byte, with pauses
    LOST_MID_CODE = "lost_mid_code"  # unplugged once, in the middle of the next code


class End(StrEnum):
    """What a serial scanner sends after a code."""

    CR = "\r"
    LF = "\n"
    CR_LF = "\r\n"


@dataclass(frozen=True)
class _Pace:
    """`pause_s` after every `piece`, which is in bytes or, of a keyboard, in events."""

    piece: int
    pause_s: float = 0.0


_FLUENT = _Pace(piece=1024)
_TYPING = _Pace(piece=_STROKE, pause_s=0.001)  # a key at a time, as USB polls it
_PACES: Mapping[ScannerFault, _Pace] = {
    ScannerFault.PIECES: _Pace(piece=1),
    ScannerFault.SLOW: _Pace(piece=1, pause_s=0.004),
}


class ScannerLine(PtyLine):
    """A pseudo-terminal on which the device speaks without being asked."""

    _unheard = False  # the line was full for so long that nobody seems to listen

    def send(self, data: bytes) -> None:
        """Put bytes on the line, behind an answer that is going out, as fast as they are taken.

        They are lost when it is unplugged, or when nobody takes any for 5 s.
        """
        until = time.monotonic() + (0.0 if self._unheard else _ROOM_S)
        with self._speaking:
            while data:
                with self._lock:
                    if not self.plugged or self._stopping:
                        return
                    taken = self._taken(data)
                data = data[taken:]
                self._unheard = not taken and time.monotonic() >= until
                if self._unheard:
                    return
                if not taken:
                    time.sleep(_LOOK_S)


class CodeScannerSimulator(Simulated[ScannerLine]):
    """The scanner, how it is set up, and its faults."""

    def __init__(
        self,
        line: ScannerLine,
        *,
        end: End = End.CR_LF,
        keyboard: bool = False,
        chance: random.Random | None = None,
    ) -> None:
        super().__init__(line)
        self._end = end
        self._keyboard = keyboard
        self._unit = EVENT.size if keyboard else 1  # bytes that come together or not at all
        self._chance = chance or random.Random()  # noqa: S311 - noise, not secrets
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._fault = ScannerFault.NONE
        self.codes_shown = 0

    def stop(self) -> None:
        """Unplug it and end its thread, in whatever it was sending."""
        self._stopping.set()
        super().stop()

    @property
    def fault(self) -> ScannerFault:
        """What is wrong with the scanner now."""
        return self._fault

    @fault.setter
    def fault(self, fault: ScannerFault) -> None:
        self._fault = fault

    def show(self, text: str, *, encoding: Encoding = "utf-8") -> None:
        """Show a code; returns when all of it was sent. A keyboard knows no encoding."""
        if self._keyboard:
            self.send(typed(text), typed_end())
        else:
            self.send(text.encode(encoding), self._end.encode())

    def send(self, code: bytes, end: bytes) -> None:
        """Send a code's bytes and its end as the present fault has it."""
        with self._lock:
            self.codes_shown += 1
            fault = self._fault
            self._put(self._as_faulty(fault, code, end), fault)
            if fault is ScannerFault.LOST_MID_CODE:
                self._fault = ScannerFault.NONE
                self._line.unplug()

    def _put(self, data: bytes, fault: ScannerFault) -> None:
        pace = _PACES.get(fault, _TYPING if self._keyboard else _FLUENT)
        step = pace.piece * self._unit
        for start in range(0, len(data), step):
            self._line.send(data[start : start + step])
            if pace.pause_s and self._stopping.wait(pace.pause_s):
                return

    def _as_faulty(self, fault: ScannerFault, code: bytes, end: bytes) -> bytes:
        match fault:
            case ScannerFault.GARBAGE:
                return self._chance.randbytes(_NOISE_BYTES * self._unit)
            case ScannerFault.CUT_SHORT | ScannerFault.LOST_MID_CODE:
                return code[: len(code) // 2 // self._unit * self._unit]
            case ScannerFault.NO_END:
                return code
            case ScannerFault.ENDLESS:
                characters = len(code) // (_STROKE * self._unit if self._keyboard else 1)
                return code * (LONGEST // max(1, characters) + 1) + end
            case _:
                return code + end

    # -- the scanner, as its line calls it

    def power_on(self) -> None:
        """Nothing is kept."""

    def receive(self, data: bytes) -> bytes:  # noqa: ARG002 - it takes no questions
        """A scanner that only speaks."""
        return b""


def _keys() -> Mapping[str, tuple[int, bool]]:
    """Character → key, and whether with Shift; of two keys for one, that of the main block."""
    keys: dict[str, tuple[int, bool]] = {}
    for key, (plain, shifted) in US_LAYOUT.items():
        keys.setdefault(plain, (key, False))
        keys.setdefault(shifted, (key, True))
    return keys


_KEYS = _keys()
_BLOCK_DIGITS = tuple(ecodes.ecodes[f"KEY_KP{digit}"] for digit in range(10))


def typed(text: str) -> bytes:
    """The kernel's events of a keyboard scanner; what a US keyboard lacks is typed by Alt code."""
    return b"".join(_typed_character(character) for character in text)


def typed_end() -> bytes:
    """The events of the Enter key."""
    return _pressed(ecodes.KEY_ENTER)


def _typed_character(character: str) -> bytes:
    if character not in _KEYS:
        number = int.from_bytes(character.encode("gb18030"), "big")
        digits = b"".join(_pressed(_BLOCK_DIGITS[int(digit)]) for digit in str(number))
        return _held(ecodes.KEY_LEFTALT, digits)
    key, shifted = _KEYS[character]
    return _held(ecodes.KEY_LEFTSHIFT, _pressed(key)) if shifted else _pressed(key)


def _held(key: int, between: bytes) -> bytes:
    return _moved(key, 1) + between + _moved(key, 0)


def _pressed(key: int) -> bytes:
    return _moved(key, 1) + _moved(key, 0)


def _moved(key: int, value: int) -> bytes:
    return (
        EVENT.pack(0, 0, ecodes.EV_MSC, ecodes.MSC_SCAN, key)
        + EVENT.pack(0, 0, ecodes.EV_KEY, key, value)
        + EVENT.pack(0, 0, ecodes.EV_SYN, ecodes.SYN_REPORT, 0)
    )
