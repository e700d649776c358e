"""Characters drawn by a font of ours in a printer's cells: for what it has no glyph for, and to
show what a printer would print.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from drivers.receipt_printer.characters import cells
from drivers.receipt_printer.paper import CELL_DOTS, HEIGHT_DOTS

WHITE = 255
BLACK = 0
# Shares of the height. Latin letters reach from 0.98 em above their base line (Å) to 0.28 em below
# it (|), hanzi from 0.86 to 0.10: on one base line either would be cut off or small, so Latin
# letters stand a little higher, as in printers' own fonts.
_HANZI_SIZE, _HANZI_BASELINE = 1.0, 0.86
_LATIN_SIZE, _LATIN_BASELINE = 0.79, 0.78


class Glyphs:
    """Draws with the font in `file`; `index` picks one of a collection (.ttc).

    Raises OSError when the file is no font that can be read.
    """

    def __init__(self, file: Path, index: int = 0) -> None:
        self._file = file
        self._index = index
        self._font = lru_cache(maxsize=8)(self._load)
        self._font(HEIGHT_DOTS)

    def draw(self, text: str, *, wide: int = 1, high: int = 1, bold: bool = False) -> Image.Image:
        """The text as one row of cells, black on white, `wide` and `high` times as large."""
        heights = HEIGHT_DOTS * high
        natural = CELL_DOTS * high  # a cell's width before stretching
        row = Image.new("L", (sum(map(cells, text)) * natural, heights), WHITE)
        pen = ImageDraw.Draw(row)
        x = 0
        for character in text:
            room = cells(character) * natural
            hanzi = room > natural
            size = round(heights * (_HANZI_SIZE if hanzi else _LATIN_SIZE))
            baseline = heights * (_HANZI_BASELINE if hanzi else _LATIN_BASELINE)
            pen.text(
                (x + room / 2, baseline),
                character,
                font=self._font(size),
                fill=BLACK,
                anchor="ms",
                stroke_width=0.4 * high if bold else 0,
            )
            x += room
        if wide != high:
            row = row.resize((row.width * wide // high, heights))
        return row

    def _load(self, size: int) -> ImageFont.FreeTypeFont:
        return ImageFont.truetype(str(self._file), size, index=self._index)
