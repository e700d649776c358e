"""A form's layout as the ESC/P-K2 bytes of a job, each text at its place to 1/360 inch.

ESC/P-K2 is ESC/P2 with the double-byte mode of printers for China (`FS &`). Texts of size 1 whose
characters the printer has go as characters; all others go as pictures of 24 pins, because models
differ in where enlarged characters stand, and a picture stands where it is put.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from enum import StrEnum
from itertools import groupby

from PIL import Image

from drivers.page_printer.form import LARGEST_SIZE, Adjustment, FormLayout, Placed
from drivers.receipt_printer.characters import cells, clean, is_native
from drivers.receipt_printer.glyphs import Glyphs
from drivers.receipt_printer.paper import CELL_DOTS, HEIGHT_DOTS
from drivers.receipt_printer.real_time import without_real_time

UNITS_PER_MM = 360 / 25.4
UNITS_PER_DOT = 2  # dots are 1/180 inch
PINS = 24
_INK = 128  # darker than this is black
_LONGEST_SIDE = 7920  # units, 22 inches: what ESC ( C takes

_INIT = b"\x1b@"
_UNIT = b"\x1b(U\x01\x00\x0a"  # 10/3600 inch, for all of the following
_CHINESE = b"\x1c&"  # FS &: double-byte characters
_TIGHT = b"\x1cS\x00\x00"  # FS S: a hanzi takes its 24 dots and no more
_LETTER_QUALITY = b"\x1bx\x01"  # ESC x: draft has fewer dots
_HALF_HANZI = b"\x1bg"  # ESC g: 15 characters an inch, 12 dots each
_TO_LEFT = b"\r"  # prints what the line holds
_EJECT = b"\r\x0c"
_PICTURE = b"\x1b*\x27"  # ESC * 39: columns of 24 pins, 180 dots an inch
_MOST_COLUMNS = 240  # of one ESC *: what breaks off is soon padded out
_LONGEST_COMMAND = 5 + _MOST_COLUMNS * PINS // 8


class Charset(StrEnum):
    """What characters a printer has: older models have GB 2312 alone."""

    GB18030 = "gb18030"  # of it, the codes of one and two bytes
    GB2312 = "gb2312"

    def has(self, character: str) -> bool:
        """Whether printers of this kind have a glyph for it."""
        if not is_native(character):
            return False
        try:
            character.encode(self.value)
        except UnicodeEncodeError:
            return False
        return True


class FormEncoder:
    """Encodes for one machine: its characters, and how far it prints beside its mark."""

    def __init__(
        self,
        glyphs: Glyphs,
        charset: Charset = Charset.GB18030,
        adjustment: Adjustment | None = None,
    ) -> None:
        self._glyphs = glyphs
        self._charset = charset
        self._adjustment = adjustment or Adjustment()

    def encode(self, layout: FormLayout) -> bytes:
        """The whole job; the sheet is put out at its end.

        Raises ValueError for a sheet that no printer takes and for a text that is no one line,
        has no size of 1 or 2 or does not lie on the sheet; its message names the field by number.
        """
        width, length = _units(layout.width_mm), _units(layout.height_mm)
        if width <= 0 or not 0 < length <= _LONGEST_SIDE:
            raise ValueError(f"a sheet is up to {_LONGEST_SIDE / UNITS_PER_MM:g} mm long")
        pieces: list[tuple[int, int, bytes]] = []
        for number, field in enumerate(layout.fields, 1):
            try:
                pieces += self._pieces(field, width, length)
            except ValueError as error:
                raise ValueError(f"field {number} of the form: {error}") from None
        # downwards: printers move paper back only a little, and lose their place
        moved = (_at(x, y) + data for y, x, data in sorted(pieces))
        return b"".join((*_begin(length), *moved, _EJECT, _INIT))

    def fresh_start(self, *, put_out: bool) -> bytes:
        """Ends whatever a job broken off has left, so that the next form comes out whole.

        NUL completes the command that the printer may wait to have whole, which would else eat
        the next form; in text it does nothing. With `put_out` the sheet in hand goes out. ESC @
        sets all back and drops the line not yet printed.
        """
        return b"\x00" * _LONGEST_COMMAND + (_EJECT if put_out else b"") + _INIT

    def _pieces(self, field: Placed, width: int, length: int) -> Iterator[tuple[int, int, bytes]]:
        """Top, left and bytes of each stretch of one kind."""
        text = clean(field.text)
        if "\n" in text:
            raise ValueError("a text is one line")
        if field.size not in range(1, LARGEST_SIZE + 1):
            raise ValueError(f"a size is 1 to {LARGEST_SIZE}")
        x = _units(field.x_mm + self._adjustment.right_mm)
        y = _units(field.y_mm + self._adjustment.down_mm)
        cell = CELL_DOTS * UNITS_PER_DOT * field.size
        right = x + sum(map(cells, text)) * cell
        bottom = y + HEIGHT_DOTS * UNITS_PER_DOT * field.size
        if x < 0 or y < 0 or right > width or bottom > length:
            raise ValueError("it does not lie on the sheet")
        for as_characters, group in groupby(
            text, lambda character: field.size == 1 and self._charset.has(character)
        ):
            stretch = "".join(group)
            if as_characters:
                yield y, x, stretch.encode(self._charset.value)
            else:
                yield from self._picture(stretch, field.size, x, y)
            x += sum(map(cells, stretch)) * cell

    def _picture(self, text: str, size: int, x: int, y: int) -> Iterator[tuple[int, int, bytes]]:
        picture = self._glyphs.draw(text, wide=size, high=size)
        for top in range(0, picture.height, PINS):
            band = picture.crop((0, top, picture.width, top + PINS))
            yield y + top * UNITS_PER_DOT, x, b"".join(_side_by_side(_columns(band)))


def _units(mm: float) -> int:
    if not math.isfinite(mm):
        raise ValueError("a place on a sheet is a number of millimetres")
    return round(mm * UNITS_PER_MM)


def _begin(length: int) -> tuple[bytes, ...]:
    page = length.to_bytes(2, "little")
    return (
        _INIT,
        _UNIT,
        b"\x1b(C\x02\x00" + page,  # the sheet's length
        b"\x1b(c\x04\x00\x00\x00" + page,  # no margins: places count from the sheet's edge
        _CHINESE,
        _TIGHT,
        _LETTER_QUALITY,
        _HALF_HANZI,
    )


def _at(x: int, y: int) -> bytes:
    """CR, ESC ( V and ESC $: to the place `x`, `y` in units."""
    down = b"\x1b(V\x02\x00" + y.to_bytes(2, "little")
    return _TO_LEFT + down + b"\x1b$" + x.to_bytes(2, "little")


def _side_by_side(columns: bytes) -> Iterator[bytes]:
    """The commands for so many columns; each begins where the last one ended."""
    dots, longest = without_real_time(columns), _MOST_COLUMNS * PINS // 8
    for start in range(0, len(dots), longest):
        part = dots[start : start + longest]
        yield _PICTURE + (len(part) * 8 // PINS).to_bytes(2, "little") + part


def _columns(band: Image.Image) -> bytes:
    """Three bytes a column, the topmost pin the highest bit of the first."""
    ink = band.point(lambda shade: 255 if shade < _INK else 0).convert(
        "1", dither=Image.Dither.NONE
    )
    # rows of the picture on its side, seen from behind, are the columns
    return ink.transpose(Image.Transpose.TRANSPOSE).tobytes()
