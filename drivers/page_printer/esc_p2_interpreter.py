"""ESC/P-K2 bytes back into what stands on the sheet, in millimetres. Pure; never raises.

Does as printers do with what it does not know: skips a command by its length. Double-byte
characters are Chinese only in `FS &` mode; a code without a glyph prints as 〓.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from drivers.page_printer.form_encoder import PINS
from drivers.receipt_printer.characters import ENCODING, is_native

NO_GLYPH = "〓"
PER_INCH = 360  # places are kept in these units
_MM = 25.4 / PER_INCH
_PIN_BYTES = PINS // 8
_USUAL_LINE = PER_INCH // 6
_USUAL_PAGE = 11 * PER_INCH
_UNITS = {5: 720, 10: 360, 20: 180, 30: 120, 40: 90, 50: 72, 60: 60}  # of ESC ( U, per inch
_FIRST_CHARACTER = 0x20
_FIRST_OF_TWO = range(0x81, 0xFF)
_LONGEST_LINE = round(13.6 * PER_INCH)  # what lies farther right is not printed
_MOST_COLUMNS = _LONGEST_LINE  # a picture wider than this is a length gone wrong
_DENSITIES = {32: 60, 33: 120, 38: 90, 39: 180, 40: 360}  # of ESC * with 24 pins, per inch


@dataclass(frozen=True)
class PrintedText:
    """Characters side by side. The place is that of the upper left corner."""

    text: str
    x_mm: float
    y_mm: float


@dataclass(frozen=True)
class PrintedPicture:
    """Columns of 24 pins, three bytes each, most significant bit on top, `per_inch` columns."""

    columns: bytes
    x_mm: float
    y_mm: float
    per_inch: int


@dataclass(frozen=True)
class Ejected:
    """The sheet went out."""

    length_mm: float


Trace = PrintedText | PrintedPicture | Ejected


@dataclass
class _Mode:
    x: float = 0.0
    y: float = 0.0
    unit: int | None = None  # per inch, once ESC ( U has set it
    top: float = 0.0  # margin
    page: float = _USUAL_PAGE
    line: float = _USUAL_LINE
    chinese: bool = False
    letter: float = PER_INCH / 10  # width of a single-byte character
    before: float = 0.0  # white beside a hanzi
    after: float = 6.0  # 3 dots: what FS S has set when the printer is switched on
    join: bool = False  # the next character follows the last one


class Interpreter:
    """Takes bytes in any pieces; holds back one unfinished command at most (64 KiB)."""

    def __init__(self) -> None:
        self._pending = bytearray()
        self._mode = _Mode()
        self._traces: list[Trace] = []

    @property
    def pending(self) -> int:
        """Bytes held back for a command not yet whole."""
        return len(self._pending)

    def feed(self, data: bytes) -> list[Trace]:
        """What the printer puts on paper for these bytes."""
        self._pending += data
        start = 0
        while start < len(self._pending):
            used = self._step(start)
            if used == 0:
                break
            start += used
        del self._pending[:start]
        traces, self._traces = self._traces, []
        return traces

    def forget(self) -> None:
        """Drop the command that is not yet whole."""
        self._pending.clear()

    def _step(self, start: int) -> int:
        """Carry out one command or character; how many bytes it had, 0 while it is not whole."""
        head = bytes(self._pending[start : start + 8])
        if head[0] >= _FIRST_CHARACTER:
            return self._character(head)
        self._mode.join = False
        if head[0] not in _LEADS:
            if act := _CONTROLS.get(head[0]):
                act(self)
            return 1
        name = head[:2]
        if len(name) == 1:
            return 0
        if name == b"\x1b(":
            return self._function(head, start)
        if name == b"\x1b*":
            return self._picture(head, start)
        length, perform = _COMMANDS.get(name, (2, None))
        if len(head) < length:
            return 0
        if perform:
            perform(self, head[2:length])
        return length

    def _function(self, head: bytes, start: int) -> int:
        """ESC ( letter low high, then as many bytes as low and high say."""
        header = 5
        if len(head) < header:
            return 0
        length = header + int.from_bytes(head[3:header], "little")
        if len(self._pending) - start < length:
            return 0
        data = bytes(self._pending[start + header : start + length])
        if perform := _FUNCTIONS.get((head[2:3], len(data))):
            perform(self, data)
        return length

    def _picture(self, head: bytes, start: int) -> int:
        """ESC * density low high, then the columns."""
        header = 5
        if len(head) < header:
            return 0
        per_inch = _DENSITIES.get(head[2])
        count = int.from_bytes(head[3:header], "little")
        if count > _MOST_COLUMNS:
            return header
        length = header + count * (_PIN_BYTES if per_inch else 1)
        if len(self._pending) - start < length:
            return 0
        if per_inch and count:
            columns = bytes(self._pending[start + header : start + length])
            mode = self._mode
            if mode.x < _LONGEST_LINE:
                place = mode.x * _MM, mode.y * _MM
                self._traces.append(PrintedPicture(columns, *place, per_inch))
            mode.x += count * PER_INCH / per_inch
        return length

    def _character(self, head: bytes) -> int:
        mode = self._mode
        if not mode.chinese or head[0] not in _FIRST_OF_TWO:
            self._put(head[:1].decode("cp437"), mode.letter)
            return 1
        code = head[:2]
        if len(code) == 1:
            return 0
        try:
            character = code.decode(ENCODING)
        except UnicodeDecodeError:
            character = NO_GLYPH
        mode.x += mode.before
        mode.join = mode.join and mode.before == 0
        self._put(character if is_native(character) else NO_GLYPH, PINS * 2)
        mode.x += mode.after
        mode.join = mode.join and mode.after == 0
        return 2

    def _put(self, characters: str, width: float) -> None:
        mode = self._mode
        if mode.x + width > _LONGEST_LINE:
            return
        last = self._traces[-1] if self._traces else None
        if mode.join and isinstance(last, PrintedText):
            self._traces[-1] = PrintedText(last.text + characters, last.x_mm, last.y_mm)
        else:
            self._traces.append(PrintedText(characters, mode.x * _MM, mode.y * _MM))
        mode.x += width
        mode.join = True

    def _of(self, count: int, usual: int) -> float:
        """So many of the units in force, in ours."""
        return count * PER_INCH / (self._mode.unit or usual)

    # -- controls and commands

    def _return(self) -> None:
        self._mode.x = 0.0

    def _line_feed(self) -> None:
        self._mode.x = 0.0
        self._mode.y += self._mode.line
        if self._mode.y >= self._mode.page:
            self._form_feed()

    def _form_feed(self) -> None:
        mode = self._mode
        self._traces.append(Ejected(mode.page * _MM))
        mode.x, mode.y = 0.0, mode.top

    def _reset(self, _: bytes) -> None:
        self._mode = _Mode(y=self._mode.y)

    def _set_letters(self, per_inch: int) -> None:
        self._mode.letter = PER_INCH / per_inch

    def _set_chinese(self, chinese: bool) -> None:
        self._mode.chinese = chinese

    def _set_beside(self, data: bytes) -> None:
        self._mode.before, self._mode.after = data[0] * 2.0, data[1] * 2.0

    def _go_right(self, data: bytes) -> None:
        self._mode.x = self._of(int.from_bytes(data, "little"), 60)

    def _go_down(self, data: bytes) -> None:
        self._mode.y = self._mode.top + self._of(int.from_bytes(data, "little"), PER_INCH)

    def _set_unit(self, data: bytes) -> None:
        self._mode.unit = _UNITS.get(data[0], self._mode.unit)

    def _set_page(self, data: bytes) -> None:
        self._mode.page = self._of(int.from_bytes(data, "little"), PER_INCH)
        self._mode.top = 0.0

    def _set_margins(self, data: bytes) -> None:
        self._mode.top = self._of(int.from_bytes(data[:2], "little"), PER_INCH)
        self._mode.y = max(self._mode.y, self._mode.top)


_LEADS = frozenset(b"\x10\x1b\x1c")  # DLE ESC FS
_CONTROLS: dict[int, Callable[[Interpreter], None]] = {
    0x0A: Interpreter._line_feed,
    0x0C: Interpreter._form_feed,
    0x0D: Interpreter._return,
}
_FUNCTIONS: dict[tuple[bytes, int], Callable[[Interpreter, bytes], None]] = {
    (b"U", 1): Interpreter._set_unit,
    (b"C", 2): Interpreter._set_page,
    (b"c", 4): Interpreter._set_margins,
    (b"V", 2): Interpreter._go_down,
}
_COMMANDS: dict[bytes, tuple[int, Callable[[Interpreter, bytes], None] | None]] = {
    b"\x10\x04": (3, None),  # DLE EOT n, answered elsewhere
    b"\x1b@": (2, Interpreter._reset),
    b"\x1b$": (4, Interpreter._go_right),
    b"\x1bP": (2, lambda printer, _: printer._set_letters(10)),
    b"\x1bM": (2, lambda printer, _: printer._set_letters(12)),
    b"\x1bg": (2, lambda printer, _: printer._set_letters(15)),
    b"\x1c&": (2, lambda printer, _: printer._set_chinese(True)),
    b"\x1c.": (2, lambda printer, _: printer._set_chinese(False)),
    b"\x1cS": (4, Interpreter._set_beside),
    b"\x1cW": (3, None),
    b"\x1bx": (3, None),
    b"\x1bk": (3, None),
    b"\x1bt": (3, None),
    b"\x1bR": (3, None),
    b"\x1bU": (3, None),
    b"\x1bW": (3, None),
    b"\x1bw": (3, None),
    b"\x1b!": (3, None),
    b"\x1bE": (2, None),
    b"\x1bF": (2, None),
}
