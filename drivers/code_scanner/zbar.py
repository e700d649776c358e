"""Decoding by zbar: finds some codes that zxing-cpp does not.

pyzbar binds the library. Its `decode` is not used: it raises ValueError for an orientation that it
has no name for and so loses the codes, and it gives text that zbar guessed the encoding of, most
Chinese wrongly. Its `wrapper` gives the bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from ctypes import byref, c_int, string_at
from importlib import import_module
from typing import Any

from pyzbar.locations import convex_hull

from drivers.code_scanner.decoding import EngineError, Image
from drivers.code_scanner.port import Code, Point, Symbology
from drivers.code_scanner.text import text_of

_GREY = int.from_bytes(b"Y800", "little")
_BINARY = b"qrcode.binary"  # zbar 0.23.1 and later: bytes as they are, not as guessed text

# zbar's numbers. Its other kinds are found in noise, or, as PDF417, not whole.
_SYMBOLOGIES: Mapping[int, Symbology] = {
    39: Symbology.CODE_39,
    64: Symbology.QR_CODE,
    128: Symbology.CODE_128,
}

_Handle = Any  # a ctypes pointer to a struct of zbar's


class ZbarEngine:
    """An `Engine`. Raises EngineError at once when zbar is not installed, or is too old."""

    name = "zbar"

    def __init__(self) -> None:
        try:
            # Here and not above: it looks for the library with a process of its own.
            self._zbar: Any = import_module("pyzbar.wrapper")
        except ImportError as error:
            raise EngineError("zbar is missing; install libzbar0") from error
        kind, setting, value = c_int(), c_int(), c_int()
        if self._zbar.zbar_parse_config(_BINARY, byref(kind), byref(setting), byref(value)):
            raise EngineError("zbar cannot give bytes; install libzbar0 0.23.1 or later")
        self._binary = (kind.value, setting.value, value.value)

    def find(self, grey: Image) -> tuple[Code, ...]:
        """The codes in a grey image; raises EngineError."""
        with self._scanner() as scanner, self._image(grey) as image:
            if self._zbar.zbar_scan_image(scanner, image) < 0:
                raise EngineError("the image was refused")
            return tuple(self._codes(image))

    @contextmanager
    def _scanner(self) -> Iterator[_Handle]:
        scanner = self._zbar.zbar_image_scanner_create()
        if not scanner:
            raise EngineError("out of memory")
        try:
            enable = self._zbar.ZBarConfig.CFG_ENABLE
            for kind in self._zbar.ZBarSymbol:
                wanted = kind in _SYMBOLOGIES
                self._zbar.zbar_image_scanner_set_config(scanner, kind, enable, int(wanted))
            self._zbar.zbar_image_scanner_set_config(scanner, *self._binary)
            yield scanner
        finally:
            self._zbar.zbar_image_scanner_destroy(scanner)

    @contextmanager
    def _image(self, grey: Image) -> Iterator[_Handle]:
        image = self._zbar.zbar_image_create()
        if not image:
            raise EngineError("out of memory")
        try:
            rows, columns = grey.shape
            self._zbar.zbar_image_set_format(image, _GREY)
            self._zbar.zbar_image_set_size(image, columns, rows)
            self._zbar.zbar_image_set_data(image, grey.ctypes.data, grey.nbytes, None)
            yield image
        finally:
            self._zbar.zbar_image_destroy(image)

    def _codes(self, image: _Handle) -> Iterator[Code]:
        symbol = self._zbar.zbar_image_first_symbol(image)
        while symbol:
            length = self._zbar.zbar_symbol_get_data_length(symbol)
            text = text_of(string_at(self._zbar.zbar_symbol_get_data(symbol), length))
            kind = _SYMBOLOGIES.get(symbol.contents.type)
            if text is not None and kind is not None:
                yield Code(text, kind, self._outline(symbol))
            symbol = self._zbar.zbar_symbol_next(symbol)

    def _outline(self, symbol: _Handle) -> tuple[Point, ...]:
        points = [
            (
                self._zbar.zbar_symbol_get_loc_x(symbol, place),
                self._zbar.zbar_symbol_get_loc_y(symbol, place),
            )
            for place in range(self._zbar.zbar_symbol_get_loc_size(symbol))
        ]
        return tuple(Point(x, y) for x, y in convex_hull(points)) if points else ()
