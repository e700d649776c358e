"""A simulated dot-matrix printer for forms that speaks ESC/P-K2.

simulator = EscP2Simulator(PtyLine(folder / "form-printer"), width_mm=210.0)
simulator.start()
simulator.paper = PaperState.OUT
simulator.fault = FormPrinterFault.DIES_MID_JOB
simulator.sheets[-1].traces             # texts and pictures with their places in mm
form_picture.as_png(sheet.traces, simulator.width_mm, sheet.length_mm, glyphs)
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from drivers.page_printer.esc_p2_interpreter import Ejected, Interpreter, Trace
from drivers.receipt_printer.report import QUESTIONS, question
from drivers.simulators.line import Line
from drivers.status import PaperState

_KEPT = 20  # sheets
_BUFFER = 64 * 1024  # bytes taken while nothing can be printed; more is lost
_MID_JOB = 100  # bytes of a job after which a fault of the middle strikes
_ASK = question(0)[:2]
_FIXED = 0x12
_TORN_MM = 297.0  # the length of a sheet that was never put out


class FormPrinterFault(StrEnum):
    """What can be wrong with the printer, beside paper and cover."""

    NONE = "none"
    SILENT = "silent"  # takes everything, answers nothing
    SILENT_MID_JOB = "silent_mid_job"
    DIES_MID_JOB = "dies_mid_job"  # loses power once, in the middle of the next job
    PAPER_OUT_MID_JOB = "paper_out_mid_job"  # once, in the middle of the next job


@dataclass(frozen=True)
class PrintedSheet:
    """One sheet, numbered from 1; `torn` when the printer never put it out."""

    number: int
    traces: tuple[Trace, ...]
    length_mm: float
    torn: bool = False


class EscP2Simulator:
    """The printer, its sensors, and the sheets that came out. A mute one answers nothing ever."""

    def __init__(self, line: Line, *, width_mm: float = 210.0, mute: bool = False) -> None:
        self._line = line
        self.width_mm = width_mm
        self._mute = mute
        self._lock = threading.RLock()
        self._interpreter = Interpreter()
        self._tail = b""
        self._waiting = bytearray()
        self._job_bytes = 0
        self._traces: list[Trace] = []
        self._number = 0
        self._sheets: deque[PrintedSheet] = deque(maxlen=_KEPT)
        self._paper = PaperState.FULL
        self._cover_open = False
        self._fault = FormPrinterFault.NONE
        self._silenced = False

    def start(self) -> None:
        """Plug the printer in."""
        self._line.start(self)

    def stop(self) -> None:
        """Unplug it and end its thread."""
        self._line.stop()

    @property
    def url(self) -> str:
        """What the driver opens."""
        return self._line.url

    @property
    def plugged(self) -> bool:
        """Whether the printer is on its wire."""
        return self._line.plugged

    def plug(self) -> None:
        """Put the printer back on its wire."""
        self._line.plug()

    def unplug(self) -> None:
        """Take it off its wire, which also takes its power: what it held is lost."""
        self._line.unplug()

    @property
    def paper(self) -> PaperState:
        """FULL or OUT."""
        return self._paper

    @paper.setter
    def paper(self, paper: PaperState) -> None:
        with self._lock:
            self._paper = paper
            self._print_waiting()

    @property
    def cover_open(self) -> bool:
        """Whether the cover is open."""
        return self._cover_open

    @cover_open.setter
    def cover_open(self, cover_open: bool) -> None:
        with self._lock:
            self._cover_open = cover_open
            self._print_waiting()

    @property
    def fault(self) -> FormPrinterFault:
        """What is wrong with the printer now."""
        return self._fault

    @fault.setter
    def fault(self, fault: FormPrinterFault) -> None:
        with self._lock:
            self._fault = fault
            self._silenced = False

    @property
    def sheets(self) -> tuple[PrintedSheet, ...]:
        """The latest sheets, oldest first."""
        with self._lock:
            return tuple(self._sheets)

    # -- the printer, as its line calls it

    def power_on(self) -> None:
        """Forget everything; a sheet that was in the works is pulled out."""
        with self._lock:
            self._interpreter = Interpreter()
            self._waiting.clear()
            self._tail = b""
            self._job_bytes = 0
            self._put_out(_TORN_MM, torn=True)

    def receive(self, data: bytes) -> bytes:
        """Answers to DLE EOT wherever it stands in the bytes; the rest is printed."""
        with self._lock:
            questions = list(self._questions(data))
            self._job_bytes += len(data) - 3 * len(questions)
            self._strike()
            if len(self._waiting) < _BUFFER:
                self._waiting += data
            self._print_waiting()
            silent = self._mute or self._silenced or self._fault is FormPrinterFault.SILENT
            return b"" if silent else bytes(map(self._sensor, questions))

    def _questions(self, data: bytes) -> Iterator[int]:
        stream = self._tail + data
        start = 0
        while (at := stream.find(_ASK, start)) >= 0 and at + 2 < len(stream):
            start = at + 3
            if stream[at + 2] in QUESTIONS:
                yield stream[at + 2]
        self._tail = stream[max(start, len(stream) - 2) :]

    def _sensor(self, number: int) -> int:
        out = self._paper is PaperState.OUT
        bits = {
            1: 0x08 * (out or self._cover_open),
            2: 0x04 * self._cover_open | 0x20 * out,
            3: 0,
            4: 0x60 * out,
        }
        return _FIXED | bits[number]

    def _strike(self) -> None:
        """A fault of the middle of a job comes when its time is there."""
        if self._job_bytes <= _MID_JOB:
            return
        if self._fault is FormPrinterFault.SILENT_MID_JOB:
            self._silenced = True
        elif self._fault is FormPrinterFault.DIES_MID_JOB:
            self._fault = FormPrinterFault.NONE
            self._line.unplug()
        elif self._fault is FormPrinterFault.PAPER_OUT_MID_JOB:
            self._fault = FormPrinterFault.NONE
            self._paper = PaperState.OUT

    def _print_waiting(self) -> None:
        if self._paper is PaperState.OUT or self._cover_open:
            return
        for trace in self._interpreter.feed(bytes(self._waiting)):
            if isinstance(trace, Ejected):
                self._put_out(trace.length_mm, torn=False)
            else:
                self._traces.append(trace)
        self._waiting.clear()

    def _put_out(self, length_mm: float, *, torn: bool) -> None:
        traces, self._traces = tuple(self._traces), []
        self._job_bytes = 0
        if traces:
            self._number += 1
            self._sheets.append(PrintedSheet(self._number, traces, length_mm, torn))
