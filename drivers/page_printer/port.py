"""What the rest of the program knows of printers of sheets.

Three facts of a job are kept apart: it was sent, the printer reported it done, somebody took the
sheet. No printer reports the third; it is unknown until somebody says so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from drivers.page_printer.document import Document
from drivers.page_printer.form import FormLayout
from drivers.self_test import SELF_TEST_S, SelfTestReport
from drivers.status import DeviceStatus, StatusChanged


class JobEnd(StrEnum):
    """What is known of a job when the driver lets it go."""

    REPORTED_DONE = "reported_done"  # the printer says so; nobody has seen the sheet
    SENT = "sent"  # it all went out to a printer that does not report jobs
    UNKNOWN = "unknown"  # it may be on paper, or may still come: the printer was lost or silent
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    JAMMED = "jammed"
    REFUSED = "refused"  # not a document that this printer prints
    TIMED_OUT = "timed_out"  # the printer never came to an end, and has given the job up
    FAILED = "failed"  # the printer gave it up, or there was no printer
    CANCELLED = "cancelled"


class MarkerState(StrEnum):
    """Toner, ink or ribbon, in XFS4IoT's words."""

    UNKNOWN = "unknown"
    FULL = "full"
    LOW = "low"
    OUT = "out"


@dataclass(frozen=True)
class JobSent:
    """The printer has the whole job. Told at most once, before JobEnded."""

    job: str


@dataclass(frozen=True)
class JobEnded:
    """The end of one job; told exactly once for every job accepted.

    `sheets`: how many sides the printer says it has printed, None when it says nothing.
    """

    job: str
    end: JobEnd
    sent: bool
    sheets: int | None = None


@dataclass(frozen=True)
class JobTaken:
    """A tray sensor, the citizen or staff said whether the sheet was taken."""

    job: str
    taken: bool


@dataclass(frozen=True)
class MarkerChanged:
    """Toner, ink or ribbon is otherwise than before."""

    marker: MarkerState


@dataclass(frozen=True)
class JobRecord:
    """What is known of a job now. `end` is None while it goes on, `taken` while nobody said."""

    sent: bool = False
    end: JobEnd | None = None
    taken: bool | None = None


SheetPrinterEvent = JobSent | JobEnded | JobTaken | MarkerChanged | StatusChanged


class _SheetPrinter(Protocol):
    """One owner thread; events come on that thread, in order, one at a time."""

    def start(self, on_event: Callable[[SheetPrinterEvent], None]) -> None:
        """Begin; returns at once."""

    def cancel(self, job: str) -> None:
        """Give a job up, waiting or begun; what the printer makes of it, JobEnded tells."""

    def tell_taken(self, job: str, taken: bool) -> None:
        """Say whether the sheet was taken; KeyError for a job not among the latest."""

    def record(self, job: str) -> JobRecord:
        """What is known of one of the latest jobs; KeyError for another."""

    def marker(self) -> MarkerState:
        """The last known state of toner, ink or ribbon."""

    def self_test(
        self, within_s: float = SELF_TEST_S, given_up: Callable[[], bool] = lambda: False
    ) -> SelfTestReport:
        """See `drivers.self_test.SelfTesting`: how the printer is; prints nothing."""

    def status(self) -> DeviceStatus:
        """The last known status."""

    def stop(self) -> None:
        """End the thread and close the port; returns when both are done (at most 2 s)."""


class PagePrinter(_SheetPrinter, Protocol):
    """Prints whole documents on blank sheets."""

    def print(self, job: str, document: Document) -> None:
        """Queue a job; returns at once. Its end comes as JobEnded within 6 minutes."""


class FormPrinter(_SheetPrinter, Protocol):
    """Prints texts at given places of a pre-printed form."""

    def print(self, job: str, layout: FormLayout) -> None:
        """Queue a job; returns at once. Its end comes as JobEnded within 2 minutes.

        The layout must fit its sheet: a job whose layout does not ends as REFUSED.
        """
