"""The thread that owns a printer on the network: the common life, with a link for a wire."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from drivers.life import BackOff
from drivers.owner import LinkOwner
from drivers.page_printer.link import Address, IppLink
from drivers.page_printer.port import SheetPrinterEvent


class IppOwner(LinkOwner[IppLink, SheetPrinterEvent]):
    """A printer is there when something listens at its address within `reach_s`."""

    def __init__(self, device: str, address: Address, reach_s: float, back_off: BackOff) -> None:
        @contextmanager
        def reached(stopping: Callable[[], bool]) -> Iterator[IppLink]:
            with IppLink(address, stopping) as link:
                link.reach(reach_s)
                yield link

        super().__init__(device, reached, back_off)
