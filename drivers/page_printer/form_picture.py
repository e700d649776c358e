"""What stands on a sheet as a picture of it: for the simulator, tests and documents."""

from __future__ import annotations

import io
from collections.abc import Iterable

from PIL import Image, ImageChops, ImageOps

from drivers.page_printer.esc_p2_interpreter import PrintedPicture, PrintedText, Trace
from drivers.page_printer.form_encoder import PINS
from drivers.receipt_printer.glyphs import WHITE, Glyphs

PER_INCH = 180
_LONGEST = 4000  # dots, 56 cm: a page length gone wrong shall not eat the memory


def as_picture(
    traces: Iterable[Trace], width_mm: float, height_mm: float, glyphs: Glyphs
) -> Image.Image:
    """The sheet, 180 pixels an inch, in shades of grey; what lies beside it is not there."""
    size = (min(_LONGEST, _dots(width_mm)), min(_LONGEST, _dots(height_mm)))
    sheet = Image.new("L", size, WHITE)
    for trace in traces:
        match trace:
            case PrintedText():
                _lay(sheet, glyphs.draw(trace.text), trace.x_mm, trace.y_mm)
            case PrintedPicture():
                _lay(sheet, _pins(trace), trace.x_mm, trace.y_mm)
    return sheet


def as_png(traces: Iterable[Trace], width_mm: float, height_mm: float, glyphs: Glyphs) -> bytes:
    """The sheet as a PNG file."""
    file = io.BytesIO()
    as_picture(traces, width_mm, height_mm, glyphs).save(file, "PNG", optimize=True)
    return file.getvalue()


def _dots(mm: float) -> int:
    return round(mm * PER_INCH / 25.4)


def _pins(trace: PrintedPicture) -> Image.Image:
    count = len(trace.columns) // (PINS // 8)
    on_its_side = Image.frombytes("1", (PINS, count), trace.columns).convert("L")
    upright = ImageOps.invert(on_its_side.transpose(Image.Transpose.TRANSPOSE))
    return upright.resize((max(1, count * PER_INCH // trace.per_inch), PINS))


def _lay(sheet: Image.Image, picture: Image.Image, x_mm: float, y_mm: float) -> None:
    """Ink on ink stays ink."""
    place = (_dots(x_mm), _dots(y_mm))
    box = (*place, place[0] + picture.width, place[1] + picture.height)
    sheet.paste(ImageChops.darker(sheet.crop(box), picture), place)
