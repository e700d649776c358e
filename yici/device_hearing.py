"""One device, started to be looked at and stopped after it; what it tells is kept until then."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from drivers.driver import Device
from drivers.self_test import SELF_TEST_S, SelfTesting, SelfTestReport, Tested, judge
from drivers.status import DeviceState, StatusChanged


class Hearing:
    """`answers`: whether the device can be asked how it is, as its driver says."""

    def __init__(
        self, device: Device, *, answers: bool, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._device = device
        self._answers = answers
        self._clock = clock
        self._changed = threading.Condition()
        self._events: list[Any] = []
        self._began = 0.0
        self._settled_at = 0.0

    def start(self) -> None:
        """Begin; returns at once, so that several devices can be looked at side by side."""
        self._began = self._clock()
        self._device.start(self._hear)

    def self_test(self, within_s: float = SELF_TEST_S) -> SelfTestReport:
        """The device's own test, else what its status says, at most so long after `start`."""
        left = max(0.0, self._began + within_s - self._clock())
        if isinstance(self._device, SelfTesting):
            return self._device.self_test(left)
        return self.look(left)

    def look(self, within_s: float = SELF_TEST_S) -> SelfTestReport:
        """What the status says, once the device answered, has no port, or the time is over."""
        with self._changed:
            self._changed.wait_for(self._settled, within_s)
            took = (self._settled_at if self._settled() else self._clock()) - self._began
        status = self._device.status()
        return SelfTestReport(judge(status, Tested(answers=self._answers)), status, took)

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
                self._settled_at = self._clock()
            self._events.append(event)
            self._changed.notify_all()

    def _settled(self) -> bool:
        """Online, or no port: a device that has failed may still come back."""
        told = [event.status for event in self._events if isinstance(event, StatusChanged)]
        return bool(told) and (told[-1].usable or told[-1].state is DeviceState.ABSENT)
