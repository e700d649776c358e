"""The driver of an ESC/POS receipt printer, on a serial line or over TCP.

A job is sent once. It ends as SENT only when the printer, asked after the last byte, says that
it has paper and no error; what it does not say is UNKNOWN. What is left of a job broken off never
comes out before the next citizen's slip, nor eats it: the line's rest is thrown away, the printer's
taken back (drivers/receipt_printer/real_time.py), and what is on paper already is cut off.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from drivers.life import BackOff
from drivers.owner import DeviceFault, DeviceOwner
from drivers.receipt_printer.encoder import SlipEncoder
from drivers.receipt_printer.inquiry import inquire, tested
from drivers.receipt_printer.port import JobEnd, JobEnded, PrinterEvent
from drivers.receipt_printer.real_time import clear
from drivers.receipt_printer.report import Report
from drivers.receipt_printer.slip import Slip
from drivers.self_test import SELF_TEST_S, SelfTestReport, Tested
from drivers.serial_settings import FlowControl
from drivers.status import DeviceStatus, PaperState
from drivers.wire import Wire

BAUD_RATE = 115200
_CHUNK = 512
_SILENCES = 2  # that many polls in a row without an answer are a fault
_NO_ANSWER = "no answer"

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class PrinterTimes:
    """Seconds. `longest_job` must stay under the 30 s that the port promises.

    `last_answer` is long because the question stands behind what the line still holds.
    """

    poll: float = 3.0
    answer: float = 0.5
    patience: float = 6.0
    send: float = 12.0
    last_answer: float = 6.0

    @property
    def longest_job(self) -> float:
        """From print() to JobEnded at worst.

        One silent question before, three slow ones each, and a clearing that nothing answers.
        """
        return self.patience + self.send + self.last_answer + (1 + 4 + 3 + 1) * self.answer


class EscPosPrinter:
    """A `ReceiptPrinter`. `url` is a device path or `socket://host:port`."""

    def __init__(
        self,
        url: str,
        encoder: SlipEncoder,
        *,
        device: str = "receipt_printer",
        baud_rate: int = BAUD_RATE,
        flow_control: FlowControl = FlowControl.NONE,
        back_off: BackOff | None = None,
        times: PrinterTimes | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._owner: DeviceOwner[PrinterEvent] = DeviceOwner(
            device, url, baud_rate, back_off or BackOff(), flow_control=flow_control
        )
        self._duty = _Printing(self._owner, encoder, times or PrinterTimes(), clock)

    def start(self, on_event: Callable[[PrinterEvent], None]) -> None:
        """Begin; returns at once. RuntimeError when begun before."""
        self._owner.start(self._duty, on_event)

    def print(self, job: str, slip: Slip) -> None:
        """Queue a job; returns at once. RuntimeError after stop(): nobody could end it."""
        self._duty.queue(job, slip)
        self._owner.wake()

    def cancel(self, job: str) -> None:
        """Give up a job that has not begun; one that has begun goes on to its end."""
        self._duty.cancel(job)
        self._owner.wake()

    def self_test(
        self, within_s: float = SELF_TEST_S, given_up: Callable[[], bool] = lambda: False
    ) -> SelfTestReport:
        """How the printer says it is; prints nothing. See `SelfTesting`."""
        return self._owner.self_test(within_s, given_up)

    def status(self) -> DeviceStatus:
        """The last known status."""
        return self._owner.status()

    def stop(self) -> None:
        """End the thread and close the port; jobs not begun are cancelled (at most 2 s)."""
        self._owner.stop()


@dataclass
class _Job:
    id: str
    slip: Slip
    too_late: float  # not begun by this moment, it fails
    cancelled: bool = False
    bytes_sent: int = 0
    all_sent: bool = False


class _Printing:
    """What the printer's thread does."""

    def __init__(
        self,
        owner: DeviceOwner[PrinterEvent],
        encoder: SlipEncoder,
        times: PrinterTimes,
        clock: Callable[[], float],
    ) -> None:
        self._owner = owner
        self._encoder = encoder
        self._times = times
        self._clock = clock
        self._lock = threading.Lock()
        self._queue: list[_Job] = []
        self._present: _Job | None = None
        self._silences = 0
        self._next_poll = 0.0
        self._left_over = True  # some of a job may be in the printer, at first of an earlier run
        self._on_paper = False  # and some of it on paper

    # -- from any thread

    def queue(self, job: str, slip: Slip) -> None:
        with self._lock:
            if self._owner.stopped:
                raise RuntimeError("the printer is stopped; no job can be taken")
            self._queue.append(_Job(job, slip, self._clock() + self._times.patience))

    def cancel(self, job: str) -> None:
        with self._lock:
            for waiting in self._queue:
                waiting.cancelled |= waiting.id == job

    # -- on the printer's thread

    def begin(self, wire: Wire) -> None:
        """Ask how the printer is; one that does not answer is as good as none."""
        self._take_back(wire)
        report = self._poll(wire)
        if not report.answered:
            raise DeviceFault(_NO_ANSWER)
        self._start_afresh(wire, report, wire.deadline(self._times.send))

    def turn(self, wire: Wire) -> None:
        """End what is not to be printed, then print one job or ask how the printer is."""
        self.without_device()
        if job := self._next_job():
            self._print(wire, job)
        elif self._clock() >= self._next_poll:
            report = self._poll(wire)
            if self._silences >= _SILENCES:
                raise DeviceFault(_NO_ANSWER)
            self._start_afresh(wire, report, wire.deadline(self._times.send))
        with self._lock:
            waiting = bool(self._queue)
        if not waiting:
            self._owner.idle(wire, self._next_poll - self._clock())

    def self_test(self, wire: Wire) -> Tested:
        """The four questions; asked once more when the first answer is missing."""
        report = self._poll(wire)
        return tested(report if report.answered else self._poll(wire))

    def without_device(self) -> None:
        """End the jobs that were cancelled, and those that nobody should wait for any longer."""
        now = self._clock()
        with self._lock:
            ended = [job for job in self._queue if job.cancelled or job.too_late <= now]
            self._queue = [job for job in self._queue if job not in ended]
        for job in ended:
            self._tell(job, JobEnd.CANCELLED if job.cancelled else JobEnd.FAILED)

    def lost(self) -> None:
        """Whatever was being printed: how much of it is on paper cannot be known."""
        self._silences = 0
        if job := self._present:
            self._end(job, JobEnd.UNKNOWN if job.all_sent else JobEnd.FAILED)

    def end(self) -> None:
        """No job may be left without its end."""
        with self._lock:
            left, self._queue = self._queue, []
        for job in left:
            self._tell(job, JobEnd.CANCELLED)

    def _next_job(self) -> _Job | None:
        with self._lock:
            self._present = self._queue.pop(0) if self._queue else None
        return self._present

    def _print(self, wire: Wire, job: _Job) -> None:
        if job.cancelled:  # since those that were had their end
            self._end(job, JobEnd.CANCELLED)
            return
        try:
            data = self._encoder.encode(job.slip)
        except ValueError as error:
            # no traceback: its lines of the slip would be personal
            log.error("receipt.not_printable", job=job.id, reason=str(error))  # noqa: TRY400
            self._end(job, JobEnd.FAILED)
            return
        with self._owner.busy():
            end = self._send(wire, job, data)
            self._take_back(wire)  # before anybody knows of the end and puts paper in
        self._end(job, end)

    def _send(self, wire: Wire, job: _Job, data: bytes) -> JobEnd:
        before = self._poll(wire)
        if not before.answered:
            before = self._poll(wire)
        if not before.answered:
            raise DeviceFault(_NO_ANSWER)
        if hindrance := _hindrance(before):
            return hindrance
        until = wire.deadline(self._times.send)
        self._start_afresh(wire, before, until)
        self._left_over = self._on_paper = True
        for start in range(0, len(data), _CHUNK):
            chunk = data[start : start + _CHUNK]
            sent = wire.write(chunk, until)
            job.bytes_sent += sent
            if sent < len(chunk):
                break
        job.all_sent = job.bytes_sent == len(data)
        after = self._poll(wire, self._times.last_answer)
        if not after.answered:
            raise DeviceFault(_NO_ANSWER)  # closing the wire throws away what it still holds
        if hindrance := _hindrance(after):
            return hindrance
        if not job.all_sent:
            return JobEnd.FAILED
        self._left_over = self._on_paper = False
        return JobEnd.UNKNOWN if after.paper is PaperState.UNKNOWN else JobEnd.SENT

    def _take_back(self, wire: Wire) -> None:
        """Have the printer forget what it has of a job broken off, before it can print it."""
        if self._left_over:
            clear(wire, self._times.answer)

    def _start_afresh(self, wire: Wire, report: Report, until: float) -> None:
        """End what a job broken off left in a printer that can print again."""
        if not self._left_over or not report.answered or _hindrance(report):
            return
        data = self._encoder.fresh_start(cut=self._on_paper)
        if wire.write(data, until) < len(data) or not wire.flush(until):
            raise DeviceFault("takes no bytes")
        self._left_over = self._on_paper = False

    def _poll(self, wire: Wire, first_answer_s: float | None = None) -> Report:
        report = inquire(wire, self._times.answer, first_answer_s or self._times.answer)
        self._silences = 0 if report.answered else self._silences + 1
        self._next_poll = self._clock() + self._times.poll
        self._owner.note(detail=report.detail, paper=report.paper, cover_open=report.cover_open)
        return report

    def _end(self, job: _Job, end: JobEnd) -> None:
        self._present = None
        self._tell(job, end)

    def _tell(self, job: _Job, end: JobEnd) -> None:
        self._owner.tell(JobEnded(job.id, end, job.bytes_sent))


def _hindrance(report: Report) -> JobEnd | None:
    """Why nothing can come out of the printer, by its own words; None when it names nothing."""
    if report.cover_open:
        return JobEnd.COVER_OPEN
    if report.paper is PaperState.OUT:
        return JobEnd.PAPER_OUT
    if report.offline or report.broken or report.paper is PaperState.JAMMED:
        return JobEnd.FAILED
    return None
