"""Codes out of key presses: the kernel's input events read as a US keyboard would type them. Pure.

A scanner that plays a keyboard sends keys and no characters, so it types ASCII alone, and only when
it is set to the US layout. Digits of its number block are digits whether or not Num Lock is on.
Scanners set to "Alt codes" type hanzi as Alt and digits, in a code page that they do not name: a
code with keys that make no ASCII character is UNREADABLE as a whole, never told without them.
"""

from __future__ import annotations

from collections.abc import Mapping

from evdev import ecodes

from drivers.code_scanner.lines import LONGEST, Outcome
from drivers.code_scanner.port import Code, CodeScanned, ScanFailed, ScanFault
from drivers.input_event import DOWN, EVENT, UP


def _layout() -> Mapping[int, tuple[str, str]]:
    """Key code → what it types plain and with Shift, on a US keyboard."""
    rows = {
        "GRAVE 1 2 3 4 5 6 7 8 9 0 MINUS EQUAL": ("`1234567890-=", "~!@#$%^&*()_+"),
        "LEFTBRACE RIGHTBRACE BACKSLASH": ("[]\\", "{}|"),
        "SEMICOLON APOSTROPHE COMMA DOT SLASH SPACE": (";',./ ", ':"<>? '),
        "KP0 KP1 KP2 KP3 KP4 KP5 KP6 KP7 KP8 KP9": ("0123456789", "0123456789"),
        "KPDOT KPSLASH KPASTERISK KPMINUS KPPLUS": ("./*-+", "./*-+"),
        " ".join("ABCDEFGHIJKLMNOPQRSTUVWXYZ"): (
            "abcdefghijklmnopqrstuvwxyz",
            "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        ),
    }
    layout: dict[int, tuple[str, str]] = {}
    for names, (plain, shifted) in rows.items():
        for name, *typed in zip(names.split(), plain, shifted, strict=True):
            layout[ecodes.ecodes[f"KEY_{name}"]] = (typed[0], typed[1])
    return layout


US_LAYOUT = _layout()
_SHIFTS = frozenset({ecodes.KEY_LEFTSHIFT, ecodes.KEY_RIGHTSHIFT})
_ENDS = frozenset({ecodes.KEY_ENTER, ecodes.KEY_KPENTER, ecodes.KEY_TAB})
_NEUTRAL = frozenset({ecodes.KEY_CAPSLOCK, ecodes.KEY_NUMLOCK})


class Keys:
    """A `Stream` of `struct input_event`: Enter or Tab ends a code.

    Scanners end a code with a key, so one that stops without is INCOMPLETE; the kernel saying
    that it dropped events (SYN_DROPPED) makes the code in which it does INCOMPLETE, too.
    """

    def __init__(self, *, longest: int = LONGEST) -> None:
        self._longest = longest
        self._bytes = bytearray()  # of an event not yet whole
        self._held: set[int] = set()
        self._capitals = False
        self._typed: list[str] = []
        self._fault: ScanFault | None = None

    @property
    def pending(self) -> bool:
        """Whether a code has begun and not ended."""
        return bool(self._typed) or self._fault is not None

    def feed(self, data: bytes) -> list[Outcome]:
        """The codes that end with these bytes, in order."""
        self._bytes += data
        whole = len(self._bytes) - len(self._bytes) % EVENT.size
        events, self._bytes = self._bytes[:whole], self._bytes[whole:]
        outcomes: list[Outcome] = []
        for _, _, kind, code, value in EVENT.iter_unpack(events):
            if kind == ecodes.EV_KEY:
                outcomes += self._key(code, value)
            elif kind == ecodes.EV_SYN and code == ecodes.SYN_DROPPED:
                self._dropped()
        return outcomes

    def give_up(self) -> list[Outcome]:
        """A code that stopped without its end."""
        fault = ScanFault.INCOMPLETE if self._typed and self._fault is None else self._fault
        self._bytes.clear()  # the kernel gives whole events; a part of one would shift all others
        self._forget_code()
        return [] if fault is None else [ScanFailed(fault)]

    def reset(self) -> None:
        """Forget everything, also which keys are held."""
        self._bytes.clear()
        self._held.clear()
        self._capitals = False
        self._forget_code()

    def _key(self, key: int, value: int) -> list[Outcome]:
        if value == UP:
            self._held.discard(key)
        elif value == DOWN:
            if key in _ENDS:
                return self._end()
            self._press(key)
        return []

    def _press(self, key: int) -> None:
        if key in _SHIFTS:
            self._held.add(key)
        elif key == ecodes.KEY_CAPSLOCK:
            self._capitals = not self._capitals
        elif key not in US_LAYOUT:
            if key not in _NEUTRAL:
                self._spoil(ScanFault.UNREADABLE)
        elif len(self._typed) >= self._longest:
            self._spoil(ScanFault.TOO_LONG)
        elif self._fault is None:
            plain, shifted = US_LAYOUT[key]
            shift = bool(self._held & _SHIFTS) != (self._capitals and plain.isalpha())
            self._typed.append(shifted if shift else plain)

    def _dropped(self) -> None:
        # Which keys are down is no longer known, nor whether a code began in what was lost;
        # scanners release their keys after each character.
        self._held.clear()
        self._spoil(ScanFault.INCOMPLETE)

    def _spoil(self, fault: ScanFault) -> None:
        self._fault = self._fault or fault
        self._typed.clear()

    def _end(self) -> list[Outcome]:
        text, fault = "".join(self._typed), self._fault
        self._forget_code()
        if fault is not None:
            return [ScanFailed(fault)]
        return [CodeScanned(Code(text))] if text else []

    def _forget_code(self) -> None:
        self._typed.clear()
        self._fault = None
