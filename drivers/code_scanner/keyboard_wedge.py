"""The driver of a code scanner that plays a keyboard (keyboard wedge).

Its evdev device is grabbed, so that no key reaches the window; without the grab a code shown at
the wrong moment would press buttons. What keys can say and what not: `drivers.code_scanner.keys`.
"""

from __future__ import annotations

from drivers.code_scanner.keys import Keys
from drivers.code_scanner.wire_scanner import ScannerTimes, WireScanner
from drivers.life import BackOff


class KeyboardWedge(WireScanner):
    """A `CodeScanner`. `url` is `evdev:///dev/input/by-id/…-event-kbd`.

    Anything else that pyserial opens will do, if `struct input_event` comes out of it.
    """

    def __init__(
        self,
        url: str,
        *,
        device: str = "code_scanner",
        back_off: BackOff | None = None,
        times: ScannerTimes | None = None,
    ) -> None:
        super().__init__(url, Keys(), device=device, back_off=back_off, times=times)
