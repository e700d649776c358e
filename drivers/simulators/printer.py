"""What simulated printers on a wire have in common: paper, cover, faults, and what waits."""

from __future__ import annotations

import threading
from abc import abstractmethod
from enum import StrEnum
from typing import Generic, TypeVar

from drivers.receipt_printer.real_time import CLEARED
from drivers.receipt_printer.report import question
from drivers.simulators.clearing import Clearing
from drivers.simulators.inquiries import FIXED, Inquiries
from drivers.simulators.line import Line
from drivers.simulators.simulated import Simulated
from drivers.status import PaperState

F = TypeVar("F", bound=StrEnum)

# Faults that every printer can have, by the names that they have on the dock.
NONE = "none"
SILENT = "silent"  # takes everything, answers nothing
SILENT_MID_JOB = "silent_mid_job"
DIES_MID_JOB = "dies_mid_job"  # loses power once, in the middle of the next job
PAPER_OUT_MID_JOB = "paper_out_mid_job"  # once, after a few lines of the next job

_BUFFER = 64 * 1024  # bytes taken while nothing can be printed; more is lost
_MID_JOB = 100  # bytes of a job after which a fault of the middle strikes


class SimulatedPrinter(Simulated[Line], Generic[F]):
    """Answers to DLE EOT, and prints when it has paper and its cover is closed.

    `faults`: a StrEnum that has the five names above, and others of its own. `clears`: it obeys
    DLE DC4 8, as not all printers do.
    """

    def __init__(self, line: Line, faults: type[F], *, clears: bool) -> None:
        super().__init__(line)
        self._faults = faults
        self._clears = clears
        self._lock = threading.RLock()
        self._inquiries = Inquiries()
        self._clearing = Clearing()
        self._waiting = bytearray()
        self._job_bytes = 0
        self._paper = PaperState.FULL
        self._cover_open = False
        self._fault = faults(NONE)
        self._silenced = False

    @property
    def paper(self) -> PaperState:
        """FULL, LOW or OUT."""
        return self._paper

    @paper.setter
    def paper(self, paper: PaperState) -> None:
        with self._lock:
            if self._paper is PaperState.OUT and paper is not PaperState.OUT:
                self._put_out(torn=True)  # new paper: what was begun stands on the old one
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
    def fault(self) -> F:
        """What is wrong with the printer now."""
        return self._fault

    @fault.setter
    def fault(self, fault: F) -> None:
        with self._lock:
            self._fault = fault
            self._silenced = False
            self._print_waiting()

    # -- the printer, as its line calls it

    def power_on(self) -> None:
        """Forget everything; what was in the works comes out torn."""
        with self._lock:
            self._waiting.clear()
            self._inquiries.reset()
            self._clearing.reset()
            self._switch_on()
            self._put_out(torn=True)

    def receive(self, data: bytes) -> bytes:
        """Answers to DLE EOT wherever it stands in the bytes; the rest is printed."""
        with self._lock:
            questions = self._inquiries.feed(data)
            cleared = self._clearing.feed(data) if self._clears else None
            if cleared is not None:
                data = data[cleared:]
                self._clear()
            # NUL prints nothing: it belongs to no job
            self._job_bytes += len(data) - data.count(0) - len(question(0)) * len(questions)
            dies = self._strike()
            if len(self._waiting) < _BUFFER:
                self._waiting += data
            self._print_waiting()
            answer = b"" if cleared is None else CLEARED
            answer += bytes(FIXED | self._sensor(n) for n in questions)
            answer = b"" if self._mute else answer
        if dies:
            # not under the lock: unplugging takes the line's, which plugging takes first
            self._line.unplug()
        return answer

    def _clear(self) -> None:
        self._waiting.clear()
        self._job_bytes = 0
        self._forget()

    @property
    def _mute(self) -> bool:
        return self._silenced or self._fault == SILENT

    def _strike(self) -> bool:
        """A fault of the middle of a job comes when its time is there; whether power goes."""
        if self._job_bytes <= _MID_JOB:
            return False
        if self._fault == SILENT_MID_JOB:
            self._silenced = True
        elif self._fault == DIES_MID_JOB:
            self._fault = self._faults(NONE)
            return True
        elif self._fault == PAPER_OUT_MID_JOB:
            self._fault = self._faults(NONE)
            self._paper = PaperState.OUT
        return False

    @property
    def _ready(self) -> bool:
        return self._paper is not PaperState.OUT and not self._cover_open

    def _print_waiting(self) -> None:
        if self._ready and self._waiting:
            self._print(bytes(self._waiting))
            self._waiting.clear()

    # -- what each kind of printer does in its own way

    @abstractmethod
    def _switch_on(self) -> None:
        """Begin with an interpreter that knows nothing of before."""

    @abstractmethod
    def _forget(self) -> None:
        """Forget the command and the line not yet whole."""

    @abstractmethod
    def _sensor(self, number: int) -> int:
        """The bits in the answer to a question, beside those that every answer has."""

    @abstractmethod
    def _print(self, data: bytes) -> None:
        """Put these bytes on paper."""

    @abstractmethod
    def _put_out(self, *, torn: bool) -> None:
        """What is on paper is a print-out now, if there is anything; the job has ended."""
