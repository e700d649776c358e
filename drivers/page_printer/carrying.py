"""What a page printer's thread does: carries one document at a time to its end, over IPP.

The rules of a job that goes wrong are here: what is tried again, how long a printer has for what,
and when a job is taken back from it.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

import structlog
from pyipp.enums import IppJobState, IppStatus

from drivers.life import BackOff
from drivers.owner import DeviceFault
from drivers.page_printer import operations
from drivers.page_printer.answers import JobReport, PrinterReport
from drivers.page_printer.document import Document
from drivers.page_printer.jobs import Job, JobBook
from drivers.page_printer.link import IppLink, NotReached, Refused
from drivers.page_printer.owner import IppOwner
from drivers.page_printer.port import JobEnd, MarkerChanged, MarkerState
from drivers.self_test import Tested

T = TypeVar("T")

_REFUSALS: Mapping[int, JobEnd] = {
    IppStatus.ERROR_DOCUMENT_FORMAT_NOT_SUPPORTED: JobEnd.REFUSED,
    IppStatus.ERROR_DOCUMENT_FORMAT_ERROR: JobEnd.REFUSED,
    IppStatus.ERROR_DOCUMENT_UNPRINTABLE: JobEnd.REFUSED,
    IppStatus.ERROR_ATTRIBUTES_OR_VALUES: JobEnd.REFUSED,
    IppStatus.ERROR_REQUEST_ENTITY: JobEnd.REFUSED,  # too large
}
_LONGEST_RETRY_S = 3.0
_LATER = (IppStatus.ERROR_BUSY, IppStatus.ERROR_TEMPORARY, IppStatus.ERROR_NOT_ACCEPTING_JOBS)

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class PagePrinterTimes:
    """Seconds. `longest_job` must stay under the 6 minutes that the port promises.

    `refill` is for staff to put paper in or clear a jam; `done` is from sent to reported done.
    """

    reach: float = 2.0
    answer: float = 4.0
    poll: float = 5.0
    follow: float = 1.0
    patience: float = 20.0
    send: float = 30.0
    refill: float = 120.0
    done: float = 200.0
    cancel: float = 15.0

    @property
    def longest_job(self) -> float:
        """From print() to JobEnded at worst; a step asks four times at most."""
        return self.patience + self.send + self.done + self.cancel + 4 * 4 * self.answer


@dataclass
class _Flight:
    """How far the job in hand has come. `until`: when its present stretch is over."""

    name: str = field(default_factory=lambda: f"sheet-{secrets.token_hex(8)}")
    asked: bool = False  # the printer may have the document
    number: int | None = None
    until: float = 0.0
    hindered_since: float | None = None
    giving_up: JobEnd | None = None


@dataclass(frozen=True)
class _Landing:
    end: JobEnd
    sheets: int | None = None


class Carrying:
    """What the printer's thread does."""

    def __init__(
        self,
        owner: IppOwner,
        book: JobBook[Document],
        times: PagePrinterTimes,
        clock: Callable[[], float],
    ) -> None:
        self._owner = owner
        self._book = book
        self._times = times
        self._clock = clock
        self._retry = BackOff(first_s=times.follow, longest_s=_LONGEST_RETRY_S)
        self._flight = _Flight()
        self._next_poll = 0.0
        self._report: PrinterReport | None = None
        self.marker = MarkerState.UNKNOWN

    def begin(self, link: IppLink) -> None:
        """Ask how the printer is; one that does not answer is as good as none."""
        self._poll(link)

    def turn(self, link: IppLink) -> None:
        """Settle what waits, then carry one job to its end or ask how the printer is."""
        self._book.settle()
        if job := self._book.take():
            with self._owner.busy():
                landing = self._carry(link, job)
            self._land(landing)
        elif self._clock() >= self._next_poll:
            self._poll(link)
        elif not self._book.any_waiting:
            self._owner.rest(self._next_poll - self._clock())

    def self_test(self, link: IppLink) -> Tested:
        """Get-Printer-Attributes."""
        report = self._poll(link)
        findings = {"printer": report.detail or "ready", "marker": str(report.marker)}
        return Tested(findings, attention=report.hindrance is not None)

    def without_device(self) -> None:
        """End what nobody should wait for any longer."""
        self._book.settle()
        if job := self._book.in_hand:
            if not self._flight.asked and job.cancelled:
                self._land(_Landing(JobEnd.CANCELLED))
            elif not self._flight.asked and self._clock() >= job.too_late:
                self._land(_Landing(JobEnd.FAILED))
            elif self._flight.asked and self._clock() >= self._flight.until:
                self._land(_Landing(JobEnd.UNKNOWN))

    def lost(self) -> None:
        """The job in hand stays in hand: a printer that comes back is asked after it."""
        self._report = None
        self._mark(MarkerState.UNKNOWN)

    def end(self) -> None:
        """No job may be left without its end."""
        self._book.close(JobEnd.UNKNOWN if self._flight.asked else JobEnd.CANCELLED)

    def _carry(self, link: IppLink, job: Job[Document]) -> _Landing:
        while True:
            self._book.settle()
            if not self._flight.asked:
                landing = self._send(link, job)
            elif self._flight.number is None:
                landing = self._find(link)
            else:
                landing = self._follow(link, job, self._flight.number)
            if landing:
                return landing

    def _send(self, link: IppLink, job: Job[Document]) -> _Landing | None:
        if job.cancelled:
            return _Landing(JobEnd.CANCELLED)
        report = self._poll(link)
        if hindrance := report.hindrance:
            return _Landing(hindrance)
        if not report.takes_pdf:
            return _Landing(JobEnd.REFUSED)
        flight, times = self._flight, self._times
        flight.asked, flight.until = True, self._clock() + times.send + times.done
        try:
            said = operations.print_document(link, flight.name, job.work, times.send)
        except NotReached:
            flight.asked = False
            raise
        except Refused as refusal:
            flight.asked = False
            return self._refused(job, refusal)
        flight.until = self._clock() + times.done
        if said.number is not None:
            self._has(said.number)
        return None

    def _refused(self, job: Job[Document], refusal: Refused) -> _Landing | None:
        """A printer may be busy with somebody else's job: then it is asked again."""
        left_s = job.too_late - self._clock()
        if refusal.status in _LATER and left_s > 0:
            self._owner.rest(min(self._retry.next_s(), left_s))
            return None
        log.error("sheet.refused", job=job.id, status=f"0x{refusal.status:04x}")
        return _Landing(_REFUSALS.get(refusal.status, JobEnd.FAILED))

    def _find(self, link: IppLink) -> _Landing | None:
        """The answer with the job's number was lost; not to be found does not mean not printed."""
        name = self._flight.name
        try:
            found = self._asked(lambda: operations.find_job(link, name, self._times.answer))
        except Refused as refusal:
            return self._unanswered(refusal)
        if found is None or found.number is None:
            return _Landing(JobEnd.UNKNOWN)
        self._has(found.number)
        return None

    def _has(self, number: int) -> None:
        self._flight.number = number
        self._book.sent()

    def _follow(self, link: IppLink, job: Job[Document], number: int) -> _Landing | None:
        try:
            said = self._asked(lambda: operations.job(link, number, self._times.answer))
        except Refused as refusal:
            return self._unanswered(refusal)
        if said.name and said.name != self._flight.name:
            return _Landing(JobEnd.UNKNOWN)  # it lost power, and counts jobs from 1 again
        printer = self._poll(link)
        flight, now = self._flight, self._clock()
        if end := _end(said, printer, flight.giving_up):
            return _Landing(end, said.sheets)
        if flight.giving_up is None:
            flight.giving_up = self._reason_to_give_up(job, printer, now)
            if flight.giving_up:
                flight.until = now + self._times.cancel
        elif now >= flight.until:
            return _Landing(JobEnd.UNKNOWN, said.sheets)
        if flight.giving_up and not said.stopping:
            self._cancel_at_printer(link, job, number)
        self._owner.rest(self._times.follow)
        return None

    def _unanswered(self, refusal: Refused) -> _Landing | None:
        """Asked again while the printer is busy; else it has forgotten the job, or never tells."""
        if refusal.status not in _LATER or self._clock() >= self._flight.until:
            return _Landing(JobEnd.UNKNOWN)
        self._owner.rest(self._times.follow)
        return None

    def _reason_to_give_up(
        self, job: Job[Document], printer: PrinterReport, now: float
    ) -> JobEnd | None:
        flight = self._flight
        if printer.hindrance is None:
            flight.hindered_since = None
        elif flight.hindered_since is None:
            flight.hindered_since = now
        elif now - flight.hindered_since >= self._times.refill:
            return printer.hindrance
        if job.cancelled:
            return JobEnd.CANCELLED
        return JobEnd.TIMED_OUT if now >= flight.until else None

    def _cancel_at_printer(self, link: IppLink, job: Job[Document], number: int) -> None:
        """Asked until it shows: a printer may say yes to a job it is taking up, and print it."""
        try:
            operations.cancel_job(link, number, self._times.answer)
        except Refused as refusal:  # most likely it has just ended: the next report tells
            log.info("sheet.not_cancelled", job=job.id, status=f"0x{refusal.status:04x}")

    def _poll(self, link: IppLink) -> PrinterReport:
        self._report = report = self._said_by_printer(link)
        self._next_poll = self._clock() + self._times.poll
        self._owner.note(detail=report.detail, paper=report.paper, cover_open=report.cover_open)
        self._mark(report.marker)
        return report

    def _said_by_printer(self, link: IppLink) -> PrinterReport:
        """How it is; one too busy with a job, ours or another's, to say so is as it was."""
        try:
            return self._asked(lambda: operations.printer(link, self._times.answer))
        except Refused as refusal:
            if self._report and refusal.status in _LATER:
                return self._report
            raise DeviceFault(f"refuses to say how it is: 0x{refusal.status:04x}") from refusal

    def _asked(self, question: Callable[[], T]) -> T:
        """Once without an answer is chance: printers are slow while they print."""
        try:
            return question()
        except DeviceFault:
            return question()

    def _mark(self, marker: MarkerState) -> None:
        if marker is not self.marker:
            self.marker = marker
            self._owner.tell(MarkerChanged(marker))

    def _land(self, landing: _Landing) -> None:
        self._flight = _Flight()
        self._retry.reset()
        self._book.end(landing.end, landing.sheets)


def _end(said: JobReport, printer: PrinterReport, giving_up: JobEnd | None) -> JobEnd | None:
    """The end that a job's state means; None while it goes on."""
    if said.state is IppJobState.COMPLETED:
        return JobEnd.REPORTED_DONE
    if said.state is IppJobState.CANCELED:
        return giving_up or JobEnd.CANCELLED  # or by somebody at the printer
    if said.state is IppJobState.ABORTED:
        if said.format_refused:
            return JobEnd.REFUSED
        return giving_up or printer.hindrance or JobEnd.FAILED
    return None
