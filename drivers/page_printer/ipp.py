"""The driver of a page printer that speaks IPP (RFC 8010, RFC 8011).

A document is sent once and then asked after until the printer says that it is done. A job whose
answer was lost is looked for by its name when the printer is back. What the printer holds and
cannot print is cancelled there, so that no citizen's sheet comes out before another.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from drivers.life import BackOff
from drivers.page_printer.carrying import Carrying, PagePrinterTimes
from drivers.page_printer.document import Document
from drivers.page_printer.jobs import JobBook
from drivers.page_printer.link import Address
from drivers.page_printer.owner import IppOwner
from drivers.page_printer.port import JobRecord, MarkerState, SheetPrinterEvent
from drivers.self_test import SELF_TEST_S, SelfTestReport
from drivers.status import DeviceStatus


class IppPagePrinter:
    """A `PagePrinter`."""

    def __init__(
        self,
        address: Address,
        *,
        device: str = "page_printer",
        back_off: BackOff | None = None,
        times: PagePrinterTimes | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        times = times or PagePrinterTimes()
        self._owner = IppOwner(device, address, times.reach, back_off or BackOff())
        self._book: JobBook[Document] = JobBook(self._owner.tell, times.patience, clock)
        self._duty = Carrying(self._owner, self._book, times, clock)

    def start(self, on_event: Callable[[SheetPrinterEvent], None]) -> None:
        """Begin; returns at once. RuntimeError when begun before."""
        self._owner.start(self._duty, on_event)

    def print(self, job: str, document: Document) -> None:
        """Queue a job; returns at once. RuntimeError after stop(): nobody could end it."""
        if self._owner.stopped:
            raise RuntimeError("the printer is stopped; no job can be taken")
        self._book.add(job, document)
        self._owner.wake()

    def cancel(self, job: str) -> None:
        """Give a job up, waiting or begun; what the printer makes of it, JobEnded tells."""
        self._book.cancel(job)
        self._owner.wake()

    def tell_taken(self, job: str, taken: bool) -> None:
        """Say whether the sheet was taken; KeyError for a job not among the latest."""
        self._book.tell_taken(job, taken)
        self._owner.wake()

    def record(self, job: str) -> JobRecord:
        """What is known of one of the latest jobs; KeyError for another."""
        return self._book.record(job)

    def marker(self) -> MarkerState:
        """The last known state of toner or ink."""
        return self._duty.marker

    def self_test(
        self, within_s: float = SELF_TEST_S, given_up: Callable[[], bool] = lambda: False
    ) -> SelfTestReport:
        """How the printer says it is; prints nothing. See `SelfTesting`."""
        return self._owner.self_test(within_s, given_up)

    def status(self) -> DeviceStatus:
        """The last known status."""
        return self._owner.status()

    def stop(self) -> None:
        """End the thread; jobs not begun are cancelled, one begun is unknown (at most 2 s)."""
        self._owner.stop()
