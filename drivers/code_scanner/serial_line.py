"""The driver of a code scanner on a serial line, on USB as one (CDC), or over TCP."""

from __future__ import annotations

from drivers.code_scanner.lines import Lines
from drivers.code_scanner.wire_scanner import BAUD_RATE, ScannerTimes, WireScanner
from drivers.life import BackOff
from drivers.serial_settings import FlowControl


class SerialScanner(WireScanner):
    """A `CodeScanner`. `url` is a device path or `socket://host:port`.

    `ends` False is for a scanner set up to send neither CR nor LF after a code.
    """

    def __init__(
        self,
        url: str,
        *,
        device: str = "code_scanner",
        baud_rate: int = BAUD_RATE,
        flow_control: FlowControl = FlowControl.NONE,
        ends: bool = True,
        back_off: BackOff | None = None,
        times: ScannerTimes | None = None,
    ) -> None:
        super().__init__(
            url,
            Lines(ends=ends),
            device=device,
            baud_rate=baud_rate,
            flow_control=flow_control,
            back_off=back_off,
            times=times,
        )
