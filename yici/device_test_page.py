"""The test page of a printer: a receipt's slip, or a PDF of one sheet. Never on numbered stock."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

from PIL import Image

from drivers.page_printer.document import Document
from drivers.receipt_printer.glyphs import WHITE, Glyphs
from drivers.receipt_printer.slip import Align, Pair, QrCode, Rule, Slip, Text

CHARACTERS = "一件事一次办 ，。（） 𠮷 㙍 ABC 0123"  # common, punctuation, and beyond the code page
_PAYLOAD = "yici:test-page"
_DPI = 200
_A4_MM = (210, 297)
_MARGIN_MM = 20
_LINE_MM = 12


def slip(title: str, facts: Mapping[str, str], closing: str) -> Slip:
    """The page for a receipt printer: everything that a receipt uses."""
    return Slip(
        (
            Text(title, Align.CENTRE, bold=True, scale=2),
            Rule(),
            *(Pair(label, value) for label, value in facts.items()),
            Text(CHARACTERS),
            QrCode(_PAYLOAD, _PAYLOAD),
            Text(closing),
        )
    )


def document(title: str, facts: Mapping[str, str], closing: str, font: Path) -> Document:
    """The page for a page printer: a frame at 20 mm from each edge shows what is cut off."""
    glyphs = Glyphs(font)
    sheet = Image.new("L", (_dots(_A4_MM[0]), _dots(_A4_MM[1])), WHITE)
    margin = _dots(_MARGIN_MM)
    frame = (margin, margin, sheet.width - margin, sheet.height - margin)
    sheet.paste(0, frame)
    sheet.paste(WHITE, (frame[0] + 2, frame[1] + 2, frame[2] - 2, frame[3] - 2))
    lines = [*(f"{label}  {value}" for label, value in facts.items()), CHARACTERS, closing]
    sheet.paste(glyphs.draw(title, wide=3, high=3), (2 * margin, 2 * margin))
    for place, line in enumerate(lines, 2):
        sheet.paste(glyphs.draw(line, wide=1, high=1), (2 * margin, 2 * margin + _line(place)))
    with io.BytesIO() as file:
        sheet.save(file, "PDF", resolution=_DPI)
        return Document(file.getvalue())


def _dots(mm: float) -> int:
    return round(mm * _DPI / 25.4)


def _line(place: int) -> int:
    return place * _dots(_LINE_MM)
