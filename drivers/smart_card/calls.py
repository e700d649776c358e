"""Calls that block and cannot be interrupted, made on a thread of their own and waited for.

PC/SC's SCardTransmit returns when the card has answered, and not before: no time-out, no cancel.
So the caller stops waiting and the call is left behind on its thread, at most one; the thread ends
by itself when the call returns, which removing the card or the service's end makes it do.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from typing import Any, TypeVar

from drivers.wire import Stopped

T = TypeVar("T")

_SLICE_S = 0.1  # how long a wait may overlook that the owner is to stop
_END_S = 0.5  # how long close() waits for the thread

_Work = tuple[Callable[[], Any], "Future[Any]"]


class TooSlow(Exception):
    """A call did not return in time; it goes on without anybody waiting for it."""


class Calls:
    """Made from one thread, the owner's. `stopping`: whether that is to end."""

    def __init__(self, stopping: Callable[[], bool]) -> None:
        self._stopping = stopping
        self._waiting: queue.SimpleQueue[_Work | None] = queue.SimpleQueue()
        self._under_way: Future[Any] | None = None
        self._last: Callable[[], object] = lambda: None
        # daemon: a call that never returns must not hold the process
        self._thread = threading.Thread(target=self._run, name="pcsc-calls", daemon=True)
        self._thread.start()

    @property
    def hung(self) -> bool:
        """Whether a call is still under way that nobody waits for any more."""
        return self._under_way is not None and not self._under_way.done()

    @property
    def ended(self) -> bool:
        """Whether the thread is gone."""
        return not self._thread.is_alive()

    def call(self, work: Callable[[], T], timeout_s: float) -> T:
        """What the call gives, or raises; raises TooSlow, and Stopped when the owner is to end."""
        if self.hung:
            raise TooSlow("an earlier call has not returned")
        outcome: Future[T] = Future()
        self._under_way = outcome
        self._waiting.put((work, outcome))
        until = time.monotonic() + timeout_s
        while not outcome.done():
            left = until - time.monotonic()
            wait((outcome,), max(0.0, min(left, _SLICE_S)))
            if not outcome.done() and self._stopping():
                raise Stopped
            if not outcome.done() and left <= 0:
                raise TooSlow(f"no return within {timeout_s:g} s")
        return outcome.result()

    def close(self, last: Callable[[], object]) -> None:
        """End the thread, now or when a call left behind returns; it does `last` before it ends."""
        self._last = last
        self._waiting.put(None)
        self._thread.join(_END_S)

    def _run(self) -> None:
        while work := self._waiting.get():
            call, outcome = work
            try:
                outcome.set_result(call())
            except BaseException as error:  # noqa: BLE001 - it is the waiting thread's to judge
                outcome.set_exception(error)
            del call, outcome, work
        self._last()
