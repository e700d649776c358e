"""A simulated dot-matrix printer for forms that speaks ESC/P-K2.

simulator = EscP2Simulator(PtyLine(folder / "form-printer"), width_mm=210.0)
simulator.start()
simulator.paper = PaperState.OUT
simulator.fault = FormPrinterFault.DIES_MID_JOB
simulator.sheets[-1].traces             # texts and pictures with their places in mm
form_picture.as_png(sheet.traces, simulator.width_mm, sheet.length_mm, glyphs)
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from enum import StrEnum

from drivers.page_printer.esc_p2_interpreter import Ejected, Interpreter, Trace
from drivers.simulators import printer
from drivers.simulators.line import Line
from drivers.simulators.printer import SimulatedPrinter
from drivers.status import PaperState

_KEPT = 20  # sheets
_TORN_MM = 297.0  # the length of a sheet that was never put out


class FormPrinterFault(StrEnum):
    """What can be wrong with the printer, beside paper and cover."""

    NONE = printer.NONE
    SILENT = printer.SILENT
    SILENT_MID_JOB = printer.SILENT_MID_JOB
    DIES_MID_JOB = printer.DIES_MID_JOB
    PAPER_OUT_MID_JOB = printer.PAPER_OUT_MID_JOB


@dataclass(frozen=True)
class PrintedSheet:
    """One sheet, numbered from 1; `torn` when the printer never put it out."""

    number: int
    traces: tuple[Trace, ...]
    length_mm: float
    torn: bool = False


class EscP2Simulator(SimulatedPrinter[FormPrinterFault]):
    """The printer, its sensors, and the sheets that came out. A mute one answers nothing ever."""

    def __init__(
        self, line: Line, *, width_mm: float = 210.0, mute: bool = False, clears: bool = True
    ) -> None:
        super().__init__(line, FormPrinterFault, clears=clears and not mute)
        self.width_mm = width_mm
        self._answers_nothing = mute
        self._interpreter = Interpreter()
        self._traces: list[Trace] = []
        self._number = 0
        self._sheets: deque[PrintedSheet] = deque(maxlen=_KEPT)

    @property
    def sheets(self) -> tuple[PrintedSheet, ...]:
        """The latest sheets, oldest first."""
        with self._lock:
            return tuple(self._sheets)

    @property
    def _mute(self) -> bool:
        return self._answers_nothing or super()._mute

    def _switch_on(self) -> None:
        self._interpreter = Interpreter()

    def _forget(self) -> None:
        self._interpreter.forget()

    def _sensor(self, number: int) -> int:
        out = self._paper is PaperState.OUT
        bits = {
            1: 0x08 * (out or self._cover_open),
            2: 0x04 * self._cover_open | 0x20 * out,
            3: 0,
            4: 0x60 * out,
        }
        return bits[number]

    def _print(self, data: bytes) -> None:
        for trace in self._interpreter.feed(data):
            if isinstance(trace, Ejected):
                self._put_out(torn=False, length_mm=trace.length_mm)
            else:
                self._traces.append(trace)

    def _put_out(self, *, torn: bool, length_mm: float = _TORN_MM) -> None:
        traces, self._traces = tuple(self._traces), []
        self._job_bytes = 0
        if traces or not torn:
            self._number += 1
            self._sheets.append(PrintedSheet(self._number, traces, length_mm, torn))
