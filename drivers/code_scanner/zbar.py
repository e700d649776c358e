"""Decoding by zbar: finds some codes that zxing-cpp does not.

pyzbar binds the library. Its `decode` is not used: it raises ValueError for an orientation that it
has no name for and so loses the codes, and it gives text that zbar guessed the encoding of, most
Chinese wrongly. Its `wrapper` gives the bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from ctypes import byref, c_int, string_at
from typing import Any

from pyzbar import wrapper
from pyzbar.locations import convex_hull
from pyzbar.wrapper import ZBarConfig, ZBarSymbol

from drivers.code_scanner.decoding import EngineError, Image
from drivers.code_scanner.port import Code, Point, Symbology
from drivers.code_scanner.text import text_of

_GREY = int.from_bytes(b"Y800", "little")
_BINARY = b"qrcode.binary"  # zbar 0.23.1 and later: bytes as they are, not as guessed text

# Its other kinds are found in noise, or, as PDF417, not whole.
_SYMBOLOGIES: Mapping[int, Symbology] = {
    ZBarSymbol.QRCODE: Symbology.QR_CODE,
    ZBarSymbol.CODE128: Symbology.CODE_128,
    ZBarSymbol.CODE39: Symbology.CODE_39,
}

_Handle = Any  # a ctypes pointer to a struct of zbar's


class ZbarEngine:
    """An `Engine`. Raises EngineError at once when the installed zbar is too old."""

    name = "zbar"

    def __init__(self) -> None:
        kind, setting, value = c_int(), c_int(), c_int()
        if wrapper.zbar_parse_config(_BINARY, byref(kind), byref(setting), byref(value)):
            raise EngineError("zbar cannot give bytes; install libzbar0 0.23.1 or later")
        self._binary = (kind.value, setting.value, value.value)

    def find(self, grey: Image) -> tuple[Code, ...]:
        """The codes in a grey image; raises EngineError."""
        with self._scanner() as scanner, _image(grey) as image:
            if wrapper.zbar_scan_image(scanner, image) < 0:
                raise EngineError("the image was refused")
            return tuple(_codes(image))

    @contextmanager
    def _scanner(self) -> Iterator[_Handle]:
        scanner = wrapper.zbar_image_scanner_create()
        if not scanner:
            raise EngineError("out of memory")
        try:
            for kind in ZBarSymbol:
                wanted = kind in _SYMBOLOGIES
                wrapper.zbar_image_scanner_set_config(
                    scanner, kind, ZBarConfig.CFG_ENABLE, int(wanted)
                )
            wrapper.zbar_image_scanner_set_config(scanner, *self._binary)
            yield scanner
        finally:
            wrapper.zbar_image_scanner_destroy(scanner)


@contextmanager
def _image(grey: Image) -> Iterator[_Handle]:
    image = wrapper.zbar_image_create()
    if not image:
        raise EngineError("out of memory")
    try:
        wrapper.zbar_image_set_format(image, _GREY)
        wrapper.zbar_image_set_size(image, grey.shape[1], grey.shape[0])
        wrapper.zbar_image_set_data(image, grey.ctypes.data, grey.nbytes, None)
        yield image
    finally:
        wrapper.zbar_image_destroy(image)


def _codes(image: _Handle) -> Iterator[Code]:
    symbol = wrapper.zbar_image_first_symbol(image)
    while symbol:
        length = wrapper.zbar_symbol_get_data_length(symbol)
        text = text_of(string_at(wrapper.zbar_symbol_get_data(symbol), length))
        kind = _SYMBOLOGIES.get(symbol.contents.type)
        if text is not None and kind is not None:
            yield Code(text, kind, _outline(symbol))
        symbol = wrapper.zbar_symbol_next(symbol)


def _outline(symbol: _Handle) -> tuple[Point, ...]:
    points = [
        (wrapper.zbar_symbol_get_loc_x(symbol, n), wrapper.zbar_symbol_get_loc_y(symbol, n))
        for n in range(wrapper.zbar_symbol_get_loc_size(symbol))
    ]
    return tuple(Point(x, y) for x, y in convex_hull(points)) if points else ()
