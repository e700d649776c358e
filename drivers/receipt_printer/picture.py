"""A print-out as a picture of the paper, and as plain text: for the simulator, tests and docs."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

import segno
from PIL import Image, ImageOps

from drivers.receipt_printer.glyphs import WHITE, Glyphs
from drivers.receipt_printer.interpreter import (
    Advance,
    Cut,
    Interpreter,
    Mark,
    Raster,
    Symbol,
    TextLine,
)
from drivers.receipt_printer.paper import Paper

_MARGIN = 32  # dots of paper around what can be printed on
_LONGEST = 20_000  # dots, 2.5 m: a feed gone wrong shall not eat the memory


def print_outs(data: bytes, paper: Paper) -> list[list[Mark]]:
    """The print-outs in these bytes, each up to its cut; the last may be uncut."""
    outs: list[list[Mark]] = [[]]
    for mark in Interpreter(paper).feed(data):
        outs[-1].append(mark)
        if isinstance(mark, Cut):
            outs.append([])
    return [out for out in outs if out]


def as_text(marks: Iterable[Mark]) -> str:
    """What can be read on the paper; QR codes as payloads in brackets, pictures as sizes."""
    lines = []
    for mark in marks:
        match mark:
            case TextLine():
                lines.append("".join(run.text for run in mark.runs))
            case Symbol():
                lines.append(f"[QR {mark.payload.decode('utf-8', 'replace')}]")
            case Raster():
                lines.append(f"[picture {mark.width_bytes * 8}x{mark.height}]")
    return "\n".join(lines)


def as_picture(marks: Sequence[Mark], paper: Paper, glyphs: Glyphs) -> Image.Image:
    """The paper, one dot a pixel, in shades of grey."""
    strips = [(mark, _strip(mark, paper, glyphs)) for mark in marks]
    height = min(_LONGEST, sum(_dots(mark, strip) for mark, strip in strips) + 2 * _MARGIN)
    sheet = Image.new("L", (paper.dots + 2 * _MARGIN, height), WHITE)
    y = _MARGIN
    for mark, strip in strips:
        if strip is not None:
            align = getattr(mark, "align", 0)
            sheet.paste(strip, (_MARGIN + (paper.dots - strip.width) * align // 2, y))
        y += _dots(mark, strip)
    return sheet


def as_png(marks: Sequence[Mark], paper: Paper, glyphs: Glyphs) -> bytes:
    """The paper as a PNG file."""
    file = io.BytesIO()
    as_picture(marks, paper, glyphs).save(file, "PNG", optimize=True)
    return file.getvalue()


def _dots(mark: Mark, strip: Image.Image | None) -> int:
    if isinstance(mark, TextLine | Advance):
        return mark.dots
    return strip.height if strip is not None else 0


def _strip(mark: Mark, paper: Paper, glyphs: Glyphs) -> Image.Image | None:
    match mark:
        case TextLine(runs=(_, *_)):
            return _text(mark, glyphs)
        case Raster():
            # Beyond the paper's edge a printer prints nothing.
            ink = Image.frombytes("1", (mark.width_bytes * 8, mark.height), mark.data)
            shades = ImageOps.invert(ink.convert("L"))
            return shades.crop((0, 0, min(shades.width, paper.dots), shades.height))
        case Symbol():
            return _code(mark, paper)
    return None


def _text(line: TextLine, glyphs: Glyphs) -> Image.Image:
    rows = [glyphs.draw(run.text, wide=run.wide, high=run.high, bold=run.bold) for run in line.runs]
    strip = Image.new("L", (sum(row.width for row in rows), max(row.height for row in rows)), WHITE)
    x = 0
    for row in rows:
        strip.paste(row, (x, strip.height - row.height))  # characters stand on one base line
        x += row.width
    return strip


def _code(symbol: Symbol, paper: Paper) -> Image.Image | None:
    try:
        code = segno.make_qr(symbol.payload, error=symbol.level, boost_error=False)
    except segno.DataOverflowError:
        return None  # a printer prints nothing for what no QR code can hold
    file = io.BytesIO()
    code.save(file, kind="png", scale=symbol.module, border=0)
    picture = Image.open(file).convert("L")
    return picture if picture.width <= paper.dots else None
