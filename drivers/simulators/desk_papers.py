"""The papers that lie on a simulated desk, printed as they are at 8 dots a millimetre. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

DOTS_PER_MM = 8

Pixels = npt.NDArray[np.uint8]
Pen = ImageDraw.ImageDraw

_PAPER, _INK, _SEAL, _COVER = (246, 245, 241), (38, 38, 42), (196, 44, 40), (120, 28, 34)
_LETTERS = "".join(map(chr, (*range(0x4E00, 0x4F80), *range(0x30, 0x3A))))  # hanzi and digits


class Paper(StrEnum):
    """What can be laid on the desk."""

    LETTER = "letter"  # A4, a page of text with a seal
    FORM = "form"  # A4, a table with few words
    CARD = "card"  # of the size of an identity card
    BOOKLET = "booklet"  # one page of a register, 143 mm × 105 mm, tinted


SIZES_MM: Mapping[Paper, tuple[float, float]] = {
    Paper.LETTER: (210, 297),
    Paper.FORM: (210, 297),
    Paper.CARD: (85.6, 54),
    Paper.BOOKLET: (143, 105),
}


class Press:
    """Prints papers with the font in `file`; `index` picks one of a collection (.ttc)."""

    def __init__(self, file: Path, index: int = 0) -> None:
        self._file = file
        self._index = index
        self.printed = lru_cache(maxsize=len(Paper))(self._print)

    def _print(self, paper: Paper) -> Pixels:
        """The paper as rows × columns × 3, blue green red; not to be written to."""
        size = tuple(round(side * DOTS_PER_MM) for side in SIZES_MM[paper])
        sheet = Image.new("RGB", (size[0], size[1]), _PAPER)
        pen = ImageDraw.Draw(sheet)
        draw: Mapping[Paper, Callable[[Pen, int, int], None]] = {
            Paper.LETTER: self._letter,
            Paper.FORM: self._form,
            Paper.CARD: self._card,
            Paper.BOOKLET: self._booklet,
        }
        draw[paper](pen, *sheet.size)
        pixels = np.ascontiguousarray(np.asarray(sheet)[:, :, ::-1])
        pixels.flags.writeable = False
        return pixels

    def _font(self, millimetres: float) -> ImageFont.FreeTypeFont:
        return ImageFont.truetype(
            str(self._file), round(millimetres * DOTS_PER_MM), index=self._index
        )

    def _letter(self, pen: Pen, width: int, height: int) -> None:
        mm = DOTS_PER_MM
        pen.text((width / 2, 30 * mm), _words(0, 6), _INK, self._font(9), anchor="mm")
        for number, top in enumerate(range(50 * mm, height - 70 * mm, 8 * mm)):
            pen.text((22 * mm, top), _words(number, 22 + number % 14), _INK, self._font(4.2))
        box = (width - 75 * mm, height - 70 * mm, width - 33 * mm, height - 28 * mm)
        pen.ellipse(box, outline=_SEAL, width=mm)
        middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
        pen.text(middle, _words(3, 4), _SEAL, self._font(6), anchor="mm")

    def _form(self, pen: Pen, width: int, height: int) -> None:
        mm = DOTS_PER_MM
        pen.text((width / 2, 22 * mm), _words(1, 3), _INK, self._font(8), anchor="mm")
        left, right, top, row = 18 * mm, width - 18 * mm, 36 * mm, 14 * mm
        rows = (height - 2 * top) // row
        for number in range(rows + 1):
            y = top + number * row
            pen.line((left, y, right, y), _INK, 3)
            if number < rows:
                pen.text((left + 2 * mm, y + 4 * mm), _words(number, 6), _INK, self._font(4.5))
        for x in (left, left + 40 * mm, right):
            pen.line((x, top, x, top + rows * row), _INK, 3)

    def _card(self, pen: Pen, width: int, height: int) -> None:
        mm = DOTS_PER_MM
        for number in range(3):
            place = (6 * mm, (7 + 9 * number) * mm)
            pen.text(place, _words(number, 6 + 2 * number), _INK, self._font(3.4))
        pen.rectangle((width - 30 * mm, 8 * mm, width - 7 * mm, 36 * mm), (190, 200, 210), _INK)
        pen.text((6 * mm, height - 9 * mm), _words(7, 18), _INK, self._font(3.4))

    def _booklet(self, pen: Pen, width: int, height: int) -> None:
        mm = DOTS_PER_MM
        pen.rectangle((0, 0, width, height), (226, 236, 224))
        pen.text((width / 2, 9 * mm), _words(5, 9), _COVER, self._font(5), anchor="mm")
        left, right, top, row = 8 * mm, width - 8 * mm, 18 * mm, 9 * mm
        rows = (height - top - 8 * mm) // row
        for number in range(rows + 1):
            y = top + number * row
            pen.line((left, y, right, y), _COVER, 2)
            if number < rows:
                place = (left + 2 * mm, y + 2 * mm)
                pen.text(place, _words(number, 12), _INK, self._font(3.2))
        for x in (left, width // 2, right):
            pen.line((x, top, x, top + rows * row), _COVER, 2)


def _words(seed: int, count: int) -> str:
    """Characters that say nothing, always the same for one seed."""
    return "".join(_LETTERS[(seed * 37 + place * 89) % len(_LETTERS)] for place in range(count))
