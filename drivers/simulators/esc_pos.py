"""A simulated receipt printer that speaks ESC/POS.

simulator = EscPosSimulator(PtyLine(folder / "receipt-printer"), PAPER_80_MM)
simulator.start()
simulator.paper = PaperState.OUT
simulator.cover_open = True
simulator.fault = PrinterFault.DIES_MID_JOB
as_text(simulator.print_outs[-1].marks)
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from drivers.receipt_printer.interpreter import Cut, Interpreter, Mark, Raster, TextLine
from drivers.receipt_printer.paper import Paper
from drivers.receipt_printer.report import QUESTIONS, question
from drivers.simulators.line import Line
from drivers.status import PaperState

_KEPT = 20  # print-outs
_BUFFER = 64 * 1024  # bytes taken while nothing can be printed; more is lost
_MID_JOB = 100  # bytes of a job after which a fault of the middle strikes
_ASK = question(0)[:2]
_FIXED = 0x12


class PrinterFault(StrEnum):
    """What can be wrong with the printer, beside paper and cover."""

    NONE = "none"
    SILENT = "silent"  # takes everything, answers nothing
    SILENT_MID_JOB = "silent_mid_job"
    DIES_MID_JOB = "dies_mid_job"  # loses power once, in the middle of the next job
    PAPER_OUT_MID_JOB = "paper_out_mid_job"  # once, after a few lines of the next job
    CUTTER_JAMMED = "cutter_jammed"


@dataclass(frozen=True)
class PrintOut:
    """One piece of paper, numbered from 1; `torn` when it was not cut off."""

    number: int
    marks: tuple[Mark, ...]
    torn: bool = False


class EscPosSimulator:
    """The printer, its sensors, and the paper that came out."""

    def __init__(self, line: Line, paper: Paper) -> None:
        self._line = line
        self._width = paper
        self._lock = threading.RLock()
        self._interpreter = Interpreter(paper)
        self._tail = b""
        self._waiting = bytearray()
        self._job_bytes = 0
        self._marks: list[Mark] = []
        self._number = 0
        self._outs: deque[PrintOut] = deque(maxlen=_KEPT)
        self._paper = PaperState.FULL
        self._cover_open = False
        self._fault = PrinterFault.NONE
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
    def width(self) -> Paper:
        """The paper's measure."""
        return self._width

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
        """FULL, LOW or OUT."""
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
    def fault(self) -> PrinterFault:
        """What is wrong with the printer now."""
        return self._fault

    @fault.setter
    def fault(self, fault: PrinterFault) -> None:
        with self._lock:
            self._fault = fault
            self._silenced = False
            self._print_waiting()

    @property
    def print_outs(self) -> tuple[PrintOut, ...]:
        """The latest pieces of paper, oldest first."""
        with self._lock:
            return tuple(self._outs)

    # -- the printer, as its line calls it

    def power_on(self) -> None:
        """Forget everything but the paper that hangs out."""
        with self._lock:
            self._interpreter = Interpreter(self._width)
            self._waiting.clear()
            self._tail = b""
            self._job_bytes = 0
            self._tear_off(torn=True)

    def receive(self, data: bytes) -> bytes:
        """Answers to DLE EOT wherever it stands in the bytes; the rest is printed."""
        with self._lock:
            questions = list(self._questions(data))
            self._job_bytes += len(data) - 3 * len(questions)
            self._strike()
            if len(self._waiting) < _BUFFER:
                self._waiting += data
            self._print_waiting()
            return b"" if self._mute else bytes(map(self._sensor, questions))

    @property
    def _mute(self) -> bool:
        fell_silent = self.fault is PrinterFault.SILENT_MID_JOB and self._silenced
        return self.fault is PrinterFault.SILENT or fell_silent

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
        jammed = self.fault is PrinterFault.CUTTER_JAMMED
        offline = out or self._cover_open or jammed
        bits = {
            1: 0x08 * offline,
            2: 0x04 * self._cover_open | 0x20 * out | 0x40 * jammed,
            3: 0x08 * jammed,
            4: 0x0C * (out or self._paper is PaperState.LOW) | 0x60 * out,
        }
        return _FIXED | bits[number]

    def _strike(self) -> None:
        """A fault of the middle of a job comes when its time is there."""
        if self._job_bytes <= _MID_JOB:
            return
        if self.fault is PrinterFault.SILENT_MID_JOB:
            self._silenced = True
        elif self.fault is PrinterFault.DIES_MID_JOB:
            self._fault = PrinterFault.NONE
            self._line.unplug()
        elif self.fault is PrinterFault.PAPER_OUT_MID_JOB:
            self._fault = PrinterFault.NONE
            self._paper = PaperState.OUT

    def _print_waiting(self) -> None:
        ready = self._paper is not PaperState.OUT and not self._cover_open
        if not ready or not self._waiting or self.fault is PrinterFault.CUTTER_JAMMED:
            return
        for mark in self._interpreter.feed(bytes(self._waiting)):
            self._marks.append(mark)
            if isinstance(mark, Cut):
                self._tear_off(torn=False)
        self._waiting.clear()

    def _tear_off(self, *, torn: bool) -> None:
        marks, self._marks = tuple(self._marks), []
        self._job_bytes = 0
        if any(isinstance(mark, TextLine | Raster) for mark in marks):
            self._number += 1
            self._outs.append(PrintOut(self._number, marks, torn))
