"""A device's self-test: started, asked as its driver asks at every start, and judged by that.

What a driver asks before it calls a device online is the device's own test as far as its wire has
one: `11 FF` of a card module, `DLE EOT` of a printer, Get-Printer-Attributes, a frame of a camera.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from drivers.driver import Device
from drivers.status import DeviceState, DeviceStatus, PaperState, StatusChanged

SETTLE_S = 5.0  # a device that was asleep, or answered noise once, is tried again within this

_WANTS_STAFF = (PaperState.OUT, PaperState.JAMMED)


class Result(StrEnum):
    """What the test came to."""

    PASSED = "passed"
    ATTENTION = "attention"  # it answers, and wants paper or its cover closed
    UNKNOWN = "unknown"  # its port is open; it is one-way, so that nothing can be asked
    FAILED = "failed"


@dataclass(frozen=True)
class SelfTest:
    """`seconds`: from opening the port until the device had answered or was given up."""

    result: Result
    status: DeviceStatus
    seconds: float


def judge(status: DeviceStatus, *, answers: bool) -> Result:
    """What a status means; `answers`: whether the device can be asked at all."""
    if not status.usable:
        return Result.FAILED
    if status.cover_open or status.paper in _WANTS_STAFF:
        return Result.ATTENTION
    return Result.PASSED if answers else Result.UNKNOWN


class Examination:
    """One device, started for its test and stopped after it; what it tells is kept until then."""

    def __init__(self, device: Device, clock: Callable[[], float] = time.monotonic) -> None:
        self._device = device
        self._clock = clock
        self._changed = threading.Condition()
        self._events: list[Any] = []
        self._began = 0.0
        self._told_last = 0.0  # when the state became another

    def start(self) -> None:
        """Begin; returns at once, so that several devices can be tested side by side."""
        self._began = self._clock()
        self._device.start(self._hear)

    def self_test(self, *, answers: bool = True, within_s: float = SETTLE_S) -> SelfTest:
        """The result, at most so many seconds after `start`."""
        left = max(0.0, self._began + within_s - self._clock())
        with self._changed:
            self._changed.wait_for(self._settled, left)
            took = (self._told_last if self._settled() else self._clock()) - self._began
        status = self._device.status()
        return SelfTest(judge(status, answers=answers), status, took)

    def wait_for(self, wanted: Callable[[Any], bool], within_s: float) -> Any | None:
        """The first event of that kind; None when none came in time."""
        with self._changed:
            self._changed.wait_for(lambda: any(map(wanted, self._events)), within_s)
            return next(filter(wanted, self._events), None)

    def stop(self) -> None:
        """Stop the device."""
        self._device.stop()

    def _hear(self, event: Any) -> None:
        with self._changed:
            if isinstance(event, StatusChanged) and not self._settled():
                self._told_last = self._clock()
            self._events.append(event)
            self._changed.notify_all()

    def _settled(self) -> bool:
        """Online, or no port: a device that has failed may still come back."""
        told = [event.status for event in self._events if isinstance(event, StatusChanged)]
        return bool(told) and (told[-1].usable or told[-1].state is DeviceState.ABSENT)
