"""ESC/POS bytes back into what comes out of the printer, as data. Pure; never raises.

Understands what receipt printers have in common and does with the rest as they do: skips a
command it does not know by its length, prints what is no command. Double-byte characters are
Chinese only in `FS &` mode, else they are the mojibake of code page 437, as on a real printer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from drivers.receipt_printer.characters import ENCODING, is_native
from drivers.receipt_printer.paper import CELL_DOTS, HEIGHT_DOTS, Paper

NO_GLYPH = "〓"  # what printers for China print for a code without a glyph
_SPACING = 30  # dots from line to line after ESC @
_FIRST_CHARACTER = 0x20
_FIRST_OF_TWO = range(0x81, 0xFF)
_NAME = 2  # bytes that name a command
_QR_LEVELS = {b"0": "L", b"1": "M", b"2": "Q", b"3": "H"}
_LONGEST_DATA = 1 << 20  # a picture larger than this is a length gone wrong


@dataclass(frozen=True)
class Run:
    """Characters of one look. `wide` and `high` multiply the size."""

    text: str
    wide: int = 1
    high: int = 1
    bold: bool = False


@dataclass(frozen=True)
class TextLine:
    """One line of text and how far the paper moves for it, in dots."""

    runs: tuple[Run, ...]
    align: int  # 0 left, 1 centre, 2 right
    dots: int


@dataclass(frozen=True)
class Raster:
    """A picture: rows of `width_bytes`, most significant bit left, 1 is black."""

    width_bytes: int
    height: int
    data: bytes
    align: int


@dataclass(frozen=True)
class Symbol:
    """A QR code of `module` dots a module, error correction level L, M, Q or H."""

    payload: bytes
    module: int
    level: str
    align: int


@dataclass(frozen=True)
class Advance:
    """White paper, in dots."""

    dots: int


@dataclass(frozen=True)
class Cut:
    """The end of a print-out."""


Mark = TextLine | Raster | Symbol | Advance | Cut


@dataclass
class _Mode:
    align: int = 0
    bold: bool = False
    wide: int = 1
    high: int = 1
    spacing: int = _SPACING
    chinese: bool = False
    runs: list[Run] = field(default_factory=list)
    used: int = 0  # dots of the line
    qr_module: int = 3
    qr_level: str = "L"
    qr_payload: bytes = b""


class Interpreter:
    """Takes bytes in any pieces; holds back one unfinished command at most (about 1 MB)."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._pending = bytearray()
        self._mode = _Mode()
        self._marks: list[Mark] = []

    @property
    def pending(self) -> int:
        """Bytes held back for a command not yet whole."""
        return len(self._pending)

    def feed(self, data: bytes) -> list[Mark]:
        """What the printer puts on paper for these bytes."""
        self._pending += data
        start = 0
        while start < len(self._pending):
            used = self._step(bytes(self._pending[start : start + 8]), start)
            if used == 0:
                break
            start += used
        del self._pending[:start]
        marks, self._marks = self._marks, []
        return marks

    def forget(self) -> None:
        """Drop the command and the line that are not yet whole."""
        self._pending.clear()
        self._mode.runs, self._mode.used = [], 0

    def _step(self, head: bytes, start: int) -> int:
        """Carry out one command or character; how many bytes it had, 0 while it is not whole."""
        if head[0] >= _FIRST_CHARACTER:
            return self._character(head)
        if head[:1] == b"\n":
            self._end_line()
            return 1
        if head[0] not in _LEADS:
            return 1
        name = head[:_NAME]
        if len(name) < _NAME:
            return 0
        if name == b"\x1d(":
            return self._function(head, start)
        if name == b"\x1dv":
            return self._raster(head, start)
        length, act = _COMMANDS.get(name, (_NAME, None))
        if name == b"\x1dV" and head[_NAME : _NAME + 1] in (b"A", b"B"):
            length += 1  # feed and cut: one more byte says how far
        if len(head) < length:
            return 0
        if act:
            act(self, head[_NAME] if length > _NAME else 0)
        return length

    def _function(self, head: bytes, start: int) -> int:
        """GS ( letter low high, then as many bytes as low and high say."""
        header = 5
        if len(head) < header:
            return 0
        size = int.from_bytes(head[3:header], "little")
        if not self._holds(start + header + size):
            return 0
        if head[2:3] == b"k":
            self._symbol(self._data(start + header, size))
        return header + size

    def _raster(self, head: bytes, start: int) -> int:
        """GS v 0 m, width in bytes, height in dots, then the picture."""
        header = 8
        if len(head) < header:
            return 0
        row_bytes = int.from_bytes(head[4:6], "little")
        height = int.from_bytes(head[6:header], "little")
        size = row_bytes * height
        if size > _LONGEST_DATA:
            return header
        if not self._holds(start + header + size):
            return 0
        self._flush()
        if data := self._data(start + header, size):
            self._marks.append(Raster(row_bytes, height, data, self._mode.align))
        return header + size

    def _holds(self, end: int) -> bool:
        return len(self._pending) >= end

    def _data(self, start: int, size: int) -> bytes:
        return bytes(self._pending[start : start + size])

    def _character(self, head: bytes) -> int:
        if self._mode.chinese and head[0] in _FIRST_OF_TWO:
            code = head[:2]
            if len(code) == 1:
                return 0
            try:
                character = code.decode(ENCODING)
            except UnicodeDecodeError:
                character = NO_GLYPH
            self._put(character if is_native(character) else NO_GLYPH, 2)
            return len(code)
        self._put(head[:1].decode("cp437"), 1)
        return 1

    def _put(self, character: str, width_cells: int) -> None:
        mode = self._mode
        dots = width_cells * CELL_DOTS * mode.wide
        if mode.used + dots > self._paper.dots:
            self._end_line()
        run = Run(character, mode.wide, mode.high, mode.bold)
        last = mode.runs[-1] if mode.runs else None
        if last and replace(last, text=character) == run:
            mode.runs[-1] = replace(last, text=last.text + character)
        else:
            mode.runs.append(run)
        mode.used += dots

    def _end_line(self) -> None:
        mode = self._mode
        tallest = max((run.high for run in mode.runs), default=0) * HEIGHT_DOTS
        self._marks.append(TextLine(tuple(mode.runs), mode.align, max(mode.spacing, tallest)))
        mode.runs, mode.used = [], 0

    def _symbol(self, data: bytes) -> None:
        mode = self._mode
        function, value = data[1:2], data[2:]
        if data[:1] != b"1" or not value:
            return
        if function == b"C":
            mode.qr_module = max(1, min(16, value[0]))
        elif function == b"E":
            mode.qr_level = _QR_LEVELS.get(value[:1], "L")
        elif function == b"P":
            mode.qr_payload = value[1:]
        elif function == b"Q" and mode.qr_payload:
            self._flush()
            self._marks.append(Symbol(mode.qr_payload, mode.qr_module, mode.qr_level, mode.align))

    def _flush(self) -> None:
        if self._mode.runs:
            self._end_line()

    # -- commands of fixed length; `value` is their last byte

    def _reset(self, _: int) -> None:
        self._mode = _Mode()

    def _set_align(self, value: int) -> None:
        self._mode.align = value % 48 if value % 48 in (0, 1, 2) else 0

    def _set_bold(self, value: int) -> None:
        self._mode.bold = bool(value & 1)

    def _set_size(self, value: int) -> None:
        self._mode.wide, self._mode.high = (value >> 4 & 7) + 1, (value & 7) + 1

    def _set_look(self, value: int) -> None:
        self._mode.bold = bool(value & 0x08)
        self._mode.high, self._mode.wide = 1 + bool(value & 0x10), 1 + bool(value & 0x20)

    def _set_spacing(self, value: int) -> None:
        self._mode.spacing = value

    def _usual_spacing(self, _: int) -> None:
        self._mode.spacing = _SPACING

    def _chinese_on(self, _: int) -> None:
        self._mode.chinese = True

    def _chinese_off(self, _: int) -> None:
        self._mode.chinese = False

    def _feed_lines(self, value: int) -> None:
        self._flush()
        self._marks.append(Advance(value * self._mode.spacing))

    def _feed_dots(self, value: int) -> None:
        self._flush()
        self._marks.append(Advance(value))

    def _cut(self, _: int) -> None:
        self._flush()
        self._marks.append(Cut())


_LEADS = frozenset(b"\x10\x1b\x1c\x1d")  # DLE ESC FS GS
_COMMANDS: dict[bytes, tuple[int, Callable[[Interpreter, int], None] | None]] = {
    b"\x10\x04": (3, None),  # DLE EOT n, answered elsewhere
    b"\x1b@": (2, Interpreter._reset),
    b"\x1ba": (3, Interpreter._set_align),
    b"\x1bE": (3, Interpreter._set_bold),
    b"\x1bG": (3, Interpreter._set_bold),
    b"\x1b!": (3, Interpreter._set_look),
    b"\x1d!": (3, Interpreter._set_size),
    b"\x1b2": (2, Interpreter._usual_spacing),
    b"\x1b3": (3, Interpreter._set_spacing),
    b"\x1bd": (3, Interpreter._feed_lines),
    b"\x1bJ": (3, Interpreter._feed_dots),
    b"\x1c&": (2, Interpreter._chinese_on),
    b"\x1c.": (2, Interpreter._chinese_off),
    b"\x1dV": (3, Interpreter._cut),
    b"\x1c!": (3, None),
    b"\x1dB": (3, None),
    b"\x1da": (3, None),
    b"\x1bM": (3, None),
    b"\x1b-": (3, None),
    b"\x1bR": (3, None),
    b"\x1bt": (3, None),
    b"\x1b{": (3, None),
}
