"""The drivers `serial_scanner` and `keyboard_scanner` as the registry finds them."""

from __future__ import annotations

from drivers.driver import Capabilities, Device, Driver, DriverSettings, Equipment
from drivers.kinds import Kind


class SerialScannerSettings(DriverSettings):
    """`url`: a serial port or `socket://host:port`. `ends`: whether CR or LF follows a code."""

    url: str
    baud_rate: int = 9600
    ends: bool = True


class KeyboardScannerSettings(DriverSettings):
    """`url`: `evdev:///dev/input/by-id/…-event-kbd`."""

    url: str


def _make_serial(settings: SerialScannerSettings, equipment: Equipment) -> Device:
    del equipment
    from drivers.code_scanner.serial_line import SerialScanner  # noqa: PLC0415

    return SerialScanner(settings.url, baud_rate=settings.baud_rate, ends=settings.ends)


def _make_keyboard(settings: KeyboardScannerSettings, equipment: Equipment) -> Device:
    del equipment
    from drivers.code_scanner.keyboard_wedge import KeyboardWedge  # noqa: PLC0415

    return KeyboardWedge(settings.url)


def _capabilities(settings: DriverSettings) -> Capabilities:
    # which symbologies a scanner reads is set up in the scanner; it does not say
    del settings
    return {"barcodeReader": {"canFilterSymbologies": False}}


def _answers(settings: DriverSettings) -> bool:
    del settings
    return False


SERIAL_SCANNER = Driver(
    Kind.CODE_SCANNER, SerialScannerSettings, _make_serial, _capabilities, _answers
)
KEYBOARD_SCANNER = Driver(
    Kind.CODE_SCANNER, KeyboardScannerSettings, _make_keyboard, _capabilities, _answers
)
