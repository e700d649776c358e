"""A simulated receipt printer that speaks ESC/POS.

simulator = EscPosSimulator(PtyLine(folder / "receipt-printer"), PAPER_80_MM)
simulator.start()
simulator.paper = PaperState.OUT
simulator.cover_open = True
simulator.fault = PrinterFault.DIES_MID_JOB
as_text(simulator.print_outs[-1].marks)
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from enum import StrEnum

from drivers.receipt_printer.interpreter import Cut, Interpreter, Mark, Raster, TextLine
from drivers.receipt_printer.paper import Paper
from drivers.simulators import printer
from drivers.simulators.line import Line
from drivers.simulators.printer import SimulatedPrinter
from drivers.status import PaperState

_KEPT = 20  # print-outs


class PrinterFault(StrEnum):
    """What can be wrong with the printer, beside paper and cover."""

    NONE = printer.NONE
    SILENT = printer.SILENT
    SILENT_MID_JOB = printer.SILENT_MID_JOB
    DIES_MID_JOB = printer.DIES_MID_JOB
    PAPER_OUT_MID_JOB = printer.PAPER_OUT_MID_JOB
    CUTTER_JAMMED = "cutter_jammed"


@dataclass(frozen=True)
class PrintOut:
    """One piece of paper, numbered from 1; `torn` when it was not cut off."""

    number: int
    marks: tuple[Mark, ...]
    torn: bool = False


class EscPosSimulator(SimulatedPrinter[PrinterFault]):
    """The printer, its sensors, and the paper that came out."""

    def __init__(self, line: Line, paper: Paper, *, clears: bool = True) -> None:
        super().__init__(line, PrinterFault, clears=clears)
        self._width = paper
        self._interpreter = Interpreter(paper)
        self._marks: list[Mark] = []
        self._number = 0
        self._outs: deque[PrintOut] = deque(maxlen=_KEPT)

    @property
    def width(self) -> Paper:
        """The paper's measure."""
        return self._width

    @property
    def print_outs(self) -> tuple[PrintOut, ...]:
        """The latest pieces of paper, oldest first."""
        with self._lock:
            return tuple(self._outs)

    @property
    def _ready(self) -> bool:
        return super()._ready and self._fault is not PrinterFault.CUTTER_JAMMED

    def _switch_on(self) -> None:
        self._interpreter = Interpreter(self._width)

    def _forget(self) -> None:
        self._interpreter.forget()

    def _sensor(self, number: int) -> int:
        out = self._paper is PaperState.OUT
        jammed = self._fault is PrinterFault.CUTTER_JAMMED
        bits = {
            1: 0x08 * (out or self._cover_open or jammed),
            2: 0x04 * self._cover_open | 0x20 * out | 0x40 * jammed,
            3: 0x08 * jammed,
            4: 0x0C * (out or self._paper is PaperState.LOW) | 0x60 * out,
        }
        return bits[number]

    def _print(self, data: bytes) -> None:
        for mark in self._interpreter.feed(data):
            self._marks.append(mark)
            if isinstance(mark, Cut):
                self._put_out(torn=False)

    def _put_out(self, *, torn: bool) -> None:
        marks, self._marks = tuple(self._marks), []
        self._job_bytes = 0
        if any(isinstance(mark, TextLine | Raster) for mark in marks):
            self._number += 1
            self._outs.append(PrintOut(self._number, marks, torn))
