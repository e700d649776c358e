"""Decoding by zxing-cpp: the best and fastest on QR codes, the only one with Hanzi mode.

A text spread over several QR codes (structured append) comes as one code for each part: the
binding does not say that they are parts.
"""

from __future__ import annotations

from collections.abc import Mapping

import zxingcpp

from drivers.code_scanner.decoding import EngineError, Image
from drivers.code_scanner.port import Code, Point, Symbology
from drivers.code_scanner.text import is_common, printable, text_of

_SYMBOLOGIES: Mapping[zxingcpp.BarcodeFormat, Symbology] = {
    zxingcpp.BarcodeFormat.QRCode: Symbology.QR_CODE,
    zxingcpp.BarcodeFormat.MicroQRCode: Symbology.MICRO_QR_CODE,
    zxingcpp.BarcodeFormat.DataMatrix: Symbology.DATA_MATRIX,
    zxingcpp.BarcodeFormat.Aztec: Symbology.AZTEC,
    zxingcpp.BarcodeFormat.PDF417: Symbology.PDF417,
    zxingcpp.BarcodeFormat.Code128: Symbology.CODE_128,
    zxingcpp.BarcodeFormat.Code39: Symbology.CODE_39,
}


class ZxingEngine:
    """An `Engine`."""

    name = "zxing-cpp"

    def __init__(self) -> None:
        self._formats = zxingcpp.BarcodeFormats(list(_SYMBOLOGIES))

    def find(self, grey: Image) -> tuple[Code, ...]:
        """The codes in a grey image; raises EngineError."""
        try:
            found = zxingcpp.read_barcodes(grey, formats=self._formats)
        except (ValueError, TypeError, RuntimeError) as error:
            raise EngineError(type(error).__name__) from error
        return tuple(code for barcode in found if (code := _code(barcode)))


def _code(barcode: zxingcpp.Barcode) -> Code | None:
    text = _text(barcode)
    if text is None:
        return None
    place = barcode.position
    corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    return Code(
        text,
        _SYMBOLOGIES.get(barcode.format, Symbology.UNKNOWN),
        tuple(Point(corner.x, corner.y) for corner in corners),
    )


def _text(barcode: zxingcpp.Barcode) -> str | None:
    """Its bytes read as ours, for zxing takes GB 18030 that is not declared for Japanese.

    Its own text stands where it alone is common Chinese, or where the bytes are none for us: a
    code that declares another encoding, or is in Kanji mode.
    """
    ours = text_of(barcode.bytes)
    theirs = barcode.text if printable(barcode.text) else None
    if ours is None or (theirs is not None and is_common(theirs) and not is_common(ours)):
        return theirs
    return ours
