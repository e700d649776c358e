"""What the rest of the program knows of a receipt printer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from drivers.receipt_printer.slip import Slip
from drivers.self_test import SELF_TEST_S, SelfTestReport
from drivers.status import DeviceStatus, StatusChanged


class JobEnd(StrEnum):
    """What is known of a job when the driver lets it go. Sent is not printed."""

    SENT = "sent"  # all bytes went out, then the printer answered: paper there, no error
    UNKNOWN = "unknown"  # all bytes went out, then the printer said nothing or the wire broke
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    FAILED = "failed"  # not all bytes went out, the cutter jammed, or there was no printer
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class JobEnded:
    """The end of one job; told exactly once for every job accepted."""

    job: str
    end: JobEnd
    bytes_sent: int


PrinterEvent = JobEnded | StatusChanged


class ReceiptPrinter(Protocol):
    """One owner thread; events come on that thread, in order, one at a time."""

    def start(self, on_event: Callable[[PrinterEvent], None]) -> None:
        """Begin; returns at once."""

    def print(self, job: str, slip: Slip) -> None:
        """Queue a job; returns at once. Its end comes as JobEnded within 30 s."""

    def cancel(self, job: str) -> None:
        """Give up a job that has not begun; one that has begun goes on to its end."""

    def self_test(
        self, within_s: float = SELF_TEST_S, given_up: Callable[[], bool] = lambda: False
    ) -> SelfTestReport:
        """See `drivers.self_test.SelfTesting`: how the printer is; prints nothing."""

    def status(self) -> DeviceStatus:
        """The last known status."""

    def stop(self) -> None:
        """End the thread and close the port; returns when both are done (at most 2 s)."""
