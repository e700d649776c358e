"""The line protocol of signal boards: lines to messages and back. Pure; never raises on any bytes.

A line is words of ASCII, one space between them, `*`, a checksum and CR LF. The checksum is
CRC-16/XMODEM (polynomial 1021, initial value 0; 31C3 for `123456789`) of what stands before the
`*`, as four hexadecimal digits: `DOOR 1*B268`. A line has at most 64 bytes.

| from | line | meaning |
|---|---|---|
| terminal | `STATE 7` | tell everything; the number, 0 to 255, is another each time |
| terminal | `LIGHT reader on` | set a light: `on`, `off`, `blink` |
| board | `DOOR 1`, `DOOR 0` | the door is open, closed |
| board | `PRESENCE 1`, `PRESENCE 0` | somebody is there, nobody is |
| board | `UPS mains 100`, `UPS battery 83` | power source, and charge in percent |
| board | `LIGHT reader on` | how a light is now; also the answer to setting it |
| board | `NOLIGHT reader` | there is no such light |
| board | `DONE 7` | the end of the answer to `STATE 7` |

A board tells each change by itself, and on `STATE` each part that it has, then `DONE`. What a line
with a right checksum says in words not listed here is left unheard: boards may know more.
"""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass

from drivers.signals.port import LightState, Power, PowerSource

LONGEST = 64  # bytes of a line, without its end

_LINE = re.compile(rb"([A-Z]+(?: [a-z0-9_]{1,16}){0,3})\*([0-9A-Fa-f]{4})")
_NAME = re.compile(r"[a-z0-9_]{1,16}", re.ASCII)
_DIGITS = re.compile(r"[0-9]{1,3}", re.ASCII)
_PERCENT = re.compile(r"100|[0-9]{1,2}", re.ASCII)
_BITS = {"0": False, "1": True}
_NUMBERS = range(256)


@dataclass(frozen=True)
class StateAsked:
    """STATE."""

    number: int


@dataclass(frozen=True)
class Door:
    """DOOR."""

    open: bool


@dataclass(frozen=True)
class Presence:
    """PRESENCE."""

    present: bool


@dataclass(frozen=True)
class Ups:
    """UPS."""

    power: Power


@dataclass(frozen=True)
class Light:
    """LIGHT."""

    name: str
    state: LightState


@dataclass(frozen=True)
class NoLight:
    """NOLIGHT."""

    name: str


@dataclass(frozen=True)
class Done:
    """DONE."""

    number: int


@dataclass(frozen=True)
class BadLine:
    """A line that is too long, has another form or a wrong checksum."""


Message = StateAsked | Door | Presence | Ups | Light | NoLight | Done


def is_light_name(name: str) -> bool:
    """Whether a light can have this name."""
    return bool(_NAME.fullmatch(name))


def encode(message: Message) -> bytes:
    """The line of a message, with its end."""
    words = _words(message).encode("ascii")
    return words + b"*%04X\r\n" % binascii.crc_hqx(words, 0)


def decode(line: bytes) -> Message | BadLine | None:
    """The message in a line without its end; None for words that are not known."""
    if len(line) > LONGEST or not (parts := _LINE.fullmatch(line)):
        return BadLine()
    words, check = parts.groups()
    if binascii.crc_hqx(words, 0) != int(check, 16):
        return BadLine()
    subject, *rest = words.decode("ascii").split(" ")
    return _message(subject, rest)


class LineDecoder:
    """Finds lines in bytes that come in any pieces. Holds back at most one line."""

    def __init__(self) -> None:
        self._line = bytearray()
        self._too_long = False

    @property
    def pending(self) -> int:
        """Bytes held back for a line not yet whole."""
        return len(self._line)

    def reset(self) -> None:
        """Forget what is held back."""
        self._line.clear()
        self._too_long = False

    def feed(self, data: bytes) -> list[Message | BadLine]:
        """The messages that are whole now, in order; empty lines and unknown words are none."""
        messages: list[Message | BadLine] = []
        *ended, begun = data.replace(b"\r", b"\n").split(b"\n")
        for part in ended:
            self._append(part)
            line, too_long = bytes(self._line), self._too_long
            self.reset()
            if too_long:
                messages.append(BadLine())
            elif line and (message := decode(line)):
                messages.append(message)
        self._append(begun)
        return messages

    def _append(self, part: bytes) -> None:
        if len(self._line) + len(part) > LONGEST:
            self._too_long = True
            self._line.clear()
        elif not self._too_long:
            self._line += part


def _message(subject: str, rest: list[str]) -> Message | BadLine | None:
    match subject, rest:
        case "STATE", [number] if _is_number(number):
            return StateAsked(int(number))
        case "DONE", [number] if _is_number(number):
            return Done(int(number))
        case "DOOR", [("0" | "1") as bit]:
            return Door(_BITS[bit])
        case "PRESENCE", [("0" | "1") as bit]:
            return Presence(_BITS[bit])
        case "UPS", [("mains" | "battery") as source, percent] if _PERCENT.fullmatch(percent):
            return Ups(Power(PowerSource(source), int(percent)))
        case "LIGHT", [name, ("on" | "off" | "blink") as state]:
            return Light(name, LightState(state))
        case "NOLIGHT", [name]:
            return NoLight(name)
        case (("STATE" | "DONE" | "DOOR" | "PRESENCE" | "UPS" | "LIGHT" | "NOLIGHT"), _):
            return BadLine()
    return None


def _is_number(word: str) -> bool:
    return bool(_DIGITS.fullmatch(word)) and int(word) in _NUMBERS


def _words(message: Message) -> str:
    match message:
        case StateAsked(number):
            return f"STATE {number}"
        case Done(number):
            return f"DONE {number}"
        case Door(is_open):
            return f"DOOR {is_open:d}"
        case Presence(present):
            return f"PRESENCE {present:d}"
        case Ups(power):
            return f"UPS {power.source} {power.charge}"
        case Light(name, state):
            return f"LIGHT {name} {state}"
        case NoLight(name):
            return f"NOLIGHT {name}"
