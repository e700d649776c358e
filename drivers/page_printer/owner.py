"""The thread that owns a printer on the network: the common life, with a link for a wire."""

from __future__ import annotations

from typing import cast

from drivers.life import BackOff, Happening
from drivers.owner import DeviceOwner, Duty
from drivers.page_printer.link import Address, IppLink, NotReached
from drivers.page_printer.port import SheetPrinterEvent
from drivers.wire import Stopped, Wire


class LinkOwner(DeviceOwner[SheetPrinterEvent]):
    """Runs a duty that is given an IppLink wherever a `Duty` names a Wire."""

    def __init__(self, device: str, address: Address, reach_s: float, back_off: BackOff) -> None:
        super().__init__(device, address.uri, 0, back_off)
        self._address = address
        self._reach_s = reach_s

    def rest(self, seconds: float) -> None:
        """Wait for the bell or so long; raises Stopped when the thread is to end."""
        if not self.stopped:
            self._bell.wait(seconds)
        if self.stopped:
            raise Stopped

    def _live_once(self, duty: Duty) -> None:
        with IppLink(self._address, lambda: self.stopped) as link:
            try:
                link.reach(self._reach_s)
            except NotReached as error:
                self._lose(Happening.PORT_MISSING, str(error))
                return
            except Stopped:
                return
            self._happen(Happening.PORT_OPENED)
            fault = self._fault_after_serving(duty, cast(Wire, link))
            duty.lost()
            if fault is None:
                return
            self._lose(Happening.FAILED, fault)
        self._happen(Happening.PORT_CLOSED, fault)
