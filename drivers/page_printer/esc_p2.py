"""The driver of a dot-matrix printer for forms that speaks ESC/P-K2, on a serial line or over TCP.

Some such printers answer to `DLE EOT` as receipt printers do, and are asked before and after each
job. Others say nothing of themselves: the settings must call those mute, since no answer is else a
fault. Of a mute one the paper is unknown, and a job that went out whole is SENT and no more.

What is left of a job broken off never comes out on the next citizen's sheet: the line's rest is
thrown away, that of a printer which answers is taken back (drivers/receipt_printer/real_time.py),
and the sheet in hand is put out. What a mute printer holds already, only switching it off removes.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from drivers.life import BackOff
from drivers.owner import DeviceFault, DeviceOwner
from drivers.page_printer.form import FormLayout
from drivers.page_printer.form_encoder import FormEncoder
from drivers.page_printer.jobs import Job, JobBook
from drivers.page_printer.port import JobEnd, JobRecord, MarkerState, SheetPrinterEvent
from drivers.receipt_printer.inquiry import inquire, tested
from drivers.receipt_printer.real_time import clear
from drivers.receipt_printer.report import QUESTIONS, Report
from drivers.self_test import SELF_TEST_S, SelfTestReport, Tested
from drivers.serial_settings import FlowControl
from drivers.status import DeviceStatus, PaperState
from drivers.wire import Wire

BAUD_RATE = 9600
_CHUNK = 256
_SILENCES = 2  # that many polls in a row without an answer are a fault
_MUTE = "says nothing of itself"
_NO_ANSWER = "no answer"
_TAKES_NOTHING = "takes no bytes"

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class FormPrinterTimes:
    """Seconds. `longest_job` must stay under the 2 minutes that the port promises.

    `send` is long because the printer takes bytes no faster than it prints them, `last_answer`
    because the question stands behind what the line still holds.
    """

    poll: float = 3.0
    answer: float = 0.5
    patience: float = 20.0
    send: float = 70.0
    last_answer: float = 15.0

    @property
    def longest_job(self) -> float:
        """From print() to JobEnded at worst.

        A silent question, then four each before and after, and a clearing that nothing answers.
        """
        asked = (1 + 2 * len(QUESTIONS) + 1) * self.answer
        return self.patience + asked + self.send + self.last_answer


class EscP2Printer:
    """A `FormPrinter`. `url` is a device path or `socket://host:port`."""

    def __init__(
        self,
        url: str,
        encoder: FormEncoder,
        *,
        mute: bool = False,
        device: str = "form_printer",
        baud_rate: int = BAUD_RATE,
        flow_control: FlowControl = FlowControl.NONE,
        back_off: BackOff | None = None,
        times: FormPrinterTimes | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        times = times or FormPrinterTimes()
        self._owner: DeviceOwner[SheetPrinterEvent] = DeviceOwner(
            device, url, baud_rate, back_off or BackOff(), flow_control=flow_control
        )
        self._book: JobBook[FormLayout] = JobBook(self._owner.tell, times.patience, clock)
        self._duty = _Printing(self._owner, self._book, encoder, times, clock, mute=mute)

    def start(self, on_event: Callable[[SheetPrinterEvent], None]) -> None:
        """Begin; returns at once. RuntimeError when begun before."""
        self._owner.start(self._duty, on_event)

    def print(self, job: str, layout: FormLayout) -> None:
        """Queue a job; returns at once. RuntimeError after stop(): nobody could end it."""
        if self._owner.stopped:
            raise RuntimeError("the printer is stopped; no job can be taken")
        self._book.add(job, layout)
        self._owner.wake()

    def cancel(self, job: str) -> None:
        """Give up a job that has not begun; one that has begun goes on to its end."""
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
        """Unknown: no such printer knows its ribbon."""
        return MarkerState.UNKNOWN

    def self_test(
        self, within_s: float = SELF_TEST_S, given_up: Callable[[], bool] = lambda: False
    ) -> SelfTestReport:
        """How the printer says it is. Prints nothing: forms are numbered. See `SelfTesting`."""
        return self._owner.self_test(within_s, given_up)

    def status(self) -> DeviceStatus:
        """The last known status."""
        return self._owner.status()

    def stop(self) -> None:
        """End the thread and close the port; jobs not begun are cancelled (at most 2 s)."""
        self._owner.stop()


class _Printing:
    """What the printer's thread does."""

    def __init__(
        self,
        owner: DeviceOwner[SheetPrinterEvent],
        book: JobBook[FormLayout],
        encoder: FormEncoder,
        times: FormPrinterTimes,
        clock: Callable[[], float],
        *,
        mute: bool,
    ) -> None:
        self._owner = owner
        self._book = book
        self._encoder = encoder
        self._times = times
        self._clock = clock
        self._mute = mute
        self._silences = 0
        self._next_poll = 0.0
        self._begun = False  # bytes of the job in hand went out
        self._left_over = True  # some of a job may be in the printer, at first of an earlier run
        self._on_paper = False  # and on the sheet in hand

    def begin(self, wire: Wire) -> None:
        """Ask how the printer is; one that does not answer is as good as none."""
        if self._mute:
            self._owner.note(detail=_MUTE)
            self._start_afresh(wire, wire.deadline(self._times.send))
            return
        self._take_back(wire)
        report = self._poll(wire)
        if not report.answered:
            raise DeviceFault(_NO_ANSWER)
        if not _hindrance(report):
            self._start_afresh(wire, wire.deadline(self._times.send))

    def turn(self, wire: Wire) -> None:
        """Settle what waits, then print one job or ask how the printer is."""
        self._book.settle()
        if job := self._book.take():
            with self._owner.busy():
                end = self._print(wire, job)
                self._take_back(wire)  # before anybody knows of the end and puts paper in
            self._end(end)
        elif not self._mute and self._clock() >= self._next_poll:
            report = self._poll(wire)
            if self._silences >= _SILENCES:
                raise DeviceFault(_NO_ANSWER)
            if report.answered and not _hindrance(report):
                self._start_afresh(wire, wire.deadline(self._times.send))
        elif not self._book.any_waiting:
            left = self._next_poll - self._clock()
            self._owner.idle(wire, self._times.poll if self._mute else left)

    def self_test(self, wire: Wire) -> Tested:
        """The four questions; asked once more when the first answer is missing."""
        if self._mute:
            return Tested({"printer": _MUTE}, answers=False)
        report = self._poll(wire)
        return tested(report if report.answered else self._poll(wire))

    def without_device(self) -> None:
        """End what nobody should wait for any longer."""
        self._book.settle()

    def lost(self) -> None:
        """Of a job that has begun some may be on paper; one that has not cannot be printed."""
        self._silences = 0
        self._end(JobEnd.UNKNOWN if self._begun else JobEnd.FAILED)

    def end(self) -> None:
        """No job may be left without its end."""
        self._book.close(JobEnd.UNKNOWN if self._begun else JobEnd.CANCELLED)

    def _print(self, wire: Wire, job: Job[FormLayout]) -> JobEnd:
        if job.cancelled:
            return JobEnd.CANCELLED
        try:
            data = self._encoder.encode(job.work)
        except ValueError as error:
            # no traceback: its lines of the form would be personal
            log.error("form.not_printable", job=job.id, reason=str(error))  # noqa: TRY400
            return JobEnd.REFUSED
        if not self._mute:
            before = self._poll(wire)
            if not before.answered:
                before = self._poll(wire)
            if not before.answered:
                raise DeviceFault(_NO_ANSWER)
            if hindrance := _hindrance(before):
                return hindrance
        return self._send(wire, data)

    def _send(self, wire: Wire, data: bytes) -> JobEnd:
        until = wire.deadline(self._times.send)
        self._start_afresh(wire, until)
        self._left_over = self._on_paper = True
        sent = 0
        for start in range(0, len(data), _CHUNK):
            chunk = data[start : start + _CHUNK]
            count = wire.write(chunk, until)
            self._begun |= count > 0
            sent += count
            if count < len(chunk):
                break
        if self._mute and (sent < len(data) or not wire.flush(until)):
            raise DeviceFault(_TAKES_NOTHING)  # closing the wire throws away what it still holds
        if sent == len(data):
            self._book.sent()
        if not self._mute:
            after = self._poll(wire, self._times.last_answer)
            if not after.answered:
                raise DeviceFault(_NO_ANSWER)
            if hindrance := _hindrance(after):
                # a sheet that ran out or jammed is taken out by staff, and the next one is blank
                self._on_paper = hindrance not in (JobEnd.PAPER_OUT, JobEnd.JAMMED)
                return hindrance
        if sent < len(data):
            return JobEnd.UNKNOWN if sent else JobEnd.FAILED
        self._left_over = self._on_paper = False
        return JobEnd.SENT

    def _take_back(self, wire: Wire) -> None:
        """Have the printer forget what it has of a job broken off, before it can print it."""
        if self._left_over and not self._mute:
            clear(wire, self._times.answer)

    def _start_afresh(self, wire: Wire, until: float) -> None:
        """End what a job broken off left in a printer that can print again."""
        if not self._left_over:
            return
        data = self._encoder.fresh_start(put_out=self._on_paper)
        if wire.write(data, until) < len(data) or not wire.flush(until):
            raise DeviceFault(_TAKES_NOTHING)
        self._left_over = self._on_paper = False

    def _poll(self, wire: Wire, first_answer_s: float | None = None) -> Report:
        report = inquire(wire, self._times.answer, first_answer_s or self._times.answer)
        self._silences = 0 if report.answered else self._silences + 1
        self._next_poll = self._clock() + self._times.poll
        self._owner.note(detail=report.detail, paper=report.paper, cover_open=report.cover_open)
        return report

    def _end(self, end: JobEnd) -> None:
        self._begun = False
        self._book.end(end)


def _hindrance(report: Report) -> JobEnd | None:
    """Why nothing can come out of the printer, by its own words; None when it names nothing."""
    if report.cover_open:
        return JobEnd.COVER_OPEN
    if report.paper is PaperState.OUT:
        return JobEnd.PAPER_OUT
    if report.paper is PaperState.JAMMED:
        return JobEnd.JAMMED
    return JobEnd.FAILED if report.offline or report.broken else None
