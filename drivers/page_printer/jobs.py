"""The jobs of a printer of sheets: those that wait, the one in hand, and what is known of each."""

from __future__ import annotations

import dataclasses
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from drivers.page_printer.port import JobEnd, JobEnded, JobRecord, JobSent, JobTaken

W = TypeVar("W")

_REMEMBERED = 32  # jobs


@dataclass
class Job(Generic[W]):
    """One job. Only the printer's thread changes it, but for `cancelled`."""

    id: str
    work: W
    too_late: float  # not begun by this moment, it fails
    cancelled: bool = False


class JobBook(Generic[W]):
    """Takes jobs from any thread and hands them to the printer's thread one by one.

    `tell` is called on the printer's thread only.
    """

    def __init__(
        self,
        tell: Callable[[JobSent | JobEnded | JobTaken], None],
        patience_s: float,
        clock: Callable[[], float],
    ) -> None:
        self._tell = tell
        self._patience_s = patience_s
        self._clock = clock
        self._lock = threading.Lock()
        self._waiting: list[Job[W]] = []
        self._in_hand: Job[W] | None = None
        self._records: OrderedDict[str, JobRecord] = OrderedDict()
        self._said: list[JobTaken] = []
        self._closed = False

    # -- from any thread

    def add(self, job: str, work: W) -> None:
        """Take a job; RuntimeError once closed: nobody could end it."""
        with self._lock:
            if self._closed:
                raise RuntimeError("the printer is stopped; no job can be taken")
            self._waiting.append(Job(job, work, self._clock() + self._patience_s))
            self._records[job] = JobRecord()
            while len(self._records) > _REMEMBERED + len(self._waiting):
                self._records.popitem(last=False)

    def cancel(self, job: str) -> None:
        """Mark a job as given up."""
        with self._lock:
            for known in (*self._waiting, *([self._in_hand] if self._in_hand else ())):
                known.cancelled |= known.id == job

    def record(self, job: str) -> JobRecord:
        """What is known of one of the latest jobs; KeyError for another."""
        with self._lock:
            return self._records[job]

    def tell_taken(self, job: str, taken: bool) -> None:
        """Note that somebody said so; told at the next `settle`. KeyError for a forgotten job."""
        with self._lock:
            self._records[job] = dataclasses.replace(self._records[job], taken=taken)
            self._said.append(JobTaken(job, taken))

    # -- on the printer's thread

    @property
    def in_hand(self) -> Job[W] | None:
        """The job that the printer is about, until `end`."""
        return self._in_hand

    @property
    def any_waiting(self) -> bool:
        """Whether a job could be taken in hand."""
        return bool(self._waiting)

    def take(self) -> Job[W] | None:
        """The job in hand, else the next one; None when there is none."""
        with self._lock:
            if self._in_hand is None and self._waiting:
                self._in_hand = self._waiting.pop(0)
            return self._in_hand

    def settle(self) -> None:
        """Tell what was said, end waiting jobs that were cancelled or waited for too long."""
        now = self._clock()
        with self._lock:
            said, self._said = self._said, []
            ended = [job for job in self._waiting if job.cancelled or job.too_late <= now]
            self._waiting = [job for job in self._waiting if job not in ended]
        for taken in said:
            self._tell(taken)
        for job in ended:
            self._close(job, JobEnd.CANCELLED if job.cancelled else JobEnd.FAILED, None)

    def sent(self) -> None:
        """The printer has the whole job in hand."""
        if job := self._in_hand:
            self._note(job, sent=True)
            self._tell(JobSent(job.id))

    def end(self, end: JobEnd, sheets: int | None = None) -> None:
        """Let the job in hand go."""
        with self._lock:
            job, self._in_hand = self._in_hand, None
        if job:
            self._close(job, end, sheets)

    def close(self, in_hand: JobEnd) -> None:
        """Take no more, cancel what waits, and end the job in hand like this."""
        with self._lock:
            self._closed = True
            left, self._waiting = self._waiting, []
        self.end(in_hand)
        for job in left:
            self._close(job, JobEnd.CANCELLED, None)

    def _close(self, job: Job[W], end: JobEnd, sheets: int | None) -> None:
        record = self._note(job, end=end)
        self._tell(JobEnded(job.id, end, record.sent, sheets))

    def _note(self, job: Job[W], *, sent: bool = False, end: JobEnd | None = None) -> JobRecord:
        with self._lock:
            before = self._records.get(job.id, JobRecord())
            record = dataclasses.replace(before, sent=before.sent or sent, end=end)
            self._records[job.id] = record
        return record
