"""What code scanners, keypads and signal boards say, and pictures of codes."""

from __future__ import annotations

from functools import partial

import numpy as np
import segno
from evdev import ecodes

from drivers.code_scanner.decoding import Engine
from drivers.code_scanner.keys import Keys
from drivers.code_scanner.lines import LONGEST, Lines, Outcome, Stream
from drivers.code_scanner.port import CodeScanned
from drivers.code_scanner.text import printable
from drivers.code_scanner.zbar import ZbarEngine
from drivers.code_scanner.zxing import ZxingEngine
from drivers.input_event import EVENT
from drivers.nav_keypad.driver import KEYBOARD
from drivers.nav_keypad.layout import Layout
from drivers.nav_keypad.presses import Presses
from drivers.signals import lines as board
from drivers.signals.port import LightState, Power, PowerSource
from drivers.simulators.code_scanner import typed, typed_end
from tests.drivers.outside_bytes.feeding import Life, Subject

_PICTURE = (58, 58)  # rows, columns: a QR code of version 1, two pixels a module
_TEXTS = ("yici:case:430100202611220001234", "长沙市样例街道", "一")


def _checked(outcomes: list[Outcome]) -> None:
    for outcome in outcomes:
        if isinstance(outcome, CodeScanned):
            assert 0 < len(outcome.code.text) <= LONGEST
            assert printable(outcome.code.text)


def _stream(stream: Stream) -> Life:
    return Life(
        lambda piece: _checked(stream.feed(piece)), stream, lambda: _checked(stream.give_up())
    )


def _scanner(*, ends: bool) -> Life:
    return _stream(Lines(ends=ends))


def _wedge() -> Life:
    return _stream(Keys())


def _keypad() -> Life:
    presses = Presses(Layout.of(KEYBOARD), 0.04)
    return Life(presses.feed, presses, presses.reset)


def _board() -> Life:
    decoder = board.LineDecoder()
    return Life(decoder.feed, decoder)


def _moves() -> list[bytes]:
    codes = [ecodes.KEY_UP, ecodes.KEY_ENTER, ecodes.KEY_VOLUMEUP]
    syn = EVENT.pack(1, 2, ecodes.EV_SYN, ecodes.SYN_REPORT, 0)
    keys = [
        EVENT.pack(1, 1, ecodes.EV_KEY, code, value) + syn for code in codes for value in (0, 1)
    ]
    jack = EVENT.pack(1, 1, ecodes.EV_SW, ecodes.SW_HEADPHONE_INSERT, 1) + syn
    return [*keys, jack, EVENT.pack(1, 1, ecodes.EV_SYN, ecodes.SYN_DROPPED, 0)]


def _board_lines() -> list[bytes]:
    told = (
        board.StateAsked(7),
        board.Door(True),
        board.Presence(False),
        board.Ups(Power(PowerSource.BATTERY, 83)),
        board.Light("reader", LightState.BLINK),
        board.NoLight("reader"),
        board.Done(7),
    )
    return [board.encode(message) for message in told]


def _pictures() -> list[bytes]:
    """QR codes as they lie under a camera, row by row."""
    pictures = []
    for text in ("YICI:1", "长沙", b"\xff\xfe\0"):
        data = text.encode("gb18030") if isinstance(text, str) else text
        code = segno.make_qr(data, version=1, error="l")
        modules = np.array(list(code.matrix_iter(border=4)), np.uint8)
        dark = np.where(modules == 0, 255, 0).astype(np.uint8)
        pictures.append(np.kron(dark, np.ones((2, 2), np.uint8)).tobytes())
    return pictures


def _engine(make: type[ZxingEngine] | type[ZbarEngine]) -> Life:
    engine: Engine = make()

    def feed(raw: bytes) -> None:
        rows, columns = _PICTURE
        filled = raw[: rows * columns].ljust(rows * columns, b"\xff")
        for code in engine.find(np.frombuffer(filled, np.uint8).reshape(_PICTURE)):
            assert printable(code.text)

    return Life(feed)


def _codes_of_scanners() -> list[bytes]:
    codes = [text.encode(encoding) for text in _TEXTS for encoding in ("utf-8", "gb18030")]
    return [code + end for code in codes for end in (b"\r", b"\n", b"\r\n")]


SUBJECTS = (
    Subject("scanner lines", _codes_of_scanners, partial(_scanner, ends=True), most_kept=4500),
    Subject(
        "scanner lines without ends",
        _codes_of_scanners,
        partial(_scanner, ends=False),
        most_kept=4500,
    ),
    Subject(
        "keyboard scanner",
        lambda: [typed(text) + typed_end() for text in _TEXTS],
        _wedge,
        most_kept=40_000,  # 4,096 characters, each pickled apart, and 767 keys at most
    ),
    Subject("keypad", _moves, _keypad, most_kept=4000),
    Subject("signal board", _board_lines, _board, most_kept=300),
    Subject("zxing-cpp", _pictures, partial(_engine, ZxingEngine)),
    Subject("zbar", _pictures, partial(_engine, ZbarEngine)),
)
