"""The driver `framed_scanner` as the registry finds it; what speaks to the device is imported late.

[devices.code_scanner]
driver = "framed_scanner"
url = "/dev/ttyACM0"
"""

from __future__ import annotations

from drivers.driver import Capabilities, Device, Driver, DriverSettings, Equipment
from drivers.kinds import Kind


class FramedScannerSettings(DriverSettings):
    """`url`: a serial port or `socket://host:port`."""

    url: str
    baud_rate: int = 9600


def _make(settings: FramedScannerSettings, equipment: Equipment) -> Device:
    del equipment
    from framed_scanner_stream import Frames  # noqa: PLC0415

    from drivers.code_scanner.wire_scanner import WireScanner  # noqa: PLC0415

    return WireScanner(settings.url, Frames(), baud_rate=settings.baud_rate)


def _capabilities(settings: FramedScannerSettings) -> Capabilities:
    del settings
    return {"barcodeReader": {"canFilterSymbologies": False}}


FRAMED_SCANNER = Driver(Kind.CODE_SCANNER, FramedScannerSettings, _make, _capabilities)
