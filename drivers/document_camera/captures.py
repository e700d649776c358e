"""The captures that were asked for: those that wait, and the one in hand."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from dataclasses import dataclass

from drivers.document_camera.port import CaptureFailed, CaptureFault


@dataclass
class Capture:
    """One job. `cancelled` may be set from any thread."""

    job: str
    asked: float  # on the clock of its book
    cancelled: bool = False


class CaptureBook:
    """Takes jobs from any thread and hands them to the camera's thread one by one."""

    def __init__(
        self,
        tell: Callable[[CaptureFailed], None],
        clock: Callable[[], float],
    ) -> None:
        self._tell = tell
        self._clock = clock
        self._lock = threading.Lock()
        self._jobs: list[Capture] = []
        self._closed = False

    # -- from any thread

    def add(self, job: str) -> None:
        """Take a job; RuntimeError once closed: nobody could end it."""
        with self._lock:
            if self._closed:
                raise RuntimeError("the document camera is stopped; no job can be taken")
            self._jobs.append(Capture(job, self._clock()))

    def cancel(self, job: str) -> None:
        """Mark a job as given up; one that has ended or is not known stays as it is."""
        with self._lock:
            for known in self._jobs:
                known.cancelled |= known.job == job

    # -- on the camera's thread

    def first(self) -> Capture | None:
        """The oldest job, which stays the first until `end`."""
        with self._lock:
            return self._jobs[0] if self._jobs else None

    def end(self, capture: Capture) -> None:
        """Let a job go; its end has been told."""
        with self._lock:
            self._jobs.remove(capture)

    def settle(self, longest_s: float) -> None:
        """End the jobs that were cancelled, or asked for so long ago."""
        since = self._clock() - longest_s
        with self._lock:
            over = [job for job in self._jobs if job.cancelled or job.asked <= since]
            self._jobs = [job for job in self._jobs if job not in over]
        for job in over:
            fault = CaptureFault.CANCELLED if job.cancelled else CaptureFault.NO_CAMERA
            self._tell(CaptureFailed(job.job, fault))

    def close(self) -> None:
        """Take no more, and cancel all that are left."""
        with self._lock:
            self._closed = True
            for job in self._jobs:
                job.cancelled = True
        self.settle(math.inf)
