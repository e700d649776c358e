"""Self-tests of one device, asked for from any thread and done on the device's own."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from drivers.self_test import Result, SelfTestReport, Tested, judge
from drivers.status import DeviceState, DeviceStatus

_SLICE_S = 0.1  # how long a wait may overlook that it was given up


@dataclass
class _Request:
    asked_at: float
    done: threading.Event = field(default_factory=threading.Event)
    report: SelfTestReport | None = None
    retried: bool = False


class Tester:
    """One test at a time. `status`: how the device is; `wake`: ends the wait of its thread."""

    def __init__(
        self,
        status: Callable[[], DeviceStatus],
        wake: Callable[[], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._status = status
        self._wake = wake
        self._clock = clock
        self._lock = threading.Lock()
        self._request: _Request | None = None
        self._closed = False

    # -- from any thread

    def ask(self, within_s: float, given_up: Callable[[], bool]) -> SelfTestReport:
        """The report, at most so many seconds from now; BUSY while another test is asked for."""
        request = _Request(self._clock())
        with self._lock:
            if self._closed:
                return self._report(Result.FAILED, request)
            if self._request is not None:
                return self._report(Result.BUSY, request)
            self._request = request
        self._wake()
        until = request.asked_at + within_s
        result: Result | None = None
        while result is None and not request.done.wait(
            max(0.0, min(until - self._clock(), _SLICE_S))
        ):
            if given_up():
                result = Result.CANCELLED
            elif self._clock() >= until:
                at_work = self._status().state is DeviceState.BUSY
                result = Result.BUSY if at_work else Result.FAILED
        with self._lock:
            if self._request is request:
                self._request = None
        return request.report or self._report(result or Result.FAILED, request)

    # -- on the device's thread

    def run(self, test: Callable[[], Tested]) -> None:
        """Do the test that was asked for, if one was; raises what it raises."""
        if request := self._request:
            tested = test()
            self._end(request, self._report(judge(self._status(), tested), request, tested))

    def fail(self) -> None:
        """There is no device to test, though it was tried for the sake of the test."""
        if (request := self._request) and request.retried:
            self._end(request, self._report(Result.FAILED, request))

    def close(self) -> None:
        """The thread ends: nobody is left to test, neither now nor later."""
        with self._lock:
            self._closed = True
            request = self._request
        if request:
            self._end(request, self._report(Result.FAILED, request))

    def wants_retry(self) -> bool:
        """Whether a lost device is to be tried at once for the sake of a test; once for each."""
        request = self._request
        if request is None or request.retried:
            return False
        request.retried = True
        return True

    def _end(self, request: _Request, report: SelfTestReport) -> None:
        with self._lock:
            if self._request is request:
                self._request = None
        request.report = report
        request.done.set()

    def _report(
        self, result: Result, request: _Request, tested: Tested | None = None
    ) -> SelfTestReport:
        seconds = self._clock() - request.asked_at
        findings = tested.findings if tested else {}
        return SelfTestReport(result, self._status(), seconds, findings)
