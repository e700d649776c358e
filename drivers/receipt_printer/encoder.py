"""A slip as the ESC/POS bytes of a job.

python-escpos makes the commands. Chinese is ours: the printer is put into its double-byte mode
(`FS &`) and given GB 18030; a line with a character that printers lack goes as a picture.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import segno
from PIL import Image

from drivers.receipt_printer.characters import ENCODING, clean, is_native, width
from drivers.receipt_printer.glyphs import Glyphs
from drivers.receipt_printer.lines import pair, wrap
from drivers.receipt_printer.paper import CELL_DOTS, HEIGHT_DOTS, SPACING_DOTS, Paper
from drivers.receipt_printer.real_time import without_real_time
from drivers.receipt_printer.slip import Align, Feed, Line, Pair, QrCode, Rule, Slip, Text

if TYPE_CHECKING:
    from escpos.printer import Dummy

_CHINESE_ON = b"\x1c&"  # FS &
_RASTER = b"\x1dv0\x00"  # GS v 0, normal density
_BELOW_QR = b"\x1bJ\x10"  # ESC J: 16 dots of white, so that the caption does not touch the code
_BAND = HEIGHT_DOTS + SPACING_DOTS  # rows of one GS v 0: what breaks off is soon padded out
_RASTER_HEADER = 8
_INK = 128  # darker than this is black
_LARGEST_SCALE = 3
_LONGEST_PAYLOAD = 300  # bytes; more makes modules too small for a phone to read
_LONGEST_QR = 8 + _LONGEST_PAYLOAD  # GS ( k with it
_LONGEST_FEED = 255
_QR_LEVEL_M = 1
_QR_SHARE = 0.6  # of the paper's width
_QR_QUIET = 8  # modules of white that a reader wants, both sides together
_LARGEST_MODULE = 8


@dataclass(frozen=True)
class _Style:
    align: Align = Align.LEFT
    bold: bool = False
    scale: int = 1


class SlipEncoder:
    """Encodes for one paper; `glyphs` draw the lines that the printer cannot."""

    def __init__(self, paper: Paper, glyphs: Glyphs) -> None:
        self._paper = paper
        self._glyphs = glyphs

    def encode(self, slip: Slip) -> bytes:
        """The whole job, cut at the end.

        Raises ValueError for a scale outside 1 to 3, and for a QR code without payload or with
        more than 300 bytes; its message says nothing of the slip's text.
        """
        job = _Job(self._paper, self._glyphs)
        for line in slip.lines:
            self._line(job, line)
        return job.cut()

    def fresh_start(self, *, cut: bool) -> bytes:
        """Ends whatever a job broken off has left, so that the next slip comes out whole.

        NUL completes the command that the printer may wait to have whole, which would else eat
        the next slip; in text it does nothing. Then all is set back, and with `cut` what is on
        paper is cut off.
        """
        longest = max(_RASTER_HEADER + self._paper.dots // 8 * _BAND, _LONGEST_QR)
        job = _Job(self._paper, self._glyphs)
        return b"\x00" * longest + (job.cut() if cut else job.begun())

    def _line(self, job: _Job, line: Line) -> None:
        match line:
            case Text():
                if not 1 <= line.scale <= _LARGEST_SCALE:
                    raise ValueError(f"a text's scale is 1 to {_LARGEST_SCALE}, not {line.scale}")
                style = _Style(line.align, line.bold, line.scale)
                for part in wrap(clean(line.text), self._paper.cells // line.scale):
                    job.text(part, style)
            case Pair():
                for part in pair(clean(line.label), clean(line.value), self._paper.cells):
                    job.text(part, _Style(bold=line.bold))
            case Rule():
                job.text("─" * (self._paper.cells // 2), _Style())
            case Feed():
                job.feed(line.lines)
            case QrCode():
                job.qr_code(line.payload)
                for part in wrap(clean(line.caption), self._paper.cells) if line.caption else ():
                    job.text(part, _Style(Align.CENTRE))


class _Job:
    """The bytes so far, and the style that the printer is in."""

    def __init__(self, paper: Paper, glyphs: Glyphs) -> None:
        # Here and not above: importing escpos reads its printer database and makes a folder.
        from escpos.printer import Dummy  # noqa: PLC0415

        self._paper = paper
        self._glyphs = glyphs
        self._printer: Dummy = Dummy()
        self._printer.hw("INIT")
        self._printer._raw(_CHINESE_ON)  # bytes of our own
        self._style: _Style | None = None

    def text(self, text: str, style: _Style) -> None:
        self._set(style)
        if all(map(is_native, text)):
            self._printer._raw(text.encode(ENCODING) + b"\n")
        else:
            self._picture(self._drawn(text, style))

    def feed(self, lines: int) -> None:
        for left in range(lines, 0, -_LONGEST_FEED):
            self._printer.print_and_feed(min(left, _LONGEST_FEED))

    def qr_code(self, payload: str) -> None:
        if not 0 < len(payload.encode()) <= _LONGEST_PAYLOAD:
            raise ValueError(f"a QR code's payload has 1 to {_LONGEST_PAYLOAD} bytes")
        modules = segno.make_qr(payload, error="m", encoding="utf-8").symbol_size(border=0)[0]
        size = int(self._paper.dots * _QR_SHARE) // (modules + _QR_QUIET)
        self._set(_Style(Align.CENTRE))
        self._printer.qr(
            payload, ec=_QR_LEVEL_M, size=max(2, min(_LARGEST_MODULE, size)), native=True
        )
        self._printer._raw(_BELOW_QR)

    def begun(self) -> bytes:
        return bytes(self._printer.output)

    def cut(self) -> bytes:
        self._printer.cut()
        return bytes(self._printer.output)

    def _set(self, style: _Style) -> None:
        if style == self._style:
            return
        self._style = style
        self._printer.set(
            align="center" if style.align is Align.CENTRE else "left",
            bold=style.bold,
            custom_size=True,
            width=style.scale,
            height=style.scale,
        )
        self._printer.line_spacing(_line_dots(style), divisor=180)

    def _drawn(self, text: str, style: _Style) -> Image.Image:
        row = self._glyphs.draw(text, wide=style.scale, high=style.scale, bold=style.bold)
        size = (width(text) * CELL_DOTS * style.scale, _line_dots(style))
        line = Image.new("L", size, 255)
        line.paste(row, (0, 0))
        return line

    def _picture(self, picture: Image.Image) -> None:
        # python-escpos's image() prints a remark to stdout for a profile without pixel width
        ink = picture.point(lambda shade: 255 if shade < _INK else 0).convert(
            "1", dither=Image.Dither.NONE
        )
        row_bytes = (ink.width + 7) // 8
        dots = without_real_time(ink.tobytes())
        for top in range(0, ink.height, _BAND):
            rows = dots[top * row_bytes : (top + _BAND) * row_bytes]
            height = len(rows) // row_bytes
            size = row_bytes.to_bytes(2, "little") + height.to_bytes(2, "little")
            self._printer._raw(_RASTER + size + rows)


def _line_dots(style: _Style) -> int:
    return HEIGHT_DOTS * style.scale + SPACING_DOTS
